"""Due dates of a campaign, read off its deadline rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from workflow.days import Word, last_good_day
from workflow.rules.facts import VOCABULARY, Facts
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook

BEFORE_A_RECORDED_DAY = "strictly_before@1"


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDate:
    """One deadline: what must pass `gate` by the end of `last_good_day` (counted).

    `last_safe_day` is the last working day up to it, for reminders (C-06). `stated_day` and `word` are as the
    clause writes them, `hour` ("15:00", Asia/Ho_Chi_Minh) where it names one for that day. `when` narrows
    whom it is for, as in the rule.
    """

    rule: str
    cite: str
    gate: str
    kinds: tuple[str, ...]
    stated_day: date
    word: str
    last_good_day: date
    last_safe_day: date
    when: Mapping[str, Any]
    hour: str = ""


def due_dates(rulebook: Rulebook, campaign_year: int) -> tuple[DueDate, ...]:
    """The deadlines of an assessment year, earliest first.

    DayOutsideCalendar when the pinned calendar does not hold the year they fall in.
    """
    rules = {
        rule.id: rule
        for kind in ("collective", "individual", "organisation")
        for rule in rulebook.rules_of(Role.DEADLINE, kind)
        if "day" in rule.parameters and (not rule.assessment_years or campaign_year in rule.assessment_years)
    }
    found = [_due(rulebook, rule, gate, campaign_year) for rule in rules.values() for gate in rule.gates]
    return tuple(sorted(found, key=lambda due: (due.last_good_day, due.rule)))


def _due(rulebook: Rulebook, rule: Rule, gate: str, campaign_year: int) -> DueDate:
    given = rule.parameters
    if "month" in given:
        stated = date(campaign_year + given.get("years_after", 1), given["month"], given["day"])
    else:
        stated = given["day"]
    hour = given.get("hour", "")
    # an hour is what ends: "before 15:00 of the 13th" still leaves the 13th
    last = stated if hour else last_good_day(cast(Word, given["word"]), stated)
    when = {**rule.when, **({given["unless"]: False} if "unless" in given else {})}
    return DueDate(
        rule=rule.id,
        cite=rule.cite,
        gate=gate,
        kinds=rule.kinds,
        stated_day=stated,
        word=given["word"],
        last_good_day=last,
        last_safe_day=rulebook.calendar.last_working_day_up_to(last),
        when=when,
        hour=hour,
    )


def own_due_dates(rulebook: Rulebook, kind: str, facts: Facts) -> tuple[DueDate, ...]:
    """The deadlines a review has from a day that was recorded for its unit, such as a summing-up (C-62).

    Acts of the review come before that day, which is left out; nothing while the day is not known.
    """
    found: list[DueDate] = []
    for rule in rulebook.rules:
        later = rule.parameters.get("later") if rule.condition == BEFORE_A_RECORDED_DAY else None
        stated = facts.value(later) if isinstance(later, str) and kind in rule.kinds else None
        if not isinstance(stated, date) or not VOCABULARY[str(later)].recordable:
            continue
        last = last_good_day("before", stated)
        found.extend(
            DueDate(
                rule=rule.id,
                cite=rule.cite,
                gate=gate,
                kinds=rule.kinds,
                stated_day=stated,
                word="before",
                last_good_day=last,
                last_safe_day=rulebook.calendar.last_working_day_up_to(last),
                when=rule.when,
            )
            for gate in rule.gates
        )
    return tuple(sorted(found, key=lambda due: (due.last_good_day, due.rule)))
