"""Which step a body is late or nearly late with, in words, from the due dates of the campaign's rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from api.pages.counted import Standing
from api.pages.format import STAGES
from api.pages.season_steps import TONES, teller
from api.pages.views import StatusText
from api.pages.words import Words
from api.pages.words import words as words_of
from deadlines.due import Due, day_of
from deadlines.slack import GREEN, Urgency, urgency
from handlers.season.plans import BodyPlan, CampaignPlans
from handlers.season.words import COLOUR_WORDS, chosen

Passed = tuple[tuple[str, Due], ...]
"""Steps whose last day, or hour, has passed, with that date."""


def passed_of(due: Mapping[str, Due], steps: tuple[str, ...], now: datetime) -> Passed:
    """The dates that have passed among steps that are counted; that a result was announced is not."""
    return tuple((step, one) for step, one in due.items() if step in steps and one.is_late(now))


def late_steps(standing: Standing, passed: Passed) -> tuple[str, ...]:
    """The steps whose date has passed with something left to do."""
    return tuple(step for step, _ in passed if not standing.finished(step))


def how_late(one: Due, today: date, words: Words) -> str:
    """By how many days something is late; on its last day, since which hour."""
    _ = words.gettext
    days = (today - one.last).days
    if days < 1:
        return _("Trễ từ %(hour)s hôm nay") % {"hour": one.hour}
    return words.ngettext("Trễ %(num)d ngày", "Trễ %(num)d ngày", days) % {"num": days}


def state_of(
    standing: Standing,
    passed: Passed,
    now: datetime,
    words: Words,
    risk: StatusText | None = None,
) -> StatusText:
    """The one thing to know about a body: late, sent back, at risk, done, or where it stands.

    `risk` is what its backward plan warns of, if it does.
    """
    _ = words.gettext
    for stage, one in passed:
        left = standing.total(stage) - standing.done(stage)
        if left > 0:
            text = how_late(one, day_of(now), words)
            rest = words.ngettext("còn %(num)d kỳ", "còn %(num)d kỳ", left) % {"num": left}
            return StatusText(tone="late", text=f"{text}: {_(STAGES[stage]).lower()}, {rest}")
    if standing.returned:
        text = words.ngettext("Bị trả lại %(num)d kỳ", "Bị trả lại %(num)d kỳ", standing.returned)
        return StatusText(tone="refused", text=text % {"num": standing.returned})
    if risk is not None:
        return risk
    return _progressing(standing, words.language)


@dataclass
class Risks:
    """Which bodies are at risk with their reviews of a kind, in a few words: by their backward plans."""

    plans: CampaignPlans
    kind: str
    language: str

    def __post_init__(self) -> None:
        self._told: dict[tuple[int, str], StatusText | None] = {}

    def of(self, body: str) -> StatusText | None:
        """What its plan warns of; None where there is time, or nothing is owed."""
        one = self.plans.bodies.get(body)
        if one is None:
            return None
        unit, calendar = self.plans.season.calendar_of(body)
        key = (id(one.plan), unit)
        if key not in self._told:
            found = urgency(one.plan, calendar, self.plans.today, self.kind)
            self._told[key] = self._risk(one, found)
        return self._told[key]

    def _risk(self, one: BodyPlan, found: Urgency) -> StatusText | None:
        if found.colour == GREEN or found.step is None:
            return None
        tells = teller(self.plans, one, self._names, self.language)
        word = chosen(COLOUR_WORDS[found.colour], self.language)
        text = tells.short_missed(found.missed[0]) if found.missed else tells.short_warning(found.step)
        return StatusText(tone=TONES[found.colour], text=f"{word}: {text}")

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {name: one.body.name for name, one in self.plans.bodies.items()}


def days_late(passed: Passed, late: Iterable[str], today: date) -> int:
    """By how many calendar days the first of these steps is late."""
    first = next(iter(late), None)
    return next(((today - one.last).days for step, one in passed if step == first), 0)


@lru_cache(maxsize=20_000)
def _progressing(standing: Standing, language: str) -> StatusText:
    """Where a body stands that nothing is wrong with; standings of the same counts are the same."""
    _ = words_of(language).gettext
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
    if not any(standing.done(step) for step in steps):
        return StatusText(tone="none", text=_("Chưa bắt đầu"))
    name, done = _(STAGES[standing.stuck]), standing.done(standing.stuck)
    if done:
        return StatusText(tone="working", text=f"{name}: {done}/{standing.total(standing.stuck)}")
    return StatusText(tone="waiting", text=_("Chờ %(stage)s") % {"stage": name.lower()})
