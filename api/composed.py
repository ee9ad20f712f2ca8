"""How a rulebook is composed, as text: each value, who set it and by which document."""

from __future__ import annotations

from typing import Any

from workflow.rules.composition import FLOW, GROUP, READING, REMINDING, RULE, Composition, Value
from workflow.rules.rule import Both
from workflow.rules.sentences import label, value_text
from workflow.rules.values import to_json
from workflow.rules.vocabulary import VOCABULARY

WHAT: dict[str, tuple[str, str]] = {
    RULE: ("quy tắc", "rule"),
    READING: ("cách hiểu", "reading"),
    FLOW: ("quy trình", "flow"),
    GROUP: ("nhóm tính tỷ lệ", "quota group"),
    REMINDING: ("nhắc việc", "reminders"),
}
TITLES: dict[str, tuple[str, str]] = {
    "layers": ("Do lớp địa phương, đơn vị đặt", "Set by local layers"),
    "regime": ("Theo quy định gốc", "As the regime has it"),
    "exceptions": ("Ngoại lệ có văn bản cho phép", "Exceptions by permission"),
    "unset": ("Lớp địa phương còn phải đặt", "Still to be set by a local layer"),
}


def lines(found: Composition, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Four parts, each with its title: set by layers, by the regime, exceptions, still to be set."""
    by_layers = found.by_layers()
    rest = (value for value in found.values if value.set_by == found.regime)
    parts = {
        "layers": tuple(line(value, language) for value in by_layers),
        "regime": tuple(line(value, language) for value in rest),
        "exceptions": tuple(
            f"{one.rule}, {one.parameter}: {shown(one.base, language)} → {shown(one.value, language)} "
            f"({one.layer}; {one.cite}; {one.permission})"
            for one in found.exceptions
        ),
        "unset": tuple(one.says.in_language(language) for one in found.book.unset),
    }
    return tuple((_pick(TITLES[key], language), told) for key, told in parts.items())


def line(value: Value, language: str) -> str:
    """One value: “rule qd366.quota, base: pool → good_only (layer; document)”."""
    was = f"{shown(value.base, language)} → " if value.is_changed else ""
    return f"{name_of(value, language)}: {was}{shown(value.value, language)} ({value.set_by}; {value.cite})"


def name_of(value: Value, language: str) -> str:
    """What the value belongs to, and its name."""
    return ", ".join(filter(None, (f"{_pick(WHAT[value.what], language)} {value.of}".strip(), value.name)))


def shown(value: Any, language: str) -> str:
    """A value for a person; a fact by its name in words."""
    if isinstance(value, Both):
        return value.in_language(language)
    if isinstance(value, str) and value in VOCABULARY:
        return label(value, language)
    return value_text(value, language)


def document(found: Composition, language: str) -> dict[str, Any]:
    """The same as data."""
    return {
        "id": found.book.id,
        "hash": found.book.hash,
        "regime": found.regime,
        "layers": list(found.book.layers),
        "provenance": found.book.provenance,
        "values": [
            {
                "what": value.what,
                "of": value.of,
                "name": value.name,
                "value": _plain(value.value, language),
                "base": _plain(value.base, language),
                "set_by": value.set_by,
                "cite": value.cite,
                "permission": value.permission,
            }
            for value in found.values
        ],
        "exceptions": [
            {
                "layer": one.layer,
                "rule": one.rule,
                "parameter": one.parameter,
                "base": _plain(one.base, language),
                "value": _plain(one.value, language),
                "cite": one.cite,
                "permission": one.permission,
            }
            for one in found.exceptions
        ],
        "unset": [
            {"id": one.id, "rows": list(one.rows), "says": one.says.in_language(language)}
            for one in found.book.unset
        ],
    }


def _plain(value: Any, language: str) -> Any:
    return value.in_language(language) if isinstance(value, Both) else to_json(value)


def _pick(words: tuple[str, str], language: str) -> str:
    return words[1 if language == "en" else 0]
