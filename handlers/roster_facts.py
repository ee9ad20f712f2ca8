"""What the roster says about bodies and people as of a day, read in one query a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, FromClause, Row, Select, and_, or_, select

from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS
from states.bodies import CELLS as BODY_CELLS
from states.bodies import COLLECTIVES, UNIONS, OrganisationType
from workflow.rules.facts import FactValue

_Row = Row[*tuple[Any, ...]]

CELLS = tuple(kind.value for kind in BODY_CELLS)
UNION_TYPES = tuple(kind.value for kind in UNIONS)
GROUP = OrganisationType.TO_DANG.value
COMMITTEE_POSTS = ("head", "deputy", "standing_member", "committee_member")


def as_of(table: FromClause, day: date | BindParameter[Any]) -> ColumnElement[bool]:
    """Rows now believed that hold on the day (`valid_from` inclusive, `valid_to` exclusive)."""
    return and_(
        table.c.superseded_at.is_(None),
        table.c.valid_from <= day,
        or_(table.c.valid_to.is_(None), table.c.valid_to > day),
    )


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is on the roll of a cell.

    Official members count for a vote, exempt ones are off the roll (C-09, C-20).
    """

    official: tuple[str, ...] = ()
    on_roll: int = 0
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bodies:
    """Bodies by their id."""

    rows: dict[str, _Row]
    groups: frozenset[str]

    def type_of(self, organisation: str) -> str:
        """The type of a body, empty where the roster has none."""
        row = self.rows.get(organisation)
        return str(row.type) if row else ""

    def cell_of(self, group: str) -> str:
        """The cell a Party group is one of; empty for every other body."""
        row = self.rows.get(group)
        return str(row.superior_id or "") if row is not None and row.type == GROUP else ""

    def collective_type(self, organisation: str) -> str | None:
        """The collective that leads the body."""
        return COLLECTIVES.get(self.type_of(organisation))

    def facts(self, organisation: str) -> dict[str, FactValue | None]:
        """What the rules may ask about a body."""
        row = self.rows.get(organisation)
        if row is None:
            return {}
        return {
            "organisation.type": row.type,
            "organisation.id": organisation,
            "organisation.founded_on": row.founded_on,
            "organisation.has_committee": row.has_committee,
            "cell.is_joint": bool(row.is_joint),
            "cell.has_groups": organisation in self.groups,
        }


