"""Layers: a local layer sets what is open, tightens what has an order, adds rules; else by permission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from workflow.rules.conditions.registry import Parameter, Tighter
from workflow.rules.conditions.shipped import find_condition
from workflow.rules.refusals import Problem
from workflow.rules.rule import Rule
from workflow.rules.rulebook import LayerException

if TYPE_CHECKING:
    from workflow.rules.loading import Folder


@dataclass
class Composed:
    """The rules after all layers, each with its file, and what auditors should see."""

    rules: list[tuple[str, Rule]]
    exceptions: list[LayerException] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def compose(chain: Sequence[Folder], opened_on: date | None) -> Composed:
    """The regime's rules valid on the day, changed by each layer; the nearer wins, each checked on it."""
    base = _in_force(chain[0].rules, opened_on)
    composed = Composed(list(base))
    originals = {rule.id: rule for _, rule in base}
    for folder in chain[1:]:
        _add(composed, folder, originals, opened_on)
        seen: set[tuple[str, str]] = set()
        for file, change in folder.changes:
            _change(composed, originals, folder.name, file, change, seen)
    return composed


def _in_force(rules: Sequence[tuple[str, Rule]], opened_on: date | None) -> list[tuple[str, Rule]]:
    if opened_on is not None:
        return [item for item in rules if item[1].is_in_force[0] <= opened_on <= item[1].is_in_force[1]]
    newest: dict[str, date] = {}
    for _, rule in rules:
        if rule.id not in newest or newest[rule.id] < rule.in_force:
            newest[rule.id] = rule.in_force
    return [item for item in rules if item[1].in_force == newest[item[1].id]]


def _add(composed: Composed, folder: Folder, originals: Mapping[str, Rule], opened_on: date | None) -> None:
    for file, rule in _in_force(folder.rules, opened_on):
        for replaced in rule.replaces:
            if replaced in originals:
                what = f"a layer's rule cannot replace {replaced} of the regime; change it with permission"
                composed.problems.append(Problem(file, rule.id, "replaces", what))
        composed.rules.append((file, rule))


def _change(
    composed: Composed,
    originals: Mapping[str, Rule],
    layer: str,
    file: str,
    change: Mapping[str, Any],
    seen: set[tuple[str, str]],
) -> None:
    rule_id, name = str(change.get("rule", "")), str(change.get("parameter", ""))
    permission, cite = str(change.get("permission", "")), str(change.get("cite", ""))

    def say(key: str, what: str) -> None:
        composed.problems.append(Problem(file, rule_id, key, what))

    base = originals.get(rule_id)
    if base is None:
        return say("rule", "is not a rule of the regime this layer extends")
    if not cite.strip():
        return say("cite", "is missing: a layer cites its own document for each value")
    if (rule_id, name) in seen:
        return say(name or "off", "is set twice in one layer")
    seen.add((rule_id, name))
    if change.get("off") is True:
        if not base.house_default and not permission:
            return say("off", "only a house default is switched off without a permission citation")
        if not base.house_default:
            composed.exceptions.append(LayerException(layer, rule_id, "off", False, True, cite, permission))
        composed.rules = [item for item in composed.rules if item[1].id != rule_id]
        return None
    registered = find_condition(base.condition)
    parameter = registered.parameters.get(name) if registered else None
    if parameter is None:
        return say("parameter", f"{name!r} is not a parameter of {base.condition}")
    value = tuple(change["value"]) if isinstance(change.get("value"), list) else change.get("value")
    problem = parameter.problem(value)
    if problem:
        return say(name, problem)
    if name not in base.open and not is_tighter(parameter, base.parameters.get(name), value):
        if not permission:
            return say(
                name,
                f"{_not_allowed(parameter, base.parameters.get(name), value)}; needs a permission citation",
            )
        base_value = base.parameters.get(name)
        composed.exceptions.append(LayerException(layer, rule_id, name, base_value, value, cite, permission))
    composed.rules = [_with(item, rule_id, name, value, cite, layer) for item in composed.rules]
    return None


def is_tighter(parameter: Parameter, base: Any, value: Any) -> bool:
    """Whether the value is as strict as the base's or stricter, in the order the parameter declares."""
    if value == base:
        return True
    match parameter.tighter:
        case Tighter.HIGHER:
            return bool(value > base)
        case Tighter.LOWER | Tighter.EARLIER:
            return bool(value < base)
        case Tighter.SUPERSET:
            return set(value) >= set(base)
        case Tighter.NONE:
            return False


def _not_allowed(parameter: Parameter, base: Any, value: Any) -> str:
    if parameter.tighter is Tighter.NONE:
        return f"the regime gives {base!r} and leaves it neither open nor to be tightened to {value!r}"
    return f"{value!r} is looser than the regime's {base!r} (tighter is {parameter.tighter})"


def _with(
    item: tuple[str, Rule], rule_id: str, name: str, value: Any, cite: str, layer: str
) -> tuple[str, Rule]:
    file, rule = item
    if rule.id != rule_id:
        return item
    parameters = {**rule.parameters, name: value}
    regime_cite = rule.cite.split("; ")[0]
    return file, replace(rule, parameters=parameters, cite=f"{regime_cite}; {cite}", layer=layer)
