"""Quotas over a closed list as a whole: a cell's list at submission, a group's at the decision."""

from __future__ import annotations

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook


def judge_quota(rulebook: Rulebook, facts: Facts, kind: str = "individual") -> tuple[Finding, ...]:
    """The findings of all quota rules for one closed list; `blocking` picks those that refuse it."""
    return tuple(judge_rule(rulebook, rule, facts) for rule in rulebook.rules_of(Role.QUOTA, kind))


def quota_room(rulebook: Rulebook, facts: Facts, kind: str = "individual") -> int | None:
    """How many more of the same list may be rated at the top level; negative when there are too many.

    The list's size stays as it is: one more top rating is one good rating less. None when a count is not
    known yet, or no quota binds this kind.
    """
    rooms = []
    top = facts.value("quota.top")
    for finding in judge_quota(rulebook, facts, kind):
        if finding.force != Force.REFUSE or finding.verdict is Verdict.NOT_APPLICABLE:
            continue
        allowed = {operand.name: operand.value for operand in finding.operands}.get("quota_allowed")
        if not isinstance(allowed, int) or not isinstance(top, int):
            return None
        rooms.append(allowed - top)
    return min(rooms, default=None)
