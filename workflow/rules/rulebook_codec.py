"""A rulebook as canonical JSON and back; a campaign lives by these bytes alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from workflow.days import Calendar, UnitDays, make_calendar
from workflow.rules.carried import Carried
from workflow.rules.finding import Force
from workflow.rules.flow import Flow
from workflow.rules.groups import QuotaGroup
from workflow.rules.readings import Reading
from workflow.rules.reminding import HOUSE, Reminding
from workflow.rules.required import Required
from workflow.rules.rule import Both, Role, Rule
from workflow.rules.rulebook import LayerException, Rulebook
from workflow.rules.scope import Scope
from workflow.rules.values import canonical, from_json
from workflow.rules.venues import VenueRow

FORMAT = 1
SKIPPED = (None, (), False, "")


class UnknownFormat(ValueError):
    """The stored bytes are of a format this software does not read."""


def rulebook_to_bytes(rulebook: Rulebook) -> bytes:
    """Canonical JSON of a composed rulebook."""
    return canonical(
        {
            "format": FORMAT,
            "id": rulebook.id,
            "title": _both(rulebook.title),
            "source": rulebook.source,
            "in_force": rulebook.in_force,
            "in_force_until": rulebook.in_force_until,
            "scales": dict(rulebook.scales),
            "rules": [_rule(rule) for rule in rulebook.rules],
            "settings": {key: _reading(reading) for key, reading in rulebook.settings.items()},
            "venues": [_plain(row) for row in rulebook.venues],
            "calendar": _calendar(rulebook.calendar),
            "layers": rulebook.layers,
            "exceptions": [_plain(exception) for exception in rulebook.exceptions],
            # Left out where there is none, so that a rulebook pinned before these entries keeps its hash.
            **({"carried": [_plain(entry) for entry in rulebook.carried]} if rulebook.carried else {}),
            **({"provenance": rulebook.provenance} if rulebook.provenance else {}),
            **({"groups": [_plain(group) for group in rulebook.groups]} if rulebook.groups else {}),
            **({"unset": [_plain(one) for one in rulebook.unset]} if rulebook.unset else {}),
            **({"scope": _plain(rulebook.scope)} if rulebook.scope != Scope() else {}),
            **({"reminding": _plain(rulebook.reminding)} if rulebook.reminding != HOUSE else {}),
            **({"flows": [_flow(flow) for flow in rulebook.flows.values()]} if rulebook.flows else {}),
        }
    )


def rulebook_from_bytes(stored: bytes) -> Rulebook:
    """The rulebook in canonical bytes. UnknownFormat for bytes of another format."""
    found = from_json(json.loads(stored))
    if found.get("format") != FORMAT:
        raise UnknownFormat(f"rulebook format {found.get('format')!r} is not {FORMAT}")
    calendar = found["calendar"]
    return Rulebook(
        id=found["id"],
        title=Both(**found["title"]),
        source=found["source"],
        in_force=found["in_force"],
        in_force_until=found["in_force_until"],
        scales=found["scales"],
        rules=tuple(_read_rule(rule) for rule in found["rules"]),
        settings={key: _read_reading(item) for key, item in found["settings"].items()},
        venues=tuple(VenueRow(**row) for row in found["venues"]),
        calendar=make_calendar(
            calendar["years"],
            calendar["days_off"],
            calendar["worked_days"],
            calendar["provisional_years"],
            calendar["version"],
            half_days=calendar.get("half_days", ()),
            provisional_days=calendar.get("provisional_days", ()),
            units=(UnitDays(**own) for own in calendar.get("units", ())),
        ),
        layers=found["layers"],
        exceptions=tuple(LayerException(**item) for item in found["exceptions"]),
        provenance=found.get("provenance", ""),
        groups=tuple(QuotaGroup(**_with_words(item)) for item in found.get("groups", ())),
        unset=tuple(Required(**_with_words(item)) for item in found.get("unset", ())),
        reminding=Reminding(**found["reminding"]) if "reminding" in found else HOUSE,
        scope=Scope(**found["scope"]) if "scope" in found else Scope(),
        flows={item["kind"]: Flow(**item) for item in found.get("flows", ())},
        carried=tuple(
            Carried(item["rows"], item["by"], item["name"], Both(**item["says"]))
            for item in found.get("carried", ())
        ),
    )


def _rule(rule: Rule) -> dict[str, Any]:
    written = {name: getattr(rule, name) for name in Rule.__dataclass_fields__}
    return {
        name: _both(value) if isinstance(value, Both) else value
        for name, value in written.items()
        if not (value in SKIPPED or value == {})
    }


def _read_rule(stored: Mapping[str, Any]) -> Rule:
    given = dict(stored)
    for name in ("says", "help", "fails"):
        if name in given:
            given[name] = Both(**given[name])
    given["role"], given["force"] = Role(given["role"]), Force(given["force"])
    return Rule(**given)


def _flow(flow: Flow) -> dict[str, Any]:
    """The values that differ from the longest life, so that a value added later changes no older bytes."""
    plain, names = Flow(kind=flow.kind), Flow.__dataclass_fields__
    return {"kind": flow.kind} | {
        name: getattr(flow, name) for name in names if getattr(flow, name) != getattr(plain, name)
    }


def _with_words(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "says": Both(**stored["says"])}


def _reading(reading: Reading) -> dict[str, Any]:
    """What is not said is left out, so that a reading without a setting keeps the bytes it had."""
    written: dict[str, Any] = {"id": reading.id, "rows": reading.rows, "says": _both(reading.says)}
    if reading.setting:
        written |= {"setting": reading.setting, "value": reading.value, "choices": reading.choices}
    if reading.in_words:
        written["in_words"] = {choice: _both(text) for choice, text in reading.in_words.items()}
    if reading.layer:
        written |= {"layer": reading.layer, "cite": reading.cite}
    return written


def _read_reading(stored: Mapping[str, Any]) -> Reading:
    given = dict(stored)
    given["says"] = Both(**given["says"])
    given["in_words"] = {choice: Both(**text) for choice, text in given.get("in_words", {}).items()}
    return Reading(**given)


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {
        "version": calendar.version,
        "years": calendar.years,
        "days_off": calendar.days_off,
        "worked_days": calendar.worked_days,
        "provisional_years": calendar.provisional_years,
        # Left out where there is none, so that a calendar pinned before these entries keeps its bytes.
        **({"half_days": calendar.half_days} if calendar.half_days else {}),
        **({"provisional_days": calendar.provisional_days} if calendar.provisional_days else {}),
        **({"units": [_own_days(own) for own in calendar.units]} if calendar.units else {}),
    }


def _own_days(own: UnitDays) -> dict[str, Any]:
    found = {item.name: getattr(own, item.name) for item in fields(own)}
    return {name: value for name, value in found.items() if value}


def _both(text: Both) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _plain(value: Any) -> dict[str, Any]:
    found = {item.name: getattr(value, item.name) for item in fields(value)}
    return {name: _both(item) if isinstance(item, Both) else item for name, item in found.items()}
