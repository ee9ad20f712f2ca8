"""Days of the calendar in a workbook: the template, and reading it with every wrong cell at once."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from handlers.roster.cells import CellWrong, Words, read_day, read_text, read_yes_no
from handlers.roster.sentences import CELL_SENTENCES
from handlers.roster.text import folded
from handlers.roster.workbook import BLANK, Cell, Limits, SheetRow, address, open_workbook
from handlers.sheets import new_book
from workflow.commands.calendar import ANNOUNCED, HALF, OFF, USUAL, WORKED, DatedDay
from workflow.dated_days import HeldDays, wrong_days

Read = TypeVar("Read")

SHEET: Final = "Lịch làm việc"
HELP: Final = "Hướng dẫn"


class Kind(StrEnum):
    """What the second column may hold."""

    OFF = OFF
    WORKED = WORKED
    HALF = HALF
    USUAL = USUAL
    ANNOUNCED = ANNOUNCED


KINDS: Final = Words(
    {
        Kind.OFF: ("Nghỉ", "Ngày nghỉ", "Day off"),
        Kind.WORKED: ("Làm việc", "Ngày làm việc", "Làm bù", "Working day"),
        Kind.HALF: ("Nửa ngày", "Làm nửa ngày", "Half day"),
        Kind.USUAL: ("Như thường lệ", "Bỏ mục cũ", "As usual"),
        Kind.ANNOUNCED: ("Đã công bố cả năm", "Year announced"),
    }
)

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "day": ("Ngày", "Day", "Date"),
    "what": ("Loại", "Loại ngày", "Kind"),
    "unit": ("Đơn vị", "Mã đơn vị", "Unit"),
    "provisional": ("Tạm tính", "Provisional"),
    "document": ("Văn bản", "Số văn bản", "Document"),
}
"""The first name of each column is the one the template prints."""
NEEDED: Final = ("day", "what")


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongCell:
    """One wrong cell: where it is, what stands there and why; no address where a column is missing."""

    cell: str
    value: str
    vi: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DaysRead:
    """What a file says. Nothing is proposed while `wrong` is not empty; `rows` are where the days stand."""

    days: tuple[DatedDay, ...]
    wrong: tuple[WrongCell, ...]
    rows: tuple[int, ...] = ()
    heads: tuple[tuple[str, int], ...] = ()

    def checked(self, held: HeldDays) -> DaysRead:
        """The same with everything a calendar that holds `held` finds wrong, at its cell."""
        places = dict(self.heads)
        found = tuple(
            WrongCell(
                cell=address(self.rows[one.place], places.get(one.field, places["day"]) + 1),
                value=one.value,
                vi=one.vi,
                en=one.en,
            )
            for one in wrong_days(self.days, held, self.rows)
        )
        return DaysRead(days=self.days, wrong=(*self.wrong, *found), rows=self.rows, heads=self.heads)


def template() -> bytes:
    """An empty workbook: the columns, a list to choose from, a line of example on the second sheet."""
    stream = io.BytesIO()
    book = new_book(stream)
    head = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(SHEET)
    for column, names in enumerate(COLUMNS.values()):
        sheet.write_string(0, column, names[0], head)
    sheet.set_column(0, 0, 14, day)
    sheet.set_column(1, 4, 22)
    sheet.freeze_panes(1, 0)
    choices = [names[0] for names in KINDS.names.values()]
    sheet.data_validation(1, 1, 1_000, 1, {"validate": "list", "source": choices})
    sheet.data_validation(1, 3, 1_000, 3, {"validate": "list", "source": ["Có", "Không"]})
    lines = (
        "Mỗi dòng một ngày. Ngày ghi dd/mm/yyyy.",
        f"Loại: {KINDS.printed}.",
        "Đơn vị: mã tổ chức, áp dụng cho cả nhánh bên dưới; để trống là áp dụng cho tất cả.",
        "Tạm tính: Có, nếu văn bản còn có thể thay đổi.",
        "Văn bản: để trống nếu trùng văn bản của cả lần đề nghị.",
        "“Đã công bố cả năm” ghi ở ngày 01/01 của năm, cho tất cả.",
        "Ví dụ: 24/12/2026 | Nghỉ | CB03 | Không | TB 12-TB/ĐU",
    )
    helped = book.add_worksheet(HELP)
    helped.set_column(0, 0, 100)
    for row, line in enumerate(lines):
        helped.write_string(row, 0, line)
    book.close()
    return stream.getvalue()


def read_days(content: bytes, limits: Limits | None = None) -> DaysRead:
    """Every day and every cell that cannot be read. WorkbookRefused where the file is no workbook."""
    sheets = open_workbook(content, limits).sheets
    rows = next((one.rows for one in sheets if folded(one.title) == folded(SHEET)), None)
    rows = sheets[0].rows if rows is None and sheets else rows
    if not rows:
        return _nothing("tệp không có dòng nào.", "the file holds no row.")
    heads = {
        name: place
        for place, cell in enumerate(rows[0].cells)
        for name, known in COLUMNS.items()
        if folded(cell.shown) in {folded(one) for one in known}
    }
    missing = [COLUMNS[name] for name in NEEDED if name not in heads]
    if missing:
        return DaysRead(
            days=(),
            wrong=tuple(
                WrongCell(
                    cell="", value="", vi=f"thiếu cột “{one[0]}”.", en=f"the column “{one[1]}” is missing."
                )
                for one in missing
            ),
        )
    if len(rows) == 1:
        return _nothing("tệp không có dòng nào.", "the file holds no row.")
    return _read_rows(rows[1:], heads)


def _nothing(vi: str, en: str) -> DaysRead:
    return DaysRead(days=(), wrong=(WrongCell(cell="", value="", vi=vi, en=en),))


def _read_rows(rows: Iterable[SheetRow], heads: dict[str, int]) -> DaysRead:
    days: list[DatedDay] = []
    numbers: list[int] = []
    wrong: list[WrongCell] = []
    for row in rows:
        found = _read_row(row, heads)
        if isinstance(found, DatedDay):
            days.append(found)
            numbers.append(row.number)
        else:
            wrong.extend(found)
    return DaysRead(
        days=tuple(days), wrong=tuple(wrong), rows=tuple(numbers), heads=tuple(sorted(heads.items()))
    )


def _read_row(row: SheetRow, heads: dict[str, int]) -> DatedDay | list[WrongCell]:
    wrong: list[WrongCell] = []

    def cell(name: str) -> Cell:
        place = heads.get(name)
        return BLANK if place is None or place >= len(row.cells) else row.cells[place]

    def say(name: str, vi: str, en: str) -> None:
        where = address(row.number, heads[name] + 1)
        wrong.append(WrongCell(cell=where, value=cell(name).shown, vi=vi, en=en))

    def read(name: str, reader: Callable[[Cell], Read]) -> Read | None:
        try:
            return reader(cell(name))
        except CellWrong as error:
            say(name, *_sentence(error))
            return None

    day, what = read("day", read_day), read("what", KINDS.read)
    unit, unsure = read("unit", read_text), read("provisional", read_yes_no)
    document = read("document", read_text)
    for name, value in (("day", day), ("what", what)):
        if value is None and cell(name).is_blank:
            say(name, "còn trống.", "is empty.")
    if wrong or day is None or what is None:
        return wrong
    return DatedDay(
        day=day, what=what.value, unit=unit or "", provisional=bool(unsure), document=document or ""
    )


def _sentence(error: CellWrong) -> tuple[str, str]:
    told, facts = CELL_SENTENCES[error.kind], dict(error.facts)
    return told.what["vi"].format(**facts), told.what["en"].format(**facts)
