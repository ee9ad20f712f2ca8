"""Checklists: what only a person can judge becomes one rule an item, which blocks its gate while unticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.rules.rulebook import Rulebook

TICKED = "ticked@1"
OF_THE_LIST = frozenset({"gate", "kinds", "when", "force", "item"})
OF_AN_ITEM = frozenset(
    {"id", "rows", "cite", "says", "help", "fails", "reading", "when", "force", "in_force"}
)


def rule_tables(checklist: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """The rule each item of a `[[checklist]]` stands for, with the keys that do not belong there.

    An item takes gate, kinds, when and force from its list; its own when and force come first.
    """
    strange = sorted(set(checklist) - OF_THE_LIST)
    for item in checklist.get("item", ()):
        table = {
            "role": "gate",
            "gates": [checklist.get("gate", "")],
            "kinds": checklist.get("kinds", []),
            "force": checklist.get("force", "ask_person"),
            "condition": TICKED,
            "item": item.get("id", ""),
            **{key: value for key, value in item.items() if key in OF_AN_ITEM},
        }
        when = {**checklist.get("when", {}), **item.get("when", {})}
        if when:
            table["when"] = when
        yield table, strange + sorted(set(item) - OF_AN_ITEM)


def item_names(rulebook: Rulebook, kind: str, *gates: str) -> tuple[str, ...]:
    """The items of a kind asked for at these gates, at any gate where none is named."""
    rules = rulebook.items_of(kind)
    return tuple(str(rule.parameters["item"]) for rule in rules if not gates or set(gates) & set(rule.gates))
