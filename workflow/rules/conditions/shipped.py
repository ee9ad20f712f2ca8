"""Every condition this version ships, found by the name a rulebook gives it."""

from __future__ import annotations

from workflow.rules.conditions import (
    authority,
    ballots,
    beside,
    declared,
    exceptional,
    facts,
    grades,
    moments,
    order,
    organisations,
    people,
    performance,
    places,
    results,
    rewards,
    shares,
    suggestions,
    timing,
    union_work,
    unit_day,
    violations,
)
from workflow.rules.conditions.registry import REGISTRY, Registered

MODULES = (
    authority, ballots, beside, declared, exceptional, facts, grades, moments, order, organisations, people,
    performance, places, results, rewards, shares, suggestions,
    timing, union_work, unit_day, violations,
)  # fmt: skip


def find_condition(reference: str) -> Registered | None:
    """The condition `name@version`, None when this software does not ship it."""
    return REGISTRY.get(reference)
