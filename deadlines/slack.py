"""How much room a backward plan leaves today: what can no longer be met, what is near, what comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from deadlines.backward import Node, Plan, Step
from deadlines.chains import CONSULT, HOLD
from workflow.days import ONE_DAY, SATURDAY, Calendar

RED, AMBER, GREEN = "red", "amber", "green"
COLOURS: Final = (RED, AMBER, GREEN)

AMBER_WORKING_DAYS: Final = 2
"""With so many working days or fewer up to the last safe day a plan is at risk (house default, no clause)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """A date that cannot be met any more, or has passed: the step, and the first day it can still be done.

    `overdue` says that its last day is behind; otherwise it is `culprit`, a step before it, that came too
    late.
    """

    step: Step
    culprit: Step
    earliest: date
    overdue: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Urgency:
    """The room a plan leaves on a day.

    `slack` counts working days after today up to the last safe day of `step`, that day included; negative
    once it has passed, None where no date bounds anything. `missed` are the final dates that cannot be met,
    the earliest first.
    """

    colour: str
    slack: int | None = None
    step: Step | None = None
    missed: tuple[Missed, ...] = ()


def urgency(plan: Plan, calendar: Calendar, today: date, kind: str = "") -> Urgency:
    """What a plan asks for first, of reviews of one kind or of all.

    Red: a date cannot be met. Amber: at most AMBER_WORKING_DAYS are left.
    """
    steps = [step for step in plan.steps if not kind or plan.parts[step.part].kind == kind]
    first = min(
        (step for step in steps if step.safe is not None),
        key=lambda step: (step.safe or date.max, step.last or date.max),
        default=None,
    )
    if first is None or first.safe is None:
        return Urgency(colour=GREEN)
    slack = working_days_to(calendar, today, first.safe)
    missed = _missed(plan, steps, calendar, today)
    colour = RED if missed else colour_of(slack)
    return Urgency(colour=colour, slack=slack, step=first, missed=missed)


def colour_of(slack: int) -> str:
    """Amber or green, by the working days left to a last safe day."""
    return AMBER if slack <= AMBER_WORKING_DAYS else GREEN


def _missed(plan: Plan, steps: Sequence[Step], calendar: Calendar, today: date) -> tuple[Missed, ...]:
    if all(_is_easy(plan, step, today) for step in plan.steps):
        return ()
    possible = earliest(plan, calendar, today)
    found: dict[Node, Missed] = {}
    for step in steps:
        if step.last is None or possible[step.node] <= step.last:
            continue
        final = plan.final(step)
        if final.node not in found:
            found[final.node] = Missed(
                step=final,
                culprit=step,
                earliest=possible[final.node],
                overdue=final.last is not None and final.last < today,
            )
    return tuple(sorted(found.values(), key=lambda one: (one.step.last or date.max, one.step.part)))


def _is_easy(plan: Plan, step: Step, today: date) -> bool:
    """Whether nothing stands against a step's last day: it is ahead, and nothing is set for a later one."""
    part = plan.parts[step.part]
    set_for = step.planned if step.gate == HOLD else part.reply_until if step.gate == CONSULT else None
    return step.last is None or max(today, set_for or today) <= step.last


def earliest(plan: Plan, calendar: Calendar, today: date) -> Mapping[Node, date]:
    """The first legal day each step can be taken on, if all before it is done as soon as it can be.

    A meeting waits for its planned day, what follows a consultation for the day set for the answers.
    """
    found: dict[Node, date] = {}

    def of(node: Node) -> date:
        if node not in found:
            step, day = plan.by_node[node], today
            for before in plan.waits[node]:
                day = max(day, _after(of(before), plan.gaps.get(before), calendar))
            if step.gate == HOLD and step.planned is not None:
                day = max(day, step.planned)
            if step.gate == CONSULT:
                day = max(day, plan.parts[step.part].reply_until or day)
            found[node] = day
        return found[node]

    for step in plan.steps:
        of(step.node)
    return found


def _after(day: date, gap: tuple[int, bool] | None, calendar: Calendar) -> date:
    """The first day of a meeting when its notice goes out on `day`; `day` itself where none is asked for."""
    if gap is None:
        return day
    n, working = gap
    if not working:
        return day + timedelta(days=n)
    # in time is on or before the n-th working day before the meeting: count n of them from `day` on (C-01)
    while n:
        n -= is_worked(calendar, day)
        day += ONE_DAY
    return day


def working_days_to(calendar: Calendar, today: date, day: date) -> int:
    """Working days after `today` up to `day`, which is counted; behind today they count negative.

    Beyond the years the calendar holds Monday to Friday are counted: this warns and decides nothing.
    """
    way = 1 if day >= today else -1
    first, last = min(day, today), max(day, today)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return way * sum(is_worked(calendar, one) for one in days)


def is_worked(calendar: Calendar, day: date) -> bool:
    """Whether a day is worked; Monday to Friday beyond the years the calendar holds."""
    return calendar.is_working_day(day) if day.year in calendar.years else day.weekday() < SATURDAY
