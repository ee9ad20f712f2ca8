"""Campaigns: their list, one of them, its opening; the bodies, and what they declared."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import select

from api.actors import Acting
from api.answers import READ_REFUSED, REFUSED, TheService, etag
from api.asking import scope_of
from api.bodies import ID
from api.language import Language, language_of
from handlers.opening import open_campaign
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS
from handlers.tables import CAMPAIGNS, DECLARATIONS, NEIGHBOURS
from states import campaign as life
from workflow import clock

router = APIRouter()

CampaignId = Annotated[str, Path(pattern=ID)]
OrganisationId = Annotated[str, Path(pattern=ID)]


class CampaignOut(BaseModel):
    """One campaign. `subjects` is how many reviews its opening expands to."""

    campaign: str
    stage: str
    stage_name: str
    year: int
    period: str
    rulebook: str
    rulebook_hash: str
    organisation: str
    superior: str
    roster_day: date
    subjects: int
    version: int


class Campaigns(BaseModel):
    """Every campaign the asker may see."""

    items: list[CampaignOut]


class OrganisationOut(BaseModel):
    """A body of the roster as on the day asked for."""

    organisation: str
    name: str
    type: str
    superior: str | None


class Organisations(BaseModel):
    """Bodies by their code."""

    day: date
    items: list[OrganisationOut]


class Declaration(BaseModel):
    """A list declared complete as of a day, that day included."""

    list: str
    as_of: date


class NeighbourOut(BaseModel):
    """A same-level body's place on its own scale, 1 being the best."""

    neighbour: str
    kind: str
    rank: int
    scale_length: int
    rated_on: date


class ListsOut(BaseModel):
    """What an organisation has declared; the entries themselves are not shown here."""

    declared: list[Declaration]
    neighbours: list[NeighbourOut]


@router.get("/campaigns", tags=["campaigns"], responses=READ_REFUSED, summary="Every campaign")
def campaigns(request: Request, actor: Acting, service: TheService) -> Campaigns:
    """Newest year first; one that is not open yet only for those who prepare it."""
    chosen = (
        select(CAMPAIGNS)
        .where(scope_of(service, actor).campaigns())
        .order_by(CAMPAIGNS.c.year.desc(), CAMPAIGNS.c.campaign)
    )
    language = language_of(request)
    with service.database.read() as connection:
        rows = connection.execute(chosen).mappings().all()
    return Campaigns(items=[_out(row, language) for row in rows])


@router.get("/campaigns/{campaign}", tags=["campaigns"], responses=READ_REFUSED, summary="One campaign")
def campaign(
    campaign: CampaignId, request: Request, response: Response, actor: Acting, service: TheService
) -> CampaignOut:
    """With its version as `ETag`."""
    with service.database.read() as connection:
        row = scope_of(service, actor).within(connection, campaign).row
    shown = _out(row._mapping, language_of(request))
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.post(
    "/campaigns/{campaign}/opening",
    tags=["campaigns"],
    responses=REFUSED,
    summary="Open a planned campaign: the roster becomes reviews",
    description="Done in batches. When it was interrupted, sending it again goes on where it stopped.",
)
def opening(
    campaign: CampaignId, request: Request, response: Response, actor: Acting, service: TheService
) -> CampaignOut:
    """Expand the roster by the rulebook and make the campaign visible."""
    open_campaign(service.engine, actor, campaign)
    with service.database.read() as connection:
        row = scope_of(service, actor).within(connection, campaign).row
    shown = _out(row._mapping, language_of(request))
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.get("/organisations", tags=["organisations"], responses=READ_REFUSED, summary="The tree of bodies")
def organisations(
    actor: Acting,
    service: TheService,
    superior: Annotated[str | None, Query(pattern=ID, description="Only what is directly below")] = None,
    day: Annotated[date | None, Query(ge=date(1900, 1, 1), le=date(2100, 12, 31))] = None,
) -> Organisations:
    """Every body in scope the roster has on a day (today where none is given), with its direct superior."""
    on = day or service.engine.now().astimezone(clock.ZONE).date()
    seen = scope_of(service, actor).own_bodies(ORGANISATIONS.c.organisation_id)
    chosen = select(ORGANISATIONS).where(as_of(ORGANISATIONS, on), seen)
    chosen = chosen.order_by(ORGANISATIONS.c.organisation_id)
    if superior is not None:
        chosen = chosen.where(ORGANISATIONS.c.superior_id == superior)
    with service.database.read() as connection:
        rows = connection.execute(chosen).all()
    items = [
        OrganisationOut(
            organisation=row.organisation_id, name=row.name, type=row.type, superior=row.superior_id
        )
        for row in rows
    ]
    return Organisations(day=on, items=items)


@router.get(
    "/campaigns/{campaign}/organisations/{organisation}/lists",
    tags=["campaigns"],
    responses=READ_REFUSED,
    summary="Which lists an organisation declared complete, and the ratings beside it",
)
def lists(campaign: CampaignId, organisation: OrganisationId, actor: Acting, service: TheService) -> ListsOut:
    """What rests on absence: declared lists, and neighbours' ratings."""
    with service.database.read() as connection:
        declared = connection.execute(
            select(DECLARATIONS)
            .where(DECLARATIONS.c.campaign == campaign, DECLARATIONS.c.organisation == organisation)
            .order_by(DECLARATIONS.c.list)
        ).all()
        beside = connection.execute(
            select(NEIGHBOURS)
            .where(NEIGHBOURS.c.campaign == campaign, NEIGHBOURS.c.organisation == organisation)
            .order_by(NEIGHBOURS.c.neighbour)
        ).all()
    return ListsOut(
        declared=[Declaration(list=row.list, as_of=row.as_of) for row in declared],
        neighbours=[
            NeighbourOut(
                neighbour=row.neighbour,
                kind=row.kind,
                rank=row.rank,
                scale_length=row.scale_length,
                rated_on=row.rated_on,
            )
            for row in beside
        ],
    )


def _out(row: object, language: Language) -> CampaignOut:
    shown: dict[str, object] = dict(row)  # type: ignore[call-overload]  # a mapping of the driver
    vi, en = life.NAMES[str(shown["stage"])]
    return CampaignOut.model_validate({**shown, "stage_name": en if language == "en" else vi})
