"""The addresses of a cohort: looked at, tried, confirmed, recorded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.cell_deciding import deciders
from api.pages.decide_after import confirm_page, outcome_page, with_filter
from api.pages.decide_desk import Desk, desk, known_here, seen_versions
from api.pages.decide_page import NOTHING_CHOSEN, cohort_page
from api.pages.decide_paper import paper_page
from api.pages.handing import Id, key_of
from api.pages.problem_page import PageRoute
from api.pages.typed import Typed
from api.pages.visits import Looking, Posted, Visit
from api.pages.work_asked import going_already, set_going
from handlers.deciding_together import carry_out
from handlers.work.book import DECIDING, ROWS_AT_ONCE
from handlers.work.orders import JudgeTogether

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Body = Annotated[str, Query(max_length=100)]
PageNumber = Annotated[int, Query(ge=1, le=10_000)]


@router.get("/c/{campaign}/decide")
def cohort(visit: Looking, campaign: Id, body: Body = "", page: PageNumber = 1, paper: Body = "") -> Response:
    """Everything the visitor's body has to appraise or to decide; on paper where that is asked for."""
    here = desk(visit, campaign, body, page)
    return visit.answer(paper_page(here) if paper else cohort_page(here))


@router.post("/c/{campaign}/decide/trial")
def trial(visit: Looking, typed: Posted, campaign: Id, body: Body = "", page: PageNumber = 1) -> Response:
    """What was chosen, tried: nothing is saved."""
    return visit.answer(cohort_page(desk(visit, campaign, body, page, typed)))


@router.post("/c/{campaign}/decide/confirmation")
def confirmation(
    visit: Looking, typed: Posted, campaign: Id, body: Body = "", page: PageNumber = 1
) -> Response:
    """What follows from what was chosen, before it is recorded."""
    here = _checked(visit, typed, campaign, body, page)
    return visit.answer(cohort_page(here), 422) if typed.errors else visit.answer(confirm_page(here))


@router.post("/c/{campaign}/decide")
def record(visit: Looking, typed: Posted, campaign: Id, body: Body = "", page: PageNumber = 1) -> Response:
    """The rows chosen are appraised or decided, one command a report; an outcome a row is told.

    Many rows are long work, with a page of its own.
    """
    if begun := going_already(visit, key_of(typed)):
        return begun
    here = _checked(visit, typed, campaign, body, page)
    if typed.errors:
        return visit.answer(cohort_page(here), 422)
    if sum(len(rows) for rows in here.chosen.values()) > ROWS_AT_ONCE:
        orders = JudgeTogether(
            terms=here.terms,
            rows=dict(here.chosen),
            seen=seen_versions(typed),
            gone=known_here(visit, campaign, here.gone),
        )
        return set_going(visit, DECIDING, orders, key=key_of(typed), leads_to=with_filter(here, here.here))
    told = carry_out(
        visit.service.engine,
        here.chosen,
        here.terms,
        actor=visit.known,
        seen=seen_versions(typed),
        key=key_of(typed) or "",
        language=visit.language,
    )
    return visit.answer(outcome_page(here, told))


def _checked(visit: Visit, typed: Typed, campaign: str, body: str, page: int) -> Desk:
    here = desk(visit, campaign, body, page, typed)
    if here.terms.act == "decide":
        typed.text("document")
        typed.one_of("by", tuple(deciders(visit, here.rulebook)))
    if not here.chosen and not here.gone:
        typed.wrong("rows", NOTHING_CHOSEN)
    return here
