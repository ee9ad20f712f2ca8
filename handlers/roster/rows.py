"""Finds the sheets of a roster file, their header rows and their entries, and collects what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from handlers.roster.cells import (
    CellWrong,
    Choice,
    Words,
    declared_width,
    read_day,
    read_identifier,
    read_name,
    read_text,
    read_yes_no,
)
from handlers.roster.columns import (
    HEADER_AMONG_FIRST_ROWS,
    PLANS,
    match_headers,
    plan_for_title,
)
from handlers.roster.problems import CellProblem, WorkbookRefused
from handlers.roster.sheet_plan import Column, Kind, SheetPlan
from handlers.roster.text import cleaned
from handlers.roster.workbook import BLANK, Cell, Sheet, SheetRow, Workbook, address

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: its cells by field, and the addresses of these cells."""

    sheet: str
    row: int
    cells: dict[str, Cell]
    addresses: dict[str, str]


@dataclass(slots=True)
class EntryList:
    """All entries of one sheet, with the width its columns of identifiers are written in."""

    plan: SheetPlan
    title: str
    entries: list[Entry]
    widths: dict[str, int | None]
    usable: bool = True
    left_out: list[tuple[str, int]] = field(default_factory=list)
    ignored_columns: list[tuple[str, str]] = field(default_factory=list)


