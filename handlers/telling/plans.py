"""One sentence for every event of a remediation plan."""

from __future__ import annotations

from handlers.telling.voice import Voice
from workflow.events import plan as happened


def plan_drawn_up(event: happened.PlanDrawnUp, voice: Voice) -> str:
    """How many shortcomings, until when."""
    last, paper = voice.day(max(due for _, _, due in event.items)), voice.paper(event.document)
    return voice.pick(
        f"Lập kế hoạch khắc phục {len(event.items)} hạn chế, xong chậm nhất ngày {last}{paper}.",
        f"A plan to remedy {len(event.items)} shortcomings by {last} was drawn up{paper}.",
    )


def plan_assigned(event: happened.PlanAssigned, voice: Voice) -> str:
    """Who follows, who appraises."""
    monitor, appraiser = voice.whoever(event.monitor), voice.whoever(event.appraiser)
    return voice.pick(
        f"Phân công {monitor} theo dõi, giúp đỡ; {appraiser} thẩm định kế hoạch.",
        f"{monitor} is to follow and help; {appraiser} appraises the plan.",
    )


def plan_returned(event: happened.PlanReturned, voice: Voice) -> str:
    """Not fit yet."""
    why = voice.because(event.reason)
    return voice.pick(f"Trả lại kế hoạch khắc phục{why}.", f"The plan was sent back{why}.")


def plan_accepted(event: happened.PlanAccepted, voice: Voice) -> str:
    """Fit to be carried out."""
    return voice.pick("Thẩm định xong kế hoạch, cho thực hiện.", "The plan was accepted.")


def plan_reported(event: happened.PlanReported, voice: Voice) -> str:
    """The competent level knows."""
    paper = voice.paper(event.document)
    return voice.pick(
        f"Báo cáo kế hoạch khắc phục với cấp có thẩm quyền{paper}.",
        f"The plan was reported to the competent level{paper}.",
    )


def plan_followed_up(event: happened.PlanFollowedUp, voice: Voice) -> str:
    """How far it is."""
    if not event.remedied:
        return voice.pick("Kiểm tra việc thực hiện kế hoạch.", "The plan was looked at.")
    return voice.pick(
        f"Kiểm tra việc thực hiện: đã khắc phục {len(event.remedied)} hạn chế.",
        f"The plan was looked at; shortcomings remedied: {len(event.remedied)}.",
    )


def plan_closed(event: happened.PlanClosed, voice: Voice) -> str:
    """All done."""
    return voice.pick("Đã khắc phục xong, kết thúc kế hoạch.", "Everything is remedied; the plan is closed.")


def plan_carried_over(event: happened.PlanCarriedOver, voice: Voice) -> str:
    """What is left."""
    return voice.pick(
        f"Chuyển {len(event.open)} hạn chế chưa khắc phục sang kỳ kiểm điểm sau.",
        f"Shortcomings carried over to the next review: {len(event.open)}.",
    )
