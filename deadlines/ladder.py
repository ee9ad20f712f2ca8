"""The days on which one deadline is reminded of, as rungs of a ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.days import ONE_DAY, SATURDAY, Calendar
from workflow.rules.reminding import Reminding

BEFORE, ON_DAY, AFTER, ESCALATE = "before", "day", "after", "escalate"


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder of one date: `name` as in "before:5", and the `day` it is for.

    `level` 0 is for those responsible, n for the n-th superior.
    """

    name: str
    level: int
    day: date


def rungs(reminding: Reminding, calendar: Calendar, safe_day: date, last_day: date) -> tuple[Rung, ...]:
    """The rungs of a deadline in the order of their days.

    "before:n" is the n-th working day before `safe_day`, which is not counted; "day:0" is `safe_day` itself;
    "after:n" is the n-th working day after `last_day`, and "escalate:k" the day the k-th superior is told.
    Beyond the years the calendar holds Monday to Friday are counted: a reminder decides nothing.
    """
    found = [Rung(f"{BEFORE}:{n}", 0, _counted(calendar, safe_day, n, -1)) for n in reminding.before]
    if reminding.on_day:
        found.append(Rung(f"{ON_DAY}:0", 0, safe_day))
    found += [Rung(f"{AFTER}:{n}", 0, _counted(calendar, last_day, n, 1)) for n in reminding.after]
    found += [
        Rung(f"{ESCALATE}:{level}", level, _counted(calendar, last_day, n, 1))
        for level, n in enumerate(reminding.escalate, start=1)
    ]
    return tuple(sorted(found, key=lambda rung: rung.day))  # of one day, those responsible hear first


def _counted(calendar: Calendar, day: date, n: int, way: int) -> date:
    """The n-th working day from `day`, itself not counted, forwards (1) or backwards (-1)."""
    while n:
        day += way * ONE_DAY
        n -= _is_worked(calendar, day)
    return day


def _is_worked(calendar: Calendar, day: date) -> bool:
    return calendar.is_working_day(day) if day.year in calendar.years else day.weekday() < SATURDAY
