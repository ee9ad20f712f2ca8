"""What a judged rule leaves behind: its verdict, the facts it read and the comparison it made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflow.rules.values import FactValue


class Verdict(StrEnum):
    """What judging a rule gave.

    HOLDS means that what the rule states is so: a gate or condition is met, an exemption applies, a defect
    (trigger) is there, a cap bites. UNKNOWN means a fact is missing; it is never a pass.
    """

    HOLDS = "holds"
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Force(StrEnum):
    """What a rule that does not hold brings about."""

    REFUSE = "refuse"
    WARN = "warn"
    ASK_PERSON = "ask_person"
    INFORM = "inform"


@dataclass(frozen=True, kw_only=True, slots=True)
class Operand:
    """One value a rule read, and where it came from: an event, a roster row, the calendar, the command.

    A name of the vocabulary is a fact; any other name is a value the condition derived from facts.
    """

    name: str
    value: FactValue
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One rule judged once. `missing` names the facts that were not known when the verdict is UNKNOWN."""

    rule: str
    cite: str
    verdict: Verdict
    force: str
    operands: tuple[Operand, ...]
    comparison: str
    reading: str | None = None
    missing: tuple[str, ...] = ()
