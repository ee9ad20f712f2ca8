"""The call list: whoever no e-mail reaches, in the order of a roll, read back from the workbook."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from deadlines.tables import DEADLINES
from handlers.call_list import CallList, call_list, file_name, workbook
from handlers.reminding.absences import record_absence
from handlers.reminding.contacts import Contact, save_contact
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from tests.builders import BASE, CAMPAIGN, FIRST, SECOND
from tests.handlers.closing import replace_row
from tests.handlers.courier.posting import START
from tests.town import Town
from workflow.database import Database

ON = date(2017, 1, 20)
CITES = {"duk.deadline_rating": "DUK-2016, VI"}


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def listed(town: Town, on: date = ON, language: str = "vi", **other: object) -> CallList:
    with town.database.read() as connection:
        return call_list(connection, CAMPAIGN, BASE, on, language, cites=CITES, **other)  # type: ignore[arg-type]  # handed on


def reach(town: Town, person: str, **contact: str) -> None:
    with town.database.write() as connection:
        save_contact(connection, Contact(person=person, **contact), by=person, at=START)


def rename(town: Town, person: str, name: str) -> None:
    with town.database.write() as connection:
        replace_row(connection, PEOPLE, "person_id", person, name=name)


def cells(content: bytes) -> list[list[object]]:
    book = load_workbook(io.BytesIO(content))
    assert book.active is not None
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_whoever_has_an_address_is_not_called_unless_everybody_is_asked_for(town: Town) -> None:
    assert {call.person for call in listed(town).calls} == {"0101", "0201", ""}
    reach(town, "0101", email="hoa@example.org", phone="0912 345 678")
    assert {call.person for call in listed(town).calls} == {"0201", ""}
    assert {call.person for call in listed(town, everybody=True).calls} == {"0101", "0201", ""}


def test_a_telephone_without_an_address_is_what_the_list_is_for(town: Town) -> None:
    reach(town, "0101", phone="0912 345 678")
    assert {call.phone for call in listed(town).calls if call.person == "0101"} == {"0912 345 678"}


def test_what_nobody_answers_for_is_always_listed(town: Town) -> None:
    nobodys = [call for call in listed(town).calls if not call.person]
    assert {call.body for call in nobodys} == {"Đảng bộ Công ty Hoa Sen"}


def test_the_deputy_is_called_while_the_head_is_away(town: Town) -> None:
    with town.database.write() as connection:
        record_absence(connection, "0101", ON, ON, today=ON, by="0101", at=START)
    assert {call.person for call in listed(town).calls} == {"0102", "0201", ""}
    assert {call.person for call in listed(town, date(2017, 1, 21)).calls} == {"0101", "0201", ""}


def test_calls_stand_by_last_safe_day_and_then_as_on_a_vietnamese_roll(town: Town) -> None:
    rename(town, "0101", "Nguyễn Thị Ánh")
    rename(town, "0201", "Bùi Văn An")
    calls = [call for call in listed(town).calls if call.person]
    assert [call.safe_on for call in calls] == sorted(call.safe_on for call in calls)
    first_day = [call.name for call in calls if call.safe_on == calls[0].safe_on]
    assert first_day == ["Bùi Văn An"] * 3 + ["Nguyễn Thị Ánh"] * 3


def test_both_ends_of_the_days_ahead_count(town: Town) -> None:
    safe = date(2017, 1, 25)
    assert {call.safe_on for call in listed(town, days=5).calls} == {safe}
    assert listed(town, days=4).calls == ()
    assert not any(call.overdue for call in listed(town, date(2017, 1, 30), days=0).calls)
    assert all(call.overdue for call in listed(town, date(2017, 1, 31), days=0).calls)


def test_what_is_done_is_not_called_about(town: Town) -> None:
    with town.database.write() as connection:
        connection.execute(update(DEADLINES).where(DEADLINES.c.organisation == FIRST).values(done_on=ON))
        connection.execute(update(DEADLINES).where(DEADLINES.c.organisation == SECOND).values(dropped=True))
    assert {call.body for call in listed(town).calls} == {"Đảng bộ Công ty Hoa Sen"}


def test_the_workbook_has_its_heads_days_as_days_and_a_box_to_tick(town: Town) -> None:
    reach(town, "0101", phone="0912345678")
    found = listed(town)
    rows = cells(workbook(found, "vi"))
    assert rows[0][0] == "Đảng bộ Công ty Hoa Sen"
    assert rows[1][0] == "Danh sách gọi nhắc việc, đợt 2016, ngày 20/01/2017"
    assert str(rows[3][0]).startswith("Lưu hành nội bộ")
    assert rows[5] == [
        "Hạn an toàn",
        "Họ và tên",
        "Đơn vị",
        "Điện thoại",
        "Việc phải làm",
        "Ngày cuối theo quy định",
        "Căn cứ",
        "Đã gọi",
    ]
    assert len(rows) == 6 + len(found.calls)
    hoa = next(row for row in rows[6:] if row[3])
    assert [day.date() for day in (hoa[0], hoa[5]) if isinstance(day, datetime)] == [
        date(2017, 1, 25),
        date(2017, 1, 30),
    ]
    assert hoa[3] == "0912345678", "a telephone number keeps its nought"
    assert hoa[6] == "DUK-2016, VI"
    assert hoa[7] == "☐"


def test_the_list_is_english_for_whoever_wants_it(town: Town) -> None:
    rows = cells(workbook(listed(town, language="en"), "en"))
    assert rows[1][0] == "Call list, campaign 2016, 20/01/2017"
    assert any("Vote on the level of 7 people" in str(row[4]) for row in rows[6:])


@pytest.mark.parametrize(
    "name", ["=cmd()", "+1+1", "-2", "@SUM(A1)", "=HYPERLINK(A1)", "<script>x</script>", "\t=1", "a\r\nb"]
)
def test_a_name_that_looks_like_a_formula_stays_a_name(town: Town, name: str) -> None:
    rename(town, "0101", name)
    with town.database.write() as connection:
        replace_row(connection, ORGANISATIONS, "organisation_id", FIRST, name=name)
    book = load_workbook(io.BytesIO(workbook(listed(town), "vi")))
    assert book.active is not None
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "d"}, "texts and days, never a formula"


def test_the_files_name_has_no_marks_and_leads_nowhere() -> None:
    assert file_name("2016", ON) == "danh-sach-goi-2016-20170120.xlsx"
    assert file_name("Đợt/../2016", ON) == "danh-sach-goi-Dot----2016-20170120.xlsx"


def test_a_head_above_is_called_where_a_body_has_nobody(town: Town) -> None:
    with town.database.write() as connection:
        replace_row(connection, POSITIONS, "person_id", "0103", organisation_id=BASE, post="head")
    base = [call for call in listed(town).calls if call.body == "Đảng bộ Công ty Hoa Sen"]
    assert {call.person for call in base} == {"0103"}


def test_whoever_decides_for_many_bodies_is_called_once_about_them(town: Town) -> None:
    with town.database.write() as connection:
        replace_row(connection, POSITIONS, "person_id", "0103", organisation_id=BASE, post="head")
        cells_ = DEADLINES.c.organisation.in_((FIRST, SECOND))
        voted = update(DEADLINES).where(cells_, DEADLINES.c.gate == "count_ballot")
        connection.execute(voted.values(gate="decide", superior=BASE))
    calls = [call for call in listed(town).calls if call.task == "Quyết định xếp loại cho 12 cá nhân"]
    assert [(call.person, call.body) for call in calls] == [("0103", "Đảng bộ Công ty Hoa Sen (2 đơn vị)")]
