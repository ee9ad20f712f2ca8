"""Who is left out, and by which clause: exempt from review, or reviewed without a rating."""

from __future__ import annotations

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook

EXEMPT = "exempt"
REVIEWED_UNRATED = "reviewed_unrated"


def exempt_by(rulebook: Rulebook, kind: str, facts: Facts) -> Finding | None:
    """The finding that excuses a subject from the review; None where nobody excuses it."""
    return _first(rulebook, kind, facts, EXEMPT)


def unrated_by(rulebook: Rulebook, kind: str, facts: Facts) -> Finding | None:
    """The finding that leaves a reviewed subject without a rating as of `ballot.day` (C-07)."""
    return _first(rulebook, kind, facts, REVIEWED_UNRATED)


def _first(rulebook: Rulebook, kind: str, facts: Facts, effect: str) -> Finding | None:
    for rule in rulebook.rules_of(Role.EXEMPTION, kind):
        if rule.effect == effect:
            finding = judge_rule(rulebook, rule, facts)
            if finding.verdict is Verdict.HOLDS:
                return finding
    return None
