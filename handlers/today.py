"""What is open today as somebody with a capacity sees it: what he owes in it, and what he waits for.

Read from the book of deadlines for the capacity alone, whether or not the roster gives it: an officer by
grant has no post. A row is so many items of one step with one last day, of one campaign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, or_, select, union_all

from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.access.scope import SEES_A_BRANCH, Scope
from handlers.reminding.recipients import FROM_ABOVE, OWN, REMEDY
from handlers.tables import BUNDLES, CAMPAIGNS, PLANS, PROGRESS, REVIEWS
from states import campaign as life
from states import submission as reporting
from states.review import INDIVIDUAL
from states.roles import Role

AT_THE_BODY: Final = frozenset({Role.SECRETARY, Role.COMMITTEE})

GATE_OF_ROLE: Final = {
    Role.ORGANISATION_BOARD: "appraise",
    Role.SUPERIOR_COMMITTEE: "decide",
    Role.COUNTING_TEAM: "count_ballot",
}
"""The one step that is owed by those who do nothing else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenStep:
    """So many items of one step with one last day. `bodies` is how many owe it, `one_body` the first of them.

    `due_on` is the last day that meets the clause, itself counted; `safe_on` the last working day up to it.
    """

    campaign: str
    year: int
    gate: str
    kind: str
    rule: str
    due_on: date
    safe_on: date
    hour: str
    items: int
    bodies: int
    one_body: str
    review: str
    """The review, where it is one alone."""

    mine: bool


def open_steps(connection: Connection, scope: Scope) -> tuple[OpenStep, ...]:
    """Everything open in open campaigns that the capacity owes or waits for, the earliest safe day first."""
    opened = connection.execute(
        select(CAMPAIGNS.c.campaign, CAMPAIGNS.c.year).where(
            CAMPAIGNS.c.stage == life.OPEN, scope.campaigns()
        )
    ).all()
    found = [
        _step(row, campaign, year)
        for campaign, year in opened
        for row in _grouped(connection, scope, campaign)
    ]
    return tuple(sorted(found, key=lambda one: (one.safe_on, one.due_on, -one.year, one.gate, one.kind)))


def _grouped(connection: Connection, scope: Scope, campaign: str) -> Sequence[Any]:
    """The open rows of one campaign, those of one step and date together.

    Asked campaign by campaign, so that whoever sees one as a whole is not asked about its bodies, and whoever
    sees one body has its rows by the index.
    """
    mine = owed_by(scope)
    which = _seen(connection, scope, campaign)
    if which is None:
        return ()
    same = (
        DEADLINES.c.gate,
        DEADLINES.c.kind,
        DEADLINES.c.rule,
        DEADLINES.c.last_day,
    )
    return connection.execute(
        select(
            *same,
            (case((mine, 1), else_=0) if mine is not None else literal(0)).label("mine"),
            func.min(DEADLINES.c.safe_day).label("safe_on"),
            func.max(DEADLINES.c.hour).label("hour"),
            func.count().label("items"),
            func.count(DEADLINES.c.organisation.distinct()).label("bodies"),
            func.min(DEADLINES.c.organisation).label("one_body"),
            func.min(DEADLINES.c.subject).label("subject"),
            func.max(DEADLINES.c.subject_kind).label("subject_kind"),
        )
        .where(DEADLINES.c.campaign == campaign, STILL_OPEN, which)
        .group_by(*same, "mine")
    ).all()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnReview:
    """Where a person's own review of a campaign stands."""

    review: str
    campaign: str
    year: int
    organisation: str
    stage: str
    rated: bool
    self_level: str | None
    decided_level: str | None


