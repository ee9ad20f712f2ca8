"""The vocabulary of facts: every name a rule may read, with its type and its name in both languages."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV", "TSVM", "YK")
STAFF_RATINGS = ("HTXSNV", "HTTNV", "HTNV_HAN_CHE", "KHTNV")
COMPLETIONS = ("excellent", "good", "basic", "not")
TITLES = ("none", "LDTT", "CSTDCS", "CSTD_TREN_CO_SO")
AWARDS = ("none", "BANG_KHEN")
STATUSES = ("official", "probationary", "exempt", "suspended", "temporary")
ORGANISATION_TYPES = (
    "dang_bo_khoi", "dang_bo_co_so", "chi_bo_co_so", "dang_bo_bo_phan", "chi_bo_truc_thuoc", "to_dang",
    "administration", "mass_organisation", "leadership_collective",
)  # fmt: skip
COLLECTIVE_TYPES = (
    "btv_khoi", "dang_uy_co_so", "chi_uy_co_so", "dang_uy_bo_phan", "chi_uy_truc_thuoc", "leadership",
)  # fmt: skip
DISCIPLINE_CAUSES = ("corruption", "negative", "degradation", "other")


@dataclass(frozen=True, slots=True)
class FactType:
    """One name: its Python type, labels, closed choices, and the parts of an item when it is a tuple.

    `recordable` facts may be recorded by hand on a review; the others come from the roster, the log or the
    command. A `declared` list is known only once a body has declared it complete (C-15).
    """

    type: builtins.type
    vi: str
    en: str
    choices: tuple[str, ...] = ()
    item: tuple[builtins.type, ...] = ()
    recordable: bool = False
    declared: bool = False


def _by_hand(kind: type, vi: str, en: str, choices: tuple[str, ...] = ()) -> FactType:
    return FactType(kind, vi, en, choices, recordable=True)


def _list(vi: str, en: str, *item: type, declared: bool = False) -> FactType:
    return FactType(tuple, vi, en, (), item, declared=declared)


VOCABULARY: dict[str, FactType] = {
    # The person or body under review, from the roster.
    "subject.status": FactType(str, "tư cách đảng viên", "Party status", STATUSES),
    "subject.is_leader": FactType(bool, "giữ chức vụ lãnh đạo, quản lý", "holds a leadership post"),
    "subject.is_staff": FactType(bool, "là cán bộ, công chức, viên chức, người lao động", "is staff"),
    "subject.is_head": FactType(bool, "là người đứng đầu", "is the head"),
    "subject.admitted_on": FactType(date, "ngày kết nạp", "day of admission"),
    "organisation.type": FactType(str, "loại tổ chức", "type of organisation", ORGANISATION_TYPES),
    "organisation.founded_on": FactType(date, "ngày thành lập", "day of founding"),
    "organisation.has_committee": FactType(bool, "có cấp ủy", "has a committee"),
    "organisation.has_standing_committee": FactType(bool, "có ban thường vụ", "has a standing committee"),
    "organisation.leaders": _list(
        "cấp ủy viên, người đứng đầu, cấp phó các tổ chức cùng cấp",
        "committee members, heads and deputies at the same level",
        str,
    ),
    "collective.type": FactType(str, "loại tập thể", "type of collective", COLLECTIVE_TYPES),
    "cell.is_joint": FactType(bool, "chi bộ ghép", "joint cell"),
    "cell.has_groups": FactType(bool, "chi bộ có tổ đảng", "cell with Party groups"),
    "review.stage": FactType(str, "giai đoạn", "stage of the review"),
    "campaign.year": FactType(int, "năm kiểm điểm", "assessment year"),
    "today": FactType(date, "hôm nay", "today"),
    # Preparation and notice.
    "draft.prepared_on": FactType(date, "ngày chuẩn bị xong dự thảo", "day the draft was ready"),
    "draft.sent_on": FactType(
        date, "ngày người dự họp cuối cùng nhận dự thảo", "day the last participant had it"
    ),
    "notice.superior_on": FactType(date, "ngày báo cấp trên lịch kiểm điểm", "day the superior was told"),
    "notice.superior_attachments": FactType(bool, "gửi kèm bản kiểm điểm", "review documents attached"),
    "checklist.ticked": _list("mục đã đánh dấu", "items ticked", str),
    # The session.
    "meeting.day": FactType(date, "ngày họp", "day of the meeting"),
    "session.venue_kind": FactType(
        str, "nơi kiểm điểm", "venue", ("cell", "group", "committee", "leadership")
    ),
    "session.chair_role": FactType(str, "người chủ trì", "chair", ("head", "deputy", "other")),
    "session.presented": FactType(bool, "đã trình bày bản kiểm điểm", "self-review presented"),
    "session.residence_comment": FactType(
        str,
        "nhận xét nơi cư trú",
        "comment from the place of residence",
        ("read", "missing_with_reason", "missing"),
    ),
    "session.concluded": FactType(bool, "chủ trì đã kết luận", "the chair concluded"),
    "session.at": FactType(str, "ngày và thứ tự trong chương trình", "day and place on the agenda"),
    "session.superior_attended": FactType(bool, "cấp trên dự và chỉ đạo", "the superior attended"),
    "order.collective_exists": FactType(
        bool, "nơi này có tập thể phải kiểm điểm", "a collective is reviewed here"
    ),
    "order.collective_at": FactType(str, "lúc kiểm điểm tập thể", "when the collective was reviewed"),
    "order.leaders_pending": FactType(int, "số lãnh đạo chưa kiểm điểm", "leaders not reviewed yet"),
    "order.other_venues_pending": FactType(
        int, "số nơi khác chưa kiểm điểm", "other venues still to be held"
    ),
    "order.group_report": _by_hand(bool, "tổ đảng đã báo cáo chi bộ", "the group reported to the cell"),
    "order.workplace_result_reported": _by_hand(
        bool, "đã báo cáo kết quả nơi công tác", "workplace result reported"
    ),
    # What the level of a person rests on.
    "staff.rating": _by_hand(str, "mức đánh giá cán bộ, công chức, viên chức", "staff rating", STAFF_RATINGS),
    "staff.rated_on": _by_hand(date, "ngày đánh giá cán bộ, công chức, viên chức", "day of the staff rating"),
    "staff.proposed_title": _by_hand(str, "danh hiệu thi đua được đề nghị", "title proposed", TITLES),
    "staff.award": _by_hand(str, "bằng khen trong năm", "award in the year", AWARDS),
    "task.completion": _by_hand(str, "mức hoàn thành nhiệm vụ", "completion of tasks", COMPLETIONS),
    "self.rating": FactType(str, "mức tự xếp loại", "own rating", LEVELS),
    "fault.cell_tasks": _by_hand(bool, "không hoàn thành nhiệm vụ chi bộ giao", "cell tasks not completed"),
    "fault.prohibited_conduct": _by_hand(
        bool,
        "vi phạm những điều đảng viên không được làm hoặc làm giảm uy tín",
        "broke the rule on what members must not do, or harmed the standing of the organisation",
    ),
    "fault.refused_assignment": _by_hand(bool, "không chấp hành phân công", "refused an assignment"),
    "fault.disunity": _by_hand(bool, "gây mất đoàn kết nội bộ", "caused disunity"),
    # What the level of an organisation rests on.
    "score.political_tasks": _by_hand(Decimal, "điểm nhiệm vụ chính trị", "points, political tasks"),
    "score.ideology": _by_hand(Decimal, "điểm chính trị tư tưởng", "points, ideology"),
    "score.organisation": _by_hand(Decimal, "điểm tổ chức, cán bộ", "points, organisation and cadres"),
    "score.administration_mass": _by_hand(
        Decimal, "điểm lãnh đạo chính quyền, đoàn thể", "points, administration and mass organisations"
    ),
    "score.inspection": _by_hand(Decimal, "điểm kiểm tra, giám sát", "points, inspection"),
    "score.total": FactType(Decimal, "tổng điểm", "total points"),
    "committee.united": _by_hand(bool, "cấp ủy đoàn kết", "the committee is united"),
    "committee.completion": _by_hand(
        str, "mức hoàn thành của cấp ủy", "completion by the committee", COMPLETIONS
    ),
    "meetings.regular": _by_hand(bool, "sinh hoạt đúng quy định", "meetings held as prescribed"),
    "members.levels": _list("mức của đảng viên đã xếp loại", "levels of the rated members", str),
    "members.pending": FactType(int, "đảng viên còn nợ xếp loại", "members still owing a rating"),
    "subordinates.levels": _list(
        "mức của tổ chức trực thuộc đã xếp loại", "levels of rated subordinates", str
    ),
    "subordinates.pending": FactType(
        int, "tổ chức trực thuộc còn nợ xếp loại", "subordinates owing a rating"
    ),
    "subordinates.total": FactType(int, "tổng số tổ chức trực thuộc", "subordinate organisations"),
    "administration.exists": FactType(
        bool, "có chính quyền cùng cấp", "an administration exists at this level"
    ),
    "administration.rank": _by_hand(
        int, "bậc xếp loại của chính quyền (1 là cao nhất)", "rank of the administration"
    ),
    "administration.scale_length": _by_hand(int, "số bậc của thang chính quyền", "steps of its scale"),
    "mass_organisations.ranks": _list(
        "bậc xếp loại các đoàn thể", "ranks of mass organisations", int, int, declared=True
    ),
    # Each entry: who, day of the decision, cause, found by the organisation itself, end of the term.
    "lists.discipline": _list(
        "danh sách kỷ luật",
        "list of discipline",
        str,
        date,
        str,
        bool,
        date,
        declared=True,
    ),
    "lists.sick_leave": _list("các đợt nghỉ ốm", "spells of sick leave", date, date, declared=True),
    # Proposal, ballot, quota.
    "proposal.by": FactType(str, "nơi đề nghị", "who proposes"),
    "proposal.level": FactType(str, "mức đề nghị", "level proposed", LEVELS),
    "ballot.day": FactType(date, "ngày bỏ phiếu", "day of the ballot"),
    "ballot.level": FactType(str, "mức đưa ra bỏ phiếu", "level voted on", LEVELS),
    "ballot.in_favour": FactType(int, "số phiếu tán thành", "votes in favour"),
    "ballot.official_members": FactType(int, "số đảng viên chính thức", "official members"),
    "ballot.members_on_roll": FactType(int, "số đảng viên trong danh sách", "members on the roll"),
    "ballot.exempt_members": FactType(
        int, "số đảng viên chính thức được miễn, không dự", "exempt official members who did not attend"
    ),
    "ballot.secret": FactType(bool, "bỏ phiếu kín", "secret ballot"),
    "ballot.body": FactType(str, "nơi bỏ phiếu", "who votes", ("cell_members", "committee")),
    "ballot.second_entry": FactType(bool, "người thứ hai đã nhập lại", "entered by a second person"),
    "quota.top": FactType(int, "số hoàn thành xuất sắc", "rated at the top level"),
    "quota.good": FactType(int, "số hoàn thành tốt", "rated good"),
    "quota.members_on_roll": FactType(int, "số đảng viên trong danh sách", "members on the roll"),
    "quota.special_merit": FactType(
        bool, "cấp trên công nhận thành tích đặc biệt xuất sắc", "special merit declared by the superior"
    ),
    # Submission, appraisal, decision.
    "submission.on": FactType(date, "ngày báo cáo cấp trên", "day of submission"),
    "submission.to_direct_superior": FactType(bool, "gửi cấp trên trực tiếp", "sent to the direct superior"),
    "result.announced_on": FactType(date, "ngày công bố kết quả", "day the result was announced"),
    "consultation.held": FactType(bool, "đã lấy ý kiến", "opinions were asked for"),
    "consultation.open": FactType(int, "số nơi chưa trả lời lấy ý kiến", "consulted bodies still to answer"),
    "decision.level": FactType(str, "mức quyết định", "level decided", LEVELS),
    "decision.by": FactType(str, "nơi quyết định", "who decides", ("btv", "committee", "other")),
    "computed.level": FactType(str, "mức hệ thống tính", "level computed", LEVELS),
    "computed.triggered": FactType(
        bool, "có khuyết điểm thuộc mức thấp nhất", "a defect of the lowest level is there"
    ),
    "annul.defect_found": FactType(
        bool, "phát hiện khuyết điểm hoặc không đủ điều kiện", "a defect was found"
    ),
    "annul.by": FactType(
        str, "nơi hủy kết quả", "who cancels", ("deciding_body", "grassroots_committee", "other")
    ),
}
"""Every fact a rule may read. The loader refuses a rule that names another."""
