"""Grants, delegations and ties as a capacity sees them: the conditions, and the lists made with them.

Everybody sees what he was given, gave or proposed himself; who answers for a branch sees what is given there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, case, false, func, literal, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from handlers.access.scope import READS_RESTRICTED, Scope
from handlers.access.tables import CONFLICTS, DELEGATIONS, GRANTS
from handlers.accounts.tables import ACCOUNTS
from handlers.names import Names, names_on, plain
from handlers.tables import PRIVATE_TEXTS
from states import conflict as conflict_life
from states import delegation as delegation_life
from states import grant as grant_life
from states.roles import Role

_Row = Row[*tuple[Any, ...]]

SEES_GRANTS: Final = frozenset(
    {
        Role.OFFICER,
        Role.ADMINISTRATOR,
        Role.SUPERIOR_COMMITTEE,
        Role.ORGANISATION_BOARD,
        Role.INSPECTION,
        Role.AUDITOR,
    }
)
"""Who sees what is granted and delegated at the bodies of the branch."""

SEES_TIES: Final = conflict_life.AT_HOME | conflict_life.FROM_ABOVE | {Role.AUDITOR}
"""Who sees the ties declared of people of the branch."""

PART: Final = 100
"""Grants shown at once; a search finds the others."""


def grants_seen(scope: Scope) -> ColumnElement[bool]:
    """The condition on GRANTS."""
    own = or_(GRANTS.c.person == scope.actor.id, GRANTS.c.proposed_by == scope.actor.id)
    return or_(own, _of_branch(scope, SEES_GRANTS, GRANTS.c.body))


def delegations_seen(scope: Scope) -> ColumnElement[bool]:
    """The condition on DELEGATIONS."""
    own = or_(DELEGATIONS.c.person == scope.actor.id, DELEGATIONS.c.holder == scope.actor.id)
    return or_(own, _of_branch(scope, SEES_GRANTS, DELEGATIONS.c.body))


def conflicts_seen(scope: Scope) -> ColumnElement[bool]:
    """The condition on CONFLICTS; not for the subject as such, of whom somebody else has declared it."""
    return or_(CONFLICTS.c.person == scope.actor.id, _of_branch(scope, SEES_TIES, CONFLICTS.c.body))


def names_given(
    connection: Connection, day: date, *, people: Iterable[str], bodies: Iterable[str] = ()
) -> Names:
    """The names of the roster, and of people who are not on it the labels of their accounts."""
    people = set(people) - {""}
    found = names_on(connection, day, people=people, bodies=bodies)
    strangers = sorted(people - set(found.people))
    if not strangers:
        return found
    chosen = select(ACCOUNTS.c.person, ACCOUNTS.c.label).where(
        ACCOUNTS.c.person.in_(strangers), ACCOUNTS.c.label != ""
    )
    labels = {row.person: row.label for row in connection.execute(chosen)}
    return Names(people={**found.people, **labels}, bodies=found.bodies)


def _of_branch(scope: Scope, roles: frozenset[Role], body: Any) -> ColumnElement[bool]:
    return scope.own_bodies(body) if scope.actor.role in roles else false()


@dataclass(frozen=True, kw_only=True, slots=True)
class Grants:
    """Proposals that wait, then what is held or begins later, then what is over; `more` were left out."""

    waiting: tuple[_Row, ...]
    held: tuple[_Row, ...]
    over: tuple[_Row, ...]
    more: int


def grants_listed(
    connection: Connection, scope: Scope, *, search: str = "", person: str = "", body: str = ""
) -> Grants:
    """The grants in scope, as of its day; `search` is a part of a name, or an id, of a person or a body."""
    wanted: list[ColumnElement[bool]] = [grants_seen(scope)]
    if person:
        wanted.append(GRANTS.c.person == person)
    if body:
        wanted.append(GRANTS.c.body == body)
    if search.strip():
        wanted.append(_found(connection, scope, search.strip()))
    over = or_(
        GRANTS.c.stage.in_((grant_life.ENDED, grant_life.WITHDRAWN)),
        and_(GRANTS.c.stage == grant_life.GRANTED, GRANTS.c.until_day < scope.day),
    )
    place = case((GRANTS.c.stage == grant_life.PROPOSED, 0), (over, 2), else_=1).label("place")
    chosen = (
        select(GRANTS, place)
        .where(*wanted)
        .order_by(place, GRANTS.c.body, GRANTS.c.role, GRANTS.c.person, GRANTS.c.grant_id)
    )
    total = connection.execute(select(func.count()).select_from(GRANTS).where(*wanted)).scalar_one()
    rows = connection.execute(chosen.limit(PART)).all()
    parts: tuple[list[_Row], ...] = ([], [], [])
    for row in rows:
        parts[row.place].append(row)
    waiting, held, gone = (tuple(part) for part in parts)
    return Grants(waiting=waiting, held=held, over=gone, more=total - len(rows))


def grant_row(connection: Connection, scope: Scope, grant: str) -> _Row | None:
    """One grant in scope; None where it is not there or not to be seen."""
    chosen = select(GRANTS).where(GRANTS.c.grant_id == grant, grants_seen(scope))
    return connection.execute(chosen).one_or_none()


def delegations_listed(connection: Connection, scope: Scope, delegation: str = "") -> tuple[_Row, ...]:
    """The delegations in scope, or the one named: those that run or begin later first, by their first day."""
    runs = and_(DELEGATIONS.c.stage == delegation_life.IN_FORCE, DELEGATIONS.c.until_day >= scope.day)
    chosen = (
        select(DELEGATIONS, case((runs, 1), else_=0).label("runs"))
        .where(delegations_seen(scope), DELEGATIONS.c.delegation_id == delegation if delegation else true())
        .order_by(case((runs, 0), else_=1), DELEGATIONS.c.from_day, DELEGATIONS.c.delegation_id)
    )
    return tuple(connection.execute(chosen.limit(PART)).all())


def conflicts_listed(connection: Connection, scope: Scope, conflict: str = "") -> tuple[_Row, ...]:
    """The ties in scope, or the one named, those that count first.

    `reason` is null where none was given, and for whoever may not read it: it is for the person, for who
    declared it, and for those who read other restricted texts.
    """
    mine = or_(CONFLICTS.c.person == scope.actor.id, CONFLICTS.c.declared_by == scope.actor.id)
    read = true() if scope.actor.role in READS_RESTRICTED else mine
    chosen = (
        select(CONFLICTS, case((read, PRIVATE_TEXTS.c.content)).label("reason"))
        .outerjoin(PRIVATE_TEXTS, _reason_of())
        .where(conflicts_seen(scope), CONFLICTS.c.conflict_id == conflict if conflict else true())
        .order_by(CONFLICTS.c.ended_on.is_not(None), CONFLICTS.c.declared_on, CONFLICTS.c.conflict_id)
    )
    return tuple(connection.execute(chosen.limit(PART)).all())


def _reason_of() -> ColumnElement[bool]:
    return and_(
        PRIVATE_TEXTS.c.stream == literal("conflict/") + CONFLICTS.c.conflict_id,
        PRIVATE_TEXTS.c.kind == "conflict",
        PRIVATE_TEXTS.c.digest == CONFLICTS.c.reason_digest,
    )


def _found(connection: Connection, scope: Scope, search: str) -> ColumnElement[bool]:
    """Grants of people or at bodies with this in their name or id, with or without accents."""
    chosen = select(GRANTS.c.person, GRANTS.c.body).where(grants_seen(scope)).distinct()
    ids = connection.execute(chosen).all()
    names = names_given(
        connection, scope.day, people={row.person for row in ids}, bodies={row.body for row in ids}
    )
    wanted = plain(search)
    people = {row.person for row in ids if _holds(wanted, row.person, names.person(row.person))}
    bodies = {row.body for row in ids if _holds(wanted, row.body, names.body(row.body))}
    return or_(GRANTS.c.person.in_(people), GRANTS.c.body.in_(bodies))


def _holds(wanted: str, natural_id: str, name: str) -> bool:
    return wanted in plain(name) or wanted == plain(natural_id)
