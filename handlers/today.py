"""What is open today as somebody with a capacity sees it: what he owes in it, and what he waits for.

Read from the book of deadlines for the capacity alone, whether or not the roster gives it: an officer by
grant has no post. A row is so many items of one step with one last day, of one campaign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, or_, select

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
    mine, seen = _mine(scope), _seen(scope)
    if mine is None and seen is None:
        return ()
    owed = case((mine, 1), else_=0) if mine is not None else case((false(), 1), else_=0)
    which = or_(*(one for one in (mine, seen) if one is not None))
    same = (
        DEADLINES.c.campaign,
        CAMPAIGNS.c.year,
        DEADLINES.c.gate,
        DEADLINES.c.kind,
        DEADLINES.c.rule,
        DEADLINES.c.last_day,
    )
    found = (
        select(
            *same,
            owed.label("mine"),
            func.min(DEADLINES.c.safe_day).label("safe_on"),
            func.max(DEADLINES.c.hour).label("hour"),
            func.count().label("items"),
            func.count(DEADLINES.c.organisation.distinct()).label("bodies"),
            func.min(DEADLINES.c.organisation).label("one_body"),
            func.min(DEADLINES.c.subject).label("subject"),
            func.max(DEADLINES.c.subject_kind).label("subject_kind"),
        )
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == DEADLINES.c.campaign)
        .where(STILL_OPEN, CAMPAIGNS.c.stage == life.OPEN, which)
        .group_by(*same, "mine")
    )
    rows = [_step(row) for row in connection.execute(found)]
    return tuple(sorted(rows, key=lambda one: (one.safe_on, one.due_on, -one.year, one.gate, one.kind)))


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnReview:
    """Where a person's own review of a campaign stands."""

    review: str
    campaign: str
    year: int
    organisation: str
    stage: str
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


def _mine(scope: Scope) -> ColumnElement[bool] | None:
    """What the capacity itself has to do."""
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
    reviews = select(REVIEWS.c.review).where(REVIEWS.c.subject == person, REVIEWS.c.kind == INDIVIDUAL)
    plans = select(PLANS.c.plan).where(PLANS.c.monitor == person)
    return or_(
        and_(
            DEADLINES.c.subject_kind == "review", DEADLINES.c.subject.in_(reviews), DEADLINES.c.gate.in_(OWN)
        ),
        and_(DEADLINES.c.subject_kind == "plan", DEADLINES.c.subject.in_(plans), DEADLINES.c.gate == REMEDY),
    )


def _seen(scope: Scope) -> ColumnElement[bool] | None:
    """What others have to do that the capacity waits for: in its branch, and above it for its own body."""
    role = scope.actor.role
    if role is Role.MEMBER:
        reviews = select(REVIEWS.c.review).where(
            REVIEWS.c.subject == scope.actor.id, REVIEWS.c.kind == INDIVIDUAL
        )
        return and_(DEADLINES.c.subject_kind == "review", DEADLINES.c.subject.in_(reviews))
    if role in SEES_A_BRANCH:
        return or_(scope.own_bodies(DEADLINES.c.organisation), DEADLINES.c.superior == scope.actor.body)
    return None


def _step(row: Any) -> OpenStep:
    alone = row.items == 1 and row.subject_kind == "review"
    return OpenStep(
        campaign=row.campaign,
        year=row.year,
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
