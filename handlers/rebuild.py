"""Rebuilding the read models from the log, and checking that they say what the fold says."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from handlers.compared import Disagreement, Seen, compare
from handlers.register import empty
from handlers.registry import follow
from handlers.tables import read_models
from workflow import bodies as lives
from workflow import codec
from workflow.bodies import Body
from workflow.event import NAMES, Event
from workflow.events.calendar import CalendarAdopted
from workflow.folding import nothing
from workflow.gathering import Moved
from workflow.log import Log, Stored
from workflow.review import Review
from workflow.review import fold as fold_review

ADOPTED = NAMES[CalendarAdopted]
PART = 2_000
"""Events carried into the read models at a time."""


def rebuild(connection: Connection) -> int:
    """Empty every read model and carry the whole log into them again; nothing is sent to anybody.

    Returns the number of events. Roster, private texts and the log itself are never touched.
    """
    empty(connection, reversed(read_models()))
    states: dict[str, Review | Body] = {}
    events = 0
    part: list[Stored] = []
    for stored in Log(connection).scan():
        if stored.name == ADOPTED:  # what came before was dated by the calendar before
            _carry(connection, part, states)
            part = []
        part.append(stored)
        events += 1
        if len(part) >= PART or stored.name == ADOPTED:
            _carry(connection, part, states)
            part = []
    _carry(connection, part, states)
    return events


def _carry(connection: Connection, part: list[Stored], states: dict[str, Review | Body]) -> None:
    if not part:
        return
    grown: dict[str, list[tuple[Stored, Event]]] = {}
    for stored in part:
        event = codec.decode(stored.name, stored.schema_version, stored.data)
        grown.setdefault(stored.stream, []).append((stored, event))
    moved = []
    for stream, pairs in grown.items():
        before = states.get(stream) or nothing(stream)
        events = tuple(event for _, event in pairs)
        after: Review | Body
        if isinstance(before, Review):
            after = fold_review(before.id, events, before)
        else:
            after = lives.fold(before, events)
        states[stream] = after
        moved.append(
            Moved(
                stream=stream,
                before=before,
                after=after,
                events=events,
                stored=tuple(stored for stored, _ in pairs),
            )
        )
    follow(connection, moved)


def disagreements(connection: Connection, seen: Seen | None = None) -> Iterator[Disagreement]:
    """Every row of a read model that is not what the log tells, and every event that cannot be folded.

    `seen` is told how many streams and events were read.
    """
    return compare(connection, seen or Seen())
