"""Opens an uploaded .xlsx safely and hands out its rows of cells; nothing in the file is ever executed."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from handlers.roster.problems import WorkbookRefused

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MEGABYTE = 1024 * 1024
# Excel itself has no more rows; a larger row number can only be an attack.
_LAST_ROW = 1_048_576

# What openpyxl and zipfile are known to raise on files that are no proper workbooks.
_DAMAGED = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    RuntimeError,
    EOFError,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
)

CellValue = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much a workbook may hold. The ratio counts only once more than 10 MB come out of the file."""

    file_bytes: int = 20 * _MEGABYTE
    unpacked_bytes: int = 300 * _MEGABYTE
    unpacked_ratio: int = 100
    parts: int = 1_000
    sheets: int = 50
    rows: int = 50_000
    columns: int = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as read; `shown` is what a person would see, `number_format` Excel's text for it."""

    value: CellValue
    number_format: str = "General"
    is_error: bool = False
    is_formula_without_value: bool = False

    @property
    def is_blank(self) -> bool:
        """No value, or nothing but blanks."""
        if self.is_formula_without_value:
            return False
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def shown(self) -> str:
        """The value as text, dates as dd/mm/yyyy."""
        match self.value:
            case None:
                return ""
            case datetime() | date():
                return self.value.strftime("%d/%m/%Y")
            case bool():
                return "TRUE" if self.value else "FALSE"
            case _:
                return str(self.value)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not blank; `number` is 1 for the first row of the sheet."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet with its rows that are not blank, in order."""

    title: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file: the SHA-256 of its bytes (hex) and its visible and hidden worksheets."""

    sha256: str
    sheets: tuple[Sheet, ...]


BLANK = Cell(None)


def address(row: int, column: int) -> str:
    """The address of a cell, counted from 1: (17, 3) is "C17"."""
    return f"{get_column_letter(column)}{row}"


def open_workbook(source: bytes | Path, limits: Limits | None = None) -> Workbook:
    """All worksheets of an uploaded file. Raises `WorkbookRefused` with one reason when it cannot be read
    safely.
    """
    limits = limits or Limits()
    content = _bytes_of(source, limits)
    try:
        _check_archive(content, limits)
        with warnings.catch_warnings():
            # openpyxl warns of formatting it does not keep; formatting is not what we read.
            warnings.simplefilter("ignore", UserWarning)
            return Workbook(sha256(content).hexdigest(), tuple(_sheets(content, limits)))
    except _DAMAGED as cause:
        raise WorkbookRefused("unsafe" if _is_unsafe(cause) else "damaged") from cause


def _is_unsafe(cause: BaseException | None) -> bool:
    """Whether XML entities lie at the bottom of an error; openpyxl wraps it in one of its own."""
    while cause is not None:
        if isinstance(cause, DefusedXmlException):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _bytes_of(source: bytes | Path, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.file_bytes:
        raise WorkbookRefused("too_large", size_mb=_megabytes(size), limit_mb=_megabytes(limits.file_bytes))
    if size == 0:
        raise WorkbookRefused("empty")
    return source if isinstance(source, bytes) else source.read_bytes()


def _check_archive(content: bytes, limits: Limits) -> None:
    if content.startswith(_OLE_MAGIC):
        if _ENCRYPTED_PACKAGE in content:
            raise WorkbookRefused("encrypted")
        raise WorkbookRefused("old_format", format=".xls")
    if not content.startswith(b"PK") or not zipfile.is_zipfile(io.BytesIO(content)):
        raise WorkbookRefused("not_a_spreadsheet")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > limits.parts:
        raise WorkbookRefused("too_many_parts", count=len(parts), limit=limits.parts)
    # zipfile never gives out more than the size declared here, so a declared size that lies cannot grow.
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked // len(content)
    if unpacked > limits.unpacked_bytes or (unpacked > 10 * _MEGABYTE and ratio > limits.unpacked_ratio):
        raise WorkbookRefused(
            "expands_too_much",
            size_mb=_megabytes(unpacked),
            ratio=ratio,
            limit_mb=_megabytes(limits.unpacked_bytes),
            limit_ratio=limits.unpacked_ratio,
        )
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookRefused("encrypted")
    names = {part.filename.casefold() for part in parts}
    if "xl/workbook.bin" in names:
        raise WorkbookRefused("old_format", format=".xlsb")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise WorkbookRefused("not_a_spreadsheet")


def _sheets(content: bytes, limits: Limits) -> Iterator[Sheet]:
    values = _load(content, data_only=True)
    try:
        titles = [sheet.title for sheet in values.worksheets]
        if len(titles) > limits.sheets:
            raise WorkbookRefused("too_many_sheets", count=len(titles), limit=limits.sheets)
        formulas = _formula_cells(content) if _has_formulas(content) else {}
        for sheet in values.worksheets:
            yield Sheet(sheet.title, tuple(_rows(sheet, limits, formulas.get(sheet.title, frozenset()))))
    finally:
        values.close()


def _load(content: bytes, *, data_only: bool) -> Any:
    return openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False, keep_vba=False
    )


def _rows(sheet: Any, limits: Limits, formulas: frozenset[tuple[int, int]]) -> Iterator[SheetRow]:
    count = 0
    for number, row in _given_rows(sheet, limits.columns + 1, frozenset(row for row, _ in formulas)):
        cells = tuple(_cell(cell, (number, column) in formulas) for column, cell in enumerate(row, start=1))
        if all(cell.is_blank for cell in cells):
            continue
        if len(cells) > limits.columns and not cells[limits.columns].is_blank:
            raise WorkbookRefused("too_many_columns", sheet=sheet.title, limit=limits.columns)
        count += 1
        if count > limits.rows:
            raise WorkbookRefused("too_many_rows", sheet=sheet.title, limit=limits.rows)
        yield SheetRow(number, _without_trailing_blanks(cells[: limits.columns]))


def _cell(cell: Any, is_formula: bool) -> Cell:
    if cell.value is None:
        return Cell(None, is_formula_without_value=True) if is_formula else BLANK
    if cell.data_type == "s":
        return Cell(cell.value)
    return Cell(cell.value, cell.number_format, cell.data_type == "e")


def _without_trailing_blanks(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    end = len(cells)
    while end and cells[end - 1].is_blank:
        end -= 1
    return cells[:end]


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.casefold().startswith("xl/worksheets/") and name.casefold().endswith(".xml"):
                with archive.open(name) as part:
                    tail = b""
                    while block := part.read(_MEGABYTE):
                        if b"<f>" in tail + block or b"<f " in tail + block or b":f" in tail + block:
                            return True
                        tail = block[-3:]
    return False


def _formula_cells(content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Where formulas stand, by sheet; read as values alone, one without a stored result would look blank."""
    book = _load(content, data_only=False)
    try:
        return {
            sheet.title: frozenset(
                (number, column)
                for number, row in _given_rows(sheet, Limits().columns)
                for column, cell in enumerate(row, start=1)
                if cell.data_type == "f"
            )
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _given_rows(
    sheet: Any, columns: int, keep: frozenset[int] = frozenset()
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows a sheet has, with their numbers, without empty ones (but `keep`) and those put into gaps.

    openpyxl leads up to a row numbered 1,048,576 by as many empty ones, all of them the same object:
    looking into each would take a minute.
    """
    # The dimension a file declares may be wrong in either direction.
    sheet.reset_dimensions()
    filler: tuple[Any, ...] | None = None
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=columns), start=1):
        if row is filler:
            continue
        if number not in keep and all(cell.value is None for cell in row):
            filler = row
            continue
        yield number, row


def _megabytes(size: int) -> int:
    return -(-size // _MEGABYTE)
