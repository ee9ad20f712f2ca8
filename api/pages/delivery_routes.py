"""The addresses of what leaves the building, and of the call list that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from api.pages.call_list_page import call_list_page, call_list_sheet
from api.pages.deliveries_page import deliveries_page
from api.pages.handing import Id
from api.pages.handing_out import hand_out
from api.pages.problem_page import PageRoute
from api.pages.typed import read_day
from api.pages.visits import Looking, Posted, Visit
from api.problems import kind_of
from handlers.audit.exports import CALL_LIST
from handlers.deliveries import Show, cancel, letters_seen, may_act, send_again
from workflow.errors import BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Typed = Annotated[str, Query(max_length=40)]
LetterId = Annotated[int, Path(ge=1, le=2**53)]


@router.get("/deliveries")
def letters(
    visit: Looking, show: Show = "all", before: Annotated[int | None, Query(ge=1, le=2**53)] = None
) -> Response:
    """Letters, their states and tries."""
    return visit.answer(deliveries_page(visit, show, before))


@router.post("/deliveries/{letter}/resending")
def resend(visit: Looking, typed: Posted, letter: LetterId) -> Response:
    """A dead or cancelled letter is put back."""
    return _done(visit, letter, send_again)


@router.post("/deliveries/{letter}/cancellation")
def cancel_letter(visit: Looking, typed: Posted, letter: LetterId) -> Response:
    """A waiting letter is taken out."""
    return _done(visit, letter, cancel)


@router.get("/c/{campaign}/call-list")
def calls(visit: Looking, campaign: Id, on: Typed = "", everybody: bool = False) -> Response:
    """Whom to call, to look at and to print."""
    return visit.answer(call_list_page(visit, campaign, _day(on), everybody))


@router.get("/c/{campaign}/call-list.xlsx")
def calls_sheet(visit: Looking, campaign: Id, on: Typed = "", everybody: bool = False) -> Response:
    """The same as a workbook."""
    content, name, people = call_list_sheet(visit, campaign, _day(on), everybody)
    return hand_out(visit, content, name, what=CALL_LIST, filter={"campaign": campaign}, rows=people)


def _day(text: str) -> date | None:
    """The day typed; None where none is. Raises BadInput for what is no day."""
    found = read_day(text)
    if text.strip() and found is None:
        raise BadInput(
            "on",
            text,
            "không phải là ngày; ghi theo dạng ngày/tháng/năm, ví dụ 16/01/2017.",
            "is no day; write it as day/month/year, for example 16/01/2017.",
        )
    return found


def _done(visit: Visit, letter: int, act: Callable[..., None]) -> Response:
    may_act(visit.known)
    at, only = visit.service.engine.now(), letters_seen(visit.scope)
    try:
        with visit.service.database.write() as connection:
            act(connection, letter, by=visit.known.id, at=at, only=only)
    except BadInput as refused:
        return visit.answer(deliveries_page(visit, refused=refused), kind_of(refused).status)
    return visit.go("/deliveries", "done")
