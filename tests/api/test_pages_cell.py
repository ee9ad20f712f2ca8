"""A cell's evening is recorded through its form, on both databases; a refused one keeps what was typed."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import update

from handlers.roster_tables import PEOPLE
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser, Form, forms_of, said
from tests.builders import (
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    FIRST,
    MET,
    REPORTED,
    SECOND,
    collective,
    member,
    organisation,
)
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.meeting import AgendaItem, Papers, RecordMeeting
from workflow.commands.preparing import ProposeLevel
from workflow.database import Database

CELL = f"/c/2016/o/{FIRST}"


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose first cell is ready to meet, on the evening it does."""
    town = Town.on(database).open()
    town.make_ready()
    town.now.put(MET, 20)
    return town


def test_the_evening_is_over_once_the_papers_are_counted(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    before = secretary.open(CELL)
    assert "Đang ở mục 1 trên" in before
    assert "Đã kiểm phiếu" not in before
    town.meet()
    after = secretary.open(CELL)
    assert "bỏ phiếu và kiểm phiếu. 7 đảng viên" not in after, "that item is no longer where they are"
    assert "Đã kiểm phiếu; người thứ hai chưa xác nhận" in after


def evening(browser: Browser, town: Town, *, votes: int = 7) -> Form:
    """The meeting form as a secretary fills it in: everything ticked, everybody voted on."""
    form = browser.form(CELL, "/meetings")
    form = form.set("issued", "7").set("collected", "7").set("invalid", "0").set("superior_attended", "on")
    form = form.set("announced", "on").set("residence_all", "read")
    form = form.set(
        "ticked", "report.directed_by_head", "self_review.covers_all_posts", "session.summary_of_posts"
    )
    for person in town.people(FIRST):
        form = form.set(f"ballot.{member(person)}.HTTNV", str(votes))
    return form


def test_a_whole_evening_is_recorded_by_one_form(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    answer = browser.send(evening(browser, town))
    assert answer.status_code == 303, answer.text[-3000:]
    assert answer.headers["location"] == f"{CELL}?done=done"
    assert town.review(collective(FIRST)).stage == life.REVIEWED
    for person in town.people(FIRST):
        assert town.review(member(person)).stage == life.VOTED
        assert "announced" in town.review(member(person)).dates
    assert "Đã ghi." in browser.open(answer.headers["location"])


def test_what_nobody_checked_about_the_place_of_residence_is_not_recorded(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = evening(browser, town).set("residence_all", "")
    assert {value for name, value in form.fields if name.endswith(".residence")} == {""}
    answer = browser.send(form)
    assert answer.status_code == 422
    assert said(answer).count("Chọn nhận xét nơi cư trú đã đọc chưa") == 14, (
        "beside each row, and in the list"
    )
    assert town.review(member(town.head(FIRST))).stage == life.PREPARED


def test_one_choice_about_the_place_of_residence_holds_for_rows_left_open(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    away = town.people(FIRST)[5]
    form = evening(browser, town).set(f"session.{member(away)}.residence", "missing_with_reason")
    assert browser.send(form).status_code == 303
    told = {
        person: next(
            json.loads(one.data)["residence_comment"]
            for one in town.history(f"review/{member(person)}")
            if one.name == "session_held"
        )
        for person in town.people(FIRST)
    }
    assert told.pop(away) == "missing_with_reason"
    assert set(told.values()) == {"read"}


def test_somebody_unticked_was_absent_and_waits_for_the_next_meeting(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    away = town.people(FIRST)[5]
    form = evening(browser, town, votes=6).set(f"session.{member(away)}.reviewed")
    form = form.set("present", *(p for p in town.people(FIRST) if p != away))
    form = form.set(f"ballot.{member(away)}.HTTNV").set("issued", "6").set("collected", "6")
    assert browser.send(form).status_code == 303
    assert town.review(member(away)).stage == life.ABSENT


def test_a_refused_evening_says_the_clause_and_keeps_what_was_typed(town: Town) -> None:
    """The head chaired his own review, which the deputy has to do (DUK-2016, II.3.2)."""
    browser = Browser(town, town.secretary(FIRST))
    head = town.head(FIRST)
    form = evening(browser, town).set(f"session.{member(head)}.chair", head).set("issued", "7")
    form = form.set(f"ballot.{member(town.people(FIRST)[4])}.HTTNV", "5")
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "DUK-2016, II.3.2" in said(answer)
    assert "Nguyễn Thị Hoa" in said(answer), "whom the rule is about is named"
    assert 'name="took_place"' in said(answer), "what really happened can be recorded so"
    again = next(f for f in forms_of(answer.text) if f.action.endswith("/meetings"))
    told = [(name, value) for name, value in again.fields if name not in ("csrf", "command_id")]
    assert sorted(told) == sorted((n, v) for n, v in form.fields if n not in ("csrf", "command_id"))
    assert town.review(collective(FIRST)).stage == life.DRAFT_SENT, "nothing half-done"
    kept = browser.send(again.set("took_place", "on"))
    assert kept.status_code == 303
    assert "irregular" in town.review(member(head)).flags


def test_every_wrong_field_is_named_at_once_and_nothing_is_recorded(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    person = town.people(FIRST)[4]
    form = evening(browser, town).set("day", "31/02/2017").set(f"ballot.{member(person)}.HTNV", "3")
    answer = browser.send(form)
    assert answer.status_code == 422
    assert "Không có ngày này" in said(answer)
    assert "Các mức cộng lại 10 phiếu, nhiều hơn 7 phiếu hợp lệ" in said(answer)
    assert 'value="31/02/2017"' in said(answer)
    assert town.review(member(person)).stage == life.PREPARED


def test_counts_that_do_not_add_up_are_answered_beside_the_form(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    answer = browser.send(evening(browser, town).set("issued", "9").set("collected", "9"))
    assert answer.status_code == 422
    assert "phát ra 9 phiếu nhưng chỉ có 7 người được bỏ phiếu" in said(answer)
    assert 'value="9"' in said(answer)


def test_sending_the_same_form_twice_records_one_evening(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = evening(browser, town)
    assert browser.send(form).status_code == 303
    version = town.review(member(town.head(FIRST))).version
    assert browser.send(form).status_code in (303, 422)
    assert town.review(member(town.head(FIRST))).version == version


def test_a_planned_day_that_breaks_the_notice_is_refused_with_its_clause(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(CELL, "/plans")
    assert browser.send(form.set("day", "09/01/2017")).status_code == 422
    fine = browser.send(form.set("day", "13/01/2017"))
    assert fine.status_code == 303
    assert "Họp ngày 13/01/2017".lower() in browser.open(CELL).lower()


def test_another_cells_secretary_sees_nothing_of_the_cell_and_may_not_record(town: Town) -> None:
    browser = Browser(town, town.secretary(SECOND))
    own = Browser(town, town.secretary(FIRST))
    form = evening(own, town).set("csrf", _token(browser))
    for answer in (browser.client.get(CELL), browser.send(form)):
        assert answer.status_code == 404
        assert "Không tìm thấy tổ chức “CB01”" in said(answer)


def test_who_sees_the_cell_from_above_may_not_record_its_evening(town: Town) -> None:
    browser = Browser(town, BOARD)
    assert 'action="/c/2016/o/CB01/meetings"' not in browser.open(CELL)
    form = evening(Browser(town, town.secretary(FIRST)), town).set("csrf", _token(browser))
    answer = browser.send(form)
    assert answer.status_code == 403
    assert "Không thuộc thẩm quyền" in said(answer)


def test_nobody_chosen_sees_nothing_and_does_nothing(town: Town) -> None:
    browser = Browser(town)
    assert browser.client.get(CELL).status_code == 401
    form = evening(Browser(town, town.secretary(FIRST)), town).set("csrf", _token(browser))
    assert browser.send(form).status_code == 401


def test_a_report_goes_up_is_returned_and_comes_back(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    assert secretary.send(evening(secretary, town)).status_code == 303
    town.now.put(date(2017, 1, 13))
    assert secretary.confirm(secretary.form(CELL, "/submissions")).status_code == 303
    board = Browser(town, BOARD)
    form = board.form(CELL, "/return").set("reason", "Thiếu biên bản kiểm phiếu")
    assert board.confirm(form).status_code == 303
    assert town.review(member(town.head(FIRST))).stage == life.RETURNED
    assert "Bị trả lại" in secretary.open(CELL)
    assert secretary.confirm(secretary.form(CELL, "/submissions")).status_code == 303
    town.now.put(date(2017, 1, 16))
    assert board.confirm(board.form(CELL, "/appraisal")).status_code == 303
    committee = Browser(town, COMMITTEE)
    form = committee.form(CELL, "/decision")
    empty = committee.send(form)
    assert empty.status_code == 422
    assert "Còn trống, hãy điền." in said(empty)
    assert committee.confirm(form.set("document", "12-QĐ/ĐU")).status_code == 303
    assert town.review(member(town.people(FIRST)[4])).stage == life.APPROVED


def rate_the_cell(town: Town) -> None:
    """The cell itself is proposed and voted on at an evening of its own."""
    secretary, review = town.secretary(FIRST), organisation(FIRST)
    town.do(ProposeLevel(review=review, level="HTTNV", on=REPORTED, by="chi_uy"), secretary)
    item = AgendaItem(review=review, chair=town.head(FIRST), counts=(("HTTNV", 7),))
    papers = Papers(issued=7, collected=7, valid=7, invalid=0, secret=True)
    evening = RecordMeeting(
        meeting="TC",
        campaign=CAMPAIGN,
        organisation=FIRST,
        venue=FIRST,
        day=REPORTED,
        present=7,
        items=(item,),
        papers=papers,
        announced=True,
    )
    town.do(evening, secretary)


def test_the_board_asks_for_opinions_before_the_row_of_the_cell_itself_is_appraised(town: Town) -> None:
    """Until bodies were asked, the cell's own row stays back and the page says why (DUK-2016, III.1.3.5)."""
    town.meet()
    town.score_organisation()
    rate_the_cell(town)
    town.submit(name="KQ")
    town.now.put(date(2017, 1, 16))
    board, own = Browser(town, BOARD), organisation(FIRST)
    first = board.confirm(board.form(CELL, "/appraisal"))
    assert first.status_code == 200
    assert "Chi bộ 1: Lấy ý kiến các ban" in said(first)
    assert town.review(member(town.head(FIRST))).stage == life.APPRAISED
    assert town.review(own).stage == life.SUBMITTED
    nobody = board.send(board.form(CELL, "/consultation").set("until", "18/01/2017"))
    assert nobody.status_code == 422
    assert "Đánh dấu hoặc ghi ít nhất một nơi được hỏi." in said(nobody)
    asking = board.form(CELL, "/consultation").set("until", "18/01/2017").set("bodies", "Ban Tuyên giáo")
    assert board.send(asking.set("ask.CB01-ad", "on")).status_code == 303
    assert "Ban Tuyên giáo chưa trả lời" in board.open(CELL)
    waiting = board.send(board.form(CELL, "/appraisal"))
    assert waiting.status_code == 422
    assert "Còn 2 nơi chưa trả lời" in said(waiting)
    for body in ("CB01-ad", "Ban Tuyên giáo"):
        opinion = board.form(CELL, "/opinion").set("body", body).set("text", "Nhất trí")
        assert board.send(opinion).status_code == 303
    assert board.confirm(board.form(CELL, "/appraisal")).status_code == 303
    assert town.review(own).stage == life.APPRAISED
    assert "/appraisal" not in board.open(CELL), "nothing is left to appraise"


def test_lists_are_declared_and_neighbours_rated_on_the_cells_page(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(CELL, "/declarations")
    assert browser.send(form).status_code == 422
    assert browser.send(form.set("list.discipline", "on").set("as_of", "31/12/2016")).status_code == 303
    rating = browser.form(CELL, "/neighbours").set("neighbour", "Công đoàn").set("rank", "1")
    rating = rating.set("scale_length", "4").set("rated_on", "05/01/2017").set("document", "TB 4")
    assert browser.send(rating.set("neighbour_kind", "mass_organisation")).status_code == 303
    assert "Công đoàn: 1/4" in browser.open(CELL)


def test_what_is_known_is_entered_and_settled_on_the_cells_page(town: Town) -> None:
    """A wrong field comes back with what was typed; an open entry is offered until it is settled."""
    browser = Browser(town, town.secretary(FIRST))
    assert "/settlements" not in browser.open(CELL), "nothing is open yet"
    form = browser.form(CELL, "/entries").set("entry_list", "suggestion").set("subject", "0104")
    assert browser.send(form).status_code == 422, "the day is missing"
    assert browser.send(form.set("decided_on", "03/05/2016")).status_code == 303
    sick = browser.form(CELL, "/entries").set("entry_list", "sick_leave").set("subject", "0104")
    assert browser.send(sick).status_code == 422, "the first day is missing"
    assert browser.send(sick.set("from_day", "01/03/2016").set("to_day", "30/06/2016")).status_code == 303
    early = browser.form(CELL, "/settlements").set("settled_on", "02/05/2016")
    assert browser.send(early).status_code == 422, "settled before it was there"
    settled = browser.form(CELL, "/settlements").set("settled_on", "03/06/2016")
    assert browser.send(settled).status_code == 303
    assert "/settlements" not in browser.open(CELL)


def test_a_name_is_never_read_as_markup(database: Database) -> None:
    town = Town.on(database).open()
    with town.database.write() as connection:
        shown = (
            connection.execute(PEOPLE.select().where(PEOPLE.c.person_id == town.head(FIRST))).mappings().one()
        )
        values = {**shown, "name": "<script>alert(1)</script>", "row_id": None, "salt": b"x" * 32}
        connection.execute(
            update(PEOPLE).where(PEOPLE.c.row_id == shown["row_id"]).values(superseded_at=town.engine.now())
        )
        connection.execute(PEOPLE.insert().values({k: v for k, v in values.items() if k != "row_id"}))
    browser = Browser(town, town.secretary(FIRST))
    for address in (CELL, "/c/2016", f"/r/{member(town.head(FIRST))}"):
        page = browser.open(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_a_body_nobody_knows_is_not_found(town: Town) -> None:
    browser = Browser(town, Actor(id="x", role=Role.OFFICER, body="DB01"))
    for address in ("/c/2016/o/CB99", "/c/1999/o/CB01", "/c/1999", "/r/2016.member.9999", "/b/none"):
        answer = browser.client.get(address)
        assert answer.status_code in (404, 405), address
        assert "text/html" in answer.headers["content-type"], address


def _token(browser: Browser) -> str:
    return browser.form("/rulebooks", "/actor").value("csrf")
