"""The cohort on one page, without scripts: tried, confirmed, recorded, an outcome a row; who sees what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from states.roles import Role
from tests.api.browsing import Browser, Form, forms_of, said
from tests.api.lived import Lived
from tests.two_cells import BOARD, COMMITTEE, members_of, two_cells
from workflow.commands.asking import Actor, Request
from workflow.commands.beside import RaiseFlag
from workflow.database import Database

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PAGE = "/c/2026/decide"
BAO, YEN = members_of("CB1")[:2]
CHAU = members_of("CB2")[0]
KEPT = ("events", "heads", "findings", "refusals", "reviews", "bundles")


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Lived:
    """Two cells appraised: three excellent, nine good, and place for two."""
    return two_cells(database, tmp_path)


def judged(browser: Browser, page: str = PAGE) -> Form:
    """The form over the whole cohort."""
    return next(form for form in forms_of(browser.open(page)) if "/decide/confirmation" in form.action)


def to(form: Form, address: str) -> Form:
    """The form sent by its other button."""
    return Form(form.action.replace("/confirmation", address), form.fields)


def counted(database: Database) -> list[int]:
    """How many rows the log and what is made from it have."""
    with database.read() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in KEPT]


def flag(left: Lived, review: str) -> None:
    """A colleague marks a review."""
    command = RaiseFlag(review=review, flag="under_verification", reason="đơn thư", on=left.now().date())
    left.engine.handle(Request(command=command, actor=BOARD))


def test_the_first_look_says_how_many_need_a_look_and_how_the_quota_stands(here: Lived) -> None:
    page = Browser(here, COMMITTEE).open(PAGE)
    assert "Quyết định xếp loại: 12 kỳ, 3 cần xem" in page
    assert "9 kỳ có phiếu, quy định và thẩm định khớp nhau." in page
    assert '<b class="num">3/2</b>' in page
    assert "20% × 9 = 1,8 → 1; với 2 người thì 20% × 10 = 2 → 2" in page
    assert "Theo số phiếu: Phạm Gia Bảo 7/7, Lê Minh Châu 7/7, Đỗ Hải Yến 6/7." in page
    assert "Vượt hạn mức: cả danh sách có 3 ở mức cao nhất, được 2." in page
    assert "6/7, cần từ 5" in page
    assert page.count('class="unit full') == 2
    assert page.count('class="unit over') == 1


def test_what_agrees_is_folded_by_body_and_ticked_what_does_not_is_not(here: Lived) -> None:
    form = judged(Browser(here, COMMITTEE))
    assert (form.value("all.CB1"), form.value("all.CB2")) == ("on", "on")
    assert not form.value(f"take.{BAO}")
    assert form.value(f"level.{YEN}") == "HTXSNV"
    assert form.value("by") == "btv", "the one whom the rules name"


def test_a_trial_says_what_would_be_refused_and_saves_nothing(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    form = judged(browser).set(f"take.{BAO}", "on").set(f"take.{YEN}", "on").set(f"take.{CHAU}", "on")
    before = counted(here.database)
    tried = browser.send(to(form, "/trial"))
    assert tried.status_code == 200
    assert "Đang thử, chưa lưu: chọn 12 kỳ, ghi được 9, sẽ bị từ chối 3." in said(tried)
    kept = next(one for one in forms_of(tried.text) if one.action == form.action)
    assert kept.value(f"take.{CHAU}") == "on"
    lower = kept.set(f"level.{YEN}", "HTTNV").set(f"reason.{YEN}", "Chọn theo số phiếu")
    again = said(browser.send(to(lower, "/trial")))
    assert "chọn 12 kỳ, ghi được cả" in again
    assert '<b class="num">2/2</b>' in again
    assert 'value="Chọn theo số phiếu"' in again
    assert counted(here.database) == before


def test_another_level_than_advised_needs_a_reason_and_stays_as_typed(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    form = judged(browser).set(f"take.{YEN}", "on").set(f"level.{YEN}", "HTTNV").set("document", "QĐ 12")
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "Khác mức đã đề nghị: ghi lý do." in said(answer)
    kept = next(one for one in forms_of(answer.text) if one.action == form.action)
    assert (kept.value(f"level.{YEN}"), kept.value("document")) == ("HTTNV", "QĐ 12")


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("document", "", "Còn trống, hãy điền."),
        ("on", "31/02/2026", "Không có ngày này"),
        (f"level.{members_of('CB1')[2]}", "XUẤT SẮC", "Không có trong các lựa chọn."),
        ("by", "toi", "Không có trong các lựa chọn."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_confirmed(
    here: Lived, field: str, value: str, complaint: str
) -> None:
    browser = Browser(here, COMMITTEE)
    answer = browser.send(judged(browser).set("document", "QĐ 12").set(field, value))
    assert answer.status_code == 422
    assert complaint in said(answer)


def test_nothing_chosen_is_said(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    form = judged(browser).set("document", "QĐ 12").set("all.CB1").set("all.CB2")
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "Chưa chọn kỳ nào." in said(answer)
    assert "Chưa chọn kỳ nào." in said(browser.send(to(form, "/trial")))


def test_before_it_is_recorded_a_page_says_what_follows(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    form = judged(browser).set("document", "QĐ 12-QĐ/ĐU").set(f"take.{YEN}", "on")
    form = form.set(f"level.{YEN}", "HTTNV").set(f"reason.{YEN}", "Chọn theo <số phiếu>")
    before = counted(here.database)
    page = browser.send(form)
    assert page.status_code == 200
    shown = said(page)
    assert "Ghi quyết định cho 10 kỳ?" in shown
    assert "muốn đổi phải hủy kết quả và xếp loại lại, có lý do" in shown
    assert "1 kỳ khác mức đã đề nghị" in shown
    assert "Chọn theo &lt;số phiếu&gt;" in page.text
    assert "QD366-2025, Điều 15" in shown, "where the annulment stands"
    assert counted(here.database) == before


def test_what_was_confirmed_is_recorded_with_an_outcome_a_row(here: Lived) -> None:
    """All twelve as voted: the nine good are decided, the three above the ceiling are refused by name."""
    browser = Browser(here, COMMITTEE)
    form = judged(browser).set("document", "QĐ 12-QĐ/ĐU")
    for review in (BAO, YEN, CHAU):
        form = form.set(f"take.{review}", "on")
    confirmation = browser.send(form)
    assert "3 kỳ sẽ không được ghi" in said(confirmation)
    record = next(one for one in forms_of(confirmation.text) if one.action == PAGE)
    outcome = browser.send(record)
    assert outcome.status_code == 200
    told = said(outcome)
    assert "Đã ghi 9 kỳ" in told
    assert "Bị từ chối 3, bỏ qua vì có người khác vừa sửa 0." in told
    refused = told.partition("3 kỳ chưa được ghi")[2].partition("9 kỳ đã ghi")[0]
    for name in ("Phạm Gia Bảo", "Đỗ Hải Yến", "Lê Minh Châu"):
        assert name in refused
    assert refused.count("Vượt hạn mức") == 3
    assert here.review(members_of("CB2")[3]).decided_level == "HTTNV"
    assert here.review(BAO).decided_level is None
    assert "Quyết định xếp loại: 3 kỳ, 3 cần xem" in browser.open(PAGE)


def test_what_the_trial_said_is_what_the_record_did(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    form = judged(browser).set("document", "QĐ 12").set(f"take.{BAO}", "on").set(f"take.{CHAU}", "on")
    form = form.set(f"level.{CHAU}", "HTTNV").set(f"reason.{CHAU}", "Chọn theo số phiếu")
    tried = said(browser.send(to(form, "/trial")))
    found = re.search(r"chọn (\d+) kỳ, ghi được (cả|\d+)", tried)
    assert found is not None
    record = next(one for one in forms_of(browser.send(form).text) if one.action == PAGE)
    done = re.search(r"Đã ghi (\d+) kỳ", said(browser.send(record)))
    assert done is not None
    assert done.group(1) == (found.group(1) if found.group(2) == "cả" else found.group(2))


def test_a_row_somebody_changed_meanwhile_is_skipped_by_name(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    record = _confirmed(browser)
    changed = members_of("CB1")[3]
    flag(here, changed)
    told = said(browser.send(record))
    assert "Đã ghi 8 kỳ" in told
    assert "Bỏ qua: có người khác vừa sửa" in told
    assert "Vũ Ngọc Lan" in told.partition("chưa được ghi")[2].partition("đã ghi")[0]
    assert here.review(changed).stage == "appraised"


def test_sent_twice_it_is_recorded_once_and_said_to_be_done_already(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    record = _confirmed(browser)
    assert "Đã ghi 9 kỳ" in said(browser.send(record))
    before = counted(here.database)
    again = said(browser.send(record))
    assert "Chưa ghi kỳ nào" in again
    assert again.count("Bỏ qua: có người khác vừa sửa") == 9
    assert counted(here.database) == before


def test_ids_of_others_give_no_names_away(here: Lived) -> None:
    """A review that does not lie with one's own body is not told by putting its id into the form."""
    stranger = Actor(id="X", role=Role.SUPERIOR_COMMITTEE, body="DUK")
    browser = Browser(here, COMMITTEE)
    record = _confirmed(browser)
    other = Browser(here, stranger)
    csrf = next(form for form in forms_of(other.open("/c/2026/decide")) if form.value("csrf")).value("csrf")
    answer = other.send(record.set("csrf", csrf))
    shown = said(answer).partition("<main")[2].partition("</main>")[0]
    assert "Phạm Gia Bảo" not in shown
    assert "Ngô Văn Khoa" not in shown
    assert here.review(members_of("CB1")[2]).stage == "appraised"


