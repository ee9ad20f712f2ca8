"""Facts for a decision: the roster as of the day, the order of sessions, lists, and levels of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, func, or_, select

from handlers.access.ties import conflicts_of
from handlers.across import across_of, guard_rows
from handlers.ballot_voters import BallotVoters, ballot_voters, confirmed_facts
from handlers.beside_facts import beside_facts
from handlers.calendar_adopting import calendar_guards
from handlers.calendar_days import open_campaigns, planned_rulebook
from handlers.careers import career_facts
from handlers.deciders import decider_facts
from handlers.entered import entered_by
from handlers.extras import extras_of
from handlers.levels import level_facts
from handlers.lists import list_facts
from handlers.others import other_facts, resting_on
from handlers.places import place_facts
from handlers.plan_facts import plan_facts
from handlers.prepared import Prepared
from handlers.reward_facts import reward_facts
from handlers.roster_facts import Bodies, People, read_bodies, read_people, superiors_of
from handlers.roster_values import roster_values
from handlers.tables import REVIEWS, SESSIONS
from handlers.union_facts import union_facts
from handlers.wanted import (
    BESIDE,
    BODIES,
    CAREERS,
    CONFIRMED,
    LEVELS,
    LISTS,
    OTHERS,
    PEOPLE,
    PLACES,
    PLANS,
    UNIONS,
    Wanted,
)
from states import review as life
from states.roles import ACTS_AT_OWN_BODY
from workflow.bodies import Submission
from workflow.commands.asking import Command, ReviewCommand
from workflow.commands.calendar import ConfirmCalendarChange
from workflow.commands.campaign import (
    OpenBatch,
    PlanCampaign,
)
from workflow.commands.deciding import Annul, DecideBundle, SubmitBundle
from workflow.commands.meeting import CountBallot, IssueBallot, PlanMeeting, RecordMeeting
from workflow.commands.reward import RewardCommand
from workflow.decide import Extras
from workflow.gathering import Gathered, Standing
from workflow.order import Across, VenueOrder
from workflow.rules.case import CALENDAR_UNIT
from workflow.rules.facts import Fact, Facts, FactValue
from workflow.rules.rulebook import Rulebook

LEADING = frozenset({"head", "deputy", "standing_member", "committee_member", "leading_member"})
"""Posts that make a person a committee member or leader, who is reviewed before ordinary members."""

AT_OWN_BODY = (
    ReviewCommand,
    PlanMeeting,
    RecordMeeting,
    IssueBallot,
    CountBallot,
)
"""Commands decided without a look at the bodies above when a body acts on what is its own."""

CHANGES_LEVELS = (DecideBundle, Annul)
"""Commands that may change a level others lean on."""


class FactsFromTables:
    """The engine's `gather`: every query is set-based, a handful a command whatever its number of rows."""

    def reviews_of(
        self, connection: Connection, campaign: str, organisations: Iterable[str]
    ) -> Sequence[str]:
        """Every review these organisations run in the campaign, in key order."""
        chosen = (
            select(REVIEWS.c.review)
            .where(REVIEWS.c.campaign == campaign, REVIEWS.c.organisation.in_(list(organisations)))
            .order_by(REVIEWS.c.review)
        )
        return connection.execute(chosen).scalars().all()

    def campaigns(self, connection: Connection) -> Sequence[str]:
        """Every campaign that is not closed."""
        return open_campaigns(connection)

    def planned(self, connection: Connection, command: PlanCampaign, rulebook: Rulebook) -> Rulebook:
        """The rulebook with the calendar of its year and the confirmed entries of the administrator."""
        return planned_rulebook(connection, command, rulebook)

    def guards(self, connection: Connection, standing: Standing) -> Sequence[str]:
        """Guard rows of what a decision is counted with beyond its organisation."""
        if isinstance(standing.request.command, ConfirmCalendarChange):
            return calendar_guards(connection, standing)
        return guard_rows(connection, standing)

    def gather(self, connection: Connection, standing: Standing) -> Gathered:
        """What the stage functions may ask for this command."""
        command = standing.request.command
        day = day_of(command, standing.today, standing)
        organisations = _organisations(standing)
        facts: Mapping[str, Facts] = {}
        order: dict[str, VenueOrder] = {}
        chairs: dict[tuple[str, str], str] = {}
        voters: BallotVoters | None = None
        across = Across()
        there = standing.campaign is None or standing.campaign.version > 0
        if standing.reviews and there and not isinstance(command, OpenBatch):
            wanted = Wanted(standing)
            venue = getattr(command, "venue", None)
            elsewhere = venue is not None and not any(
                venue in dict(r.venues) for r in standing.reviews.values()
            )
            bodies = None
            if elsewhere or wanted.any_of(BODIES):
                bodies = read_bodies(connection, organisations, day)
            if venue is not None:
                cell = bodies.cell_of(venue) if elsewhere and bodies is not None else ""
                order[venue] = venue_order(connection, standing, cell or venue)
                if cell:
                    order[venue] = order[venue].of_group(venue)
            people = None
            if venue is not None or wanted.any_of(PEOPLE):
                people = read_people(connection, _subjects(standing, order), sorted(organisations), day)
            if venue is not None and people is not None:
                _leaders_only(order[venue], people)
                roles = people.roles_at(venue)
                chairs = {(venue, person): role for person, role in roles.items()}
                at_place = people.roles_at(order[venue].place)
                order[venue].heads = {
                    review for review in order[venue].leaders if at_place.get(_person(review)) == "head"
                }
            facts = self._facts(connection, standing, wanted, bodies, people, day)
            voters = ballot_voters(standing, facts, people)
            across = across_of(connection, standing, people, day)
        return Gathered(
            facts=facts,
            order=order,
            superiors=_superiors(connection, standing, organisations, day),
            chairs=chairs,
            entered_by=entered_by(connection, standing),
            extras=extras_of(connection, standing) if voters is None else Extras(sealed=voters.sealed),
            resting_on=resting_on(connection, standing) if isinstance(command, CHANGES_LEVELS) else {},
            across=across,
            voters=voters.lists if voters is not None else None,
            conflicts=conflicts_of(connection, standing, day),
        )

    def facts_on(
        self, connection: Connection, standing: Standing, day: date, *, present: Iterable[str] = ()
    ) -> tuple[dict[str, Facts], Bodies, People]:
        """Everything known of these reviews as of a day, whatever the command; nothing is decided on it.

        `present` are further people who are read with those under review.
        """
        wanted, organisations = Wanted(standing), _organisations(standing)
        people = sorted({*_subjects(standing, {}), *present})
        bodies = read_bodies(connection, organisations, day)
        found = read_people(connection, people, sorted(organisations), day)
        return self._facts(connection, standing, wanted, bodies, found, day), bodies, found

    def _facts(
        self,
        connection: Connection,
        standing: Standing,
        wanted: Wanted,
        bodies: Bodies | None,
        people: People | None,
        day: date,
    ) -> dict[str, Facts]:
        campaign, command = standing.campaign, standing.request.command
        year = campaign.year if campaign else day.year
        source = f"roster as of {day.isoformat()}"
        lists = list_facts(connection, standing, day) if wanted.any_of(LISTS) else {}
        levels = level_facts(connection, standing) if wanted.any_of(LEVELS) else {}
        others = other_facts(connection, standing, people) if wanted.of_rules(OTHERS) else {}
        beside = beside_facts(connection, standing, day) if wanted.of_rules(BESIDE) else {}
        plans = plan_facts(connection, standing) if wanted.of_rules(PLANS) else {}
        unions = union_facts(connection, standing, day) if wanted.of_rules(UNIONS) else {}
        careers = career_facts(connection, standing, day) if wanted.of_rules(CAREERS) else {}
        rewards = reward_facts(connection, standing, day) if isinstance(command, RewardCommand) else {}
        bundled = _bundled(standing)
        confirmed = confirmed_facts(connection, standing) if wanted.of_rules(CONFIRMED) else {}
        places: dict[str, Facts] = {}
        if wanted.of_rules(PLACES):
            of_reviews = {review.organisation for review in standing.reviews.values() if review.version}
            places = place_facts(connection, {*of_reviews, bundled} - {""}, day)
        found: dict[str, Facts] = {}
        for review in standing.reviews.values():
            if not review.version:
                continue
            values: dict[str, FactValue | None] = {"campaign.year": year, "today": standing.today}
            values["review.quality"] = review.quality
            values[CALENDAR_UNIT] = unit_of(standing, review.organisation)
            values |= roster_values(review, bodies, people, getattr(command, "venue", None))
            if isinstance(command, Annul) and bodies is not None:
                values |= decider_facts(connection, standing, review, bodies)
            gathered = Facts(
                {name: Fact(value, source) for name, value in values.items() if value is not None}
            )
            found[review.id] = gathered.merged(
                lists.get(review.id, Facts()),
                levels.get(review.id, Facts()),
                others.get(review.id, Facts()),
                beside.get(review.id, Facts()),
                plans.get(review.id, Facts()),
                confirmed.get(review.id, Facts()),
                unions.get(review.id, Facts()),
                careers.get(review.id, Facts()),
                rewards.get(review.id, Facts()),
                places.get(review.organisation, Facts()),
            )
        if bundled and people is not None:
            roll = people.roll(bundled)
            of_bundle = Facts(
                {
                    "quota.members_on_roll": Fact(roll.on_roll, source),
                    "campaign.year": Fact(year, "campaign"),
                    "today": Fact(standing.today, "clock"),
                    **_own_days(standing, bundled),
                    "subordinates.total": Fact(_subordinates(connection, standing, bundled), "register"),
                }
            )
            found[""] = of_bundle.merged(places.get(bundled, Facts()))
        return found


