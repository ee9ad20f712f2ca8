"""The season of a campaign: which bodies are at risk, the backward plan of one, days for its next meeting."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.asking import scope_of
from api.bodies import ID
from api.resources.campaigns import CampaignId
from api.wiring import Service
from deadlines.backward import Step
from deadlines.slack import Urgency
from handlers.names import names_on
from handlers.season.critical import critical_paths
from handlers.season.days import meeting_days_of
from handlers.season.plans import BodyPlan, body_plan, campaign_plans
from workflow import clock
from workflow.errors import NotFound
from workflow.rules.rulebook import Rulebook

router = APIRouter()

OrganisationId = Annotated[str, Field(pattern=ID)]
Colour = Annotated[
    str, Field(description="red: a date cannot be met; amber: near; green", examples=["amber"])
]


class StepOut(BaseModel):
    """One step that is owed: `last` is the last legal day, `safe` the last safe one; null without a date.

    `why` is one of due, planned, notice, elsewhere, order, outside, life; `rule` the rule that says so.
    `body` is the body that waits for it, where it is another one. `skipped` are weekdays off that were
    passed over.
    """

    organisation: str
    kind: str
    role: str
    gate: str
    reviews: int
    last: date | None
    safe: date | None
    why: str
    rule: str
    clause: str
    counted_from: date | None
    skipped: list[date]
    body: str
    provisional: bool


class MissedOut(BaseModel):
    """A date that cannot be met any more, and the first day its step can still be done on."""

    gate: str
    kind: str
    last: date | None
    earliest: date
    overdue: bool


class BodyOut(BaseModel):
    """One body: its colour, the working days left to the last safe day of its most urgent step."""

    organisation: str
    name: str
    colour: Colour
    slack_working_days: int | None
    next: StepOut | None
    missed: list[MissedOut]


class PathOut(BaseModel):
    """The tightest way to one final date; `bodies` is how many stand at its first step."""

    gate: str
    rule: str
    last: date
    slack_working_days: int
    bodies: int
    steps: list[StepOut]


class SeasonOut(BaseModel):
    """How many bodies have which colour, those at risk with the most urgent first, and the tightest ways."""

    campaign: str
    today: date
    red: int
    amber: int
    green: int
    at_risk: list[BodyOut]
    critical_paths: list[PathOut]


class BackwardPlanOut(BaseModel):
    """Every step a body still owes, the earliest day first; no steps where nothing is owed any more."""

    campaign: str
    organisation: str
    today: date
    colour: Colour
    slack_working_days: int | None
    missed: list[MissedOut]
    steps: list[StepOut]


class RefusedBy(BaseModel):
    """A rule that would refuse to plan the meeting on a day, and the review it is about."""

    review: str
    rule: str
    clause: str


class DayOut(BaseModel):
    """One day: `best` is proposed, `possible` has a concern, `refused` would be refused."""

    day: date
    verdict: str = Field(examples=["best"])
    slack_working_days: int | None
    concerns: list[str]
    refused_by: list[RefusedBy]


class MeetingDaysOut(BaseModel):
    """The days of a range for the next meeting of a body; none where nothing is left to take."""

    campaign: str
    organisation: str
    last: date | None
    safe: date | None
    reviews: list[str]
    days: list[DayOut]


@router.get(
    "/campaigns/{campaign}/season",
    tags=["campaigns"],
    responses=READ_REFUSED,
    summary="Which bodies must act by when",
)
def season(campaign: CampaignId, actor: Acting, service: TheService) -> SeasonOut:
    """From the backward plans of all bodies, as of today."""
    today = today_of(service)
    with service.database.read() as connection:
        every = campaign_plans(connection, campaign, today)
        within = scope_of(service, actor).within(connection, campaign)
        plans = every.narrowed(within.bodies_among(connection, every.bodies))
        paths = [path for path in critical_paths(every) if path.bodies() <= plans.bodies.keys()]
    book = plans.season.rulebook
    return SeasonOut(
        campaign=campaign,
        today=today,
        red=plans.count("red"),
        amber=plans.count("amber"),
        green=plans.count("green"),
        at_risk=[
            BodyOut(
                organisation=one.body.organisation,
                name=one.body.name,
                colour=one.colour,
                slack_working_days=one.urgency.slack,
                next=step_out(one, one.urgency.step, book) if one.urgency.step else None,
                missed=missed_out(one.urgency, one),
            )
            for one in plans.at_risk()
        ],
        critical_paths=[
            PathOut(
                gate=path.owed.gate,
                rule=path.owed.rule,
                last=path.owed.last,
                slack_working_days=path.slack,
                bodies=path.alike,
                steps=[step_out(plans.bodies[link.organisation], link.step, book) for link in path.links],
            )
            for path in paths
        ],
    )


@router.get(
    "/campaigns/{campaign}/organisations/{organisation}/backward-plan",
    tags=["campaigns"],
    responses=READ_REFUSED,
    summary="The last safe and legal day of every step a body owes",
)
def backward_plan(
    campaign: CampaignId, organisation: OrganisationId, actor: Acting, service: TheService
) -> BackwardPlanOut:
    """Counted back from the final dates, with the reason of each day."""
    today = today_of(service)
    with service.database.read() as connection:
        _known(connection, organisation, today)
        season, found = body_plan(connection, campaign, organisation, today)
    return BackwardPlanOut(
        campaign=campaign,
        organisation=organisation,
        today=today,
        colour=found.colour if found else "green",
        slack_working_days=found.urgency.slack if found else None,
        missed=missed_out(found.urgency, found) if found else [],
        steps=[step_out(found, step, season.rulebook) for step in found.plan.steps] if found else [],
    )


@router.get(
    "/campaigns/{campaign}/organisations/{organisation}/meeting-days",
    tags=["meetings"],
    responses=READ_REFUSED,
    summary="On which days a body may meet, and why not on others",
)
def meeting_days(
    campaign: CampaignId,
    organisation: OrganisationId,
    actor: Acting,
    service: TheService,
    first: Annotated[date, Query(alias="from", description="The first day, counted.")],
    last: Annotated[date, Query(alias="to", description="The last day, counted; two months at most.")],
) -> MeetingDaysOut:
    """Each day as planning the meeting would be answered now; days before today are left out."""
    today = today_of(service)
    with service.database.read() as connection:
        _known(connection, organisation, today)
    found = meeting_days_of(service.engine, campaign, organisation, today, first, last)
    book = found.season.rulebook
    return MeetingDaysOut(
        campaign=campaign,
        organisation=organisation,
        last=found.last,
        safe=found.safe,
        reviews=[item.review for item in found.command.items] if found.command else [],
        days=[
            DayOut(
                day=one.day,
                verdict=one.verdict,
                slack_working_days=one.slack,
                concerns=list(one.concerns),
                refused_by=[
                    RefusedBy(review=review, rule=finding.rule, clause=book.rule(finding.rule).cite)
                    for review, finding in one.refused
                ],
            )
            for one in found.days
        ],
    )


def step_out(one: BodyPlan, step: Step, rulebook: Rulebook) -> StepOut:
    """One step for a machine."""
    part, why = one.plan.parts[step.part], step.why
    return StepOut(
        organisation=one.body.organisation,
        kind=part.kind,
        role=part.role,
        gate=step.gate,
        reviews=one.reviews_of(step),
        last=step.last,
        safe=step.safe,
        why=why.why if why else "",
        rule=why.rule if why else "",
        clause=rulebook.rule(why.rule).cite if why and why.rule else "",
        counted_from=why.counted_from if why else None,
        skipped=list(step.why_safe.skipped) if step.why_safe else [],
        body=why.body if why else "",
        provisional=step.provisional,
    )


def missed_out(found: Urgency, one: BodyPlan) -> list[MissedOut]:
    """What cannot be met any more."""
    return [
        MissedOut(
            gate=missed.step.gate,
            kind=one.plan.parts[missed.step.part].kind,
            last=missed.step.last,
            earliest=missed.earliest,
            overdue=missed.overdue,
        )
        for missed in found.missed
    ]


def today_of(service: Service) -> date:
    """Today in Asia/Ho_Chi_Minh."""
    return service.engine.now().astimezone(clock.ZONE).date()


def _known(connection: Connection, organisation: str, today: date) -> None:
    """NotFound for a body the roster does not have."""
    if organisation not in names_on(connection, today, bodies=[organisation]).bodies:
        raise NotFound("organisation", organisation)
