"""Acts entered long after they took place: the auditor's list (house default of 3 working days)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, select

from handlers.tables import REVIEWS
from workflow import clock
from workflow.days import Calendar
from workflow.tables import EVENTS, LATE_DAYS, entered_late

PART: Final = 2_000
"""Rows fetched at a time."""
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
    connection: Connection,
    campaign: str,
    calendar: Calendar,
    bodies: Select[tuple[str]] | None = None,
    *,
    newest: int | None = None,
) -> tuple[LateEntry, ...]:
    """The late entries of a campaign's reviews, oldest first, one a command and stream.

    With `bodies`, of the reviews of these alone; with `newest`, at most so many, the newest first. Only what
    an index has as late by the clock is read; the calendar of the campaign then says what really is.
    """
    order = EVENTS.c.position if newest is None else EVENTS.c.position.desc()
    asked = _entered_late(
        connection,
        campaign,
        bodies,
        EVENTS.c.command_id,
        EVENTS.c.stream,
        EVENTS.c.version,
        EVENTS.c.name,
        EVENTS.c.occurred_at,
        EVENTS.c.recorded_at,
        EVENTS.c.actor,
        EVENTS.c.capacity,
    ).order_by(order)
    found: dict[tuple[str, str], LateEntry] = {}
    late = cache(partial(is_late, calendar))  # many acts share their two days
    with connection.execute(asked, execution_options={"yield_per": PART}) as rows:
        for row in rows:
            took_place = row.occurred_at.astimezone(clock.ZONE).date()
            entered = row.recorded_at.astimezone(clock.ZONE).date()
            if late(took_place, entered):
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
                if len(found) == newest:
                    break
    return tuple(found.values())


def count_late(
    connection: Connection, campaign: str, calendar: Calendar, bodies: Select[tuple[str]] | None = None
) -> int:
    """How many late entries there are, counted by the database day by day: a season entered from paper has
    hundreds of thousands.
    """
    days = tuple(_day(connection, column) for column in (EVENTS.c.occurred_at, EVENTS.c.recorded_at))
    acts = func.count(func.distinct(EVENTS.c.command_id + "#" + EVENTS.c.stream))
    asked = _entered_late(connection, campaign, bodies, *days, acts).group_by(*days)
    return sum(
        count
        for took_place, entered, count in connection.execute(asked)
        if is_late(calendar, date.fromisoformat(str(took_place)), date.fromisoformat(str(entered)))
    )


def _entered_late(
    connection: Connection, campaign: str, bodies: Select[tuple[str]] | None, *columns: ColumnElement[Any]
) -> Select[Any]:
    asked = select(*columns).where(
        EVENTS.c.stream >= f"review/{campaign}.",
        EVENTS.c.stream < f"review/{campaign}/",
        entered_late(connection.dialect.name),
    )
    if bodies is not None:
        review = func.substr(EVENTS.c.stream, len("review/") + 1)
        asked = asked.join(REVIEWS, REVIEWS.c.review == review).where(REVIEWS.c.organisation.in_(bodies))
    return asked


def _day(connection: Connection, instant: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day of an instant in Vietnam, which is seven hours ahead all the year."""
    if connection.dialect.name == "postgresql":
        return func.date(func.timezone(clock.ZONE.key, instant))
    return func.date(instant, "+7 hours")
