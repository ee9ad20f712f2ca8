"""Lines of the log as a workbook; text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from handlers.audit.lines import Told
from handlers.sheets import new_book
from workflow import clock

_HEADS: Final = (
    ("Số", "Number"),
    ("Nhập lúc", "Entered at"),
    ("Ngày diễn ra", "Day of the act"),
    ("Về", "About"),
    ("Điều đã xảy ra", "What happened"),
    ("Người thao tác", "Entered by"),
    ("Dòng", "Stream"),
    ("Sự kiện số", "Event"),
)
_CUT: Final = (
    "Tệp chỉ giữ các dòng mới nhất; thu hẹp điều kiện để lấy phần còn lại.",
    "The file holds the newest lines alone; narrow the search for the rest.",
)


def workbook(found: Sequence[Told], language: str, *, cut: bool = False) -> bytes:
    """The workbook as bytes; with `cut` its last line says that there were more."""
    at = 1 if language == "en" else 0
    content = io.BytesIO()
    book = new_book(content)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(("Sổ ghi", "Log")[at])
    sheet.set_column(0, 3, 18)
    sheet.set_column(4, 4, 70)
    sheet.set_column(5, 7, 30)
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(_HEADS):
        sheet.write_string(0, column, words[at], head)
    place = 0
    for place, one in enumerate(found, start=1):
        sheet.write_number(place, 0, one.number, plain)
        texts = (
            f"{one.entered_at.astimezone(clock.ZONE):%d/%m/%Y %H:%M}",
            f"{one.on:%d/%m/%Y}",
            one.about,
            one.says,
            one.by,
            one.stream,
        )
        for column, text in enumerate(texts, start=1):
            sheet.write_string(place, column, text, plain)
        sheet.write_number(place, 7, one.version, plain)
    if cut:
        sheet.write_string(place + 1, 4, _CUT[at], plain)
    book.close()
    return content.getvalue()
