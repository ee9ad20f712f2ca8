"""Quotas over a closed list as a whole: a cell's list at submission, a group's at the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.rules.facts import Fact, Facts, FactValue
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.judge import blocking, judge_rule
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook

ORGANISATION = "organisation"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedList:
    """One list a quota is counted over: every review on it with the level it has or is given now.

    `body` is the organisation whose members are on it, or the deciding body of a list that is larger than one
    organisation. `group` is the quota group, empty where no document sets one. `around` is what the rules ask
    besides: who is on the roll, how many organisations there are, whether special merit was granted.
    """

    kind: str
    body: str
    levels: Mapping[str, str]
    around: Facts = field(default_factory=Facts)
    group: str = ""

    @property
    def name(self) -> str:
        """The group, or the body whose list it is."""
        return self.group or self.body

    def at(self, level: str) -> tuple[str, ...]:
        """The reviews on the list with this level, in key order."""
        return tuple(sorted(review for review, held in self.levels.items() if held == level))


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedList:
    """A closed list with the findings of its quota rules, and those of them that refuse it."""

    closed: ClosedList
    findings: tuple[Finding, ...]
    failed: tuple[Finding, ...]
    facts: Facts

    @property
    def base_is_empty(self) -> bool:
        """Whether a share was to be counted on nobody, so that no top rating can stand."""
        bases = (operand.value for one in self.failed for operand in one.operands if operand.name == BASE)
        return any(value == 0 for value in bases)


BASE = "quota_base"


def judge_list(rulebook: Rulebook, closed: ClosedList) -> JudgedList:
    """A closed list judged as a whole. LookupError for a kind the rulebook does not rate."""
    facts = closed.around.merged(counts_of(rulebook, closed))
    findings = judge_quota(rulebook, facts, closed.kind)
    return JudgedList(closed=closed, findings=findings, failed=blocking(findings), facts=facts)


def counts_of(rulebook: Rulebook, closed: ClosedList) -> Facts:
    """The counted facts of a list, with the list as their source."""
    scale = rulebook.scale(closed.kind)
    if scale is None:
        raise LookupError(f"{rulebook.id} rates no {closed.kind} reviews.")
    held = tuple(closed.levels[review] for review in sorted(closed.levels))
    values: dict[str, FactValue] = {
        "quota.top": held.count(scale.top),
        "quota.good": held.count(scale.levels[1]),
        "quota.rated": len(held),
    }
    if closed.kind == ORGANISATION:
        values["subordinates.levels"] = held
    return Facts({name: Fact(value, f"closed list, {closed.name}") for name, value in values.items()})


def judge_quota(rulebook: Rulebook, facts: Facts, kind: str = "individual") -> tuple[Finding, ...]:
    """The findings of all quota rules for one closed list; `blocking` picks those that refuse it."""
    return tuple(judge_rule(rulebook, rule, facts) for rule in rulebook.rules_of(Role.QUOTA, kind))


def quota_room(rulebook: Rulebook, facts: Facts, kind: str = "individual") -> int | None:
    """How many more of the same list may be rated at the top level; negative when there are too many.

    The list's size stays as it is: one more top rating is one good rating less. None when a count is not
    known yet, or no quota binds this kind.
    """
    return room_of(judge_quota(rulebook, facts, kind), facts)


def room_of(findings: tuple[Finding, ...], facts: Facts) -> int | None:
    """The same, from the findings of a list that was judged already."""
    rooms = []
    top = facts.value("quota.top")
    for finding in findings:
        if finding.force != Force.REFUSE or finding.verdict is Verdict.NOT_APPLICABLE:
            continue
        allowed = {operand.name: operand.value for operand in finding.operands}.get("quota_allowed")
        if not isinstance(allowed, int) or not isinstance(top, int):
            return None
        rooms.append(allowed - top)
    return min(rooms, default=None)
