"""Cases without a story: rules, whole ratings, closed lists, due dates; each is judged and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.cases.places import Place
from handlers.cases.results import Result, Wrong, differences, told
from workflow.days import DayOutsideCalendar
from workflow.rules.due_dates import due_dates
from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import blocking, judge_rule
from workflow.rules.quota import judge_quota, quota_room
from workflow.rules.rating import Rating, rate
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook


@dataclass(frozen=True, kw_only=True)
class Case:
    """What every case has: where it stands, what it is there to show, which readings it shows."""

    place: Place
    because: str = ""
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleCase(Case):
    """One rule on the facts of one case, and how it has to come out."""

    rule: str
    outcome: str
    facts: Facts
    missing: tuple[str, ...] = ()

    def run(self, book: Rulebook) -> Result:
        """Judge the rule and compare."""
        finding = judge_rule(book, book.rule(self.rule), self.facts)
        expected: dict[str, Any] = {"verdict": self.outcome}
        if self.missing:
            expected["missing"] = sorted(self.missing)
        got = {"verdict": finding.verdict.value, "missing": sorted(finding.missing)}
        return Result(self.place, self.because, differences(expected, got, told([finding], book)))


@dataclass(frozen=True, kw_only=True)
class RatingCase(Case):
    """Everything known about one subject, and the level it comes to."""

    kind: str
    facts: Facts
    expected: Mapping[str, Any]
    trace: Mapping[str, str] = field(default_factory=dict)

    def run(self, book: Rulebook) -> Result:
        """Rate and compare; where it comes out otherwise, say what decided."""
        rating = rate(book, self.kind, self.facts)
        expected = dict(self.expected)
        got = {name: _plain(getattr(rating, name)) for name in expected}
        for name in ("missing",):
            if name in expected:
                expected[name], got[name] = sorted(expected[name]), sorted(rating.missing)
        verdicts = {finding.rule: finding.verdict.value for finding in rating.findings}
        wrong = differences(expected, got, told(deciding(rating, book), book))
        by_rule = {finding.rule: finding for finding in rating.findings}
        for rule, verdict in self.trace.items():
            if verdicts.get(rule) != verdict:
                because = told([by_rule[rule]], book) if rule in by_rule else ()
                wrong += (Wrong(rule, verdict, verdicts.get(rule, "not judged"), because),)
        return Result(self.place, self.because, wrong)


@dataclass(frozen=True, kw_only=True)
class ListCase(Case):
    """A closed list: its numbers, the rules that refuse it, and how many more top ratings fit."""

    kind: str
    facts: Facts
    refused_by: tuple[str, ...]
    room: int | None = None
    says_room: bool = False

    def run(self, book: Rulebook) -> Result:
        """Judge the quota rules and compare."""
        findings = judge_quota(book, self.facts, self.kind)
        refusing = blocking(findings)
        expected: dict[str, Any] = {"refused_by": sorted(self.refused_by)}
        got: dict[str, Any] = {"refused_by": sorted(finding.rule for finding in refusing)}
        if self.says_room:
            expected["room"] = self.room
            got["room"] = quota_room(book, self.facts, self.kind)
        because = told(refusing or findings, book)
        return Result(self.place, self.because, differences(expected, got, because))


@dataclass(frozen=True, kw_only=True)
class DueCase(Case):
    """The due dates of one year: for each rule the last good day, and more where a case says so."""

    year: int
    expected: Mapping[str, Mapping[str, Any]]

    def run(self, book: Rulebook) -> Result:
        """Read the due dates off the rules and compare."""
        return Result(self.place, self.because, wrong_dues(book, self.year, self.expected))


def wrong_dues(book: Rulebook, year: int, expected: Mapping[str, Mapping[str, Any]]) -> tuple[Wrong, ...]:
    """Where the due dates of a year differ; a rule at several gates may be due at any of them."""
    wrong: list[Wrong] = []
    if not expected:
        return ()
    try:
        found = due_dates(book, year)
    except DayOutsideCalendar as gap:
        return tuple(Wrong(rule, f"{year}", f"no calendar of {gap.day.year}") for rule in expected)
    for rule, wanted in expected.items():
        dues = [
            {
                "last": due.last_good_day,
                "safe": due.last_safe_day,
                "day": due.stated_day,
                "word": due.word,
                "gate": due.gate,
            }
            for due in found
            if due.rule == rule
        ]
        if any(all(due[key] == value for key, value in wanted.items()) for due in dues):
            continue
        if not dues:
            wrong.append(Wrong(rule, str(dict(wanted)["last"]) if "last" in wanted else "", f"{year}: –"))
        for difference in differences(wanted, dues[0]) if dues else ():
            wrong.append(Wrong(f"{rule}, {difference.what}", difference.expected, difference.got))
    return tuple(wrong)


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


def deciding(rating: Rating, book: Rulebook) -> list[Finding]:
    """What kept a rating from being better, or open: conditions not met, defects and caps that are there."""
    found = []
    for finding in rating.findings:
        bites = Verdict.HOLDS if book.rule(finding.rule).role in STATES_A_CASE else Verdict.FAILS
        if finding.verdict in (bites, Verdict.UNKNOWN):
            found.append(finding)
    return found


STATES_A_CASE = frozenset({Role.EXEMPTION, Role.TRIGGER, Role.CAP})
"""Roles whose rules say that something is so, which is no good news."""
