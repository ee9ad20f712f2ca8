"""Conditions over declared lists: violations and whose they are, shortcomings, complaints, suggestions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from workflow.days import last_good_day, months_between
from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import DayFact, Tighter, condition
from workflow.rules.finding import Verdict


class Violation(NamedTuple):
    """One entry of a list of violations; `charged` is the body it counts against, empty for this one."""

    who: str
    key: str
    charged: str
    on: date
    cause: str
    disciplined: bool
    self_detected: bool
    on_duty: bool


@condition("none_disciplined_within", 1, reads=("lists.charged_violations", "campaign.year"))
def none_disciplined_within(case: Case) -> Outcome:
    """Nobody was disciplined in the year for a violation charged to this body or to one below it.

    A fault of an earlier unit is charged there: it is not among these here, and among these there,
    whichever list it stands on (QD366-2025, Điều 11).
    """
    name = "lists.charged_violations"
    found = sum(1 for item in _in_year(case, name) if item.disciplined)
    return Outcome(verdict(found == 0), f"{found} {wording.relation(found, 0)} 0")


@condition("violation_in_year", 1, reads=("lists.violations", "campaign.year"))
def violation_in_year(
    case: Case,
    *,
    self_detected: bool,
    disciplined: bool,
    causes: Annotated[tuple[str, ...], Tighter.SUPERSET] = (),
) -> Outcome:
    """The list has an entry of the year of this sort; one violation is one entry, so it counts once (C-60).

    `disciplined` picks entries that ended in discipline, else those that did not. With `causes` only those.
    `self_detected` picks what was found and remedied by the organisation itself.
    """
    count = sum(
        1
        for item in _in_year(case)
        if item.self_detected is self_detected
        and item.disciplined is disciplined
        and (not causes or item.cause in causes)
    )
    return Outcome(verdict(count > 0), f"{count} {wording.more_than(count, 0)} 0")


@condition("all_findings_remedied", 1, reads=("lists.open_findings",))
def all_findings_remedied(case: Case) -> Outcome:
    """Every shortcoming pointed out earlier has been remedied; the list is declared complete (C-15)."""
    found = case.items("lists.open_findings")
    left = sum(1 for item in found if not item[2])
    return Outcome(verdict(left == 0), f"{left} {wording.relation(left, 0)} 0")


@condition("complaints_verified", 1, reads=("lists.complaints",))
def complaints_verified(case: Case) -> Outcome:
    """No complaint or denunciation is still to be verified; the list is declared complete (C-15)."""
    waiting = sum(1 for item in case.items("lists.complaints") if not item[2])
    return Outcome(verdict(waiting == 0), f"{waiting} {wording.relation(waiting, 0)} 0")


@condition("delegation_if_suggested", 1, reads=("lists.suggestions", "session.superior_attended"))
def delegation_if_suggested(case: Case) -> Outcome:
    """Where the upper level made suggestions, its team was at the meeting."""
    suggested = len(case.items("lists.suggestions"))
    if not suggested:
        return Outcome(Verdict.NOT_APPLICABLE, "lists.suggestions = ∅")
    there = case.flag("session.superior_attended")
    return Outcome(verdict(there), f"session.superior_attended: {'✓' if there else '✗'}")


@condition("months_fewer_by_yearly_day", 1, reads=("campaign.year",))
def months_fewer_by_yearly_day(
    case: Case, *, start: DayFact, months: int, month: int, day: int, years_after: int
) -> Outcome:
    """Fewer than `months` full months even on the last good day before a yearly day (C-05, C-07).

    Whoever is admitted so late cannot reach the months on any day the rating may be held.
    """
    case.need(start, "campaign.year")
    stated = date(case.number("campaign.year") + years_after, month, day)
    last = last_good_day("before", stated)
    first = case.day(start)
    found = months_between(first, last)
    case.note("months", found, "counted")
    return Outcome(
        verdict(found < months),
        f"{wording.day(first)} → {wording.day(last)}: {found} {wording.at_least(found, months)} {months}",
    )


def _in_year(case: Case, name: str = "lists.violations") -> list[Violation]:
    case.need(name, "campaign.year")
    year = case.number("campaign.year")
    found = [Violation(*item) for item in case.items(name)]
    return [item for item in found if item.on.year == year]
