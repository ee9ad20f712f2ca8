"""The addresses of the audit: the log, what departs from the rule, sign-ins, exports, verification."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.pages.audit_departures import exceptions_page, late_page
from api.pages.audit_page import SHEET_MAX, Asked, log_page, read_log, refused_page
from api.pages.audit_security import exports_page, sign_ins_page
from api.pages.audit_verify import begin, checkpoint_page, verify_page
from api.pages.handing_out import hand_out
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking, Posted
from handlers.audit.exports import LOG_SEARCH
from handlers.audit.sheet import workbook

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Text = Annotated[str, Query(max_length=100)]
Before = Annotated[int | None, Query(ge=1, le=2**53)]


def _asked(
    review: Text = "",
    body: Text = "",
    person: Text = "",
    event: Text = "",
    actor: Text = "",
    text: Text = "",
    first: Text = "",
    last: Text = "",
) -> Asked:
    return Asked(
        review=review,
        body=body,
        person=person,
        event=event,
        actor=actor,
        text=text,
        first=first,
        last=last,
    )


Searching = Annotated[Asked, Depends(_asked)]


@router.get("/audit")
def log(visit: Looking, asked: Searching, before: Before = None) -> Response:
    """What the log tells, newest first."""
    return visit.answer(log_page(visit, asked, before))


@router.get("/audit/log.xlsx")
def log_sheet(visit: Looking, asked: Searching) -> Response:
    """The lines found as a workbook, the newest where they are too many."""
    found = read_log(visit, asked, before=None, limit=SHEET_MAX + 1)
    content = workbook(found[:SHEET_MAX], visit.language, cut=len(found) > SHEET_MAX)
    return hand_out(
        visit,
        content,
        f"so-ghi-{visit.today:%Y%m%d}.xlsx",
        what=LOG_SEARCH,
        filter=asked.kept(),
        rows=min(len(found), SHEET_MAX),
    )


@router.get("/audit/refused")
def refused(visit: Looking, asked: Searching, before: Before = None) -> Response:
    """What was asked for and refused."""
    return visit.answer(refused_page(visit, asked, before))


@router.get("/audit/exceptions")
def exceptions(visit: Looking, campaign: Text = "", organisation: Text = "") -> Response:
    """Departures from the rule and corrections."""
    return visit.answer(exceptions_page(visit, campaign, organisation))


@router.get("/audit/late")
def late(visit: Looking, campaign: Text = "", organisation: Text = "") -> Response:
    """What was entered late."""
    return visit.answer(late_page(visit, campaign, organisation))


@router.get("/audit/sign-ins")
def sign_ins(visit: Looking, account: Text = "", before: Before = None) -> Response:
    """What happened around signing in."""
    return visit.answer(sign_ins_page(visit, account, before))


@router.get("/audit/exports")
def exports(visit: Looking, before: Before = None) -> Response:
    """Which files were taken out."""
    return visit.answer(exports_page(visit, before))


@router.get("/audit/verify")
def verification(visit: Looking) -> Response:
    """Is the log whole?"""
    return visit.answer(verify_page(visit))


@router.post("/audit/verifications")
def verify(visit: Looking, typed: Posted) -> Response:
    """The whole log is verified, beside the answer."""
    begin(visit)
    return visit.go("/audit/verify")


@router.get("/audit/checkpoint")
def printed_checkpoint(visit: Looking) -> Response:
    """A checkpoint to print."""
    return visit.answer(checkpoint_page(visit))
