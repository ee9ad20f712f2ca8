"""Why a rulebook is not loaded: every problem with its file, rule and key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a rulebook. `rule` and `key` are empty where the whole file is meant."""

    file: str
    rule: str
    key: str
    what: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, self.rule, self.key) if part)
        return f"{place}: {self.what}"


class RulebookRefused(ValueError):
    """The rulebook has problems and is not used; it lists all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
