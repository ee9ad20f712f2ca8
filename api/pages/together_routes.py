"""The addresses of what is entered for many reviews of a body at once."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.cell_data import read_cell
from api.pages.handing import Id, key_of
from api.pages.problem_page import PageRoute
from api.pages.together_orders import orders
from api.pages.together_page import Bench, send_all, together_page
from api.pages.visits import Looking, Posted, Visit

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/c/{campaign}/o/{organisation}/together")
def together(visit: Looking, campaign: Id, organisation: Id) -> Response:
    """What may be entered for many at once."""
    return visit.answer(together_page(_bench(visit, campaign, organisation)))


@router.post("/c/{campaign}/o/{organisation}/together/{what}")
def enter_together(
    visit: Looking,
    typed: Posted,
    campaign: Id,
    organisation: Id,
    what: Literal["preparations", "self-ratings", "facts"],
) -> Response:
    """The same is entered for many; what came of each is told."""
    bench = _bench(visit, campaign, organisation)
    commands = orders(bench, what, typed)
    if not commands:
        return visit.answer(together_page(bench, what=what, typed=typed), 422)
    rows = send_all(bench, commands, key_of(typed) or "")
    return visit.answer(together_page(_bench(visit, campaign, organisation), rows=rows))


def _bench(visit: Visit, campaign: str, organisation: str) -> Bench:
    with visit.service.database.read() as connection:
        return Bench(visit, read_cell(connection, visit, campaign, organisation))
