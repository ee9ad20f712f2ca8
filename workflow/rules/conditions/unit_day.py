"""Conditions that hang on a day each unit sets for itself, such as its year-end summing-up (C-62)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from workflow.days import ONE_DAY
from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import DayFact, ListFact, NumberFact, Tighter, condition
from workflow.rules.finding import Verdict


@condition("levels_at_least_until", 1, reads=("today",))
def levels_at_least_until(
    case: Case, *, levels: ListFact, pending: NumberFact, least: str, scale: tuple[str, ...], due: DayFact
) -> Outcome:
    """Everyone rated is at `least` or better (C-14); who owes a rating keeps it unknown until `due`."""
    found = case.items(levels)
    below = [level for level in found if scale.index(level) > scale.index(least)]
    if below:
        return Outcome(Verdict.FAILS, f"{len(found) - len(below)}/{len(found)} ≥ {least}")
    if not _is_settled(case, pending, due):
        return Outcome(Verdict.UNKNOWN, f"{pending} = {case.number(pending)}", (levels,))
    return Outcome(Verdict.HOLDS, f"{len(found)}/{len(found)} ≥ {least}" if found else f"{levels} = ∅")


@condition("none_owes_until", 1, reads=("today",))
def none_owes_until(case: Case, *, pending: NumberFact, due: DayFact, until_due: bool) -> Outcome:
    """Nobody owes a rating; with `until_due` only until the `due` day has come (C-14)."""
    found = case.number(pending)
    if found and until_due and _is_settled(case, pending, due):
        shown = f"{found} > 0; {wording.day(case.day('today'))} ≥ {wording.day(case.day(due))}"
        return Outcome(Verdict.HOLDS, shown)
    return Outcome(verdict(found == 0), f"{found} {wording.relation(found, 0)} 0")


@condition("strictly_before", 1)
def strictly_before(case: Case, *, earlier: DayFact, later: DayFact) -> Outcome:
    """`earlier` is before `later`; on the day itself is too late (C-05)."""
    case.need(earlier, later)
    start, end = case.day(earlier), case.day(later)
    return Outcome(
        verdict(start < end), f"{wording.day(start)} {'<' if start < end else '≥'} {wording.day(end)}"
    )


@condition("set_from_yearly_day", 1, reads=("today", "campaign.year"))
def set_from_yearly_day(case: Case, *, fact: DayFact, month: int, day: int) -> Outcome:
    """The day is set; asked for from a day of the assessed year on, that day included (C-62)."""
    if case.get(fact) is not None:
        return Outcome(Verdict.HOLDS, f"{fact}: {wording.day(case.day(fact))}")
    case.need("today", "campaign.year")
    asked = date(case.number("campaign.year"), month, day)
    today = case.day("today")
    if today < asked:
        return Outcome(Verdict.NOT_APPLICABLE, f"{wording.day(today)} < {wording.day(asked)}")
    return Outcome(Verdict.FAILS, f"{wording.day(today)} ≥ {wording.day(asked)}")


@condition("working_days_after_at_most", 1)
def working_days_after_at_most(
    case: Case, *, earlier: DayFact, later: DayFact, most: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """`most` working days or fewer from `earlier` (not counted) to `later` (counted), never back in time."""
    case.need(earlier, later)
    start, end = case.day(earlier), case.day(later)
    if end < start:
        return Outcome(Verdict.FAILS, f"{wording.day(end)} < {wording.day(start)}")
    found = case.calendar.working_days_before(start + ONE_DAY, end + ONE_DAY)
    case.note("days", found, f"calendar {case.calendar.version}")
    return Outcome(
        verdict(found <= most),
        f"{wording.day(start)} → {wording.day(end)}: {found} {wording.at_most(found, most)} {most}",
    )


@condition("not_in_year", 1, reads=("campaign.year",))
def not_in_year(case: Case, *, fact: DayFact) -> Outcome:
    """The day does not lie in the assessment year."""
    case.need(fact, "campaign.year")
    found, year = case.day(fact), case.number("campaign.year")
    return Outcome(
        verdict(found.year != year), f"{wording.day(found)} {'∉' if found.year != year else '∈'} {year}"
    )


def _is_settled(case: Case, pending: str, due: str) -> bool:
    if case.number(pending) == 0:
        return True
    case.need("today", due)
    return case.day("today") >= case.day(due)
