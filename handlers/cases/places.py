"""Where something stands in a file of cases, and what is wrong with it, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow.rules.rule import Both

HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r'"([^"]*)"|\'([^\']*)\'|([A-Za-z0-9_-]+)')

Path = tuple[str | int, ...]
"""The keys down to a table; an item of an array by its number, from 1."""

Say = Callable[[str, str], None]
"""Notes one thing that is wrong, in Vietnamese and in English."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its name, the line of the nearest table (0 if unknown), the keys that lead there."""

    file: str
    line: int = 0
    name: str = ""

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}" if self.line else self.file
        return f"{at}: {self.name}" if self.name else at

    def inside(self, *names: str) -> Place:
        """A place further down."""
        return replace(self, name=", ".join(part for part in (self.name, *names) if part))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that cannot be run, as one sentence in both languages."""

    place: Place
    what: Both

    def sentence(self, language: str) -> str:
        """Place and sentence."""
        return f"{self.place}: {self.what.in_language(language)}"


@dataclass(slots=True)
class Notes:
    """Collects what is wrong with one file, so that everything is said at once."""

    problems: list[Problem] = field(default_factory=list)

    def at(self, place: Place) -> Say:
        """Notes what is wrong at a place; the same is said once."""

        def say(vi: str, en: str) -> None:
            found = Problem(place, Both(vi, en))
            if found not in self.problems:
                self.problems.append(found)

        return say


def lines_of(text: str) -> Mapping[Path, int]:
    """The line of each table header, by the keys down to it. Tables written inside a line have none."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        header = HEADER.match(line)
        if header is None:
            continue
        keys = [next(part for part in key if part) for key in KEY.findall(header[2]) if any(key)]
        at: Path = ()
        for place, key in enumerate(keys):
            at = (*at, key)
            is_item = header[1] == "[[" and place == len(keys) - 1
            if is_item:
                counts[at] = counts.get(at, 0) + 1
            if at in counts:
                at = (*at, counts[at])
        found[at] = number
    return found


def shown(value: Any) -> str:
    """A value as a person would write it into the file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {shown(item)}" for key, item in value.items()) + " }"
    return "none" if value is None else str(value)
