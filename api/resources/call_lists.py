"""The call list for machines: who must do what by when, for people no e-mail reaches."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.asking import scope_of
from api.bodies import Day
from api.feeds import cites_of
from api.language import language_of
from api.resources.campaigns import CampaignId
from handlers.call_list import DAYS_AHEAD, call_list
from workflow.clock import ZONE

router = APIRouter()


class CallOut(BaseModel):
    """One thing to tell one person; `person` is empty where nobody answers for the body."""

    person: str
    name: str
    body: str
    capacity: str
    phone: str
    task: str
    safe_on: date
    due_on: date
    hour: str
    cite: str
    overdue: bool


class CallListOut(BaseModel):
    """By last safe day, then by name. It names people: for use inside only."""

    campaign: str
    organisation: str
    on: date
    until: date
    everybody: bool
    calls: list[CallOut]


@router.get(
    "/campaigns/{campaign}/call-list",
    tags=["deliveries"],
    responses=READ_REFUSED,
    summary="Whom to call about what",
)
def calls(
    request: Request,
    campaign: CampaignId,
    actor: Acting,
    service: TheService,
    on: Annotated[Day | None, Query(description="The day of the calls; today where none is given")] = None,
    days: Annotated[int, Query(ge=0, le=366)] = DAYS_AHEAD,
    everybody: Annotated[bool, Query(description="Also those who have an e-mail address")] = False,
) -> CallListOut:
    """Open steps best done within so many days, and overdue ones."""
    today = service.engine.now().astimezone(ZONE).date()
    with service.database.read() as connection:
        row = scope_of(service, actor).within(connection, campaign).row._mapping
        found = call_list(
            connection,
            campaign,
            str(row["organisation"]),
            on or today,
            language_of(request),
            cites=cites_of(service, connection, campaign),
            days=days,
            everybody=everybody,
        )
    return CallListOut.model_validate(found, from_attributes=True)
