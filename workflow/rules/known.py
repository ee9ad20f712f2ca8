"""Findings a rule gave before on the same values: most members of a cell differ in few of their facts.

A condition is a pure function of the facts it reads, so the same values give the same finding. Where a value
came from is no part of what decided; it is written anew into the finding of each review.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Operand

KEPT = 512
"""How many different cases of one rule are remembered; then it begins anew."""

Key = tuple[Any, ...]


@dataclass(slots=True)
class Known:
    """The findings of one rule, by the values of the facts it may read."""

    names: Iterable[str]
    _findings: dict[Key, Finding] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = tuple(sorted(self.names))

    def key(self, facts: Facts) -> Key:
        """The values that decide, None for one that is not known; 16.5 and 16.50 are told apart."""
        values = facts.values_of(self.names)
        if any(type(value) is Decimal for value in values):
            return tuple(str(value) if type(value) is Decimal else value for value in values)
        return values

    def find(self, key: Key, facts: Facts) -> Finding | None:
        """The finding of the same case before, with the sources of these facts."""
        found = self._findings.get(key)
        if found is None:
            return None
        for operand in found.operands:
            if facts.source(operand.name) not in (operand.source, None):
                return _with_sources(found, facts)
        return found

    def keep(self, key: Key, finding: Finding, read: Iterable[str]) -> None:
        """Remember a finding, unless its condition read a fact that the key leaves out."""
        if not set(read) <= set(self.names):
            return
        if len(self._findings) >= KEPT:
            self._findings.clear()
        self._findings[key] = finding


def _with_sources(finding: Finding, facts: Facts) -> Finding:
    operands = tuple(
        operand
        if (source := facts.source(operand.name)) is None
        else Operand(name=operand.name, value=operand.value, source=source)
        for operand in finding.operands
    )
    return Finding(
        rule=finding.rule,
        cite=finding.cite,
        verdict=finding.verdict,
        force=finding.force,
        operands=operands,
        comparison=finding.comparison,
        reading=finding.reading,
        missing=finding.missing,
    )
