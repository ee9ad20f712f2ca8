"""The due dates of one campaign: read off its rulebook once for everybody the same facts describe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from deadlines.due import applying, may_be_for
from deadlines.standing import STEPS
from states import review as life
from workflow.days import Calendar, DayOutsideCalendar
from workflow.rules.due_dates import (
    BEFORE_A_RECORDED_DAY,
    DueDate,
    asked_due_dates,
    notice_due_dates,
)
from workflow.rules.facts import VOCABULARY, Facts
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.values import FactValue

Values = Mapping[str, FactValue | None]
"""What is known of a subject, by fact; None as good as absent."""

NEXT_MEETING_READING: Final = "C-73"
"""The reading by which an absent member has a date of his own: the next meeting he attends."""

WITH_A_STEP: Final = (*STEPS, "publish")
"""Gates that are a step of a life: a rule that is also asked when a meeting is planned, or a paper issued,
dates the session or the count alone."""

REPORTED_ABSENT_READING: Final = "C-43"
"""The reading by which the report lists who was absent, and a later date is theirs."""


@dataclass(frozen=True, kw_only=True)
class Season:
    """What the rows of a campaign are made by: its rules, its year, and the day its reviews were opened."""

    campaign: str
    year: int
    rulebook: Rulebook
    began: date
    _dues: dict[tuple[Any, ...], tuple[DueDate, ...]] = field(default_factory=dict, repr=False, compare=False)
    _notices: dict[tuple[Any, ...], tuple[DueDate, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _asked_for: dict[str, tuple[tuple[str, DueDate], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def asked(self) -> frozenset[str]:
        """The facts that decide which dates a review has, or when: whom a date is for, and days of a unit."""
        names: set[str] = set()
        for rule in self._dating:
            given = rule.parameters
            names |= {*rule.when, *(str(given[key]) for key in ("unless", "later") if key in given)}
        return frozenset(names)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The facts a person records on a review that change one of its rows."""
        done = {str(rule.parameters.get("fact", "")) for rule in self._dating}
        names = self.asked | done | {fact for fact, _ in self.set_days()}
        return frozenset(name for name in names if name in VOCABULARY and VOCABULARY[name].recordable)

    @cached_property
    def noticed(self) -> frozenset[str]:
        """The facts that decide for whom a notice before a meeting is owed."""
        found = (due for kind in life.KINDS for due in self._before(kind, self.began, "", None))
        return frozenset(name for due in found for name in due.when)

    def set_days(self, organisation: str = "") -> tuple[tuple[str, DueDate], ...]:
        """Days a unit sets for itself, by the fact that holds each, with the day it is asked for."""
        unit, calendar = self.calendar_of(organisation)
        if unit not in self._asked_for:
            try:
                self._asked_for[unit] = asked_due_dates(self.rulebook, self.year, calendar)
            except DayOutsideCalendar:
                self._asked_for[unit] = ()
        return self._asked_for[unit]

    @cached_property
    def _dating(self) -> tuple[Rule, ...]:
        return tuple(
            rule
            for rule in self.rulebook.rules
            if rule.role is Role.DEADLINE or rule.condition == BEFORE_A_RECORDED_DAY
        )

    def calendar_of(self, organisation: str) -> tuple[str, Calendar]:
        """The unit whose own days count for a body, empty where everyone's do, and its calendar."""
        calendar = self.rulebook.calendar
        return calendar.unit_of(organisation), calendar.of_unit(organisation)

    def dues(self, kind: str, values: Values, organisation: str) -> tuple[DueDate, ...]:
        """The deadline of each gate for whom these values describe: of several the earliest."""
        unit, calendar = self.calendar_of(organisation)
        known = tuple((name, values[name]) for name in sorted(self.asked) if values.get(name) is not None)
        found = self._dues.get((kind, unit, known))
        if found is None:
            by_gate: dict[str, DueDate] = {}
            for due in applying(self.rulebook, self.year, kind, Facts.of("book", dict(known)), calendar):
                if due.gate in WITH_A_STEP:
                    by_gate.setdefault(due.gate, due)
            found = self._dues[(kind, unit, known)] = tuple(by_gate.values())
        return found

    def notices(self, kind: str, day: date, values: Values, organisation: str) -> tuple[DueDate, ...]:
        """What has to be out before a meeting on `day`, for whom these values describe: a gate once."""
        unit, calendar = self.calendar_of(organisation)
        known = Facts.of("book", {name: values.get(name) for name in self.noticed})
        by_gate: dict[str, DueDate] = {}
        for due in self._before(kind, day, unit, calendar):
            if may_be_for(due, known, self.rulebook):
                by_gate.setdefault(due.gate, due)
        return tuple(by_gate.values())

    def _before(self, kind: str, day: date, unit: str, calendar: Calendar | None) -> tuple[DueDate, ...]:
        key = (kind, day, unit)
        if key not in self._notices:
            try:
                self._notices[key] = notice_due_dates(self.rulebook, kind, day, calendar)
            except DayOutsideCalendar:
                self._notices[key] = ()
        return self._notices[key]

    @property
    def gives_notice(self) -> bool:
        """Whether anything is owed before a meeting."""
        return any(self._before(kind, self.began, "", None) for kind in life.KINDS)

    def has_gate(self, gate: str) -> bool:
        """Whether some deadline of the rulebook is at this gate."""
        return any(gate in rule.gates for rule in self._dating)

    def rests_on(self, reading: str, kind: str) -> Rule | None:
        """The first rule of a kind that rests on a reading; None where the regime has none."""
        return next((r for r in self.rulebook.rules if r.reading == reading and kind in r.kinds), None)

    def asking(self, fact: str, kind: str) -> Rule | None:
        """The first rule that reads this fact of a kind, else of another kind; None where none does."""
        found = [rule for rule in self.rulebook.rules if rule.parameters.get("fact") == fact]
        return next((rule for rule in found if kind in rule.kinds), found[0] if found else None)

    def hangs_on(self, due: DueDate) -> tuple[str, ...]:
        """The facts that make a deadline one of this review, or set its day."""
        later = self.rulebook.rule(due.rule).parameters.get("later")
        return (*self.rulebook.rule(due.rule).when, *((str(later),) if later else ()))

    def recorded_by(self, due: DueDate) -> str:
        """The fact a person records when the act of this deadline is done; empty where the log tells it."""
        fact = str(self.rulebook.rule(due.rule).parameters.get("fact", ""))
        return fact if fact and VOCABULARY[fact].recordable else ""
