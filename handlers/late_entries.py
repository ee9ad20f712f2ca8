"""Acts entered long after they took place: the auditor's list (house default of 3 working days)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from workflow import clock
from workflow.days import Calendar
from workflow.tables import EVENTS

WORKING_DAYS = 3
"""An act may be entered until the end of the third working day after it; later entries are listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LateEntry:
    """One command whose act lies more than WORKING_DAYS before its entry."""

    command_id: str
    stream: str
    version: int
    event: str
    took_place: date
    entered: date
    actor: str
    capacity: str


def is_late(calendar: Calendar, took_place: date, entered: date) -> bool:
    """Whether the entry came after the third working day following the act; that day itself is in time."""
    return entered > calendar.nth_working_day_after(took_place, WORKING_DAYS)


def late_entries(connection: Connection, campaign: str, calendar: Calendar) -> tuple[LateEntry, ...]:
    """The late entries of a campaign's reviews, oldest first, one a command and stream."""
    prefix = f"review/{campaign}."
    rows = connection.execute(
        select(
            EVENTS.c.command_id,
            EVENTS.c.stream,
            EVENTS.c.version,
            EVENTS.c.name,
            EVENTS.c.occurred_at,
            EVENTS.c.recorded_at,
            EVENTS.c.actor,
            EVENTS.c.capacity,
        )
        .where(EVENTS.c.stream >= prefix, EVENTS.c.stream < f"review/{campaign}/")
        .order_by(EVENTS.c.position)
    )
    found: dict[tuple[str, str], LateEntry] = {}
    for row in rows:
        if row.recorded_at - row.occurred_at <= timedelta(days=WORKING_DAYS):
            continue
        took_place = row.occurred_at.astimezone(clock.ZONE).date()
        entered = row.recorded_at.astimezone(clock.ZONE).date()
        if is_late(calendar, took_place, entered):
            found.setdefault(
                (row.command_id, row.stream),
                LateEntry(
                    command_id=row.command_id,
                    stream=row.stream,
                    version=row.version,
                    event=row.name,
                    took_place=took_place,
                    entered=entered,
                    actor=row.actor,
                    capacity=row.capacity,
                ),
            )
    return tuple(found.values())
