"""Remediation plans and checklists of a whole body by form, and what of a plan who may read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api.browsing import Browser, said
from tests.builders import AUDITOR, BOARD, FIRST, MET, SECOND, collective, member
from tests.town import Town
from workflow.database import Database

DRAWN = MET + timedelta(days=5)
WEAKNESS = "Sinh hoạt chuyên đề còn ít"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose first cell has met."""
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    town.now.put(DRAWN)
    return town


def drawn_up(town: Town) -> str:
    """The address of a plan with one shortcoming."""
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form(f"/r/{collective(FIRST)}/plan", "/plan")
    form = form.set("item.1.weakness", WEAKNESS).set("item.1.remedy", "Mỗi quý một chuyên đề")
    form = form.set("item.1.responsible", "0101").set("item.1.due", "30/06/2017")
    answer = secretary.send(form)
    assert answer.status_code == 303, said(answer)
    return answer.headers["location"].partition("?")[0]


def test_a_plan_lives_by_forms_from_the_review_to_its_end(town: Town) -> None:
    address = drawn_up(town)
    secretary, board = Browser(town, town.secretary(FIRST)), Browser(town, BOARD)
    assert address in secretary.open(f"/r/{collective(FIRST)}"), "the review leads to its plan"
    refused = board.send(board.form(address, "/acceptance"))
    assert refused.status_code == 422
    assert "phân công trước khi chấp nhận" in said(refused)
    assign = board.form(address, "/assignment").set("monitor", "0102").set("appraiser", "DB01")
    assert board.send(assign).status_code == 303
    assert board.send(board.form(address, "/acceptance")).status_code == 303
    assert board.send(board.form(address, "/follow-ups").set("remedied.1", "on")).status_code == 303
    page = secretary.open(address)
    assert "Đã khắc phục ngày" in page
    assert f"{address}/carry-over" not in page, "nothing is left to carry over"
    assert secretary.confirm(secretary.form(address, "/closure")).status_code == 303
    assert "Đã khắc phục xong" in secretary.open("/c/2016/plans")


def test_a_returned_plan_comes_back_with_what_was_written(town: Town) -> None:
    address = drawn_up(town)
    board, secretary = Browser(town, BOARD), Browser(town, town.secretary(FIRST))
    assert board.send(board.form(address, "/return").set("reason", "Thiếu thời hạn")).status_code == 303
    again = secretary.form(address, f"{address}/plan")
    assert again.value("item.1.due") == "30/06/2017"
    assert WEAKNESS in secretary.open(address)
    assert secretary.send(again.set("item.1.weakness", "Sửa lại")).status_code == 303


def test_a_row_half_filled_in_is_named_and_nothing_is_lost(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form(f"/r/{collective(FIRST)}/plan", "/plan")
    nothing = secretary.send(form)
    assert nothing.status_code == 422
    assert "Ghi ít nhất một hạn chế" in said(nothing)
    half = secretary.send(form.set("item.2.weakness", "Thu chi chậm"))
    assert half.status_code == 422
    assert "Thu chi chậm" in said(half)
    assert "Còn trống" in said(half)


def test_what_a_shortcoming_is_can_be_read_by_those_it_concerns_alone(town: Town) -> None:
    address = drawn_up(town)
    assert WEAKNESS in Browser(town, town.secretary(FIRST)).open(address)
    assert WEAKNESS in Browser(town, BOARD).open(address)
    for other, status in ((Browser(town), 401), (Browser(town, town.secretary(SECOND)), 404)):
        answer = other.client.get(address)
        assert answer.status_code == status
        assert WEAKNESS not in said(answer)


def test_the_list_says_which_plans_there_are_and_whose_are_owed(town: Town) -> None:
    drawn_up(town)
    page = Browser(town, BOARD).open("/c/2016/plans")
    assert "1 kế hoạch" in page
    assert "hạn 30/06/2017" in page
    town.submit()
    town.appraise()
    town.decide()
    owed = Browser(town, BOARD).open("/c/2016/plans")
    assert f"/r/{member('0105')}/plan" in owed
    english = Browser(town, BOARD).open("/c/2016/plans?language=en")
    assert "Remediation plan" in english
    town.now.put(DRAWN.replace(month=7))
    assert "Trễ" in Browser(town, BOARD).open("/c/2016/plans")


def test_an_unknown_plan_or_act_is_said(town: Town) -> None:
    address = drawn_up(town)
    browser = Browser(town, BOARD)
    assert browser.client.get("/p/KHONG-CO").status_code == 404
    form = browser.form(address, "/return")
    form.action = f"{address}/dance"
    assert browser.send(form).status_code == 404


def test_plans_as_json_hold_no_text_of_a_shortcoming(town: Town) -> None:
    address = drawn_up(town)
    client = Browser(town, BOARD).client
    one = client.get(f"/api/v1/plans/{address.rpartition('/')[2]}")
    assert one.status_code == 200
    assert one.json()["items"][0]["due"] == "2017-06-30"
    assert WEAKNESS not in one.text
    listed = client.get("/api/v1/campaigns/2016/plans").json()
    assert [row["open_items"] for row in listed["items"]] == [1]
    assert client.get("/api/v1/plans/KHONG-CO").status_code == 404


def test_one_item_is_confirmed_for_many_and_each_keeps_who_did_it(database: Database) -> None:
    town = Town.on(database).open()
    secretary = Browser(town, town.secretary(FIRST))
    address = f"/c/2016/o/{FIRST}/ticks"
    assert address in secretary.open(f"/c/2016/o/{FIRST}")
    form = secretary.form(address, "/ticks")
    item = form.value("item")
    nobody = secretary.send(form)
    assert nobody.status_code == 422
    assert "Đánh dấu ít nhất một người" in said(nobody)
    answer = secretary.send(form.set("all", "on"))
    assert answer.status_code == 200
    assert "Kết quả từng kỳ" in said(answer)
    ticked = [name for name in (collective(FIRST), member("0104")) if item in town.review(name).ticked()]
    assert ticked, "the item is about the collective or the members"
    page = secretary.open(f"/r/{ticked[0]}")
    assert "Danh mục kiểm tra" in page
    assert "Nguyễn Thị Hoa, bí thư Chi bộ 1" in page[page.index('id="checklist"') :]
    auditor = Browser(town, AUDITOR).open(address)
    assert "<form class" not in auditor[auditor.index("<main") : auditor.index("</main>")]
