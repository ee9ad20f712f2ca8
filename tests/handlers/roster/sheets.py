"""Writes small real .xlsx files for the tests of the import."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

ORGANISATION_HEADERS = (
    "Mã tổ chức", "Tên tổ chức", "Loại", "Mã cấp trên", "Ngày thành lập", "Có cấp ủy", "Chi bộ ghép",
)  # fmt: skip
PEOPLE_HEADERS = (
    "Mã đảng viên", "Số thẻ đảng", "Họ và tên", "Ngày sinh", "Mã chi bộ", "Mã tổ đảng", "Về chi bộ từ ngày",
    "Tình trạng", "Ngày vào Đảng", "Ngày chính thức", "Công chức, viên chức, người lao động",
)  # fmt: skip
POSITION_HEADERS = ("Mã đảng viên", "Mã tổ chức", "Chức vụ", "Từ ngày", "Đến ngày", "Chức danh đầy đủ")

ORGANISATIONS: tuple[tuple[Any, ...], ...] = (
    ("DB01", "Đảng bộ Công ty Bến Trúc", "Đảng bộ cơ sở", None, "19/05/1996", "Có", None),
    ("CB01", "Chi bộ Phân xưởng Đúc", "Chi bộ trực thuộc", "DB01", "03/02/1998", "Có", "Không"),
    ("CB02", "Chi bộ Phân xưởng Điện", "Chi bộ trực thuộc", "DB01", "03/02/1998", "Có", "Không"),
)
PEOPLE: tuple[tuple[Any, ...], ...] = (
    ("0001", "049012001", "Lưu Văn Tâm", "14/06/1970", "CB01", None, None, "Chính thức", "03/02/1999",
     "03/02/2000", "Có"),
    ("0002", "049012002", "Đàm Quang Khải", "09/11/1975", "CB01", None, None, "Chính thức", "03/02/2003",
     "03/02/2004", "Có"),
    ("0003", None, "Tăng Duy Khiêm", "21/03/1990", "CB01", None, None, "Dự bị", "03/02/2016", None, "Có"),
    ("0004", "049012004", "Châu Ngọc Ánh", "30/08/1978", "CB02", None, None, "Chính thức", "07/11/2003",
     "07/11/2004", "Có"),
)  # fmt: skip
POSITIONS: tuple[tuple[Any, ...], ...] = (
    ("0001", "CB01", "Bí thư", "10/02/2015", None, None),
    ("0002", "CB01", "Phó bí thư", "10/02/2015", None, None),
    ("0004", "CB02", "Bí thư", "10/02/2015", None, None),
)


def workbook(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A file of these sheets, row by row; underscores in a name stand for blanks."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of an openpyxl workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def roster(
    organisations: Sequence[Sequence[Any]] | None = ORGANISATIONS,
    people: Sequence[Sequence[Any]] | None = PEOPLE,
    positions: Sequence[Sequence[Any]] | None = POSITIONS,
) -> bytes:
    """A file with the three lists; None leaves a list out. Rows begin in row 2, below the headers."""
    sheets: dict[str, list[Sequence[Any]]] = {}
    for title, headers, rows in (
        ("Tổ_chức", ORGANISATION_HEADERS, organisations),
        ("Đảng_viên", PEOPLE_HEADERS, people),
        ("Chức_vụ", POSITION_HEADERS, positions),
    ):
        if rows is not None:
            sheets[title] = [headers, *rows]
    return workbook(**sheets)


def changed(rows: Sequence[Sequence[Any]], row: int, column: int, value: Any) -> tuple[tuple[Any, ...], ...]:
    """The rows with one cell changed; row and column counted from 0."""
    copy = [list(cells) for cells in rows]
    copy[row][column] = value
    return tuple(tuple(cells) for cells in copy)
