"""A season of a cell under STC-2024 in the browser: no draft, no appraisal, a quota that sends the cell back.

Two of four are excellent by the papers, one may be chosen; the cell votes again, reports by the hour, and the
committee decides with its reasons, since nothing is computed there.
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
from tests.browser.people import Person, Stage, served
from tests.builders import BASE, BLOC, FIRST, OFFICER, member
from tests.town import Town
from workflow.commands.campaign import PlanCampaign
from workflow.database import Database

CAMPAIGN = "2024"
CELL = f"/c/{CAMPAIGN}/o/{FIRST}"
LEADER = f"{CAMPAIGN}.leader.0101"
MEMBERS = tuple(member(person, CAMPAIGN) for person in ("0101", "0102", "0103", "0104"))
OPENED, WRITTEN, MET = date(2024, 11, 5), date(2024, 11, 6), date(2024, 11, 12)
REPORTED, DECIDED = date(2024, 11, 13), date(2024, 11, 20)


@pytest.fixture
def stage(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> Iterator[Stage]:
    """A town whose season of 2024 is open, with a committee and an auditor."""
    path = tmp_path / "season.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    town = Town.on(database, first=4)
    town.enter_roster()
    town.now.put(OPENED)
    for person, role in (("DU-01", Role.SUPERIOR_COMMITTEE), ("KT-01", Role.AUDITOR)):
        give_at_set_up(town.engine, person, role, BASE, document="QĐ 01-QĐ/ĐU")
    planned = PlanCampaign(
        campaign=CAMPAIGN, year=2024, rulebook="stc_2024", organisation=BASE, superior=BLOC, roster_day=OPENED
    )
    town.do(planned, OFFICER)
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    town.now.put(WRITTEN)
    with served(database, town.engine) as address:
        yield Stage(town, address, browser)
    database.close()


def test_a_cell_that_chose_two_votes_again_and_is_decided(stage: Stage) -> None:
    secretary = stage.comes("0101", "hoa.nguyen")
    secretary.open(f"{CELL}/together")
    secretary.send("/together/preparations", ticked=True)
    secretary.says("Đã ghi 7 trên 7")
    the_evening(stage, secretary)
    one_too_many(stage, secretary)
    decided_with_reasons(stage)
    auditor = stage.comes("KT-01", "kiem.tra")
    auditor.open(f"/r/{MEMBERS[2]}/history")
    auditor.says("nguyên vẹn")
    auditor.open(f"/audit?review={MEMBERS[3]}")
    auditor.says("Phạm Quốc Dũng")


def the_evening(stage: Stage, secretary: Person) -> None:
    """Everybody is reviewed and voted on; two have three papers of four for excellent."""
    stage.day(MET, secretary, hour=20)
    secretary.open(CELL)
    secretary.send("/declarations", ticked=True)
    secretary.done()
    votes = {f"ballot.{one}.HTTNV": 4 for one in (LEADER, *MEMBERS[:2])}
    votes |= {f"ballot.{one}.HTXSNV": 3 for one in MEMBERS[2:]}
    the_papers(secretary, residence_all="read", **votes)
    assert stage.town.review(MEMBERS[3]).voted_level == "HTXSNV"


def the_papers(secretary: Person, **filled: object) -> None:
    """Four papers, counted by two, announced at the meeting."""
    form = secretary.form("/meetings")
    for person in ("0102", "0103"):
        form.locator(f'[name="counters"][value="{person}"]').check()
    for name, value in {"issued": 4, "collected": 4, "announced": True, **filled}.items():
        secretary.fill(form, name, value)
    secretary.press("Ghi buổi họp", form)
    secretary.done()


def one_too_many(stage: Stage, secretary: Person) -> None:
    """The report is not offered while two are excellent; after another ballot it is, with its hour."""
    secretary.open(CELL)
    secretary.says("2 hoàn thành xuất sắc")
    secretary.says("được chọn 1")
    expect(secretary.page.locator('main form[action$="/submissions"]')).to_have_count(0)
    secretary.open(f"/r/{MEMBERS[3]}")
    secretary.send("/repeated-ballot", reason="Hai người cùng mức xuất sắc, chi bộ chọn lại")
    secretary.says("thôi có giá trị")
    secretary.press("Mở lại phần bỏ phiếu")
    secretary.done()
    secretary.open(CELL)
    the_papers(secretary, **{f"ballot.{MEMBERS[3]}.HTTNV": 4})
    stage.day(REPORTED, secretary, hour=9)
    secretary.open(CELL)
    secretary.send("/submissions", on=REPORTED, hour="09:30")
    secretary.says("Gửi rồi không tự rút về được")
    secretary.press("Gửi báo cáo")
    secretary.says("2024-CB01-1")
    assert {stage.town.review(one).stage for one in MEMBERS} == {life.SUBMITTED}


def decided_with_reasons(stage: Stage) -> None:
    """STC-2024 computes no level: without a reason nothing is decided, and each row says so."""
    stage.day(DECIDED)
    committee = stage.comes("DU-01", "thuong.vu")
    committee.open(f"/c/{CAMPAIGN}/decide")
    committee.says("Phải ghi lý do")
    committee.take_everything(on=DECIDED, document="QĐ 41-QĐ/ĐU")
    committee.says("sẽ không được ghi")
    assert stage.town.review(MEMBERS[2]).stage == life.SUBMITTED
    committee.open(f"/c/{CAMPAIGN}/decide")
    reasons = {f"reason.{one}": "Theo kết quả bỏ phiếu của chi bộ" for one in (LEADER, *MEMBERS)}
    committee.take_everything(on=DECIDED, document="QĐ 41-QĐ/ĐU", **reasons)
    committee.press("Ghi quyết định")
    committee.says("Đã ghi")
    assert [stage.town.review(one).decided_level for one in MEMBERS] == ["HTTNV", "HTTNV", "HTXSNV", "HTTNV"]
