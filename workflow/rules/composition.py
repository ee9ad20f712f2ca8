"""What a composed rulebook is made of: each value, the layer that set it and by which document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow.rules.flow import CHOICES
from workflow.rules.loading import SHIPPED, Folder, load_rulebook, read_chain
from workflow.rules.reminding import STEPS
from workflow.rules.rule import Rule
from workflow.rules.rulebook import LayerException, Rulebook

RULE, READING, FLOW, GROUP, REMINDING = "rule", "reading", "flow", "group", "reminding"


@dataclass(frozen=True, slots=True)
class Value:
    """One value: of a rule, reading, flow, quota group or the ladder of reminders (`what`, `of`), under its
    `name`.

    `name` is empty for a whole rule or group a layer added. `set_by` is the folder that set it, the regime's
    own id where no layer did. `base` is the regime's value where a layer set another.
    """

    what: str
    of: str
    name: str
    value: Any
    set_by: str
    cite: str
    base: Any = None
    permission: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether a layer set another value than the regime's."""
        return self.base is not None


@dataclass(frozen=True, slots=True)
class Composition:
    """A rulebook with the origin of each of its values."""

    book: Rulebook
    regime: str
    values: tuple[Value, ...]
    exceptions: tuple[LayerException, ...]

    def by_layers(self) -> tuple[Value, ...]:
        """What layers set or added, in the order of the book."""
        return tuple(value for value in self.values if value.set_by != self.regime)


def composition(rulebook_id: str, *, shelf: Path = SHIPPED) -> Composition:
    """How the rulebook is composed; RulebookRefused lists everything wrong with it."""
    book = load_rulebook(rulebook_id, shelf=shelf)
    chain = read_chain(rulebook_id, shelf)
    base = load_rulebook(chain[0].name, shelf=shelf)
    changes = _changes(chain)
    values = (
        *_of_rules(book, base, changes),
        *_of_readings(book, base, changes),
        *_of_flows(book, base, changes),
        *(
            Value(GROUP, group.id, "", group.says, group.layer or base.id, group.cite)
            for group in book.groups
        ),
        *_of_reminding(book, base),
    )
    return Composition(book, base.id, values, book.exceptions)


def _of_reminding(book: Rulebook, base: Rulebook) -> Iterator[Value]:
    now, was = book.reminding, base.reminding
    if not now.cite:
        return  # the house default is nobody's value
    for name in (*STEPS, "on_day"):
        value, first = getattr(now, name), getattr(was, name)
        changed = value != first
        set_by = now.layer if changed else was.layer or now.layer
        yield Value(REMINDING, "", name, value, set_by, now.cite, first if changed else None)


Changes = Mapping[tuple[str, str, str], tuple[str, Mapping[str, Any]]]


def _changes(chain: list[Folder]) -> Changes:
    """Who set what last: (what, of, name) -> (layer, table); the nearer layer wins."""
    found: dict[tuple[str, str, str], tuple[str, Mapping[str, Any]]] = {}
    for folder in chain[1:]:
        for _, change in folder.changes:
            what = next(key for key in (READING, FLOW, RULE) if key in change)
            name = "" if what == READING else str(change.get("parameter", "off"))
            found[(what, str(change[what]), name)] = (folder.name, change)
    return found


def _of_rules(book: Rulebook, base: Rulebook, changes: Changes) -> Iterator[Value]:
    originals = {rule.id: rule for rule in base.rules}
    for rule in book.rules:
        original = originals.get(rule.id)
        if original is None:
            yield Value(RULE, rule.id, "", rule.says, rule.layer, rule.cite)
        for name, value in rule.parameters.items():
            yield _of_parameter(rule, original, name, value, base.id, book, changes)
    kept = {rule.id for rule in book.rules}
    for rule in base.rules:
        if rule.id not in kept:
            layer, change = changes[(RULE, rule.id, "off")]
            yield Value(
                RULE,
                rule.id,
                "off",
                True,
                layer,
                str(change["cite"]),
                False,
                str(change.get("permission", "")),
            )


def _of_parameter(
    rule: Rule, original: Rule | None, name: str, value: Any, regime: str, book: Rulebook, changes: Changes
) -> Value:
    if original is None:
        return Value(RULE, rule.id, name, value, rule.layer, rule.cite)
    was = original.parameters.get(name)
    base = was if was != value else None
    change = changes.get((RULE, rule.id, name)) or changes.get((RULE, rule.id, "due"))
    if change is not None and (base is not None or change[1].get("parameter") == name):
        layer, table = change
        return Value(
            RULE, rule.id, name, value, layer, str(table["cite"]), base, str(table.get("permission", ""))
        )
    reading = rule.by_reading.get(name)
    if reading is not None and book.settings[reading].layer:
        taken = book.settings[reading]
        return Value(RULE, rule.id, name, value, taken.layer, f"{taken.cite} ({reading})", base)
    return Value(RULE, rule.id, name, value, regime, original.cite)


def _of_readings(book: Rulebook, base: Rulebook, changes: Changes) -> Iterator[Value]:
    for key, reading in book.settings.items():
        if not reading.setting:
            continue
        change = changes.get((READING, key, ""))
        was = base.settings[key].value if key in base.settings else None
        yield Value(
            READING,
            key,
            reading.setting,
            reading.value,
            change[0] if change else base.id,
            reading.cite,
            was if was != reading.value else None,
        )


def _of_flows(book: Rulebook, base: Rulebook, changes: Changes) -> Iterator[Value]:
    for kind in book.scales:
        now, was = book.flow(kind), base.flow(kind)
        for name in CHOICES:
            change = changes.get((FLOW, kind, name))
            value, first = getattr(now, name), getattr(was, name)
            if change is None and name == "source":  # a ballot set or taken away moves it along
                change = changes.get((FLOW, kind, "ballot")) if value != first else None
            layer, table = change if change else (base.id, {})
            yield Value(
                FLOW,
                kind,
                name,
                value,
                layer,
                str(table.get("cite", was.cite)),
                first if first != value else None,
                str(table.get("permission", "")),
            )
