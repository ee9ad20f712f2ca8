"""Reads levels of earlier years from a spreadsheet or CSV: every wrong cell at once, then all or nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from openpyxl.utils import get_column_letter

from handlers.roster.text import cleaned, folded
from handlers.roster.workbook import Cell, Limits, open_workbook
from states.levels import NAMES as LEVEL_NAMES
from workflow.commands.reward import EarlierYear, ImportHistory
from workflow.rules.topics.choices import LEVELS, STANDINGS
from workflow.rules.words import WORDS

COLUMNS: dict[str, tuple[str, ...]] = {
    "subject": ("ma", "ma dang vien", "ma to chuc", "code", "subject"),
    "year": ("nam", "year"),
    "level": ("muc", "muc xep loai", "level"),
    "standing": ("danh hieu", "standing", "title"),
    "document": ("van ban", "so quyet dinh", "document"),
}
"""The headers each column may have, without marks and in small letters."""
NAMES: dict[str, tuple[str, str]] = {
    "subject": ("Mã", "Code"),
    "year": ("Năm", "Year"),
    "level": ("Mức", "Level"),
    "standing": ("Danh hiệu", "Title"),
    "document": ("Văn bản", "Document"),
}
OPTIONAL = frozenset({"standing"})
FIRST_YEAR = 1976
ID_MAX = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongCell:
    """One wrong cell, with what stands there and what is wrong; the address of a missing column is empty."""

    cell: str
    value: str
    vi: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryRead:
    """What a file says; nothing is taken over while `wrong` is not empty."""

    file_name: str
    sha256: str
    rows: tuple[EarlierYear, ...]
    wrong: tuple[WrongCell, ...]

    def command(self) -> ImportHistory:
        """The order that takes these rows over; the same bytes get the same name, so they come in once."""
        return ImportHistory(history=f"LS-{self.sha256[:12]}", source=self.file_name, rows=self.rows)


def read_history(content: bytes, file_name: str, *, today: date, limits: Limits | None = None) -> HistoryRead:
    """Every row and every wrong cell of an .xlsx or .csv file. WorkbookRefused where it is no such file."""
    lines = _csv_lines(content) if file_name.lower().endswith(".csv") else _sheet_lines(content, limits)
    reader = _Reader(today.year)
    reader.read(lines)
    return HistoryRead(
        file_name=file_name,
        sha256=sha256(content).hexdigest(),
        rows=tuple(reader.rows),
        wrong=tuple(reader.wrong),
    )


Line = tuple[int, tuple[str, ...]]


def _sheet_lines(content: bytes, limits: Limits | None) -> list[Line]:
    sheets = open_workbook(content, limits).sheets
    return (
        [(row.number, tuple(_text(cell) for cell in row.cells)) for row in sheets[0].rows] if sheets else []
    )


def _text(cell: Cell) -> str:
    """What the cell shows; 2015.0 as 2015, as sheets keep whole numbers."""
    value = cell.value
    return str(int(value)) if isinstance(value, float) and value.is_integer() else cleaned(cell.shown)


def _csv_lines(content: bytes) -> list[Line]:
    text = content.decode("utf-8-sig", errors="replace")
    mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    lines = csv.reader(io.StringIO(text), delimiter=mark)
    return [
        (number, tuple(cleaned(cell) for cell in line))
        for number, line in enumerate(lines, start=1)
        if any(cell.strip() for cell in line)
    ]


class _Reader:
    """Collects rows and wrong cells of one file."""

    def __init__(self, last_year: int) -> None:
        self.rows: list[EarlierYear] = []
        self.wrong: list[WrongCell] = []
        self._last_year = last_year
        self._seen: dict[tuple[str, int], int] = {}

    def read(self, lines: list[Line]) -> None:
        """Read the header and every line below it."""
        if not lines:
            self._say("", "", "tệp không có dòng nào.", "the file holds no row.")
            return
        heads = {
            name: place
            for place, head in enumerate(lines[0][1])
            for name, known in COLUMNS.items()
            if folded(head) in known
        }
        for name in COLUMNS:
            if name not in heads and name not in OPTIONAL:
                vi, en = NAMES[name]
                self._say("", "", f"thiếu cột “{vi}”.", f"the column “{en}” is missing.")
        if self.wrong:
            return
        if len(lines) == 1:
            self._say("", "", "tệp không có dòng nào.", "the file holds no row.")
        for number, cells in lines[1:]:
            self._row(number, {name: (place, _at(cells, place)) for name, place in heads.items()})

    def _row(self, number: int, cells: dict[str, tuple[int, str]]) -> None:
        before = len(self.wrong)

        def wrong(name: str, vi: str, en: str) -> None:
            place, value = cells[name]
            self._say(f"{get_column_letter(place + 1)}{number}", value, vi, en)

        for name in ("subject", "document"):
            if not cells[name][1]:
                wrong(name, "còn trống.", "is empty.")
            elif name == "subject" and len(cells[name][1]) > ID_MAX:
                wrong(name, f"dài quá {ID_MAX} ký tự.", f"is longer than {ID_MAX} characters.")
        year = _year(cells["year"][1])
        if year is None or not FIRST_YEAR <= year <= self._last_year:
            wrong(
                "year",
                f"phải là một năm từ {FIRST_YEAR} đến {self._last_year}.",
                f"must be a year from {FIRST_YEAR} to {self._last_year}.",
            )
        level = _LEVELS.get(folded(cells["level"][1]))
        if level is None:
            wrong("level", f"phải là một mức: {', '.join(LEVELS)}.", f"must be a level: {', '.join(LEVELS)}.")
        standing = _standing(cells["standing"][1] if "standing" in cells else "")
        if standing is None:
            wrong("standing", "để trống hoặc ghi TSVM_TB.", "is left empty or TSVM_TB.")
        if len(self.wrong) > before or year is None or level is None or standing is None:
            return
        subject = cells["subject"][1]
        first = self._seen.setdefault((subject, year), number)
        if first != number:
            wrong("subject", f"trùng với dòng {first}.", f"repeats row {first}.")
            return
        self.rows.append(
            EarlierYear(
                subject=subject, year=year, level=level, standing=standing, document=cells["document"][1]
            )
        )

    def _say(self, cell: str, value: str, vi: str, en: str) -> None:
        self.wrong.append(WrongCell(cell=cell, value=value, vi=vi, en=en))


def _at(cells: tuple[str, ...], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None


_LEVELS = {
    **{folded(name): code for code, names in LEVEL_NAMES.items() if code in LEVELS for name in names},
    **{folded(code): code for code in LEVELS},
}
_STANDINGS = {folded(word): code for code in STANDINGS for word in (code, *WORDS.get(code, ()))}


def _standing(text: str) -> str | None:
    return _STANDINGS.get(folded(text)) if text else "none"
