"""What follows the decisions on pages: sums the Vietnamese way, rewards proposed and granted by forms."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers.tables import REWARDS
from tests.api.browsing import Browser
from tests.builders import BOARD, COMMITTEE, DECIDED, FIRST, member
from tests.town import Town
from workflow.database import Database

LEVELS = {"0101": "HTXSNV"}


@pytest.fixture
def town(database: Database) -> Town:
    """The first cell is decided."""
    town = Town.on(database).open()
    town.make_ready(levels=LEVELS)
    town.meet(levels=LEVELS)
    town.submit()
    town.appraise()
    town.decide()
    town.now.put(DECIDED)
    return town


def test_the_board_leads_to_the_sums_and_the_rewards(town: Town) -> None:
    page = Browser(town, BOARD).open("/c/2016")
    assert 'href="/c/2016/statistics"' in page
    assert 'href="/c/2016/rewards"' in page


def test_sums_are_written_the_vietnamese_way(town: Town) -> None:
    page = Browser(town, BOARD).open(f"/c/2016/statistics?organisation={FIRST}")
    assert "14,3%" in page
    assert "85,7%" in page
    assert "Hoàn thành xuất sắc nhiệm vụ" in page
    assert "14.3%" in Browser(town, BOARD).open(f"/c/2016/statistics?organisation={FIRST}&language=en")


def test_a_reward_is_proposed_and_granted_by_forms(town: Town) -> None:
    browser = Browser(town, BOARD)
    assert "ít nhất 1 năm" in browser.open("/c/2016/rewards")
    form = browser.form("/c/2016/rewards", "/rewards").set("review", member("0101"))
    form = form.set("award", "GIAY_KHEN").set("granted_by", "grassroots").set("by", "DB01")
    assert browser.send(form).status_code == 303
    assert browser.send(form).status_code == 303, "the same form sent twice is one proposal"
    with town.database.read() as connection:
        reward = connection.execute(select(REWARDS.c.reward)).scalar_one()
    decider = Browser(town, COMMITTEE)
    order = decider.form("/c/2016/rewards", f"/rewards/{reward}/decision")
    assert decider.send(order).status_code == 422, "without the number of the decision"
    assert decider.confirm(order.set("document", "QĐ 15-QĐ/ĐU")).status_code == 303
    assert "Đã được khen thưởng (QĐ 15-QĐ/ĐU)" in decider.open("/c/2016/rewards")


def test_a_refused_proposal_keeps_what_was_typed_and_names_the_clause(town: Town) -> None:
    browser = Browser(town, BOARD)
    form = browser.form("/c/2016/rewards", "/rewards").set("review", member("0101"))
    answer = browser.send(form.set("award", "GIAY_KHEN").set("granted_by", "superior").set("by", "KHOI-A"))
    assert answer.status_code in (409, 422)
    assert "DUK-2016, IV" in answer.text
    assert 'value="KHOI-A"' in answer.text


def test_a_secretary_proposes_and_does_not_grant(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form("/c/2016/rewards", "/rewards").set("review", member("0101"))
    form = form.set("award", "GIAY_KHEN").set("granted_by", "grassroots").set("by", "DB01")
    assert browser.send(form).status_code == 303
    page = browser.open("/c/2016/rewards")
    assert "/withdrawal" in page
    assert "/decision" not in page


def test_the_sums_are_downloaded_as_a_workbook(town: Town) -> None:
    answer = Browser(town, BOARD).client.get("/c/2016/statistics.xlsx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_the_pages_of_a_campaign_that_is_not_there_say_so(town: Town) -> None:
    for address in ("/c/1999/statistics", "/c/1999/rewards", "/c/1999/statistics.xlsx"):
        assert Browser(town, BOARD).client.get(address).status_code == 404
