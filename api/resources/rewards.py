"""Rewards of a campaign: who was put forward for what, and how many titles are left."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.asking import scope_of
from api.pages.campaigns import campaign_of
from api.resources.campaigns import CampaignId
from handlers.access.things import rewards_seen
from handlers.rewarded import put_forward, titles_left

router = APIRouter()


class RewardOut(BaseModel):
    """One reward; `doubted` names reviews it rests on whose level was cancelled since."""

    reward: str
    review: str
    award: str
    granted_by: str
    by: str
    through: str
    stage: str
    proposed_on: date
    ended_on: date | None
    document: str
    version: int
    doubted: list[str]


class TitlesOut(BaseModel):
    """Exemplary cells granted and allowed, and the number they are counted on."""

    granted: int
    allowed: int
    base: int
    rule: str


class RewardsOut(BaseModel):
    """Newest first; `titles` is null where no clause sets a share."""

    items: list[RewardOut]
    titles: TitlesOut | None


@router.get(
    "/campaigns/{campaign}/rewards",
    tags=["rewards"],
    responses=READ_REFUSED,
    summary="Who was put forward for a reward",
)
def rewards(campaign: CampaignId, actor: Acting, service: TheService) -> RewardsOut:
    """With the share of titles of the whole organisation."""
    with service.database.read() as connection:
        planned, rulebook = campaign_of(connection, service, campaign)
        found = put_forward(connection, campaign, rewards_seen(scope_of(service, actor)))
        left = titles_left(connection, planned, rulebook, planned.organisation, planned.roster_day)
    return RewardsOut(
        items=[RewardOut.model_validate(one, from_attributes=True) for one in found],
        titles=TitlesOut.model_validate(left, from_attributes=True) if left else None,
    )
