"""The cohort page under several regimes: counted cell by cell, without levels, by ballot; 300 rows."""

from __future__ import annotations

import gzip
import time

import pytest
from sqlalchemy import text

from states.roles import Role
from tests.api.browsing import Browser, forms_of, said
from tests.api.lived import lived
from tests.builders import AUDITOR, FIRST, SECOND, collective, member
from tests.builders import BOARD as TOWN_BOARD
from tests.builders import COMMITTEE as TOWN_COMMITTEE
from tests.town import Town
from tests.work.asking import ended
from workflow.commands.asking import Actor
from workflow.database import Database

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_nothing_waiting_says_when_something_will(database: Database) -> None:
    town = Town.on(database).open()
    page = Browser(town, TOWN_COMMITTEE).open("/c/2016/decide")
    assert "Chưa có gì chờ quyết định" in page
    assert "Chưa có gì chờ thẩm định" in Browser(town, TOWN_BOARD).open("/c/2016/decide")
    assert "Không có báo cáo nào gửi tới nơi này" in Browser(town, town.secretary(FIRST)).open(
        "/c/2016/decide"
    )


def test_members_are_counted_cell_by_cell_where_the_regime_does(database: Database) -> None:
    """15% of eight is one; the second cell has a list of its own."""
    town = Town.on(database, first=8).open()
    for cell, top in ((FIRST, "0104"), (SECOND, "")):
        town.make_ready(cell, levels={top: "HTXSNV"} if top else {})
        town.meet(cell, levels={top: "HTXSNV"} if top else {})
        town.submit(cell)
        town.appraise(f"{cell}-KQ")
    page = Browser(town, TOWN_COMMITTEE).open("/c/2016/decide")
    assert '<b class="num">1/1</b>' in page
    assert "15% × 8 = 1,2 → 1" in page
    assert member("0104") in page


def test_three_hundred_rows_are_one_page(database: Database) -> None:
    """The page of 300 rows is made in about a second and stays under 150 KB compressed."""
    town = Town.on(database, first=150, second=150).open()
    for cell in (FIRST, SECOND):
        town.make_ready(cell)
        town.meet(cell)
        town.submit(cell)
        town.appraise(f"{cell}-KQ")
    browser = Browser(town, TOWN_COMMITTEE)
    browser.open("/c/2016/decide")
    began = time.perf_counter()
    page = browser.open("/c/2016/decide")
    took = time.perf_counter() - began
    assert "Quyết định xếp loại: 300 kỳ, không ai phải xem riêng" in page
    assert took < 10
    assert len(gzip.compress(page.encode())) < 150_000
    form = next(one for one in forms_of(page) if one.action.endswith("/confirmation")).set(
        "document", "QĐ 36"
    )
    confirmation = browser.send(form)
    record = next(one for one in forms_of(confirmation.text) if one.action == "/c/2016/decide")
    address = browser.send(record).headers["location"]
    ended(browser)
    assert "300 dòng đã ghi" in browser.open(address)
    assert Browser(town, AUDITOR).client.get("/c/2016/decide").status_code == 200


def test_a_report_without_levels_is_taken_note_of_by_the_board(database: Database) -> None:
    """A committee that is reviewed and not rated waits with the others and carries no level."""
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    town.submit()
    browser = Browser(town, TOWN_BOARD)
    page = browser.open("/c/2016/decide")
    assert "Không xếp loại: ghi nhận báo cáo" in page
    assert "Tập thể cấp ủy Chi bộ 1" in page
    form = next(one for one in forms_of(page) if one.action.endswith("/confirmation"))
    confirmation = browser.send(form)
    assert "1 không xếp loại" in said(confirmation)
    record = next(one for one in forms_of(confirmation.text) if one.action == "/c/2016/decide")
    assert "Đã ghi 8 kỳ" in said(browser.send(record))
    assert town.review(collective(FIRST)).stage == "reviewed_unrated"
    assert town.review(member("0104")).stage == "appraised"


def test_where_the_decider_votes_each_row_has_its_count(database: Database) -> None:
    """A district that decides by ballot: the count of each row and who may vote are asked for."""
    story = "a grassroots cell, rated by the district"
    left = lived(database, "bg_2019/story-year.toml", story, steps=17)
    with left.database.read() as connection:
        receiver = connection.execute(text("SELECT receiver FROM bundles")).scalars().first()
    browser = Browser(left, Actor(id="H", role=Role.SUPERIOR_COMMITTEE, body=str(receiver)))
    form = next(
        one for one in forms_of(browser.open("/c/2019/decide")) if one.action.endswith("/confirmation")
    )
    votes = [name for name, _ in form.fields if name.startswith("votes.")]
    assert votes
    assert "entitled" in dict(form.fields)
    for name in [name for name, _ in form.fields if name.startswith("level.")]:
        review = name.removeprefix("level.")
        form = form.set(f"take.{review}", "on").set(f"reason.{review}", "nhất trí")
    missing = browser.send(form.set("document", "QĐ 12"))
    assert missing.status_code == 422
    assert "Phải là số nguyên" in said(missing) or "Còn trống" in said(missing)
    for name in votes:
        form = form.set(name, "9")
    confirmation = browser.send(form.set("entitled", "13").set("document", "QĐ 12"))
    assert confirmation.status_code == 200, said(confirmation)
    record = next(one for one in forms_of(confirmation.text) if one.action == "/c/2019/decide")
    assert "Đã ghi 5 kỳ" in said(browser.send(record))
    assert left.review("2019.organisation.CB").decided_level == "HTTNV"
