"""What is known of a change of the calendar at any moment: the fold of its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.table import NEW
from workflow.commands.calendar import DatedDay
from workflow.event import Event
from workflow.events import calendar as happened


@dataclass(slots=True)
class CalendarChange:
    """One change: its days with their document, who proposed it and who ended the proposal.

    `number` is its place among the confirmed ones, 0 before.
    """

    id: str
    version: int = 0
    stage: str = NEW
    days: tuple[DatedDay, ...] = ()
    document: str = ""
    reason: str = ""
    proposed_by: str = ""
    proposed_on: date = date.min
    ended_by: str = ""
    ended_on: date | None = None
    number: int = 0


def _proposed(change: CalendarChange, event: happened.CalendarChangeProposed) -> None:
    change.document, change.reason = event.document, event.reason
    change.proposed_by, change.proposed_on = event.by, event.on
    change.days = tuple(
        DatedDay(
            day=day,
            what=what,
            unit=unit,
            provisional=provisional,
            document=document or event.document,
        )
        for day, what, unit, provisional, document in event.days
    )


def _confirmed(change: CalendarChange, event: happened.CalendarChangeConfirmed) -> None:
    change.number, change.ended_by, change.ended_on = event.number, event.by, event.on


def _withdrawn(change: CalendarChange, event: happened.CalendarChangeWithdrawn) -> None:
    change.ended_by, change.ended_on = event.by, event.on


FOLDS: dict[type[Event], tuple[str | None, Callable[[Any, Any], None] | None]] = {
    happened.CalendarChangeProposed: ("propose_days", _proposed),
    happened.CalendarChangeConfirmed: ("confirm_days", _confirmed),
    happened.CalendarChangeWithdrawn: ("withdraw_days", _withdrawn),
}
"""For each event the move it records and what it changes."""
