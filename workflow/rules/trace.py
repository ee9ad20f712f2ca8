"""How a level came about, step by step in the order of C-16: what each step read and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from states.levels import Scale
from workflow.rules.finding import Finding


class StepName(StrEnum):
    """The steps of C-16. Conditions come once a level, the best first; `otherwise` where a clause has it."""

    EXEMPT = "exempt"
    TRIGGERS = "triggers"
    CONDITIONS = "conditions"
    OTHERWISE = "otherwise"
    CAPS = "caps"
    BALLOT = "ballot"
    QUOTA = "quota"
    DECISION = "decision"


class Did(StrEnum):
    """What a step did to the level."""

    NOTHING = "nothing"
    EXEMPTED = "exempted"
    GAVE = "gave"
    PASSED_OVER = "passed_over"
    LOWERED = "lowered"
    RAISED = "raised"
    LEFT_OPEN = "left_open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One step: the level it is about (conditions), its findings, the level before and after it."""

    name: StepName
    did: Did
    findings: tuple[Finding, ...] = ()
    about: str | None = None
    before: str | None = None
    after: str | None = None


def ballot_step(scale: Scale, before: str | None, voted: str, findings: Sequence[Finding] = ()) -> Step:
    """The ballot: never above what was voted; where no level was computed, the ballot gives it."""
    if before is None:
        did, after = Did.GAVE, voted
    elif scale.better(before, voted):
        did, after = Did.LOWERED, voted
    else:
        did, after = Did.NOTHING, before
    return Step(name=StepName.BALLOT, did=did, findings=tuple(findings), before=before, after=after)


def quota_step(before: str | None, findings: Sequence[Finding]) -> Step:
    """The quota of the unit: it takes no level away by itself, it refuses a list as a whole."""
    return Step(name=StepName.QUOTA, did=Did.NOTHING, findings=tuple(findings), before=before, after=before)


def decision_step(scale: Scale, before: str | None, decided: str, findings: Sequence[Finding] = ()) -> Step:
    """The decision: as computed, or lower or higher with its reason."""
    if before is None:
        did = Did.GAVE
    elif before == decided:
        did = Did.NOTHING
    else:
        did = Did.LOWERED if scale.better(before, decided) else Did.RAISED
    return Step(name=StepName.DECISION, did=did, findings=tuple(findings), before=before, after=decided)
