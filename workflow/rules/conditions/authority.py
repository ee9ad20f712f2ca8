"""Conditions on who may give which level: never above what failed, a reason where it differs (C-16)."""

from __future__ import annotations

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions.registry import TextFact, condition
from workflow.rules.finding import Verdict

LIMITS = ("computed.ceiling", "computed.possible", "computed.missing")


@condition("level_within_ceiling", 1, reads=LIMITS)
def level_within_ceiling(case: Case, *, level_fact: TextFact, scale: tuple[str, ...]) -> Outcome:
    """The level is not above the highest one allowed; not known yet where only a missing fact decides."""
    case.need(level_fact, "computed.ceiling")
    wanted, ceiling = case.text(level_fact), case.text("computed.ceiling")
    if scale.index(wanted) >= scale.index(ceiling):
        return Outcome(Verdict.HOLDS, f"{wanted} ≤ {ceiling}")
    possible = case.get("computed.possible")
    if possible is not None and scale.index(wanted) >= scale.index(str(possible)):
        missing = case.get("computed.missing")
        names = tuple(str(name) for name in missing) if isinstance(missing, tuple) else ()
        return Outcome(Verdict.UNKNOWN, f"{wanted} > {ceiling}", names or ("computed.level",))
    return Outcome(Verdict.FAILS, f"{wanted} > {ceiling}")


@condition("reason_where_different", 1, reads=("decision.level", "computed.level", "decision.reason_given"))
def reason_where_different(case: Case) -> Outcome:
    """A level other than the computed one is decided with a recorded reason."""
    case.need("decision.level")
    decided, computed = case.text("decision.level"), case.get("computed.level")
    if decided == computed:
        return Outcome(Verdict.HOLDS, f"{decided} = {computed}")
    shown = f"{decided} ≠ {computed if computed is not None else '?'}"
    return Outcome(verdict(case.flag("decision.reason_given")), shown)


@condition("level_needs_fault", 1, reads=("computed.triggered",))
def level_needs_fault(case: Case, *, level_fact: TextFact, lowest: str) -> Outcome:
    """The lowest level is put to the vote only where one of its faults is there."""
    wanted = case.text(level_fact)
    if wanted != lowest:
        return Outcome(Verdict.NOT_APPLICABLE, f"{wanted} ≠ {lowest}")
    there = case.flag("computed.triggered")
    return Outcome(verdict(there), f"computed.triggered: {'✓' if there else '✗'}")


@condition("fault_was_voted", 1, reads=("computed.triggered",))
def fault_was_voted(case: Case, *, level_fact: TextFact, lowest: str) -> Outcome:
    """Where a fault is there, the vote gave the lowest level (C-27); otherwise the superior is told."""
    case.need("computed.triggered")
    if not case.flag("computed.triggered"):
        return Outcome(Verdict.NOT_APPLICABLE, "computed.triggered: ✗")
    wanted = case.text(level_fact)
    return Outcome(verdict(wanted == lowest), f"{wanted} {'=' if wanted == lowest else '≠'} {lowest}")
