"""Searching the log and the list of refused commands: newest first, a page at a time, only what is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, TextClause, and_, exists, or_, select

from handlers.access.scope import Scope
from handlers.audit.streams import of_bodies, of_people, seen
from workflow import clock
from workflow.log import Stored
from workflow.refusals import Refused
from workflow.tables import EVENTS, NOTABLE, REFUSALS, REFUSED_STREAMS, notable_events


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is searched for; empty fields ask nothing. `first` and `last` are days of entry, both included.

    Of several bodies, people or actors any will do. `text` is a part of the id of a stream or a command.
    """

    review: str = ""
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    event: str = ""
    actors: tuple[str, ...] = ()
    text: str = ""
    first: date | None = None
    last: date | None = None


def found_in_log(
    connection: Connection, scope: Scope, wanted: Wanted, *, before: int | None, limit: int
) -> list[Stored]:
    """At most `limit` events, newest first; `before` is the position the last page ended with, exclusive."""
    stream = EVENTS.c.stream
    conditions: list[ColumnElement[bool] | TextClause] = [
        seen(scope, stream),
        *_entered(EVENTS.c.recorded_at, wanted),
    ]
    if before is not None:
        conditions.append(EVENTS.c.position < before)
    if wanted.review:
        conditions.append(stream == f"review/{wanted.review}")
    if wanted.bodies:
        conditions.append(of_bodies(stream, wanted.bodies))
    if wanted.people:
        conditions.append(or_(of_people(stream, wanted.people), EVENTS.c.actor.in_(wanted.people)))
    if wanted.event:
        conditions.append(EVENTS.c.name == wanted.event)
        if wanted.event in NOTABLE:
            conditions.append(notable_events())
    if wanted.actors:
        conditions.append(EVENTS.c.actor.in_(wanted.actors))
    if wanted.text:
        parts = (stream, EVENTS.c.command_id)
        conditions.append(or_(*(column.contains(wanted.text, autoescape=True) for column in parts)))
    rows = connection.execute(
        select(EVENTS).where(and_(*conditions)).order_by(EVENTS.c.position.desc()).limit(limit)
    )
    return [
        Stored(
            position=row.position,
            stream=row.stream,
            version=row.version,
            name=row.name,
            schema_version=row.schema_version,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            actor=row.actor,
            capacity=row.capacity,
            command_id=row.command_id,
            rulebook_hash=row.rulebook_hash,
            verdicts=(),
            data=row.data.encode(),
            findings_digest=row.findings_digest.hex() if row.findings_digest else None,
            event_hash=row.event_hash.hex(),
            previous_hash=row.previous_hash.hex(),
        )
        for row in rows
    ]


def refused_commands(
    connection: Connection, scope: Scope, wanted: Wanted, *, before: int | None, limit: int
) -> list[tuple[int, Refused]]:
    """Refused commands about something that is seen, newest first, each with its number in the list."""
    stream = REFUSED_STREAMS.c.stream
    about: list[ColumnElement[bool]] = [REFUSED_STREAMS.c.refusal == REFUSALS.c.id, seen(scope, stream)]
    if wanted.review:
        about.append(stream == f"review/{wanted.review}")
    if wanted.bodies:
        about.append(of_bodies(stream, wanted.bodies))
    conditions = [
        exists(select(stream).where(and_(*about))),
        *_entered(REFUSALS.c.recorded_at, wanted),
    ]
    if before is not None:
        conditions.append(REFUSALS.c.id < before)
    if wanted.actors:
        conditions.append(REFUSALS.c.actor.in_(wanted.actors))
    if wanted.people:
        of = exists(
            select(stream).where(REFUSED_STREAMS.c.refusal == REFUSALS.c.id, of_people(stream, wanted.people))
        )
        conditions.append(or_(of, REFUSALS.c.actor.in_(wanted.people)))
    rows = connection.execute(
        select(REFUSALS).where(and_(*conditions)).order_by(REFUSALS.c.id.desc()).limit(limit)
    ).all()
    streams: dict[int, list[str]] = {row.id: [] for row in rows}
    for refusal, name in connection.execute(
        select(REFUSED_STREAMS.c.refusal, stream)
        .where(REFUSED_STREAMS.c.refusal.in_(streams))
        .order_by(stream)
    ):
        streams[refusal].append(name)
    return [
        (
            row.id,
            Refused(
                recorded_at=row.recorded_at,
                command=row.command,
                command_id=row.command_id,
                actor=row.actor,
                capacity=row.capacity,
                streams=tuple(streams[row.id]),
                refusal=row.refusal,
                failing=tuple((rule, verdict) for rule, verdict in json.loads(row.failing)),
                body_digest=row.body_digest.hex(),
            ),
        )
        for row in rows
    ]


def _entered(column: ColumnElement[datetime], wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The days of entry, as days in Vietnam, both included."""
    if wanted.first is not None:
        yield column >= datetime.combine(wanted.first, time(0), clock.ZONE)
    if wanted.last is not None:
        yield column < datetime.combine(wanted.last + timedelta(days=1), time(0), clock.ZONE)
