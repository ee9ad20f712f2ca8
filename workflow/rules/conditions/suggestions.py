"""Conditions on written suggestions of a superior: answered in a report, answered in the review."""

from __future__ import annotations

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions.registry import condition
from workflow.rules.finding import Verdict

NONE_MADE = Outcome(Verdict.NOT_APPLICABLE, "lists.suggestions = ∅")


@condition("suggestions_explained", 1, reads=("lists.suggestions",))
def suggestions_explained(case: Case) -> Outcome:
    """Every suggestion has its explanatory report; nothing to explain where none was made."""
    explained = [item[2] for item in case.items("lists.suggestions")]
    if not explained:
        return NONE_MADE
    return Outcome(verdict(all(explained)), f"{explained.count(True)}/{len(explained)}")


@condition("ticked_if_suggested", 1, reads=("lists.suggestions", "checklist.ticked"))
def ticked_if_suggested(case: Case, *, item: str) -> Outcome:
    """Where suggestions were made, a person has ticked that they are answered in depth."""
    if not case.items("lists.suggestions"):
        return NONE_MADE
    holds = item in case.items("checklist.ticked")
    return Outcome(verdict(holds), f"{item}: {'✓' if holds else '✗'}")
