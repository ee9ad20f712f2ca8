"""The calendar of a year: every day by month, the days that differ with their source, changes, the forms."""

from __future__ import annotations

import secrets
from calendar import Calendar as Weeks
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from api.pages.findings_told import refusal_view
from api.pages.format import N_
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, FormField, Link, StatusText, Tone
from api.pages.views_calendar import (
    CalendarPage,
    ChangeLine,
    DayCell,
    MonthGrid,
    SpecialLine,
    WrongCellLine,
)
from api.pages.visits import Visit
from handlers.calendar_sheet import WrongCell
from handlers.calendar_view import SpecialDay, YearShown, changes_shown, free_name, year_shown
from handlers.names import Names, names_on
from states import calendar as life
from workflow.calendar_changes import CalendarChange
from workflow.commands.asking import Command
from workflow.commands.calendar import HALF, OFF, WORDS, WORKED, DatedDay, ProposeCalendarChange
from workflow.dated_days import FIRST_YEAR, LAST_YEAR, WORD_NAMES
from workflow.days import SATURDAY

TEMPLATE_HREF = "/calendar/template.xlsx"
ROWS = 4
"""Days one form holds; more of them come in a workbook."""

MARKS: dict[str, str] = {OFF: N_("N"), WORKED: N_("L"), HALF: "½"}
TONES: dict[str, Tone] = {OFF: "late", WORKED: "working", HALF: "risk"}
STAGES: dict[str, Tone] = {life.PROPOSED: "waiting", life.CONFIRMED: "done", life.WITHDRAWN: "none"}
ENDED_MAX = 20


def calendar_page(
    visit: Visit,
    year: int,
    unit: str = "",
    *,
    typed: Typed | None = None,
    refused: Exception | None = None,
    wrong: tuple[WrongCell, ...] = (),
    uploaded: bool = False,
) -> CalendarPage:
    """The page. NotFound for a body that is not on the roster, BadInput for a year out of reach."""
    _ = visit.words.gettext
    english = visit.language == "en"
    with visit.service.database.read() as connection:
        shown = year_shown(connection, year, unit, visit.today)
        changes = changes_shown(connection)
        frame = visit.frame(connection, "calendar")
        names = _names(connection, visit, shown, changes)
        change = free_name(connection, visit.today)
    may = visit.acting.role in life.KEEPERS
    mine, sheet = (None, typed) if uploaded else (typed, None)
    lines = tuple(_change_line(visit, names, one) for one in changes)
    waiting = sum(one.stage == life.PROPOSED for one in changes)
    return CalendarPage(
        frame=frame,
        crumbs=(),
        year=year,
        unit=unit,
        unit_name=names.body(unit) if unit else "",
        provisional=shown.provisional,
        announced_by=shown.announced_by,
        working_days=shown.working_days,
        months=tuple(_month(visit, shown, month) for month in range(1, 13)),
        special=tuple(_special(visit, names, one) for one in shown.special),
        pending=lines[:waiting],
        ended=lines[waiting : waiting + ENDED_MAX],
        previous=_year_link(year - 1, unit),
        following=_year_link(year + 1, unit),
        template_href=TEMPLATE_HREF,
        propose=_propose(visit, change, mine) if may else None,
        upload=_upload(visit, change, sheet) if may else None,
        wrong=tuple(
            WrongCellLine(cell=one.cell, value=one.value, problem=one.en if english else one.vi)
            for one in wrong
        ),
        refusal=refusal_view(refused, visit.language, visit.words, names, kept=typed is not None)
        if refused
        else None,
    )


def propose_command(typed: Typed) -> Command | None:
    """What the form asks for; None where a field is wrong, which `typed.errors` names."""
    days = []
    for row in range(ROWS):
        if not typed.raw(f"day-{row}") and row > 0:
            continue
        days.append(
            DatedDay(
                day=typed.day(f"day-{row}"),
                what=typed.one_of(f"what-{row}", WORDS),
                unit=typed.text(f"unit-{row}", required=False),
                provisional=typed.tick(f"provisional-{row}"),
            )
        )
    command = proposal(typed, tuple(days))
    return None if typed.errors else command


def proposal(typed: Typed, days: tuple[DatedDay, ...]) -> ProposeCalendarChange:
    """These days with the name, the document and the reason that were typed."""
    return ProposeCalendarChange(
        change=typed.text("change"),
        days=days,
        document=typed.text("document"),
        reason=typed.text("reason", required=False),
    )


def scope_of(visit: Visit, names: Names, unit: str) -> str:
    """For whom a day holds, in words."""
    _ = visit.words.gettext
    return names.body(unit) if unit else _("Tất cả")


def word_of(visit: Visit, what: str) -> str:
    """“ngày nghỉ”, in the reader's language."""
    return WORD_NAMES[what][1 if visit.language == "en" else 0]


def _names(
    connection: Connection, visit: Visit, shown: YearShown, changes: tuple[CalendarChange, ...]
) -> Names:
    units = {one.unit for one in shown.special} | {shown.unit}
    units |= {day.unit for one in changes for day in one.days}
    people = {one.proposed_by for one in changes}
    return names_on(connection, visit.today, people=people, bodies=units - {""})


