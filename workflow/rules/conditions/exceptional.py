"""Conditions on cases somebody has to claim: what was not claimed is the ordinary case, never a gap."""

from __future__ import annotations

from datetime import date
from typing import Annotated, cast

from workflow.days import Word, last_good_day
from workflow.rules.case import Case, Missing, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import DayFact, FlagFact, Tighter, condition
from workflow.rules.finding import Verdict

SMALL = ("organisation.leaders", "collective.merged_into")
SUSPENDED = ("subject.suspended_from_committee", "session.venue_kind")


@condition("by_yearly_day_unless", 1, reads=("campaign.year",))
def by_yearly_day_unless(
    case: Case, *, fact: DayFact, unless: FlagFact, month: int, day: int, word: str, years_after: int = 1
) -> Outcome:
    """Before, or at the latest on, a yearly day; where `unless` was recorded, another rule has the day."""
    if case.get(unless) is True:
        return Outcome(Verdict.NOT_APPLICABLE, f"{unless}: ✓")
    case.need(fact, "campaign.year")
    stated = date(case.number("campaign.year") + years_after, month, day)
    last = last_good_day(cast(Word, word), stated)
    act = case.day(fact)
    case.note("last_good_day", last, "counted")
    sign = ("<" if act < stated else "≥") if word == "before" else ("≤" if act <= stated else ">")
    return Outcome(verdict(act <= last), f"{wording.day(act)} {sign} {wording.day(stated)}")


@condition("in_cell_if_suspended_from_committee", 1, reads=SUSPENDED)
def in_cell_if_suspended_from_committee(case: Case) -> Outcome:
    """A member suspended from a committee alone is reviewed in the cell."""
    if case.get("subject.suspended_from_committee") is not True:
        return Outcome(Verdict.NOT_APPLICABLE, "subject.suspended_from_committee: ✗")
    kind = case.text("session.venue_kind")
    return Outcome(verdict(kind in ("cell", "group")), f"session.venue_kind: {kind}")


@condition("merged_if_small", 1, reads=SMALL)
def merged_if_small(case: Case, *, members_min: Annotated[int, Tighter.HIGHER]) -> Outcome:
    """A collective of fewer than `members_min` names the collective it is reviewed together with."""
    found = len(case.items("organisation.leaders"))
    shown = f"{found} {wording.at_least(found, members_min)} {members_min}"
    if found >= members_min:
        return Outcome(Verdict.NOT_APPLICABLE, shown)
    if case.get("collective.merged_into") is None:
        raise Missing("collective.merged_into")
    return Outcome(Verdict.HOLDS, f"{shown}; → {case.text('collective.merged_into')}")
