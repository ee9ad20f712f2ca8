"""Statistics of a campaign: levels by kind with shares that add up, the disciplined, what stands beside."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.asking import scope_of
from api.bodies import ID
from api.resources.campaigns import CampaignId
from handlers.statistics import Statistics, beside, statistics_of

router = APIRouter()


class ShareOut(BaseModel):
    """One level: how many, and the share of all rated in tenths of a percent."""

    level: str
    count: int
    tenths: int = Field(examples=[199])


class DistributionOut(BaseModel):
    """One kind, best level first; the shares add up to 1000 unless nobody is rated."""

    kind: str
    shares: list[ShareOut]
    rated: int
    owing: int
    unrated: int


class SumsOut(BaseModel):
    """One campaign; `disciplined` is null while some body has not declared its list complete."""

    campaign: str
    organisation: str
    year: int
    period: str
    distributions: list[DistributionOut]
    lowest: int
    disciplined: int | None


class StatisticsOut(SumsOut):
    """With the year before and the quarters of the same year beside it."""

    beside: list[SumsOut]


@router.get(
    "/campaigns/{campaign}/statistics",
    tags=["campaigns"],
    responses=READ_REFUSED,
    summary="Levels by kind, number and share",
)
def statistics(
    campaign: CampaignId,
    actor: Acting,
    service: TheService,
    organisation: Annotated[
        str | None, Query(pattern=ID, description="With everything below it; else the campaign's own")
    ] = None,
) -> StatisticsOut:
    """From the counters, whatever the number of reviews."""
    with service.database.read() as connection:
        row = scope_of(service, actor).within(connection, campaign).row._mapping
        body = organisation or str(row["organisation"])
        rulebook = service.engine.rulebook(connection, str(row["rulebook_hash"]))
        found = statistics_of(connection, rulebook, campaign, body)
        others = beside(connection, service.engine.rulebook, campaign, body)
    return StatisticsOut(**_out(found).model_dump(), beside=[_out(other) for other in others])


def _out(found: Statistics) -> SumsOut:
    return SumsOut.model_validate(found, from_attributes=True)
