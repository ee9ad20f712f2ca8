"""A refused command as one sentence: who wanted what, and which rule or state held it."""

from __future__ import annotations

from handlers.telling.voice import Voice
from workflow.refusals import Refused
from workflow.rules.finding import Verdict

ACTS: dict[str, tuple[str, str]] = {
    "PlanCampaign": ("lập kế hoạch đợt kiểm điểm", "plan the campaign"),
    "StartOpening": ("bắt đầu mở đợt kiểm điểm", "start the opening"),
    "OpenBatch": ("mở một phần đợt kiểm điểm", "open a part of the campaign"),
    "FinishOpening": ("hoàn tất việc mở đợt", "finish the opening"),
    "CloseCampaign": ("kết thúc đợt kiểm điểm", "close the campaign"),
    "GrantSpecialMerit": ("công nhận thành tích đặc biệt", "grant special merit"),
    "RecordListEntry": ("ghi danh mục", "enter something on a list"),
    "SettleListEntry": ("ghi một mục đã giải quyết", "settle an entry of a list"),
    "DeclareLists": ("xác nhận danh mục đầy đủ", "declare lists complete"),
    "RateNeighbour": ("ghi xếp loại của chính quyền, đoàn thể", "record the rating of a same-level body"),
    "Prepare": ("ghi bản kiểm điểm", "record the self-review or report"),
    "RecordFacts": ("ghi dữ kiện", "record facts"),
    "RateSelf": ("tự xếp loại", "record the self-rating"),
    "TickItems": ("đánh dấu mục kiểm tra", "tick items of a checklist"),
    "ProposeLevel": ("đề nghị mức xếp loại", "propose a level"),
    "SendDraft": ("gửi dự thảo", "send the draft"),
    "NotifySuperior": ("báo cáo cấp trên lịch kiểm điểm", "tell the superior the day"),
    "PlanMeeting": ("định ngày họp", "set the day of the meeting"),
    "RecordMeeting": ("ghi cuộc họp", "record the meeting"),
    "CancelMeeting": ("hủy cuộc họp", "call the meeting off"),
    "HoldSession": ("ghi lượt kiểm điểm", "record the session"),
    "MarkAbsent": ("ghi vắng mặt", "record the absence"),
    "IssueBallot": ("phát phiếu", "hand out papers"),
    "CountBallot": ("ghi kết quả kiểm phiếu", "enter the count"),
    "ConfirmCount": ("xác nhận số phiếu", "confirm the count"),
    "CorrectCount": ("sửa số phiếu", "correct the count"),
    "RepeatBallot": ("tổ chức bỏ phiếu lại", "repeat the ballot"),
    "AnnounceResult": ("công bố kết quả", "announce the result"),
    "CloseUnrated": ("kết thúc mà không xếp loại", "close without a rating"),
    "SubmitBundle": ("báo cáo cấp trên", "submit to the superior"),
    "ReturnBundle": ("trả lại báo cáo", "send the bundle back"),
    "OpenConsultation": ("lấy ý kiến", "open a consultation"),
    "RecordOpinion": ("ghi ý kiến", "record an opinion"),
    "CloseConsultation": ("kết thúc việc lấy ý kiến", "close the consultation"),
    "DrawUpPlan": ("lập kế hoạch khắc phục", "draw up a remediation plan"),
    "AssignPlan": ("phân công theo dõi kế hoạch", "assign a remediation plan"),
    "ReturnPlan": ("trả lại kế hoạch khắc phục", "send a plan back"),
    "AcceptPlan": ("chấp nhận kế hoạch khắc phục", "accept a plan"),
    "ReportPlan": ("báo cáo kế hoạch khắc phục", "report a plan"),
    "FollowUpPlan": ("ghi kết quả khắc phục", "follow a plan up"),
    "ClosePlan": ("kết thúc kế hoạch khắc phục", "close a plan"),
    "CarryPlanOver": ("chuyển kế hoạch sang kỳ sau", "carry a plan over"),
    "ProposeReward": ("đề nghị khen thưởng", "propose a reward"),
    "DecideReward": ("quyết định khen thưởng", "grant a reward"),
    "RefuseReward": ("không khen thưởng", "refuse a reward"),
    "WithdrawReward": ("rút đề nghị khen thưởng", "withdraw a reward"),
    "ImportHistory": ("nhập kết quả các năm trước", "import earlier years"),
    "ProposeCalendarChange": ("đề nghị đổi lịch làm việc", "propose days of the calendar"),
    "ConfirmCalendarChange": ("xác nhận thay đổi lịch", "confirm days of the calendar"),
    "WithdrawCalendarChange": ("rút đề nghị đổi lịch", "withdraw days of the calendar"),
    "ProposeGrant": ("đề nghị giao vai trò", "propose a grant"),
    "GiveAtSetUp": ("giao vai trò khi thiết lập", "give a role at set-up"),
    "ConfirmGrant": ("xác nhận giao vai trò", "confirm a grant"),
    "WithdrawGrant": ("rút đề nghị giao vai trò", "withdraw a grant"),
    "EndGrant": ("cho thôi vai trò", "end a grant"),
    "DelegateCapacity": ("ủy quyền", "delegate a role"),
    "EndDelegation": ("thôi ủy quyền", "end a delegation"),
    "DeclareConflict": ("khai báo xung đột lợi ích", "declare a conflict of interest"),
    "EndConflict": ("ghi đã hết xung đột lợi ích", "end a conflict of interest"),
    "AppraiseBundle": ("thẩm định", "appraise"),
    "DecideBundle": ("quyết định xếp loại", "decide the levels"),
    "Annul": ("hủy kết quả", "annul the level"),
    "StartRound": ("bắt đầu kiểm điểm lại", "start a new round"),
    "Pause": ("tạm dừng kiểm điểm", "pause the review"),
    "Resume": ("tiếp tục kiểm điểm", "resume the review"),
    "RaiseFlag": ("đánh dấu", "raise a flag"),
    "ClearFlag": ("gỡ dấu", "clear a flag"),
    "AuthoriseException": ("cho phép ngoại lệ", "authorise an exception"),
    "CorrectEntry": ("sửa chỗ nhập nhầm", "correct an entry"),
    "RecordRosterChange": ("cập nhật danh sách", "change the roster"),
}
"""Vietnamese and English words for every command, as the rest of “could not …”."""

