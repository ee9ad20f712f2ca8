"""The days on which a body may meet: which to take first, which to leave, and why.

What refuses a day is judged by the rules of planning a meeting and handed in; here it is weighed with the
backward plan and the calendar. Values in, values out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from deadlines.slack import is_worked, working_days_to
from workflow.days import Calendar
from workflow.rules.finding import Finding

BEST, POSSIBLE, REFUSED = "best", "possible", "refused"
VERDICTS: Final = (BEST, POSSIBLE, REFUSED)

NOT_WORKED, HALF_DAY, AFTER_SAFE, AFTER_LAST = "not_worked", "half_day", "after_safe", "after_last"
CONCERNS: Final = (HALF_DAY, NOT_WORKED, AFTER_SAFE, AFTER_LAST)
"""Why a day nobody refuses is still not proposed: it is half off, off, later than safe, or too late for a
date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WeighedDay:
    """One day: `best` days are proposed, `possible` ones only with their concerns, `refused` ones not at all.

    `slack` counts the working days from it to the last safe day of meeting; negative after it, None where no
    date asks for the meeting. `refused` are (review, finding) as planning a meeting would refuse them.
    """

    day: date
    verdict: str
    slack: int | None = None
    concerns: tuple[str, ...] = ()
    refused: tuple[tuple[str, Finding], ...] = ()


def weigh(
    days: Iterable[date],
    refusals: Mapping[date, tuple[tuple[str, Finding], ...]],
    calendar: Calendar,
    last: date | None,
    safe: date | None,
) -> tuple[WeighedDay, ...]:
    """Every day in its order. `last` and `safe` are those of the meeting in the backward plan."""
    return tuple(_weigh(day, refusals.get(day, ()), calendar, last, safe) for day in days)


def _weigh(
    day: date,
    refused: tuple[tuple[str, Finding], ...],
    calendar: Calendar,
    last: date | None,
    safe: date | None,
) -> WeighedDay:
    concerns = []
    if not is_worked(calendar, day):
        concerns.append(NOT_WORKED)
    elif calendar.is_half_day(day):
        concerns.append(HALF_DAY)
    if last is not None and day > last:
        concerns.append(AFTER_LAST)
    elif safe is not None and day > safe:
        concerns.append(AFTER_SAFE)
    verdict = REFUSED if refused else POSSIBLE if concerns else BEST
    slack = working_days_to(calendar, day, safe) if safe is not None else None
    return WeighedDay(day=day, verdict=verdict, slack=slack, concerns=tuple(concerns), refused=refused)


def proposals(weighed: Iterable[WeighedDay]) -> tuple[WeighedDay, ...]:
    """The days to propose: best ones by day, then possible ones with the fewest concerns; no refused one."""
    open_days = (one for one in weighed if one.verdict != REFUSED)
    return tuple(sorted(open_days, key=lambda one: (VERDICTS.index(one.verdict), _worst(one), one.day)))


def _worst(one: WeighedDay) -> int:
    return max((CONCERNS.index(concern) + 1 for concern in one.concerns), default=0)
