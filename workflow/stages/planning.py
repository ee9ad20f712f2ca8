"""Remediation plans: drawn up after a review, appraised, followed, ended or carried into the next review."""

from __future__ import annotations

from collections import Counter

from states import review as life
from states.plan import TABLE
from workflow.commands.plan import (
    AcceptPlan,
    AssignPlan,
    CarryPlanOver,
    ClosePlan,
    DrawUpPlan,
    FollowUpPlan,
    PlanCommand,
    ReportPlan,
    ReturnPlan,
)
from workflow.decision import (
    Change,
    Decision,
    Situation,
    check_body_move,
    not_after_today,
    not_before,
    not_blank,
    not_twice,
)
from workflow.errors import AlreadyThere, BadInput, NotFound, WrongStage
from workflow.errors import day as written
from workflow.event import Event
from workflow.events.plan import (
    PlanAccepted,
    PlanAssigned,
    PlanCarriedOver,
    PlanClosed,
    PlanDrawnUp,
    PlanFollowedUp,
    PlanReported,
    PlanReturned,
)
from workflow.plans import Plan

NOT_REVIEWED = (life.OPEN, life.PREPARED, life.DRAFT_SENT, life.EXEMPT, life.ABSENT)
"""Stages in which no review has found anything yet."""


def draw_up(command: DrawUpPlan, situation: Situation, digest: str) -> Decision:
    """A plan for one review that was held (DUK-2016, II.2.1; BG-2019, ¶9; STC-2024, ¶10)."""
    plan, review = _plan(situation, command.plan), situation.review(command.review)
    if plan.version and plan.review != command.review:
        raise AlreadyThere("plan", command.plan)
    if review.stage in NOT_REVIEWED:
        raise WrongStage("review", review.id, "draw_up", life.NAMES[review.stage])
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, review.dates.get("reviewed"), "ngày kiểm điểm xong", "the end of the review")
    if not command.items:
        raise BadInput("items", "", "còn trống: ghi ít nhất một hạn chế.", "is empty: name a shortcoming.")
    not_twice("items", (item.key for item in command.items))
    for item in command.items:
        for name in ("key", "weakness", "remedy", "responsible"):
            not_blank(name, getattr(item, name))
        if item.due < command.on:
            raise BadInput(
                "due",
                written(item.due),
                f"sớm hơn ngày lập kế hoạch ({written(command.on)}).",
                f"is earlier than the day of the plan ({written(command.on)}).",
            )
    check_body_move(situation, TABLE, "plan", plan, "draw_up", review.organisation, review.superior)
    event = PlanDrawnUp(
        campaign=review.campaign,
        organisation=review.organisation,
        review=review.id,
        items=tuple((item.key, item.responsible, item.due) for item in command.items),
        digest=digest,
        on=command.on,
        document=command.document,
    )
    return _one(situation, command, event)


def assign(command: AssignPlan, situation: Situation) -> Decision:
    """Name the monitor and the appraiser (BG-2019, ¶9; STC-2024, ¶10)."""
    _there(situation, command, "assign")
    not_blank("monitor", command.monitor)
    not_blank("appraiser", command.appraiser)
    return _one(
        situation,
        command,
        PlanAssigned(monitor=command.monitor, appraiser=command.appraiser, on=command.on),
    )


def give_back(command: ReturnPlan, situation: Situation) -> Decision:
    """The plan is not fit yet. drawn_up -> returned."""
    _there(situation, command, "return")
    not_blank("reason", command.reason)
    return _one(situation, command, PlanReturned(reason=command.reason, on=command.on))


def accept(command: AcceptPlan, situation: Situation) -> Decision:
    """The plan is fit to be carried out; somebody has been named to follow it. drawn_up -> accepted."""
    plan = _there(situation, command, "accept")
    if not plan.monitor:
        raise BadInput(
            "plan",
            command.plan,
            "chưa có người theo dõi, giúp đỡ; phân công trước khi chấp nhận.",
            "has nobody to follow it; name a monitor before it is accepted.",
        )
    return _one(situation, command, PlanAccepted(on=command.on))


def report(command: ReportPlan, situation: Situation) -> Decision:
    """Tell the competent level (DUK-2016, II.2.1, II.2.2; STC-2024, ¶10)."""
    _there(situation, command, "report")
    return _one(situation, command, PlanReported(on=command.on, document=command.document))


def follow_up(command: FollowUpPlan, situation: Situation) -> Decision:
    """How far it is: which shortcomings are put right."""
    plan = _there(situation, command, "follow_up")
    for key, times in Counter(command.remedied).items():
        if times > 1 or key not in plan.open_items:
            raise BadInput(
                "remedied",
                key,
                f"không phải hạn chế còn mở của kế hoạch ({', '.join(plan.open_items) or 'không còn'}).",
                f"is not an open shortcoming of the plan ({', '.join(plan.open_items) or 'none is left'}).",
            )
    return _one(situation, command, PlanFollowedUp(on=command.on, remedied=command.remedied))


def close(command: ClosePlan, situation: Situation) -> Decision:
    """Everything is remedied. accepted -> closed."""
    plan = _there(situation, command, "close")
    if plan.open_items:
        raise BadInput(
            "plan",
            command.plan,
            f"còn hạn chế chưa khắc phục ({', '.join(plan.open_items)}); chuyển sang kỳ sau nếu chưa xong.",
            f"still has open shortcomings ({', '.join(plan.open_items)}); carry it over if they stay open.",
        )
    return _one(situation, command, PlanClosed(on=command.on))


def carry_over(command: CarryPlanOver, situation: Situation) -> Decision:
    """What is left is for the next review to answer. accepted -> carried_over."""
    plan = _there(situation, command, "carry_over")
    if not plan.open_items:
        raise BadInput(
            "plan",
            command.plan,
            "đã khắc phục hết; kết thúc kế hoạch thay vì chuyển sang kỳ sau.",
            "is remedied in full; close it instead of carrying it over.",
        )
    return _one(situation, command, PlanCarriedOver(on=command.on, open=plan.open_items))


Dated = AssignPlan | ReturnPlan | AcceptPlan | ReportPlan | FollowUpPlan | ClosePlan | CarryPlanOver


def _there(situation: Situation, command: Dated, trigger: str) -> Plan:
    plan = _plan(situation, command.plan)
    if not plan.version:
        raise NotFound("plan", command.plan)
    superior = situation.reviews[plan.review].superior
    check_body_move(situation, TABLE, "plan", plan, trigger, plan.organisation, superior)
    not_after_today("on", command.on, situation.today)
    not_before(
        "on", command.on, plan.dates.get("drawn_up"), "ngày lập kế hoạch", "the day the plan was drawn up"
    )
    return plan


def _plan(situation: Situation, name: str) -> Plan:
    body = situation.bodies[f"plan/{name}"]
    assert isinstance(body, Plan), "a plan stream folds to a plan"
    return body


def _one(situation: Situation, command: PlanCommand, event: Event) -> Decision:
    on = getattr(command, "on", situation.today)
    return Decision(changes=(Change(stream=f"plan/{command.plan}", events=(event,)),), occurred_on=on)
