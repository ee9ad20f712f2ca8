"""The addresses of what is entered for many reviews of a body at once."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.cell_data import read_cell
from api.pages.handing import Id, key_of
from api.pages.problem_page import PageRoute
from api.pages.together_orders import orders
from api.pages.together_page import Bench, keyed, send_all, together_page
from api.pages.visits import Looking, Posted, Visit
from api.pages.work_asked import going_already, set_going
from handlers.work.book import MANY, ROWS_AT_ONCE
from handlers.work.orders import EnterMany, named

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
    """The same is entered for many; what came of each is told, on a page of its own where they are many."""
    key = key_of(typed)
    if begun := going_already(visit, key):
        return begun
    bench = _bench(visit, campaign, organisation)
    commands = orders(bench, what, typed)
    if not commands:
        return visit.answer(together_page(bench, what=what, typed=typed), 422)
    if len(commands) > ROWS_AT_ONCE:
        kept = EnterMany(commands=tuple(named(*one) for one in keyed(bench, commands, key or "")))
        return set_going(visit, MANY, kept, key=key, leads_to=f"/c/{campaign}/o/{organisation}")
    rows = send_all(bench, commands, key or "")
    return visit.answer(together_page(_bench(visit, campaign, organisation), rows=rows))


def _bench(visit: Visit, campaign: str, organisation: str) -> Bench:
    with visit.service.database.read() as connection:
        return Bench(visit, read_cell(connection, visit, campaign, organisation))
