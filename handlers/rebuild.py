"""Rebuilding the read models from the log, and checking that they say what the fold says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from handlers.counters import key_of
from handlers.register import empty, review_row, session_rows
from handlers.registry import follow
from handlers.tables import PROGRESS, REVIEWS, SESSIONS, read_models
from workflow import bodies as lives
from workflow import codec
from workflow.bodies import Body
from workflow.engine import nothing
from workflow.event import Event
from workflow.gathering import Moved
from workflow.log import Log, Stored
from workflow.review import Review, apply
from workflow.review import fold as fold_review

PART = 2_000
"""Events carried into the read models at a time."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One row of a read model that is not what the log says."""

    table: str
    key: str
    column: str
    kept: object
    told: object


def rebuild(connection: Connection) -> int:
    """Empty every read model and carry the whole log into them again; nothing is sent to anybody.

    Returns the number of events. Roster, private texts and the log itself are never touched.
    """
    empty(connection, reversed(read_models()))
    states: dict[str, Review | Body] = {}
    events = 0
    part: list[Stored] = []
    for stored in Log(connection).scan():
        part.append(stored)
        events += 1
        if len(part) >= PART:
            _carry(connection, part, states)
            part = []
    if part:
        _carry(connection, part, states)
    return events


def _carry(connection: Connection, part: list[Stored], states: dict[str, Review | Body]) -> None:
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


def disagreements(connection: Connection) -> Iterator[Disagreement]:
    """Every row of the register, the sessions and the counters that differs from the fold of the log."""
    reviews = fold_all_reviews(connection)
    yield from _compare(
        connection, REVIEWS, ("review",), (review_row(review) for review in reviews.values())
    )
    yield from _compare(
        connection,
        SESSIONS,
        ("review", "venue"),
        (row for review in reviews.values() for row in session_rows(review)),
    )
    counted: dict[tuple[str, ...], int] = {}
    for review in reviews.values():
        key = key_of(review)
        counted[key] = counted.get(key, 0) + 1
    names = ("campaign", "organisation", "kind", "stage", "level")
    yield from _compare(
        connection,
        PROGRESS,
        names,
        ({**dict(zip(names, key, strict=True)), "reviews": n} for key, n in counted.items()),
        none_is={"reviews": 0},
    )


def fold_all_reviews(connection: Connection) -> dict[str, Review]:
    """Every review folded from the log, in one pass over it."""
    found: dict[str, Review] = {}
    for stored in Log(connection).scan():
        if stored.stream.startswith("review/"):
            name = stored.stream[7:]
            review = found.get(name)
            if review is None:
                review = found[name] = Review(id=name)
            apply(review, codec.decode(stored.name, stored.schema_version, stored.data))
    return found


def _compare(
    connection: Connection,
    table: Table,
    keys: tuple[str, ...],
    told: Iterable[dict[str, Any]],
    none_is: dict[str, object] | None = None,
) -> Iterator[Disagreement]:
    kept = {
        tuple(row[name] for name in keys): dict(row)
        for row in connection.execute(select(table)).mappings()
    }
    for row in told:
        key = tuple(row[name] for name in keys)
        held = kept.pop(key, None)
        if held is None:
            yield Disagreement(table.name, " ".join(map(str, key)), "", None, "a row")
            continue
        for column, value in row.items():
            if held[column] != value:
                yield Disagreement(table.name, " ".join(map(str, key)), column, held[column], value)
    for key, held in kept.items():
        if none_is is None or any(held[column] != value for column, value in none_is.items()):
            yield Disagreement(table.name, " ".join(map(str, key)), "", "a row", None)
