"""How large a place is: members on a roll, Party organisations under one superior."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_facts import CELLS, as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE
from states.bodies import PARTY_ORGANISATIONS
from workflow.rules.facts import Fact, Facts

_PARTY = tuple(kind.value for kind in PARTY_ORGANISATIONS)

_BODIES = Prepared(
    select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.superior_id, ORGANISATIONS.c.type).where(
        as_of(ORGANISATIONS, day_parameter()), among(ORGANISATIONS.c.organisation_id, "organisations")
    )
)
_BELOW = Prepared(
    select(ORGANISATIONS.c.superior_id, func.count().label("below"))
    .where(
        as_of(ORGANISATIONS, day_parameter()),
        among(ORGANISATIONS.c.superior_id, "superiors"),
        among(ORGANISATIONS.c.type, "types"),
    )
    .group_by(ORGANISATIONS.c.superior_id)
)
_ON_ROLL = Prepared(
    select(MEMBERSHIPS.c.organisation_id, func.count().label("members"))
    .join(PEOPLE, PEOPLE.c.person_id == MEMBERSHIPS.c.person_id)
    .where(
        as_of(MEMBERSHIPS, day_parameter()),
        as_of(PEOPLE, day_parameter()),
        MEMBERSHIPS.c.kind == "official",
        PEOPLE.c.status != "exempt",
        among(MEMBERSHIPS.c.organisation_id, "organisations"),
    )
    .group_by(MEMBERSHIPS.c.organisation_id)
)


def place_facts(connection: Connection, organisations: Iterable[str], day: date) -> dict[str, Facts]:
    """The size of the place of each organisation.

    A cell's members are all on its roll, probationary members included, exempt ones left out (C-20, C-39).
    Its place among organisations are the Party organisations directly under the same superior, itself
    included (STC-2024, ¶8; C-47).
    """
    asked = {"organisations": sorted(set(organisations)), "day": day, "types": _PARTY}
    bodies = _BODIES.all(connection, asked)
    superiors = sorted({row.superior_id for row in bodies if row.superior_id})
    below = {row.superior_id: row.below for row in _BELOW.all(connection, asked | {"superiors": superiors})}
    rolls = {row.organisation_id: row.members for row in _ON_ROLL.all(connection, asked)}
    source = f"roster as of {day.isoformat()}"
    found: dict[str, Facts] = {}
    for row in bodies:
        known: dict[str, Fact] = {}
        if row.type in CELLS:
            members = int(rolls.get(row.organisation_id, 0))
            known |= {"cell.members": Fact(members, source), "group.members": Fact(members, source)}
        if row.superior_id in below and row.type in _PARTY:
            known["group.organisations"] = Fact(int(below[row.superior_id]), source)
        found[row.organisation_id] = Facts(known)
    return found
