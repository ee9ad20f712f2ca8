"""The addresses on which a campaign is planned and opened."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from api.asking import handled
from api.pages.campaign_opening import opening_page
from api.pages.campaign_plan import new_page, offers, plan_page, read_plan, status_of
from api.pages.handing import SHOWN_BESIDE, Id, key_of
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking, Posted, Visit
from api.pages.work_asked import going_already, running_work, set_going
from handlers.work.book import OPENING
from handlers.work.orders import OpenCampaign
from workflow.commands.asking import Request

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/campaigns/new")
def new(visit: Looking) -> Response:
    """What a new campaign wants to know, and what would follow."""
    return visit.answer(new_page(visit))


@router.post("/campaigns")
def plan(visit: Looking, typed: Posted) -> Response:
    """A campaign is planned, and with `open` its opening begins beside the answer."""
    key = key_of(typed)
    if begun := going_already(visit, key):
        return begun
    offered = offers(visit)
    command = read_plan(visit, typed, offered) if offered else None
    if command is None:
        return visit.answer(plan_page(visit, offered, typed, None), 422)
    try:
        handled(visit.service, Request(command=command, actor=visit.known, key=key, language=visit.language))
    except SHOWN_BESIDE as refused:
        return visit.answer(plan_page(visit, offered, typed, command, refused), status_of(refused))
    if typed.tick("open"):
        return _open(visit, command.campaign, key)
    return visit.go(f"/campaigns/{command.campaign}/opening", "done")


@router.get("/campaigns/{campaign}/opening")
def planned(visit: Looking, campaign: Id) -> Response:
    """A planned campaign, and what opening it would come to."""
    return visit.answer(opening_page(visit, campaign))


@router.post("/campaigns/{campaign}/opening")
def opening(visit: Looking, typed: Posted, campaign: Id) -> Response:
    """A planned campaign is opened, or an interrupted opening gone on with, beside the answer."""
    return _open(visit, campaign, key_of(typed))


def _open(visit: Visit, campaign: str, key: str | None) -> Response:
    with visit.service.database.read() as connection:
        running = running_work(visit, connection, OPENING, f"/c/{campaign}")
    if running is not None:
        return visit.go(f"/jobs/{running.job}")
    return set_going(visit, OPENING, OpenCampaign(campaign=campaign), key=key, leads_to=f"/c/{campaign}")
