"""The addresses of what follows the decisions: statistics and rewards."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.handing import Id, hand_over
from api.pages.handing_out import hand_out
from api.pages.problem_page import PageRoute
from api.pages.reward_page import act_command, ending, propose_command, reward_page
from api.pages.statistics_page import statistics_page, statistics_workbook
from api.pages.visits import Looking, Posted
from handlers.audit.exports import STATISTICS

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/c/{campaign}/statistics")
def statistics(
    visit: Looking, campaign: Id, organisation: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """Levels by number and share, the year before beside them."""
    return visit.answer(statistics_page(visit, campaign, organisation))


@router.get("/c/{campaign}/statistics.xlsx")
def statistics_sheet(
    visit: Looking, campaign: Id, organisation: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The same as a workbook, with every member's level."""
    content, people = statistics_workbook(visit, campaign, organisation)
    asked = {"campaign": campaign, "organisation": organisation}
    return hand_out(visit, content, f"thong-ke-{campaign}.xlsx", what=STATISTICS, filter=asked, rows=people)


@router.get("/c/{campaign}/rewards")
def rewards(visit: Looking, campaign: Id) -> Response:
    """Who may be put forward, who is, and how many titles are left."""
    return visit.answer(reward_page(visit, campaign))


@router.post("/c/{campaign}/rewards")
def propose(visit: Looking, typed: Posted, campaign: Id) -> Response:
    """Somebody is put forward."""
    return hand_over(
        visit,
        typed,
        propose_command(typed),
        f"/c/{campaign}/rewards",
        lambda refused: reward_page(visit, campaign, refused=refused, typed=typed),
    )


@router.post("/c/{campaign}/rewards/{reward}/{act}")
def act_on_reward(
    visit: Looking,
    typed: Posted,
    campaign: Id,
    reward: Id,
    act: Literal["decision", "refusal", "withdrawal"],
) -> Response:
    """A reward is granted, refused or withdrawn."""
    return hand_over(
        visit,
        typed,
        act_command(reward, act, typed),
        f"/c/{campaign}/rewards",
        lambda refused: reward_page(visit, campaign, refused=refused, typed=typed, about=f"{reward}/{act}"),
        ask=ending(visit, reward_page(visit, campaign), reward, act),
    )
