"""What cannot be taken back is asked about first: what follows, what was typed carried on, and a way back."""

from __future__ import annotations

from datetime import date

import pytest

from states import review as life
from tests.api.browsing import Browser, forms_of, said, yes
from tests.builders import BOARD, COMMITTEE, FIRST, REPORTED, collective, member
from tests.town import Town
from workflow.database import Database

CELL = f"/c/2016/o/{FIRST}"
HEAD = member("0101")

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(database: Database) -> Town:
    """A cell that has met and voted, on the day it reports."""
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    town.now.put(REPORTED)
    return town


def test_a_report_tells_how_many_go_up_and_that_only_the_superior_gives_them_back(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form(CELL, "/submissions")
    question = secretary.send(form)
    assert question.status_code == 200
    told = said(question)
    assert "8 kỳ kiểm điểm được gửi lên" in told
    assert "Mức gửi lên: 7 tốt, 1 không xếp loại." in told
    assert "Gửi rồi không tự rút về được" in told
    assert "trả lại được, có lý do" in told
    assert town.review(HEAD).stage == life.VOTED, "nothing is recorded by the question"
    sure = yes(question.text, form.action)
    assert sure.value("on") == form.value("on")
    assert sure.value("command_id") == form.value("command_id")
    assert secretary.send(sure).status_code == 303
    assert town.review(HEAD).stage == life.SUBMITTED


def test_going_back_shows_the_form_as_it_was_typed(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form(CELL, "/submissions").set("on", "12/01/2017")
    question = secretary.send(form)
    back = next(one for one in forms_of(question.text) if one.action == form.action).set("back", "on")
    page = secretary.send(back)
    assert page.status_code == 200
    again = next(one for one in forms_of(page.text) if one.action == form.action)
    assert again.value("on") == "12/01/2017"
    assert town.review(HEAD).stage == life.VOTED


def test_what_would_be_refused_is_refused_before_it_is_asked_about(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    answer = secretary.send(secretary.form(CELL, "/submissions").set("on", "25/01/2017"))
    assert answer.status_code == 422
    assert "ngày chưa tới" in said(answer)
    assert 'value="25/01/2017"' in answer.text


def test_what_nobody_may_do_is_not_done_by_a_yes_that_was_made_up(town: Town) -> None:
    """The yes is no permission: the engine judges the command once more."""
    other = Browser(town, COMMITTEE)
    form = Browser(town, town.secretary(FIRST)).form(CELL, "/submissions")
    csrf = next(one.value("csrf") for one in forms_of(other.open(CELL)))
    answer = other.send(form.set("csrf", csrf).set("confirmed", "on"))
    assert answer.status_code == 403
    assert town.review(HEAD).stage == life.VOTED


def test_returning_appraising_and_deciding_from_the_cell_say_what_follows(town: Town) -> None:
    town.submit()
    board = Browser(town, BOARD)
    returning = said(board.send(board.form(CELL, "/return").set("reason", "Thiếu biên bản")))
    assert "8 kỳ trở về" in returning
    assert "phải báo cáo lại, trước đó có thể bỏ phiếu lại" in returning
    town.now.put(date(2017, 1, 16))
    appraising = board.form(CELL, "/appraisal")
    assert "Mức thẩm định: 7 tốt, 1 không xếp loại." in said(board.send(appraising))
    assert board.confirm(appraising).status_code == 303
    committee = Browser(town, COMMITTEE)
    deciding = committee.form(CELL, "/decision").set("document", "12-QĐ/ĐU")
    told = said(committee.send(deciding))
    assert "Mức được công nhận: 7 tốt." in told
    assert "DUK-2016, III" in told, "where annulling stands"
    assert town.review(HEAD).stage == life.APPRAISED
    assert committee.confirm(deciding).status_code == 303
    assert town.review(HEAD).stage == life.APPROVED


def test_annulling_names_the_level_that_is_lost_and_its_clause(town: Town) -> None:
    town.submit()
    town.appraise()
    town.decide()
    committee = Browser(town, COMMITTEE)
    form = committee.form(f"/r/{HEAD}", "/annulment")
    form = form.set("reason", "Che giấu khuyết điểm").set("document", "20-QĐ/ĐU")
    told = said(committee.send(form))
    assert "Mức Hoàn thành tốt nhiệm vụ quyết định ngày" in told
    assert "phải mở vòng mới" in told
    assert "DUK-2016, III" in told
    assert town.review(HEAD).stage == life.APPROVED
    assert committee.confirm(form).status_code == 303
    assert town.review(HEAD).stage == life.ANNULLED


def test_voting_again_names_the_count_that_is_put_aside(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form(f"/r/{HEAD}", "/repeated-ballot").set("reason", "Phát nhầm phiếu")
    told = said(secretary.send(form))
    assert "thôi có giá trị: Hoàn thành tốt nhiệm vụ, 7 trên 7 phiếu." in told
    assert secretary.confirm(form).status_code == 303
    assert town.review(HEAD).stage == life.REVIEWED


def test_what_can_be_put_right_is_not_asked_about(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    flag = secretary.form(f"/r/{collective(FIRST)}", "/flag").set("flag", "supplementary_required")
    assert secretary.send(flag.set("reason", "Còn thiếu ý kiến")).status_code == 303
