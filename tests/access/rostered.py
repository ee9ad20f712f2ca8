"""What posts and rolls alone give a person, read out of everything he may act as."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from handlers.access.capacities import BY_MEMBERSHIP, BY_POST, Capacity, capacities_of


def from_roster(connection: Connection, person: str, day: date) -> tuple[Capacity, ...]:
    """The capacities that nobody granted or delegated."""
    found = capacities_of(connection, person, day)
    return tuple(one for one in found if one.basis in (BY_MEMBERSHIP, BY_POST))
