"""Until when each step of a review is owed, read off its rulebook, and which steps are late or near."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from states import review as life
from workflow.days import ZONE, Calendar, DayOutsideCalendar
from workflow.rules.case import Case, Missing
from workflow.rules.due_dates import AT_LATEST, FIXED, DueDate, due_dates, ends_at, own_due_dates
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

Moment = date | datetime
"""A day, or an instant with its zone where it is known."""


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a step is owed: the last day the clause allows, and the last working day up to it.

    `hour` ("15:00") is where the last day ends by its clause. `basis` is one of BASES of the rules' due
    dates; `provisional` says that days off not yet decreed may still move one of the days.
    """

    stage: str
    last: date
    safe: date
    cite: str
    hour: str = ""
    rule: str = ""
    word: str = AT_LATEST
    basis: str = FIXED
    provisional: bool = False

    @property
    def ends_at(self) -> datetime:
        """The first instant that no longer meets it, in UTC."""
        return ends_at(self.last, self.word, self.hour)

    def is_late(self, now: Moment) -> bool:
        """Whether it has passed: by the instant where one is given, which an hour of the clause can end.

        Of a day alone only the day counts: on the last day itself nothing is late yet.
        """
        if isinstance(now, datetime):
            return now >= self.ends_at
        return now > self.last


def day_of(now: Moment) -> date:
    """The day of an instant in Asia/Ho_Chi_Minh; a day is its own."""
    return now.astimezone(ZONE).date() if isinstance(now, datetime) else now


NOTHING_KNOWN = Facts()


def dues(
    rulebook: Rulebook,
    year: int,
    kind: str,
    facts: Facts = NOTHING_KNOWN,
    calendar: Calendar | None = None,
) -> dict[str, Due]:
    """The due date of each step of a kind, for whom these facts describe; in the order of the steps.

    Safe days are counted by the rulebook's calendar unless another is given, such as that of a unit.
    A date for others (another type of body, another kind of staff) is left out; where it is not known whom a
    date is for, it may be for this one. Of several dates for one step the earliest counts. None where the
    calendar does not reach the year.
    """
    kept: dict[str, Due] = {}
    for one in applying(rulebook, year, kind, facts, calendar):
        stage = STAGE_OF_GATE.get(one.gate)
        if stage and stage not in kept:
            kept[stage] = _due(stage, one)
    steps = tuple(STAGE_OF_GATE.values())
    return dict(sorted(kept.items(), key=lambda item: steps.index(item[0])))


def applying(
    rulebook: Rulebook, year: int, kind: str, facts: Facts, calendar: Calendar | None = None
) -> tuple[DueDate, ...]:
    """The deadlines of a kind that are, or may be, for whom these facts describe; the earliest first."""
    try:
        found = (*due_dates(rulebook, year, calendar), *own_due_dates(rulebook, kind, facts, calendar))
    except DayOutsideCalendar:
        return ()
    mine = (one for one in found if kind in one.kinds and may_be_for(one, facts, rulebook))
    return tuple(sorted(mine, key=lambda one: (one.last_good_day, one.hour or "24:00", one.rule)))


def may_be_for(one: DueDate, facts: Facts, rulebook: Rulebook) -> bool:
    """Whether a deadline is for whom these facts describe; where that is not known, it may be."""
    try:
        return applies(one.when, Case(facts, rulebook.calendar))
    except Missing:
        return True


def _due(stage: str, one: DueDate) -> Due:
    return Due(
        stage,
        one.last_good_day,
        one.last_safe_day,
        one.cite,
        one.hour,
        one.rule,
        one.word,
        one.basis,
        one.provisional,
    )


def late_steps(due: Mapping[str, Due], now: Moment, left: Callable[[str], int]) -> tuple[str, ...]:
    """The steps whose last day, or hour, has passed with something left to do; `left` tells how much."""
    return tuple(stage for stage, one in due.items() if one.is_late(now) and left(stage) > 0)
