"""Samples of the calendar of 2026 and of one change that waits, read by an officer on 11/01/2017."""

from datetime import date

from api.pages.views import ActionForm, Choice, FormField, Link, StatusText
from api.pages.views_calendar import (
    CalendarChangePage,
    CalendarPage,
    ChangeLine,
    DayCell,
    EntryLine,
    MonthGrid,
    MovedCampaign,
    MovedLine,
    SpecialLine,
    WrongCellLine,
)
from tests.api.page_samples_base import frame

OFF = StatusText(tone="late", text="Ngày nghỉ")
WORKED = StatusText(tone="working", text="Ngày làm việc")
WAITS = StatusText(tone="waiting", text="Chờ xác nhận")
DONE = StatusText(tone="done", text="Đã xác nhận")


def _january() -> MonthGrid:
    """January 2026 begins on a Thursday: New Year, the swapped Friday and the Saturday worked for it."""
    cells: list[DayCell | None] = [None, None, None]
    for number in range(1, 32):
        kind, mark, says = "weekend" if (number + 2) % 7 > 4 else "plain", "", ""
        if number <= 2:
            kind, mark, says = "off", "N", "ngày nghỉ"
        elif number == 10:
            kind, mark, says = "worked", "L", "ngày làm việc"
        elif number == 23:
            kind, mark, says = "half", "½", "ngày làm việc nửa ngày, tạm tính"
        cells.append(DayCell(number=number, kind=kind, mark=mark, says=says))
    cells.append(None)
    return MonthGrid(name="Tháng 1", weeks=tuple(tuple(cells[n : n + 7]) for n in range(0, 35, 7)))


def _form(error: str = "") -> ActionForm:
    return ActionForm(
        action="/calendar/changes",
        submit="Đề nghị",
        style="primary",
        notes=("Chưa có gì thay đổi cho tới khi một cán bộ khác xác nhận.",),
        fields=(FormField(name="document", label="Văn bản", value="CV 45-CV/ĐU", required=True),),
        rows=(
            (
                FormField(
                    name="day-0", label="Ngày 1", kind="day", value="32/01/2026", error=error, quiet=True
                ),
                FormField(
                    name="what-0",
                    label="Loại",
                    kind="select",
                    choices=(Choice(value="off", label="ngày nghỉ", chosen=True),),
                    quiet=True,
                ),
                FormField(name="unit-0", label="Mã đơn vị, để trống là tất cả", quiet=True),
                FormField(name="provisional-0", label="Tạm tính", kind="tick", quiet=True),
            ),
        ),
    )


def _line(name: str, state: StatusText) -> ChangeLine:
    return ChangeLine(
        name=name,
        href=f"/calendar/changes/{name}",
        days="24/12/2026, 26/12/2026 và 2 ngày khác",
        document="Công văn 45-CV/ĐU",
        state=state,
        by="Trần Thị Bích",
        on=date(2026, 12, 1),
    )


def calendar(language: str) -> CalendarPage:
    """A month, a change that waits and one that is over, a field that is wrong and two wrong cells."""
    return CalendarPage(
        frame=frame(language, "calendar"),
        year=2026,
        unit="CB05",
        unit_name="Chi bộ Phân xưởng Lắp ráp",
        provisional=True,
        announced_by="",
        working_days=249,
        months=(_january(),),
        special=(
            SpecialLine(
                day=date(2026, 1, 1), state=OFF, source="Tết Dương lịch", scope="Tất cả", unsure=False
            ),
            SpecialLine(
                day=date(2026, 1, 10),
                state=WORKED,
                source="Công văn 12729/VPCP-KGVX ngày 25/12/2025",
                scope="Chi bộ Phân xưởng Lắp ráp",
                unsure=True,
            ),
        ),
        pending=(_line("LICH-20261201-1", WAITS),),
        ended=(_line("LICH-20261101-1", DONE),),
        previous=Link(label="2025", href="/calendar?year=2025"),
        following=Link(label="2027", href="/calendar?year=2027"),
        template_href="/calendar/template.xlsx",
        propose=_form("Không có ngày này. Ghi theo dạng ngày/tháng/năm, ví dụ 11/01/2017."),
        upload=ActionForm(
            action="/calendar/files",
            submit="Đọc tệp và đề nghị",
            fields=(FormField(name="file", label="Tệp .xlsx", kind="file", required=True),),
        ),
        wrong=(
            WrongCellLine(cell="A2", value="31/02/2026", problem="Tháng 2 năm 2026 có 28 ngày."),
            WrongCellLine(cell="", value="", problem="thiếu cột “Loại”."),
        ),
    )


def calendar_change(language: str) -> CalendarChangePage:
    """Four days, one campaign with two dates that move and one with none, and the two ways to end it."""
    lines = (
        MovedLine(
            task="Báo cáo cấp trên kết quả của 12 cá nhân",
            organisation="Tất cả",
            clause="DUK-2016, III.3",
            before_last=date(2027, 1, 31),
            after_last=date(2027, 1, 31),
            before_safe=date(2027, 1, 29),
            after_safe=date(2027, 1, 28),
            earlier=True,
        ),
        MovedLine(
            task="Báo cấp trên ngày kiểm điểm của 1 tập thể",
            organisation="Chi bộ Phân xưởng Lắp ráp",
            clause="DUK-2016, VII.1",
            before_last=date(2027, 1, 5),
            after_last=date(2027, 1, 6),
            before_safe=date(2027, 1, 4),
            after_safe=date(2027, 1, 5),
            earlier=False,
        ),
    )
    return CalendarChangePage(
        frame=frame(language, "calendar"),
        crumbs=(Link(label="Lịch làm việc", href="/calendar"), Link(label="LICH-20261201-1", href="")),
        name="LICH-20261201-1",
        state=WAITS,
        waiting=True,
        document="Công văn 45-CV/ĐU",
        reason="Hoán đổi ngày làm việc",
        proposed="Trần Thị Bích, 01/12/2026",
        ended="",
        days=(
            EntryLine(
                day=date(2026, 12, 24),
                what="ngày nghỉ",
                scope="Tất cả",
                document="Công văn 45-CV/ĐU",
                unsure=True,
            ),
        ),
        campaigns=(
            MovedCampaign(title="2026", href="/c/2026", dates=202, items=1310, lines=lines, more=200),
            MovedCampaign(title="2026-Q4", href="/c/2026-Q4", dates=0, items=0, lines=(), more=0),
        ),
        confirm=ActionForm(
            action="/calendar/changes/LICH-20261201-1/confirmation",
            submit="Xác nhận và dời các mốc ngày trên",
            style="seal",
        ),
        withdraw=ActionForm(
            action="/calendar/changes/LICH-20261201-1/withdrawal",
            submit="Rút đề nghị",
            fields=(FormField(name="reason", label="Lý do rút", required=True),),
        ),
    )
