"""Read models of the calendar: one row a change, and the day each confirmed change gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from handlers.calendar_tables import CALENDAR_CHANGES, CALENDAR_DAYS
from handlers.register import Row, upsert
from states.calendar import CONFIRMED
from workflow.calendar_changes import CalendarChange
from workflow.gathering import Moved


def keep_calendar(connection: Connection, moved: Sequence[Moved]) -> None:
    """The row of every change that moved, and the days of those confirmed, in the order of confirming."""
    changes = [one.after for one in moved if isinstance(one.after, CalendarChange)]
    upsert(connection, CALENDAR_CHANGES, map(change_row, changes))
    upsert(connection, CALENDAR_DAYS, day_rows(changes))


def change_row(change: CalendarChange) -> Row:
    """The row of a change, from its fold alone."""
    return {
        "change": change.id,
        "stage": change.stage,
        "document": change.document,
        "reason": change.reason,
        "proposed_by": change.proposed_by,
        "proposed_on": change.proposed_on,
        "ended_by": change.ended_by,
        "ended_on": change.ended_on,
    }


def day_rows(changes: Iterable[CalendarChange]) -> list[Row]:
    """A row for every day and unit of confirmed changes; of two words the later confirmed one stands."""
    confirmed = sorted(
        (change for change in changes if change.stage == CONFIRMED), key=lambda one: one.number
    )
    rows = {
        (one.day, one.unit): {
            "day": one.day,
            "unit": one.unit,
            "what": one.what,
            "document": one.document,
            "provisional": one.provisional,
            "change": change.id,
        }
        for change in confirmed
        for one in change.days
    }
    return list(rows.values())