def _month(visit: Visit, shown: YearShown, month: int) -> MonthGrid:
    _ = visit.words.gettext
    special = {one.day: one for one in shown.special}
    weeks = Weeks(firstweekday=0).monthdatescalendar(shown.year, month)
    return MonthGrid(
        name=_("Tháng %(month)s") % {"month": month},
        weeks=tuple(
            tuple(_cell(visit, day, special) if day.month == month else None for day in week)
            for week in weeks
        ),
    )


def _cell(visit: Visit, day: date, special: Mapping[date, SpecialDay]) -> DayCell:
    told = special.get(day)
    if told is None:
        return DayCell(number=day.day, kind="weekend" if day.weekday() >= SATURDAY else "plain")
    _ = visit.words.gettext
    mark = MARKS[told.what]
    says = word_of(visit, told.what)
    if told.provisional:
        says = _("%(word)s, tạm tính") % {"word": says}
    return DayCell(number=day.day, kind=told.what, mark=_(mark) if mark != "½" else mark, says=says)


def _special(visit: Visit, names: Names, one: SpecialDay) -> SpecialLine:
    _ = visit.words.gettext
    holiday = one.name_en if visit.language == "en" else one.name_vi
    word = word_of(visit, one.what)
    return SpecialLine(
        day=one.day,
        state=StatusText(tone=TONES[one.what], text=word[:1].upper() + word[1:]),
        source=one.source or holiday or _("Hoán đổi theo quyết định của cơ quan có thẩm quyền"),
        scope=scope_of(visit, names, one.unit),
        unsure=one.provisional,
    )


def _change_line(visit: Visit, names: Names, one: CalendarChange) -> ChangeLine:
    _ = visit.words.gettext
    days = sorted({entry.day for entry in one.days})
    shown = ", ".join(f"{day:%d/%m/%Y}" for day in days[:3])
    more = len(days) - 3
    if more > 0:
        shown = _("%(days)s và %(more)s ngày khác") % {"days": shown, "more": more}
    return ChangeLine(
        name=one.id,
        href=f"/calendar/changes/{one.id}",
        days=shown,
        document=one.document,
        state=stage_of(visit, one),
        by=names.person(one.proposed_by),
        on=one.proposed_on,
    )


def stage_of(visit: Visit, one: CalendarChange) -> StatusText:
    """Where a change stands, in words."""
    word = life.NAMES[one.stage][1 if visit.language == "en" else 0]
    return StatusText(tone=STAGES[one.stage], text=word[:1].upper() + word[1:])


def _year_link(year: int, unit: str) -> Link | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Link(label=str(year), href=f"/calendar?year={year}" + (f"&unit={unit}" if unit else ""))


def _field(typed: Typed | None, name: str, label: str, **told: object) -> FormField:
    return FormField(
        name=name,
        label=label,
        value=typed.raw(name) if typed else "",
        error=typed.errors.get(name, "") if typed else "",
        **told,  # type: ignore[arg-type]  # further fields of a form field
    )


def _propose(visit: Visit, change: str, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action="/calendar/changes",
        submit=_("Đề nghị"),
        style="primary",
        command_id=secrets.token_hex(16),
        notes=(_("Chưa có gì thay đổi cho tới khi một cán bộ khác xem các mốc ngày bị dời và xác nhận."),),
        fields=_common(visit, change, typed),
        rows=tuple(_row(visit, row, typed) for row in range(ROWS)),
    )


def _common(visit: Visit, change: str, typed: Typed | None) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    return (
        FormField(name="change", label="", kind="hidden", value=typed.raw("change") if typed else change),
        _field(typed, "document", _("Văn bản"), required=True, hint=_("Ví dụ: Công văn 45-CV/ĐU")),
        _field(typed, "reason", _("Lý do"), required=False),
    )


def _row(visit: Visit, row: int, typed: Typed | None) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    first = row == 0
    chosen = typed.raw(f"what-{row}") if typed else ""
    choices = tuple(Choice(value=what, label=word_of(visit, what), chosen=what == chosen) for what in WORDS)
    return (
        _field(
            typed, f"day-{row}", _("Ngày %(row)s") % {"row": row + 1}, kind="day", required=first, quiet=True
        ),
        _field(typed, f"what-{row}", _("Loại"), kind="select", choices=choices, required=first, quiet=True),
        _field(typed, f"unit-{row}", _("Mã đơn vị, để trống là tất cả"), quiet=True),
        _field(typed, f"provisional-{row}", _("Tạm tính"), kind="tick", quiet=True),
    )


def _upload(visit: Visit, change: str, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext
    return ActionForm(
        action="/calendar/files",
        submit=_("Đọc tệp và đề nghị"),
        command_id=secrets.token_hex(16),
        fields=(
            *_common(visit, change, typed),
            FormField(
                name="file",
                label=_("Tệp .xlsx"),
                kind="file",
                required=True,
                error=typed.errors.get("file", "") if typed else "",
            ),
        ),
    )
