"""The life of one kind of review under a rulebook in a few values, to be laid beside another rulebook's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from workflow.days import Calendar
from workflow.rules.due_dates import CALENDAR_DAYS, NOTICES, WORKING_DAYS, due_dates
from workflow.rules.finding import Force
from workflow.rules.flow import Flow
from workflow.rules.rule import KINDS, Role, Rule
from workflow.rules.rulebook import Rulebook

DECIDED_BY: Final = "decision.by"
ONE_OF: Final = "one_of@1"
MORE_THAN: Final = "votes_more_than@1"
REMEDIES: Final = ("plan.", "lists.open_findings")
"""Facts of remediation: a plan, and what earlier inspections left open."""

MOST: Final = ("percent_max", "most")

When = Mapping[str, Any]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Notice:
    """So many days before the meeting, working days or calendar days, the step at `gate` is done."""

    gate: str
    days: int
    working: bool
    when: When


@dataclass(frozen=True, slots=True)
class Majority:
    """More than this fraction votes for the level; for any level where none is named."""

    level: str | None
    numerator: int
    denominator: int
    when: When


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most `percent` hundredths, or `most` in all, reach the level; neither where none is given."""

    condition: str
    level: str | None
    percent: int | None
    most: int | None
    base: str
    rounding: str
    force: Force
    when: When


@dataclass(frozen=True, slots=True)
class Decider:
    """Who may decide, for whom `when` says."""

    bodies: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Remedy:
    """Remediation that a rule reads, and what follows where it is not there."""

    facts: tuple[str, ...]
    force: Force


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day, counted, on which the step at `gate` is in time."""

    gate: str
    day: date
    hour: str
    when: When


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """One kind of review. `flow` is empty of citations, so that equal lives are equal."""

    levels: tuple[str, ...]
    flow: Flow
    notices: tuple[Notice, ...]
    majorities: tuple[Majority, ...]
    deciders: tuple[Decider, ...]
    ceilings: tuple[Ceiling, ...]
    remedies: tuple[Remedy, ...]


def kinds_of(*books: Rulebook) -> tuple[str, ...]:
    """The kinds any of the books has rules about or levels for."""
    known = {kind for book in books for rule in book.rules for kind in rule.kinds}
    known |= {kind for book in books for kind in book.scales}
    return tuple(kind for kind in KINDS if kind in known)


def outline(book: Rulebook, kind: str) -> Outline | None:
    """The life of this kind; None where the book says nothing about it."""
    rules = [rule for rule in book.rules if kind in rule.kinds]
    if not rules and kind not in book.scales:
        return None
    return Outline(
        levels=book.scales.get(kind, ()),
        flow=book.flow(kind),
        notices=_once(_notices(book, kind)),
        majorities=_once(
            Majority(
                rule.level, rule.parameters["numerator"], rule.parameters["denominator"], dict(rule.when)
            )
            for rule in book.rules_of(Role.THRESHOLD, kind)
            if rule.force == Force.REFUSE and rule.condition == MORE_THAN
        ),
        deciders=_once(
            Decider(tuple(rule.parameters["values"]), dict(rule.when))
            for rule in book.rules_at("decide", kind)
            if rule.condition == ONE_OF and rule.parameters["fact"] == DECIDED_BY
        ),
        ceilings=_once(_ceiling(rule) for rule in book.rules_of(Role.QUOTA, kind)),
        remedies=_once(_remedies(book, rules)),
    )


def last_days(book: Rulebook, kind: str, year: int, calendar: Calendar | None = None) -> tuple[LastDay, ...]:
    """The dated deadlines of this kind in an assessment year, earliest first, as `due_dates` has them.

    By the rulebook's own calendar or another; DayOutsideCalendar when it does not hold the year.
    """
    return _once(
        LastDay(due.gate, due.last_good_day, due.hour, dict(due.when))
        for due in due_dates(book, year, calendar)
        if kind in due.kinds
    )


def _notices(book: Rulebook, kind: str) -> Iterator[Notice]:
    for rule in book.rules_at("plan_session", kind):
        given = rule.parameters
        gate = NOTICES.get(str(given.get("earlier", "")))
        if gate is None or given.get("later") != "meeting.day":
            continue
        if rule.condition == WORKING_DAYS:
            yield Notice(gate, given["working_days_min"], True, dict(rule.when))
        elif rule.condition == CALENDAR_DAYS:
            yield Notice(gate, given["days_min"], False, dict(rule.when))


def _ceiling(rule: Rule) -> Ceiling:
    given = rule.parameters
    percent, most = (given.get(name) for name in MOST)
    return Ceiling(
        rule.condition,
        rule.level,
        percent,
        most,
        str(given.get("base", "")),
        str(given.get("rounding", "")),
        rule.force,
        dict(rule.when),
    )


def _remedies(book: Rulebook, rules: list[Rule]) -> Iterator[Remedy]:
    for rule in rules:
        facts = tuple(sorted(name for name in book.facts_of_rule(rule) if name.startswith(REMEDIES)))
        if facts:
            yield Remedy(facts, rule.force)


def _once(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Each part once, in the order of the files; parts hold tables, so they have no hash."""
    found: list[Part] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return tuple(found)
