"""What was read from a roster file: records with the place each came from, and everything wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from handlers.roster.lines import WrongLines
from handlers.roster.problems import CellProblem, RosterHasProblems
from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)
from handlers.roster.snapshot import Snapshot

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True)
class Placed(Generic[AnyRecord]):
    """A record and where it stands: sheet, row, and the address of each field's cell."""

    record: AnyRecord
    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of the sheet of people: the person and his memberships."""

    person: Placed[PersonRecord]
    memberships: tuple[Placed[MembershipRecord], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ParsedRoster:
    """A file read to its end.

    `organisations`, `people` and `positions` are the good rows, or None where the file has no such sheet
    (which leaves that part of the roster as it is). `problems` are the wrong cells, `dropped` the rows
    that are right themselves but rest on a wrong one. `row_counts` counts the rows of each sheet, wrong
    ones included; `left_out` names rows that are notes or signatures rather than entries; `wrong_lines` holds
    the wrong rows as they stand in their sheets.
    """

    file_name: str
    file_sha256: str
    organisations: tuple[Placed[OrganisationRecord], ...] | None
    people: tuple[PersonRow, ...] | None
    positions: tuple[Placed[PositionRecord], ...] | None
    problems: tuple[CellProblem, ...]
    dropped: tuple[CellProblem, ...]
    row_counts: Mapping[str, int]
    sheet_of_kind: Mapping[str, str]
    left_out: tuple[tuple[str, int], ...] = ()
    ignored_columns: tuple[tuple[str, str], ...] = ()
    wrong_lines: tuple[WrongLines, ...] = ()

    @property
    def wrong_rows(self) -> int:
        """How many rows cannot be imported, those resting on a wrong row included."""
        return len({(item.sheet, item.row) for item in (*self.problems, *self.dropped) if item.row})

    @property
    def good_rows(self) -> int:
        """How many rows can be imported."""
        return sum(
            len(rows) for rows in (self.organisations, self.people, self.positions) if rows is not None
        )

    @property
    def snapshot(self) -> Snapshot:
        """The good rows as records by natural id."""
        people = self.people or ()
        return Snapshot(
            organisations={placed.record.key: placed.record for placed in self.organisations or ()},
            people={row.person.record.key: row.person.record for row in people},
            memberships={placed.record.key: placed.record for row in people for placed in row.memberships},
            positions={placed.record.key: placed.record for placed in self.positions or ()},
        )

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of records the file speaks of at all."""
        sheets = (
            (self.organisations, {"organisation"}),
            (self.people, {"person", "membership"}),
            (self.positions, {"position"}),
        )
        return frozenset(kind for rows, kinds in sheets if rows is not None for kind in kinds)

    @property
    def complete_kinds(self) -> frozenset[str]:
        """The kinds of which every row is good, so that what the file does not name is really gone.

        Where a row is wrong, the record it means to name may be any; nothing of that kind is taken for
        gone then.
        """
        wrong = {item.sheet for item in (*self.problems, *self.dropped)}
        return frozenset(kind for kind in self.kinds if self.sheet_of_kind.get(kind) not in wrong)

    def require_clean(self) -> None:
        """Raises `RosterHasProblems` when any cell is wrong."""
        if self.problems:
            raise RosterHasProblems(self.problems)

    def to_json(self) -> str:
        """The whole content for the imports table; `from_json` reads it back."""
        content = {
            "file_name": self.file_name,
            "file_sha256": self.file_sha256,
            "organisations": _placed_all(self.organisations),
            "people": None
            if self.people is None
            else [
                {
                    "person": _placed(row.person),
                    "memberships": [_placed(membership) for membership in row.memberships],
                }
                for row in self.people
            ],
            "positions": _placed_all(self.positions),
            "problems": [problem.as_json() for problem in self.problems],
            "dropped": [problem.as_json() for problem in self.dropped],
            "sheet_of_kind": dict(self.sheet_of_kind),
            "row_counts": dict(self.row_counts),
            "left_out": [list(item) for item in self.left_out],
            "ignored_columns": [list(item) for item in self.ignored_columns],
            "wrong_lines": [lines.as_json() for lines in self.wrong_lines],
        }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> ParsedRoster:
        """The content of `to_json`, unchanged."""
        content = json.loads(text)
        return ParsedRoster(
            file_name=content["file_name"],
            file_sha256=content["file_sha256"],
            organisations=_unplaced_all(content["organisations"], OrganisationRecord),
            people=None
            if content["people"] is None
            else tuple(
                PersonRow(
                    _unplaced(row["person"], PersonRecord),
                    tuple(_unplaced(item, MembershipRecord) for item in row["memberships"]),
                )
                for row in content["people"]
            ),
            positions=_unplaced_all(content["positions"], PositionRecord),
            problems=tuple(_problem(item) for item in content["problems"]),
            dropped=tuple(_problem(item) for item in content["dropped"]),
            sheet_of_kind=content["sheet_of_kind"],
            row_counts=content["row_counts"],
            left_out=tuple((sheet, row) for sheet, row in content["left_out"]),
            ignored_columns=tuple((sheet, header) for sheet, header in content["ignored_columns"]),
            wrong_lines=tuple(WrongLines.of(item) for item in content["wrong_lines"]),
        )


def _placed(placed: Placed[Any]) -> dict[str, Any]:
    return {
        "record": placed.record.as_json(),
        "sheet": placed.sheet,
        "row": placed.row,
        "cells": dict(placed.cells),
    }


def _placed_all(rows: tuple[Placed[Any], ...] | None) -> list[dict[str, Any]] | None:
    return None if rows is None else [_placed(row) for row in rows]


def _unplaced(item: Mapping[str, Any], kind: type[AnyRecord]) -> Placed[AnyRecord]:
    return Placed(kind.of(item["record"]), item["sheet"], item["row"], item["cells"])


def _unplaced_all(
    items: list[dict[str, Any]] | None, kind: type[AnyRecord]
) -> tuple[Placed[AnyRecord], ...] | None:
    return None if items is None else tuple(_unplaced(item, kind) for item in items)


def _problem(item: Mapping[str, Any]) -> CellProblem:
    return CellProblem(
        sheet=item["sheet"],
        cell=item["cell"],
        row=item["row"],
        column=item["column"],
        value=item["value"],
        kind=item["kind"],
        facts=tuple((name, value) for name, value in item["facts"]),
    )
