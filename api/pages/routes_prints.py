"""The addresses of what a body prints: each paper as a page on A4 and as a workbook."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.pages.handing import Id
from api.pages.prints.page import SUBMISSION, OfAMeeting, print_page, print_sheet
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/c/{campaign}/o/{organisation}/print/submission.xlsx")
def submission_sheet(visit: Looking, campaign: Id, organisation: Id) -> Response:
    """The list put forward, as a workbook."""
    return print_sheet(visit, campaign, organisation, SUBMISSION)


@router.get("/c/{campaign}/o/{organisation}/print/submission")
def submission(visit: Looking, campaign: Id, organisation: Id) -> Response:
    """The list put forward, to be printed."""
    return visit.answer(print_page(visit, campaign, organisation, SUBMISSION))


@router.get("/c/{campaign}/o/{organisation}/print/{paper}.xlsx")
def meeting_sheet(visit: Looking, campaign: Id, organisation: Id, paper: OfAMeeting) -> Response:
    """A paper of the meeting, as a workbook."""
    return print_sheet(visit, campaign, organisation, paper)


@router.get("/c/{campaign}/o/{organisation}/print/{paper}")
def meeting_paper(visit: Looking, campaign: Id, organisation: Id, paper: OfAMeeting) -> Response:
    """A paper of the meeting, to be printed."""
    return visit.answer(print_page(visit, campaign, organisation, paper))
