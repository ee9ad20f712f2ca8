"""Conditions over days: notice periods, months elapsed, deadlines."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

from workflow import days
from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import DayFact, Tighter, condition


@condition("calendar_days_before", 1)
def calendar_days_before(
    case: Case, *, earlier: DayFact, later: DayFact, days_min: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """At least `days_min` calendar days from `earlier` (counted) to `later` (not counted); reading C-02."""
    case.need(earlier, later)
    start, end = case.day(earlier), case.day(later)
    found = days.calendar_days_before(start, end)
    case.note("days", found, "counted")
    case.note("first_good_day", date.fromordinal(start.toordinal() + days_min), "counted")
    case.note("last_good_day", date.fromordinal(end.toordinal() - days_min), "counted")
    return Outcome(
        verdict(found >= days_min),
        f"{wording.day(end)} − {wording.day(start)} = {found} {wording.at_least(found, days_min)} {days_min}",
    )


@condition("working_days_before", 1)
def working_days_before(
    case: Case, *, earlier: DayFact, later: DayFact, working_days_min: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """`earlier` is on or before the n-th working day before `later`; reading C-01."""
    case.need(earlier, later)
    start, end = case.day(earlier), case.day(later)
    last = case.calendar.nth_working_day_before(end, working_days_min)
    found = case.calendar.working_days_before(start, end)
    source = f"calendar {case.calendar.version}"
    case.note("days", found, source)
    case.note("last_good_day", last, source)
    holds = start <= last
    return Outcome(
        verdict(holds),
        f"{wording.day(start)} {'≤' if holds else '>'} {wording.day(last)}"
        f" ({found} {wording.at_least(found, working_days_min)} {working_days_min})",
    )


@condition("not_after", 1)
def not_after(case: Case, *, earlier: DayFact, later: DayFact) -> Outcome:
    """`earlier` is on the same day as `later` or before it."""
    case.need(earlier, later)
    start, end = case.day(earlier), case.day(later)
    return Outcome(
        verdict(start <= end), f"{wording.day(start)} {'≤' if start <= end else '>'} {wording.day(end)}"
    )


@condition("months_at_least", 1)
def months_at_least(
    case: Case, *, start: DayFact, end: DayFact, months_min: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """At least `months_min` full calendar months from `start` to `end`; exactly that is enough (C-07)."""
    return _months(case, start, end, months_min, at_least=True)


@condition("months_fewer_than", 1)
def months_fewer_than(
    case: Case, *, start: DayFact, end: DayFact, months: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """Fewer than `months` full calendar months from `start` to `end` (C-07)."""
    return _months(case, start, end, months, at_least=False)


def _months(case: Case, start: str, end: str, months: int, *, at_least: bool) -> Outcome:
    case.need(start, end)
    first, last = case.day(start), case.day(end)
    found = days.months_between(first, last)
    reached = days.months_after(first, months)
    case.note("months", found, "counted")
    case.note("reached_on", reached, "counted")
    enough = last >= reached
    return Outcome(
        verdict(enough if at_least else not enough),
        f"{wording.day(first)} → {wording.day(last)}: {found} {wording.at_least(found, months)} {months}",
    )


@condition("by_yearly_day", 1, reads=("campaign.year",))
def by_yearly_day(
    case: Case, *, fact: DayFact, month: int, day: int, word: str, years_after: int = 1
) -> Outcome:
    """The act took place `before`, or `at_latest` on, a day of the year after the assessed one (C-05)."""
    case.need(fact, "campaign.year")
    stated = date(case.number("campaign.year") + years_after, month, day)
    return _by(case, case.day(fact), stated, word)


@condition("by_fixed_day", 1)
def by_fixed_day(case: Case, *, fact: DayFact, day: Annotated[date, Tighter.EARLIER], word: str) -> Outcome:
    """The act took place before or at the latest on one dated day (C-05, C-38)."""
    return _by(case, case.day(fact), day, word)


def _by(case: Case, act: date, stated: date, word: str) -> Outcome:
    last = days.last_good_day(cast(days.Word, word), stated)
    case.note("last_good_day", last, f"calendar {stated.isoformat()}")
    sign = ("<" if act < stated else "≥") if word == "before" else ("≤" if act <= stated else ">")
    return Outcome(verdict(act <= last), f"{wording.day(act)} {sign} {wording.day(stated)}")