REASONS: dict[str, tuple[str, str]] = {
    "NotFound": ("không tìm thấy đối tượng được nêu", "what was named was not found"),
    "AlreadyThere": ("mã này đã có", "the code is taken"),
    "WrongStage": ("bước hiện tại chưa cho phép", "the stage does not allow it"),
    "NotAllowed": ("việc này thuộc thẩm quyền của người khác", "somebody else has to do it"),
    "RulesFail": ("chưa đúng quy định", "the rules are not met"),
    "Blocked": ("còn dấu chưa gỡ", "a mark is still open"),
    "InConflict": ("có xung đột lợi ích", "of a conflict of interest"),
    "BadInput": ("thông tin nhập chưa đúng", "a field cannot be right"),
    "LayerNeeded": (
        "quy định còn giá trị mà lớp địa phương phải đặt",
        "a local layer still has to set values of the regime",
    ),
    "BadCounts": ("số phiếu không khớp", "the counts do not add up"),
    "StaleVersion": ("đã có người khác cập nhật trước", "somebody else had acted before"),
    "KeyReused": ("khóa chống gửi trùng đã dùng cho nội dung khác", "the idempotency key was used before"),
    "Busy": ("nhiều người cập nhật cùng lúc", "several people acted at the same moment"),
}
"""Why, for every kind of refusal; where rules were the reason, they are named instead."""


def refused_says(refused: Refused, voice: Voice) -> str:
    """“Chưa định ngày họp được: Dự thảo … (DUK-2016, II.3.1).”"""
    act = voice.pick(*ACTS.get(refused.command, (refused.command, refused.command)))
    why = _rules(refused, voice) or voice.pick(
        *REASONS.get(refused.refusal, (refused.refusal, refused.refusal))
    )
    return voice.pick(f"Chưa {act} được: {why}.", f"Could not {act}: {why}.")


def _rules(refused: Refused, voice: Voice) -> str:
    unknown = voice.pick("chưa đủ dữ kiện để xét: ", "not known yet: ")
    return "; ".join(
        f"{unknown if verdict == Verdict.UNKNOWN else ''}{voice.rule(rule)}"
        for rule, verdict in dict(refused.failing).items()
    )
