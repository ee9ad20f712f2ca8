"""A board as a workbook: a block of heads, the sums, a row a body. Every text is written as text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from handlers import sheets
from handlers.sheets import new_book

_HEADS: Final = (
    ("Tổ chức", "Body", 42),
    ("Mã", "Code", 14),
    ("Trực thuộc", "Directly under", 34),
    ("Người đứng đầu", "Head", 26),
    ("Phải kiểm điểm", "To be reviewed", 12),
)
_STATE: Final = ("Tình hình", "State", 46)
_SUMS, _DAYS, _HEAD = 6, 7, 8
"""The rows of the sums, of the last safe days and of the heads; the bodies follow."""

_DONE: Final = (", đã xong", ", done")
_TOTAL: Final = (", phải làm", ", in all")


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """One body: of each step how many have passed it and how many must."""

    name: str
    code: str
    above: str
    head: str
    members: int
    steps: tuple[tuple[int, int], ...]
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardSheet:
    """What the workbook says. `steps` are the names of the steps, `due` their days; `sums` of all rows."""

    organisation: str
    title: str
    as_of: str
    filter: str
    by: str
    steps: tuple[str, ...]
    due: tuple[date | None, ...]
    sums: tuple[tuple[int, int], ...]
    rows: Sequence[SheetRow]


def workbook(of: BoardSheet, language: str) -> bytes:
    """The workbook as bytes; numbers are numbers, days are days."""
    at = 1 if language == "en" else 0
    content = io.BytesIO()
    book = new_book(content)
    heading = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    number = book.add_format({"border": 1, "valign": "top"})
    day = book.add_format({"bold": True, "border": 1, "num_format": "dd/mm/yyyy", "align": "left"})
    sheet = book.add_worksheet(("Tiến độ", "Progress")[at])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, of.organisation, heading)
    sheet.write_string(1, 0, of.title, heading)
    for row, line in enumerate((of.as_of, of.filter, of.by), start=2):
        sheet.write_string(row, 0, line)
    for column, (*words, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD, column, words[at], head)
        sheet.write_string(
            _DAYS, column, ("Hạn an toàn cuối", "Last safe day")[at] if column == 0 else "", head
        )
    for place, (name, due) in enumerate(zip(of.steps, of.due, strict=True)):
        column = len(_HEADS) + 2 * place
        sheet.write_string(_HEAD, column, name + _DONE[at], head)
        sheet.write_string(_HEAD, column + 1, name + _TOTAL[at], head)
        for each in (column, column + 1):
            if due is None:
                sheet.write_string(_DAYS, each, "", head)
            else:
                sheet.write_datetime(_DAYS, each, due, day)
    last = len(_HEADS) + 2 * len(of.steps)
    sheet.set_column(last, last, _STATE[2])
    sheet.write_string(_HEAD, last, _STATE[at], head)
    sheet.write_string(_DAYS, last, "", head)
    _write_sums(sheet, of, at, head)
    for row, body in enumerate(of.rows, start=_HEAD + 1):
        _body(sheet, row, body, text, number)
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.repeat_rows(_DAYS, _HEAD)
    sheet.autofilter(_HEAD, 0, _HEAD + len(of.rows), last)
    book.close()
    return content.getvalue()


def file_name(campaign: str, on: date) -> str:
    """The name of the workbook."""
    return sheets.file_name("tien-do", campaign, on)


def _write_sums(sheet: Any, of: BoardSheet, at: int, head: Any) -> None:
    count = len(of.rows)
    sheet.write_string(_SUMS, 0, (f"Cộng {count} tổ chức", f"Sum of {count} bodies")[at], head)
    for column in (1, 2, 3, len(_HEADS) + 2 * len(of.steps)):
        sheet.write_string(_SUMS, column, "", head)
    sheet.write_number(_SUMS, 4, sum(row.members for row in of.rows), head)
    for place, (done, total) in enumerate(of.sums):
        sheet.write_number(_SUMS, len(_HEADS) + 2 * place, done, head)
        sheet.write_number(_SUMS, len(_HEADS) + 2 * place + 1, total, head)


def _body(sheet: Any, row: int, body: SheetRow, text: Any, number: Any) -> None:
    for column, words in enumerate((body.name, body.code, body.above, body.head)):
        sheet.write_string(row, column, words, text)
    sheet.write_number(row, 4, body.members, number)
    for place, (done, total) in enumerate(body.steps):
        sheet.write_number(row, len(_HEADS) + 2 * place, done, number)
        sheet.write_number(row, len(_HEADS) + 2 * place + 1, total, number)
    sheet.write_string(row, len(_HEADS) + 2 * len(body.steps), body.state, text)
