"""Facts as a file of cases writes them: TOML values become the values the vocabulary asks for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from handlers.cases.places import Say, shown
from workflow.rules.facts import VOCABULARY, FactError, Facts, check_fact

SOURCE = "example"
TYPES: dict[str, tuple[str, str]] = {
    "bool": ("true hoặc false", "true or false"),
    "int": ("số nguyên", "a whole number"),
    "Decimal": ("số (điểm, tỷ lệ)", "a number (points, shares)"),
    "str": ("chữ trong ngoặc kép", "text in quotes"),
    "date": ("ngày, viết 2017-01-10", "a day, written 2017-01-10"),
    "tuple": ("danh sách trong ngoặc vuông", "a list in square brackets"),
}
"""The types of facts for a person."""


def facts_of(values: Mapping[str, Any], say: Say) -> Facts:
    """The facts of one case. A name or value nobody defined is said and left out."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        typed = typed_fact(name, value)
        if wrong_fact(name, typed, say):
            continue
        found[name] = typed
    return Facts.of(SOURCE, found)


def typed_fact(name: str, value: Any) -> Any:
    """A TOML value as the vocabulary keeps it: exact points, tuples for lists."""
    kind = VOCABULARY.get(name)
    if kind is not None and kind.type is Decimal and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return tuples(value)


def tuples(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value


def wrong_fact(name: str, value: Any, say: Say) -> bool:
    """Whether a fact cannot be; says why."""
    kind = VOCABULARY.get(name)
    if kind is None:
        say(
            f"“{name}” không phải là dữ kiện có trong từ điển.{near(name, VOCABULARY, 'vi')}",
            f"“{name}” is not a fact of the vocabulary.{near(name, VOCABULARY, 'en')}",
        )
        return True
    try:
        check_fact(name, value)
    except FactError as error:
        vi, en = TYPES.get(kind.type.__name__, (kind.type.__name__, kind.type.__name__))
        if kind.choices:
            listed = ", ".join(kind.choices)
            vi, en = f"một trong: {listed}", f"one of: {listed}"
        if kind.item:
            vi, en = f"danh sách đúng dạng ({error})", f"a list of the right form ({error})"
        say(f"{name} phải là {vi}, không phải {shown(value)}.", f"{name} is {en}, not {shown(value)}.")
        return True
    return False


def near(name: str, known: Iterable[str], language: str) -> str:
    """A hint at the name that was probably meant, with a blank before it; empty where none is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    if not close:
        return ""
    return f" Có phải là “{close[0]}”?" if language == "vi" else f" Is “{close[0]}” meant?"
