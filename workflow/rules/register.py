"""The registers: every row of each regulation, and every question a clause leaves open, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from workflow.rules.rule import Both

REGISTERS = Path(__file__).parent.parent / "registers"


class RegisterProblem(ValueError):
    """A register is not whole; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a regulation: its clause, what kind of statement it is, what it says in our words.

    `readings` are the questions about it, by C-number. `no_rule` marks a row that orders nothing.
    """

    id: str
    clause: str
    kind: str
    says: Both
    readings: tuple[str, ...] = ()
    no_rule: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """All rows of one regime, in the order of the document."""

    regime: str
    rows: tuple[Row, ...]

    def row(self, row_id: str) -> Row:
        """The row of this id; KeyError where the register has none."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)


@dataclass(frozen=True, slots=True)
class Question:
    """What a clause leaves open: the question, the reading recommended, and why.

    `rows` are those it names one by one; `regimes` all it concerns, those of its rows included.
    """

    id: str
    rows: tuple[str, ...]
    regimes: tuple[str, ...]
    question: Both
    taken: Both
    why: Both


@lru_cache(maxsize=4)
def registers(folder: Path = REGISTERS) -> Mapping[str, Register]:
    """Every register, by regime. A register may lie in several files, each of which names its regime."""
    rows: dict[str, list[Row]] = {}
    for file, content in _files(folder):
        regime = content.get("regime")
        if regime is not None:
            rows.setdefault(str(regime), []).extend(_row(file, table) for table in content.get("row", ()))
    found = {}
    for regime, of_regime in sorted(rows.items()):
        ids = [row.id for row in of_regime]
        twice = sorted({row_id for row_id in ids if ids.count(row_id) > 1})
        if twice:
            raise RegisterProblem(f"{regime}: {', '.join(twice)} is there twice")
        found[regime] = Register(regime, tuple(sorted(of_regime, key=lambda row: number_of(row.id))))
    return found


@lru_cache(maxsize=4)
def questions(folder: Path = REGISTERS) -> Mapping[str, Question]:
    """Every question, by C-number, in the order of the numbers."""
    found: dict[str, Question] = {}
    for file, content in _files(folder):
        for table in content.get("question", ()):
            one = _question(file, table)
            if one.id in found:
                raise RegisterProblem(f"{file}: {one.id} is there twice")
            found[one.id] = one
    return dict(sorted(found.items(), key=lambda item: number_of(item[0])))


def rows_about(key: str, folder: Path = REGISTERS) -> tuple[Row, ...]:
    """Every row a question is about: those it names, and those that name it."""
    named = set(questions(folder)[key].rows)
    return tuple(
        row
        for register in registers(folder).values()
        for row in register.rows
        if row.id in named or key in row.readings
    )


def number_of(entry_id: str) -> int:
    """178 of DUK-2016.178, 17 of C-17."""
    return int(entry_id.rpartition("." if "." in entry_id else "-")[2])


def regime_of(row_id: str) -> str:
    """The regime a row belongs to: duk_2016 for DUK-2016.178."""
    return row_id.partition(".")[0].lower().replace("-", "_")


def _files(folder: Path) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (path.name, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml"))
    ]


def _row(file: str, table: Mapping[str, Any]) -> Row:
    try:
        return Row(
            id=table["id"],
            clause=table["clause"],
            kind=table["kind"],
            says=Both(**table["says"]),
            readings=tuple(table.get("readings", ())),
            no_rule=table.get("no_rule", False),
        )
    except (KeyError, TypeError) as error:
        raise RegisterProblem(
            f"{file}, {table.get('id')}: needs id, clause, kind and says: {error}"
        ) from error


def _question(file: str, table: Mapping[str, Any]) -> Question:
    try:
        rows = tuple(table.get("rows", ()))
        regimes = dict.fromkeys([*table.get("regimes", ()), *map(regime_of, rows)])
        return Question(
            id=table["id"],
            rows=rows,
            regimes=tuple(regimes),
            question=Both(**table["question"]),
            taken=Both(**table["taken"]),
            why=Both(**table["why"]),
        )
    except (KeyError, TypeError) as error:
        what = f"{file}, {table.get('id')}: needs id, question, taken and why: {error}"
        raise RegisterProblem(what) from error
