"""People and bodies of the roster: found with and without accents, only in scope, told in both times."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, update

from handlers.names import plain
from handlers.people.reading import Held
from handlers.roster_tables import MEMBERSHIPS, PEOPLE, POSITIONS
from states.roles import Role
from tests.api.browsing import Browser
from tests.builders import BASE, COMMITTEE, FIRST, OFFICER, SECOND
from tests.handlers.roster import sheets
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

KEEPER = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)
AT = datetime(2016, 12, 1, tzinfo=UTC)


@pytest.fixture
def town(database: Database) -> Town:
    """The roster is entered and the campaign open."""
    return Town.on(database).open()


def name_of(town: Town, person: str) -> str:
    page = Browser(town, OFFICER).open(f"/people/{person}")
    return page.partition("<h1>")[2].partition("</h1>")[0].replace("\xa0", " ")


def test_a_name_is_found_with_and_without_accents_and_by_its_code(town: Town) -> None:
    name = name_of(town, "0101")
    browser = Browser(town, OFFICER)
    for asked in (name, plain(name), plain(name).split()[-1], "0101"):
        assert 'href="/people/0101"' in browser.client.get("/people", params={"q": asked}).text, asked
    assert 'href="/people/0101"' not in browser.open("/people?q=khong-ai-ten-nay")


def test_a_secretary_finds_and_sees_only_the_people_of_the_cell(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    assert browser.client.get("/people/0101").status_code == 200
    assert browser.client.get("/people/0201").status_code == 404
    assert 'href="/people/0201"' not in browser.client.get("/people?q=0201").text
    assert browser.client.get(f"/organisations/{FIRST}").status_code == 200
    assert browser.client.get(f"/organisations/{SECOND}").status_code == 404


def test_what_is_not_there_is_not_found(town: Town) -> None:
    for address in ("/people/nobody", "/organisations/NOWHERE"):
        assert Browser(town, KEEPER).client.get(address).status_code == 404


def test_whoever_runs_the_service_sees_the_person_and_no_review(town: Town) -> None:
    page = Browser(town, KEEPER).open("/people/0101")
    assert "/r/2016.member.0101" not in page
    assert "không xem nội dung kiểm điểm" in page.replace("\xa0", " ")
    assert "/r/2016.member.0101" in Browser(town, COMMITTEE).open("/people/0101")


def test_card_numbers_and_births_are_for_who_keeps_the_roster(town: Town) -> None:
    kept = {
        "valid_from": date(2016, 1, 1), "recorded_at": AT, "recorded_by": "BTC-01", "source": "nhap-1",
        "salt": b"0" * 32, "digest": b"1" * 32, "person_id": "P9",
    }  # fmt: skip
    with town.database.write() as connection:
        who = {"name": "Lê An", "card_number": "049012999", "birth_date": date(1978, 10, 18)}
        connection.execute(insert(PEOPLE), {**kept, **who})
        roll = {"membership_id": "M9", "organisation_id": FIRST, "kind": "official"}
        connection.execute(insert(MEMBERSHIPS), {**kept, **roll})
    for who_looks, sees in (
        (OFFICER, True),
        (KEEPER, True),
        (COMMITTEE, False),
        (town.secretary(FIRST), False),
    ):
        page = Browser(town, who_looks).open("/people/P9").replace("\xa0", " ")
        assert ("049012999" in page, "18/10/1978" in page) == (sees, sees), who_looks
        assert ("không hiện ở tư cách này" in page) is not sees


def test_the_history_tells_both_times(town: Town) -> None:
    """A post recorded with the wrong first day, then put right by another row."""
    kept = {
        "position_id": "P-X", "person_id": "0103", "organisation_id": FIRST, "post": "deputy",
        "recorded_by": "BTC-01", "salt": b"0" * 32, "digest": b"1" * 32,
    }  # fmt: skip
    with town.database.write() as connection:
        connection.execute(
            insert(POSITIONS),
            {**kept, "valid_from": date(2016, 1, 1), "recorded_at": AT, "source": "nhap-1"},
        )
        connection.execute(
            update(POSITIONS).where(POSITIONS.c.source == "nhap-1").values(superseded_at=AT.replace(day=5))
        )
        connection.execute(
            insert(POSITIONS),
            {**kept, "valid_from": date(2016, 3, 1), "recorded_at": AT.replace(day=5), "source": "nhap-2"},
        )
    page = Browser(town, OFFICER).open("/people/0103").replace("\xa0", " ")
    assert "từ 01/01/2016" in page
    assert "Thay bằng dòng khác lúc 05/12/2016" in page
    assert "từ 01/03/2016" in page
    assert page.index("nhap-2") < page.index("nhap-1")


@pytest.mark.parametrize(
    ("valid_to", "day", "holds"),
    [
        (date(2016, 12, 31), date(2016, 12, 30), True),
        (date(2016, 12, 31), date(2016, 12, 31), False),  # the end is exclusive
        (None, date(2030, 1, 1), True),
        (None, date(2015, 12, 31), False),
    ],
)
def test_a_row_holds_from_its_first_day_until_the_day_before_its_end(
    valid_to: date | None, day: date, holds: bool
) -> None:
    row = Held(
        kind="person",
        values={},
        valid_from=date(2016, 1, 1),
        valid_to=valid_to,
        recorded_at=AT,
        recorded_by="x",
        source="y",
        superseded_at=None,
    )
    assert row.holds(day) is holds


def test_the_administration_page_says_what_waits_and_leads_there(town: Town) -> None:
    page = Browser(town, KEEPER).open("/administration").replace("\xa0", " ")
    assert "Hệ thống chạy tốt" in page
    assert 'href="/people"' in page
    assert 'href="/audit/verify"' in page
    assert Browser(town, COMMITTEE).client.get("/administration").status_code == 403


def test_an_import_that_waits_for_a_second_person_is_named_and_led_to(town: Town) -> None:
    browser = Browser(town, OFFICER)
    form = browser.form("/import", "/import").set("on", "15/12/2016")
    file = ("cho-xac-nhan.xlsx", sheets.roster(positions=None))
    sent = browser.client.post(form.action, data=dict(form.fields), files={"file": file})
    page = Browser(town, KEEPER).open("/administration").replace("\xa0", " ")
    assert "1 tệp chờ xác nhận" in page
    assert f'href="{sent.headers["location"]}"' in page


def test_a_layer_is_tried_on_the_page_and_what_was_typed_stays(town: Town) -> None:
    browser = Browser(town, OFFICER)
    form = browser.form("/rulebooks/check", "/rulebooks/check")
    right = browser.send(form)
    assert right.status_code == 200
    assert "qd366_2025" in right.text
    wrong = browser.send(form.set("text", form.value("text").replace("C-18", "C-999")))
    assert wrong.status_code == 422
    assert 'reading = "C-999"' in wrong.text.replace("&#34;", '"')
    assert browser.client.get("/rulebooks/dang_uy_cong_ty").status_code == 404
