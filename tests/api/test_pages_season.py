"""The season pages: who must act, the plan of a body with its reasons, days to meet on; the same as JSON and
CLI."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.served import BOARD, OFFICER, OPENED_ON, Served, secretary

NEAR, TOO_LATE = date(2017, 1, 13), date(2017, 1, 20)
SEASON, PLAN = "/c/2016/season", "/c/2016/o/CB01/season"


def page(served: Served, address: str, day: date, language: str = "vi") -> str:
    """A page on a day, for the secretary of the first cell or, of all, the board; no no-break spaces."""
    served.now.put(day)
    client: TestClient = served.acting(secretary("CB01") if address.startswith(PLAN) else BOARD)
    answer = client.get(f"{address}{'&' if '?' in address else '?'}language={language}")
    assert answer.status_code == 200, answer.text[:500]
    return answer.text.replace("\u00a0", " ")


def test_the_heading_answers_who_must_act_today(served: Served) -> None:
    assert "Hôm nay cả 12 tổ chức còn kịp mọi hạn" in page(served, SEASON, OPENED_ON)
    near = page(served, SEASON, NEAR)
    assert "Hôm nay: 12 tổ chức phải làm ngay" in near
    assert (
        "Viết bản kiểm điểm của tập thể chậm nhất thứ Ba 17/01, nếu không sẽ không kịp hạn trước 31/01."
        in near
    )
    assert "DUK-2016, VII.1" in near
    assert "Hôm nay: 12 tổ chức không còn kịp hạn" in page(served, SEASON, TOO_LATE)


def test_what_cannot_be_met_says_since_when_and_what_remains(served: Served) -> None:
    text = page(served, PLAN, TOO_LATE)
    assert "Họp kiểm điểm tập thể: không còn kịp ngày cuối 30/01; sớm nhất làm được ngày 03/02/2017." in text
    assert "ngoại lệ về thời hạn báo trước (DUK-2016, VII.1)" in text


def test_the_plan_gives_both_days_the_clause_and_the_days_off(served: Served) -> None:
    text = page(served, PLAN, NEAR)
    assert "Trước buổi họp 25/01 5 ngày làm việc, thêm một ngày cho chắc (DUK-2016, VII.1)." in text
    assert "Đã trừ ngày nghỉ 26/01, 27/01, 30/01." in text
    assert "hết hạn 19/01" in text


def test_the_planner_proposes_days_and_says_why_not_on_others(served: Served) -> None:
    """On 13/01 nothing was sent: 13(5) 16(4) 17(3) 18(2) 19(1), so Friday 20/01 is the first day (VII.1)."""
    text = page(served, f"{PLAN}?days=proposed", NEAR)
    proposed, _, others = text.partition("ngày khác và lý do")
    assert "Thứ Sáu 20/01/2017" in proposed
    assert "Thứ Năm 19/01/2017" not in proposed
    assert "DUK-2016, VII.1" in others


def test_every_day_of_the_month_is_looked_at_where_somebody_wants_to_see_it(served: Served) -> None:
    """A proposal asks only until enough days are found; a link leads to the rest."""
    first = page(served, f"{PLAN}?days=proposed", NEAR)
    assert "Sau ngày cuối 30/01/2017" not in first
    link = re.search(r'href="([^"]+#planner)">Xem từng ngày đến 09/02/2017', first)
    assert link is not None
    every = page(served, html.unescape(link[1]).removesuffix("#planner"), NEAR)
    assert "Sau ngày cuối 30/01/2017: không còn kịp hạn." in every
    assert "Xem từng ngày" not in every


def test_no_day_is_asked_about_before_somebody_looks_for_one(served: Served) -> None:
    """A day costs as much as planning the meeting; the plan itself is looked at far more often."""
    text = page(served, PLAN, NEAR)
    assert f'href="{PLAN}?days=proposed#planner">Đề xuất ngày họp</a>' in text
    assert "Định họp ngày này" not in text
    assert "Định họp ngày này" in page(served, f"{PLAN}?days=proposed", NEAR)


def test_a_proposed_day_plans_the_meeting(served: Served) -> None:
    served.now.put(NEAR)
    client = served.acting(secretary("CB01"))
    token = client.get(PLAN).text.partition('name="csrf" value="')[2].partition('"')[0]
    data = {"day": "20/01/2017", "csrf": token, "command_id": "planned-from-the-season"}
    answer = client.post("/c/2016/o/CB01/plans", data=data, follow_redirects=False)
    assert answer.status_code == 303, answer.text[:800]
    assert "Buổi họp đã định ngày 20/01" in page(served, PLAN, NEAR)


def test_a_range_that_is_turned_round_is_said_beside_its_field(served: Served) -> None:
    text = page(served, f"{PLAN}?from=20/02/2017&to=05/02/2017", NEAR)
    assert "sớm hơn ngày đầu 20/02/2017" in text


@pytest.mark.parametrize("address", [f"{SEASON}?month=2017", f"{PLAN}?from=32/01/2017"])
def test_what_is_no_month_or_day_is_named(served: Served, address: str) -> None:
    answer = served.acting(BOARD).get(address)
    assert answer.status_code == 422


def test_board_and_review_warn_by_the_plan(served: Served) -> None:
    assert "chi bộ có nguy cơ trễ" not in page(served, "/c/2016?kind=collective", OPENED_ON)
    board = page(served, "/c/2016?kind=collective", NEAR)
    assert "11 chi bộ có nguy cơ trễ" in board
    assert "Nguy cơ: viết bản kiểm điểm chậm nhất 17/01 để kịp hạn trước 31/01" in board
    assert "Bước tới, tính ngược từ hạn" in page(served, "/r/2016.collective.CB01", NEAR)


def test_the_season_speaks_english(served: Served) -> None:
    text = page(served, SEASON, NEAR, "en")
    assert "Today: 12 organisations must act now" in text
    assert "Write the review report of the collective by Tuesday 17/01" in text


def test_machines_get_the_same(served: Served) -> None:
    served.now.put(NEAR)
    client = served.acting(OFFICER)
    season = client.get("/api/v1/campaigns/2016/season").json()
    assert (season["red"], season["amber"], season["green"]) == (0, 12, 0)
    plan = client.get("/api/v1/campaigns/2016/organisations/CB01/backward-plan").json()
    told = next(step for step in plan["steps"] if step["gate"] == "notify_superior")
    assert (told["last"], told["safe"], told["clause"]) == ("2017-01-19", "2017-01-17", "DUK-2016, VII.1")
    asked = {"from": "2017-01-18", "to": "2017-01-21"}
    days = client.get("/api/v1/campaigns/2016/organisations/CB01/meeting-days", params=asked).json()["days"]
    assert [day["verdict"] for day in days] == ["refused", "refused", "best", "possible"]
    assert client.get("/api/v1/campaigns/2016/organisations/NOBODY/backward-plan").status_code == 404
