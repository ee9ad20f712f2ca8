"""The whole list of who reacts to what; an event nobody reacts to is named here too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from handlers.access.rows import keep_access
from handlers.calendar_adopting import adopt_calendar
from handlers.calendar_rows import keep_calendar
from handlers.counters import keep_counters
from handlers.deadline_rows import keep_deadlines
from handlers.private import deposit
from handlers.register import keep_register
from handlers.surroundings import keep_bodies, keep_lists
from workflow.commands.asking import Request
from workflow.decide import Extras
from workflow.event import EVENTS, Event
from workflow.gathering import Moved

Reaction = Callable[[Connection, Sequence[Moved]], None]

REVIEW_REACTIONS: tuple[Reaction, ...] = (keep_register, keep_deadlines, keep_counters)
BODY_REACTIONS: tuple[Reaction, ...] = (keep_bodies,)
DATED_REACTIONS: tuple[Reaction, ...] = (keep_bodies, keep_deadlines)
CALENDAR_REACTIONS: tuple[Reaction, ...] = (keep_calendar,)
ACCESS_REACTIONS: tuple[Reaction, ...] = (keep_access,)
ADOPTING: tuple[Reaction, ...] = (*DATED_REACTIONS, adopt_calendar)
LIST_REACTIONS: tuple[Reaction, ...] = (keep_lists,)
NO_REACTION: tuple[Reaction, ...] = ()

_BY_MODULE: dict[str, tuple[Reaction, ...]] = {
    "workflow.events.review": REVIEW_REACTIONS,
    "workflow.events.meeting": DATED_REACTIONS,
    "workflow.events.submission": DATED_REACTIONS,
    "workflow.events.campaign": DATED_REACTIONS,
    "workflow.events.plan": DATED_REACTIONS,
    "workflow.events.reward": BODY_REACTIONS,
    "workflow.events.calendar": CALENDAR_REACTIONS,
    "workflow.events.access": ACCESS_REACTIONS,
}

_SPECIAL: dict[str, tuple[Reaction, ...]] = {
    "calendar_adopted": ADOPTING,
    "list_entry_recorded": LIST_REACTIONS,
    "list_entry_settled": LIST_REACTIONS,
    "list_declared_complete": LIST_REACTIONS,
    "neighbour_rated": LIST_REACTIONS,
    "history_imported": NO_REACTION,  # so are the rows of earlier years
    "roster_changed": NO_REACTION,  # the rows are the roster's own tables, written beside the event
}

REACTIONS: dict[type[Event], tuple[Reaction, ...]] = {
    cls: _SPECIAL.get(name, _BY_MODULE[cls.__module__]) for name, cls in EVENTS.items()
}
"""Event class -> reactions, every event of the register included."""

ORDER: tuple[Reaction, ...] = (
    keep_bodies, keep_lists, keep_calendar, keep_access, keep_register, keep_deadlines, adopt_calendar,
    keep_counters,
)  # fmt: skip
"""The order reactions run in: counters last, since every writer of a cell meets there."""


def react(connection: Connection, moved: Sequence[Moved], request: Request, extras: Extras) -> None:
    """Write everything that follows from these events, in their own transaction."""
    deposit(connection, request, extras, moved[0].stored[0].recorded_at)
    follow(connection, moved)


def follow(connection: Connection, moved: Sequence[Moved]) -> None:
    """Carry events into the read models; `rebuild` uses the same way."""
    for reaction in ORDER:
        mine = [one for one in moved if any(reaction in REACTIONS[type(event)] for event in one.events)]
        if mine:
            reaction(connection, mine)
