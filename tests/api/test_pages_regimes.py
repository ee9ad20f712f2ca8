"""Pages under the other regimes: the steps each document has, why a level came out, who decides how."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from api.demo.living import live
from api.demo.regimes import Regime
from api.demo.season import Silent
from api.pages.counted import steps_of
from deadlines.due import ANNOUNCED, dues
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser, forms_of, said
from tests.api.lived import lived
from workflow.clock import ZONE
from workflow.commands.asking import Actor, Request
from workflow.commands.deciding import AppraiseBundle
from workflow.commands.preparing import TickItems
from workflow.database import Database
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook

TKV, STC = "tkv_2018/story-year.toml", "stc_2024/story-year.toml"
LEADERS = "the committee, its head, and a leader of three months"
AUDITOR = Actor(id="KT", role=Role.AUDITOR, body="DB01")
UNION = Actor(id="KT", role=Role.AUDITOR, body="CDTKV")
HEAD = Actor(id="21", role=Role.SECRETARY, body="CB2")

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("rulebook", "kind", "left_out"),
    [
        ("duk_2016", life.INDIVIDUAL, set()),
        ("duk_2016", life.COLLECTIVE, {"voted", "approved"}),  # not rated there
        ("tkv_2018", life.INDIVIDUAL, {"appraised"}),
        ("tkv_2018", life.COLLECTIVE, {"voted", "appraised"}),
        ("bg_2019", life.ORGANISATION, {"draft_sent"}),
        ("stc_2024", life.INDIVIDUAL, {"draft_sent", "appraised"}),
        ("cdtkv_2020", life.INDIVIDUAL, {"draft_sent", "voted", "appraised"}),
        ("qd366_2025", life.COLLECTIVE, {"voted"}),
    ],
)
def test_a_kind_takes_the_steps_its_document_has(rulebook: str, kind: str, left_out: set[str]) -> None:
    longest = steps_of(Rulebook.load("duk_2016"), life.INDIVIDUAL)
    assert set(longest) - set(steps_of(Rulebook.load(rulebook), kind)) == left_out


def test_a_date_for_one_type_of_body_is_not_shown_to_another() -> None:
    """QD366-2025, HD 43, 4.2 and 4.3 are about provincial standing committees alone."""
    book = Rulebook.load("qd366_2025")
    province = dues(book, 2025, life.COLLECTIVE, Facts.of("roster", {"collective.type": "btv_tinh"}))
    base = dues(book, 2025, life.COLLECTIVE, Facts.of("roster", {"collective.type": "dang_uy_co_so"}))
    assert {life.SUBMITTED, ANNOUNCED} <= set(province)
    assert set(base) == {life.APPROVED}
    assert base[life.APPROVED].last == date(2025, 12, 30)


def test_a_unit_whose_year_ends_late_has_its_own_date() -> None:
    book = Rulebook.load("qd366_2025")
    late = dues(book, 2025, life.INDIVIDUAL, Facts.of("event", {"unit.closes_late": True}))
    usual = dues(book, 2025, life.INDIVIDUAL, Facts.of("event", {"unit.closes_late": False}))
    assert late[life.APPROVED].last == date(2026, 1, 14)
    assert usual[life.APPROVED].last == date(2025, 12, 30)


def test_an_hour_is_part_of_a_date() -> None:
    """STC-2024, ¶9: by 15:00 on 13/11/2024."""
    due = dues(Rulebook.load("stc_2024"), 2024, life.INDIVIDUAL)[life.SUBMITTED]
    assert (due.last, due.hour) == (date(2024, 11, 13), "15:00")


def test_the_summing_up_of_a_unit_ends_its_reviews_the_day_before() -> None:
    """TKV-2018, KẾT ¶2: before the day the unit sums its year up (C-62)."""
    book = Rulebook.load("tkv_2018")
    told = Facts.of("event", {"unit.summing_up_on": date(2018, 12, 28)})
    assert dues(book, 2018, life.COLLECTIVE, told)[life.REVIEWED].last == date(2018, 12, 27)
    assert life.REVIEWED not in dues(book, 2018, life.COLLECTIVE)


@on_sqlite
def test_a_leader_is_named_as_one_and_leads_to_the_review_as_a_member(database: Database) -> None:
    browser = Browser(lived(database, STC, LEADERS), HEAD)
    page = browser.open("/r/2024.leader.21")
    assert "tư cách lãnh đạo, quản lý" in page
    assert "/r/2024.member.21" in page
    steps = page[page.index('class="steps"') :].partition("</ol>")[0]
    assert "Thẩm định" not in steps
    assert "Bỏ phiếu" in steps
    assert "Kỳ kiểm điểm với tư cách lãnh đạo" in browser.open("/r/2024.member.21")


@on_sqlite
def test_why_a_decided_level_came_out_is_told_on_what_the_decision_read(database: Database) -> None:
    page = Browser(lived(database, STC, LEADERS), HEAD).open("/r/2024.leader.21")
    why = page[page.index('id="why"') :].partition("</section>")[0]
    assert "Theo những gì quyết định đã dựa vào" in why
    assert "Văn bản không có tiêu chí để tính mức" in why
    assert "Bỏ phiếu mức “Hoàn thành xuất sắc nhiệm vụ”" in why
    assert "Quyết định thấp hơn: “Hoàn thành tốt nhiệm vụ”" in why
    assert "Lý do của nơi quyết định" in why


@on_sqlite
def test_before_the_decision_the_way_to_a_level_ends_where_a_condition_fails(database: Database) -> None:
    page = Browser(lived(database, TKV, "the cell's year to the end", steps=9), AUDITOR).open(
        "/r/2018.member.0103"
    )
    why = page[page.index('id="why"') :].partition("</section>")[0]
    assert "chưa phải kết quả" in why
    assert "Không đạt, xét mức dưới" in why
    assert "cấp độ: kết quả thực hiện nhiệm vụ được giao = Tốt" in why
    assert "/rules/tkv.member_" in why, "each finding leads to its rule"
    assert "Theo dữ kiện đã ghi: “Hoàn thành tốt nhiệm vụ”" in why


@on_sqlite
def test_facts_are_asked_by_topic_and_only_those_a_rule_for_the_subject_reads(database: Database) -> None:
    secretary = Actor(id="0101", role=Role.SECRETARY, body="CB01")
    browser = Browser(lived(database, TKV, "the cell's year to the end", steps=9), secretary)
    page = browser.open("/r/2018.member.0103")
    form = browser.form("/r/2018.member.0103", "/facts")
    names = {name for name, _ in form.fields}
    assert {"tasks.assigned", "grade.ethics"} <= names
    assert "staff.rating" not in names, "a fact of another regime"
    assert "Cấp độ từng tiêu chí" in page


@on_sqlite
def test_the_board_of_a_regime_without_ballot_counts_reviews(database: Database) -> None:
    story = "a specialist rates herself, the chairman decides"
    page = Browser(lived(database, "cdtkv_2020/story-office.toml", story, steps=4), UNION).open("/c/2020")
    head = page[page.index("<thead") :].partition("</thead>")[0]
    assert "Bỏ phiếu" not in head
    assert "Gửi dự thảo" not in head
    assert "đã kiểm điểm" in page
    assert "chi bộ" not in page[page.index("<main") : page.index("</main>")].lower()


@on_sqlite
def test_a_decider_chooses_levels_row_by_row_with_its_reason(database: Database) -> None:
    """STC-2024, ¶8: a row may be decided lower with its reason, or be left open."""
    story = lived(database, STC, LEADERS)
    left = story.review("2024.member.24")
    assert left.stage == life.SUBMITTED
    superior = Actor(id="DU", role=Role.SUPERIOR_COMMITTEE, body="DB")
    browser = Browser(story, superior)
    form = browser.form("/c/2024/o/CB2", "/decision").set("document", "QĐ 50-QĐ/ĐU")
    waiting = [name for name, _ in form.fields if name.endswith(".level")]
    assert "row.2024.member.24.level" in waiting
    for name in waiting:
        form = form.set(name, "HTNV" if name == "row.2024.member.24.level" else "")
    form = form.set("row.2024.member.24.reason", "Một nhiệm vụ còn chậm")
    answer = browser.confirm(form)
    assert answer.status_code == 303, answer.text
    assert story.review("2024.member.24").decided_level == "HTNV"
    assert story.review("2024.member.25").decided_level is None


@on_sqlite
def test_where_the_decider_votes_its_count_is_asked_for_each_row(database: Database) -> None:
    """BG-2019, ¶6: the deciding body votes; the count is recorded with the decision."""
    story = lived(database, "bg_2019/story-year.toml", "a grassroots cell, rated by the district", steps=12)
    assert story.review("2019.organisation.CB").stage == life.APPRAISED
    browser = Browser(story, Actor(id="BTV", role=Role.SUPERIOR_COMMITTEE, body="HU"))
    form = browser.form("/c/2019/o/CB", "/decision")
    names = {name for name, _ in form.fields}
    assert {"entitled", "row.2019.organisation.CB.in_favour"} <= names
    form = form.set("document", "QĐ 01-QĐ/HU").set("entitled", "11")
    missing = browser.send(form)
    assert missing.status_code == 422
    assert "Còn trống" in said(missing)
    over = browser.send(form.set("row.2019.organisation.CB.in_favour", "12"))
    assert over.status_code == 422
    assert 'value="12"' in said(over), "what was typed is still there"


def test_an_item_missing_from_a_report_leads_to_where_items_are_confirmed(tmp_path: Path) -> None:
    """QD366-2025, Điều 17: what the dossier holds is ticked for all rows at once, on the checklist's page."""
    before = datetime(2026, 11, 29, tzinfo=ZONE)
    season = live(f"sqlite:///{tmp_path.as_posix()}/demo.db", Regime.QD366_2025, Silent(), before)
    page = Browser(season.service, Actor(id="MT21", role=Role.SECRETARY, body="MTVP")).open("/c/2026/o/MTVP")
    report = page[page.index('id="submission"') : page.index('id="lists')]
    assert "Hồ sơ có bản kiểm điểm" in report
    assert 'href="/c/2026/o/MTVP/ticks"' in report
    season.service.close()


