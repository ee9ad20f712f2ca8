"""The workbook of calendar days: the template is read back, and every wrong cell is told at once."""

from __future__ import annotations

import io
from datetime import date

import openpyxl

from handlers.calendar_sheet import SHEET, DaysRead, read_days, template
from workflow.commands.calendar import DatedDay
from workflow.dated_days import HeldDays

HELD = HeldDays(above={"CB01": ("DB01",)})


def filled(*rows: tuple[object, ...]) -> bytes:
    """The template with these rows below its head."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    for row in rows:
        book[SHEET].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(read: DaysRead) -> list[str]:
    return [one.cell for one in read.wrong]


def test_a_filled_template_is_read() -> None:
    read = read_days(
        filled(
            (date(2026, 12, 24), "Nghỉ", "CB01", "Có", "TB 12-TB/ĐU"),
            ("26/12/2026", "làm việc", None, None, None),
            ("25/12/2026", "Half day", "", "không", ""),
        )
    ).checked(HELD)
    assert read.wrong == ()
    assert read.days == (
        DatedDay(day=date(2026, 12, 24), what="off", unit="CB01", provisional=True, document="TB 12-TB/ĐU"),
        DatedDay(day=date(2026, 12, 26), what="worked"),
        DatedDay(day=date(2026, 12, 25), what="half"),
    )


def test_every_wrong_cell_is_told_at_once_with_its_address() -> None:
    read = read_days(
        filled(
            ("31/02/2026", "Nghỉ", None, None, None),
            ("24/12/2026", "lễ", None, "có lẽ", None),
            (None, "Nghỉ", None, None, None),
            ("26/12/2026", "Nghỉ", None, None, None),
            ("22/12/2026", "Nghỉ", "CB99", None, None),
            ("23/12/2026", "Nghỉ", None, None, None),
            ("23/12/2026", "Nghỉ", None, None, None),
            ("23/12/2026", "Nửa ngày", None, None, None),
        )
    ).checked(HELD)
    assert cells(read) == ["A2", "B3", "D3", "A4", "A5", "C6", "A8", "A9"]
    told = {one.cell: one for one in read.wrong}
    assert "còn trống" in told["A4"].vi
    assert "đã là ngày nghỉ" in told["A5"].vi
    assert "dòng 7" in told["A8"].vi
    assert "hai cách" in told["A9"].vi
    assert told["C6"].value == "CB99"
    assert all(one.vi and one.en and one.vi != one.en for one in read.wrong)


def test_a_file_without_rows_or_without_its_columns_is_told_so() -> None:
    assert [one.vi for one in read_days(template()).wrong] == ["tệp không có dòng nào."]
    book = openpyxl.Workbook()
    book.active.append(["Ngày", "Ghi chú"])
    stream = io.BytesIO()
    book.save(stream)
    assert [one.vi for one in read_days(stream.getvalue()).wrong] == ["thiếu cột “Loại”."]
