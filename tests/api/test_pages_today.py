"""The first page: what somebody must finish by which last safe day, what others owe, and what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from api.settings import Settings
from handlers.access.first import give_at_set_up
from handlers.opening import open_campaign
from states.roles import Role
from tests.api.browsing import Browser, forms_of
from tests.api.html_outline import outline
from tests.api.notices import remind
from tests.api.served import Served
from tests.builders import BASE, BOARD, COMMITTEE, FIRST, OFFICER, PREPARED, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open, on the day its secretaries are reminded."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


def _member(person: str = "0104") -> Actor:
    return Actor(id=person, role=Role.MEMBER, body=FIRST)


# --- before there is anything -------------------------------------------------------------------------


def test_before_the_first_campaign_the_steps_that_lead_to_it_are_numbered(empty_served: Served) -> None:
    page = empty_served.acting(Actor(id="quan-tri", role=Role.ADMINISTRATOR, body="DB01")).get(
        "/", headers={"accept": "text/html"}
    )
    assert page.status_code == 200
    text = page.text.replace("\u00a0", " ")
    assert "Bắt đầu đợt kiểm điểm đầu tiên" in text
    places = [text.index(step) for step in ("Nhập danh sách", "Mở đợt kiểm điểm", "Theo dõi từng chi bộ")]
    assert places == sorted(places)


def test_whoever_is_not_known_sees_no_task(town: Town) -> None:
    answer = Browser(town).client.get("/")
    assert answer.status_code == 401
    assert "Việc của tôi" not in answer.text


# --- tasks --------------------------------------------------------------------------------------------


def test_a_secretary_sees_every_step_with_its_last_safe_day_reason_and_button(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open("/")
    assert "Việc của tôi" in page
    assert "Họp kiểm điểm" in page
    assert "Mở cuộc họp" in page
    assert f'href="/c/2016/o/{FIRST}"' in page
    assert "Quy định: " in page
    assert page.count("button primary") <= 2, "one filled button in sight, one in a closed dialog"


def test_what_is_past_its_last_day_is_said_first_in_heading_and_list(town: Town) -> None:
    late = date(2017, 2, 20)
    town.now.put(late)
    page = Browser(town, town.secretary(FIRST)).open("/")
    assert "việc quá hạn</h1>" in page
    assert page.index("Quá hạn</h3>") < page.index('class="task overdue"')
    assert "Quá hạn " in page


@pytest.mark.parametrize(
    ("day", "group"),
    [
        (date(2017, 1, 25), "today"),  # the last safe day of voting, before Tết
        (date(2017, 1, 24), "soon"),
        (date(2017, 1, 26), "today"),  # the safe day is over, the last day of the clause is not
        (date(2016, 12, 20), "later"),
    ],
)
def test_tasks_are_grouped_by_how_near_their_last_safe_day_is(town: Town, day: date, group: str) -> None:
    town.now.put(day)
    browser = Browser(town, Actor(id="TKP-1", role=Role.COUNTING_TEAM, body=FIRST))
    page = browser.open("/")
    assert f'class="task {group}"' in page
    assert "Quy định: chậm nhất 30/01/2017; ngày làm việc an toàn cuối là 25/01." in page


def test_the_day_after_the_last_day_of_the_clause_is_overdue(town: Town) -> None:
    counting = Actor(id="TKP-1", role=Role.COUNTING_TEAM, body=FIRST)
    for day, said in ((date(2017, 1, 30), False), (date(2017, 1, 31), True)):
        town.now.put(day)
        assert ("Quá hạn</h3>" in Browser(town, counting).open("/")) is said


def test_those_who_appraise_and_decide_see_reports_that_wait_though_no_clause_gives_a_day(
    town: Town,
) -> None:
    board, committee = Browser(town, BOARD), Browser(town, COMMITTEE)
    assert "Thẩm định 1 báo cáo đã gửi" not in board.open("/")
    town.make_ready()
    town.meet()
    town.submit()
    page = board.open("/")
    assert "Thẩm định 1 báo cáo đã gửi" in page
    assert "Đồng chí có 1 việc làm được ngay" in page
    assert f'href="/c/2016/decide?body={FIRST}"' in page, "it leads to where it is done"
    assert "Quyết định 1 báo cáo" not in committee.open("/"), "nothing is appraised yet"
    assert "Kiểm điểm năm 2016" in page.partition("Đang chờ người khác</h2>")[2]
    town.appraise()
    assert "Thẩm định 1 báo cáo đã gửi" not in board.open("/")
    decides = committee.open("/")
    assert "Quyết định 1 báo cáo đang chờ" in decides
    assert f'href="/c/2016/decide?body={FIRST}"' in decides


def test_a_member_sees_the_own_review_alone_and_where_it_stands(town: Town) -> None:
    page = Browser(town, _member()).open("/")
    assert "Kỳ kiểm điểm năm 2016 của tôi" in page
    assert f'href="/r/{member("0104")}"' in page
    assert "Viết bản tự kiểm điểm" in page
    assert "Nguyễn Thị Hoa" not in page.partition("</main>")[0], "nobody else's name"


def test_what_waits_in_another_capacity_is_counted_beneath_with_the_way_to_it(town: Town) -> None:
    head = town.head(FIRST)
    as_member = Browser(town, Actor(id=head, role=Role.MEMBER, body=FIRST))
    page = as_member.open("/")
    told = page.partition('id="elsewhere"')[2].partition("</section>")[0]
    assert "Bí thư Chi bộ 1" in told
    assert "bước đang chờ, ngày an toàn cuối gần nhất " in told
    change = next(one for one in forms_of(page) if one.value("actor").startswith("secretary@"))
    assert as_member.send(change).status_code == 303
    assert "Mở cuộc họp" in as_member.open("/")
    assert 'id="elsewhere"' not in Browser(town, _member()).open("/"), "one capacity alone"


def test_reports_that_wait_for_another_capacity_are_counted_by_where_they_stand(
    database: Database,
) -> None:
    town, person = Town.on(database), "BTC-02"
    town.enter_roster()
    for role in (Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE):
        give_at_set_up(town.engine, person, role, BASE, document="QĐ 01-QĐ/ĐU")
    town.plan()
    open_campaign(town.engine, OFFICER, "2016")
    town.make_ready()
    town.meet()
    town.submit()
    committee = Browser(town, Actor(id=person, role=Role.SUPERIOR_COMMITTEE, body=BASE))
    board = Browser(town, Actor(id=person, role=Role.ORGANISATION_BOARD, body=BASE))
    assert "1 báo cáo đang chờ" in committee.open("/")
    assert "báo cáo đang chờ<" not in board.open("/")
    town.appraise()
    assert "1 báo cáo đang chờ" not in committee.open("/").partition('id="elsewhere"')[2]
    assert "1 báo cáo đang chờ" in board.open("/").partition('id="elsewhere"')[2]


def test_somebody_without_tasks_is_told_what_the_branch_waits_for(town: Town) -> None:
    page = Browser(town, Actor(id="GS-1", role=Role.AUDITOR, body=BASE)).open("/")
    assert "Không bước nào quá hạn" in page
    assert "Bước gần nhất: " in page


def test_an_administrator_is_told_nothing_of_what_is_due_and_every_link_of_his_leads_somewhere(
    town: Town,
) -> None:
    browser = Browser(town, Actor(id="QT-1", role=Role.ADMINISTRATOR, body="system"))
    page = browser.open("/")
    assert "Việc của quản trị hệ thống" in page
    assert "quá hạn" not in page
    assert "đã bỏ phiếu" not in page
    hrefs = {e.attributes["href"] for e in outline(page).all("a")} - {"#content"}
    for href in {one for one in hrefs if one.startswith("/")}:
        assert browser.client.get(href).status_code in (200, 303), href


def test_an_empty_inbox_does_not_leave_the_first_page_empty(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open("/")
    assert "Chưa có nhắc việc nào" in page
    assert "Việc gần nhất: " in page or "phải xong</h1>" in page or "quá hạn</h1>" in page


def test_a_reminder_stands_beside_and_leads_to_its_line_in_the_inbox(town: Town) -> None:
    number = remind(town.database, town.head(FIRST), gate="count_ballot")
    page = Browser(town, town.secretary(FIRST)).open("/")
    assert f'href="/inbox#notice-{number}"' in page
    assert "1 chưa đọc" in page


def test_every_campaign_in_scope_has_its_card_and_no_other(town: Town) -> None:
    assert "1 đợt kiểm điểm" in Browser(town, OFFICER).open("/campaigns")
    nobody = Browser(town, Actor(id="X-1", role=Role.SECRETARY, body="CB99")).open("/campaigns")
    assert "Chưa có đợt nào trong phạm vi của đồng chí" in nobody


# --- the walk through the demo ------------------------------------------------------------------------


def test_the_walk_is_shown_on_a_demo_until_it_is_put_away(town: Town) -> None:
    browser = Browser(town, BOARD)
    assert "Đi thử năm bước" not in browser.open("/"), "this is no demo"
    settings = Settings(development=True, clock_starts_at=town.now())
    browser.client.app.state.settings = settings  # type: ignore[attr-defined]  # the application under the client
    page = browser.open("/")
    assert "Đi thử năm bước" in page
    assert 'href="/c/2016">Đi thử</a>' in page, "one's own step is a link"
    assert page.count('action="/actor"') >= 4, "the others are by other people"
    form = next(form for form in forms_of(page) if form.action == "/tour/dismissal")
    assert browser.send(form).status_code == 303
    assert "Đi thử năm bước" not in browser.open("/")
