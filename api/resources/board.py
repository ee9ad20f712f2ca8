"""The board of a campaign: where every organisation stands, narrowed as on its page, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Connection, select

from api.actors import Acting
from api.answers import READ_REFUSED, TheService
from api.asking import scope_of
from api.board_filter import Show, StrictLevel, StrictSearch, StrictStep, Wanted
from api.bodies import ID, Kind
from api.language import language_of
from api.pages.board_rows import Row, read_rows
from api.pages.campaigns import campaign_of
from api.pages.visits import Visit
from api.resources.campaigns import CampaignId
from handlers.access.scope import Within
from handlers.among import among
from handlers.names import names_on
from handlers.season.remembered import settled_before
from handlers.tables import PROGRESS

router = APIRouter()

PAGE_MAX = 500


class BodyState(BaseModel):
    """How far a body is with its reviews of the kind asked for.

    `show` is the filter it stands under, empty for one on its way in time; `step` the first step somebody
    still has to pass, empty where nobody has.
    """

    show: str = Field(examples=["late"])
    step: str = Field(examples=["voted"])
    late: list[str] = Field(description="Steps whose date has passed with something left to do")
    days_late: int
    says: str = Field(examples=["Trễ 3 ngày: bỏ phiếu, còn 2 kỳ"])


class BoardRow(BaseModel):
    """One organisation: how many reviews of each kind stand at each stage, and how many hold each level.

    `state` is told where a kind was asked for.
    """

    organisation: str
    name: str
    stages: dict[str, dict[str, int]] = Field(examples=[{"individual": {"voted": 17, "open": 2}}])
    levels: dict[str, dict[str, int]] = Field(examples=[{"individual": {"HTTNV": 15, "HTXSNV": 2}}])
    state: BodyState | None = None


class Board(BaseModel):
    """Where the organisations of a campaign stand, by code, from counters whatever the number of reviews.

    `next` is what `after` takes for the following page.
    """

    campaign: str
    rows: list[BoardRow]
    next: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What of a board is asked for, a page of it. No kind: every kind is counted and nothing narrows."""

    kind: Kind | None
    wanted: Wanted
    after: str
    limit: int


def asked_of(
    kind: Annotated[Kind | None, Query(description="Only reviews of this kind")] = None,
    show: Annotated[Show, Query(description="By state; needs `kind`")] = "all",
    stage: Annotated[StrictStep, Query(description="The step they are stuck at; needs `kind`")] = None,
    level: Annotated[StrictLevel, Query(description="Some reviews have it; needs `kind`")] = None,
    q: Annotated[StrictSearch, Query(description="Body, its head, or a person; needs `kind`")] = None,
    after: Annotated[str, Query(pattern=ID, description="The last organisation of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 100,
) -> Asked:
    """The filters of the page, refused by name where the page would leave a wrong one out."""
    wanted = Wanted(kind=kind or "individual", show=show, stage=stage or "", level=level or "", query=q or "")
    if kind is None and wanted.narrows:
        raise RequestValidationError([{"type": "missing", "loc": ("query", "kind"), "input": None}])
    return Asked(kind=kind, wanted=wanted, after=after, limit=limit)


@router.get(
    "/campaigns/{campaign}/board",
    tags=["campaigns"],
    responses=READ_REFUSED,
    summary="Where every organisation stands",
)
def board(
    campaign: CampaignId,
    request: Request,
    actor: Acting,
    service: TheService,
    asked: Annotated[Asked, Depends(asked_of)],
) -> Board:
    """Counters by organisation, kind, stage and level; narrowed as the page of the board is."""
    visit = Visit(
        request=request,
        service=service,
        language=language_of(request),
        today=scope_of(service, actor).day,
        token="",
        actor=actor,
    )
    settled = settled_before(service.database)
    with service.database.read() as connection:
        within = visit.within(connection, campaign)
        states: dict[str, Row] = {}
        if asked.kind is not None:
            known, rulebook = campaign_of(connection, service, campaign)
            found = read_rows(connection, visit, within, known, rulebook, asked.wanted, settled)
            states = {row.body.body: row for row in found.kept}
            bodies = sorted(name for name in states if name > asked.after)[: asked.limit + 1]
        else:
            bodies = _bodies(connection, within, campaign, asked)
        rows = _rows(connection, within, campaign, asked.kind, bodies[: asked.limit])
    for row in rows:
        row.state = _state(states.get(row.organisation))
    return Board(
        campaign=campaign, rows=rows, next=rows[-1].organisation if len(bodies) > asked.limit else None
    )


def _bodies(connection: Connection, within: Within, campaign: str, asked: Asked) -> list[str]:
    """The bodies of a page, and one more where there is one."""
    chosen = (
        select(PROGRESS.c.organisation)
        .where(*_counted(campaign), within.bodies(PROGRESS.c.organisation))
        .where(PROGRESS.c.organisation > asked.after)
        .distinct()
        .order_by(PROGRESS.c.organisation)
        .limit(asked.limit + 1)
    )
    return list(connection.execute(chosen).scalars())


def _rows(
    connection: Connection, within: Within, campaign: str, kind: Kind | None, bodies: list[str]
) -> list[BoardRow]:
    chosen = select(PROGRESS).where(*_counted(campaign), among(PROGRESS.c.organisation, "bodies"))
    if kind is not None:
        chosen = chosen.where(PROGRESS.c.kind == kind)
    names = names_on(connection, within.row.roster_day, bodies=bodies)
    found = {
        body: BoardRow(organisation=body, name=names.body(body), stages={}, levels={}) for body in bodies
    }
    for row in connection.execute(chosen, {"bodies": bodies}):
        shown = found[row.organisation]
        _add(shown.stages, row.kind, row.stage, row.reviews)
        if row.level and within.content:
            _add(shown.levels, row.kind, row.level, row.reviews)
    return list(found.values())


def _counted(campaign: str) -> tuple[ColumnElement[bool], ...]:
    return PROGRESS.c.campaign == campaign, PROGRESS.c.reviews != 0


def _add(counts: dict[str, dict[str, int]], kind: str, name: str, reviews: int) -> None:
    of_kind = counts.setdefault(kind, {})
    of_kind[name] = of_kind.get(name, 0) + reviews


def _state(row: Row | None) -> BodyState | None:
    if row is None:
        return None
    return BodyState(
        show=row.shows,
        step=row.standing.stuck,
        late=list(row.late),
        days_late=row.days,
        says=row.state.text,
    )
