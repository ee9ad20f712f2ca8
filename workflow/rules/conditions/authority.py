"""Conditions on what is told to who decides: a fault that no majority voted for."""

from __future__ import annotations

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions.registry import TextFact, condition
from workflow.rules.finding import Verdict


@condition("fault_was_voted", 1, reads=("computed.triggered",))
def fault_was_voted(case: Case, *, level_fact: TextFact, lowest: str) -> Outcome:
    """Where a fault is there, the vote gave the lowest level (C-27); otherwise the superior is told."""
    case.need("computed.triggered")
    if not case.flag("computed.triggered"):
        return Outcome(Verdict.NOT_APPLICABLE, "computed.triggered: ✗")
    wanted = case.text(level_fact)
    return Outcome(verdict(wanted == lowest), f"{wanted} {'=' if wanted == lowest else '≠'} {lowest}")
