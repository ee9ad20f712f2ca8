"""For whom a rule is: a small table of facts and values, matched without evaluating anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.rules.case import Case, Missing

BOUNDS = ("below", "at_least")


def applies(when: Mapping[str, Any], case: Case) -> bool:
    """Whether every entry matches. Missing when an unknown fact decides; a known mismatch decides alone."""
    missing = []
    for name, wanted in when.items():
        found = case.get(name)
        if found is None:
            missing.append(name)
        elif not _matches(found, wanted):
            return False
    if missing:
        raise Missing(*missing)
    return True


def may_overlap(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether some case can match both tables."""
    return all(_can_meet(first[name], second[name]) for name in first.keys() & second.keys())


def shown(when: Mapping[str, Any]) -> str:
    """The table as one line, for a finding."""
    return "; ".join(f"{name}: {_shown(wanted)}" for name, wanted in when.items())


def _matches(found: object, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        if not isinstance(found, int):
            return False
        low, high = _range(wanted)
        return low <= found <= high
    if isinstance(wanted, tuple):
        return found in wanted
    return bool(found == wanted)


def _can_meet(first: Any, second: Any) -> bool:
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        (low_a, high_a), (low_b, high_b) = _range(first), _range(second)
        return max(low_a, low_b) <= min(high_a, high_b)
    if isinstance(first, Mapping):
        return any(_matches(value, first) for value in _values(second))
    if isinstance(second, Mapping):
        return any(_matches(value, second) for value in _values(first))
    return bool(set(_values(first)) & set(_values(second)))


def _range(bounds: Mapping[str, int]) -> tuple[float, float]:
    return bounds.get("at_least", float("-inf")), bounds.get("below", float("inf")) - 1


def _values(wanted: Any) -> tuple[Any, ...]:
    return wanted if isinstance(wanted, tuple) else (wanted,)


def _shown(wanted: Any) -> str:
    if isinstance(wanted, Mapping):
        return ", ".join(f"{'<' if bound == 'below' else '≥'} {value}" for bound, value in wanted.items())
    return ", ".join(map(str, _values(wanted)))
