"""Until when each step of a review is owed, read off its rulebook, and which steps are late or near."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from states import review as life
from workflow.days import DayOutsideCalendar
from workflow.rules.case import Case, Missing
from workflow.rules.due_dates import DueDate, due_dates, own_due_dates
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook
from workflow.rules.when import applies

ANNOUNCED = "announced"
STAGE_OF_GATE = {
    "prepare": life.PREPARED,
    "send_draft": life.DRAFT_SENT,
    "hold_session": life.REVIEWED,
    "count_ballot": life.VOTED,
    "submit": life.SUBMITTED,
    "appraise": life.APPRAISED,
    "decide": life.APPROVED,
    "publish": ANNOUNCED,
}
"""The step that is done when an act with a due date is done. Publishing is a step of those alone whose
document gives it a date."""

NEAR_DAYS = 7
"""From so many calendar days before the last safe day on, what is not done is at risk (house default)."""


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a step is owed: the last day the clause allows, and the last working day up to it.

    `hour` ("15:00") is where the last day ends by its clause; nothing is marked late before the day is over.
    """

    stage: str
    last: date
    safe: date
    cite: str
    hour: str = ""
    rule: str = ""

    def is_late(self, today: date) -> bool:
        """Whether the last day has passed; on that day itself nothing is late."""
        return today > self.last

    def is_near(self, today: date) -> bool:
        """Whether the last safe day is at most NEAR_DAYS away, or behind."""
        return (self.safe - today).days <= NEAR_DAYS


NOTHING_KNOWN = Facts()


def dues(rulebook: Rulebook, year: int, kind: str, facts: Facts = NOTHING_KNOWN) -> dict[str, Due]:
    """The due date of each step of a kind, for whom these facts describe; in the order of the steps.

    A date for others (another type of body, another kind of staff) is left out; where it is not known whom a
    date is for, it may be for this one. Of several dates for one step the earliest counts. None where the
    calendar does not reach the year.
    """
    kept: dict[str, Due] = {}
    for one in _found(rulebook, year, kind, facts):
        stage = STAGE_OF_GATE.get(one.gate)
        if stage and kind in one.kinds and stage not in kept and _may_be_for(one, facts, rulebook):
            kept[stage] = _due(stage, one)
    steps = tuple(STAGE_OF_GATE.values())
    return dict(sorted(kept.items(), key=lambda item: steps.index(item[0])))


def _found(rulebook: Rulebook, year: int, kind: str, facts: Facts) -> list[DueDate]:
    try:
        found = (*due_dates(rulebook, year), *own_due_dates(rulebook, kind, facts))
    except DayOutsideCalendar:
        return []
    return sorted(found, key=lambda one: (one.last_good_day, one.hour or "24:00", one.rule))


def _may_be_for(one: DueDate, facts: Facts, rulebook: Rulebook) -> bool:
    try:
        return applies(one.when, Case(facts, rulebook.calendar))
    except Missing:
        return True


def _due(stage: str, one: DueDate) -> Due:
    return Due(stage, one.last_good_day, one.last_safe_day, one.cite, one.hour, one.rule)


def late_steps(due: Mapping[str, Due], today: date, left: Callable[[str], int]) -> tuple[str, ...]:
    """The steps whose last day has passed with something left to do; `left` tells how much."""
    return tuple(stage for stage, one in due.items() if one.is_late(today) and left(stage) > 0)
