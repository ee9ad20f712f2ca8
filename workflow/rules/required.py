"""What a regime leaves for local layers to set: until each is set, no campaign can be planned under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflow.rules.rule import GATES, KINDS, Both, Role, Rule

Say = Callable[[str, str], None]
Changes = Sequence[Mapping[str, Any]]

WAYS = ("rule", "flow", "reading", "group")
KEYS = frozenset({"id", "rows", "says", "parameter", *WAYS})
OF_A_RULE = frozenset({"id", "role", "gates", "kinds", "fact", "levels"})


@dataclass(frozen=True, slots=True)
class Required:
    """One value the regime does not give and a layer has to.

    Exactly one of these says what sets it: `rule`, a rule the layer adds, described by its role, kinds,
    gates, fact and levels (each level needs one), or the id of a rule of the regime whose `parameter` is
    set; `flow`, the kind of review whose `parameter` is set; `reading`, a C-number; `group`, the kinds of
    review for which quota groups are defined.
    """

    id: str
    rows: tuple[str, ...]
    says: Both
    rule: Mapping[str, Any] = field(default_factory=dict)
    flow: str = ""
    reading: str = ""
    parameter: str = ""
    group: tuple[str, ...] = ()

    def is_set(self, added: Sequence[Rule], changes: Changes, grouped: frozenset[str]) -> bool:
        """Whether rules added by layers, their `[[set]]` tables or their quota groups settle it."""
        if self.group:
            return set(self.group) <= grouped
        if self.reading:
            return any(change.get("reading") == self.reading for change in changes)
        if self.flow:
            wanted = (self.flow, self.parameter)
            return any((change.get("flow"), change.get("parameter")) == wanted for change in changes)
        if "id" in self.rule:
            wanted = (self.rule["id"], self.parameter)
            return any((change.get("rule"), change.get("parameter")) == wanted for change in changes)
        fitting = [rule for rule in added if _fits(rule, self.rule)]
        levels = self.rule.get("levels")
        return set(levels) <= {rule.level for rule in fitting} if levels else bool(fitting)


def read_required(table: Mapping[str, Any], say: Say) -> Required | None:
    """The entry in one `[[required]]` table; None after `say(key, what)` was called for each thing wrong."""
    wrong: list[str] = []

    def complain(key: str, what: str) -> None:
        wrong.append(key)
        say(key, what)

    given = {key: _plain(value) for key, value in table.items()}
    for key in sorted(set(given) - KEYS):
        complain(key, f"is none of {', '.join(sorted(KEYS))}")
    for key in ("id", "rows"):
        if not given.get(key):
            complain(key, "is missing")
    says = given.get("says")
    if not isinstance(says, Mapping) or set(says) != {"vi", "en"}:
        complain("says", "needs a text in vi and in en: what does a layer have to set?")
    chosen = [way for way in WAYS if way in given]
    if len(chosen) != 1:
        complain("", f"says what sets it by exactly one of {', '.join(WAYS)}")
    rule = given.get("rule", {})
    needs_parameter = "flow" in given or (isinstance(rule, Mapping) and "id" in rule)
    if needs_parameter != ("parameter" in given):
        complain("parameter", "belongs to a flow or to a rule named by id, and is needed there")
    _check_rule(rule, complain)
    if given.get("flow", KINDS[0]) not in KINDS or not set(given.get("group", ())) <= set(KINDS):
        complain("flow", f"names a kind that is none of {', '.join(KINDS)}")
    if wrong or not isinstance(says, Mapping):
        return None
    return Required(**{**given, "says": Both(says["vi"], says["en"])})


def unset(
    required: Iterable[Required], added: Sequence[Rule], changes: Changes, grouped: frozenset[str]
) -> tuple[Required, ...]:
    """What no layer has set yet, in the order of the regime's files."""
    return tuple(one for one in required if not one.is_set(added, changes, grouped))


def _check_rule(rule: Any, complain: Say) -> None:
    if not isinstance(rule, Mapping):
        return complain("rule", "is a table that describes the rule a layer adds")
    for key in sorted(set(rule) - OF_A_RULE):
        complain("rule", f"{key} is none of {', '.join(sorted(OF_A_RULE))}")
    if rule.get("role", Role.GATE) not in list(Role):
        complain("rule", f"{rule['role']!r} is none of {', '.join(Role)}")
    if not set(rule.get("gates", ())) <= set(GATES) or not set(rule.get("kinds", ())) <= set(KINDS):
        complain("rule", "names a gate or kind that does not exist")
    return None


def _fits(rule: Rule, wanted: Mapping[str, Any]) -> bool:
    """Whether a layer's rule is of the sort described; only one that decides something counts."""
    return (
        rule.layer != ""
        and rule.role == wanted.get("role", rule.role)
        and set(wanted.get("kinds", ())) <= set(rule.kinds)
        and set(wanted.get("gates", ())) <= set(rule.gates)
        and wanted.get("fact") in (None, rule.parameters.get("fact"))
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict) and set(value) != {"vi", "en"}:
        return {key: _plain(item) for key, item in value.items()}
    return value
