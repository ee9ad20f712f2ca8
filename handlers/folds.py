"""Every life the log tells, folded from its first event in one pass and constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from workflow import bodies as lives
from workflow import codec
from workflow.bodies import Body
from workflow.event import EVENTS, Event
from workflow.folding import nothing
from workflow.log_statements_of import statements_of
from workflow.review import ImpossibleHistory, Review, apply

CHUNK = 5_000
"""Events read at a time."""

HOMES: dict[str, tuple[str, ...]] = {
    "review": ("workflow.events.review",),
    "campaign": ("workflow.events.campaign",),
    "lists": ("workflow.events.campaign",),
    "roster": ("workflow.events.campaign",),
    "meeting": ("workflow.events.meeting",),
    "ballot": ("workflow.events.meeting",),
    "submission": ("workflow.events.submission",),
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
    known: frozenset[str] = frozenset()
    statements = statements_of(connection)
    stream, version = "", 0
    while chunk := statements.told_after(stream, version, CHUNK):
        for stream, version, name, schema, data in chunk:
            if life is None or life.stream != stream:
                if life is not None:
                    yield _ended(life)
                life = _begun(stream)
                known = NAMES_IN.get(stream.partition("/")[0], frozenset())
            life.version = version
            if life.broken:
                continue
            if name not in known:
                life.broken, life.broken_at = (
                    f"{name} is no event this program knows in such a stream",
                    version,
                )
                continue
            body = life.body
            try:
                event = codec.decode(name, schema, data)
                if isinstance(body, Review):
                    apply(body, event)
                else:
                    life.events.append(event)
            except (codec.UnknownEvent, ImpossibleHistory, msgspec.MsgspecError) as error:
                life.broken, life.broken_at = str(error), version
    if life is not None:
        yield _ended(life)


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
