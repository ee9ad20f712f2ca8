"""Acts entered long after they took place: the auditor's list (house default of 3 working days)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, select

from handlers.tables import REVIEWS
from workflow import clock
from workflow.days import Calendar
from workflow.tables import EVENTS, LATE_DAYS, entered_late

WORKING_DAYS = LATE_DAYS
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


def late_entries(
    connection: Connection, campaign: str, calendar: Calendar, bodies: Select[tuple[str]] | None = None
) -> tuple[LateEntry, ...]:
    """The late entries of a campaign's reviews, oldest first, one a command and stream.

    With `bodies`, of the reviews of these alone. Only what an index has as late by the clock is read; the
    calendar of the campaign then says what really is.
    """
    prefix = f"review/{campaign}."
    asked = (
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
        .where(
            EVENTS.c.stream >= prefix,
            EVENTS.c.stream < f"review/{campaign}/",
            entered_late(connection.dialect.name),
        )
        .order_by(EVENTS.c.position)
    )
    if bodies is not None:
        review = func.substr(EVENTS.c.stream, len("review/") + 1)
        asked = asked.join(REVIEWS, REVIEWS.c.review == review).where(REVIEWS.c.organisation.in_(bodies))
    found: dict[tuple[str, str], LateEntry] = {}
    for row in connection.execute(asked):
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
