"""A season of a cell under DUK-2016, told by five people in five browser sessions, refusals included.

Nothing but what the pages offer is used; only the clock is put to the days of the story.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import URL

from handlers.access.first import give_at_set_up
from handlers.opening import open_campaign
from states import review as life
from states.roles import Role
from tests.browser.people import Person, Stage, staged
from tests.builders import (
    APPRAISED,
    BASE,
    CAMPAIGN,
    DECIDED,
    DECLARED,
    FAULTS,
    FIRST,
    MET,
    NOTIFIED,
    OFFICER,
    PREPARED,
    REPORTED,
    SECOND,
    SENT,
    collective,
    member,
)
from tests.town import Town
from workflow.database import Database

CELL = f"/c/{CAMPAIGN}/o/{FIRST}"
TOGETHER = f"{CELL}/together"
MEMBERS = ("0101", "0102", "0103", "0104")
TOO_EARLY = date(2017, 1, 5)
"""Two days after the draft went out on 03/01; three are needed (DUK-2016, II.3.1)."""


@pytest.fixture
def stage(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> Iterator[Stage]:
    """A town of a cell of four and another, with a board, a committee and an auditor; its season is open."""
    path = tmp_path / "season.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    town = Town.on(database, first=len(MEMBERS))
    town.enter_roster()
    for person, role in (
        ("BTC-02", Role.ORGANISATION_BOARD),
        ("DU-01", Role.SUPERIOR_COMMITTEE),
        ("KT-01", Role.AUDITOR),
    ):
        give_at_set_up(town.engine, person, role, BASE, document="QĐ 01-QĐ/ĐU")
    town.plan()
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    town.now.put(PREPARED)
    with staged(town, browser) as told:
        yield told
    database.close()


def test_a_cell_goes_from_nothing_to_decided_by_its_pages_alone(stage: Stage) -> None:
    secretary = stage.comes("0101", "hoa.nguyen")
    a_member = stage.comes("0104", "dung.pham")
    everything_is_prepared(secretary, a_member)
    the_meeting_is_prepared(stage, secretary)
    the_evening(stage, secretary)
    deputy = stage.comes("0102", "binh.tran")
    the_report(stage, secretary, deputy)
    board, committee = stage.comes("BTC-02", "ban.tochuc"), stage.comes("DU-01", "thuong.vu")
    the_decision(stage, board, committee)
    what_was_decided_is_read(stage, a_member, deputy)


def everything_is_prepared(secretary: Person, a_member: Person) -> None:
    """Reports, own ratings and facts: the secretary enters the pile, a member rates himself."""
    secretary.open(TOGETHER)
    secretary.send("/together/preparations", ticked=True)
    secretary.says("Đã ghi 6 trên 6")
    a_member.not_found(f"/r/{member('0103')}")
    a_member.not_found(CELL)
    a_member.not_found(f"/c/{CAMPAIGN}")
    a_member.open("/")
    a_member.says("Đồng chí có 1 việc làm được ngay")
    a_member.page.get_by_role("link", name="Ghi mức tự xếp loại").click()
    a_member.page.wait_for_url(f"**/r/{member('0104')}")
    a_member.send("/self-rating", level="HTTNV", on=PREPARED)
    a_member.done()
    secretary.open(TOGETHER)
    levels = {f"level.{member(person)}": "HTTNV" for person in MEMBERS[:3]}
    secretary.send("/together/self-ratings", on=PREPARED, **levels)
    secretary.says("Đã ghi 3 trên 3")
    faults = {f"fault.{name}": "no" for name in FAULTS}
    secretary.send("/together/facts", all=True, on=PREPARED, **{"task.completion": "good"}, **faults)
    secretary.says("Đã ghi 4 trên 4")


def the_meeting_is_prepared(stage: Stage, secretary: Person) -> None:
    """The superior is told, lists are declared, the draft goes out; a day too early is refused."""
    stage.day(NOTIFIED, secretary)
    for review in (collective(FIRST), *(member(person) for person in MEMBERS[:3])):
        secretary.open(f"/r/{review}")
        secretary.send("/notice", on=NOTIFIED, attachments=True)
        secretary.done()
    stage.day(DECLARED, secretary)
    secretary.open(CELL)
    secretary.send("/declarations", ticked=True)
    secretary.done()
    stage.day(SENT, secretary)
    secretary.open(f"/r/{collective(FIRST)}")
    secretary.send("/draft", on=SENT, recipients=len(MEMBERS))
    secretary.done()
    secretary.open(CELL)
    secretary.send("/plans", day=TOO_EARLY)
    secretary.refused("DUK-2016, II.3.1", "cần ít nhất 3 ngày", "06/01/2017")
    expect(secretary.page.locator('form[action$="/plans"] [name="day"]').first).to_have_value("05/01/2017")
    secretary.send("/plans", day=MET)
    secretary.done()


def the_evening(stage: Stage, secretary: Person) -> None:
    """One form for the whole evening; a row whose papers do not add up is named and the rest is kept."""
    stage.day(MET, secretary, hour=20)
    secretary.open(CELL)
    form = secretary.form("/meetings")
    for tick in form.locator('[name="ticked"]').all():
        tick.check()
    for person in ("0102", "0103"):
        form.locator(f'[name="counters"][value="{person}"]').check()
    votes = {f"ballot.{member(person)}.HTTNV": len(MEMBERS) for person in MEMBERS}
    said = {
        "issued": 4,
        "collected": 4,
        "residence_all": "read",
        "superior_attended": True,
        "announced": True,
    }
    too_many = f"ballot.{member('0104')}.HTNV"
    for name, value in {**said, **votes, too_many: 3}.items():
        secretary.fill(form, name, value)
    secretary.press("Ghi buổi họp", form)
    secretary.says("Các mức cộng lại 7 phiếu, nhiều hơn 4 phiếu hợp lệ")
    assert stage.town.review(member("0103")).stage != life.VOTED, "the whole evening waits for the row"
    form = secretary.form("/meetings")
    expect(form.locator(f'[name="ballot.{member("0103")}.HTTNV"]')).to_have_value("4")
    secretary.fill(form, too_many, "")
    secretary.press("Ghi buổi họp", form)
    secretary.done()
    assert stage.town.review(member("0104")).voted_level == "HTTNV"


def the_report(stage: Stage, secretary: Person, deputy: Person) -> None:
    """Another person compares the count; what is still missing is done where the page says."""
    deputy.open(CELL)
    deputy.send("/confirmations", ticked=True)
    deputy.done()
    stage.day(REPORTED, secretary)
    secretary.open(CELL)
    secretary.says("Báo cáo kiểm điểm tập thể đã được hoàn chỉnh")
    secretary.open(f"{CELL}/ticks")
    final = secretary.page.locator('form:has([value="duk.report_finalised"])')
    secretary.fill(final, "all", True)
    final.locator("button").last.click()
    secretary.says("Đã ghi")
    secretary.open(CELL)
    secretary.send("/submissions", on=REPORTED)
    secretary.says("Mức gửi lên: 4 tốt, 1 không xếp loại.")
    assert stage.town.review(member("0104")).stage == life.VOTED, "asked about, not sent"
    secretary.press("Gửi báo cáo: 5 kỳ")
    secretary.says("đã báo cáo")
    assert stage.town.review(member("0104")).stage == life.SUBMITTED


def the_decision(stage: Stage, board: Person, committee: Person) -> None:
    """The board appraises the cohort, the committee decides the members; without a document nothing is."""
    stage.day(APPRAISED, board)
    board.open(f"/c/{CAMPAIGN}/decide")
    board.take_everything(on=APPRAISED)
    board.says("Chưa ghi gì")
    board.press("Ghi thẩm định: 5 kỳ")
    board.says("Đã ghi 5 kỳ")
    stage.day(DECIDED, committee)
    committee.open(f"/c/{CAMPAIGN}/decide")
    committee.take_everything(on=DECIDED)
    expect(committee.page.locator("main .error").first).to_be_visible()
    committee.take_everything(on=DECIDED, document="QĐ 36-QĐ/ĐU")
    committee.says("Chưa ghi gì")
    assert stage.town.review(member("0104")).stage == life.APPRAISED
    committee.press("Ghi quyết định: 4 kỳ")
    committee.says("Đã ghi 4 kỳ")
    assert stage.town.review(member("0104")).decided_level == "HTTNV"


def what_was_decided_is_read(stage: Stage, a_member: Person, deputy: Person) -> None:
    """The member reads what was decided about him; the auditor replays it; another cell sees nothing."""
    stage.day(DECIDED, a_member, hour=15)
    a_member.open(f"/r/{member('0104')}")
    a_member.says("Hoàn thành tốt nhiệm vụ")
    auditor = stage.comes("KT-01", "kiem.tra")
    auditor.open(f"/r/{member('0104')}/history")
    auditor.says("nguyên vẹn")
    slider = auditor.page.locator('input[type="range"]')
    slider.focus()
    at_the_end = slider.input_value()
    auditor.page.keyboard.press("ArrowLeft")
    expect(slider).not_to_have_value(at_the_end)
    assert not auditor.page.locator('main form[method="post"]').count(), "an auditor changes nothing"
    stranger = stage.comes(stage.town.people(SECOND)[0], "bi.thu.hai")
    stranger.not_found(f"/r/{member('0104')}")
    stranger.not_found(CELL)
