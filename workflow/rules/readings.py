"""Readings: how an ambiguous clause is taken, and the setting that says so to the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.rules.rule import Both

Say = Callable[[str, str], None]
Choice = str | int | bool

KEYS = frozenset({"rows", "says", "setting", "value", "choices", "in_words"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How an ambiguous clause is read, and which rows it is about.

    With a `setting`, `value` is the choice taken, out of `choices`, and rules take it as a parameter;
    `in_words` says a choice in a few words. Where a layer took another choice, `layer` and `cite` say
    which layer and by which document.
    """

    id: str
    rows: tuple[str, ...]
    says: Both
    setting: str = ""
    value: Choice = ""
    choices: tuple[Choice, ...] = ()
    in_words: Mapping[str, Both] = field(default_factory=dict)
    layer: str = ""
    cite: str = ""

    def value_in(self, language: str) -> str:
        """The choice taken in words; empty where the reading is no setting."""
        return self.words_of(self.value, language) if self.setting else ""

    def words_of(self, choice: Choice, language: str) -> str:
        """One of the choices in words."""
        words = self.in_words.get(str(choice))
        return words.in_language(language) if words else str(choice)


def read_reading(key: str, table: Mapping[str, Any], say: Say) -> Reading | None:
    """The reading in one `[reading."C-17"]` table; None after `say(key, what)` for each thing wrong."""
    wrong: list[str] = []

    def complain(name: str, what: str) -> None:
        wrong.append(name)
        say(name, what)

    for name in sorted(set(table) - KEYS):
        complain(name, f"is none of {', '.join(sorted(KEYS))}")
    rows, says = table.get("rows"), table.get("says")
    if not isinstance(rows, list) or not rows or not _is_both(says):
        complain("reading", "needs rows, says.vi and says.en")
    setting, value, choices = (table.get(name) for name in ("setting", "value", "choices"))
    in_words = table.get("in_words", {})
    if (setting, value, choices) != (None, None, None):
        if not isinstance(setting, str) or not isinstance(choices, list) or not choices:
            complain("setting", "needs setting, value and choices together")
        elif not _among(value, choices):
            complain("value", f"{value!r} is none of the choices {', '.join(map(str, choices))}")
    if not isinstance(in_words, Mapping) or not all(map(_is_both, in_words.values())):
        complain("in_words", "needs a text in vi and in en for each choice")
    elif not set(in_words) <= {str(choice) for choice in choices or ()}:
        complain("in_words", "names a choice that is not among the choices")
    if wrong or rows is None or says is None:
        return None
    words = {choice: Both(**text) for choice, text in in_words.items()}
    reading = Reading(key, tuple(rows), Both(**says), in_words=words)
    if setting is None or value is None:
        return reading
    return replace(reading, setting=setting, value=value, choices=tuple(choices or ()))


def taken(reading: Reading, change: Mapping[str, Any], layer: str, say: Say) -> Reading:
    """The reading as a layer's `[[set]]` takes it; unchanged after `say(key, what)` for each thing wrong."""
    wrong: list[str] = []

    def complain(name: str, what: str) -> None:
        wrong.append(name)
        say(name, what)

    value, cite = change.get("value"), str(change.get("cite", "")).strip()
    if not cite:
        complain("cite", "is missing: a layer cites its own document for each value")
    if not reading.setting:
        complain("reading", "is taken one way only; a layer has nothing to choose here")
    elif not _among(value, reading.choices):
        complain("value", f"{value!r} is none of the choices {', '.join(map(str, reading.choices))}")
    said = change.get("says")
    if said is not None and not _is_both(said):
        complain("says", "needs a text in vi and in en")
    words = Both(**said) if said is not None and _is_both(said) else reading.in_words.get(str(value))
    if not wrong and words is None and value != reading.value:
        complain("says", "is missing: how is the clause read then? In vi and in en")
    if wrong or value is None:
        return reading
    return replace(reading, value=value, says=words or reading.says, layer=layer, cite=cite)


def _among(value: object, choices: Any) -> bool:
    """Whether the value is one of the choices; yes is not 1 here."""
    return any(type(value) is type(choice) and value == choice for choice in choices)


def _is_both(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == {"vi", "en"}
        and all(isinstance(text, str) and text.strip() for text in value.values())
    )
