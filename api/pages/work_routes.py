"""The addresses of long work: the list, one piece of it, and going on with one that stopped."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.pages.problem_page import PageRoute
from api.pages.visits import Looking, Posted
from api.pages.work_asked import go_on
from api.pages.work_page import seen_work, work_page, works_page
from workflow.errors import NotFound

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Number = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/jobs")
def works(visit: Looking) -> Response:
    """What runs and what ran lately."""
    return visit.answer(works_page(visit))


@router.get("/jobs/{job}")
def work(visit: Looking, job: Number) -> Response:
    """One piece of work: how far it is, what came of it."""
    return visit.answer(work_page(visit, seen_work(visit, job)))


@router.post("/jobs/{job}/continuation")
def continuation(visit: Looking, typed: Posted, job: Number) -> Response:
    """Work that stopped is taken up where it stopped, by whoever asked for it in the same capacity."""
    found = seen_work(visit, job)
    if (found.asked_by, found.capacity) != (visit.known.id, visit.known.capacity):
        raise NotFound("page", f"/jobs/{job}/continuation")
    go_on(visit, found)
    return visit.go(f"/jobs/{job}")
