"""Every life the log tells, folded from its first event in one pass and constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

import msgspec
from sqlalchemy import Connection

from workflow import bodies as lives
from workflow import codec
from workflow.bodies import Body
from workflow.event import EVENTS, Event
from workflow.folding import nothing
from workflow.log_statements import ToldColumns
from workflow.log_statements_of import statements_of
from workflow.review import ImpossibleHistory, Review, apply

CHUNK = 5_000
"""Events read at a time."""

HOMES: dict[str, tuple[str, ...]] = {
    "review": ("workflow.events.review",),
    "calendar": ("workflow.events.calendar",),
    "campaign": ("workflow.events.campaign", "workflow.events.calendar"),
    "lists": ("workflow.events.campaign",),
    "roster": ("workflow.events.campaign",),
    "meeting": ("workflow.events.meeting",),
    "ballot": ("workflow.events.meeting",),
    "submission": ("workflow.events.submission",),
    "plan": ("workflow.events.plan",),
    "reward": ("workflow.events.reward",),
    "history": ("workflow.events.reward",),
    "grant": ("workflow.events.access",),
    "delegation": ("workflow.events.access",),
    "conflict": ("workflow.events.access",),
}
"""Where the events of each kind of stream are defined."""

NAMES_IN: dict[str, frozenset[str]] = {
    kind: frozenset(name for name, cls in EVENTS.items() if cls.__module__ in modules)
    for kind, modules in HOMES.items()
}
"""Which events belong into which kind of stream."""


@dataclass(slots=True)
class Life:
    """One stream and what it folds to; `broken` says why the fold ended before the version `broken_at`.

    `events` are kept for streams other than reviews: those are few, and their fold is not all they tell.
    """

    stream: str
    body: Review | Body
    version: int = 0
    events: list[Event] = field(default_factory=list)
    broken: str = ""
    broken_at: int = 0


def every_life(connection: Connection) -> Iterator[Life]:
    """Every stream in the order of the bytes of its name, folded from the log alone.

    An event this program does not know, cannot read or cannot fold ends the fold of its stream and is said in
    `broken`; the other streams go on. So does a stream of a kind this program does not know.
    """
    life: Life | None = None
    statements = statements_of(connection)
    stream, version = "", 0
    while chunk := statements.told_after(stream, version, CHUNK):
        for told, rows in groupby(chunk, key=itemgetter(0)):
            if life is None or life.stream != told:
                if life is not None:
                    yield _ended(life)
                life = _begun(told)
            _carry(life, rows)
        stream, version = chunk[-1][:2]
    if life is not None:
        yield _ended(life)


def _carry(life: Life, rows: Iterator[ToldColumns]) -> None:
    """Folds the next events of a stream, as far as they can be; what follows a broken one is only counted."""
    body, keep = life.body, life.events.append
    known = NAMES_IN.get(life.stream.partition("/")[0], frozenset())
    if not life.broken:
        version = life.version
        try:
            for _, version, name, schema, data in rows:  # noqa: B007 - the version tells where it broke
                if name not in known:
                    raise codec.UnknownEvent(f"{name} is no event this program knows in such a stream")
                event = codec.decode(name, schema, data)
                if isinstance(body, Review):
                    apply(body, event)
                else:
                    keep(event)
        except (codec.UnknownEvent, ImpossibleHistory, msgspec.MsgspecError) as error:
            life.broken, life.broken_at = str(error), version
        life.version = version
    for row in rows:
        life.version = row[1]


def _begun(stream: str) -> Life:
    if stream.partition("/")[0] in NAMES_IN:
        return Life(stream, nothing(stream))
    return Life(stream, lives.Roster(id=stream), broken="is the stream of nothing this program knows")


def _ended(life: Life) -> Life:
    if not life.broken and not isinstance(life.body, Review):
        try:
            life.body = lives.fold(life.body, life.events)
        except ImpossibleHistory as error:
            life.broken = str(error)
    return life
