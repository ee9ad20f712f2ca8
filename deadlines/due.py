"""Until when each step of a campaign is owed, read off its rulebook, and which steps are late or near."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from states import review as life
from workflow.days import DayOutsideCalendar
from workflow.rules.due_dates import DueDate, due_dates
from workflow.rules.rulebook import Rulebook

STAGE_OF_GATE = {"hold_session": life.REVIEWED, "count_ballot": life.VOTED, "submit": life.SUBMITTED}
"""The step that is done when an act with a due date is done."""

NEAR_DAYS = 7
"""From so many calendar days before the last safe day on, what is not done is at risk (house default)."""


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a step is owed: the last day the clause allows, and the last working day up to it."""

    stage: str
    last: date
    safe: date
    cite: str

    def is_late(self, today: date) -> bool:
        """Whether the last day has passed; on that day itself nothing is late."""
        return today > self.last

    def is_near(self, today: date) -> bool:
        """Whether the last safe day is at most NEAR_DAYS away, or behind."""
        return (self.safe - today).days <= NEAR_DAYS


def dues(rulebook: Rulebook, year: int, kind: str) -> dict[str, Due]:
    """The due date of each step of a kind; none where the calendar does not reach the year.

    Where several bodies have different days for a step, the earliest: what is only for some (the Bloc's own
    standing committee) has a condition and comes later.
    """
    try:
        found = due_dates(rulebook, year)
    except DayOutsideCalendar:
        return {}
    kept: dict[str, Due] = {}
    for one in found:
        stage = STAGE_OF_GATE.get(one.gate)
        if stage and kind in one.kinds and stage not in kept:
            kept[stage] = _due(stage, one)
    return kept


def _due(stage: str, one: DueDate) -> Due:
    return Due(stage, one.last_good_day, one.last_safe_day, one.cite)


def late_steps(due: Mapping[str, Due], today: date, left: Callable[[str], int]) -> tuple[str, ...]:
    """The steps whose last day has passed with something left to do; `left` tells how much."""
    return tuple(stage for stage, one in due.items() if one.is_late(today) and left(stage) > 0)
