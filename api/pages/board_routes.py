"""The addresses of the board: looked at, kept as a view, taken as a file, reminded of."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from api.board_filter import Wanted, read_kept, wanted_of
from api.pages.board_page import KEPT, board_page
from api.pages.board_reminders_page import asked, before_page, send
from api.pages.board_sheet import board_sheet
from api.pages.handing import Id
from api.pages.handing_out import hand_out
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking, Posted
from handlers.audit.exports import BOARD
from handlers.saved_views import NAME_MAX, remove_view, save_view
from workflow.errors import BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Asked = Annotated[Wanted, Depends(wanted_of)]

_NOT_NOTED: Final = ("q", "fold", "page", "sort")
"""What is typed may be a name, which is not noted; the rest leaves nothing out."""


@router.get("/c/{campaign}")
def board(visit: Looking, campaign: Id, wanted: Asked) -> Response:
    """How far every body of a campaign is."""
    return visit.answer(board_page(visit, campaign, wanted))


@router.get("/c/{campaign}/board.xlsx")
def sheet(visit: Looking, campaign: Id, wanted: Asked) -> Response:
    """All that match, as a workbook."""
    content, name, rows = board_sheet(visit, campaign, wanted)
    filters = {"campaign": campaign} | {key: value for key, value in wanted.told() if key not in _NOT_NOTED}
    return hand_out(visit, content, name, what=BOARD, filter=filters, rows=rows)


@router.get("/c/{campaign}/reminders")
def reminders(visit: Looking, campaign: Id, wanted: Asked) -> Response:
    """What reminding all that match would come to."""
    return visit.answer(before_page(visit, asked(visit, campaign, wanted)))


@router.post("/c/{campaign}/reminders")
def reminding(visit: Looking, typed: Posted, campaign: Id, wanted: Asked) -> Response:
    """All that match are reminded; an outcome a body is told."""
    page, status = send(visit, campaign, wanted, typed.raw("mark"))
    return visit.answer(page, status)


@router.post("/c/{campaign}/views")
def keep(visit: Looking, typed: Posted, campaign: Id) -> Response:
    """What the board is narrowed to is kept under a name."""
    name, wanted = typed.text("name")[:NAME_MAX], read_kept(typed.raw("view"))
    problem, made = typed.errors.get("name", ""), None
    if not problem:
        try:
            with visit.service.database.write() as connection:
                made = save_view(connection, visit.known.id, name, wanted.kept, visit.now)
        except BadInput as refused:
            problem = refused.vi if visit.language == "vi" else refused.en
    if problem:
        page = replace(board_page(visit, campaign, wanted), view_name=name, view_problem=problem)
        return visit.answer(page, 422)
    address = wanted.address(f"/c/{campaign}")
    told = f"{'&' if '?' in address else '?'}{KEPT}={made}" if made is not None else ""
    return visit.go(f"{address}{told}", "done")


@router.post("/c/{campaign}/views/{view}/removal")
def forget(
    visit: Looking, typed: Posted, campaign: Id, view: Annotated[int, Path(ge=1, le=2**53)]
) -> Response:
    """A view is no longer kept."""
    with visit.service.database.write() as connection:
        remove_view(connection, visit.known.id, view)
    return visit.go(read_kept(typed.raw("view")).address(f"/c/{campaign}"), "done")
