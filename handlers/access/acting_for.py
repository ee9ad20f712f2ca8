"""For whom somebody acted by delegation, from the delegations of the day something was entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection, select

from handlers.access.tables import DELEGATIONS
from handlers.names import Names, Spell, names_on
from workflow.log import Stored
from workflow.refusals import Refused


def with_delegations(
    connection: Connection, names: Names, stored: Iterable[Stored | Refused], day: date
) -> Names:
    """The names with the delegations of whoever acted, and the names of those they acted for.

    One who holds a role himself is delegated nothing (the stage function refuses it), so a delegation of the
    capacity acted in is what it rests on.
    """
    actors = sorted({one.actor for one in stored})
    if not actors:
        return names
    rows = connection.execute(select(DELEGATIONS).where(DELEGATIONS.c.person.in_(actors))).all()
    if not rows:
        return names
    spells: dict[tuple[str, str], tuple[Spell, ...]] = {}
    for row in rows:
        before = row.until_day + timedelta(days=1)
        spell = Spell(
            holder=row.holder,
            first=row.from_day,
            before=before if row.ended_on is None else min(before, row.ended_on),
        )
        key = (row.person, f"{row.role}@{row.body}")
        spells[key] = (*spells.get(key, ()), spell)
    holders = names_on(connection, day, people={row.holder for row in rows}).people
    return replace(names, people={**holders, **names.people}, delegated=spells)
