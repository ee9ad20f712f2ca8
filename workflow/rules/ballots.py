"""Motions: did the votes carry the level, and which level is put next (C-10 to C-12)."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook


def motion_carried(rulebook: Rulebook, kind: str, facts: Facts) -> tuple[Finding, ...]:
    """The findings of every threshold for the level voted on (fact `ballot.level`); `carried` sums them up.

    No findings where the rulebook has no threshold for this kind. LookupError when no level was voted on.
    """
    level = facts.value("ballot.level")
    if not isinstance(level, str):
        raise LookupError("The fact ballot.level says which motion was voted on; it is missing.")
    rules = rulebook.rules_of(Role.THRESHOLD, kind, level)
    return tuple(judge_rule(rulebook, rule, facts) for rule in rules)


def carried(findings: Iterable[Finding]) -> bool | None:
    """True when every binding threshold holds, False when one fails, None when a count is not known yet."""
    binding = [finding.verdict for finding in findings if finding.force == Force.REFUSE]
    if Verdict.FAILS in binding:
        return False
    return None if Verdict.UNKNOWN in binding else True


def next_motion(rulebook: Rulebook, kind: str, level: str) -> str | None:
    """The level put after this one failed, in a new ballot; None after the lowest: there is no result."""
    scale = rulebook.scale(kind)
    return scale.next_lower(level) if scale is not None else None
