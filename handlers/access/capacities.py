"""As what a person may act on a day: by posts and rolls, by what was granted, and by what was delegated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from handlers.access.held import DELEGATION, POST, ROLL, held_rows
from handlers.roster.vocabulary import Post
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

    `basis` is BY_MEMBERSHIP, BY_POST, BY_GRANT or BY_DELEGATION; `source` the post, or the id of the grant or
    delegation; `holder` who delegated it, empty where it is one's own; `until` the last day, inclusive, where
    one is set.
    """

    role: Role
    body: str
    basis: str
    source: str = ""
    holder: str = ""
    until: date | None = None

    def actor(self, person: str) -> Actor:
        """The person in this capacity."""
        return Actor(id=person, role=self.role, body=self.body)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A capacity and the days it is held: `first` inclusive, `before` exclusive and None while open.

    `person` is who holds it himself; of a delegation, who gave it.
    """

    capacity: Capacity
    person: str
    first: date
    before: date | None

    def on(self, day: date) -> bool:
        """Whether it is held on the day."""
        return self.first <= day and (self.before is None or day < self.before)


def capacities_of(connection: Connection, person: str, day: date) -> tuple[Capacity, ...]:
    """As what a person may act on a day: each role at a body once, the weightiest first; a stranger as none.

    What is held by oneself goes before the same by delegation. A delegation gives nothing on a day whoever
    gave it does not hold the role himself by roster or grant.
    """
    return held_on(tuple(_periods(held_rows(connection, person, day, day))), person, day)


def own_periods(connection: Connection, person: str, first: date, last: date) -> tuple[Period, ...]:
    """What a person holds himself on some day from `first` to `last`, both inclusive, with its days."""
    found = _periods(held_rows(connection, person, first, last))
    return tuple(one for one in found if one.person == person and one.capacity.basis != BY_DELEGATION)


def held_on(periods: Sequence[Period], person: str, day: date) -> tuple[Capacity, ...]:
    """The capacities of a person on a day out of his periods and those of whoever delegated to him."""
    today = [one for one in periods if one.on(day)]
    own = {
        (one.person, one.capacity.role, one.capacity.body)
        for one in today
        if one.capacity.basis != BY_DELEGATION
    }
    his: dict[tuple[Role, str], Capacity] = {}
    for one in sorted(today, key=_own_first):
        capacity = one.capacity
        handed_on = capacity.basis == BY_DELEGATION
        if handed_on and (one.person, capacity.role, capacity.body) not in own:
            continue
        if handed_on or one.person == person:
            his.setdefault((capacity.role, capacity.body), capacity)
    return tuple(sorted(his.values(), key=lambda one: (_WEIGHT.index(one.role), one.body)))


def _own_first(period: Period) -> tuple[int, str, str]:
    capacity = period.capacity
    return _BASES.index(capacity.basis), capacity.source, capacity.holder


def _periods(rows: Sequence[Any]) -> Iterator[Period]:
    for row in rows:
        before = row.before
        if row.until_day is not None:
            after = row.until_day + timedelta(days=1)
            before = after if before is None else min(before, after)
        until = before - timedelta(days=1) if before is not None else None
        for capacity in _capacities(row, until):
            yield Period(capacity=capacity, person=row.person, first=row.from_day, before=before)


def _capacities(row: Any, until: date | None) -> Iterator[Capacity]:
    if row.kind == POST:
        post = Post(row.role)
        for role in _roles_of(post, bool(row.leads)):
            yield Capacity(role=role, body=row.body, basis=BY_POST, source=post, until=until)
    elif row.kind == ROLL:
        yield Capacity(role=Role.MEMBER, body=row.body, basis=BY_MEMBERSHIP, until=until)
    else:
        handed_on = row.kind == DELEGATION
        yield Capacity(
            role=Role(row.role),
            body=row.body,
            basis=BY_DELEGATION if handed_on else BY_GRANT,
            source=row.source,
            holder=row.person if handed_on else "",
            until=until,
        )


def _roles_of(post: Post, has_bodies_below: bool) -> Iterator[Role]:
    if post in LEADS:
        yield Role.SECRETARY
    if post in DECIDES_BELOW and has_bodies_below:
        yield Role.SUPERIOR_COMMITTEE
    if post in ON_THE_COMMITTEE:
        yield Role.COMMITTEE


_BASES: Final = (BY_POST, BY_MEMBERSHIP, BY_GRANT, BY_DELEGATION)
_WEIGHT: Final = (
    Role.SUPERIOR_COMMITTEE,
    Role.ORGANISATION_BOARD,
    Role.OFFICER,
    Role.INSPECTION,
    Role.SECRETARY,
    Role.SUPERIOR_DELEGATE,
    Role.COMMITTEE,
    Role.COUNTING_TEAM,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.MEMBER,
    Role.CLOCK,
)
