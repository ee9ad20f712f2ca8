"""The board and the first page: from counters, filtered and searched, in both languages and databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from handlers.tables import PROGRESS
from tests.api.browsing import Browser
from tests.builders import BOARD, FIRST, OFFICER, SECOND
from tests.statements import statements_sent
from tests.town import Town
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


def queries(town: Town, browser: Browser, address: str) -> int:
    """How many statements a page sends."""
    with statements_sent() as sent:
        browser.open(address)
    assert sent
    return len(sent)


def test_every_cell_is_a_row_with_its_numbers_and_secretary(town: Town) -> None:
    page = Browser(town, BOARD).open("/c/2016")
    assert "Chi bộ 1" in page
    assert "Chi bộ 2" in page
    assert "7 đảng viên" in page
    assert "Nguyễn Thị Hoa" in page
    assert "0/12" in page


def test_the_number_of_queries_does_not_grow_with_bodies_or_reviews(town: Town) -> None:
    browser = Browser(town, BOARD)

    def more(bodies: range) -> None:
        with town.database.write() as connection:
            connection.execute(
                insert(PROGRESS),
                [
                    {
                        "campaign": "2016", "organisation": f"X{n:04}", "kind": "individual",
                        "stage": stage, "level": "", "reviews": 1_000,
                    }
                    for n in bodies
                    for stage in ("prepared", "voted", "approved")
                ],
            )  # fmt: skip

    browser.open("/c/2016")
    more(range(1))  # so that plans remembered from the page before are counted anew both times
    before = queries(town, browser, "/c/2016")
    more(range(1, 1_000))
    assert queries(town, browser, "/c/2016") == before
    page = browser.open("/c/2016")
    assert "3.000.012" in page.replace("</span>", ""), "the sums in the head are of all rows"
    assert "/c/2016?page=2" in page
    assert "X0999" in browser.open("/c/2016?page=4")


def test_lateness_is_said_in_words_once_the_last_day_has_passed(town: Town) -> None:
    """Ratings are completed before 31 January (DUK-2016, VI)."""
    browser = Browser(town, BOARD)
    town.now.put(date(2017, 1, 30))
    assert "chi bộ trễ" not in browser.open("/c/2016")
    town.now.put(date(2017, 2, 2))
    page = browser.open("/c/2016")
    assert "Tiến độ: 2 chi bộ trễ" in page
    assert "Trễ 3 ngày: bỏ phiếu, còn 7 kỳ" in page
    assert f"/o/{FIRST}" in browser.open("/c/2016?show=late")
    assert f"/o/{FIRST}" not in browser.open("/c/2016?show=done")


def test_a_search_needs_no_accents_and_finds_the_secretary_too(town: Town) -> None:
    browser = Browser(town, BOARD)
    assert f"/o/{SECOND}" not in browser.open("/c/2016?q=chi+bo+1")
    assert f"/o/{FIRST}" in browser.open("/c/2016?q=CHI+BO+1")
    assert f"/o/{FIRST}" in browser.open("/c/2016?q=nguyen+thi+hoa")
    assert "Không tổ chức nào khớp" in browser.open("/c/2016?q=xyz")


def test_collectives_and_organisations_have_their_own_board(town: Town) -> None:
    browser = Browser(town, BOARD)
    assert f"/c/2016/o/{FIRST}" in browser.open("/c/2016?kind=collective")
    assert "Đảng bộ Công ty Hoa Sen" in browser.open("/c/2016?kind=organisation")


def test_the_board_speaks_english(town: Town) -> None:
    page = Browser(town, BOARD, language="en-GB,en").open("/c/2016?language=en")
    assert '<html lang="en">' in page
    assert "members" in page
    assert "đảng viên" not in page


def test_an_english_browser_still_sees_vietnamese_first(town: Town) -> None:
    """Office machines are often set up in English; the page says where to change it."""
    page = Browser(town, BOARD, language="en-GB,en").open("/c/2016")
    assert '<html lang="vi">' in page
    assert "language=en" in page


def test_a_language_chosen_once_stays(town: Town) -> None:
    browser = Browser(town, BOARD)
    assert '<html lang="en">' in browser.open("/c/2016?language=en")
    assert '<html lang="en">' in browser.open("/c/2016")


def test_the_first_page_lists_campaigns_with_how_far_they_are(town: Town) -> None:
    page = Browser(town, OFFICER).open("/campaigns")
    assert "1 đợt kiểm điểm" in page
    assert "Kiểm điểm năm 2016" in page
    assert "Đảng bộ Công ty Hoa Sen" in page


def test_before_the_first_campaign_the_steps_are_shown(database: Database) -> None:
    page = Browser(Town.on(database), OFFICER).open("/")
    assert "Bắt đầu đợt kiểm điểm đầu tiên" in page
    assert 'href="/import"' in page


def test_a_campaign_is_not_seen_before_it_is_open(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    browser = Browser(town, OFFICER)
    assert "Đợt này mới được lập, chưa mở" in browser.open("/c/2016")
    assert browser.client.get(f"/c/2016/o/{FIRST}").status_code == 404
