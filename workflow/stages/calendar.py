"""Proposing days of the calendar, confirming them and withdrawing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from states.calendar import TABLE
from workflow.calendar_changes import CalendarChange
from workflow.commands.calendar import (
    ConfirmCalendarChange,
    DatedDay,
    ProposeCalendarChange,
    WithdrawCalendarChange,
)
from workflow.dated_days import HeldDays, wrong_days
from workflow.decision import Change, Decision, Situation, check_body_move, not_blank
from workflow.errors import AlreadyThere, BadInput, NotFound
from workflow.event import Event
from workflow.events.calendar import (
    CalendarAdopted,
    CalendarChangeConfirmed,
    CalendarChangeProposed,
    CalendarChangeWithdrawn,
)
from workflow.stages.opening import SAFE_ID

DAYS_MAX: Final = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Adopting:
    """What a campaign takes over when a change is confirmed."""

    campaign: str
    adopted: CalendarAdopted


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarHeld:
    """What the tables hold of the calendar: entries, units, the next number, what campaigns take over."""

    held: HeldDays
    number: int
    adopting: tuple[Adopting, ...] = ()


def propose_change(command: ProposeCalendarChange, situation: Situation, held: CalendarHeld) -> Decision:
    """Propose days; everything wrong with them is told at once. new -> proposed."""
    change = _change(situation, command.change)
    if change.version:
        raise AlreadyThere("calendar_change", command.change)
    if not SAFE_ID.fullmatch(command.change):
        raise BadInput(
            "change",
            command.change,
            "chỉ được gồm chữ không dấu, số và gạch ngang, tối đa 40 ký tự.",
            "may only hold plain letters, digits and hyphens, 40 at most.",
        )
    check_body_move(situation, TABLE, "calendar_change", change, "propose_days", "")
    if not 1 <= len(command.days) <= DAYS_MAX:
        raise BadInput(
            "days",
            str(len(command.days)),
            f"– mỗi lần đề nghị từ 1 đến {DAYS_MAX} ngày.",
            f"– propose 1 to {DAYS_MAX} days at a time.",
        )
    not_blank("document", command.document)
    _check(command.days, held)
    proposed = CalendarChangeProposed(
        days=tuple((one.day, one.what, one.unit, one.provisional, one.document) for one in command.days),
        document=command.document,
        reason=command.reason,
        by=situation.actor.id,
        on=situation.today,
    )
    return _decision(situation, command.change, proposed)


def confirm_change(command: ConfirmCalendarChange, situation: Situation, held: CalendarHeld) -> Decision:
    """Confirm what another person proposed, and tell every campaign it concerns. proposed -> confirmed."""
    change = _there(situation, command.change)
    check_body_move(situation, TABLE, "calendar_change", change, "confirm_days", "")
    if change.proposed_by == situation.actor.id:
        raise BadInput(
            "actor",
            situation.actor.id,
            "là người đã đề nghị thay đổi này; người xác nhận phải là người khác.",
            "proposed this change; another person has to confirm it.",
        )
    _check(change.days, held)
    confirmed = CalendarChangeConfirmed(number=held.number, by=situation.actor.id, on=situation.today)
    decision = _decision(situation, command.change, confirmed)
    adopted = tuple(Change(stream=f"campaign/{one.campaign}", events=(one.adopted,)) for one in held.adopting)
    return Decision(changes=(*decision.changes, *adopted), occurred_on=situation.today)


def withdraw_change(command: WithdrawCalendarChange, situation: Situation) -> Decision:
    """Withdraw a proposal. proposed -> withdrawn."""
    change = _there(situation, command.change)
    check_body_move(situation, TABLE, "calendar_change", change, "withdraw_days", "")
    not_blank("reason", command.reason)
    withdrawn = CalendarChangeWithdrawn(reason=command.reason, by=situation.actor.id, on=situation.today)
    return _decision(situation, command.change, withdrawn)


def _check(days: Sequence[DatedDay], held: CalendarHeld) -> None:
    wrong = wrong_days(days, held.held)
    if len(wrong) == 1:
        raise BadInput(wrong[0].field, wrong[0].value, wrong[0].vi, wrong[0].en)
    if wrong:
        raise BadInput(
            "days",
            str(len(wrong)),
            "dòng chưa đúng: " + " ".join(f"({one.place + 1}) “{one.value}” {one.vi}" for one in wrong),
            "entries are wrong: " + " ".join(f"({one.place + 1}) “{one.value}” {one.en}" for one in wrong),
        )


def _change(situation: Situation, name: str) -> CalendarChange:
    change = situation.bodies[f"calendar/{name}"]
    assert isinstance(change, CalendarChange), "a calendar stream folds to a change"
    return change


def _there(situation: Situation, name: str) -> CalendarChange:
    change = _change(situation, name)
    if not change.version:
        raise NotFound("calendar_change", name)
    return change


def _decision(situation: Situation, name: str, event: Event) -> Decision:
    change = Change(stream=f"calendar/{name}", events=(event,))
    return Decision(changes=(change,), occurred_on=situation.today)