def own_reviews(connection: Connection, person: str) -> tuple[OwnReview, ...]:
    """A person's reviews as a member, the newest campaign first."""
    rows = connection.execute(
        select(
            REVIEWS.c.review,
            REVIEWS.c.campaign,
            CAMPAIGNS.c.year,
            REVIEWS.c.organisation,
            REVIEWS.c.stage,
            REVIEWS.c.rated,
            REVIEWS.c.self_level,
            REVIEWS.c.decided_level,
        )
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == REVIEWS.c.campaign)
        .where(REVIEWS.c.subject == person, REVIEWS.c.kind == INDIVIDUAL)
        .where(CAMPAIGNS.c.stage.in_((life.OPEN, life.CLOSED)))
        .order_by(CAMPAIGNS.c.year.desc(), REVIEWS.c.review)
    )
    return tuple(OwnReview(**row._mapping) for row in rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportsHere:
    """Reports that lie with a body and wait for the next word on them."""

    campaign: str
    year: int
    stage: str
    reports: int
    one_body: str


def reports_here(connection: Connection, scope: Scope) -> tuple[ReportsHere, ...]:
    """What has come to the capacity's body in open campaigns and is not decided, by where it stands."""
    rows = connection.execute(
        select(
            BUNDLES.c.campaign,
            CAMPAIGNS.c.year,
            BUNDLES.c.stage,
            func.count().label("reports"),
            func.min(BUNDLES.c.organisation).label("one_body"),
        )
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == BUNDLES.c.campaign)
        .where(
            BUNDLES.c.receiver == scope.actor.body,
            BUNDLES.c.stage.in_((reporting.SUBMITTED, reporting.APPRAISED)),
            CAMPAIGNS.c.stage == life.OPEN,
        )
        .group_by(BUNDLES.c.campaign, CAMPAIGNS.c.year, BUNDLES.c.stage)
        .order_by(CAMPAIGNS.c.year, BUNDLES.c.campaign, BUNDLES.c.stage)
    )
    return tuple(ReportsHere(**row._mapping) for row in rows)


def stages_below(connection: Connection, scope: Scope, campaign: str) -> dict[str, int]:
    """How many individual reviews in scope stand at which stage; from the counters alone."""
    rows = connection.execute(
        select(PROGRESS.c.stage, func.sum(PROGRESS.c.reviews))
        .where(
            PROGRESS.c.campaign == campaign,
            PROGRESS.c.kind == INDIVIDUAL,
            scope.within(connection, campaign).bodies(PROGRESS.c.organisation),
        )
        .group_by(PROGRESS.c.stage)
    )
    return {stage: int(count) for stage, count in rows if count}


def owed_by(scope: Scope) -> ColumnElement[bool] | None:
    """What the capacity itself has to do; None where it owes no step."""
    role, body = scope.actor.role, scope.actor.body
    if role is Role.MEMBER:
        return _of_the_person(scope.actor.id)
    if role in AT_THE_BODY:
        return and_(DEADLINES.c.organisation == body, DEADLINES.c.gate.not_in(FROM_ABOVE))
    gate = GATE_OF_ROLE.get(role)
    if gate is None:
        return None
    place = DEADLINES.c.superior if gate in FROM_ABOVE else DEADLINES.c.organisation
    return and_(place == body, DEADLINES.c.gate == gate)


def _of_the_person(person: str) -> ColumnElement[bool]:
    """A person's own steps, and the plans he follows."""
    return or_(
        and_(_about_reviews(person), DEADLINES.c.gate.in_(OWN)),
        and_(
            DEADLINES.c.subject_kind == "plan",
            DEADLINES.c.subject.in_(_plans_followed(person)),
            DEADLINES.c.gate == REMEDY,
        ),
    )


def _about_reviews(person: str) -> ColumnElement[bool]:
    return and_(DEADLINES.c.subject_kind == "review", DEADLINES.c.subject.in_(_reviews_of(person)))


def _reviews_of(person: str) -> Select[tuple[str]]:
    return select(REVIEWS.c.review).where(REVIEWS.c.subject == person, REVIEWS.c.kind == INDIVIDUAL)


def _plans_followed(person: str) -> Select[tuple[str]]:
    return select(PLANS.c.plan).where(PLANS.c.monitor == person)


def _seen(connection: Connection, scope: Scope, campaign: str) -> ColumnElement[bool] | None:
    """What the capacity owes and what it waits for: its branch, or its own reviews and steps."""
    if scope.actor.role is Role.MEMBER:
        person = scope.actor.id
        # both kinds of subjects at once, so that the index is looked into and not the campaign gone through
        about = DEADLINES.c.subject.in_(union_all(_reviews_of(person), _plans_followed(person)))
        kinds = DEADLINES.c.subject_kind.in_(("review", "plan"))
        return and_(kinds, about, or_(_about_reviews(person), _of_the_person(person)))
    if scope.actor.role in SEES_A_BRANCH:
        return scope.within(connection, campaign).bodies(DEADLINES.c.organisation)
    return owed_by(scope)


def _step(row: Any, campaign: str, year: int) -> OpenStep:
    alone = row.items == 1 and row.subject_kind == "review"
    return OpenStep(
        campaign=campaign,
        year=year,
        gate=row.gate,
        kind=row.kind,
        rule=row.rule,
        due_on=row.last_day,
        safe_on=row.safe_on,
        hour=row.hour,
        items=row.items,
        bodies=row.bodies,
        one_body=row.one_body,
        review=row.subject if alone else "",
        mine=bool(row.mine),
    )
