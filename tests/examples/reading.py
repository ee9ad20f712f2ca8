"""Reads worked examples: TOML values become the values the vocabulary asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from workflow.rules.facts import VOCABULARY, Facts

FOLDER = Path(__file__).parent
WHOLE_CASES = ("members-levels", "organisations-levels", "quota-lists")


def rule_files() -> list[Path]:
    """The files with cases of single rules."""
    return sorted(path for path in FOLDER.glob("*.toml") if path.stem not in WHOLE_CASES)


def read(path: Path) -> dict[str, Any]:
    """A file of examples; points are exact."""
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def facts_from(*tables: Mapping[str, Any]) -> Facts:
    """The facts of one case, the later tables on top; FactError for a name or value nobody defined."""
    together = {name: value for table in tables for name, value in table.items()}
    return Facts.of("example", {name: _typed(name, value) for name, value in together.items()})


def _typed(name: str, value: Any) -> Any:
    if name in VOCABULARY and VOCABULARY[name].type is Decimal:
        return Decimal(value)
    return _tuples(value)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
