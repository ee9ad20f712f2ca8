"""The wrong rows of a file as they stand in it, so that each wrong cell can be shown in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from handlers.roster.rows import EntryList
from handlers.roster.workbook import Sheet, Workbook

KEPT_MAX = 200
"""Wrong rows kept of one sheet; the list of wrong cells names the others too."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet as a person sees it; `cells` from column A on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongLines:
    """The head of a sheet and its wrong rows, in order; `entries` are the numbers of all its rows."""

    sheet: str
    head: Line | None
    lines: tuple[Line, ...]
    entries: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for the imports table."""
        return {
            "sheet": self.sheet,
            "head": _plain(self.head) if self.head else None,
            "lines": [_plain(line) for line in self.lines],
            "entries": list(self.entries),
        }

    @staticmethod
    def of(item: dict[str, Any]) -> WrongLines:
        """The content of `as_json`, unchanged."""
        return WrongLines(
            sheet=item["sheet"],
            head=_line(item["head"]) if item["head"] else None,
            lines=tuple(_line(line) for line in item["lines"]),
            entries=tuple(item["entries"]),
        )


def wrong_lines(
    workbook: Workbook, lists: Iterable[EntryList], wrong: set[tuple[str, int]]
) -> tuple[WrongLines, ...]:
    """Of each sheet with a wrong row its head and its wrong rows, at most KEPT_MAX of them."""
    sheets = {sheet.title: sheet for sheet in workbook.sheets}
    found = (_of(sheets[entries.title], entries, wrong) for entries in lists if entries.title in sheets)
    return tuple(one for one in found if one.lines)


def _of(sheet: Sheet, entries: EntryList, wrong: set[tuple[str, int]]) -> WrongLines:
    numbers = sorted(entry.row for entry in entries.entries)
    shown = [number for number in numbers if (sheet.title, number) in wrong][:KEPT_MAX]
    rows = {row.number: row for row in sheet.rows}
    above = [number for number in rows if numbers and number < numbers[0]]
    texts = {number: tuple(cell.shown for cell in rows[number].cells) for number in (*above[-1:], *shown)}
    return WrongLines(
        sheet=sheet.title,
        head=Line(above[-1], texts[above[-1]]) if above else None,
        lines=tuple(Line(number, texts[number]) for number in shown),
        entries=tuple(numbers),
    )


def _plain(line: Line) -> list[Any]:
    return [line.number, list(line.cells)]


def _line(item: list[Any]) -> Line:
    number, cells = item
    return Line(number, tuple(cells))
