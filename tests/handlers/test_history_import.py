"""Levels of earlier years from a file: every wrong cell at once, names and codes alike, one file once."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from handlers.history_import import read_history
from handlers.roster.problems import WorkbookRefused

TODAY = date(2017, 2, 1)
HEAD = ("Mã", "Năm", "Mức", "Danh hiệu", "Văn bản")


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_sheet_is_read_by_its_headers_and_the_names_of_levels() -> None:
    content = sheet(
        HEAD,
        ("0101", 2015, "Hoàn thành xuất sắc nhiệm vụ", None, "QĐ 09-QĐ/ĐU"),
        ("CB01", "2015", "tsvm", "Trong sạch vững mạnh tiêu biểu", "QĐ 10-QĐ/ĐU"),
    )
    read = read_history(content, "a.xlsx", today=TODAY)
    assert read.wrong == ()
    assert [(row.subject, row.year, row.level, row.standing) for row in read.rows] == [
        ("0101", 2015, "HTXSNV", "none"),
        ("CB01", 2015, "TSVM", "TSVM_TB"),
    ]
    assert read.command().history == f"LS-{read.sha256[:12]}"


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_csv_is_read_with_either_mark(mark: str) -> None:
    text = "\ufeff" + "\n".join(mark.join(line) for line in (HEAD, ("0101", "2014", "HTTNV", "", "QĐ 09")))
    read = read_history(text.encode(), "a.csv", today=TODAY)
    assert (read.wrong, read.rows[0].level) == ((), "HTTNV")


def test_every_wrong_cell_is_named_at_once() -> None:
    content = sheet(
        HEAD,
        (None, 2015, "HTXSNV", None, "QĐ"),
        ("0101", 2018, "TOT", "ANH HUNG", None),
        ("0102", 2017, "HTTNV", None, "QĐ"),
        ("0102", 2017, "HTNV", None, "QĐ"),
    )
    read = read_history(content, "a.xlsx", today=TODAY)
    assert [one.cell for one in read.wrong] == ["A2", "E3", "B3", "C3", "D3", "A5"]
    assert len(read.rows) == 1
    assert all(one.vi and one.en for one in read.wrong)


def test_a_missing_column_an_empty_file_and_no_workbook() -> None:
    missing = read_history(sheet(("Mã", "Năm", "Mức")), "a.xlsx", today=TODAY)
    assert [one.vi for one in missing.wrong] == ["thiếu cột “Văn bản”."]
    assert read_history(sheet(HEAD), "a.xlsx", today=TODAY).wrong
    assert read_history(b"", "a.csv", today=TODAY).wrong
    with pytest.raises(WorkbookRefused):
        read_history(b"no workbook", "a.xlsx", today=TODAY)
