"""Conditions over concluded violations: each counts once, in the year of its first decision (C-60)."""

from __future__ import annotations

from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.declared import Violation
from workflow.rules.conditions.registry import Tighter, condition

LIST = ("lists.violations", "campaign.year")
COMMITTEE, COMMITTEE_AND_BELOW, EVERYBODY = "committee", "committee_and_below", "everybody"


@condition("nobody_disciplined", 1, reads=(*LIST, "organisation.leaders", "subordinates.bodies"))
def nobody_disciplined(
    case: Case,
    *,
    whose: Annotated[str, Tighter.NONE],
    unless_self_detected: Annotated[bool, Tighter.NONE],
) -> Outcome:
    """Of those meant nobody was disciplined in the year.

    `whose`: the committee's members (secretary and deputy where there is no committee, C-71), with
    "committee_and_below" also the committees below as collectives, "everybody" who is on the list. With
    `unless_self_detected` cases the organisation found, handled and fully remedied itself do not count.
    """
    case.need(*LIST)
    meant = _meant(case, whose)
    found = [
        item for item in first_in_year(case) if item.disciplined and (meant is None or item.who in meant)
    ]
    held_against = [item for item in found if not (unless_self_detected and item.self_detected)]
    case.note("self_detected", sum(1 for item in found if item.self_detected), "counted")
    count = len(held_against)
    return Outcome(verdict(not count), f"{count} {wording.relation(count, 0)} 0")


@condition("body_below_violated", 1, reads=(*LIST, "subordinates.bodies"))
def body_below_violated(case: Case) -> Outcome:
    """A committee below let a violation happen that was handled, and the organisation did not find it itself.

    Handled under Party rules or State law: every concluded violation counts, disciplined or not.
    """
    case.need(*LIST, "subordinates.bodies")
    below = set(case.items("subordinates.bodies"))
    found = [item for item in first_in_year(case) if item.who in below]
    count = sum(1 for item in found if not item.self_detected)
    case.note("self_detected", len(found) - count, "counted")
    return Outcome(verdict(count > 0), f"{count} {wording.more_than(count, 0)} 0")


@condition("disciplined_in_year", 1, reads=LIST)
def disciplined_in_year(case: Case) -> Outcome:
    """A discipline was first decided in the year, whichever body decided and whoever found the violation."""
    count = sum(1 for item in first_in_year(case) if item.disciplined)
    return Outcome(verdict(count > 0), f"{count} {wording.more_than(count, 0)} 0")


@condition("concluded_for", 1, reads=LIST)
def concluded_for(case: Case, *, causes: Annotated[tuple[str, ...], Tighter.SUPERSET]) -> Outcome:
    """The competent level concluded in the year on a violation with one of the causes, disciplined or not."""
    count = sum(1 for item in first_in_year(case) if item.cause in causes)
    return Outcome(verdict(count > 0), f"{count} {wording.more_than(count, 0)} 0")


def first_in_year(case: Case) -> list[Violation]:
    """Each violation whose first decision or conclusion lies in the assessment year, once a key."""
    case.need(*LIST)
    first: dict[tuple[str, str], Violation] = {}
    for item in sorted((Violation(*entry) for entry in case.items("lists.violations")), key=lambda v: v.on):
        first.setdefault((item.who, item.key), item)
    year = case.number("campaign.year")
    return [item for item in first.values() if item.on.year == year]


def _meant(case: Case, whose: str) -> set[str] | None:
    """Whose violations count; None for everybody on the list."""
    if whose == EVERYBODY:
        return None
    case.need("organisation.leaders", *(("subordinates.bodies",) if whose == COMMITTEE_AND_BELOW else ()))
    meant = set(case.items("organisation.leaders"))
    if whose == COMMITTEE_AND_BELOW:
        meant |= set(case.items("subordinates.bodies"))
    return meant
