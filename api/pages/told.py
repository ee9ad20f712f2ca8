"""Histories on a page: events as sentences with names, the stage after each, late entries marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from api.pages.views import HistoryLine
from api.pages.visits import Visit
from handlers.access.acting_for import with_delegations
from handlers.names import Names, names_on
from handlers.replay import Frame
from handlers.timeline import bodies_of, line, people_of
from states.flags import IRREGULAR
from workflow import clock
from workflow.days import DayOutsideCalendar
from workflow.event import Event
from workflow.events.review import FlagRaised
from workflow.log import Stored
from workflow.rules.rulebook import Rulebook

LATE_ENTRY_WORKING_DAYS = 3
"""An act entered more than so many working days after it took place is marked; a house default, no clause."""


def names_of_events(
    connection: Connection, day: date, events: Sequence[Event], stored: Sequence[Stored]
) -> Names:
    """The names a history needs, and by whose delegation somebody acted, in a handful of queries."""
    names = names_on(connection, day, people=people_of(events, stored), bodies=bodies_of(events, stored))
    return with_delegations(connection, names, stored, day)


def history_lines(
    visit: Visit, frames: Sequence[Frame], names: Names, rulebook: Rulebook, href: str = ""
) -> tuple[HistoryLine, ...]:
    """One line an event of a review; `href` is the address of the replay."""
    voice = visit.voice(names, rulebook)
    found = []
    for frame in frames:
        told = line(frame.event, frame.stored, voice)
        number = frame.stored.version
        found.append(
            HistoryLine(
                number=number,
                at=frame.stored.occurred_at,
                sentence=told.says,
                stage=frame.stage,
                by=capitalised(told.by),
                href=f"{href}?v={number}" if href else None,
                irregular=isinstance(frame.event, FlagRaised) and frame.event.flag == IRREGULAR,
                late_entry=entered_late(told.on, told.entered_on, rulebook),
            )
        )
    return tuple(found)


def capitalised(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def entered_late(on: date, entered_on: date, rulebook: Rulebook) -> bool:
    """Whether more than 3 working days lie between the act and its entry, the day of the act not counted."""
    if entered_on <= on + timedelta(days=LATE_ENTRY_WORKING_DAYS):
        return False
    try:
        return entered_on > rulebook.calendar.nth_working_day_after(on, LATE_ENTRY_WORKING_DAYS)
    except DayOutsideCalendar:
        return False


def day_of(stored: Stored) -> date:
    """The day an event happened, in Vietnam."""
    return stored.occurred_at.astimezone(clock.ZONE).date()
