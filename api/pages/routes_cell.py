"""The addresses of a body's evening: it is recorded as a whole, its counts are kept row by row before."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.cell_count import forget_counts, keep_counts, keep_good_rows
from api.pages.cell_data import CellData, read_cell
from api.pages.cell_minutes import read_meeting
from api.pages.cell_page import cell_page
from api.pages.handing import SHOWN_BESIDE, Id, hand_over
from api.pages.problem_page import PageRoute
from api.pages.views_cell import CellPage
from api.pages.visits import Looking, Posted, Visit
from api.problems import kind_of

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.post("/c/{campaign}/o/{organisation}/meetings")
def meetings(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """A whole evening is recorded. Refused, the rows of its ballot that add up are kept all the same."""
    cell = _read(visit, campaign, organisation)

    def again(refused: Exception | None) -> CellPage:
        keep_good_rows(visit, cell, typed)
        return cell_page(visit, campaign, organisation, refused=refused, typed=typed, act="meetings")

    answer = hand_over(
        visit,
        typed,
        read_meeting(cell, typed),
        f"/c/{campaign}/o/{organisation}",
        again,
        lambda answer: cell_page(visit, campaign, organisation, answer=answer),
    )
    if answer.status_code == SEE_OTHER:
        forget_counts(visit, cell)
    return answer


@router.post("/c/{campaign}/o/{organisation}/counts")
def counts(visit: Looking, typed: Posted, campaign: Id, organisation: Id) -> Response:
    """Rows of a count that add up are kept; nothing is recorded. A row may be opened again to be changed."""
    cell = _read(visit, campaign, organisation)
    try:
        found = keep_counts(visit, cell, typed)
    except SHOWN_BESIDE as refused:
        page = cell_page(visit, campaign, organisation, refused=refused, typed=typed, act="meetings")
        return visit.answer(page, kind_of(refused).status)
    if typed.errors or typed.raw("edit") or not found.rows:
        page = cell_page(visit, campaign, organisation, typed=typed, act="meetings")
        return visit.answer(page, 422 if typed.errors else 200)
    return visit.go(f"/c/{campaign}/o/{organisation}#ballot-title", "saved")


SEE_OTHER = 303


def _read(visit: Visit, campaign: str, organisation: str) -> CellData:
    with visit.service.database.read() as connection:
        return read_cell(connection, visit, campaign, organisation)
