"""The inbox: what is owed first, read or put aside, and only one's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.notice_tables import NOTICES, SNOOZES
from states.roles import Role
from tests.api.browsing import Browser, forms_of, said
from tests.api.notices import is_done, remind
from tests.builders import BASE, FIRST, OFFICER, PREPARED, SECOND, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open, on the day its secretaries are reminded."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


@pytest.fixture
def browser(town: Town) -> Browser:
    """The secretary of the first cell."""
    return Browser(town, town.secretary(FIRST))


# --- what is owed -------------------------------------------------------------------------------------


def test_an_empty_inbox_says_what_will_come_here(browser: Browser) -> None:
    page = browser.open("/inbox")
    assert "Việc của tôi: không có việc nào chờ" in page
    assert "Khi một bước sắp đến hạn" in page
    assert 'href="/inbox/settings"' in page


def test_a_reminder_says_task_body_day_clause_and_leads_to_where_it_is_done(
    town: Town, browser: Browser
) -> None:
    remind(town.database, town.head(FIRST), rule="duk.notice_to_participants", gate="send_draft")
    page = browser.open("/inbox")
    assert "Gửi dự thảo bản kiểm điểm của 7 cá nhân" in page
    assert "Chi bộ 1 · Kiểm điểm năm 2016" in page
    assert "Chậm nhất 14/01/2017; nên làm xong chậm nhất ngày 13/01/2017" in page
    assert "/rules/duk.notice_to_participants" in page
    assert "Còn 10 ngày làm việc" in page
    assert 'href="/c/2016/o/CB01"' in page
    assert "Nhắc bạn với tư cách người đứng đầu: Chi bộ 1." in page


def test_what_is_overdue_comes_first_then_the_nearest_safe_day(town: Town, browser: Browser) -> None:
    head, day = town.head(FIRST), timedelta(days=1)
    remind(town.database, head, gate="submit", safe_on=PREPARED + 9 * day, due_on=PREPARED + 9 * day)
    remind(town.database, head, gate="count_ballot", safe_on=PREPARED + 2 * day, due_on=PREPARED + 2 * day)
    late = PREPARED - day
    remind(town.database, head, gate="prepare", rung="after:1", safe_on=late, due_on=late)
    page = browser.open("/inbox")
    assert "Việc của tôi: 1 việc quá hạn" in page
    tasks = ("Viết bản tự kiểm điểm", "Bỏ phiếu xếp loại", "Báo cáo cấp trên kết quả")
    places = [page.index(f"</span> {task}") for task in tasks]
    assert places == sorted(places)
    assert page.index("Quá hạn</h2>") < places[0] < page.index("Phải làm</h2>") < places[1]
    assert "Quá hạn 1 ngày làm việc" in page


@pytest.mark.parametrize(("days", "group"), [(0, "owed"), (1, "overdue")])
def test_a_thing_is_overdue_the_day_after_its_last_day(
    town: Town, browser: Browser, days: int, group: str
) -> None:
    last = PREPARED - timedelta(days=days)
    remind(town.database, town.head(FIRST), rung="day:0", due_on=last, safe_on=last)
    assert f'id="{group}"' in browser.open("/inbox")


def test_a_thing_said_several_times_is_one_line_with_its_newest_word(town: Town, browser: Browser) -> None:
    head = town.head(FIRST)
    for rung, days in (("before:10", 7), ("before:5", 3), ("before:3", 0)):
        remind(town.database, head, rung=rung, noticed_on=PREPARED - timedelta(days=days))
    page = browser.open("/inbox")
    assert page.count('id="notice-') == 1
    assert "Còn 3 ngày làm việc" in page
    assert "Đã nhắc 2 lần trước" in page
    assert page.index("17/12/2016: còn 5 ngày làm việc") < page.index("13/12/2016: còn 10 ngày làm việc")


def test_what_several_bodies_owe_alike_is_one_line_that_names_each(town: Town) -> None:
    for cell, items in ((FIRST, 7), (SECOND, 5)):
        remind(town.database, OFFICER.id, body=BASE, gate="decide", organisation=cell, items=items)
        remind(town.database, OFFICER.id, body=BASE, gate="decide", organisation=cell, rung="before:5")
    remind(
        town.database, OFFICER.id, body=BASE, gate="decide", organisation=FIRST, kind="collective", items=1
    )
    browser = Browser(town, OFFICER)
    page = browser.open("/inbox")
    assert "Việc của tôi: 2 việc phải làm" in page
    assert "Quyết định xếp loại cho 14 cá nhân" in page, "as the newest word counts them"
    assert "2 tổ chức · Kiểm điểm năm 2016" in page
    assert page.index('href="/c/2016/o/CB01#submission"') < page.index('href="/c/2016/o/CB02#submission"')
    assert "Đã nhắc 1 lần trước" in page
    forms = [form for form in forms_of(page) if form.action.endswith("/snoozes")]
    form = next(form for form in forms if form.value("notices").count(",") == 3)
    answer = browser.send(form.set("until", "22/12/2016").set("reason", "Chờ họp"))
    assert answer.status_code == 303
    with town.database.read() as connection:
        kept = connection.execute(select(SNOOZES.c.organisation, SNOOZES.c.reason)).all()
    assert sorted(kept) == [(FIRST, "Chờ họp"), (SECOND, "Chờ họp")]


def test_one_body_that_is_put_aside_leaves_the_line_of_the_others(town: Town, browser: Browser) -> None:
    for cell in (FIRST, SECOND):
        number = remind(town.database, town.head(FIRST), gate="decide", organisation=cell, body=BASE)
    form = browser.form("/inbox", "/snoozes").set("until", "22/12/2016").set("reason", "Chờ họp")
    browser.send(form.set("notices", str(number)))
    page = browser.open("/inbox")
    assert page.count('id="notice-') == 2
    assert page.index("Chi bộ 1 · Kiểm điểm") < page.index("Đã để lại</h2>") < page.index("Chi bộ 2 · Kiểm")


def test_what_was_said_late_says_so(town: Town, browser: Browser) -> None:
    remind(town.database, town.head(FIRST), rung_on=PREPARED - timedelta(days=4))
    assert "nhắc muộn, lẽ ra ngày 16/12/2016" in browser.open("/inbox")


def test_what_is_done_is_owed_no_more(town: Town, browser: Browser) -> None:
    remind(town.database, town.head(FIRST))
    is_done(town.database)
    page = browser.open("/inbox")
    assert "Việc của tôi: không có việc nào chờ" in page
    assert "Đã xong hoặc không còn phải làm" in page
    assert "Không còn phải làm" in page


def test_everybody_sees_their_own_alone(town: Town, browser: Browser) -> None:
    number = remind(town.database, town.head(SECOND), organisation=SECOND, body=SECOND)
    assert "Chưa có nhắc việc nào" in browser.open("/inbox")
    form = browser.form("/inbox/settings", "/inbox/settings")
    form.action = f"/inbox/{number}/reading"
    assert browser.send(form).status_code == 404
    with town.database.read() as connection:
        assert connection.execute(select(NOTICES.c.read_at)).scalar_one() is None


def test_a_member_is_led_to_the_own_review(town: Town) -> None:
    remind(town.database, "0104", capacity="self", gate="prepare", items=1)
    page = Browser(town, Actor(id="0104", role=Role.MEMBER, body=FIRST)).open("/inbox")
    assert f'href="/r/{member("0104")}"' in page
    assert "Việc của tôi" in page


def test_a_superior_is_told_of_the_cell_below_and_cannot_put_it_aside(town: Town) -> None:
    number = remind(
        town.database, OFFICER.id, body=BASE, rung="escalate:1", level=1, due_on=PREPARED, safe_on=PREPARED
    )
    browser = Browser(town, OFFICER)
    page = browser.open("/inbox")
    assert "Quá hạn, báo lên cấp trên" in page
    assert f"/inbox/{number}/snoozes" not in page
    form = browser.form("/inbox", f"/inbox/{number}/reading").set("until", "21/12/2016").set("reason", "x")
    form.action = f"/inbox/{number}/snoozes"
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "không tạm gác được" in answer.text


def test_the_inbox_speaks_english(town: Town, browser: Browser) -> None:
    remind(town.database, town.head(FIRST))
    page = browser.open("/inbox?language=en")
    assert "My work: 1 thing to do" in page
    assert "Hold the review of 7 people" in page
    assert "10 working days left" in page


def test_nobody_chosen_has_no_inbox(town: Town) -> None:
    answer = Browser(town).client.get("/inbox")
    assert answer.status_code == 401
    assert "Mỗi người chỉ thấy việc của mình" in said(answer)


# --- read, and put aside ------------------------------------------------------------------------------


def test_every_page_counts_what_is_not_read(town: Town, browser: Browser) -> None:
    assert 'data-live-count hidden><span class="num" data-live-number>0<' in browser.open("/")
    remind(town.database, town.head(FIRST))
    remind(town.database, town.head(FIRST), gate="submit")
    for address in ("/", "/c/2016", "/c/2016/o/CB01", "/inbox", "/inbox/settings"):
        assert "data-live-number>2<" in browser.open(address), address


def test_what_is_read_is_no_longer_new_and_still_owed(town: Town, browser: Browser) -> None:
    remind(town.database, town.head(FIRST), rung="before:10")
    number = remind(town.database, town.head(FIRST), rung="before:5")
    other = remind(town.database, town.head(FIRST), gate="submit")
    answer = browser.send(browser.form("/inbox", f"/inbox/{number}/reading"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    page = browser.open("/inbox")
    assert "Việc của tôi: 2 việc phải làm" in page
    assert "data-live-number>1<" in page, "an earlier word on the same thing is read with it"
    assert f"/inbox/{other}/reading" in page
    assert f"/inbox/{number}/reading" not in page


def test_all_is_read_that_was_shown_and_nothing_that_came_after(town: Town, browser: Browser) -> None:
    remind(town.database, town.head(FIRST))
    form = browser.form("/inbox", "/inbox/reading")
    remind(town.database, town.head(FIRST), gate="submit")
    assert browser.send(form).status_code == 303
    assert "data-live-number>1<" in browser.open("/inbox")


def test_a_thing_put_aside_comes_back_on_its_day(town: Town, browser: Browser) -> None:
    number = remind(town.database, town.head(FIRST))
    form = browser.form("/inbox", f"/inbox/{number}/snoozes")
    answer = browser.send(form.set("until", "22/12/2016").set("reason", "Chờ biên bản của tổ kiểm phiếu"))
    assert answer.status_code == 303
    page = browser.open("/inbox")
    assert "Đã để lại</h2>" in page
    assert "Để lại đến 22/12/2016: Chờ biên bản của tổ kiểm phiếu" in page
    assert "data-live-number>0<" in page
    town.now.put(date(2016, 12, 22))
    assert "Phải làm</h2>" in browser.open("/inbox")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("until", "reason", "why"),
    [
        ("20/12/2016", "Chờ biên bản", "phải sau hôm nay"),
        ("14/01/2017", "Chờ biên bản", "cuối cùng là 13/01/2017"),
        ("31/02/2017", "Chờ biên bản", "Không có ngày này"),
        ("22/12/2016", "", "Còn trống"),
        ("22/12/2016", "x" * 501, "dài quá 500 ký tự"),
    ],
)
def test_a_refusal_stands_beside_the_form_with_what_was_typed(
    town: Town, browser: Browser, until: str, reason: str, why: str
) -> None:
    number = remind(town.database, town.head(FIRST))
    form = browser.form("/inbox", f"/inbox/{number}/snoozes").set("until", until).set("reason", reason)
    answer = browser.send(form)
    assert answer.status_code == 422
    assert why in said(answer)
    assert 'aria-invalid="true"' in answer.text
    again = next(one for one in forms_of(answer.text) if one.action == form.action)
    assert (again.value("until"), again.value("reason")) == (until, reason)
    with town.database.read() as connection:
        assert connection.execute(select(SNOOZES)).all() == []


# --- staying up to date -------------------------------------------------------------------------------


def test_a_page_without_a_running_feed_loads_no_live_script(browser: Browser) -> None:
    page = browser.open("/c/2016")
    assert "live.js" not in page
    assert "data-live-mark" not in page


def test_a_page_carries_the_mark_it_was_seen_at_unless_a_form_was_answered(town: Town) -> None:
    """The address of a form's answer may show nothing by itself, and what was typed must stay."""
    browser = Browser(town, town.secretary(FIRST))
    with browser.client:
        page = browser.open("/c/2016/o/CB01")
        assert 'data-live-topic="2016/CB01"' in page
        assert "/static/live.js" in page
        form = browser.form("/inbox/settings", "/inbox/settings").set("email", "tam@")
        answer = browser.send(form)
        assert answer.status_code == 422
        assert "data-live-mark" not in answer.text
