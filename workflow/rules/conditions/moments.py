"""A deadline with an hour: the day alone decides, except on the stated day itself."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import DayFact, TextFact, Tighter, condition


@condition("by_fixed_moment", 1)
def by_fixed_moment(
    case: Case,
    *,
    fact: DayFact,
    hour_fact: TextFact,
    day: Annotated[date, Tighter.EARLIER],
    hour: Annotated[str, Tighter.EARLIER],
    word: str,
) -> Outcome:
    """The act took place `before`, or `at_latest` at, an hour of one dated day, Asia/Ho_Chi_Minh (C-05).

    Hours are "HH:MM" at +07:00, and `at_latest` 15:00 includes the minute 15:00. On another day the hour need
    not be known.
    """
    act = case.day(fact)
    case.note("last_good_day", day, f"calendar {day.isoformat()}")
    if act != day:
        return Outcome(
            verdict(act < day), f"{wording.day(act)} {'<' if act < day else '>'} {wording.day(day)}"
        )
    at, stated = time.fromisoformat(case.text(hour_fact)), time.fromisoformat(hour)
    in_time = at < stated if word == "before" else at <= stated
    sign = "<" if at < stated else "=" if at == stated else ">"
    return Outcome(verdict(in_time), f"{wording.day(act)} {at:%H:%M} {sign} {stated:%H:%M}")