def _confirmed(browser: Browser) -> Form:
    confirmation = browser.send(judged(browser).set("document", "QĐ 12"))
    return next(
        one
        for one in forms_of(confirmation.text)
        if one.action.startswith(PAGE) and one.action.endswith("decide")
    )


def test_a_flag_brings_its_row_to_the_front_and_says_what_it_is(here: Lived) -> None:
    flag(here, members_of("CB2")[4])
    page = Browser(here, COMMITTEE).open(PAGE)
    assert "12 kỳ, 4 cần xem" in page
    urgent = page.partition("Cần xem trước")[2].partition("Khớp nhau")[0]
    assert "Tạ Đình Tùng" in urgent
    assert "Đang mang dấu: đang xác minh." in urgent


def test_one_body_can_be_looked_at_alone(here: Lived) -> None:
    page = Browser(here, COMMITTEE).open(f"{PAGE}?body=CB2")
    assert "Quyết định xếp loại: 6 kỳ" in page
    assert "Phạm Gia Bảo</a>" not in page
    assert '<b class="num">3/2</b>' in page, "its list is larger than it"


def test_the_board_appraises_on_the_same_page(database: Database, tmp_path: Path) -> None:
    left = two_cells(database, tmp_path, appraised=False)
    browser = Browser(left, BOARD)
    page = browser.open(PAGE)
    assert "Thẩm định: 12 kỳ, không ai phải xem riêng" in page
    form = judged(browser)
    assert not form.value("document")
    form = form.set("all.CB2").set(f"level.{BAO}", "HTTNV").set(f"reason.{BAO}", "còn việc chậm")
    confirmation = browser.send(form)
    assert "Ghi thẩm định cho 6 kỳ?" in said(confirmation)
    record = next(one for one in forms_of(confirmation.text) if one.action == PAGE)
    assert "Đã ghi 6 kỳ" in said(browser.send(record))
    assert (left.review(BAO).appraised_level, left.review(BAO).appraised_reason) == ("HTTNV", "còn việc chậm")
    deciding = Browser(left, COMMITTEE).open(PAGE)
    assert "Thẩm định khác mức báo cáo: còn việc chậm." in deciding
    assert "Chi bộ Phân xưởng 2: 6 kỳ, chờ Ban Tổ chức thẩm định" in deciding


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OFFICER, Role.INSPECTION])
def test_who_only_looks_sees_the_rows_and_no_form(here: Lived, role: Role) -> None:
    page = Browser(here, Actor(id="A", role=role, body="DB")).open(PAGE)
    assert "12 kỳ" in page
    assert '<select id="row-' not in page
    assert "Ghi quyết định" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    "actor",
    [
        None,
        Actor(id="11", role=Role.SECRETARY, body="CB1"),
        Actor(id="21", role=Role.MEMBER, body="CB1"),
        Actor(id="21", role=Role.MEMBER, body="DB"),
        Actor(id="Q", role=Role.ADMINISTRATOR, body="DB"),
        Actor(id="K", role=Role.SUPERIOR_COMMITTEE, body="DUK"),
    ],
)
def test_nobody_sees_what_lies_with_another_body(here: Lived, actor: Actor | None) -> None:
    answer = Browser(here, actor).client.get(PAGE)
    assert answer.status_code in (200, 401, 404)
    shown = said(answer).partition("<main")[2].partition("</main>")[0]
    for name in ("Phạm Gia Bảo", "Đỗ Hải Yến", "Chi bộ Phân xưởng 2"):
        assert name not in shown


def test_an_unknown_campaign_is_not_there(here: Lived) -> None:
    assert Browser(here, COMMITTEE).client.get("/c/2031/decide").status_code == 404


def test_the_paper_lists_everybody_with_the_quota_and_signatures(here: Lived) -> None:
    page = Browser(here, COMMITTEE).open(f"{PAGE}?paper=on")
    assert "Tờ trình về việc xếp loại năm 2026" in page
    assert page.count('<th scope="row">') >= 12
    assert "T/M cấp ủy" in page
    assert '<select id="row-' not in page


def test_the_pages_speak_english(here: Lived) -> None:
    browser = Browser(here, COMMITTEE)
    assert "To decide: 12 reviews, 3 need a look" in browser.open(f"{PAGE}?language=en")
    form = judged(browser).set("document", "QĐ 12")
    assert "Record the decision for 9 reviews?" in said(browser.send(form))