def test_a_decision_that_lacks_an_item_says_where_to_confirm_it(tmp_path: Path) -> None:
    """QD366-2025, Điều 17: the appraisal's summary belongs to the dossier; nobody has confirmed it yet."""
    before = datetime(2026, 12, 1, tzinfo=ZONE)
    season = live(f"sqlite:///{tmp_path.as_posix()}/demo.db", Regime.QD366_2025, Silent(), before)
    on, board = date(2026, 11, 30), Actor(id="BTC", role=Role.ORGANISATION_BOARD, body="DBMT")
    own = TickItems(review="2026.organisation.MTKT", ticked=("qd366.agency_rated_first",), on=on)
    for command in (own, AppraiseBundle(submission="MTKT-KQ", on=on)):
        season.service.engine.handle(Request(command=command, actor=board))
    committee = Browser(season.service, Actor(id="BTV", role=Role.SUPERIOR_COMMITTEE, body="DBMT"))
    page = committee.open("/c/2026/decide?body=MTKT")
    assert "Quyết định xếp loại: 4 kỳ, 4 chưa ghi được" in page
    form = next(one for one in forms_of(page) if "/decide/confirmation" in one.action)
    answer = committee.send(form.set("document", "QĐ 14-QĐ/ĐU").set("all.MTKT-KQ", "on"))
    assert "4 kỳ sẽ không được ghi" in said(answer)
    assert 'href="/c/2026/o/MTKT/ticks">Danh mục kiểm tra của Chi bộ Phòng Kỹ thuật</a>' in answer.text
    season.service.close()