class Problems:
    """Collects every problem of a file and knows which rows are wrong."""

    def __init__(self) -> None:
        self.found: list[CellProblem] = []
        self.dropped: list[CellProblem] = []
        self.wrong: set[tuple[str, int]] = set()

    def add(self, lines: EntryList, entry: Entry, name: str, kind: str, **facts: object) -> None:
        """Reports one cell of an entry and marks its row wrong."""
        self.found.append(_problem(lines, entry, name, kind, facts))
        self.wrong.add((entry.sheet, entry.row))

    def drop(self, lines: EntryList, entry: Entry, name: str, reference: str) -> None:
        """Marks a row that is right itself but rests on a wrong one."""
        self.dropped.append(_problem(lines, entry, name, "row_dropped", {"reference": reference}))
        self.wrong.add((entry.sheet, entry.row))

    def about_sheet(self, sheet: str, column: str, cell: str, kind: str, /, **facts: object) -> None:
        """Reports a missing or doubled column."""
        texts = tuple((name, str(value)) for name, value in facts.items())
        self.found.append(
            CellProblem(sheet=sheet, cell=cell, row=0, column=column, value="", kind=kind, facts=texts)
        )

    def is_wrong(self, entry: Entry) -> bool:
        """Whether anything was reported of this row."""
        return (entry.sheet, entry.row) in self.wrong


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the cells of one entry; a wrong cell is reported and read as None."""

    lines: EntryList
    entry: Entry
    problems: Problems

    def identifier(self, name: str) -> str | None:
        """An identifier, or the reference to one."""
        width = self.lines.widths.get(name)
        return self._read(name, lambda cell: read_identifier(cell, width) or None)

    def name(self, name: str) -> str | None:
        """A name in NFC."""
        return self._read(name, lambda cell: read_name(cell) or None)

    def text(self, name: str) -> str | None:
        """Any short text; for references also by name."""
        return self._read(name, lambda cell: read_text(cell) or None)

    def day(self, name: str) -> date | None:
        """A day."""
        return self._read(name, read_day)

    def yes_no(self, name: str) -> bool | None:
        """Yes, no or not known."""
        return self._read(name, read_yes_no)

    def choice(self, name: str, words: Words[Choice]) -> Choice | None:
        """A word from a closed list."""
        return self._read(name, words.read)

    def is_blank(self, name: str) -> bool:
        """Whether nothing stands in the cell, or the file has no such column."""
        return self.entry.cells.get(name, BLANK).is_blank

    def wrong(self, name: str, kind: str, **facts: object) -> None:
        """Reports one cell of this entry."""
        self.problems.add(self.lines, self.entry, name, kind, **facts)

    def _read(self, name: str, read: Callable[[Cell], Value | None]) -> Value | None:
        cell = self.entry.cells.get(name, BLANK)
        try:
            value = read(cell)
        except CellWrong as wrong:
            self.problems.add(self.lines, self.entry, name, wrong.kind, **dict(wrong.facts))
            return None
        column = self.lines.plan.column(name)
        if value is None and column.required:
            self.problems.add(self.lines, self.entry, name, "missing", column=column.header.lower())
        return value


def find_lists(workbook: Workbook, problems: Problems) -> dict[str, EntryList]:
    """The lists of a file by purpose. Raises `WorkbookRefused` when none is there, two are alike, or all
    are empty.
    """
    sheets: dict[str, tuple[SheetPlan, Sheet]] = {}
    for sheet in workbook.sheets:
        plan = plan_for_title(sheet.title)
        if plan is None:
            continue
        if plan.purpose in sheets:
            first = sheets[plan.purpose][1]
            raise WorkbookRefused(
                "two_sheets_alike", first=first.title, second=sheet.title, purpose=plan.title
            )
        sheets[plan.purpose] = (plan, sheet)
    if not sheets:
        sheets = _by_headers(workbook)
    if not sheets:
        raise WorkbookRefused("no_known_sheet", sheets=", ".join(sheet.title for sheet in workbook.sheets))
    if not any(sheet.rows for _, sheet in sheets.values()):
        raise WorkbookRefused("no_rows")
    lists = {purpose: _entries(plan, sheet, problems) for purpose, (plan, sheet) in sheets.items()}
    if not problems.found and not any(lines.entries for lines in lists.values()):
        raise WorkbookRefused("no_rows")
    return lists


def _by_headers(workbook: Workbook) -> dict[str, tuple[SheetPlan, Sheet]]:
    """Sheets recognised by their headers alone, for files whose sheets are called Sheet1."""
    found: dict[str, tuple[SheetPlan, Sheet]] = {}
    for sheet in workbook.sheets:
        for plan in PLANS:
            header = _header(plan, sheet)
            if header and not _missing(plan, header[1]) and plan.purpose not in found:
                found[plan.purpose] = (plan, sheet)
                break
    return found


def _entries(plan: SheetPlan, sheet: Sheet, problems: Problems) -> EntryList:
    lines = EntryList(plan, sheet.title, [], {})
    header = _header(plan, sheet)
    if header is None:
        if sheet.rows:
            lines.usable = False
            for column in plan.columns:
                if column.required or column.party_only:
                    problems.about_sheet(
                        sheet.title, column.header, "", "column_missing", column=column.header
                    )
        return lines
    header_row, places = header
    for column in _missing(plan, places):
        lines.usable = False
        problems.about_sheet(sheet.title, column.header, "", "column_missing", column=column.header)
    for name, found in places.items():
        for extra in found[1:]:
            column = plan.column(name)
            problems.about_sheet(
                sheet.title,
                column.header,
                address(header_row.number, extra + 1),
                "column_twice",
                column=column.header,
                first=address(header_row.number, found[0] + 1),
            )
            lines.usable = False
    known = {place for found in places.values() for place in found}
    lines.ignored_columns = [
        (sheet.title, cleaned(cell.shown))
        for place, cell in enumerate(header_row.cells)
        if place not in known and not cell.is_blank
    ]
    if not lines.usable:
        return lines
    position = {name: found[0] for name, found in places.items()}
    for row in sheet.rows:
        if row.number <= header_row.number:
            continue
        cells = {name: _at(row, place) for name, place in position.items()}
        if all(cells.get(name, BLANK).is_blank for name in plan.telling):
            lines.left_out.append((sheet.title, row.number))
            continue
        addresses = {name: address(row.number, place + 1) for name, place in position.items()}
        lines.entries.append(Entry(sheet.title, row.number, cells, addresses))
    lines.widths = {
        column.field: declared_width(entry.cells[column.field] for entry in lines.entries)
        for column in plan.columns
        if column.kind in (Kind.IDENTIFIER, Kind.PERSON) and column.field in position
    }
    return lines


def _header(plan: SheetPlan, sheet: Sheet) -> tuple[SheetRow, dict[str, list[int]]] | None:
    """The row among the first ones that reads most like the header; None when no row names two columns."""
    best: tuple[SheetRow, dict[str, list[int]]] | None = None
    for row in sheet.rows[:HEADER_AMONG_FIRST_ROWS]:
        texts = [cell.shown if isinstance(cell.value, str) else "" for cell in row.cells]
        places = match_headers(plan, texts)
        if len(places) >= 2 and (best is None or len(places) > len(best[1])):
            best = (row, places)
    return best


def _missing(plan: SheetPlan, places: dict[str, list[int]]) -> list[Column]:
    of_union = "union_id" in places
    return [
        column
        for column in plan.columns
        if column.field not in places and (column.required or (column.party_only and not of_union))
    ]


def _at(row: SheetRow, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else BLANK


def _problem(lines: EntryList, entry: Entry, name: str, kind: str, facts: dict[str, object]) -> CellProblem:
    return CellProblem(
        sheet=entry.sheet,
        cell=entry.addresses.get(name, ""),
        row=entry.row,
        column=lines.plan.column(name).header,
        value=cleaned(entry.cells.get(name, BLANK).shown)[:100],
        kind=kind,
        facts=tuple((fact, str(value)) for fact, value in facts.items()),
    )
