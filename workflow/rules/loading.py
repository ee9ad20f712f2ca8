"""A folder of TOML becomes a rulebook, or a list of everything wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from workflow.days import Calendar, vietnam_calendar
from workflow.rules import checklists, checks, layers
from workflow.rules.carried import Carried, read_carried
from workflow.rules.flow import Flow, read_flow
from workflow.rules.groups import QuotaGroup, overlaps, read_group
from workflow.rules.reader import check_when, read_rule
from workflow.rules.readings import Reading, read_reading
from workflow.rules.refusals import Problem, RulebookRefused
from workflow.rules.reminding import HOUSE, Reminding, read_reminding
from workflow.rules.required import Required, read_required, unset
from workflow.rules.rule import KINDS, Both, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.scope import Scope, read_scope
from workflow.rules.topics.choices import LEVELS
from workflow.rules.venues import SESSIONS, VenueRow

SHIPPED = Path(__file__).parent.parent / "rulebooks"
HEADER = "rulebook.toml"
TABLES = frozenset(
    {"rule", "checklist", "reading", "venue", "carried", "flow", "quota_group", "required", "scope", "set"}
    | {"reminding"}
)
HEADER_KEYS = frozenset(
    {"id", "title", "source", "extends", "in_force", "in_force_until", "provenance", "scales"}
)


@dataclass
class Folder:
    """What the files of one folder say, before it is composed with the regime below it."""

    name: str
    header: dict[str, Any]
    contents: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    rules: list[tuple[str, Rule]] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    venues: list[VenueRow] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    flows: dict[str, Flow] = field(default_factory=dict)
    scope: Scope | None = None
    groups: list[tuple[str, QuotaGroup]] = field(default_factory=list)
    reminding: Reminding | None = None
    required: list[Required] = field(default_factory=list)
    changes: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load_rulebook(
    rulebook_id: str,
    *,
    opened_on: date | None = None,
    calendar: Calendar | None = None,
    shelf: Path = SHIPPED,
) -> Rulebook:
    """The rulebook `rulebook_id` from a folder of that name on the shelf, composed with what it extends.

    RulebookRefused lists every problem with file, rule and key.
    """
    chain = read_chain(rulebook_id, shelf)
    problems = [problem for folder in chain for problem in folder.problems]
    base = chain[0]
    in_force, until = base.header.get("in_force"), base.header.get("in_force_until")
    if (
        opened_on is not None
        and isinstance(in_force, date)
        and not in_force <= opened_on <= (until or date.max)
    ):
        problems.append(
            Problem(
                f"{base.name}/{HEADER}",
                "",
                "in_force",
                f"the rulebook is valid from {in_force} to {until or 'further notice'}, not on {opened_on}",
            )
        )
    if problems:
        raise RulebookRefused(problems)
    readings = {key: reading for folder in chain for key, reading in folder.readings.items()}
    composed = layers.compose(chain, readings, opened_on)
    problems = [*composed.problems, *checks.check(composed.rules, readings, base.header["scales"])]
    groups = [item for folder in chain for item in folder.groups]
    problems.extend(_overlapping(groups))
    if problems:
        raise RulebookRefused(problems)
    first = opened_on.year if opened_on else base.header["in_force"].year
    return Rulebook(
        id=rulebook_id,
        title=Both(**chain[-1].header["title"]),
        source=chain[-1].header["source"],
        in_force=base.header["in_force"],
        in_force_until=until,
        scales={kind: tuple(levels) for kind, levels in base.header["scales"].items()},
        rules=tuple(rule for _, rule in composed.rules),
        settings=composed.readings,
        venues=tuple(row for folder in chain for row in folder.venues),
        carried=tuple(entry for folder in chain for entry in folder.carried),
        flows=composed.flows,
        scope=base.scope or Scope(),
        provenance=base.header.get("provenance", ""),
        groups=tuple(group for _, group in groups),
        reminding=next((one.reminding for one in reversed(chain) if one.reminding is not None), HOUSE),
        unset=unset(
            [one for folder in chain for one in folder.required],
            [rule for _, rule in composed.rules],
            [change for folder in chain[1:] for _, change in folder.changes],
            frozenset(kind for _, group in groups for kind in group.kinds),
        ),
        calendar=calendar or vietnam_calendar(range(first - 1, first + 3)),
        layers=tuple(folder.name for folder in chain[1:]),
        exceptions=tuple(composed.exceptions),
    )


def read_chain(rulebook_id: str, shelf: Path) -> list[Folder]:
    """The folder and what it extends, the regime first. RulebookRefused where one is not there."""
    chain: list[Folder] = []
    wanted: str | None = rulebook_id
    while wanted is not None:
        if any(folder.name == wanted for folder in chain):
            raise RulebookRefused(
                [Problem(f"{chain[-1].name}/{HEADER}", "", "extends", f"{wanted} extends itself")]
            )
        path = shelf / wanted
        if not (path / HEADER).is_file():
            path = SHIPPED / wanted  # a layer of one's own extends a shipped regime
        if not (path / HEADER).is_file():
            raise RulebookRefused([Problem(f"{wanted}/{HEADER}", "", "", "is not there")])
        folder = _read_folder(path)
        chain.insert(0, folder)
        found = folder.header.get("extends")
        wanted = str(found) if found is not None else None
    known: dict[str, Reading] = {}
    for folder in chain:  # readings first: rules of any file take their choices
        for name, content in folder.contents:
            _read_readings(folder, name, content, known)
        known |= folder.readings
        for name, content in folder.contents:
            _read_file(folder, name, content, known)
    _read_remindings(chain)
    return chain


def _read_folder(path: Path) -> Folder:
    folder = Folder(path.name, {})
    for file in sorted(path.glob("*.toml"), key=lambda found: (found.name != HEADER, found.name)):
        name = f"{path.name}/{file.name}"
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            folder.problems.append(Problem(name, "", "", f"is not TOML in UTF-8: {error}"))
            continue
        if file.name == HEADER:
            folder.header = content
            _check_header(folder, name)
        folder.contents.append((name, content))
    return folder


def _check_header(folder: Folder, name: str) -> None:
    needed: dict[str, type] = {"title": dict, "source": str, "in_force": date}
    if "extends" not in folder.header:
        needed["scales"] = dict
    for key, kind in needed.items():
        if not isinstance(folder.header.get(key), kind):
            folder.problems.append(Problem(name, "", key, "is missing or has the wrong form"))
    if folder.header.get("provenance", "secondary") != "secondary":
        folder.problems.append(Problem(name, "", "provenance", "is “secondary” or left out"))
    if folder.header.get("id") != folder.name:
        folder.problems.append(Problem(name, "", "id", f"must be the name of the folder, {folder.name}"))
    scales = folder.header.get("scales", {})
    for kind, levels in scales.items() if isinstance(scales, dict) else ():
        wrong = _scale_problem(kind, levels)
        if wrong:
            folder.problems.append(Problem(name, "", "scales", wrong))


def _scale_problem(kind: str, levels: Any) -> str | None:
    if kind not in KINDS:
        return f"{kind!r} is none of {', '.join(KINDS)}"
    if not isinstance(levels, list) or not all(isinstance(level, str) for level in levels):
        return f"{kind} must be a list of levels, the best first"
    strange = [level for level in levels if level not in LEVELS]
    if strange:
        return f"{kind}: {strange[0]!r} is no level; there are {', '.join(LEVELS)}"
    if len(levels) < 2 or len(set(levels)) < len(levels):
        steps = f"{len(levels)} step{'' if len(levels) == 1 else 's'}"
        return f"{kind} has {steps}; a scale has two or more, each once"
    return None


def _read_readings(
    folder: Folder, name: str, content: Mapping[str, Any], known: Mapping[str, Reading]
) -> None:
    for key, table in content.get("reading", {}).items():

        def say(what_key: str, what: str, key: str = key) -> None:
            folder.problems.append(Problem(name, key, what_key, what))

        reading = read_reading(key, table, say)
        if key in known or key in folder.readings:
            say("reading", 'is given already; a layer takes another choice with [[set]] reading = "..."')
        elif reading is not None:
            folder.readings[key] = reading


def _read_rule_into(
    folder: Folder, name: str, table: Mapping[str, Any], readings: Mapping[str, Reading]
) -> None:
    rule_id = str(table.get("id", "(no id)"))

    def say(key: str, what: str) -> None:
        folder.problems.append(Problem(name, rule_id, key, what))

    layer = folder.name if "extends" in folder.header else ""
    rule = read_rule(table, folder.header.get("in_force"), layer, readings, say)
    if rule is not None:
        folder.rules.append((name, rule))


def _read_checklist(
    folder: Folder, name: str, checklist: Mapping[str, Any], readings: Mapping[str, Reading]
) -> None:
    if not checklist.get("item"):
        gate = str(checklist.get("gate", ""))
        folder.problems.append(Problem(name, f"checklist {gate}", "item", "is missing: a list has items"))
    for table, strange in checklists.rule_tables(checklist):
        for key in strange:
            what = "is neither a key of a checklist nor of its items"
            folder.problems.append(Problem(name, str(table.get("id", "")), key, what))
        _read_rule_into(folder, name, table, readings)


def _read_carried_into(folder: Folder, name: str, table: Mapping[str, Any]) -> None:
    rows = table.get("rows", ())
    label = f"carried {', '.join(map(str, rows)) if isinstance(rows, list) else rows}"

    def say(key: str, what: str) -> None:
        folder.problems.append(Problem(name, label, key, what))

    entry = read_carried(table, say)
    if entry is not None:
        folder.carried.append(entry)


def _read_group_into(folder: Folder, name: str, table: Mapping[str, Any]) -> None:
    def say(key: str, what: str) -> None:
        folder.problems.append(Problem(name, str(table.get("id", "(no id)")), key, what))

    group = read_group(table, folder.name if "extends" in folder.header else "", check_when, say)
    if group is not None:
        folder.groups.append((name, group))


def _overlapping(groups: list[tuple[str, QuotaGroup]]) -> list[Problem]:
    file_of = {group.id: file for file, group in groups}
    return [
        Problem(
            file_of[second.id], second.id, "when", f"overlaps {first.id}: somebody would be counted twice"
        )
        for first, second in overlaps([group for _, group in groups])
    ]


def _read_required_into(folder: Folder, name: str, table: Mapping[str, Any]) -> None:
    def say(key: str, what: str) -> None:
        folder.problems.append(Problem(name, str(table.get("id", "(no id)")), key, what))

    one = read_required(table, say)
    if one is not None:
        folder.required.append(one)


def _read_scope_into(folder: Folder, name: str, table: Mapping[str, Any]) -> None:
    def say(key: str, what: str) -> None:
        folder.problems.append(Problem(name, "scope", key, what))

    if "extends" in folder.header:
        return say("", "belongs to the regime; a layer cannot say who is rated apart")
    if folder.scope is not None:
        return say("", "stands twice")
    folder.scope = read_scope(table, say)


def _read_remindings(chain: list[Folder]) -> None:
    """Each folder's ladder over the one below it; what a layer does not name it leaves as it was."""
    held = HOUSE
    for folder in chain:
        for name, content in folder.contents:
            if "reminding" not in content:
                continue

            def say(key: str, what: str, folder: Folder = folder, name: str = name) -> None:
                folder.problems.append(Problem(name, "reminding", key, what))

            if folder.reminding is not None:
                say("", "stands twice")
                continue
            folder.reminding = read_reminding(content["reminding"], held, folder.name, say)
        held = folder.reminding or held