def unit_of(standing: Standing, organisation: str) -> str | None:
    """The unit whose own days count for the reviews of a body; None where no unit has days of its own."""
    calendar = standing.rulebook.calendar if standing.rulebook is not None else None
    return calendar.unit_of(organisation) if calendar is not None and calendar.units else None


def _own_days(standing: Standing, organisation: str) -> dict[str, Fact]:
    unit = unit_of(standing, organisation)
    return {} if unit is None else {CALENDAR_UNIT: Fact(unit, "rulebook")}


def _superiors(
    connection: Connection, standing: Standing, organisations: set[str], day: date
) -> Mapping[str, tuple[str, ...]]:
    """The bodies above; not read where a review's own body acts on it, which looks at no other body."""
    if isinstance(standing.request.command, AT_OWN_BODY) and standing.request.actor.role in ACTS_AT_OWN_BODY:
        return {}
    superiors = superiors_of(connection, organisations, day)
    top = standing.campaign.superior if standing.campaign is not None else ""
    if not top:
        return superiors
    return {name: chain if top in chain else (*chain, top) for name, chain in superiors.items()}


def _bundled(standing: Standing) -> str:
    """The organisation whose bundle the command is about, whose quota may be judged; empty for others."""
    if isinstance(standing.request.command, SubmitBundle):
        return standing.request.command.organisation
    return next((b.organisation for b in standing.bodies.values() if isinstance(b, Submission)), "")


