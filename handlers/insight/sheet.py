"""The insight of a branch as a workbook: ceilings, spread, shifts, departures; text is never a formula."""

from __future__ import annotations

import io
from typing import Any, Final

from handlers.insight.reading import Insight
from handlers.insight.shifts import DECISION, SELF, VOTE
from handlers.names import Names
from handlers.sheets import new_book
from states import levels
from states import review as life

Row = tuple[str | int, ...]

_KINDS: Final = {
    life.COLLECTIVE: ("Tập thể", "Collectives"),
    life.INDIVIDUAL: ("Cá nhân", "Individuals"),
    life.ORGANISATION: ("Tổ chức", "Organisations"),
}
_STEPS: Final = {
    SELF: ("Tự xếp loại", "Own rating"),
    VOTE: ("Bỏ phiếu", "Vote"),
    DECISION: ("Quyết định", "Decision"),
}
_CEILINGS: Final = (
    ("Đối tượng", "Kind"),
    ("Tổ chức", "Organisation"),
    ("Nhóm", "Group"),
    ("Mức cao nhất", "At the top"),
    ("Hạn mức", "Ceiling"),
    ("Vượt", "Above"),
    ("Được xếp loại", "Rated"),
    ("Cách tính", "Comparison"),
)
_SPREAD: Final = (
    ("Đối tượng", "Kind"),
    ("Mức", "Level"),
    ("Năm nay", "This year"),
    ("Phần nghìn", "Of a thousand"),
    ("Năm trước", "Year before"),
    ("Phần nghìn năm trước", "Of a thousand, year before"),
)
_SHIFTS: Final = (
    ("Từ bước", "From step"),
    ("Đến bước", "To step"),
    ("Từ mức", "From level"),
    ("Đến mức", "To level"),
    ("Số lượng", "Number"),
)
_DEPARTURES: Final = (
    ("Việc", "What"),
    ("Kỳ kiểm điểm", "Review"),
    ("Của", "Of"),
    ("Tổ chức", "Organisation"),
    ("Sự kiện số", "Event"),
    ("Ngày nhập", "Entered on"),
)
_WHAT: Final = {
    "exception_authorised": ("ngoại lệ", "exception"),
    "review_annulled": ("hủy kết quả", "annulment"),
    "review_re_rated": ("xếp loại lại", "rated again"),
}


def rows_of(found: Insight) -> int:
    """How many lines tell of an organisation or a review."""
    return len(found.ceilings) + len(found.exceptions) + len(found.annulments) + len(found.corrections)


def workbook(found: Insight, names: Names, language: str) -> bytes:
    """The workbook as bytes; every text is written as text, whatever it begins with."""
    at = 1 if language == "en" else 0
    content = io.BytesIO()
    book = new_book(content)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    plain = book.add_format({"border": 1})
    for title, heads, rows in (
        (("Hạn mức", "Ceilings"), _CEILINGS, _ceilings(found, names, at)),
        (("Phân bố", "Spread"), _SPREAD, _spread(found, at)),
        (("Nâng, hạ", "Shifts"), _SHIFTS, _shifts(found, at)),
        (("Ngoại lệ, sửa", "Departures"), _DEPARTURES, _departures(found, names, at)),
    ):
        sheet = book.add_worksheet(title[at])
        sheet.set_column(0, len(heads) - 1, 24)
        sheet.freeze_panes(1, 0)
        for column, words in enumerate(heads):
            sheet.write_string(0, column, words[at], head)
        for place, row in enumerate(rows, start=1):
            _write(sheet, place, row, plain)
    book.close()
    return content.getvalue()


def _write(sheet: Any, place: int, row: Row, plain: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int):
            sheet.write_number(place, column, value, plain)
        else:
            sheet.write_string(place, column, value, plain)


def _ceilings(found: Insight, names: Names, at: int) -> list[Row]:
    return [
        (
            _KINDS[one.kind][at],
            names.body(one.body),
            one.group,
            one.top,
            "" if one.allowed is None else one.allowed,
            one.above,
            one.rated,
            one.comparison,
        )
        for one in found.ceilings
    ]


def _spread(found: Insight, at: int) -> list[Row]:
    return [
        (
            _KINDS[one.kind][at],
            levels.NAMES[level.level][at],
            level.now,
            level.now_tenths,
            level.then,
            level.then_tenths,
        )
        for one in found.spreads
        for level in one.shares
    ]


def _shifts(found: Insight, at: int) -> list[Row]:
    return [
        (
            _STEPS[one.before][at],
            _STEPS[one.after][at],
            levels.NAMES[before][at],
            levels.NAMES[after][at],
            one.cells[(before, after)],
        )
        for one in found.shifts
        for before in one.levels
        for after in one.levels
        if one.cells[(before, after)]
    ]


def _departures(found: Insight, names: Names, at: int) -> list[Row]:
    return [
        (
            _WHAT.get(one.name, ("sửa số liệu", "correction"))[at],
            one.review,
            names.subject(one.review),
            names.body(one.organisation),
            one.version,
            f"{one.recorded_at:%d/%m/%Y}",
        )
        for one in (*found.exceptions, *found.annulments, *found.corrections)
    ]
