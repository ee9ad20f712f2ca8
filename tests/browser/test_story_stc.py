"""A season of a cell under STC-2024, told by six people in six browser sessions, refusals included.

The officer opens the campaign from its page. There is no draft and no appraisal; a quota sends the cell back:
two of four are excellent by the papers, one may be chosen. The cell votes again, reports by the hour, and the
committee decides with its reasons, since nothing is computed there. Only the clock is put to the days.
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
from states import review as life
from states.roles import Role
from tests.browser.people import Person, Stage, staged
from tests.builders import BASE, BLOC, FIRST, OFFICER, member
from tests.town import Town
from workflow.database import Database

CAMPAIGN = "2024"
CELL = f"/c/{CAMPAIGN}/o/{FIRST}"
LEADER = f"{CAMPAIGN}.leader.0101"
MEMBERS = tuple(member(person, CAMPAIGN) for person in ("0101", "0102", "0103", "0104"))
OPENED, WRITTEN, MET = date(2024, 11, 5), date(2024, 11, 6), date(2024, 11, 12)
REPORTED, DECIDED = date(2024, 11, 13), date(2024, 11, 20)
CRITICAL, SOUND = "ticked.stc.strengths_and_shortcomings", "ticked.stc.signs_of_degradation"
"""What a self-review is confirmed to hold (STC-2024, ¶4)."""


@pytest.fixture
def stage(browser: Browser, migrated_sqlite: Path, tmp_path: Path) -> Iterator[Stage]:
    """A town with an officer, a committee and an auditor; nobody has planned a campaign yet."""
    path = tmp_path / "season.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(URL.create("sqlite", database=str(path)).render_as_string())
    town = Town.on(database, first=4)
    town.enter_roster()
    town.now.put(OPENED)
    for person, role in (
        (OFFICER.id, Role.OFFICER),
        ("DU-01", Role.SUPERIOR_COMMITTEE),
        ("KT-01", Role.AUDITOR),
    ):
        give_at_set_up(town.engine, person, role, BASE, document="QĐ 01-QĐ/ĐU")
    with staged(town, browser) as told:
        yield told
    database.close()


def test_a_cell_that_chose_two_votes_again_and_is_decided(stage: Stage) -> None:
    officer = stage.comes(OFFICER.id, "can.bo")
    the_campaign_is_opened(officer)
    stage.day(WRITTEN)
    a_member, secretary = stage.comes("0104", "dung.pham"), stage.comes("0101", "hoa.nguyen")
    everything_is_written(secretary, a_member)
    the_evening(stage, secretary)
    deputy = stage.comes("0102", "binh.tran")
    another_person_confirms(secretary, deputy)
    one_too_many(stage, secretary, deputy)
    the_report(stage, secretary)
    decided_with_reasons(stage)
    what_was_decided_is_read(stage, officer, a_member)


def the_campaign_is_opened(officer: Person) -> None:
    """The first page leads to the plan; a regulation that leaves things to a layer opens nothing."""
    officer.open("/")
    officer.page.get_by_role("link", name="Lập đợt kiểm điểm").click()
    officer.send("/campaigns/new", rulebook="qd366_2025", superior=BLOC)
    officer.refused("Cần lớp quy định địa phương", "Nơi quyết định mức xếp loại của đảng viên")
    expect(officer.page.locator('main form[action="/campaigns"]')).to_have_count(0)
    expect(officer.page.locator('[name="superior"]').first).to_have_value(BLOC)
    officer.send("/campaigns/new", rulebook="stc_2024")
    officer.says("Sẽ lập 15 kỳ kiểm điểm")
    officer.press("Lập và mở đợt: 15 kỳ")
    officer.page.wait_for_url("**/jobs/1")
    officer.says("Đã xong: mở đợt kiểm điểm")
    officer.says("15 trên 15 kỳ kiểm điểm")
    officer.page.get_by_role("link", name="Xem tiến độ của đợt").click()
    officer.page.wait_for_url(f"**/c/{CAMPAIGN}")
    officer.says("0 trên 11 đảng viên đã bỏ phiếu")


def everything_is_written(secretary: Person, a_member: Person) -> None:
    """A member writes his own review, refused while it lacks something; the secretary enters the rest."""
    a_member.not_found(f"/r/{MEMBERS[2]}")
    a_member.not_found(CELL)
    a_member.open("/")
    a_member.page.get_by_role("link", name="Viết bản tự kiểm điểm").click()
    a_member.page.wait_for_url(f"**/r/{MEMBERS[3]}")
    a_member.send("/preparation", on=WRITTEN, **{CRITICAL: True})
    a_member.refused("Bản kiểm điểm soi các biểu hiện suy thoái", "STC-2024, ¶4")
    expect(a_member.form("/preparation").locator(f'[name="{CRITICAL}"]')).to_be_checked()
    a_member.send("/preparation", **{SOUND: True})
    a_member.done()
    a_member.send("/self-rating", level="HTXSNV", on=WRITTEN)
    a_member.done()
    secretary.open(f"{CELL}/together")
    secretary.send("/together/preparations", ticked=True)
    secretary.says("Đã ghi 6 trên 6")


def the_evening(stage: Stage, secretary: Person) -> None:
    """Everybody is reviewed and voted on, once it is known who was ill; two have three papers of four."""
    stage.day(MET, secretary, hour=20)
    secretary.open(CELL)
    votes = {f"ballot.{one}.HTTNV": 4 for one in (LEADER, *MEMBERS[:2])}
    votes |= {f"ballot.{one}.HTXSNV": 3 for one in MEMBERS[2:]}
    the_papers(secretary, residence_all="read", **votes)
    secretary.refused("Nghỉ ốm từ 3 tháng trở lên trong năm", "STC-2024, ¶7")
    secretary.refused("đồng chí Nguyễn Thị Hoa (lãnh đạo, quản lý), đồng chí Nguyễn Thị Hoa,")
    assert stage.town.review(MEMBERS[3]).stage == life.PREPARED, "nothing of the evening is recorded"
    secretary.send("/declarations", ticked=True)
    secretary.done()
    secretary.says("đã lưu 5")
    secretary.fill(secretary.form("/meetings"), "residence_all", "read")
    secretary.press("Ghi buổi họp")
    secretary.done()
    assert stage.town.review(MEMBERS[3]).voted_level == "HTXSNV"


def the_papers(secretary: Person, **filled: object) -> None:
    """Four papers, counted by two, announced at the meeting."""
    form = secretary.form("/meetings")
    for person in ("0102", "0103"):
        form.locator(f'[name="counters"][value="{person}"]').check()
    for name, value in {"issued": 4, "collected": 4, "announced": True, **filled}.items():
        secretary.fill(form, name, value)
    secretary.press("Ghi buổi họp", form)


def another_person_confirms(secretary: Person, deputy: Person) -> None:
    """Whoever entered the count does not confirm it; the deputy has compared it with the minutes."""
    secretary.open(CELL)
    secretary.send("/confirmations", ticked=True)
    secretary.refused("Đồng chí là người đã nhập số này; người thứ hai phải là người khác")
    deputy.open(CELL)
    deputy.send("/confirmations", ticked=True)
    deputy.done()


def one_too_many(stage: Stage, secretary: Person, deputy: Person) -> None:
    """The report is not offered while two are excellent; after another ballot, confirmed as well, it is."""
    secretary.open(CELL)
    secretary.says("2 hoàn thành xuất sắc")
    secretary.says("được chọn 1")
    secretary.says("STC-2024, ¶8")
    expect(secretary.page.locator('main form[action$="/submissions"]')).to_have_count(0)
    secretary.open(f"/r/{MEMBERS[3]}")
    secretary.send("/repeated-ballot", reason="Hai người cùng mức xuất sắc, chi bộ chọn lại")
    secretary.says("thôi có giá trị")
    secretary.press("Mở lại phần bỏ phiếu")
    secretary.done()
    secretary.open(CELL)
    the_papers(secretary, **{f"ballot.{MEMBERS[3]}.HTTNV": 4})
    secretary.done()
    deputy.open(CELL)
    deputy.send("/confirmations", ticked=True)
    deputy.done()
    minutes = secretary.open(f"{CELL}/print/count")
    expect(minutes.get_by_text("thôi có giá trị, đã bỏ phiếu lại")).to_have_count(1)


def the_report(stage: Stage, secretary: Person) -> None:
    """An hour too late is told before anything goes; by 15:00 of 13/11 nothing is left to tell."""
    stage.day(REPORTED, secretary, hour=9)
    secretary.open(CELL)
    secretary.send("/submissions", on=REPORTED, hour="15:30")
    secretary.says("Chưa đạt, nhưng vẫn gửi được")
    secretary.says("STC-2024, ¶9")
    secretary.press("Quay lại")
    expect(secretary.form("/submissions").locator('[name="hour"]')).to_have_value("15:30")
    secretary.send("/submissions", on=REPORTED, hour="09:30")
    secretary.says("Gửi rồi không tự rút về được")
    expect(secretary.page.locator("main")).not_to_contain_text("Chưa đạt")
    assert stage.town.review(MEMBERS[3]).stage == life.VOTED, "asked about, not sent"
    secretary.press("Gửi báo cáo")
    secretary.says("2024-CB01-1: 6 kỳ, gửi 13/11/2024, đã báo cáo, chờ quyết định")
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
    committee.says("Đã ghi 5 kỳ")
    committee.says("Nguyễn Thị Hoa (lãnh đạo, quản lý)")
    assert [stage.town.review(one).decided_level for one in MEMBERS] == ["HTTNV", "HTTNV", "HTXSNV", "HTTNV"]


def what_was_decided_is_read(stage: Stage, officer: Person, a_member: Person) -> None:
    """The member reads his level beside his own; the officer sees who is late; the auditor replays it."""
    stage.day(DECIDED, officer, a_member, hour=15)
    a_member.open(f"/r/{MEMBERS[3]}")
    a_member.says("Kết quả: Hoàn thành tốt nhiệm vụ")
    a_member.says("khác mức cuối cùng")
    officer.open("/")
    officer.says("3 bước quá hạn")
    officer.says("nên xong chậm nhất 13/11/2024, đã quá 5 ngày làm việc")
    officer.open(f"/c/{CAMPAIGN}")
    officer.says("Tiến độ: 1 chi bộ trễ")
    officer.says("5 trên 11 đảng viên đã bỏ phiếu")
    auditor = stage.comes("KT-01", "kiem.tra")
    auditor.open(f"/r/{MEMBERS[2]}/history")
    auditor.says("nguyên vẹn")
    auditor.says("tính lại ra đúng như đã lưu")
    assert not auditor.page.locator('main form[method="post"]').count(), "an auditor changes nothing"
    auditor.open(f"/audit?review={MEMBERS[3]}")
    auditor.says("Phạm Quốc Dũng")
    auditor.says("Bỏ phiếu lại: Hai người cùng mức xuất sắc")
