"""A yearly deadline a layer moves: earlier with its own citation, later by permission alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from workflow.days import Word, last_good_day
from workflow.rules.rule import Rule
from workflow.rules.rulebook import LayerException

Say = Callable[[str, str], None]
Placed = tuple[str, Rule]

DUE = "due"
KEYS = ("day", "month", "word", "years_after")
WORDS = ("before", "at_latest")
LEAP_FREE = 2001
"""Any year without a 29 February: two yearly days are compared in it."""


def is_yearly(rule: Rule) -> bool:
    """Whether the rule's day returns every year."""
    return {"day", "month", "word"} <= set(rule.parameters)


def moved(
    rules: Sequence[Placed], base: Rule, change: Mapping[str, Any], layer: str, say: Say
) -> tuple[list[Placed], list[LayerException]]:
    """The rules with this one's day moved, and what only a permission allows.

    The value is a table of day and month, with word and years_after where they differ from the regime's.
    """
    value = change.get("value")
    cite, permission = str(change.get("cite", "")), str(change.get("permission", "")).strip()
    if not isinstance(value, Mapping) or not {"day", "month"} <= set(value) <= set(KEYS):
        say(DUE, f"must be a table of {', '.join(KEYS)}; day and month are needed")
        return list(rules), []
    parameters = {"years_after": 1, **base.parameters}
    wanted = {**{key: parameters[key] for key in KEYS}, **value}
    if wanted["word"] not in WORDS:
        say(DUE, f"word {wanted['word']!r} is none of {', '.join(WORDS)}")
        return list(rules), []
    try:
        later = _last(wanted) > _last(parameters)
    except (TypeError, ValueError):
        say(DUE, f"{wanted['day']}/{wanted['month']} is no day of the year")
        return list(rules), []
    if later and not permission:
        say(
            DUE,
            f"{_shown(wanted)} is later than the regime's {_shown(parameters)}; needs a permission citation",
        )
        return list(rules), []
    kept = {key: found for key, found in wanted.items() if key in base.parameters or found != parameters[key]}
    changed = [
        (
            file,
            replace(rule, parameters={**rule.parameters, **kept}, cite=f"{base.cite}; {cite}", layer=layer),
        )
        if rule.id == base.id
        else (file, rule)
        for file, rule in rules
    ]
    if not later:
        return changed, []
    return changed, [
        LayerException(layer, base.id, DUE, _shown(parameters), _shown(wanted), cite, permission)
    ]


def _last(given: Mapping[str, Any]) -> date:
    stated = date(LEAP_FREE + given["years_after"], given["month"], given["day"])
    return last_good_day(cast(Word, given["word"]), stated)


def _shown(given: Mapping[str, Any]) -> str:
    year = {0: "", 1: " of the next year"}.get(given["years_after"], f" {given['years_after']} years after")
    return f"{given['word']} {given['day']:02}/{given['month']:02}{year}"
