"""Checks over a whole composed rulebook: what no single rule can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from workflow.rules.conditions.shipped import find_condition
from workflow.rules.finding import Force
from workflow.rules.refusals import Problem
from workflow.rules.rule import Role, Rule
from workflow.rules.when import may_overlap

Placed = tuple[str, Rule]


def check(
    rules: Sequence[Placed], readings: Mapping[str, Any], scales: Mapping[str, Sequence[str]]
) -> list[Problem]:
    """Duplicate ids, unknown levels, readings and replaced rules, and conflicts without a stated order."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    ids = {rule.id for _, rule in rules}
    for file, rule in rules:
        if rule.id in seen:
            problems.append(Problem(file, rule.id, "id", f"is already used in {seen[rule.id]}"))
        seen.setdefault(rule.id, file)
        for key in ("level", "ceiling"):
            level = getattr(rule, key)
            for kind in rule.kinds if level is not None else ():
                if level not in scales.get(kind, ()):
                    problems.append(Problem(file, rule.id, key, f"{level!r} is no level of {kind} reviews"))
        if rule.reading is not None and rule.reading not in readings:
            problems.append(Problem(file, rule.id, "reading", f"{rule.reading} is not among the readings"))
        problems.extend(
            Problem(file, rule.id, "replaces", f"{replaced} is not a rule")
            for replaced in rule.replaces
            if replaced not in ids
        )
    for first, second in combinations(rules, 2):
        if first[1].id != second[1].id and _conflict(first[1], second[1]):
            what = (
                f"conflicts with {first[1].id}: both apply to the same case and no order is stated (replaces)"
            )
            problems.append(Problem(second[0], second[1].id, _key(second[1]), what))
    return problems


def _conflict(first: Rule, second: Rule) -> bool:
    if first.role is not second.role or {first.force, second.force} != {Force.REFUSE}:
        return False
    if first.role is Role.TRIGGER:
        return False  # each leads to its level on its own
    if first.id in second.replaces or second.id in first.replaces:
        return False
    if not set(first.kinds) & set(second.kinds) or not may_overlap(first.when, second.when):
        return False
    if first.role in (Role.QUOTA, Role.THRESHOLD):
        return first.level == second.level or None in (first.level, second.level)
    if first.condition != second.condition or first.level != second.level:
        return False
    if first.gates and not set(first.gates) & set(second.gates):
        return False
    return _facts(first) == _facts(second) and first.parameters != second.parameters


def _facts(rule: Rule) -> dict[str, Any]:
    """The parameters that say what a rule is about; the rest say how strict it is."""
    registered = find_condition(rule.condition)
    if registered is None:
        return {}
    about = {}
    for name, value in rule.parameters.items():
        known = registered.parameters[name]
        if known.fact is not None or known.type is str:
            about[name] = value
    return about


def _key(rule: Rule) -> str:
    return "level" if rule.level is not None else "condition"
