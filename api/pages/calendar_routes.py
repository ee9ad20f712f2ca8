"""The addresses of the calendar: a year, the workbook, proposing, and one change with what it moves."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.pages.calendar_change_page import adopting_question, calendar_change_page
from api.pages.calendar_page import calendar_page, proposal, propose_command
from api.pages.handing import SHOWN_BESIDE, Id, hand_over
from api.pages.problem_page import PageRoute
from api.pages.typed import EMPTY, Typed
from api.pages.views_calendar import CalendarPage
from api.pages.visits import Looking, Posted, Visit
from api.problems import kind_of
from handlers.calendar_days import held_days
from handlers.calendar_sheet import read_days, template
from handlers.roster.workbook import Limits
from workflow.commands.calendar import ConfirmCalendarChange, WithdrawCalendarChange

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Year = Annotated[int | None, Query(ge=0, le=9999)]
Unit = Annotated[str, Query(max_length=100)]


@router.get("/calendar")
def year(visit: Looking, year: Year = None, unit: Unit = "") -> Response:
    """A year for everyone or for a unit; this year where none is named."""
    return visit.answer(calendar_page(visit, visit.today.year if year is None else year, unit.strip()))


@router.get("/calendar/template.xlsx")
def empty_workbook() -> Response:
    """The workbook to fill in."""
    headers = {"Content-Disposition": 'attachment; filename="kiemdiem-lich-lam-viec.xlsx"'}
    return Response(template(), media_type=XLSX, headers=headers)


@router.post("/calendar/changes")
def propose(visit: Looking, typed: Posted) -> Response:
    """Days typed into the form are proposed."""
    return hand_over(
        visit,
        typed,
        propose_command(typed),
        f"/calendar/changes/{typed.raw('change')}",
        lambda refused: calendar_page(visit, visit.today.year, typed=typed, refused=refused),
    )


@router.post("/calendar/files")
def propose_file(visit: Looking, typed: Posted) -> Response:
    """Days of a workbook are proposed; with one wrong cell none is, and all of them are shown."""
    file = typed.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        typed.wrong("file", EMPTY)
        return visit.answer(_again(visit, typed, None), 422)
    settings = visit.request.app.state.settings
    try:
        read = read_days(file.file.read(), Limits(file_bytes=settings.upload_bytes_max))
    except SHOWN_BESIDE as error:
        return visit.answer(_again(visit, typed, error), kind_of(error).status)
    with visit.service.database.read() as connection:
        read = read.checked(held_days(connection, read.days, visit.today))
    command = proposal(typed, read.days)
    if read.wrong:
        page = calendar_page(visit, visit.today.year, typed=typed, wrong=read.wrong, uploaded=True)
        return visit.answer(page, 422)
    return hand_over(
        visit,
        typed,
        None if typed.errors else command,
        f"/calendar/changes/{command.change}",
        lambda refused: _again(visit, typed, refused),
    )


@router.get("/calendar/changes/{change}")
def change(visit: Looking, change: Id) -> Response:
    """One change with every date it moves."""
    return visit.answer(calendar_change_page(visit, change))


@router.post("/calendar/changes/{change}/confirmation")
def confirm(visit: Looking, typed: Posted, change: Id) -> Response:
    """The days hold from now on."""
    return hand_over(
        visit,
        typed,
        ConfirmCalendarChange(change=change),
        f"/calendar/changes/{change}",
        lambda refused: calendar_change_page(visit, change, refused=refused),
        ask=lambda _decision: adopting_question(visit, calendar_change_page(visit, change)),
    )


@router.post("/calendar/changes/{change}/withdrawal")
def withdraw(visit: Looking, typed: Posted, change: Id) -> Response:
    """The proposal is taken back."""
    command = WithdrawCalendarChange(change=change, reason=typed.text("reason"))
    return hand_over(
        visit,
        typed,
        None if typed.errors else command,
        f"/calendar/changes/{change}",
        lambda refused: calendar_change_page(visit, change, typed=typed, refused=refused),
    )


def _again(visit: Visit, typed: Typed, refused: Exception | None) -> CalendarPage:
    return calendar_page(visit, visit.today.year, typed=typed, refused=refused, uploaded=True)
