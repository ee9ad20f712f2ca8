"""Remediation plans as JSON: how far they are. What a shortcoming is stays on the page of its plan."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from api.actors import Acting
from api.answers import READ_REFUSED, TheService, etag
from api.asking import scope_of
from api.resources.campaigns import CampaignId
from api.resources.meetings import SomeId
from handlers.access.things import plans_seen
from handlers.plan_views import plan_seen, plans_of

router = APIRouter()


class PlanItemOut(BaseModel):
    """One shortcoming by its key: who answers for it, by when, and since when it is remedied."""

    key: str
    responsible: str
    due: date
    remedied: date | None


class PlanOut(BaseModel):
    """A plan as its events tell it, without the text of its shortcomings."""

    plan: str
    version: int
    campaign: str
    organisation: str
    review: str
    stage: str
    monitor: str | None
    appraiser: str | None
    next_due: date | None
    items: list[PlanItemOut]


class PlanRowOut(BaseModel):
    """One plan in the list of a campaign."""

    model_config = ConfigDict(from_attributes=True)

    plan: str
    organisation: str
    review: str
    stage: str
    items: int
    open_items: int
    next_due: date | None


class Plans(BaseModel):
    """Every plan of a campaign, the earliest open day first."""

    campaign: str
    items: list[PlanRowOut]


@router.get(
    "/campaigns/{campaign}/plans",
    tags=["plans"],
    responses=READ_REFUSED,
    summary="The remediation plans of a campaign",
)
def plans(campaign: CampaignId, actor: Acting, service: TheService) -> Plans:
    """How far each is, and the next day by which something is to be remedied."""
    with service.database.read() as connection:
        rows = plans_of(connection, campaign, plans_seen(scope_of(service, actor)))
    return Plans(campaign=campaign, items=[PlanRowOut.model_validate(row) for row in rows])


@router.get("/plans/{plan}", tags=["plans"], responses=READ_REFUSED, summary="One remediation plan")
def plan(plan: SomeId, response: Response, actor: Acting, service: TheService) -> PlanOut:
    """With its version as `ETag`."""
    with service.database.read() as connection:
        seen = plan_seen(connection, plan)
    response.headers["ETag"] = etag(seen.plan.version)
    return PlanOut(
        plan=seen.plan.id,
        version=seen.plan.version,
        campaign=seen.plan.campaign,
        organisation=seen.plan.organisation,
        review=seen.plan.review,
        stage=seen.plan.stage,
        monitor=seen.plan.monitor or None,
        appraiser=seen.plan.appraiser or None,
        next_due=seen.plan.next_due,
        items=[
            PlanItemOut(key=item.key, responsible=item.responsible, due=item.due, remedied=item.remedied)
            for item in seen.items
        ],
    )
