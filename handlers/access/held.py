"""What a person holds over some days by roster, grant and delegation: one statement, rows as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    false,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from handlers.access.tables import DELEGATIONS, GRANTS
from handlers.among import day_parameter
from handlers.prepared import Prepared
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, POSITIONS
from states import delegation, grant

POST: Final = "post"
ROLL: Final = "roll"
GRANT: Final = "grant"
DELEGATION: Final = "delegation"


def held_rows(connection: Connection, person: str, first: date, last: date) -> Sequence[Any]:
    """Everything held on a day from `first` to `last` (both inclusive) by a person and who delegated to him.

    A row has `kind` (POST, ROLL, GRANT or DELEGATION), `person` who holds it himself, `role` (of a POST the
    post), `body`, `source` its id, `leads` whether bodies stand below, `from_day` and `until_day` (inclusive,
    null while open) and `before` (exclusive, null where nothing ended it). A DELEGATION is one to `person`.
    """
    return _HELD.all(connection, {"person": person, "first": first, "last": last})


def _believed(table: FromClause) -> ColumnElement[bool]:
    """Rows of the roster now believed that hold on some day of the range."""
    first, last = day_parameter("first"), day_parameter("last")
    return and_(
        table.c.superseded_at.is_(None),
        table.c.valid_from <= last,
        or_(table.c.valid_to.is_(None), table.c.valid_to > first),
    )


def _given(table: FromClause, stages: frozenset[str]) -> ColumnElement[bool]:
    """Grants or delegations that hold on some day of the range."""
    first, last = day_parameter("first"), day_parameter("last")
    return and_(
        table.c.stage.in_(sorted(stages)),
        table.c.from_day <= last,
        or_(table.c.until_day.is_(None), table.c.until_day >= first),
        or_(table.c.ended_on.is_(None), table.c.ended_on > first),
    )


def _everything() -> ColumnElement[Any]:
    person = bindparam("person", type_=Text())
    no_day, nothing, no = cast(null(), Date), literal("", Text()), cast(false(), Boolean)
    to_him = and_(
        DELEGATIONS.c.person == person,
        _given(DELEGATIONS, frozenset({delegation.IN_FORCE, delegation.ENDED})),
    )
    people = union(
        select(cast(person, Text()).label("person")), select(DELEGATIONS.c.holder).where(to_him)
    ).cte("people")
    below = ORGANISATIONS.alias("below")
    posts: Select[Any] = (
        select(
            literal(POST, Text()).label("kind"),
            POSITIONS.c.person_id.label("person"),
            POSITIONS.c.post.label("role"),
            POSITIONS.c.organisation_id.label("body"),
            nothing.label("source"),
            exists()
            .where(below.c.superior_id == POSITIONS.c.organisation_id, _believed(below))
            .label("leads"),
            POSITIONS.c.valid_from.label("from_day"),
            no_day.label("until_day"),
            POSITIONS.c.valid_to.label("before"),
        )
        .join(people, people.c.person == POSITIONS.c.person_id)
        .where(_believed(POSITIONS))
    )
    rolls = (
        select(
            literal(ROLL, Text()),
            MEMBERSHIPS.c.person_id,
            nothing,
            MEMBERSHIPS.c.organisation_id,
            nothing,
            no,
            MEMBERSHIPS.c.valid_from,
            no_day,
            MEMBERSHIPS.c.valid_to,
        )
        .join(people, people.c.person == MEMBERSHIPS.c.person_id)
        .where(_believed(MEMBERSHIPS))
    )
    grants = (
        select(
            literal(GRANT, Text()),
            GRANTS.c.person,
            GRANTS.c.role,
            GRANTS.c.body,
            GRANTS.c.grant_id,
            no,
            GRANTS.c.from_day,
            GRANTS.c.until_day,
            GRANTS.c.ended_on,
        )
        .join(people, people.c.person == GRANTS.c.person)
        .where(_given(GRANTS, grant.HELD))
    )
    delegations = select(
        literal(DELEGATION, Text()),
        DELEGATIONS.c.holder,
        DELEGATIONS.c.role,
        DELEGATIONS.c.body,
        DELEGATIONS.c.delegation_id,
        no,
        DELEGATIONS.c.from_day,
        DELEGATIONS.c.until_day,
        DELEGATIONS.c.ended_on,
    ).where(to_him)
    return union_all(posts, rolls, grants, delegations)  # type: ignore[return-value]  # a statement


_HELD = Prepared(_everything())
