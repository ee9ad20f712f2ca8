"""Which step a body is late or nearly late with, in words, from the due dates of the campaign's rulebook."""

from __future__ import annotations

from datetime import date, datetime

from api.pages.counted import Standing
from api.pages.season_steps import TONES, teller
from api.pages.views import StatusText
from api.pages.words import Words
from deadlines.due import Due, day_of
from deadlines.due import late_steps as late
from deadlines.slack import GREEN, Urgency, urgency
from handlers.season.plans import BodyPlan, CampaignPlans
from handlers.season.words import COLOUR_WORDS, chosen


def late_steps(standing: Standing, due: dict[str, Due], now: datetime) -> tuple[str, ...]:
    """The steps whose last day, or hour, has passed with something left to do."""
    return late(counted(standing, due), now, lambda stage: standing.total(stage) - standing.done(stage))


def counted(standing: Standing, due: dict[str, Due]) -> dict[str, Due]:
    """The due dates of steps that are counted; that a result was announced is not."""
    return {stage: one for stage, one in due.items() if stage in standing.steps}


def how_late(one: Due, today: date, words: Words) -> str:
    """By how many days something is late; on its last day, since which hour."""
    _ = words.gettext
    days = (today - one.last).days
    if days < 1:
        return _("Trễ từ %(hour)s hôm nay") % {"hour": one.hour}
    return words.ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", days) % {"num": days}


def state_of(
    standing: Standing,
    due: dict[str, Due],
    now: datetime,
    words: Words,
    stages: dict[str, str],
    risk: StatusText | None = None,
) -> StatusText:
    """The one thing to know about a body: late, sent back, at risk, done, or where it stands.

    `risk` is what its backward plan warns of, if it does.
    """
    _ = words.gettext
    due = counted(standing, due)
    for stage, one in due.items():
        left = standing.total(stage) - standing.done(stage)
        if left > 0 and one.is_late(now):
            text = how_late(one, day_of(now), words)
            rest = words.ngettext("còn %(num)d kỳ", "còn %(num)d kỳ", left) % {"num": left}
            return StatusText(tone="late", text=f"{text}: {_(stages[stage]).lower()}, {rest}")
    if standing.returned:
        text = words.ngettext("Bị trả lại %(num)d kỳ", "Bị trả lại %(num)d kỳ", standing.returned)
        return StatusText(tone="refused", text=text % {"num": standing.returned})
    if risk is not None:
        return risk
    return _progressing(standing, words, stages)


def risks_of(plans: CampaignPlans, kind: str, language: str) -> dict[str, StatusText]:
    """Which bodies are at risk with their reviews of a kind, in a few words: by their backward plans."""
    told: dict[tuple[int, str], StatusText | None] = {}
    found: dict[str, StatusText] = {}
    for name, one in plans.bodies.items():
        unit, calendar = plans.season.calendar_of(name)
        key = (id(one.plan), unit)
        if key not in told:
            found_here = urgency(one.plan, calendar, plans.today, kind)
            told[key] = _risk(plans, one, found_here, language)
        state = told[key]
        if state is not None:
            found[name] = state
    return found


def _risk(plans: CampaignPlans, one: BodyPlan, found: Urgency, language: str) -> StatusText | None:
    if found.colour == GREEN or found.step is None:
        return None
    names = {name: other.body.name for name, other in plans.bodies.items()}
    tells = teller(plans, one, names, language)
    word = chosen(COLOUR_WORDS[found.colour], language)
    text = tells.short_missed(found.missed[0]) if found.missed else tells.short_warning(found.step)
    return StatusText(tone=TONES[found.colour], text=f"{word}: {text}")


def _progressing(standing: Standing, words: Words, stages: dict[str, str]) -> StatusText:
    _ = words.gettext
    total = standing.total()
    if not total:
        return StatusText(tone="none", text=_("Không có ai phải kiểm điểm"))
    steps = [step for step in standing.steps if standing.total(step)]
    if standing.finished(steps[-1]):
        return StatusText(tone="done", text=_("Xong"))
    if "approved" in steps and standing.finished(steps[steps.index("approved") - 1]):
        return StatusText(tone="decided", text=_("Chờ quyết định"))
    if "submitted" in steps and standing.finished("submitted"):
        return StatusText(tone="waiting", text=_("Chờ thẩm định"))
    for stage in (step for step in ("voted", "reviewed", "prepared") if step in steps):
        done = standing.done(stage)
        if done:
            return StatusText(tone="working", text=f"{_(stages[stage])}: {done}/{standing.total(stage)}")
    return StatusText(tone="none", text=_("Chưa bắt đầu"))
