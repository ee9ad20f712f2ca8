"""The next step of one review in the backward plan of its body: by when it is safe, legal, and why."""

from __future__ import annotations

from sqlalchemy import Connection

from api.pages.review_offers import About
from api.pages.season_page import season_for
from api.pages.season_steps import step_line, teller
from api.pages.views import Link
from api.pages.views_season import NextStep
from api.pages.visits import Visit
from deadlines.chains import COLLECTIVE, HEAD, LEADER, MEMBER, ORGANISATION
from deadlines.standing import PLACES
from handlers.names import names_on
from handlers.season.plans import CampaignPlans, body_plan
from states import review as life
from workflow.bodies import Campaign
from workflow.review import Review
from workflow.rules.rulebook import Rulebook


def next_step(
    connection: Connection, visit: Visit, about: About, campaign: Campaign, rulebook: Rulebook
) -> NextStep | None:
    """The step of this review with the nearest safe day; None where no date bounds what is left of it."""
    review = about.outlook.review
    if review.stage in life.CLOSED:
        return None
    season, found = body_plan(
        connection, campaign.id, review.organisation, visit.today, season_for(campaign, rulebook)
    )
    if found is None:
        return None
    place = PLACES.get(review.remembered or review.stage, PLACES[life.PREPARED])
    role = _role(review, about)
    # who heads a venue elsewhere may be an ordinary leader here: the place among the steps tells more
    steps = [
        (found.plan.parts[step.part].role != role, step.safe, step.last or step.safe, step)
        for step in found.plan.steps
        if step.safe is not None
        and not found.plan.parts[step.part].guest
        and (found.plan.parts[step.part].kind, found.plan.parts[step.part].place) == (review.kind, place)
    ]
    step = min(steps, key=lambda one: one[:3])[3] if steps else None
    if step is None:
        return None
    bounds = {bound.body for part in found.plan.parts for bound in part.bounds}
    names = names_on(connection, visit.today, bodies=bounds).bodies
    plans = CampaignPlans(season=season, today=visit.today, bodies={review.organisation: found}, shapes=1)
    tells = teller(plans, found, names, visit.language)
    _ = visit.words.gettext
    return NextStep(
        step=step_line(plans, found, [step], tells, visit.language),
        warning=tells.warning(step),
        link=Link(label=_("Xem cả kế hoạch"), href=f"/c/{campaign.id}/o/{review.organisation}/season"),
    )


def _role(review: Review, about: About) -> str:
    if review.kind == life.COLLECTIVE:
        return COLLECTIVE
    if review.kind == life.ORGANISATION:
        return ORGANISATION
    known = about.outlook.known
    if known.value("subject.is_head") is True:
        return HEAD
    return LEADER if known.value("subject.is_leader") is True else MEMBER
