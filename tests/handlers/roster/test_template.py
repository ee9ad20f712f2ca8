"""The template, filled in as it stands, imports without a wrong cell."""

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from handlers.roster.problems import WorkbookRefused
from handlers.roster.read import read_roster
from handlers.roster.template import template
from tests.handlers.roster.sheets import ORGANISATIONS, PEOPLE, POSITIONS, saved

TODAY = date(2016, 12, 15)


def _day(value: Any) -> Any:
    """Days typed into date cells become real dates, as Excel does it."""
    if isinstance(value, str) and value.count("/") == 2:
        day, month, year = value.split("/")
        return datetime(int(year), int(month), int(day))  # noqa: DTZ001 - a cell has no zone
    return value


def test_a_filled_template_imports_cleanly() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    for title, rows in (("Tổ chức", ORGANISATIONS), ("Đảng viên", PEOPLE), ("Chức vụ", POSITIONS)):
        for row_number, row in enumerate(rows, start=4):
            for column, value in enumerate(row, start=1):
                book[title].cell(row_number, column, _day(value))
    parsed = read_roster(saved(book), file_name="mau.xlsx", today=TODAY)
    assert parsed.problems == ()
    assert parsed.good_rows == len(ORGANISATIONS) + len(PEOPLE) + len(POSITIONS)
    assert parsed.ignored_columns == ()


def test_an_empty_template_is_refused_as_having_no_rows() -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_roster(template(), file_name="mau.xlsx", today=TODAY)
    assert refused.value.reason == "no_rows"


def test_the_template_helps_while_it_is_filled_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template()))
    assert book.sheetnames == ["Tổ chức", "Đảng viên", "Chức vụ", "Hướng dẫn"]
    people = book["Đảng viên"]
    assert people["A3"].value == "Mã đảng viên *"
    assert people.column_dimensions["A"].number_format == "@", "ids keep their leading zeros"
    lists = [rule.formula1 for rule in people.data_validations.dataValidation]
    assert any("Chính thức,Dự bị" in formula for formula in lists)


def test_the_template_is_the_same_each_time() -> None:
    assert template() == template()
