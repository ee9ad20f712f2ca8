"""The roster on one day as believed at one instant, held in memory, with the questions a campaign asks of
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from handlers.roster.records import MembershipRecord, OrganisationRecord, PersonRecord, PositionRecord
from handlers.roster.stored import StoredRow
from handlers.roster.vocabulary import CELLS, UNION_ROLLS, MembershipKind, OrganisationType, PartyStatus, Post

PostRow = StoredRow[PositionRecord]

_COMMITTEE = (Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER, Post.COMMITTEE_MEMBER)
_STANDING = (Post.HEAD, Post.DEPUTY, Post.STANDING_MEMBER)


@dataclass(frozen=True)
class RosterView:
    """What holds on the day `on`. `as_believed` is the instant of belief, None for now.

    Every row has a `row_id`, which a decision names as what it read. Bodies keep the order of their codes.
    """

    on: date
    as_believed: datetime | None
    organisations: Mapping[str, StoredRow[OrganisationRecord]]
    people: Mapping[str, StoredRow[PersonRecord]]
    memberships: Mapping[str, StoredRow[MembershipRecord]]
    positions: tuple[PostRow, ...]

    def people_of_cell(self, cell: str) -> tuple[StoredRow[PersonRecord], ...]:
        """Everyone on the roll of a cell or a union, exempt and suspended members included, by id.

        Who takes part in a cell for a time only is on the roll of his own.
        """
        return self._of_cell.get(cell, ())

    def official_members(self, cell: str) -> tuple[StoredRow[PersonRecord], ...]:
        """The official members on the roll of a cell, absent ones included: who counts for a vote there
        (C-09).
        """
        return tuple(row for row in self.people_of_cell(cell) if row.record.status is PartyStatus.OFFICIAL)

    def people_of_group(self, group: str) -> tuple[StoredRow[PersonRecord], ...]:
        """The members of a Party group inside a cell, by id."""
        return tuple(
            self.people[row.record.person_id]
            for row in self.memberships.values()
            if row.record.group_id == group and row.record.person_id in self.people
        )

    def cell_of(self, person: str) -> str | None:
        """The cell of a person's official registration."""
        row = self.memberships.get(person)
        return row.record.organisation_id if row else None

    def positions_of(self, person: str) -> tuple[PostRow, ...]:
        """The posts a person holds on this day."""
        return self._posts_of_person.get(person, ())

    def posts_in(self, organisation: str, posts: Iterable[Post] | None = None) -> tuple[PostRow, ...]:
        """The posts held in a body on this day, of these kinds if given, in the order of `Post` and then by
        person.
        """
        held = self._posts_in.get(organisation, ())
        if posts is None:
            return held
        wanted = frozenset(posts)
        return tuple(row for row in held if row.record.post in wanted)

    def head_of(self, organisation: str) -> PostRow | None:
        """Who heads a body on this day; None when nobody is known to."""
        heads = self.posts_in(organisation, (Post.HEAD,))
        return heads[0] if heads else None

    def deputies_of(self, organisation: str) -> tuple[PostRow, ...]:
        """The deputies of a body."""
        return self.posts_in(organisation, (Post.DEPUTY,))

    def committee_of(self, organisation: str) -> tuple[str, ...]:
        """The people of the committee of a Party organisation (head and deputies included), each once."""
        return _people(self.posts_in(organisation, _COMMITTEE))

    def standing_committee_of(self, organisation: str) -> tuple[str, ...]:
        """The people of the standing committee (head, deputies, standing members), each once; empty where
        there is none.
        """
        if not self.posts_in(organisation, (Post.STANDING_MEMBER,)):
            return ()
        return _people(self.posts_in(organisation, _STANDING))

    def leaders_of(self, organisation: str) -> tuple[str, ...]:
        """Everyone who holds a post in a body, each once."""
        return _people(self.posts_in(organisation))

    def tree(self, top: str) -> tuple[str, ...]:
        """A body and everything below it, superiors before subordinates."""
        found: list[str] = []
        waiting = [top] if top in self.organisations else []
        while waiting:
            code = waiting.pop()
            found.append(code)
            waiting.extend(reversed(self.children(code)))
        return tuple(found)

    def children(self, organisation: str, *types: OrganisationType) -> tuple[str, ...]:
        """The bodies directly below, of these types if any are given, by code."""
        below = self._children.get(organisation, ())
        if not types:
            return below
        return tuple(code for code in below if self.organisations[code].record.type in types)

    def cells(self, top: str) -> tuple[str, ...]:
        """The Party cells at or below a body."""
        return tuple(code for code in self.tree(top) if self.organisations[code].record.type in CELLS)

    def rolls(self, top: str) -> tuple[str, ...]:
        """The bodies at or below a body that have people on their roll: cells, and unions."""
        kinds = CELLS | UNION_ROLLS
        return tuple(code for code in self.tree(top) if self.organisations[code].record.type in kinds)

    def direct_superior(self, organisation: str) -> str | None:
        """The body directly above; None at the top."""
        row = self.organisations.get(organisation)
        return row.record.superior_id if row else None

    def ancestors(self, organisation: str) -> tuple[str, ...]:
        """The bodies above, the nearest first."""
        found: list[str] = []
        above = self.direct_superior(organisation)
        while above is not None and above not in found:
            found.append(above)
            above = self.direct_superior(above)
        return tuple(found)

    @property
    def tops(self) -> tuple[str, ...]:
        """The bodies without a superior in this view."""
        return tuple(
            code
            for code, row in self.organisations.items()
            if row.record.superior_id is None or row.record.superior_id not in self.organisations
        )

    @cached_property
    def _of_cell(self) -> dict[str, tuple[StoredRow[PersonRecord], ...]]:
        found: dict[str, list[StoredRow[PersonRecord]]] = {}
        for row in self.memberships.values():
            person = self.people.get(row.record.person_id)
            if person is not None and row.record.kind is not MembershipKind.TEMPORARY:
                found.setdefault(row.record.organisation_id, []).append(person)
        return {
            cell: tuple(sorted(rows, key=lambda row: row.record.person_id)) for cell, rows in found.items()
        }

    @cached_property
    def _posts_in(self) -> dict[str, tuple[PostRow, ...]]:
        order = {post: number for number, post in enumerate(Post)}
        found: dict[str, list[PostRow]] = {}
        for row in self.positions:
            found.setdefault(row.record.organisation_id, []).append(row)
        return {
            body: tuple(sorted(rows, key=lambda row: (order[row.record.post], row.record.person_id)))
            for body, rows in found.items()
        }

    @cached_property
    def _posts_of_person(self) -> dict[str, tuple[PostRow, ...]]:
        found: dict[str, list[PostRow]] = {}
        for row in self.positions:
            found.setdefault(row.record.person_id, []).append(row)
        return {person: tuple(rows) for person, rows in found.items()}

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for code, row in self.organisations.items():
            if row.record.superior_id is not None:
                found.setdefault(row.record.superior_id, []).append(code)
        return {code: tuple(below) for code, below in found.items()}


def _people(rows: Iterable[PostRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.record.person_id for row in rows))
