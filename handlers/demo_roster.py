"""Builds the spreadsheet of an invented base organisation, as an office would send it: titles, notes, mixed
dates.

187 members in 9 cells: 183 are reviewed, 4 are exempt; 7 are probationary, 3 of them admitted less than
6 months before January 2017. The same bytes on every run.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

from handlers.roster.demo_names import invented_names
from handlers.roster.demo_people import (
    BASE,
    BODIES,
    CELL_POSTS_SINCE,
    CELLS,
    COMPANY,
    ENDED,
    POSTS,
    DemoCell,
)
from handlers.sheets import new_book

_SEED = 2016
FILE_NAME = "dang-vien-2016.xlsx"


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoPerson:
    """A row of the sheet of members, as text."""

    person_id: str
    card_number: str
    name: str
    birth_date: date
    cell: DemoCell
    group: str
    status: str
    admitted_on: date
    official_on: date | None


def demo_people() -> tuple[DemoPerson, ...]:
    """Everyone of the invented base organisation, cell by cell, with ids 0001 to 0187."""
    chance = Random(_SEED)
    taken = {name for cell in CELLS for name in _known_names(cell)}
    names = invented_names(_SEED, taken)
    people: list[DemoPerson] = []
    for cell in CELLS:
        statuses = dict.fromkeys(_known_names(cell), "Chính thức")
        while len(statuses) - len(cell.exempt) < cell.size:
            statuses[next(names)[0]] = "Chính thức"
        statuses |= dict.fromkeys((name for name, _ in cell.new), "Dự bị")
        statuses |= dict.fromkeys(cell.exempt, "Miễn sinh hoạt")
        admissions = dict(cell.new)
        for place, (name, status) in enumerate(statuses.items()):
            people.append(_person(chance, cell, name, status, len(people) + 1, place, admissions.get(name)))
    return tuple(people)


def demo_workbook() -> bytes:
    """The .xlsx file with the sheets Tổ chức, Đảng viên and Chức vụ."""
    stream = io.BytesIO()
    book = new_book(stream)
    created = datetime(2016, 12, 1)  # noqa: DTZ001 - a workbook knows no zone
    book.set_properties({"title": f"Danh sách Đảng bộ {COMPANY}", "created": created})
    forms = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "header": book.add_format({"bold": True, "bg_color": "#F2F1EC", "border": 1}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "number": book.add_format({"num_format": "0000"}),
    }
    people = demo_people()
    _organisations(book, forms)
    _people(book, forms, people)
    _positions(book, forms, {person.name: person.person_id for person in people})
    book.close()
    return stream.getvalue()


def _known_names(cell: DemoCell) -> tuple[str, ...]:
    officers = (cell.secretary, cell.deputy, *cell.committee)
    return (*officers, *cell.named, *(name for name, _ in cell.new), *cell.exempt)


def _person(
    chance: Random, cell: DemoCell, name: str, status: str, number: int, place: int, admission: str | None
) -> DemoPerson:
    if status == "Miễn sinh hoạt":
        admitted = date(chance.randint(1968, 1976), chance.choice((2, 5, 9)), 3)
    elif admission is not None:
        admitted = _day(admission)
    else:
        admitted = date(chance.randint(1988, 2014), chance.randint(1, 12), chance.randint(1, 28))
    # Whoever is reviewed still works in 2016, so nobody of them is born before 1957.
    youngest_allowed = 34 if status == "Miễn sinh hoạt" else admitted.year - 1957
    age = min(chance.randint(21, 34), youngest_allowed)
    return DemoPerson(
        person_id=f"{number:04}",
        card_number=""
        if status == "Dự bị"
        else f"049 {12 + number // 100:03} {(337 + 83 * number) % 1000:03}",
        name=name,
        birth_date=date(admitted.year - age, chance.randint(1, 12), chance.randint(1, 28)),
        cell=cell,
        group=_group(cell, name, place),
        status=status,
        admitted_on=admitted,
        official_on=None if status == "Dự bị" else date(admitted.year + 1, admitted.month, admitted.day),
    )


def _group(cell: DemoCell, name: str, place: int) -> str:
    if cell.code != "CB04":
        return ""
    leads = {person: body for person, body, post, *_ in POSTS if post.startswith("Tổ trưởng")}
    return leads.get(name, f"CB04-T{1 + place % 2}")


def _organisations(book: Any, forms: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Tổ chức")
    sheet.set_column(1, 1, 46)
    sheet.write_string(0, 0, f"ĐẢNG BỘ {COMPANY.upper()}", forms["title"])
    sheet.write_string(1, 0, "DANH SÁCH TỔ CHỨC ĐẢNG, CHÍNH QUYỀN, ĐOÀN THỂ")
    headers = (
        "Mã tổ chức",
        "Tên tổ chức",
        "Loại tổ chức",
        "Cấp trên trực tiếp",
        "Ngày thành lập",
        "Có cấp ủy?",
        "Chi bộ ghép?",
    )
    _texts(sheet, 3, headers, forms["header"])
    rows = [
        *(body for body in BODIES if not body[0].startswith("CB")),
        *((cell.code, cell.name, "Chi bộ trực thuộc", cell.superior, cell.founded, "Có") for cell in CELLS),
        *(body for body in BODIES if body[0].startswith("CB")),
    ]
    for line, (code, name, kind, superior, founded, committee) in enumerate(rows, start=4):
        _texts(sheet, line, (code, name, kind, superior))
        _write_day(sheet, line, 4, _day(founded), forms["day"], real=line % 2 == 0)
        joint = "Không" if kind.startswith("Chi bộ") else ""
        _texts(sheet, line, (committee, joint), start=5)


def _people(book: Any, forms: dict[str, Any], people: Sequence[DemoPerson]) -> None:
    sheet = book.add_worksheet("Đảng viên")
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 3, 28)
    sheet.write_string(0, 0, f"ĐẢNG BỘ {COMPANY.upper()}", forms["title"])
    sheet.write_string(1, 0, "DANH SÁCH ĐẢNG VIÊN (tính đến 01/12/2016)")
    headers = (
        "TT",
        "Mã ĐV",
        "Số thẻ",
        "Họ và tên",
        "Ngày, tháng, năm sinh",
        "Chi bộ",
        "Tổ đảng",
        "Tình trạng",
        "Ngày vào Đảng",
        "Ngày chính thức",
        "Công chức/viên chức/NLĐ",
    )
    _texts(sheet, 3, headers, forms["header"])
    line = 3
    for number, person in enumerate(people, start=1):
        line = number + 3
        sheet.write_number(line, 0, number)
        # Some offices type ids as text, some as numbers shown with four digits.
        if number % 3:
            sheet.write_string(line, 1, person.person_id)
        else:
            sheet.write_number(line, 1, int(person.person_id), forms["number"])
        name = unicodedata.normalize("NFD", person.name) if number % 13 == 0 else person.name
        name = name + "\u00a0 " if number % 17 == 0 else name
        _texts(sheet, line, (person.card_number, name), start=2)
        _write_day(sheet, line, 4, person.birth_date, forms["day"], real=number % 2 == 0)
        cell = person.cell.name.removeprefix("Chi bộ ") if number % 5 == 0 else person.cell.code
        _texts(sheet, line, (cell, person.group, person.status), start=5)
        _write_day(sheet, line, 8, person.admitted_on, forms["day"], real=number % 3 == 0)
        if person.official_on is not None:
            _write_day(sheet, line, 9, person.official_on, forms["day"], real=number % 4 != 0)
        sheet.write_string(line, 10, "Không" if person.status.startswith("Miễn") else "Có")
    sheet.write_string(line + 2, 8, "NGƯỜI LẬP DANH SÁCH")
    sheet.write_string(line + 5, 8, "Đinh Thị Hồng Vân")


def _positions(book: Any, forms: dict[str, Any], ids: dict[str, str]) -> None:
    sheet = book.add_worksheet("Chức vụ")
    sheet.set_column(5, 5, 34)
    sheet.write_string(0, 0, "DANH SÁCH CẤP ỦY, LÃNH ĐẠO CHÍNH QUYỀN VÀ ĐOÀN THỂ", forms["title"])
    headers = ("Mã ĐV", "Đơn vị", "Chức vụ", "Từ ngày", "Đến ngày", "Ghi rõ chức danh")
    _texts(sheet, 2, headers, forms["header"])
    for line, (name, body, post, since, title) in enumerate(_posts(), start=3):
        _texts(sheet, line, (ids[name], body, post))
        _write_day(sheet, line, 3, _day(since), forms["day"], real=line % 2 == 1)
        if ended := ENDED.get((name, body, post)):
            _write_day(sheet, line, 4, _day(ended), forms["day"], real=True)
        if title:
            sheet.write_string(line, 5, title)


def _posts() -> Iterator[tuple[str, str, str, str, str]]:
    yield from (post for post in POSTS if post[1] == BASE)
    yield from (post for post in POSTS if post[1] != BASE)
    for cell in CELLS:
        yield cell.secretary, cell.code, "Bí thư", CELL_POSTS_SINCE, ""
        yield cell.deputy, cell.code, "Phó bí thư", CELL_POSTS_SINCE, ""
        for name in cell.committee:
            yield name, cell.code, "Chi ủy viên", CELL_POSTS_SINCE, ""


def _texts(sheet: Any, line: int, texts: Sequence[str], form: Any = None, start: int = 0) -> None:
    for place, text in enumerate(texts, start=start):
        if text:
            sheet.write_string(line, place, text, form)


def _write_day(sheet: Any, line: int, place: int, day: date, form: Any, *, real: bool) -> None:
    """A day as a real Excel date or as text, as offices mix them."""
    if real:
        sheet.write_datetime(line, place, datetime(day.year, day.month, day.day), form)  # noqa: DTZ001 - a day
    else:
        sheet.write_string(line, place, f"{day.day:02}/{day.month:02}/{day.year}")


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))
