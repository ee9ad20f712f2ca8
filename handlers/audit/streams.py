"""Which streams of the log a capacity reads: those whose things it sees, told by the first word of a name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Select, and_, exists, func, literal, or_, select

from handlers.access.scope import Scope
from handlers.access.tables import CONFLICTS, DELEGATIONS, GRANTS
from handlers.access.things import THINGS
from handlers.tables import PROGRESS, REVIEWS

_EVERYBODYS: Final = ("roster", "calendar", "history")
"""Streams that hold no more than digests and days, and concern every branch."""


def seen(scope: Scope, stream: Column[str]) -> ColumnElement[bool]:
    """The condition on a column of stream names; nothing that no line here names is read."""
    parts = [_named(stream, kind, select(thing.key).where(thing.seen(scope)), thing.key)
             for kind, thing in THINGS.items() if kind != "review"]  # fmt: skip
    reviews = select(REVIEWS.c.review).where(scope.reviews())
    bodies = (
        (table, table.c[key])
        for table, key in ((GRANTS, "grant_id"), (DELEGATIONS, "delegation_id"), (CONFLICTS, "conflict_id"))
    )
    lists = select(literal("lists/") + PROGRESS.c.campaign + literal("/") + PROGRESS.c.organisation).where(
        scope.places(PROGRESS.c.campaign, PROGRESS.c.organisation)
    )
    return or_(
        _named(stream, "review", reviews, REVIEWS.c.review),
        *parts,
        *(
            _named(
                stream, key.name.removesuffix("_id"), select(key).where(scope.own_bodies(table.c.body)), key
            )
            for table, key in bodies
        ),
        and_(*_range(stream, "lists"), stream.in_(lists)),
        *(and_(*_range(stream, kind)) for kind in _EVERYBODYS[1:]),
        stream == _EVERYBODYS[0],
    )


def of_bodies(stream: Column[str], bodies: Collection[str]) -> ColumnElement[bool]:
    """The streams of these bodies: their reviews, and whatever else of the log is held under their names."""
    reviews = select(literal("review/") + REVIEWS.c.review).where(REVIEWS.c.organisation.in_(bodies))
    parts = [stream.in_(reviews)]
    for kind, column in (("meeting", "venue"), ("ballot", "organisation"), ("submission", "organisation")):
        thing = THINGS[kind]
        parts.append(
            stream.in_(select(literal(f"{kind}/") + thing.key).where(thing.table.c[column].in_(bodies)))
        )
    parts.append(
        stream.in_(
            select(literal("lists/") + PROGRESS.c.campaign + literal("/") + PROGRESS.c.organisation).where(
                PROGRESS.c.organisation.in_(bodies)
            )
        )
    )
    return or_(*parts)


def of_people(stream: Column[str], people: Collection[str]) -> ColumnElement[bool]:
    """The streams of the reviews of these people."""
    return stream.in_(select(literal("review/") + REVIEWS.c.review).where(REVIEWS.c.subject.in_(people)))


def _named(stream: Column[str], kind: str, chosen: Select[Any], key: Column[str]) -> ColumnElement[bool]:
    name = func.substr(stream, len(kind) + 2)
    return and_(*_range(stream, kind), exists(chosen.where(key == name)))


def _range(stream: Column[str], kind: str) -> tuple[ColumnElement[bool], ...]:
    """Names that begin with the word and a stroke, as a range an index can follow."""
    return stream >= f"{kind}/", stream < f"{kind}0"
