"""The addresses of the insight: the page and its workbook."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.campaigns import campaign_of, visible
from api.pages.handing import Id
from api.pages.handing_out import hand_out
from api.pages.insight_page import branch, insight_page, names_of
from api.pages.problem_page import PageRoute
from api.pages.visits import Looking
from handlers.audit.exports import INSIGHT
from handlers.insight.reading import insight_of
from handlers.insight.sheet import rows_of, workbook
from workflow.errors import NotFound

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Body = Annotated[str, Query(max_length=100)]


@router.get("/c/{campaign}/insight")
def insight(
    visit: Looking,
    campaign: Id,
    organisation: Body = "",
    whole: Annotated[bool, Query(alias="all")] = False,
) -> Response:
    """Levels against quota, year before, vote and decision."""
    return visit.answer(insight_page(visit, campaign, organisation, whole=whole))


@router.get("/c/{campaign}/insight.xlsx")
def insight_sheet(visit: Looking, campaign: Id, organisation: Body = "") -> Response:
    """The same as a workbook. NotFound as for the page, and while the campaign is not open."""
    with visit.service.database.read() as connection:
        found, _ = campaign_of(connection, visit.service, campaign)
        body, _ = branch(connection, visit, found, organisation)
        if not visible(found):
            raise NotFound("campaign", campaign)
        seen = insight_of(connection, visit.service.engine.rulebook, found, body)
        names = names_of(connection, found, seen)
    return hand_out(
        visit,
        workbook(seen, names, visit.language),
        f"phan-tich-{campaign}.xlsx",
        what=INSIGHT,
        filter={"campaign": campaign, "organisation": body},
        rows=rows_of(seen),
    )
