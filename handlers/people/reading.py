"""What the roster holds of one person or body, in both times: since when it holds, and who knew it when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, exists, func, literal, or_, select

from handlers.access.scope import Scope
from handlers.roster_facts import as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import CAMPAIGNS, REVIEWS
from workflow.errors import NotFound

ROLL_MAX = 300
"""People of a roll shown on one page; how many there are is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """One row of the roster: `valid_to` is exclusive, None while open; `superseded_at` when another row took
    its place. `kind` is person, membership, position or organisation; `values` what it says, by column.
    """

    kind: str
    values: dict[str, Any]
    valid_from: date
    valid_to: date | None
    recorded_at: datetime
    recorded_by: str
    source: str
    superseded_at: datetime | None

    def holds(self, day: date) -> bool:
        """Whether it is believed now and holds on the day."""
        ended = self.valid_to is not None and self.valid_to <= day
        return self.superseded_at is None and self.valid_from <= day and not ended


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedIn:
    """One review of the person or body that the capacity sees."""

    review: str
    campaign: str
    year: int
    kind: str
    stage: str
    level: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OnRoll:
    """Somebody on the roll of a body on the day."""

    person: str
    name: str
    status: str | None


_KEPT = ("valid_from", "valid_to", "recorded_at", "recorded_by", "source", "superseded_at")
_LEFT_OUT = (*_KEPT, "row_id", "salt", "digest", "erased_at")


def person_rows(connection: Connection, scope: Scope, person: str) -> tuple[Held, ...]:
    """Everything the roster ever held of a person, newest knowledge first. NotFound outside the scope.

    A person lies in scope by any roll or post ever held at a body in scope, and everybody by being oneself.
    """
    known = connection.execute(select(PEOPLE.c.person_id).where(PEOPLE.c.person_id == person).limit(1))
    if known.first() is None or not _seen(connection, scope, person):
        raise NotFound("person", person)
    found = [
        *_rows(connection, "person", PEOPLE, PEOPLE.c.person_id == person),
        *_rows(connection, "membership", MEMBERSHIPS, MEMBERSHIPS.c.person_id == person),
        *_rows(connection, "position", POSITIONS, POSITIONS.c.person_id == person),
    ]
    return tuple(sorted(found, key=_newest, reverse=True))


def body_rows(connection: Connection, scope: Scope, body: str) -> tuple[Held, ...]:
    """Everything the roster ever held of a body, newest knowledge first. NotFound outside the scope."""
    mine = ORGANISATIONS.c.organisation_id == body
    if not sees_body(connection, scope, body):
        raise NotFound("organisation", body)
    rows = _rows(connection, "organisation", ORGANISATIONS, mine)
    return tuple(sorted(rows, key=_newest, reverse=True))


def sees_body(connection: Connection, scope: Scope, body: str) -> bool:
    """Whether the roster ever had the body and it lies in scope."""
    mine = ORGANISATIONS.c.organisation_id == body
    seen = select(ORGANISATIONS.c.organisation_id).where(mine, scope.own_bodies(literal(body))).limit(1)
    return connection.execute(seen).first() is not None


def posts_at(connection: Connection, body: str, day: date) -> tuple[Held, ...]:
    """The posts held in a body on the day."""
    return tuple(_rows(connection, "position", POSITIONS, POSITIONS.c.organisation_id == body, day))


def below(connection: Connection, body: str, day: date) -> dict[str, str]:
    """The bodies right below one on the day, id and name."""
    rows = connection.execute(
        select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.name).where(
            ORGANISATIONS.c.superior_id == body, as_of(ORGANISATIONS, day)
        )
    )
    return {row[0]: row[1] for row in rows}


def roll_of(connection: Connection, body: str, day: date) -> tuple[tuple[OnRoll, ...], int]:
    """Some ROLL_MAX people on the roll of a body on the day, by id, and how many there are in all."""
    asked = (
        select(MEMBERSHIPS.c.person_id, PEOPLE.c.name, PEOPLE.c.status)
        .join(PEOPLE, PEOPLE.c.person_id == MEMBERSHIPS.c.person_id)
        .where(MEMBERSHIPS.c.organisation_id == body, as_of(MEMBERSHIPS, day), as_of(PEOPLE, day))
    )
    count = connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
    rows = connection.execute(asked.order_by(MEMBERSHIPS.c.person_id).limit(ROLL_MAX))
    return tuple(OnRoll(person=row[0], name=row[1] or row[0], status=row[2]) for row in rows), count


def reviews_of(connection: Connection, scope: Scope, subject: str) -> tuple[ReviewedIn, ...]:
    """The reviews of a person or body whose content is seen, the newest year first."""
    rows = connection.execute(
        select(
            REVIEWS.c.review,
            REVIEWS.c.campaign,
            CAMPAIGNS.c.year,
            REVIEWS.c.kind,
            REVIEWS.c.stage,
            REVIEWS.c.decided_level.label("level"),
        )
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == REVIEWS.c.campaign)
        .where(REVIEWS.c.subject == subject, scope.reviews())
        .order_by(CAMPAIGNS.c.year.desc(), REVIEWS.c.review)
    )
    return tuple(ReviewedIn(**row._mapping) for row in rows)


def _seen(connection: Connection, scope: Scope, person: str) -> bool:
    if person == scope.actor.id:
        return True
    held = (
        exists(
            select(table.c.row_id).where(
                table.c.person_id == person, scope.own_bodies(table.c.organisation_id)
            )
        )
        for table in (MEMBERSHIPS, POSITIONS)
    )
    return connection.execute(select(literal(1)).where(or_(*held))).first() is not None


def _rows(
    connection: Connection, kind: str, table: Table, which: ColumnElement[bool], day: date | None = None
) -> Iterator[Held]:
    asked = select(table).where(which)
    if day is not None:
        asked = asked.where(as_of(table, day))
    for row in connection.execute(asked):
        yield _held(kind, row)


def _held(kind: str, row: Row[Any]) -> Held:
    told = row._mapping
    return Held(
        kind=kind,
        values={name: value for name, value in told.items() if name not in _LEFT_OUT},
        **{name: told[name] for name in _KEPT},
    )


def _newest(one: Held) -> tuple[datetime, date, str]:
    return one.recorded_at, one.valid_from, one.kind
