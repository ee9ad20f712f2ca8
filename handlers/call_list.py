"""The call list: who must do what by when, for people no e-mail reaches, to be called by telephone.

It is a channel like the others but stays in the building: it names people, which letters never do.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select

from handlers import sheets
from handlers.courier.told import both, one_line
from handlers.names import Names, name_key, names_on
from handlers.notice_tables import CONTACTS
from handlers.owed_now import Owed, owed_in, together
from handlers.reminding.capacities import NAMES as CAPACITIES
from handlers.sheets import new_book
from handlers.telling.owed import task

DAYS_AHEAD: Final = 14
"""What is best done within so many calendar days of the day of the list is on it, and what is overdue."""

PART: Final = 500

HEADS: Final = (
    ("Hạn an toàn", "Best done by", 14),
    ("Họ và tên", "Name", 28),
    ("Đơn vị", "Body", 34),
    ("Điện thoại", "Telephone", 16),
    ("Việc phải làm", "What to do", 52),
    ("Ngày cuối theo quy định", "Last day by the clause", 18),
    ("Căn cứ", "Clause", 26),
    ("Đã gọi", "Called", 10),
)
"""Columns of the sheet and of the page, with their widths in characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One thing to tell one person. `person` is empty where nobody answers for the body that owes it."""

    person: str
    name: str
    body: str
    capacity: str
    phone: str
    task: str
    safe_on: date
    due_on: date
    hour: str
    cite: str
    overdue: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CallList:
    """The calls of one campaign on one day, by last safe day and then by name as on a Vietnamese roll."""

    campaign: str
    organisation: str
    on: date
    until: date
    everybody: bool
    calls: tuple[Call, ...]


def call_list(
    connection: Connection,
    campaign: str,
    organisation: str,
    on: date,
    language: str,
    *,
    cites: Mapping[str, str],
    days: int = DAYS_AHEAD,
    everybody: bool = False,
) -> CallList:
    """Who is to be called on a day about a campaign: open steps best done by `on` + `days`, both counted.

    Whoever has an e-mail address is left out unless `everybody`; what nobody answers for is always there.
    `organisation` heads the list, `cites` are the clauses of the campaign's rules.
    """
    until = on + timedelta(days=days)
    owed = owed_in(connection, campaign, on, until)
    contacts = _contacts(connection, {one.recipient for one in owed} - {""})
    names = names_on(
        connection,
        on,
        people={one.recipient for one in owed},
        bodies={organisation, *(body for one in owed for body in (one.organisation, one.body))},
    )
    place = 1 if language == "en" else 0
    calls = [
        Call(
            person=one.recipient,
            name=one_line(names.person(one.recipient)) if one.recipient else "",
            body=_where(one, bodies, names, language),
            capacity=CAPACITIES[one.capacity][place] if one.capacity else "",
            phone=contacts.get(one.recipient, ("", ""))[1],
            task=task(one.gate, one.kind, one.items, language),
            safe_on=one.safe_on,
            due_on=one.due_on,
            hour=one.hour,
            cite=cites.get(one.rule, ""),
            overdue=on > one.due_on,
        )
        for one, bodies in together(owed)
        if everybody or not contacts.get(one.recipient, ("", ""))[0]
    ]
    calls.sort(key=lambda call: (call.safe_on, name_key(call.name), call.person, call.body, call.task))
    return CallList(
        campaign=campaign,
        organisation=one_line(names.body(organisation)),
        on=on,
        until=until,
        everybody=everybody,
        calls=tuple(calls),
    )


def _where(one: Owed, bodies: int, names: Names, language: str) -> str:
    """The body a step is owed for; of several the one that answers for them, with how many they are."""
    if bodies == 1:
        return one_line(names.body(one.organisation))
    many = both(language, f"{bodies} đơn vị", f"{bodies} bodies")
    return f"{one_line(names.body(one.body))} ({many})"


def _contacts(connection: Connection, people: set[str]) -> dict[str, tuple[str, str]]:
    """E-mail address and telephone of those who have either."""
    found: dict[str, tuple[str, str]] = {}
    wanted = sorted(people)
    for start in range(0, len(wanted), PART):
        rows = connection.execute(
            select(CONTACTS.c.person, CONTACTS.c.email, CONTACTS.c.phone).where(
                CONTACTS.c.person.in_(wanted[start : start + PART])
            )
        )
        found.update({row.person: (row.email, row.phone) for row in rows})
    return found


def file_name(campaign: str, on: date) -> str:
    """The name of the workbook."""
    return sheets.file_name("danh-sach-goi", campaign, on)


def title(found: CallList, language: str) -> str:
    """What stands above the list."""
    vi = f"Danh sách gọi nhắc việc, đợt {found.campaign}, ngày {found.on:%d/%m/%Y}"
    en = f"Call list, campaign {found.campaign}, {found.on:%d/%m/%Y}"
    return en if language == "en" else vi


def scope(found: CallList, language: str) -> str:
    """Which steps and people are on it."""
    whom_vi = "mọi người phụ trách" if found.everybody else "những người không có thư điện tử"
    whom_en = "everybody in charge" if found.everybody else "people without e-mail"
    vi = f"Việc nên làm xong chậm nhất ngày {found.until:%d/%m/%Y}, cả việc quá hạn; {whom_vi}."
    en = f"Steps best done by {found.until:%d/%m/%Y} and overdue ones; {whom_en}."
    return en if language == "en" else vi


def inside_only(language: str) -> str:
    """Why it may name people."""
    vi = "Lưu hành nội bộ: danh sách có họ tên và số điện thoại, không gửi ra ngoài."
    return "For use inside only: it holds names and telephone numbers." if language == "en" else vi


def nobody(language: str) -> str:
    """What stands in place of a name where nobody answers."""
    return "(no one in charge yet)" if language == "en" else "(chưa có người phụ trách)"


def workbook(found: CallList, language: str) -> bytes:
    """The list as a workbook to print: a block of heads, a row a call, a box to tick.

    Every text is written as text, so that a name that looks like a formula stays a name.
    """
    place = 1 if language == "en" else 0
    content = io.BytesIO()
    book = new_book(content)
    heading = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    day = book.add_format({"border": 1, "valign": "top", "num_format": "dd/mm/yyyy", "align": "left"})
    sheet = book.add_worksheet(("Danh sách gọi", "Call list")[place])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, found.organisation, heading)
    sheet.write_string(1, 0, title(found, language), heading)
    sheet.write_string(2, 0, scope(found, language))
    sheet.write_string(3, 0, inside_only(language))
    for column, (*words, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(5, column, words[place], head)
    sheet.freeze_panes(6, 0)
    sheet.repeat_rows(5)
    for row, call in enumerate(found.calls, start=6):
        _write(sheet, row, call, language, text, day)
    book.close()
    return content.getvalue()


def _write(sheet: Any, row: int, call: Call, language: str, text: Any, day: Any) -> None:
    late = "overdue" if language == "en" else "quá hạn"
    name = f"{call.name}, {call.capacity}" if call.capacity else call.name
    sheet.write_datetime(row, 0, call.safe_on, day)
    sheet.write_string(row, 1, name or nobody(language), text)
    sheet.write_string(row, 2, call.body, text)
    sheet.write_string(row, 3, call.phone, text)
    sheet.write_string(row, 4, f"{call.task} ({late})" if call.overdue else call.task, text)
    if call.hour:
        sheet.write_string(row, 5, f"{call.hour} {call.due_on:%d/%m/%Y}", text)
    else:
        sheet.write_datetime(row, 5, call.due_on, day)
    sheet.write_string(row, 6, call.cite, text)
    sheet.write_string(row, 7, "☐", text)
