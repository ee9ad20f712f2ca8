"""The addresses of the board: looked at, kept as a view, taken as a file, reminded of."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from api.pages.board_filter import Wanted, read_kept, wanted_of
from api.pages.board_page import board_page
from api.pages.handing import Id
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking, Posted
from handlers.saved_views import NAME_MAX, remove_view, save_view

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Asked = Annotated[Wanted, Depends(wanted_of)]


@router.get("/c/{campaign}")
def board(visit: Looking, campaign: Id, wanted: Asked) -> Response:
    """How far every body of a campaign is."""
    return visit.answer(board_page(visit, campaign, wanted))


@router.post("/c/{campaign}/views")
def keep(visit: Looking, typed: Posted, campaign: Id) -> Response:
    """What the board is narrowed to is kept under a name."""
    name, wanted = typed.text("name")[:NAME_MAX], read_kept(typed.raw("view"))
    if not typed.errors:
        with visit.service.database.write() as connection:
            save_view(connection, visit.known.id, name, wanted.kept, visit.now)
    return visit.go(wanted.address(f"/c/{campaign}"), "done")


@router.post("/c/{campaign}/views/{view}/removal")
def forget(
    visit: Looking, typed: Posted, campaign: Id, view: Annotated[int, Path(ge=1, le=2**53)]
) -> Response:
    """A view is no longer kept."""
    with visit.service.database.write() as connection:
        remove_view(connection, visit.known.id, view)
    return visit.go(read_kept(typed.raw("view")).address(f"/c/{campaign}"), "done")
