"""The bodies of a campaign as a tree, with the names a board shows, kept until the roster changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from sqlalchemy import CTE, Connection, and_, func, select

from handlers.names import plain
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import PROGRESS
from workflow.tables import EVENTS

KEPT: Final = 8
"""So many trees are kept; the oldest are forgotten first."""

ROSTER: Final = "roster"
"""The stream of every change of the roster."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TreeBody:
    """One body of the day. `head` is the name of who leads it, `folded` what a search looks through."""

    body: str
    name: str
    type: str = ""
    superior: str = ""
    head: str = ""
    folded: str = ""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The bodies that have reviews in a campaign and those above them; `asked` are the former."""

    bodies: Mapping[str, TreeBody]
    asked: frozenset[str]

    def of(self, body: str) -> TreeBody:
        """The body; by its id alone where the roster has none on the day."""
        return self.bodies.get(body) or TreeBody(body=body, name=body, folded=plain(body))

    def name(self, body: str) -> str:
        """Its name, else its id."""
        found = self.bodies.get(body)
        return found.name if found else body

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each body stands when the tree is read from its top: a body before what is below it."""
        below: dict[str, list[str]] = {}
        for name, one in self.bodies.items():
            below.setdefault(one.superior if one.superior in self.bodies else "", []).append(name)
        places: dict[str, int] = {}
        waiting = sorted(below.get("", ()), reverse=True)
        while waiting:
            name = waiting.pop()
            if name not in places:
                places[name] = len(places)
                waiting.extend(sorted(below.get(name, ()), reverse=True))
        return places

    def above(self, body: str) -> tuple[str, ...]:
        """The bodies above one, the nearest first; a roster that leads in a circle ends too."""
        found: list[str] = []
        name = self.of(body).superior
        while name and name in self.bodies and name not in found and name != body:
            found.append(name)
            name = self.bodies[name].superior
        return tuple(found)


class RememberedTrees:
    """Trees of one database. Safe to share between threads: at worst two read the same at once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, date], tuple[int, Tree]] = {}

    def of(self, connection: Connection, campaign: str, today: date, counted: Collection[str]) -> Tree:
        """The tree of a campaign on a day; read again after a change of the roster, or where one of the
        bodies `counted` was not there before.
        """
        key, version = (campaign, today), _version(connection)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == version and kept[1].asked.issuperset(counted):
            return kept[1]
        tree = read_tree(connection, campaign, today, counted)
        if kept is None or kept[0] <= version:
            self._kept.pop(key, None)
            self._kept[key] = (version, tree)
            while len(self._kept) > KEPT:
                self._kept.pop(next(iter(self._kept)), None)
        return tree


def read_tree(connection: Connection, campaign: str, today: date, counted: Iterable[str] = ()) -> Tree:
    """The tree of a campaign on a day: one query, whatever the number of bodies."""
    branch = _branch(campaign, today)
    held = and_(
        POSITIONS.c.organisation_id == ORGANISATIONS.c.organisation_id,
        POSITIONS.c.post == "head",
        as_of(POSITIONS, today),
    )
    leads = and_(PEOPLE.c.person_id == POSITIONS.c.person_id, as_of(PEOPLE, today))
    rows = connection.execute(
        select(
            ORGANISATIONS.c.organisation_id,
            func.min(ORGANISATIONS.c.name),
            func.min(ORGANISATIONS.c.type),
            func.min(ORGANISATIONS.c.superior_id),
            func.min(PEOPLE.c.name),
        )
        .select_from(ORGANISATIONS)
        .join(branch, branch.c.body == ORGANISATIONS.c.organisation_id)
        .outerjoin(POSITIONS, held)
        .outerjoin(PEOPLE, leads)
        .where(as_of(ORGANISATIONS, today))
        .group_by(ORGANISATIONS.c.organisation_id)
    )
    bodies = {
        body: TreeBody(
            body=body,
            name=name,
            type=type_,
            superior=superior or "",
            head=head or "",
            folded=plain(f"{name} {body} {head or ''}"),
        )
        for body, name, type_, superior, head in rows
    }
    return Tree(bodies=bodies, asked=frozenset(bodies) | frozenset(counted))


def _branch(campaign: str, today: date) -> CTE:
    start = (
        select(PROGRESS.c.organisation.label("body"))
        .where(PROGRESS.c.campaign == campaign)
        .distinct()
        .cte("branch", recursive=True)
    )
    return start.union(
        select(ORGANISATIONS.c.superior_id)
        .where(ORGANISATIONS.c.organisation_id == start.c.body, as_of(ORGANISATIONS, today))
        .where(ORGANISATIONS.c.superior_id.is_not(None))
    )


def _version(connection: Connection) -> int:
    """How many changes of the roster this picture holds."""
    seen = select(func.coalesce(func.max(EVENTS.c.version), 0)).where(EVENTS.c.stream == ROSTER)
    return int(connection.execute(seen).scalar_one())
