"""How one wants to be told: addresses, hours, days away, calendar; kept, or refused beside their field."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from handlers.notice_tables import ABSENCES, CONTACTS
from tests.api.browsing import Browser, forms_of, said
from tests.builders import FIRST, PREPARED, SECOND
from tests.town import Town
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


@pytest.fixture
def browser(town: Town) -> Browser:
    """The secretary of the first cell."""
    return Browser(town, town.secretary(FIRST))


GIVEN = {"email": "tam@chibo.example", "phone": "0912 345 678", "quiet_from": "21:30", "quiet_to": "06:30"}


def test_how_i_want_to_be_told_is_kept_and_shown(town: Town, browser: Browser) -> None:
    form = browser.form("/inbox/settings", "/inbox/settings")
    for name, value in (GIVEN | {"language": "en"}).items():
        form = form.set(name, value)
    answer = browser.send(form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox/settings?done=done")
    again = browser.form("/inbox/settings", "/inbox/settings")
    assert {name: again.value(name) for name in GIVEN} == GIVEN
    assert again.value("language") == "en"
    with town.database.read() as connection:
        assert connection.execute(select(CONTACTS.c.person, CONTACTS.c.changed_by)).all() == [
            ("0101", "0101")
        ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_chat_address_is_asked_for_where_the_service_sends_there_and_kept_otherwise(
    town: Town, browser: Browser
) -> None:
    app = browser.client.app
    assert isinstance(app, FastAPI)
    settings = app.state.settings
    app.state.settings = settings.model_copy(update={"chat_schemes": ("tgram",)})
    form = browser.form("/inbox/settings", "/inbox/settings").set("chat", "tgram://token/1")
    assert browser.send(form).status_code == 303
    assert browser.form("/inbox/settings", "/inbox/settings").value("chat") == "tgram://token/1"
    app.state.settings = settings
    form = browser.form("/inbox/settings", "/inbox/settings")
    assert "chat" not in [name for name, _ in form.fields]
    assert browser.send(form.set("email", "tam@chibo.example")).status_code == 303
    with town.database.read() as connection:
        assert connection.execute(select(CONTACTS.c.chat)).scalar_one() == "tgram://token/1"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("email", "tam@", "không phải là địa chỉ thư điện tử"),
        ("phone", "không có", "không phải là số điện thoại"),
        ("quiet_from", "25:00", "không phải là giờ"),
        ("quiet_to", "6h30", "không phải là giờ"),
        ("quiet_to", "", "giờ yên lặng cần cả giờ bắt đầu và giờ kết thúc"),
        ("language", "fr", "Không có trong các lựa chọn"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(
    town: Town, browser: Browser, field: str, value: str, why: str
) -> None:
    form = browser.form("/inbox/settings", "/inbox/settings")
    for name, given in (GIVEN | {field: value}).items():
        form = form.set(name, given)
    answer = browser.send(form)
    assert answer.status_code == 422
    assert why in said(answer)
    again = next(one for one in forms_of(answer.text) if one.action == "/inbox/settings")
    assert all(
        again.value(name) == given for name, given in (GIVEN | {field: value}).items() if name in GIVEN
    )
    with town.database.read() as connection:
        assert connection.execute(select(CONTACTS)).all() == []


def test_days_away_are_counted_with_both_ends_and_can_be_taken_back(town: Town, browser: Browser) -> None:
    form = browser.form("/inbox/settings", "/inbox/absences")
    form = form.set("from_day", "20/12/2016").set("to_day", "20/12/2016")
    for _ in range(2):  # the same days said twice are kept once
        assert browser.send(form).headers["location"] == "/inbox/settings?done=done#absences"
    page = browser.open("/inbox/settings")
    assert page.count("20/12/2016 – 20/12/2016") == 1
    assert "Đang vắng" in page
    assert browser.send(browser.form("/inbox/settings", "/withdrawal")).status_code == 303
    assert "Chưa báo ngày vắng nào." in browser.open("/inbox/settings")
    with town.database.read() as connection:
        assert connection.execute(select(ABSENCES.c.withdrawn_at)).scalar_one() is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("21/12/2016", "20/12/2016", "trước ngày bắt đầu 21/12/2016"),
        ("01/12/2016", "19/12/2016", "đã qua"),
        ("", "22/12/2016", "Còn trống"),
    ],
)
def test_days_away_that_cannot_be_right_are_refused_beside_them(
    town: Town, browser: Browser, first: str, last: str, why: str
) -> None:
    form = browser.form("/inbox/settings", "/inbox/absences").set("from_day", first).set("to_day", last)
    answer = browser.send(form)
    assert answer.status_code == 422
    assert why in said(answer)
    again = next(one for one in forms_of(answer.text) if one.action == "/inbox/absences")
    assert (again.value("from_day"), again.value("to_day")) == (first, last)


def test_an_absence_of_somebody_else_cannot_be_taken_back(town: Town, browser: Browser) -> None:
    form = browser.form("/inbox/settings", "/inbox/absences")
    browser.send(form.set("from_day", "21/12/2016").set("to_day", "22/12/2016"))
    theirs = browser.form("/inbox/settings", "/withdrawal").action
    other = Browser(town, town.secretary(SECOND))
    forged = other.form("/inbox/settings", "/inbox/absences")
    forged.action = theirs
    assert other.send(forged).status_code == 404


def test_a_calendar_address_is_shown_once_and_ends_when_revoked(town: Town, browser: Browser) -> None:
    made = said(browser.send(browser.form("/inbox/settings", "/inbox/calendar")))
    address = re.search(r"<code>http://[^/]+(/feeds/[\w-]+\.ics)</code>", made)
    assert address is not None
    assert browser.client.get(address[1]).status_code == 200
    page = browser.open("/inbox/settings")
    assert "/feeds/" not in page
    assert "Đang dùng" in page
    newer = said(browser.send(browser.form("/inbox/settings", "/inbox/calendar")))
    assert browser.client.get(address[1]).status_code == 404, "the one before has ended"
    address = re.search(r"(/feeds/[\w-]+\.ics)", newer)
    assert address is not None
    assert browser.send(browser.form("/inbox/settings", "/inbox/calendar/revocation")).status_code == 303
    assert browser.client.get(address[1]).status_code == 404
    assert "Chưa có địa chỉ" in browser.open("/inbox/settings")


def test_settings_are_somebodys(town: Town) -> None:
    assert Browser(town).client.get("/inbox/settings").status_code == 401
