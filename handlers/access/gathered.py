"""What grants, delegations and declarations are decided on: bodies, people, open campaigns, own roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection, exists, select

from handlers.access.branches import campaigns_touching
from handlers.access.capacities import BY_DELEGATION, Period, capacities_of, own_periods
from handlers.access.tables import GRANTS
from handlers.roster_facts import as_of, superiors_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE
from states import grant as grant_life
from states.roles import Role
from workflow.access import Conflict, Delegation, Grant
from workflow.commands.access import (
    CONFLICT_COMMANDS,
    DELEGATION_COMMANDS,
    GRANT_COMMANDS,
    DeclareConflict,
    DelegateCapacity,
    GiveAtSetUp,
    ProposeGrant,
)
from workflow.gathering import Standing
from workflow.stages.granting import AccessHeld

ACCESS_COMMANDS = (*GRANT_COMMANDS, *DELEGATION_COMMANDS, *CONFLICT_COMMANDS)


def access_held(connection: Connection, standing: Standing) -> AccessHeld:
    """What the tables say about the body and the people of such a command, as of today."""
    command, actor, today = standing.request.command, standing.request.actor, standing.today
    body = _body(standing)
    above = superiors_of(connection, [body], today).get(body, ())
    mine = capacities_of(connection, actor.id, today)
    acting = next((one for one in mine if one.role == actor.role and one.body == actor.body), None)
    covered: date | None = None
    held_already = False
    if isinstance(command, DelegateCapacity) and command.first <= command.last:
        periods = own_periods(connection, actor.id, command.first, command.last)
        covered = covered_until(periods, command.role, command.body, command.first)
        others = capacities_of(connection, command.person, command.first)
        held_already = any(
            (one.role, one.body) == (command.role, command.body) and one.basis != BY_DELEGATION
            for one in others
        )
    named: tuple[str, ...] = ()
    if isinstance(command, ProposeGrant | GiveAtSetUp | DelegateCapacity):
        named = (command.person, command.body)
    at_home = False
    if isinstance(command, DeclareConflict):
        named = (command.person, command.subject, command.body)
        at_home = command.body in {one.body for one in capacities_of(connection, command.person, today)}
    return AccessHeld(
        above=above,
        known=known_ids(connection, named, today) if named else frozenset(),
        campaigns=campaigns_touching(connection, (body,), today),
        by_delegation=acting is not None and acting.basis == BY_DELEGATION,
        administrators=has_administrator(connection, today),
        covered_until=covered,
        held_already=held_already,
        at_home=at_home,
    )


def has_administrator(connection: Connection, day: date) -> bool:
    """Whether anybody holds the role of administrator on the day, anywhere."""
    chosen = exists().where(
        GRANTS.c.role == Role.ADMINISTRATOR.value,
        GRANTS.c.stage == grant_life.GRANTED,
        GRANTS.c.until_day.is_(None) | (GRANTS.c.until_day >= day),
    )
    return bool(connection.execute(select(chosen)).scalar_one())


def known_ids(connection: Connection, named: Iterable[str], day: date) -> frozenset[str]:
    """Those of the ids that are a body as of the day, or a person the roster or a grant has told of."""
    ids = sorted(set(named))
    bodies = select(ORGANISATIONS.c.organisation_id).where(
        ORGANISATIONS.c.organisation_id.in_(ids), as_of(ORGANISATIONS, day)
    )
    people = select(PEOPLE.c.person_id).where(PEOPLE.c.person_id.in_(ids), PEOPLE.c.superseded_at.is_(None))
    granted = select(GRANTS.c.person).where(GRANTS.c.person.in_(ids), GRANTS.c.stage.in_(grant_life.HELD))
    found = connection.execute(bodies.union(people, granted)).scalars()
    return frozenset(found)


def covered_until(periods: Iterable[Period], role: str, body: str, first: date) -> date | None:
    """The last day, inclusive, to which the role is held without a gap from `first` on; None if not at all.

    `date.max` where it is open.
    """
    mine = sorted(
        (one for one in periods if one.capacity.role == role and one.capacity.body == body),
        key=lambda one: one.first,
    )
    reached = first
    for one in mine:
        if one.first > reached:
            break
        if one.before is None:
            return date.max
        reached = max(reached, one.before)
    return reached - timedelta(days=1) if reached > first else None


def _body(standing: Standing) -> str:
    told = getattr(standing.request.command, "body", "")
    if isinstance(told, str) and told:
        return told
    lives = (life for life in standing.bodies.values() if isinstance(life, Grant | Delegation | Conflict))
    return next((life.body for life in lives), "")
