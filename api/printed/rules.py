"""Prints docs/rules.md and docs/rules/: every rule of each rulebook, and what carries out each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.covering import coverage_of
from states.levels import NAMES as LEVEL_NAMES
from workflow.rules.coverage import FORCES, WAYS, Carrier, Coverage
from workflow.rules.loading import HEADER, SHIPPED
from workflow.rules.register import number_of
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook

ROLES: dict[Role, str] = {
    Role.EXEMPTION: "Who is excused or not rated",
    Role.GATE: "What a step waits for",
    Role.DOCUMENT: "Papers",
    Role.DEADLINE: "Deadlines",
    Role.CONDITION: "Conditions of a level",
    Role.TRIGGER: "Defects that lead to a level",
    Role.OTHERWISE: "The level of all other cases",
    Role.CAP: "Caps",
    Role.THRESHOLD: "Majorities",
    Role.QUOTA: "Quotas",
    Role.REWARD: "Rewards",
    Role.GUIDANCE: "Guidance, shown and never judged",
}


SECONDARY = (
    "Second-hand: quoted by others and not compared with the signed text. A committee compares every value "
    "with its own copy before it opens a campaign."
)


def books() -> list[str]:
    """The ids of every rulebook shipped."""
    return sorted(path.parent.name for path in SHIPPED.glob(f"*/{HEADER}"))


def index() -> str:
    """The page that leads to each regime and to the readings."""
    parts = [
        "# Rules",
        "",
        (
            "What each regulation says and what carries it out, printed from `workflow/rulebooks/` and "
            "`workflow/registers/` by `kiemdiem docs`."
        ),
        "",
        "| rulebook | title | in force from | rules | rows carried out |",
        "|---|---|---|---|---|",
    ]
    for name in books():
        book = Rulebook.load(name)
        found = coverage_of(book)
        rows = f"{found.covered} of {len(found.rows)}" if found else "–"
        title = f"{book.title.vi} ({book.title.en})"
        parts.append(
            f"| [{name}](rules/{name}.md) | {title} | {book.in_force:%d/%m/%Y} | {len(book.rules)} | {rows} |"
        )
    parts += ["", "Clauses that can be read in more than one way: [readings](rules/readings.md)."]
    return "\n".join(parts) + "\n"


def rules(name: str) -> str:
    """The page of one rulebook as shipped; the newest row of each rule."""
    book = Rulebook.load(name)
    parts = [
        f"# Rules of {book.id}",
        "",
        f"{book.title.vi} ({book.title.en}). In force from {book.in_force:%d/%m/%Y}.",
        "",
        f"Source: {book.source}.",
        "",
    ]
    if book.provenance == "secondary":
        parts += [
            SECONDARY,
            "",
        ]
    parts += [
        f"Printed from `workflow/rulebooks/{book.id}/` by `kiemdiem docs`.",
        "",
        "Levels, best first: "
        + "; ".join(
            f"{kind}: {' > '.join(LEVEL_NAMES[level][0] for level in levels)}"
            for kind, levels in book.scales.items()
        )
        + ".",
    ]
    if book.layers:
        parts += ["", f"Local layers: {', '.join(book.layers)}."]
    if book.unset:
        parts += ["", "## What a local layer has to set", ""]
        parts += [f"- {left.says.vi} *{left.says.en}*" for left in book.unset]
    for role, title in ROLES.items():
        found = [rule for rule in book.rules if rule.role is role]
        if found:
            parts += ["", f"## {title}"]
        for rule in found:
            parts += ["", *_rule(rule)]
    if book.venues:
        parts += ["", "## Where a person is reviewed", "", *_venues(book)]
    if book.settings:
        parts += ["", "## Readings", "", *_readings(book)]
    covered = coverage_of(book)
    if covered is not None:
        parts += ["", "## Row by row", "", *_rows(covered)]
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
    if rule.rows:
        yield f"| register rows | {', '.join(rule.rows)} |"
    yield f"| force | {rule.force} |"
    if rule.gates:
        yield f"| judged at | {', '.join(rule.gates)} |"
    yield f"| for | {', '.join(rule.kinds)} |"
    if rule.level:
        yield f"| level | {LEVEL_NAMES.get(rule.level, (rule.level,))[0]} |"
    parameters = {
        name: f"{_value(value)} ({rule.by_reading[name]})" if name in rule.by_reading else value
        for name, value in rule.parameters.items()
    }
    yield f"| condition | `{rule.condition}`{_values(parameters)} |"
    if rule.when:
        yield f"| where | {_values(rule.when).strip(': ')} |"
    if rule.replaces:
        yield f"| replaces | {', '.join(rule.replaces)} |"
    if rule.reading:
        yield f"| reading | [{rule.reading}](readings.md#{rule.reading.lower()}) |"
    if rule.layer:
        yield f"| layer | {rule.layer} |"
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
    yield "| reading | rows | Vietnamese | English | setting |"
    yield "|---|---|---|---|---|"
    for key in sorted(book.settings, key=number_of):
        one = book.settings[key]
        setting = f"`{one.setting}` = {one.value}, of {_value(one.choices)}" if one.setting else ""
        link = f"[{key}](readings.md#{key.lower()})"
        yield f"| {link} | {', '.join(one.rows)} | {one.says.vi} | {one.says.en} | {setting} |"


def _rows(covered: Coverage) -> Iterator[str]:
    yield f"{covered.covered} of {len(covered.rows)} rows are carried out."
    yield ""
    yield "| row | clause | Vietnamese | English | carried out by |"
    yield "|---|---|---|---|---|"
    for one in covered.rows:
        row, by = one.row, "; ".join(_carrier(carrier) for carrier in one.carriers) or "nothing yet"
        yield f"| {row.id} | {row.clause} | {row.says.vi} | {row.says.en} | {by} |"


def _carrier(carrier: Carrier) -> str:
    name = f" `{carrier.name}`" if carrier.name else ""
    force = f" ({FORCES[carrier.force].en})" if carrier.force else ""
    return f"{WAYS[carrier.way].en}{name}{force}: {carrier.where.en}"
