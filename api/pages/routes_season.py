"""The addresses of the season: of a campaign, and of one body with its meeting planner."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.pages.body_season_page import Days, body_season_page
from api.pages.handing import Id
from api.pages.problem_page import PageRoute
from api.pages.season_page import season_page
from api.pages.visits import Looking
from workflow.errors import BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


@router.get("/c/{campaign}/season")
def season(visit: Looking, campaign: Id, month: Annotated[str, Query(max_length=7)] = "") -> Response:
    """Who must act by when to be in time, and the month."""
    return visit.answer(season_page(visit, campaign, month_of(month) if month else None))


@router.get("/c/{campaign}/o/{organisation}/season")
def body_season(
    visit: Looking,
    campaign: Id,
    organisation: Id,
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
    days: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The backward plan of one body, and days for its next meeting where they are looked for."""
    looked_for = Days(
        first=day_of("from", first) if first else None,
        last=day_of("to", last) if last else None,
        proposed=days == "proposed",
    )
    return visit.answer(body_season_page(visit, campaign, organisation, looked_for))


def month_of(text: str) -> date:
    """The first day of a month written "2017-01". BadInput for anything else."""
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError as error:
        raise BadInput(
            "month", text, "không phải tháng; viết như 2017-01.", "is no month; write it as 2017-01."
        ) from error


def day_of(name: str, text: str) -> date:
    """A day as a form sends it, dd/mm/yyyy, or as an address does, yyyy-mm-dd. BadInput for anything else."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise BadInput(name, text, "không phải ngày; viết như 18/01/2017.", "is no day; write it as 18/01/2017.")
