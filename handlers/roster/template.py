"""Writes the workbook to download and fill in: three lists and a page of explanations with examples."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from handlers.roster.columns import PLANS
from handlers.roster.sheet_plan import Column, Kind, SheetPlan
from handlers.roster.vocabulary import ORGANISATION_TYPE_NAMES, POST_NAMES, STAFF_KIND_NAMES, STATUS_NAMES
from handlers.sheets import new_book

_ROWS = 5_000
_TITLES = {
    "organisations": "DANH SÁCH TỔ CHỨC",
    "people": "DANH SÁCH ĐẢNG VIÊN",
    "positions": "DANH SÁCH CHỨC VỤ",
}
_CHOICES = {
    Kind.TYPE: [words[0] for words in ORGANISATION_TYPE_NAMES.values()],
    Kind.STATUS: [words[0] for words in STATUS_NAMES.values()],
    Kind.STAFF: [words[0] for words in STAFF_KIND_NAMES.values()],
    Kind.POST: [words[0] for words in POST_NAMES.values()],
    Kind.YES_NO: ["Có", "Không"],
}
_GUIDE_TITLE = "Hướng dẫn"
_LIST_LENGTH_MAX = 255
_LIST_TITLES = {Kind.TYPE: "Các loại tổ chức"}
_LONG_LISTS = tuple(_LIST_TITLES)
_LISTS_FROM = 16
_AS_TEXT = {Kind.IDENTIFIER, Kind.ORGANISATION, Kind.PERSON, Kind.NAME, Kind.TEXT}
_EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "organisations": (
        ("DB01", "Đảng bộ Công ty A", "Đảng bộ cơ sở", "", "19/05/1995", "Có", ""),
        ("CB01", "Chi bộ Phòng Kỹ thuật", "Chi bộ trực thuộc", "DB01", "03/02/2001", "Có", "Không"),
        ("CDN", "Công đoàn Ngành A", "Công đoàn ngành", "", "28/07/1995", "Có", ""),
        ("CQCD", "Cơ quan Công đoàn Ngành A", "Cơ quan công đoàn", "CDN", "", "", ""),
    ),
    "people": (
        (
            "0001",
            "049012337",
            "Nguyễn Văn A",
            "14/06/1979",
            "CB01",
            "",
            "",
            "Chính thức",
            "03/02/2005",
            "03/02/2006",
            "Có",
            "",
            "",
            "",
            "",
        ),
        (
            "0002",
            "",
            "Trần Thị B",
            "02/09/1985",
            "",
            "",
            "",
            "Chưa là đảng viên",
            "",
            "",
            "Có",
            "",
            "CQCD",
            "Chuyên viên",
            "Có",
        ),
    ),
    "positions": (("0001", "CB01", "Bí thư", "12/03/2015", "", ""),),
}
_GUIDE = (
    "Điền ba trang Tổ chức, Đảng viên, Chức vụ, mỗi dòng một mục, rồi tải lên. Trang này không được nhập.",
    "Cột có dấu * bắt buộc. Ngày ghi dd/mm/yyyy. Các cột mã để định dạng Văn bản để giữ số 0 ở đầu.",
    "Cán bộ công đoàn có Mã công đoàn thì được để trống Mã chi bộ, Tình trạng và Ngày vào Đảng.",
    "Thiếu trang nào thì phần đó của danh sách hiện có được giữ nguyên.",
    "Trước khi ghi, phần mềm cho xem dòng mới, dòng thay đổi, dòng không còn, và báo mọi ô sai một lần.",
)


def template() -> bytes:
    """The empty workbook. Filled in, it imports without a change to its headers."""
    stream = io.BytesIO()
    book = new_book(stream)
    # The same bytes every time, so that a download can be compared.
    created = datetime(2016, 1, 1)  # noqa: DTZ001 - a workbook knows no zone
    book.set_properties({"title": "Mẫu nhập danh sách", "created": created})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "hint": book.add_format(
            {"italic": True, "font_color": "#595959", "text_wrap": True, "valign": "top"}
        ),
        "header": book.add_format({"bold": True, "bg_color": "#E4ECF7", "border": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "plain": book.add_format({}),
    }
    for plan in PLANS:
        _list_sheet(book, plan, formats)
    _guide_sheet(book, formats)
    book.close()
    return stream.getvalue()


def printed_header(column: Column) -> str:
    """The header as it stands in the template: with a star where the column is required."""
    return f"{column.header} *" if column.is_starred else column.header


def _list_sheet(book: Any, plan: SheetPlan, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(plan.title)
    sheet.write_string(0, 0, _TITLES[plan.purpose], formats["title"])
    sheet.set_row(1, 62)
    for place, column in enumerate(plan.columns):
        kind = "day" if column.kind is Kind.DAY else "text" if column.kind in _AS_TEXT else "plain"
        sheet.set_column(place, place, _width(column), formats[kind])
        sheet.write_string(1, place, column.hint, formats["hint"])
        sheet.write_string(2, place, printed_header(column), formats["header"])
        if column.kind in _CHOICES:
            sheet.data_validation(
                3,
                place,
                2 + _ROWS,
                place,
                {
                    "validate": "list",
                    "source": _source(column.kind),
                    # Other spellings are understood as well, so Excel warns and does not refuse.
                    "error_type": "warning",
                    "error_title": column.header[:32],
                    "error_message": "Nên chọn trong danh sách.",
                },
            )
    sheet.freeze_panes(3, 0)


def _source(kind: Kind) -> list[str] | str:
    """The choices of a column; Excel takes a long list only from cells, which the guide sheet holds."""
    choices = _CHOICES[kind]
    if len(",".join(choices)) <= _LIST_LENGTH_MAX:
        return choices
    place = _LONG_LISTS.index(kind) + _LISTS_FROM
    column = xl_col_to_name(place, col_abs=True)
    return f"='{_GUIDE_TITLE}'!{column}$2:{column}${len(choices) + 1}"


def _guide_sheet(book: Any, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_GUIDE_TITLE)
    sheet.set_column(0, _LISTS_FROM + len(_LONG_LISTS), 24)
    sheet.write_string(0, 0, "HƯỚNG DẪN VÀ VÍ DỤ (không nhập trang này)", formats["title"])
    line = 2
    for sentence in _GUIDE:
        sheet.write_string(line, 0, sentence)
        line += 1
    for plan in PLANS:
        line += 1
        sheet.write_string(line, 0, f"Ví dụ trang {plan.title}", formats["title"])
        _write(sheet, line + 1, [printed_header(column) for column in plan.columns], formats["header"])
        line += 2
        for example in _EXAMPLES[plan.purpose]:
            _write(sheet, line, example, formats["text"])
            line += 1

    for place, kind in enumerate(_LONG_LISTS, start=_LISTS_FROM):
        sheet.write_string(0, place, _LIST_TITLES[kind], formats["header"])
        for number, choice in enumerate(_CHOICES[kind], start=1):
            sheet.write_string(number, place, choice)


def _write(sheet: Any, line: int, texts: Sequence[str], form: Any) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(line, place, text, form)


def _width(column: Column) -> int:
    return 34 if column.kind is Kind.NAME else max(14, min(24, len(column.header) + 4))
