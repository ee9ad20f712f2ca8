"""The calendar: a year for everyone or a unit, changes with the dates they move, the workbook to fill in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, File, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, REFUSED, TheService, etag
from api.asking import scope_of
from api.bodies import ID
from api.language import language_of
from api.resources.imports import SPREADSHEET
from api.wiring import Service
from handlers.calendar_days import held_days
from handlers.calendar_sheet import read_days, template
from handlers.calendar_view import (
    CampaignMoved,
    change_shown,
    changes_shown,
    moved_by,
    moves_seen,
    year_shown,
)
from handlers.roster.workbook import Limits
from workflow import clock
from workflow.calendar_changes import CalendarChange
from workflow.commands.calendar import DatedDay

router = APIRouter(tags=["calendar"])

ChangeId = Annotated[str, Path(pattern=ID, max_length=100)]


class DayOut(BaseModel):
    """A day that is not what its weekday says; `source` is the document, `name` the holiday."""

    day: date
    what: Literal["off", "worked", "half"]
    because: Literal["holiday", "swap", "entry"]
    name: str
    source: str
    unit: str
    provisional: bool


class YearOut(BaseModel):
    """Every special day of a year; `provisional` while its days off are not announced."""

    year: int
    unit: str
    provisional: bool
    announced_by: str
    working_days: int
    days: list[DayOut]


class DatedDayOut(BaseModel):
    """One day of a change."""

    day: date
    what: str
    unit: str
    provisional: bool
    document: str


class ChangeOut(BaseModel):
    """One change: who proposed it, who confirmed or withdrew it; empty and null while it waits."""

    change: str
    stage: Literal["proposed", "confirmed", "withdrawn"]
    days: list[DatedDayOut]
    document: str
    reason: str
    proposed_by: str
    proposed_on: date
    ended_by: str
    ended_on: date | None
    version: int


class ChangesOut(BaseModel):
    """Those to be confirmed first, then the newest."""

    items: list[ChangeOut]


class MovedOut(BaseModel):
    """One date another calendar moves, for so many open steps; `organisation` is empty for everyone."""

    organisation: str
    kind: str
    gate: str
    rule: str
    subject: str
    before_last: date
    after_last: date
    before_safe: date
    after_safe: date
    items: int


class CampaignMovedOut(BaseModel):
    """What a change moves in one campaign that is not closed."""

    campaign: str
    dates: int
    items: int
    moved: list[MovedOut]


class MovesOut(BaseModel):
    """What a change moved, or would move once confirmed."""

    change: str
    stage: str
    campaigns: list[CampaignMovedOut]


class WrongCellOut(BaseModel):
    """One wrong cell: where, what stands there, what is wrong."""

    cell: str
    value: str
    what: str


class SheetOut(BaseModel):
    """What a workbook says, ready to be proposed; nothing is kept of it. Days only where no cell is wrong."""

    days: list[DatedDayOut]
    wrong: list[WrongCellOut]


@router.get("/calendar/changes", responses=READ_REFUSED, summary="Changes of the calendar")
def changes(actor: Acting, service: TheService) -> ChangesOut:
    """The newest hundred, with their days."""
    with service.database.read() as connection:
        return ChangesOut(items=[_change(one) for one in changes_shown(connection)])


@router.get("/calendar/changes/{change}", responses=READ_REFUSED, summary="One change of the calendar")
def change(change: ChangeId, actor: Acting, service: TheService, response: Response) -> ChangeOut:
    """With the version a confirmation may name in `If-Match`."""
    with service.database.read() as connection:
        found = change_shown(connection, change)
    response.headers["ETag"] = etag(found.version)
    return _change(found)


@router.get(
    "/calendar/changes/{change}/moved", responses=READ_REFUSED, summary="Every date a change moves or moved"
)
def moved(change: ChangeId, actor: Acting, service: TheService) -> MovesOut:
    """Counted as of now while the change waits, as it was told to each campaign once it is confirmed."""
    with service.database.read() as connection:
        found = change_shown(connection, change)
        moves = moves_seen(connection, scope_of(service, actor), moved_by(connection, found, _today(service)))
    return MovesOut(change=found.id, stage=found.stage, campaigns=[_moves(one) for one in moves])


@router.get(
    "/calendar/template.xlsx",
    summary="The workbook of days to fill in",
    response_class=Response,
    responses={200: {"content": {SPREADSHEET: {}}}, **READ_REFUSED},
)
def template_file(actor: Acting) -> Response:
    """Columns, choices and a guide; empty of rows."""
    headers = {"Content-Disposition": 'attachment; filename="lich-lam-viec-mau.xlsx"'}
    return Response(template(), media_type=SPREADSHEET, headers=headers)


@router.post("/calendar/readings", responses=REFUSED, summary="Read a workbook of days")
def reading(
    request: Request, actor: Acting, service: TheService, file: Annotated[UploadFile, File()]
) -> SheetOut:
    """Every wrong cell at once, also those that the calendar as it is finds wrong. Nothing is proposed."""
    english = language_of(request) == "en"
    settings = request.app.state.settings
    read = read_days(file.file.read(), Limits(file_bytes=settings.upload_bytes_max))
    with service.database.read() as connection:
        read = read.checked(held_days(connection, read.days, _today(service)))
    return SheetOut(
        days=[] if read.wrong else [_day(one) for one in read.days],
        wrong=[
            WrongCellOut(cell=one.cell, value=one.value, what=one.en if english else one.vi)
            for one in read.wrong
        ],
    )


@router.get("/calendar/{year}", responses=READ_REFUSED, summary="The calendar of a year")
def year(
    request: Request,
    year: Annotated[int, Path(ge=0, le=9999)],
    actor: Acting,
    service: TheService,
    unit: Annotated[str, Query(pattern=f"^$|{ID}", max_length=100)] = "",
) -> YearOut:
    """Everyone's, or with `unit` that of a body by its own entries and those above it."""
    english = language_of(request) == "en"
    with service.database.read() as connection:
        found = year_shown(connection, year, unit, _today(service))
    return YearOut(
        year=found.year,
        unit=found.unit,
        provisional=found.provisional,
        announced_by=found.announced_by,
        working_days=found.working_days,
        days=[
            DayOut(
                day=one.day,
                what=one.what,
                because=one.because,
                name=one.name_en if english else one.name_vi,
                source=one.source,
                unit=one.unit,
                provisional=one.provisional or found.provisional,
            )
            for one in found.special
        ],
    )


def _today(service: Service) -> date:
    return service.engine.now().astimezone(clock.ZONE).date()


def _day(one: DatedDay) -> DatedDayOut:
    return DatedDayOut.model_validate(one, from_attributes=True)


def _change(found: CalendarChange) -> ChangeOut:
    return ChangeOut(
        change=found.id,
        stage=found.stage,
        days=[_day(one) for one in found.days],
        document=found.document,
        reason=found.reason,
        proposed_by=found.proposed_by,
        proposed_on=found.proposed_on,
        ended_by=found.ended_by,
        ended_on=found.ended_on,
        version=found.version,
    )


def _moves(found: CampaignMoved) -> CampaignMovedOut:
    return CampaignMovedOut(
        campaign=found.campaign,
        dates=len(found.moved),
        items=found.items,
        moved=[MovedOut.model_validate(one, from_attributes=True) for one in found.moved],
    )