@dataclass(frozen=True)
class People:
    """People by their id, their posts, and the rolls of the cells asked for."""

    rows: dict[str, _Row]
    posts: dict[str, list[_Row]]
    at: dict[str, list[_Row]]
    rolls: dict[str, Roll] = field(default_factory=dict)

    def posts_of(self, person: str) -> frozenset[str]:
        """The posts a person holds anywhere on the day, but in a Party group: those lead no body (C-39)."""
        return frozenset(row.post for row in self.posts.get(person, ()) if row.type != GROUP)

    def roles_at(self, body: str) -> dict[str, str]:
        """Who may chair at a body, as `head` or `deputy`."""
        return {row.person_id: row.post for row in self.at.get(body, ()) if row.post in ("head", "deputy")}

    def has_standing(self, body: str) -> bool:
        """Whether the body has a standing committee."""
        return any(row.post == "standing_member" for row in self.at.get(body, ()))

    def leaders_of(self, body: str) -> tuple[str, ...]:
        """Committee members, heads, deputies and leading members of a body, each once."""
        return tuple(sorted({row.person_id for row in self.at.get(body, ())}))

    def roll(self, body: str) -> Roll:
        """The roll of a cell; nobody where the body is none."""
        return self.rolls.get(body, Roll())

    def voters(self, body: str, voting: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who may vote there, "committee" or "cell_members": those who count, and those exempt."""
        if voting == "committee":
            return self.leaders_of(body), ()
        roll = self.roll(body)
        return roll.official, roll.exempt

    def roll_facts(self, body: str, body_type: str, kind: str) -> dict[str, FactValue | None]:
        """Who may vote on a review: the cell's members, the committee of an organisation with cells, or the
        collective under review.
        """
        if body_type in UNION_TYPES:
            return {}  # nobody votes on a level in a union (CDTKV-2020, II.2 and II.3)
        if kind == "collective" or (kind == "organisation" and body_type not in CELLS):
            committee = self.leaders_of(body)
            return {
                "ballot.official_members": len(committee) or None,
                "ballot.members_on_roll": len(committee) or None,
                "ballot.exempt_members": 0,
                "ballot.body": "committee",
            }
        roll = self.roll(body)
        return {
            "ballot.official_members": len(roll.official) or None,
            "ballot.members_on_roll": roll.on_roll or None,
            "ballot.exempt_members": len(roll.exempt),
            "ballot.body": "cell_members",
        }

    def person_facts(self, person: str, venue: str) -> dict[str, FactValue | None]:
        """What the rules may ask about a person reviewed at a venue."""
        row = self.rows.get(person)
        if row is None:
            return {}
        posts = self.posts.get(person, ())
        return {
            "subject.status": row.status,
            "subject.is_leader": bool(self.posts_of(person)),
            "subject.is_staff": row.is_staff,
            "subject.is_head": any(p.post == "head" and p.organisation_id == venue for p in posts),
            "subject.admitted_on": row.admitted_on,
        }


def _tree_upwards() -> Select[Any]:
    tree, day = ORGANISATIONS.alias("tree"), day_parameter()
    start = (
        select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.superior_id)
        .where(as_of(ORGANISATIONS, day), among(ORGANISATIONS.c.organisation_id, "organisations"))
        .cte("up", recursive=True)
    )
    up = start.union(
        select(tree.c.organisation_id, tree.c.superior_id).where(
            tree.c.organisation_id == start.c.superior_id, as_of(tree, day)
        )
    )
    return select(up.c.organisation_id, up.c.superior_id)


_UPWARDS = Prepared(_tree_upwards())
_BODIES = Prepared(
    select(
        ORGANISATIONS.c.organisation_id,
        ORGANISATIONS.c.superior_id,
        ORGANISATIONS.c.type,
        ORGANISATIONS.c.founded_on,
        ORGANISATIONS.c.has_committee,
        ORGANISATIONS.c.is_joint,
    ).where(
        as_of(ORGANISATIONS, day_parameter()),
        or_(
            among(ORGANISATIONS.c.organisation_id, "organisations"),
            and_(among(ORGANISATIONS.c.superior_id, "organisations"), ORGANISATIONS.c.type == GROUP),
        ),
    )
)
_PEOPLE = Prepared(
    select(
        PEOPLE.c.person_id,
        PEOPLE.c.status,
        PEOPLE.c.is_staff,
        PEOPLE.c.admitted_on,
        MEMBERSHIPS.c.organisation_id,
    )
    .join(
        MEMBERSHIPS,
        and_(
            MEMBERSHIPS.c.person_id == PEOPLE.c.person_id,
            # who takes part for a time only is on the roll of his own cell
            MEMBERSHIPS.c.kind != "temporary",
            as_of(MEMBERSHIPS, day_parameter()),
        ),
    )
    .where(
        as_of(PEOPLE, day_parameter()),
        or_(among(MEMBERSHIPS.c.person_id, "people"), among(MEMBERSHIPS.c.organisation_id, "organisations")),
    )
)
_POSTS = Prepared(
    select(POSITIONS.c.person_id, POSITIONS.c.organisation_id, POSITIONS.c.post, ORGANISATIONS.c.type)
    .outerjoin(
        ORGANISATIONS,
        and_(
            ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id,
            as_of(ORGANISATIONS, day_parameter()),
        ),
    )
    .where(
        as_of(POSITIONS, day_parameter()),
        or_(among(POSITIONS.c.person_id, "people"), among(POSITIONS.c.organisation_id, "organisations")),
    )
)


def superiors_of(
    connection: Connection, organisations: Iterable[str], day: date
) -> dict[str, tuple[str, ...]]:
    """The bodies above each organisation, nearest first; an unknown organisation is left out."""
    wanted = sorted(set(organisations))
    asked = {"organisations": wanted, "day": day}
    parents: dict[str, str | None] = dict(_UPWARDS.all(connection, asked))
    found: dict[str, tuple[str, ...]] = {}
    for name in wanted:
        if name in parents:
            chain: list[str] = []
            at = parents[name]
            while at is not None and at not in chain:
                chain.append(at)
                at = parents.get(at)
            found[name] = tuple(chain)
    return found


def read_bodies(connection: Connection, organisations: Iterable[str], day: date) -> Bodies:
    """The bodies named, and which of them have Party groups below."""
    asked = {"organisations": sorted(set(organisations)), "day": day}
    rows = _BODIES.all(connection, asked)
    return Bodies(
        rows={row.organisation_id: row for row in rows},
        groups=frozenset(row.superior_id for row in rows if row.type == GROUP),
    )


def read_people(
    connection: Connection, people: Sequence[str], organisations: Sequence[str], day: date
) -> People:
    """The people named with their posts, the posts of the bodies named, and the rolls of the cells named."""
    asked = {"people": people, "organisations": organisations, "day": day}
    rows = _PEOPLE.all(connection, asked)
    posts = _POSTS.all(connection, asked)
    held: dict[str, list[_Row]] = {}
    at: dict[str, list[_Row]] = {}
    for post in posts:
        held.setdefault(post.person_id, []).append(post)
        at.setdefault(post.organisation_id, []).append(post)
    statuses: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        statuses.setdefault(row.organisation_id, {}).setdefault(row.status, []).append(row.person_id)
    rolls = {
        name: Roll(
            official=tuple(found.get("official", ())),
            on_roll=sum(len(people) for status, people in found.items() if status != "exempt"),
            exempt=tuple(found.get("exempt", ())),
        )
        for name, found in statuses.items()
    }
    return People(rows={row.person_id: row for row in rows}, posts=held, at=at, rolls=rolls)
