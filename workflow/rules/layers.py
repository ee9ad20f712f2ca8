"""Layers: a local layer sets what is open, tightens what has an order, adds rules; else by permission."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from workflow.rules import dues
from workflow.rules.conditions.registry import Parameter, Tighter
from workflow.rules.conditions.shipped import find_condition
from workflow.rules.flow import Flow, change_flow
from workflow.rules.readings import Reading, taken
from workflow.rules.refusals import Problem
from workflow.rules.rule import Both, Rule
from workflow.rules.rulebook import LayerException

if TYPE_CHECKING:
    from workflow.rules.loading import Folder


SET_KEYS = frozenset({"rule", "parameter", "value", "cite", "permission", "off", "says"})
"""What a layer's `[[set]]` of a rule may hold."""


@dataclass
class Composed:
    """The rules and flows after all layers, each rule with its file, and what auditors should see."""

    rules: list[tuple[str, Rule]]
    flows: dict[str, Flow] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    decided: dict[str, set[str]] = field(default_factory=dict)  # of a rule, the values layers have set
    exceptions: list[LayerException] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def compose(chain: Sequence[Folder], readings: Mapping[str, Reading], opened_on: date | None) -> Composed:
    """The regime's rules valid on the day, changed by each layer; the nearer wins, each checked on it.

    `readings` are those of all folders as written; a layer may take another choice of one.
    """
    base = _in_force(chain[0].rules, opened_on)
    composed = Composed(list(base), dict(chain[0].flows), dict(readings))
    rated = frozenset(chain[0].header.get("scales", {}))
    originals = {rule.id: rule for _, rule in base}
    for folder in chain[1:]:
        _add(composed, folder, originals, opened_on)
        seen: set[tuple[str, str]] = set()
        for file, change in folder.changes:
            if "reading" in change:
                _take_reading(composed, folder.name, file, change, seen)
            elif "flow" in change:
                _change_flow(composed, rated, folder.name, file, change, seen)
            else:
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
    strange = sorted(set(change) - SET_KEYS)
    if strange:
        return say(strange[0], f"is none of {', '.join(sorted(SET_KEYS))}")
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
    if name == dues.DUE and dues.is_yearly(base):
        composed.rules, exception = dues.moved(composed.rules, base, change, layer, say)
        composed.exceptions.extend(exception)
        composed.rules = _said(composed.rules, rule_id, change, say)
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
    decided = composed.decided.setdefault(rule_id, set())
    decided.add(name)
    whole = decided >= set(base.open or base.parameters)
    composed.rules = _said(composed.rules, rule_id, change, say)
    composed.rules = [_with(item, base, name, value, cite, layer, whole) for item in composed.rules]
    return None


def _said(
    rules: list[tuple[str, Rule]], rule_id: str, change: Mapping[str, Any], say: Callable[[str, str], None]
) -> list[tuple[str, Rule]]:
    """The rules with this one in the layer's own words, where it gives them."""
    said = change.get("says")
    if said is None:
        return rules
    if not isinstance(said, Mapping) or set(said) != {"vi", "en"}:
        say("says", "needs a text in vi and in en")
        return rules
    words = Both(said["vi"], said["en"])
    return [(file, replace(rule, says=words) if rule.id == rule_id else rule) for file, rule in rules]


def _take_reading(
    composed: Composed, layer: str, file: str, change: Mapping[str, Any], seen: set[tuple[str, str]]
) -> None:
    """Take another choice of a reading, and hand it to every rule that has a parameter from it."""
    key = str(change["reading"])

    def say(name: str, what: str) -> None:
        composed.problems.append(Problem(file, key, name, what))

    reading = composed.readings.get(key)
    if reading is None:
        return say("reading", "is not among the readings of what this layer extends")
    if (key, "") in seen:
        return say("reading", "is set twice in one layer")
    seen.add((key, ""))
    reading = composed.readings[key] = taken(reading, change, layer, say)
    composed.rules = [(file, _with_reading(rule, reading)) for file, rule in composed.rules]
    return None


def _with_reading(rule: Rule, reading: Reading) -> Rule:
    chosen = {name: reading.value for name, key in rule.by_reading.items() if key == reading.id}
    return replace(rule, parameters={**rule.parameters, **chosen}) if chosen else rule


def _change_flow(
    composed: Composed,
    rated: frozenset[str],
    layer: str,
    file: str,
    change: Mapping[str, Any],
    seen: set[tuple[str, str]],
) -> None:
    kind, name = str(change["flow"]), str(change.get("parameter", ""))
    permission, cite = str(change.get("permission", "")), str(change.get("cite", ""))

    def say(key: str, what: str) -> None:
        composed.problems.append(Problem(file, f"flow.{kind}", key, what))

    if kind not in rated:
        return say("flow", f"{kind!r} is no kind the regime rates")
    if not cite.strip():
        return say("cite", "is missing: a layer cites its own document for each value")
    if (f"flow.{kind}", name) in seen:
        return say(name, "is set twice in one layer")
    seen.add((f"flow.{kind}", name))
    flow, loosened = change_flow(composed.flows.get(kind, Flow(kind=kind)), change, layer, say)
    composed.flows[kind] = flow
    if loosened is not None:
        base, value = loosened
        composed.exceptions.append(LayerException(layer, f"flow.{kind}", name, base, value, cite, permission))
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
    item: tuple[str, Rule], base: Rule, name: str, value: Any, cite: str, layer: str, whole: bool
) -> tuple[str, Rule]:
    """The rule with one value changed; it is cited by its clause and the layer's document.

    A house default has no clause. Once layers have decided the `whole` of it, it is a default no more and
    stands under the layer's document alone.
    """
    file, rule = item
    if rule.id != base.id:
        return item
    parameters = {**rule.parameters, name: value}
    by_reading = {key: reading for key, reading in rule.by_reading.items() if key != name}
    changed = replace(rule, parameters=parameters, by_reading=by_reading, layer=layer)
    if base.house_default and whole:
        return file, replace(changed, cite=cite, house_default=False)
    return file, replace(changed, cite=f"{base.cite}; {cite}")
