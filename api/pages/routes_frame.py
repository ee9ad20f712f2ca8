"""The addresses beside the work: how one reads, a search, every campaign."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages import look
from api.pages.home_page import campaigns_page
from api.pages.problem_page import PageRoute
from api.pages.search_page import search_page
from api.pages.tour import COOKIE, PUT_AWAY
from api.pages.views import Choice
from api.pages.views_frame import LookPage
from api.pages.visits import Looking, Posted

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/look")
def how_one_reads(visit: Looking) -> Response:
    """Size of type, light or dark, and the keys."""
    _ = visit.words.gettext
    now = look.look_of(visit.request)
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
    page = LookPage(
        frame=frame,
        sizes=tuple(
            Choice(value=size, label=_(label), chosen=size == now.size) for size, label in look.SIZES.items()
        ),
        themes=tuple(
            Choice(value=theme, label=_(label), chosen=theme == now.theme)
            for theme, label in look.THEMES.items()
        ),
    )
    return visit.answer(page)


@router.post("/look")
def choose_how_one_reads(visit: Looking, typed: Posted) -> Response:
    """The browser remembers it, the service does not."""
    answer = visit.go("/look", "done")
    wanted = look.chosen(typed.raw("size"), typed.raw("theme"))
    look.remember(answer, wanted, secure=visit.request.url.scheme == "https")
    return answer


@router.get("/search")
def search(visit: Looking, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Bodies and people in scope whose name has these words, with or without accents."""
    return visit.answer(search_page(visit, q.strip()))


@router.get("/campaigns")
def campaigns(visit: Looking) -> Response:
    """Every campaign the visitor sees."""
    return visit.answer(campaigns_page(visit))


@router.post("/tour/dismissal")
def put_the_tour_away(visit: Looking, typed: Posted) -> Response:
    """The walk through the demo is not shown to this browser any more."""
    answer = visit.go("/")
    answer.set_cookie(COOKIE, PUT_AWAY, max_age=look.A_YEAR, httponly=True, samesite="lax", path="/")
    return answer
