"""From a stream's stored events to the life it tells."""

from __future__ import annotations

from collections.abc import Iterable

from workflow import bodies as lives
from workflow import codec
from workflow.bodies import Body
from workflow.event import Event
from workflow.log import Stored, Told
from workflow.review import Review
from workflow.review import fold as fold_review


def nothing(stream: str) -> Review | Body:
    """What a stream tells before its first event."""
    kind, _, name = stream.partition("/")
    return Review(id=name) if kind == "review" else lives.FACTORIES[kind](id=name or stream)


def fold_stored(stream: str, stored: Iterable[Stored | Told]) -> Review | Body:
    """The life a stream tells, from its stored events."""
    events = (codec.decode(one.name, one.schema_version, one.data) for one in stored)
    start = nothing(stream)
    return fold_review(start.id, events) if isinstance(start, Review) else lives.fold(start, events)


def grown(start: Review | Body, events: tuple[Event, ...]) -> Review | Body:
    """The life after further events; the one given is left as it was."""
    return fold_review(start.id, events, start) if isinstance(start, Review) else lives.fold(start, events)
