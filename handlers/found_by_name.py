"""Bodies and people found by name, with or without accents, among those a capacity may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from handlers.access.scope import Scope
from handlers.names import plain
from handlers.roster_facts import as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import REVIEWS
from states.review import INDIVIDUAL

LOOKED_AT_MAX: Final = 4_000
"""So many names that may be meant are compared; whoever means one of more has to write more of it."""

_MAY_CARRY_A_MARK: Final = frozenset("aeiouyd")


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundBody:
    """A body of the roster of the day."""

    body: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPerson:
    """A person with a review of a campaign, and where it stands."""

    review: str
    person: str
    name: str
    organisation: str
    stage: str


def bodies_named(connection: Connection, scope: Scope, asked: str) -> tuple[FoundBody, ...]:
    """The bodies in scope whose name holds what is asked, or whose id it is; in no order."""
    rows = connection.execute(
        select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.name)
        .where(
            as_of(ORGANISATIONS, scope.day),
            scope.own_bodies(ORGANISATIONS.c.organisation_id),
            or_(_may_be(ORGANISATIONS.c.name, asked), ORGANISATIONS.c.organisation_id == asked),
        )
        .limit(LOOKED_AT_MAX)
    )
    return tuple(FoundBody(body=body, name=name) for body, name in rows if _is_meant(asked, name, body))


def people_named(connection: Connection, scope: Scope, campaign: str, asked: str) -> tuple[FoundPerson, ...]:
    """The people with a review of their own in a campaign, known by name to this capacity; in no order.

    NotFound for a campaign of which nothing is seen.
    """
    within = scope.within(connection, campaign)
    rows = connection.execute(
        select(REVIEWS.c.review, REVIEWS.c.subject, PEOPLE.c.name, REVIEWS.c.organisation, REVIEWS.c.stage)
        .join(PEOPLE, and_(PEOPLE.c.person_id == REVIEWS.c.subject, as_of(PEOPLE, scope.day)))
        .where(
            REVIEWS.c.campaign == campaign,
            REVIEWS.c.kind == INDIVIDUAL,
            within.named_reviews(),
            or_(_may_be(PEOPLE.c.name, asked), REVIEWS.c.subject == asked),
        )
        .limit(LOOKED_AT_MAX)
    )
    return tuple(
        FoundPerson(review=review, person=person, name=name, organisation=organisation, stage=stage)
        for review, person, name, organisation, stage in rows
        if name is not None and _is_meant(asked, name, person)
    )


def _is_meant(asked: str, name: str, code: str) -> bool:
    return plain(asked) in plain(name) or asked == code


def _may_be(name: ColumnElement[str], asked: str) -> ColumnElement[bool]:
    """What the database can leave out by itself: letters that never carry a mark have to be there."""
    pattern = "".join("_" if one in _MAY_CARRY_A_MARK or not one.isascii() else one for one in plain(asked))
    escaped = pattern.replace("\\", "\\\\").replace("%", "\\%").replace(" ", "%")
    return func.lower(name).like(f"%{escaped}%", escape="\\")


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedPerson:
    """A person on the roll of a body, or with a post there."""

    person: str
    name: str


def people_at(connection: Connection, scope: Scope, asked: str) -> tuple[NamedPerson, ...]:
    """People on a roll or with a post in scope, by a part of their name or by their id; each once."""
    held = (
        select(table.c.person_id)
        .where(as_of(table, scope.day), scope.own_bodies(table.c.organisation_id))
        .correlate(None)
        for table in (MEMBERSHIPS, POSITIONS)
    )
    rows = connection.execute(
        select(PEOPLE.c.person_id, PEOPLE.c.name)
        .where(
            as_of(PEOPLE, scope.day),
            or_(*(PEOPLE.c.person_id.in_(people) for people in held)),
            or_(_may_be(PEOPLE.c.name, asked), PEOPLE.c.person_id == asked),
        )
        .limit(LOOKED_AT_MAX)
    )
    return tuple(
        NamedPerson(person=person, name=name)
        for person, name in rows
        if name is not None and _is_meant(asked, name, person)
    )
