"""What backward plans are made from, read set by set: groups of reviews that are alike, never one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Subquery, and_, func, or_, select

from deadlines.chains import COLLECTIVE, HEAD, HOLD, LEADER, MEMBER, NOTIFY, ORGANISATION, Part
from deadlines.season import Season
from deadlines.standing import PLACES
from handlers.among import among
from handlers.roster_facts import GROUP, as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.season.book import Dates, read_dates
from handlers.season.meetings import planned_kinds
from handlers.tables import REVIEWS, SESSIONS
from states import review as life
from states.bodies import COLLECTIVES
from workflow.rules.values import FactValue

Stored = Row[*tuple[Any, ...]]
OUTER_VENUES = ("committee", "leadership")


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
        self._given: dict[str, Any] = {} if self._chosen is None else {"bodies": self._chosen}
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
    def _is_done_at_home(row: Stored) -> bool:
        """Whether nothing is left to be held at the body that runs the review."""
        return row.home is None or row.home_at is not None

    # --- what is read -----------------------------------------------------------------------------

    def _only(self, column: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
        return () if self._chosen is None else (among(column, "bodies"),)

    def _bodies_of_roster(self) -> list[Stored]:
        chosen = select(
            ORGANISATIONS.c.organisation_id,
            ORGANISATIONS.c.name,
            ORGANISATIONS.c.type,
            ORGANISATIONS.c.superior_id,
        ).where(as_of(ORGANISATIONS, self._today), *self._only(ORGANISATIONS.c.organisation_id))
        return list(self._connection.execute(chosen, self._given))

    def _groups(self) -> Counter[Group]:
        """How many open reviews are alike, by what they share."""
        leads, heads = _leading(self._today), _heading(self._today, "heads")
        columns, source = _described(leads, heads, self._season, self._today)
        chosen = (
            select(*columns, func.count().label("reviews"))
            .select_from(source)
            .where(
                REVIEWS.c.campaign == self._season.campaign,
                REVIEWS.c.stage.not_in(life.CLOSED),
                *self._only(REVIEWS.c.organisation),
            )
            .group_by(*columns)
        )
        rows = self._connection.execute(chosen, self._given)
        return Counter({_group(row): row.reviews for row in rows})

    def _guests(self) -> list[Stored]:
        """The open reviews still to be taken at a venue other than the body that runs them."""
        leads, heads = _leading(self._today), _heading(self._today, "heads")
        there, home = _heading(self._today, "there"), SESSIONS.alias("home")
        columns, source = _described(leads, heads, self._season, self._today)
        source = source.join(SESSIONS, SESSIONS.c.review == REVIEWS.c.review)
        source = source.outerjoin(
            home, and_(home.c.review == REVIEWS.c.review, home.c.venue == REVIEWS.c.organisation)
        )
        source = source.outerjoin(
            there,
            and_(there.c.person_id == REVIEWS.c.subject, there.c.organisation_id == SESSIONS.c.venue),
        )
        # of some bodies their sessions are looked for by the reviews: by campaign every one would be read
        within = (SESSIONS.c.campaign == self._season.campaign,) if self._chosen is None else self._theirs()
        chosen = (
            select(
                *columns,
                SESSIONS.c.venue,
                SESSIONS.c.venue_kind,
                home.c.venue.label("home"),
                home.c.at.label("home_at"),
                there.c.person_id.is_not(None).label("heads_venue"),
            )
            .select_from(source)
            .where(
                SESSIONS.c.venue_kind.in_(OUTER_VENUES),
                SESSIONS.c.at.is_(None),
                SESSIONS.c.venue != REVIEWS.c.organisation,
                REVIEWS.c.kind == life.INDIVIDUAL,
                REVIEWS.c.stage.not_in(life.CLOSED),
                *within,
            )
        )
        rows = self._connection.execute(chosen, self._given)
        return [row for row in rows if PLACES.get(row.remembered or row.stage, 0) < PLACES[life.REVIEWED]]

    def _theirs(self) -> tuple[ColumnElement[bool], ...]:
        """The sessions of reviews the chosen bodies run, and those held at them."""
        run = select(REVIEWS.c.review).where(
            REVIEWS.c.campaign == self._season.campaign, among(REVIEWS.c.organisation, "bodies")
        )
        taken = select(SESSIONS.c.review).where(
            SESSIONS.c.campaign == self._season.campaign, among(SESSIONS.c.venue, "bodies")
        )
        return (
            SESSIONS.c.review.in_(run.union(taken)),
            or_(among(REVIEWS.c.organisation, "bodies"), among(SESSIONS.c.venue, "bodies")),
        )


def _described(
    leads: Subquery, heads: Subquery, season: Season, today: date
) -> tuple[list[ColumnElement[Any]], Any]:
    """The columns that make a group, and what they are read from."""
    source: Any = REVIEWS.outerjoin(leads, leads.c.person_id == REVIEWS.c.subject).outerjoin(
        heads,
        and_(heads.c.person_id == REVIEWS.c.subject, heads.c.organisation_id == REVIEWS.c.organisation),
    )
    columns: list[ColumnElement[Any]] = [
        REVIEWS.c.organisation,
        REVIEWS.c.kind,
        REVIEWS.c.stage,
        REVIEWS.c.remembered,
        REVIEWS.c.rated,
        REVIEWS.c.superior_told_on.is_not(None).label("told"),
        leads.c.person_id.is_not(None).label("leads"),
        heads.c.person_id.is_not(None).label("heads"),
    ]
    if "subject.staff_kind" in season.asked:
        source = source.outerjoin(PEOPLE, and_(PEOPLE.c.person_id == REVIEWS.c.subject, as_of(PEOPLE, today)))
        columns.append(PEOPLE.c.staff_kind)
    return columns, source


def _leading(today: date) -> Subquery:
    """Who holds a post of leadership; the head of a Party group leads no body (C-39)."""
    source: FromClause = POSITIONS.outerjoin(
        ORGANISATIONS,
        and_(ORGANISATIONS.c.organisation_id == POSITIONS.c.organisation_id, as_of(ORGANISATIONS, today)),
    )
    return (
        select(POSITIONS.c.person_id)
        .select_from(source)
        .where(as_of(POSITIONS, today), or_(ORGANISATIONS.c.type.is_(None), ORGANISATIONS.c.type != GROUP))
        .distinct()
        .subquery("leading")
    )


def _heading(today: date, name: str) -> Subquery:
    return (
        select(POSITIONS.c.person_id, POSITIONS.c.organisation_id)
        .where(as_of(POSITIONS, today), POSITIONS.c.post == "head")
        .distinct()
        .subquery(name)
    )


def _group(row: Stored) -> Group:
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
