"""`kiemdiem season`: which bodies must act by when; of one body, its backward plan step by step."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.resources.season import missed_out, step_out, today_of
from api.terminal.output import (
    DEFAULT_DATABASE,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    answer_json,
    both,
    opened,
    terminal,
)
from api.wiring import Service
from handlers.names import names_on
from handlers.opening import read_campaign
from handlers.season.plans import BodyPlan, CampaignPlans, body_plan, campaign_plans
from handlers.season.words import Teller, slack_words
from workflow.errors import NotFound


def season(
    campaign: Annotated[str, typer.Argument(help="The campaign.")],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="ID", help="The backward plan of this body alone.")
    ] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """Say who must act by when to be in time, counted back from the final dates."""
    with opened(database) as service:
        read_campaign(service.engine, campaign)
        if organisation:
            _body(service, campaign, organisation, language, as_json)
            return
        with service.database.read() as connection:
            plans = campaign_plans(connection, campaign, today_of(service))
    if as_json:
        answer_json(
            {
                "campaign": campaign,
                "today": plans.today.isoformat(),
                **{colour: plans.count(colour) for colour in ("red", "amber", "green")},
                "at_risk": [_document(one, plans) for one in plans.at_risk()],
            }
        )
        return
    console = terminal()
    red, amber, green = (plans.count(colour) for colour in ("red", "amber", "green"))
    console.print(
        both(
            language,
            f"Hôm nay {plans.today:%d/%m/%Y}: {red} tổ chức không kịp, {amber} có nguy cơ, {green} còn kịp.",
            f"Today, {plans.today:%d/%m/%Y}: {red} cannot be in time, {amber} at risk, {green} in time.",
        )
    )
    table = Table()
    for words in (("Tổ chức", "Body"), ("Tình hình", "State"), ("Việc và ngày", "Task and day")):
        table.add_column(both(language, *words))
    names = {name: one.body.name for name, one in plans.bodies.items()}
    for one in plans.at_risk():
        tells = Teller(plans.season, one.plan, one.body.counts, names, language.value)
        missed = dict.fromkeys(tells.missed(missed) for missed in one.urgency.missed)
        step = one.urgency.step
        told = "\n".join(missed) or (tells.warning(step) if step is not None else "")
        table.add_row(one.body.name, slack_words(one.urgency, language.value), told)
    if table.row_count:
        console.print(table)


def _body(service: Service, campaign: str, organisation: str, language: Language, as_json: bool) -> None:
    today = today_of(service)
    with service.database.read() as connection:
        season, found = body_plan(connection, campaign, organisation, today)
        parts = found.plan.parts if found is not None else ()
        asked = {organisation, *(bound.body for part in parts for bound in part.bounds)}
        names = names_on(connection, today, bodies=asked).bodies
    if organisation not in names:
        raise NotFound("organisation", organisation)
    if as_json:
        plans = CampaignPlans(season=season, today=today, bodies={}, shapes=0)
        document = _document(found, plans) if found is not None else {"organisation": organisation}
        answer_json({"campaign": campaign, "today": today.isoformat(), **document})
        return
    console = terminal()
    if found is None:
        name = names[organisation]
        console.print(both(language, f"{name}: không còn việc nào.", f"{name}: nothing is left to do."))
        return
    console.print(f"{names[organisation]}: {slack_words(found.urgency, language.value)}")
    tells = Teller(season, found.plan, found.body.counts, names, language.value)
    for text in dict.fromkeys(tells.missed(missed) for missed in found.urgency.missed):
        console.print(text, markup=False)
    table = Table()
    for words in (
        ("An toàn đến", "Safe until"),
        ("Hết hạn", "Until"),
        ("Việc", "Task"),
        ("Vì sao", "Why"),
    ):
        table.add_column(both(language, *words))
    for step in found.plan.steps:
        safe = f"{step.safe:%d/%m/%Y}" if step.safe else "–"
        last = f"{step.last:%d/%m/%Y}" if step.last else "–"
        table.add_row(safe, last, tells.task(step), tells.because(step))
    console.print(table)


def _document(one: BodyPlan, plans: CampaignPlans) -> dict[str, object]:
    """A body for a machine, as the API gives it."""
    book = plans.season.rulebook
    return {
        "organisation": one.body.organisation,
        "name": one.body.name,
        "colour": one.colour,
        "slack_working_days": one.urgency.slack,
        "missed": [missed.model_dump(mode="json") for missed in missed_out(one.urgency, one)],
        "steps": [step_out(one, step, book).model_dump(mode="json") for step in one.plan.steps],
    }
