"""As what a person may act on a day: what the roster says by itself, before anything is granted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from handlers.roster.vocabulary import Post
from handlers.roster_facts import as_of
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, POSITIONS
from states.roles import Role
from workflow.commands.asking import Actor

BY_MEMBERSHIP: Final = "membership"
BY_POST: Final = "post"
BY_GRANT: Final = "grant"
BY_DELEGATION: Final = "delegation"

LEADS: Final = frozenset({Post.HEAD, Post.DEPUTY})
ON_THE_COMMITTEE: Final = frozenset({Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER})
DECIDES_BELOW: Final = frozenset({Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER})
"""Who acts for the standing committee of a body over the bodies below it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Capacity:
    """A role held at a body, and what it comes from.

    `basis` is BY_MEMBERSHIP, BY_POST, BY_GRANT or BY_DELEGATION; `source` the post or the id of the grant;
    `until` the last day, inclusive, where one is set.
    """

    role: Role
    body: str
    basis: str
    source: str = ""
    until: date | None = None

    def actor(self, person: str) -> Actor:
        """The person in this capacity."""
        return Actor(id=person, role=self.role, body=self.body)


def from_roster(connection: Connection, person: str, day: date) -> tuple[Capacity, ...]:
    """What posts and rolls give a person on a day, the weightiest first; empty for a stranger."""
    posts = connection.execute(
        select(POSITIONS.c.organisation_id, POSITIONS.c.post)
        .where(POSITIONS.c.person_id == person, as_of(POSITIONS, day))
        .order_by(POSITIONS.c.organisation_id)
    ).all()
    above = set(
        connection.execute(
            select(ORGANISATIONS.c.superior_id)
            .where(ORGANISATIONS.c.superior_id.in_({row.organisation_id for row in posts}))
            .where(as_of(ORGANISATIONS, day))
        ).scalars()
    )
    found = [
        capacity
        for row in posts
        for capacity in _of_post(row.organisation_id, Post(row.post), row.organisation_id in above)
    ]
    rolls = connection.execute(
        select(MEMBERSHIPS.c.organisation_id)
        .where(MEMBERSHIPS.c.person_id == person, as_of(MEMBERSHIPS, day))
        .order_by(MEMBERSHIPS.c.organisation_id)
    ).scalars()
    found.extend(Capacity(role=Role.MEMBER, body=body, basis=BY_MEMBERSHIP) for body in rolls)
    order = list(_WEIGHT)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (order.index(one.role), one.body)))


def _of_post(body: str, post: Post, has_bodies_below: bool) -> Iterator[Capacity]:
    if post in LEADS:
        yield Capacity(role=Role.SECRETARY, body=body, basis=BY_POST, source=post)
    if post in DECIDES_BELOW and has_bodies_below:
        yield Capacity(role=Role.SUPERIOR_COMMITTEE, body=body, basis=BY_POST, source=post)
    if post in ON_THE_COMMITTEE:
        yield Capacity(role=Role.COMMITTEE, body=body, basis=BY_POST, source=post)


_WEIGHT: Final = (Role.SUPERIOR_COMMITTEE, Role.SECRETARY, Role.COMMITTEE, Role.MEMBER)
