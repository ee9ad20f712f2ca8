"""Steps of a backward plan as pages show them: words, days, clause, and a sign for how near they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.pages.addresses import rule_address
from api.pages.views import Clause, Link, StatusText, Tone
from api.pages.views_season import StepLine
from deadlines.backward import Step
from deadlines.slack import AMBER, GREEN, RED, Urgency, colour_of, working_days_to
from handlers.season.plans import BodyPlan, CampaignPlans
from handlers.season.words import COLOUR_WORDS, Teller, chosen, slack_words

TONES: Mapping[str, Tone] = {RED: "late", AMBER: "risk", GREEN: "working"}


def teller(plans: CampaignPlans, one: BodyPlan, names: Mapping[str, str], language: str) -> Teller:
    """Who tells the steps of a body."""
    return Teller(plans.season, one.plan, one.body.counts, names, language)


def state_of(urgency: Urgency, language: str, href: str | None = None) -> StatusText:
    """The colour of a body in words, with its room in working days."""
    return StatusText(tone=TONES[urgency.colour], text=slack_words(urgency, language), href=href)


def step_line(
    plans: CampaignPlans,
    one: BodyPlan,
    steps: Sequence[Step],
    tells: Teller,
    language: str,
    body: Link | None = None,
) -> StepLine:
    """A step as a line; further ones are the same step of other reviews, by the same days."""
    step = steps[0]
    cite, why = tells.clause(step), tells.telling(step).why
    href = rule_address(plans.season.rulebook.hash, why.rule) if why is not None else None
    return StepLine(
        task=tells.task(*steps),
        safe=step.safe,
        last=step.last,
        hour=step.own.hour if step.own is not None and step.own.last == step.last else "",
        who=tells.who(step),
        why=tells.because(step),
        clause=Clause(label=cite, href=href) if cite else None,
        state=_near(plans, one, step, language),
        body=body,
    )


def alike(one: BodyPlan, tells: Teller) -> tuple[tuple[Step, ...], ...]:
    """The steps of a plan, those told in the same words but for whom they are about together."""
    found: dict[tuple[object, ...], list[Step]] = {}
    for step in one.plan.steps:
        why = step.why
        key = (
            step.gate,
            step.safe,
            step.last,
            tells.who(step),
            *((why.why, why.rule, why.counted_from, why.body) if why is not None else ()),
        )
        found.setdefault(key, []).append(step)
    return tuple(tuple(steps) for steps in found.values())


def _near(plans: CampaignPlans, one: BodyPlan, step: Step, language: str) -> StatusText | None:
    """How near one step is; nothing while there is room."""
    if step.safe is None or step.last is None:
        return None
    _, calendar = plans.season.calendar_of(one.body.organisation)
    slack = working_days_to(calendar, plans.today, step.safe)
    colour = RED if step.last < plans.today else colour_of(slack)
    if colour == GREEN:
        return StatusText(tone=TONES[GREEN], text=chosen(COLOUR_WORDS[GREEN], language))
    return state_of(Urgency(colour=colour, slack=slack, step=step), language)
