"""The campaign a page is about, with the rulebook it was opened with."""

from __future__ import annotations

from sqlalchemy import Connection

from api.wiring import Service
from states import campaign as life
from workflow.bodies import Campaign
from workflow.errors import NotFound
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.rules.rulebook import Rulebook


def campaign_of(connection: Connection, service: Service, campaign_id: str) -> tuple[Campaign, Rulebook]:
    """The campaign and its rulebook. NotFound where nothing was planned under that name."""
    stream = f"campaign/{campaign_id}"
    stored = Log(connection).read([stream])[stream]
    if not stored:
        raise NotFound("campaign", campaign_id)
    campaign = fold_stored(stream, stored)
    assert isinstance(campaign, Campaign), "a campaign stream folds to a campaign"
    return campaign, service.engine.rulebook(connection, campaign.rulebook_hash)


def visible(campaign: Campaign) -> bool:
    """Whether its reviews may be seen: nobody sees a campaign before it is complete."""
    return campaign.stage in (life.OPEN, life.CLOSED)
