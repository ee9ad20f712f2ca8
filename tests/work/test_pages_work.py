"""Long work in front of a person without scripts: told while it runs, after a reload, to nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Event

import pytest

from api.pages import compare_page, routes, together_routes
from handlers.demo_roster import FILE_NAME, demo_workbook
from handlers.roster_import import preview_import
from handlers.work.book import MANY, OPENING
from handlers.work.orders import EnterMany, OpenCampaign
from handlers.work.running import Progress
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser, Form
from tests.builders import BASE, BOARD, CAMPAIGN, FIRST, OFFICER, PREPARED, PREPARED_TICKS, collective, member
from tests.town import Town
from tests.work.asking import WAIT_SECONDS, asked, done, ended, service_of
from workflow.commands.asking import Actor
from workflow.database import Database

KEEPER = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)
TOGETHER = f"/c/{CAMPAIGN}/o/{FIRST}/together"


@pytest.fixture
def town(database: Database) -> Town:
    opened = Town.on(database).open()
    opened.now.put(PREPARED)
    return opened


@pytest.fixture
def let_go() -> Iterator[Event]:
    """What work waits for that a test holds in the middle; let go at the latest when the test is over."""
    event = Event()
    yield event
    event.set()


def held(town: Town, browser: Browser, let_go: Event, done_: int, total: int) -> str:
    """The page of work that stands still in the middle."""
    job, _ = asked(town, OPENING, OpenCampaign(campaign=CAMPAIGN), total=total)
    progress = Progress(step=2, done=done_, total=total)

    def work() -> None:
        assert let_go.wait(WAIT_SECONDS)

    service_of(browser).work.begin(town.database, town.engine.now, job.job, 1, progress, work)
    return f"/jobs/{job.job}"


def everybody(secretary: Browser) -> Form:
    """The form for the reports of the whole cell, with every item confirmed that a member needs."""
    form = secretary.form(TOGETHER, "/preparations").set("all", "on")
    for item in PREPARED_TICKS[life.INDIVIDUAL]:
        form = form.set(f"confirmed.{item}", "on")
    return form


def without_keys(html: str) -> str:
    """A page without what is new in every answer."""
    return re.sub(r'name="csrf" value="[^"]*"', "", html)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_runs_is_told_in_the_middle_and_again_after_a_reload(
    town: Town, let_go: Event, language: str
) -> None:
    officer = Browser(town, OFFICER)
    address = held(town, officer, let_go, 1200, 2000)
    for _ in range(2):
        page = officer.open(f"{address}?language={language}")
        assert '<progress max="2000" value="1200"' in page
        assert ("1.200 trên 2.000" if language == "vi" else "1,200 of 2,000") in page
        assert '<noscript><meta http-equiv="refresh"' in page, "without scripts it looks again by itself"
        assert 'hx-trigger="every 2s"' in page
    let_go.set()
    ended(officer)
    page = officer.open(address)
    assert "<progress" not in page
    assert "refresh" not in page
    assert "hx-trigger" not in page


def test_what_cannot_be_known_is_not_made_up(town: Town, let_go: Event) -> None:
    officer = Browser(town, OFFICER)
    page = officer.open(held(town, officer, let_go, 0, 0))
    assert '<progress max="1" aria' in page, "a bar without a value"
    assert "Lập các kỳ kiểm điểm" in page
    let_go.set()
    ended(officer)


def test_nobody_else_sees_it_but_whoever_runs_the_service_and_he_not_what_is_in_it(
    town: Town,
) -> None:
    secretary = town.secretary(FIRST)
    job, _ = asked(town, MANY, EnterMany(commands=()), actor=secretary)
    done(town, job)
    address = f"/jobs/{job.job}"
    assert Browser(town, secretary).client.get(address).status_code == 200
    hidden = Browser(town, BOARD).client.get(address)
    absent = Browser(town, BOARD).client.get("/jobs/9")
    assert hidden.status_code == absent.status_code == 404
    assert without_keys(hidden.text).replace(address, "…") == without_keys(absent.text).replace(
        "/jobs/9", "…"
    )
    keeper = Browser(town, KEEPER)
    assert "/c/2016" not in keeper.open(address), "how far it is, and not where it leads"
    assert address in keeper.open("/jobs")
    assert address not in Browser(town, BOARD).open("/jobs")
    assert "Chưa có việc nào chạy lâu" in Browser(town, BOARD).open("/jobs")


def test_many_rows_are_long_work_with_an_outcome_a_row(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together_routes, "ROWS_AT_ONCE", 3)
    secretary = Browser(town, town.secretary(FIRST))
    form = everybody(secretary)
    answer = secretary.send(form)
    address = answer.headers["location"]
    assert (answer.status_code, address) == (303, "/jobs/1")
    assert secretary.send(form).headers["location"] == address, "sent twice it is one piece of work"
    ended(secretary)
    assert secretary.send(form).headers["location"] == address, "also once it is done"
    page = secretary.open(address)
    assert "dòng đã ghi" in page
    assert "Chi bộ" in page[page.index("chưa được ghi") :], "the collective lacks its own items"
    assert 'class="clause"' in page[page.index("chưa được ghi") :]
    assert all(town.review(member(one)).stage == life.PREPARED for one in town.people(FIRST))
    assert town.review(collective(FIRST)).stage == life.OPEN
    assert f'href="/c/{CAMPAIGN}/o/{FIRST}"' in page


def test_few_rows_are_answered_at_once(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    answer = secretary.send(everybody(secretary))
    assert (answer.status_code, "Đã ghi" in answer.text) == (200, True)
    assert "/jobs/1" not in secretary.open("/jobs")


@pytest.mark.parametrize(("fewer", "status"), [(0, 200), (1, 303)])
def test_as_many_rows_as_the_limit_are_few_and_one_more_is_many(
    town: Town, monkeypatch: pytest.MonkeyPatch, fewer: int, status: int
) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = everybody(secretary)
    shown = secretary.open(TOGETHER)
    rows = shown[: shown.index("/self-ratings")].count('name="review"')
    monkeypatch.setattr(together_routes, "ROWS_AT_ONCE", rows - fewer)
    assert secretary.send(form).status_code == status
    if status == 303:
        ended(secretary)


def test_a_large_import_is_long_work_and_so_is_its_refusal(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "ROWS_AT_ONCE", 3)
    town = Town.on(database)
    town.now.put(PREPARED)
    preview = preview_import(town.engine, demo_workbook(), FILE_NAME, on=PREPARED, actor=OFFICER)
    officer = Browser(town, OFFICER)
    form = officer.form(f"/import/{preview.import_id}", "/confirmation")
    address = officer.send(form).headers["location"]
    ended(officer)
    page = officer.open(address)
    assert "Đã xong: nhập danh sách" in page
    assert "ghi một lần trọn vẹn" in page
    other = form.set("command_id", "another-form")
    answer = officer.send(other)
    assert answer.status_code in (409, 422), "it changes nothing any more, so it is answered at once"


def test_a_small_import_is_answered_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "ROWS_AT_ONCE", 100_000)
    town = Town.on(database)
    town.now.put(PREPARED)
    preview = preview_import(town.engine, demo_workbook(), FILE_NAME, on=PREPARED, actor=OFFICER)
    officer = Browser(town, OFFICER)
    answer = officer.send(officer.form(f"/import/{preview.import_id}", "/confirmation"))
    assert "Đã nhập danh sách." in officer.open(answer.headers["location"])
    assert "Chưa có việc nào chạy lâu" in officer.open("/jobs")


def test_a_large_campaign_is_compared_as_long_work(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare_page, "AT_ONCE", 3)
    town.make_ready()
    town.meet()
    board = Browser(town, BOARD)
    form = board.form(f"/c/{CAMPAIGN}/compare?rulebook=tkv_2018", "/comparisons")
    address = board.send(form).headers["location"]
    ended(board)
    assert f"/c/{CAMPAIGN}/compare?work=1" in board.open(address)
    for language in ("vi", "en"):
        page = board.open(f"/c/{CAMPAIGN}/compare?work=1&language={language}")
        assert "/rulebooks/tkv_2018/rules/tkv.published_after_decision" in page
    other = Browser(town, OFFICER).client.get(f"/c/{CAMPAIGN}/compare?work=1")
    assert other.status_code == 404, "what somebody else had compared is his"
    wrong = board.send(form.set("rulebook", "no_such_book").set("command_id", "other"))
    assert wrong.status_code == 404
