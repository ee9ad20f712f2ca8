"""The first thing a review's page says: what comes next and who does it, or what holds it and the ways on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.pages.findings_told import finding_line
from api.pages.format import N_
from api.pages.review_facts import recordable
from api.pages.review_offers import About
from api.pages.views import Link, WayOut, urgent_first
from api.pages.views_review import Answer
from api.pages.visits import Visit
from handlers.access.scope import SEES_A_BRANCH
from handlers.names import Names
from states import review as life
from states.roles import Role
from workflow.rules.finding import Finding
from workflow.rules.sentences import label

SHOWN_MAX = 6
"""So many of the rules that hold a review back are said at once; the rest stands in its section."""
NAMED_MAX = 5
TICKED = "checklist.ticked"

BLOCKED: Mapping[str, str] = {
    "prepare": N_("Chưa ghi chuẩn bị được: %(count)s điều còn thiếu"),
    "hold_session": N_("Chưa kiểm điểm được: %(count)s điều còn thiếu"),
    "issue_ballot": N_("Chưa bỏ phiếu được: %(count)s điều còn thiếu"),
    "submit": N_("Chưa báo cáo được: %(count)s điều còn thiếu"),
    "appraise": N_("Chưa thẩm định được: %(count)s điều còn thiếu"),
    "decide": N_("Chưa quyết định được: %(count)s điều còn thiếu"),
}
"""The heading over what is missing for the next gate."""

READY: Mapping[str, str] = {
    "prepare": N_("Việc tới: viết và ghi bản kiểm điểm"),
    "hold_session": N_("Việc tới: kiểm điểm tại buổi họp"),
    "issue_ballot": N_("Việc tới: bỏ phiếu xếp loại"),
    "submit": N_("Việc tới: báo cáo cấp trên"),
    "appraise": N_("Việc tới: thẩm định"),
    "decide": N_("Việc tới: quyết định mức xếp loại"),
}
WHO: Mapping[str, str] = {
    "prepare": N_("Đảng viên tự ghi, hoặc bí thư %(body)s ghi thay."),
    "hold_session": N_("Bí thư %(body)s ghi buổi họp cùng cả chi bộ."),
    "issue_ballot": N_("Bí thư hoặc tổ kiểm phiếu %(body)s ghi kết quả kiểm phiếu."),
    "submit": N_("Bí thư %(body)s báo cáo cùng cả chi bộ."),
    "appraise": N_("Ban Tổ chức của %(superior)s thẩm định cùng cả báo cáo."),
    "decide": N_("Cấp có thẩm quyền ở %(superior)s quyết định cùng cả báo cáo."),
}
DOERS: Mapping[str, tuple[Role, ...]] = {
    "prepare": (Role.MEMBER, Role.SECRETARY, Role.COMMITTEE),
    "hold_session": (Role.SECRETARY, Role.COMMITTEE),
    "issue_ballot": (Role.SECRETARY, Role.COUNTING_TEAM),
    "submit": (Role.SECRETARY, Role.COMMITTEE),
    "appraise": (Role.ORGANISATION_BOARD,),
    "decide": (Role.SUPERIOR_COMMITTEE,),
}
ANCHORS: Mapping[str, str] = {"hold_session": "#record", "issue_ballot": "#record", "submit": "#submission"}

ENDED: Mapping[str, tuple[str, str]] = {
    life.EXEMPT: (N_("Được miễn kiểm điểm"), N_("Kỳ này không có bước nào phải làm.")),
    life.REVIEWED_UNRATED: (
        N_("Đã kiểm điểm, không xếp loại"),
        N_("Kỳ kiểm điểm kết thúc mà không xếp loại; điều khoản ghi ở phần diễn biến."),
    ),
}
WAITING: Mapping[str, tuple[str, str]] = {
    life.PAUSED: (
        N_("Đang tạm dừng"),
        N_("Chờ kết luận của cấp có thẩm quyền rồi làm tiếp từ bước đang dở."),
    ),
    life.ANNULLED: (
        N_("Kết quả đã hủy, chờ vòng mới"),
        N_("Cấp có thẩm quyền mở vòng mới; sau đó kiểm điểm, bỏ phiếu và quyết định lại."),
    ),
}


def answer_of(visit: Visit, about: About, names: Names) -> Answer | None:
    """What the page opens with; None for a review that is decided, whose result says it."""
    _ = visit.words.gettext
    view, review = about.outlook, about.outlook.review
    if review.stage in ENDED:
        title, text = ENDED[review.stage]
        return Answer(tone="none", title=_(title), text=_(text))
    if review.stage in WAITING:
        title, text = WAITING[review.stage]
        return Answer(tone="locked", title=_(title), text=_(text))
    if view.gate not in READY or review.stage in life.SETTLED:
        return None
    where = {"body": names.body(review.organisation), "superior": names.body(review.superior)}
    who = _(WHO[view.gate]) % where
    if view.missing:
        lines = urgent_first(
            tuple(finding_line(one, about.rulebook, visit.language, names) for one in view.missing)
        )
        return Answer(
            tone="refused",
            title=_(BLOCKED[view.gate]) % {"count": len(view.missing)},
            text=who,
            findings=lines[:SHOWN_MAX],
            more=max(len(lines) - SHOWN_MAX, 0),
            ways=tuple(_ways(visit, about, view.missing)),
        )
    return Answer(tone="working", title=_(READY[view.gate]), text=who, link=_link(visit, about))


def _link(visit: Visit, about: About) -> Link | None:
    """Where this visitor does it; None where somebody else does."""
    review, gate = about.outlook.review, about.outlook.gate
    if visit.acting.role not in DOERS[gate]:
        return None
    _ = visit.words.gettext
    if gate == "prepare":
        held = "prepare" in about.outlook.triggers
        return Link(label=_("Tới chỗ ghi"), href="#do-preparation") if held else None
    if gate in ANCHORS:
        if visit.acting.body != review.organisation:
            return None
        address = f"/c/{review.campaign}/o/{review.organisation}{ANCHORS[gate]}"
        return Link(label=_("Mở trang chi bộ"), href=address)
    if visit.acting.body != review.superior:
        return None
    label_ = _("Mở trang thẩm định") if gate == "appraise" else _("Mở trang quyết định")
    return Link(label=label_, href=f"/c/{review.campaign}/decide?body={review.organisation}")


def _ways(visit: Visit, about: About, missing: Iterable[Finding]) -> Iterable[WayOut]:
    """What can be done about what is missing, each way once: facts, lists, items, an exception."""
    _ = visit.words.gettext
    review, triggers = about.outlook.review, about.outlook.triggers
    held = tuple(missing)
    asked = dict.fromkeys(name for finding in held for name in finding.missing)
    facts = [name for name in asked if name in recordable(about)]
    if facts:
        named = _named(visit, facts)
        if "record_fact" in triggers:
            yield WayOut(
                when=_("Nếu đã có số liệu, giấy tờ"),
                what=_("ghi %(facts)s:") % {"facts": named},
                link=Link(label=_("Dữ kiện làm căn cứ xếp loại"), href="#facts-title"),
            )
        else:
            yield WayOut(
                when=_("Nếu đã có số liệu, giấy tờ"), what=_("nhờ bí thư ghi %(facts)s.") % {"facts": named}
            )
    lists = [name for name in asked if name.startswith("lists.")]
    if lists and visit.acting.role not in SEES_A_BRANCH:
        yield WayOut(
            when=_("Nếu danh mục chưa cam kết đầy đủ"),
            what=_("nhờ bí thư khai và cam kết %(lists)s.") % {"lists": _named(visit, lists)},
        )
    elif lists:
        yield WayOut(
            when=_("Nếu danh mục chưa cam kết đầy đủ"),
            what=_("khai và cam kết %(lists)s:") % {"lists": _named(visit, lists)},
            link=Link(
                label=_("Danh mục của chi bộ"),
                href=f"/c/{review.campaign}/o/{review.organisation}#lists-title",
            ),
        )
    if any(TICKED in (*finding.missing, *(one.name for one in finding.operands)) for finding in held):
        yield WayOut(
            when=_("Nếu hồ sơ đã đủ"),
            what=_("xác nhận các mục của danh mục kiểm tra:"),
            link=Link(
                label=_("Danh mục kiểm tra"), href="#do-ticks" if "tick_items" in triggers else "#checklist"
            ),
        )
    if "authorise_exception" in triggers:
        yield WayOut(
            when=_("Nếu không thể chờ"),
            what=_("cho phép ngoại lệ bằng văn bản; ngoại lệ được ghi lại và kiểm tra được:"),
            link=Link(label=_("Cho phép ngoại lệ"), href="#do-exception"),
        )
    else:
        yield WayOut(
            when=_("Nếu không thể chờ"),
            what=_(
                "đề nghị cấp có thẩm quyền cho phép ngoại lệ bằng văn bản; "
                "ngoại lệ được ghi lại và kiểm tra được."
            ),
        )


def _named(visit: Visit, facts: list[str]) -> str:
    told = list(dict.fromkeys(label(name, visit.language) for name in facts))
    if len(told) <= NAMED_MAX:
        return ", ".join(told)
    rest = len(told) - NAMED_MAX + 1
    more = visit.words.ngettext("và %(num)d dữ kiện khác", "và %(num)d dữ kiện khác", rest) % {"num": rest}
    return ", ".join((*told[: NAMED_MAX - 1], more))
