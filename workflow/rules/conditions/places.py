"""Conditions over where a member is reviewed: a large cell with groups, the cell itself where suggested."""

from __future__ import annotations

from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import ListFact, Tighter, condition
from workflow.rules.finding import Verdict

ROLL = ("ballot.members_on_roll", "ballot.exempt_members", "cell.has_groups")


@condition("large_cell_with_groups", 1, reads=ROLL)
def large_cell_with_groups(case: Case, *, members_min: Annotated[int, Tighter.HIGHER]) -> Outcome:
    """The cell has Party groups and `members_min` members or more on its roll, exempt ones too (C-39)."""
    if case.get("cell.has_groups") is False:
        return Outcome(Verdict.FAILS, "cell.has_groups: ✗")
    case.need(*ROLL)
    members = case.number("ballot.members_on_roll") + case.number("ballot.exempt_members")
    case.note("members", members, "counted")
    return Outcome(
        verdict(members >= members_min), f"{members} {wording.at_least(members, members_min)} {members_min}"
    )


@condition("suggested_before_cell", 1, reads=("lists.suggestions", "session.venue_kind"))
def suggested_before_cell(case: Case) -> Outcome:
    """Whoever was given a suggested review is reviewed before the cell; in the cell nothing else is asked."""
    if case.text("session.venue_kind") == "cell":
        return Outcome(Verdict.HOLDS, "session.venue_kind = cell")
    suggested = len(case.items("lists.suggestions"))
    if not suggested:
        return Outcome(Verdict.NOT_APPLICABLE, "lists.suggestions = ∅")
    return Outcome(Verdict.FAILS, f"{suggested} > 0; {case.text('session.venue_kind')} ≠ cell")


@condition("ticked_if_listed", 1, reads=("checklist.ticked",))
def ticked_if_listed(case: Case, *, entries: ListFact, item: str) -> Outcome:
    """A person has ticked the item; nothing is asked where the declared list is empty."""
    if item in case.items("checklist.ticked"):
        return Outcome(Verdict.HOLDS, f"{item}: ✓")
    if not case.items(entries):
        return Outcome(Verdict.NOT_APPLICABLE, f"{entries} = ∅")
    return Outcome(Verdict.FAILS, f"{item}: ✗")
