"""All that match are reminded and nobody else, nobody twice a day; every body has its outcome."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from handlers.boards.reminding import ASKED, next_reminders
from handlers.notice_tables import NOTICES
from handlers.reminding.inbox import notices_of
from handlers.reminding.run import sweep_once
from states.roles import Role
from tests.api.browsing import Browser, said
from tests.builders import BASE, BOARD, CAMPAIGN, FIRST, SECOND
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


@dataclass(frozen=True)
class Told:
    """A line of an inbox: who, and of which body's steps."""

    recipient: str
    organisation: str


def told(town: Town) -> list[Told]:
    """Everybody who was reminded because somebody asked for it."""
    with town.database.read() as connection:
        rows = connection.execute(
            select(NOTICES.c.recipient, NOTICES.c.organisation)
            .where(NOTICES.c.rung == ASKED)
            .order_by(NOTICES.c.organisation, NOTICES.c.recipient)
        )
        return [Told(*row) for row in rows]


def test_before_anything_is_sent_a_page_says_to_whom_and_of_what(town: Town) -> None:
    page = Browser(town, BOARD).open(f"/c/2016/reminders?q={FIRST}")
    assert "Nhắc 1 chi bộ?" in page
    assert "Nhắc 1 người" in page
    assert "Nguyễn Thị Hoa" in page
    assert "Đảng viên; tìm" in page
    assert told(town) == []


def test_all_that_match_are_reminded_and_no_other(town: Town) -> None:
    browser = Browser(town, BOARD)
    answer = browser.send(browser.form(f"/c/2016/reminders?q={FIRST}", f"/reminders?q={FIRST}"))
    assert answer.status_code == 200
    assert "Đã nhắc 1 chi bộ" in said(answer)
    assert told(town) == [Told(town.head(FIRST), FIRST)]
    with town.database.read() as connection:
        (line,) = notices_of(connection, town.head(FIRST), town.engine.now().date())
    assert (line.is_owed, line.is_read, line.organisation) == (True, False, FIRST)
    assert "cấp trên nhắc thêm" in Browser(town, town.secretary(FIRST)).open("/inbox").lower()


def test_asking_twice_on_a_day_tells_nobody_twice_and_says_so(town: Town) -> None:
    browser = Browser(town, BOARD)
    form = browser.form("/c/2016/reminders", "/reminders")
    assert "Đã nhắc 2 chi bộ" in said(browser.send(form))
    again = said(browser.send(form))
    assert "Không nhắc thêm ai" in again
    assert re.search(r"hôm nay đã nhắc lúc \d\d:\d\d", again)
    assert told(town) == [Told(town.head(FIRST), FIRST), Told(town.head(SECOND), SECOND)]
    page = browser.open("/c/2016/reminders")
    assert "Không có ai để nhắc lúc này" in page
    assert 'action="/c/2016/reminders"' not in page, "there is nothing left to confirm"


def test_the_letter_of_the_day_carries_the_line_once(town: Town) -> None:
    browser = Browser(town, BOARD)
    browser.send(browser.form("/c/2016/reminders", "/reminders"))
    for _ in range(2):
        sweep_once(town.engine, town.engine.now())
    assert len(told(town)) == 2


def test_where_others_match_than_were_looked_at_nobody_is_reminded_before_another_look(town: Town) -> None:
    browser = Browser(town, BOARD)
    form = browser.form("/c/2016/reminders?stage=prepared", "/reminders?stage=prepared")
    for person in town.people(SECOND):
        town.prepare(person)
    answer = browser.send(form)
    assert answer.status_code == 409
    assert "đã đổi từ lúc đồng chí mở trang này" in said(answer)
    assert told(town) == []


def test_a_body_nobody_answers_for_is_refused_with_the_reason(database: Database) -> None:
    town = Town.on(database).open()
    with database.read() as connection:
        found = next_reminders(connection, CAMPAIGN, "organisation", [BASE, "Z9"], town.engine.now().date())
    assert [(one.organisation, one.recipient) for one in found] == [(BASE, "")]
    browser = Browser(town, BOARD)
    page = browser.open("/c/2016/reminders?kind=organisation")
    assert "danh sách không có ai phụ trách" in page
    form = browser.form("/c/2016/reminders?kind=organisation", "kind=organisation")
    after = said(browser.send(form))
    assert "chưa nhắc: danh sách không có ai phụ trách" in after
    assert "Đã nhắc 2 chi bộ" in after


def test_the_deputy_is_told_where_the_head_is_away(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form("/inbox/settings", "/absences")
    today = town.engine.now().date()
    day = f"{today:%d/%m/%Y}"
    browser.send(form.set("from", day).set("from_day", day).set("to", day).set("to_day", day))
    with town.database.read() as connection:
        found = next_reminders(connection, CAMPAIGN, "individual", [FIRST], today)
    assert [one.recipient for one in found] == [town.deputy(FIRST)]


@pytest.mark.parametrize(
    ("actor", "status"),
    [
        (BOARD, 200),
        (Actor(id="KT-01", role=Role.AUDITOR, body=BASE), 404),  # reads everything and sends nothing
        (Actor(id="0101", role=Role.MEMBER, body=FIRST), 404),
        (Actor(id="0101", role=Role.SECRETARY, body=FIRST), 404),
        (Actor(id="K9", role=Role.ORGANISATION_BOARD, body="ELSEWHERE"), 404),
    ],
)
def test_only_who_calls_people_may_have_them_reminded_and_only_in_scope(
    town: Town, actor: Actor, status: int
) -> None:
    assert Browser(town, actor).client.get("/c/2016/reminders").status_code == status


def test_the_board_offers_it_with_its_number_and_only_to_those_who_may(town: Town) -> None:
    assert "Nhắc tất cả 2 chi bộ khớp" in Browser(town, BOARD).open("/c/2016")
    auditor = Actor(id="KT-01", role=Role.AUDITOR, body=BASE)
    assert "/c/2016/reminders" not in Browser(town, auditor).open("/c/2016")
