"""Prints docs/rules.md: every rule of the shipped rulebook with its clause, force, condition, sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from states.levels import NAMES as LEVEL_NAMES
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook

RULEBOOK = "duk_2016"

ROLES: dict[Role, str] = {
    Role.EXEMPTION: "Who is excused or not rated",
    Role.GATE: "What a step waits for",
    Role.DOCUMENT: "Papers",
    Role.DEADLINE: "Deadlines",
    Role.CONDITION: "Conditions of a level",
    Role.TRIGGER: "Defects that lead to the lowest level",
    Role.OTHERWISE: "The level of whoever meets no better one's conditions",
    Role.CAP: "Caps",
    Role.THRESHOLD: "Majorities",
    Role.QUOTA: "Quotas",
    Role.GUIDANCE: "Guidance, shown and never judged",
}


def rules() -> str:
    """The page, from the rulebook as shipped; the newest row of each rule."""
    book = Rulebook.load(RULEBOOK)
    parts = [
        f"# Rules of {book.id}",
        "",
        f"{book.title.vi} ({book.title.en}). In force from {book.in_force:%d/%m/%Y}.",
        "",
        f"Printed from `workflow/rulebooks/{book.id}/` by `kiemdiem docs`.",
        "",
        "Levels, best first: "
        + "; ".join(
            f"{kind}: {' > '.join(LEVEL_NAMES[level][0] for level in levels)}"
            for kind, levels in book.scales.items()
        )
        + ".",
    ]
    for role, title in ROLES.items():
        found = [rule for rule in book.rules if rule.role is role]
        if found:
            parts += ["", f"## {title}"]
        for rule in found:
            parts += ["", *_rule(rule)]
    parts += ["", "## Where a person is reviewed", "", *_venues(book)]
    parts += ["", "## Readings", "", *_readings(book)]
    return "\n".join(parts) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id}"
    yield ""
    yield f"{rule.says.vi}"
    yield ""
    yield f"*{rule.says.en}*"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield f"| clause | {rule.cite}{' (house default, no clause)' if rule.house_default else ''} |"
    yield f"| register rows | {', '.join(rule.rows)} |"
    yield f"| force | {rule.force} |"
    if rule.gates:
        yield f"| judged at | {', '.join(rule.gates)} |"
    yield f"| for | {', '.join(rule.kinds)} |"
    if rule.level:
        yield f"| level | {LEVEL_NAMES.get(rule.level, (rule.level,))[0]} |"
    yield f"| condition | `{rule.condition}`{_values(rule.parameters)} |"
    if rule.when:
        yield f"| where | {_values(rule.when).strip(': ')} |"
    if rule.replaces:
        yield f"| replaces | {', '.join(rule.replaces)} |"
    if rule.reading:
        yield f"| reading | [{rule.reading}](#readings) |"
    if rule.help:
        yield f"| help | {rule.help.vi} *{rule.help.en}* |"


def _values(values: Mapping[str, Any]) -> str:
    return "".join(f": {name} = {_value(value)}" if n == 0 else f"; {name} = {_value(value)}"
                   for n, (name, value) in enumerate(values.items()))  # fmt: skip


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(_value(item) for item in value)
    return str(value)


def _venues(book: Rulebook) -> Iterator[str]:
    yield "Of the rows a person matches, the first counts."
    yield ""
    yield "| row | clause | posts | sessions, in order |"
    yield "|---|---|---|---|"
    for row in sorted(book.venues, key=lambda row: row.order):
        yield f"| {row.id} | {row.cite} | {', '.join(row.posts) or 'any'} | {', '.join(row.sessions)} |"


def _readings(book: Rulebook) -> Iterator[str]:
    yield "How a clause that can be read in more than one way is taken here."
    yield ""
    yield "| reading | rows | Vietnamese | English |"
    yield "|---|---|---|---|"
    for reading in sorted(book.settings.values(), key=lambda one: one.id):
        yield f"| {reading.id} | {', '.join(reading.rows)} | {reading.says.vi} | {reading.says.en} |"