def _subordinates(connection: Connection, standing: Standing, organisation: str) -> int:
    assert standing.campaign is not None, "asked only inside a campaign"
    chosen = select(func.count()).where(
        REVIEWS.c.campaign == standing.campaign.id,
        REVIEWS.c.superior == organisation,
        REVIEWS.c.kind == life.ORGANISATION,
    )
    return int(connection.execute(chosen).scalar_one())


def day_of(command: Command, today: date, standing: Standing) -> date:
    """The day the act belongs to: who held which post and who was on the roll is asked as of it."""
    for name in ("day", "on", "as_of", "roster_day"):
        day = getattr(command, name, None)
        if isinstance(day, date):
            return day
    sheet = next((body for name, body in standing.bodies.items() if name.startswith("ballot/")), None)
    day = getattr(sheet, "day", None)
    return day if isinstance(day, date) and day != date.min else today


def _organisations(standing: Standing) -> set[str]:
    command = standing.request.command
    found = {review.organisation for review in standing.reviews.values() if review.version}
    for name in ("organisation", "venue"):
        value = getattr(command, name, None)
        if isinstance(value, str):
            found.add(value)
    for body in standing.bodies.values():
        for name in ("organisation", "venue"):
            value = getattr(body, name, None)
            if isinstance(value, str) and value:
                found.add(value)
    found |= {venue for review in standing.reviews.values() if review.version for venue, _ in review.venues}
    if isinstance(command, Annul):
        found.add(standing.request.actor.body)
    return found


def _subjects(standing: Standing, order: Mapping[str, VenueOrder]) -> list[str]:
    people = {r.subject for r in standing.reviews.values() if r.kind == life.INDIVIDUAL}
    for venue in order.values():
        people |= {review.rsplit(".", 1)[-1] for review in venue.leaders}
    for item in getattr(standing.request.command, "items", ()):
        if getattr(item, "chair", ""):
            people.add(item.chair)
    chair = getattr(standing.request.command, "chair", "")
    if chair:
        people.add(chair)
    return sorted(people)


_AT_VENUE = Prepared(
    select(SESSIONS.c.review, SESSIONS.c.venue_kind, SESSIONS.c.at, REVIEWS.c.kind, REVIEWS.c.subject)
    .join(REVIEWS, REVIEWS.c.review == SESSIONS.c.review)
    .where(
        SESSIONS.c.campaign == bindparam("campaign"),
        SESSIONS.c.venue == bindparam("venue"),
        or_(REVIEWS.c.stage.not_in((life.EXEMPT, life.ABSENT)), SESSIONS.c.at.is_not(None)),
    )
)


def venue_order(connection: Connection, standing: Standing, venue: str) -> VenueOrder:
    """What the venue has held so far, with everybody reviewed there; leaders are picked out afterwards."""
    assert standing.campaign is not None, "a venue is asked for only inside a campaign"
    rows = _AT_VENUE.all(connection, {"campaign": standing.campaign.id, "venue": venue})
    kind = next((row.venue_kind for row in rows if row.kind == life.INDIVIDUAL), "cell")
    order = VenueOrder(venue, kind)
    for row in rows:
        if row.kind == life.COLLECTIVE and row.subject == venue:
            order.collective, order.collective_at = row.review, row.at
        elif row.kind == life.INDIVIDUAL:
            order.leaders[row.review] = row.at
    return order


def _leaders_only(order: VenueOrder, people: People) -> None:
    for review in list(order.leaders):
        if not people.posts_of(_person(review)) & LEADING:
            del order.leaders[review]


def _person(review: str) -> str:
    return review.rsplit(".", 1)[-1]