def _read_flow_into(folder: Folder, name: str, kind: str, table: Mapping[str, Any]) -> None:
    def say(key: str, what: str) -> None:
        folder.problems.append(Problem(name, f"flow.{kind}", key, what))

    if "extends" in folder.header:
        return say("", 'belongs to the regime; a layer sets a value of it with [[set]] flow = "..."')
    if kind not in folder.header.get("scales", {}):
        return say("", f"{kind!r} is no kind that [scales] rates")
    if kind in folder.flows:
        return say("", "is given twice")
    flow = read_flow(kind, table, "", say)
    if flow is not None:
        folder.flows[kind] = flow
    return None


def _read_file(
    folder: Folder, name: str, content: Mapping[str, Any], readings: Mapping[str, Reading]
) -> None:
    known = TABLES | HEADER_KEYS if name.endswith(f"/{HEADER}") else TABLES
    for key in sorted(set(content) - known):
        folder.problems.append(
            Problem(name, "", key, f"is no table of a rulebook: {', '.join(sorted(TABLES))}")
        )
    for table in content.get("rule", ()):
        _read_rule_into(folder, name, table, readings)
    for checklist in content.get("checklist", ()):
        _read_checklist(folder, name, checklist, readings)
    for table in content.get("venue", ()):
        try:
            row = VenueRow(
                id=table["id"],
                rows=tuple(table["rows"]),
                cite=table["cite"],
                order=table["order"],
                posts=tuple(table["posts"]),
                sessions=tuple(table["sessions"]),
            )
        except (KeyError, TypeError) as error:
            what = f"needs id, rows, cite, order, posts and sessions: {error}"
            folder.problems.append(Problem(name, str(table.get("id", "")), "venue", what))
            continue
        if not row.cite or not set(row.sessions) <= set(SESSIONS):
            folder.problems.append(Problem(name, row.id, "venue", "has no clause or an unknown session"))
        folder.venues.append(row)
    for table in content.get("carried", ()):
        _read_carried_into(folder, name, table)
    if "scope" in content:
        _read_scope_into(folder, name, content["scope"])
    for kind, table in content.get("flow", {}).items():
        _read_flow_into(folder, name, kind, table)
    for table in content.get("quota_group", ()):
        _read_group_into(folder, name, table)
    for table in content.get("required", ()):
        _read_required_into(folder, name, table)
    folder.changes.extend((name, table) for table in content.get("set", ()))
