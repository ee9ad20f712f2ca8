"""The addresses of people and bodies of the roster."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.handing import Id
from api.pages.people_page import body_page, people_page, person_page
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/people")
def people(visit: Looking, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Who and what is found by name or code."""
    return visit.answer(people_page(visit, q))


@router.get("/people/{person}")
def person(visit: Looking, person: Id) -> Response:
    """One person."""
    return visit.answer(person_page(visit, person))


@router.get("/organisations/{organisation}")
def organisation(visit: Looking, organisation: Id) -> Response:
    """One body."""
    return visit.answer(body_page(visit, organisation))
