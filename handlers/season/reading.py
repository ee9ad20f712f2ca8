"""What backward plans are made from, read set by set: groups of reviews that are alike, never one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
)

from deadlines.chains import COLLECTIVE, HEAD, HOLD, LEADER, MEMBER, NOTIFY, ORGANISATION, Part
from deadlines.season import Season
from deadlines.standing import PLACES
from handlers.season.book import Dates, read_dates
from handlers.season.meetings import planned_kinds
from handlers.season.statements import guest_reviews, review_groups, roster_bodies
from states import review as life
from states.bodies import COLLECTIVES
from workflow.rules.values import FactValue


class Group(NamedTuple):
    """What the reviews of one group share."""

    organisation: str
    kind: str
    stage: str
    remembered: str
    rated: bool
    told: bool
    leads: bool
    heads: bool
    staff_kind: str | None


@dataclass(kw_only=True, slots=True)
class Body:
    """One body of a campaign: where it stands in the tree, and the reviews it runs or only takes.

    `counts` says of how many reviews each part is; `owners` of which bodies the guests of a part are.
    `elsewhere` are (role, venue) of its own people who are still to be taken at another venue.
    """

    organisation: str
    name: str
    type: str
    superior: str
    venue_kind: str = "cell"
    parts: list[Part] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    owners: list[frozenset[str]] = field(default_factory=list)
    elsewhere: set[tuple[str, str]] = field(default_factory=set)


def read_bodies(
    connection: Connection, season: Season, today: date, organisations: Collection[str] | None = None
) -> dict[str, Body]:
    """Every body that still owes something, or those named; a dozen queries whatever their number.

    Posts are those of today. A planned meeting counts for all reviews of a kind on its agenda that the venue
    still has to take.
    """
    return _Reading(connection, season, today, organisations).bodies()


class _Reading:
    """One reading of a campaign."""

    def __init__(
        self,
        connection: Connection,
        season: Season,
        today: date,
        organisations: Collection[str] | None,
    ) -> None:
        self._connection, self._season, self._today = connection, season, today
        self._chosen = None if organisations is None else sorted(organisations)
        self._given: dict[str, Any] = {"campaign": season.campaign, "day": today}
        if self._chosen is not None:
            self._given["bodies"] = self._chosen
        self._planned: Mapping[tuple[str, str], date] = planned_kinds(connection, season.campaign)
        self._roster = {row.organisation_id: row for row in self._bodies_of_roster()}
        self._found: dict[str, Body] = {}

    def bodies(self) -> dict[str, Body]:
        groups = self._groups()
        guests = self._guests()
        for row in guests:
            if self._is_done_at_home(row):
                groups[_group(row)] -= 1
        totals: Counter[tuple[str, str]] = Counter()
        for group, count in groups.items():
            totals[(group.organisation, group.kind)] += count
        absent = any(group.stage == life.ABSENT for group in groups)
        dates = read_dates(self._connection, self._season, totals, self._chosen, absent=absent)
        alike: Counter[tuple[str, Part]] = Counter()
        owners: dict[tuple[str, Part], set[str]] = defaultdict(set)
        for group, count in groups.items():
            if count > 0:
                alike[(group.organisation, self._part(group, dates))] += count
        for row in guests:
            own = self._part(_group(row), dates)
            self._body(row.organisation).elsewhere.add((own.role, row.venue))
            if self._is_done_at_home(row):
                alike[(row.organisation, replace(own, done=own.done | {HOLD}))] += 1
            self._body(row.venue).venue_kind = row.venue_kind
            taken = replace(
                own,
                role=HEAD if row.heads_venue else LEADER,
                guest=True,
                meeting=self._planned.get((row.venue, row.kind)),
            )
            alike[(row.venue, taken)] += 1
            owners[(row.venue, taken)].add(row.organisation)
        for (organisation, part), count in sorted(alike.items(), key=lambda item: _place(*item[0])):
            body = self._body(organisation)
            body.parts.append(part)
            body.counts.append(count)
            body.owners.append(frozenset(owners.get((organisation, part), ())))
        return self._found

    def _body(self, organisation: str) -> Body:
        if organisation not in self._found:
            row = self._roster.get(organisation)
            self._found[organisation] = Body(
                organisation=organisation,
                name=row.name if row else organisation,
                type=row.type if row else "",
                superior=(row.superior_id or "") if row else "",
            )
        return self._found[organisation]

    def _part(self, group: Group, dates: Dates) -> Part:
        body = self._body(group.organisation)
        place = PLACES.get(group.remembered or group.stage, PLACES[life.PREPARED])
        part = Part(
            kind=group.kind,
            role=_role(group),
            place=place,
            rated=group.rated,
            values=_values(group, body.type, self._season.asked),
            done=frozenset({NOTIFY}) if group.told else frozenset(),
            meeting=self._planned.get((group.organisation, group.kind))
            if place < PLACES[life.REVIEWED]
            else None,
        )
        return dates.of(part, group.organisation, absent=group.stage == life.ABSENT)

    @staticmethod
    def _is_done_at_home(row: Any) -> bool:
        """Whether nothing is left to be held at the body that runs the review."""
        return row.home is None or row.home_at is not None

    # --- what is read -----------------------------------------------------------------------------

    def _bodies_of_roster(self) -> list[Any]:
        return roster_bodies(chosen=self._chosen is not None).all(self._connection, self._given)

    def _groups(self) -> Counter[Group]:
        """How many open reviews are alike, by what they share."""
        statement = review_groups(staff_kind=self._asks_staff_kind, chosen=self._chosen is not None)
        return Counter({_group(row): row.reviews for row in statement.all(self._connection, self._given)})

    def _guests(self) -> list[Any]:
        """The open reviews still to be taken at a venue other than the body that runs them."""
        statement = guest_reviews(staff_kind=self._asks_staff_kind, chosen=self._chosen is not None)
        rows = statement.all(self._connection, self._given)
        return [row for row in rows if PLACES.get(row.remembered or row.stage, 0) < PLACES[life.REVIEWED]]

    @property
    def _asks_staff_kind(self) -> bool:
        return "subject.staff_kind" in self._season.asked


def _group(row: Any) -> Group:
    return Group(
        row.organisation,
        row.kind,
        row.stage,
        row.remembered,
        bool(row.rated),
        bool(row.told),
        bool(row.leads),
        bool(row.heads),
        getattr(row, "staff_kind", None),
    )


def _role(group: Group) -> str:
    if group.kind == life.COLLECTIVE:
        return COLLECTIVE
    if group.kind == life.ORGANISATION:
        return ORGANISATION
    return HEAD if group.heads else LEADER if group.leads else MEMBER


def _values(group: Group, type_: str, asked: frozenset[str]) -> tuple[tuple[str, FactValue], ...]:
    """What the group and the type of its body tell about whom a date is for."""
    told: dict[str, FactValue | None] = {
        "organisation.type": type_ or None,
        "subject.staff_kind": group.staff_kind,
    }
    if group.kind != life.INDIVIDUAL:
        told["collective.type"] = COLLECTIVES.get(type_)
    wanted = asked | {"collective.type"}
    return tuple(
        (name, value) for name, value in sorted(told.items()) if value is not None and name in wanted
    )


def _place(organisation: str, part: Part) -> tuple[Any, ...]:
    """An order that is the same on both databases."""
    return (organisation, part.guest, part.kind, part.role, part.place, sorted(part.done), str(part.owed))
