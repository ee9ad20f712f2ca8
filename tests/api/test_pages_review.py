"""A review's page: what follows for whom, what is missing by which clause, acts by form, the replay."""

from __future__ import annotations

from datetime import date

import pytest

from states import review as life
from tests.api.browsing import Browser, said
from tests.builders import AUDITOR, BOARD, COMMITTEE, FIRST, PREPARED, PREPARED_TICKS, collective, member
from tests.town import Town
from workflow.database import Database

PERSON = "0104"
REVIEW = f"/r/{member(PERSON)}"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open, on a day of preparation."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


def test_a_secretary_prepares_rates_and_records_facts_by_form(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    written = browser.form(REVIEW, "/preparation")
    for item in PREPARED_TICKS["individual"]:
        written = written.set(f"ticked.{item}", "on")
    assert browser.send(written).status_code == 303
    rating = browser.form(REVIEW, "/self-rating").set("level", "HTTNV")
    assert browser.send(rating).status_code == 303
    facts = browser.form(REVIEW, "/facts").set("task.completion", "good").set("fault.disunity", "no")
    assert browser.send(facts).status_code == 303
    review = town.review(member(PERSON))
    assert review.stage == life.PREPARED
    assert review.self_level == "HTTNV"
    assert review.facts["task.completion"][0] == "good"
    assert review.facts["fault.disunity"][0] is False
    page = browser.open(REVIEW)
    assert "Tự xếp loại: Hoàn thành tốt nhiệm vụ" in page
    assert "Đã chuẩn bị" in page


def test_only_facts_that_changed_are_recorded(town: Town) -> None:
    town.prepare(PERSON)
    browser = Browser(town, town.secretary(FIRST))
    before = town.review(member(PERSON)).version
    same = browser.send(browser.form(REVIEW, "/facts"))
    assert same.status_code == 422
    assert "Chưa có giá trị nào mới để ghi." in said(same)
    assert browser.send(browser.form(REVIEW, "/facts").set("fault.disunity", "yes")).status_code == 303
    assert town.review(member(PERSON)).version == before + 1


def test_a_wrong_day_is_named_beside_its_field_and_stays(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    answer = browser.send(browser.form(REVIEW, "/preparation").set("on", "31/02/2016"))
    assert answer.status_code == 422
    assert "Không có ngày này" in said(answer)
    assert 'value="31/02/2016"' in answer.text


def test_a_day_to_come_is_refused_and_stays_in_its_field(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    answer = browser.send(browser.form(REVIEW, "/preparation").set("on", "25/12/2016"))
    assert answer.status_code == 422
    assert "ngày chưa tới" in said(answer)
    assert 'value="25/12/2016"' in answer.text


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(REVIEW, "/preparation")
    town.prepare(PERSON)
    answer = browser.send(form)
    assert answer.status_code == 412
    assert "đã có người khác cập nhật" in said(answer)


def test_what_the_next_gate_misses_is_said_with_its_clause(town: Town) -> None:
    town.make_ready(sent=None)
    page = Browser(town, town.secretary(FIRST)).open(f"/r/{collective(FIRST)}")
    assert "Còn thiếu: ngày người dự họp cuối cùng nhận dự thảo" in page
    assert "DUK-2016, II.3.1" in page


def test_each_office_sees_its_own_acts(town: Town) -> None:
    town.make_ready()
    town.meet()
    secretary = Browser(town, town.secretary(FIRST)).open(REVIEW)
    committee = Browser(town, COMMITTEE).open(REVIEW)
    auditor = Browser(town, AUDITOR).open(REVIEW)
    assert "/announcement" in secretary
    assert "/exception" not in secretary
    assert "/flag" in Browser(town, BOARD).open(REVIEW)
    assert "/announcement" not in committee
    assert f'action="{REVIEW}/' not in auditor


def test_only_flags_set_by_hand_are_offered(town: Town) -> None:
    town.make_ready(sent=date(2017, 1, 9))
    town.meet(took_place=True)
    address = f"/r/{collective(FIRST)}"
    assert "irregular" in town.review(collective(FIRST)).flags
    board = Browser(town, BOARD)
    page = board.open(address)
    raising = page[page.index(f'action="{address}/flag"') :].partition("</form>")[0]
    assert '<option value="supplementary_required"' in raising
    for code in ("irregular", "no_result"):
        assert f'value="{code}"' not in raising
    assert f'action="{address}/cleared-flag"' not in page, "the service itself closes what it set"
    form = board.form(address, "/flag").set("flag", "under_verification").set("reason", "Có đơn thư")
    assert board.send(form).status_code == 303
    clearing = board.form(address, "/cleared-flag")
    assert clearing.value("flag") == "under_verification"


def test_entries_to_correct_are_shown_in_words(town: Town) -> None:
    town.prepare(PERSON)
    page = Browser(town, town.secretary(FIRST)).open(REVIEW)
    select = page[page.index('name="entry"') :].partition("</select>")[0]
    assert "mức hoàn thành nhiệm vụ: tốt" in select, select
    assert ": không<" in select
    assert "False" not in select
    assert ": good" not in select


def test_an_irregular_review_shows_its_ways_on_and_takes_an_exception(town: Town) -> None:
    town.make_ready(sent=date(2017, 1, 9))
    town.meet(took_place=True)
    address = f"/r/{collective(FIRST)}"
    page = Browser(town, town.secretary(FIRST)).open(address)
    assert "tiến hành chưa đúng quy định" in page
    committee = Browser(town, COMMITTEE)
    form = committee.form(address, "/exception").set("rules", "duk.notice_to_participants")
    form = form.set("reason", "Chi bộ đi ba ca").set("document", "15-CV/ĐU")
    assert committee.confirm(form).status_code == 303
    assert "duk.notice_to_participants" in town.review(collective(FIRST)).excepted


def test_the_history_is_one_sentence_an_event_with_names(town: Town) -> None:
    town.prepare(PERSON)
    page = Browser(town, AUDITOR).open(REVIEW)
    assert "Đã viết xong bản tự kiểm điểm" in page
    assert "Nguyễn Thị Hoa, bí thư Chi bộ 1" in page


def test_the_replay_opens_one_event_with_its_findings_and_checks_every_hash(town: Town) -> None:
    town.make_ready()
    town.meet()
    browser = Browser(town, AUDITOR)
    count = town.review(member(PERSON)).version
    page = browser.open(f"{REVIEW}/history")
    assert f"Hồ sơ nguyên vẹn: {count} trên {count} sự kiện khớp chuỗi băm" in page
    session = next(
        stored.version for stored in town.history(f"review/{member(PERSON)}") if stored.name == "session_held"
    )
    opened = browser.open(f"{REVIEW}/history?v={session}")
    assert f"Sự kiện {session} trên {count}" in opened
    assert "DUK-2016, II.3.2" in opened
    assert f'href="{REVIEW}/history?v={session - 1}"' in opened
    assert browser.client.get(f"{REVIEW}/history?v={count + 1}").status_code == 404


def test_a_refused_command_is_seen_in_the_replay(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    browser.send(browser.form(REVIEW, "/preparation").set("on", "25/12/2016"))
    page = browser.open(f"{REVIEW}/history")
    assert "Bị từ chối từ đó đến nay" in page
    assert "Chưa ghi bản kiểm điểm được" in page


def test_a_changed_record_is_seen(town: Town) -> None:
    from sqlalchemy import text

    town.prepare(PERSON)
    with town.database.engine.connect() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS events_no_update"))
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'")
        ).scalars()
        for name in list(names):
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(
            text("UPDATE events SET actor = 'someone' WHERE stream = :stream AND version = 2"),
            {"stream": f"review/{member(PERSON)}"},
        )
        connection.commit()
    assert "Hồ sơ không nguyên vẹn" in Browser(town, AUDITOR).open(f"{REVIEW}/history")


def test_an_unknown_act_or_review_is_a_page_that_says_so(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(REVIEW, "/preparation")
    form.action = f"{REVIEW}/dance"
    assert browser.send(form).status_code == 404
    form.action = "/r/2016.member.9999/preparation"
    answer = browser.send(form)
    assert answer.status_code == 404
    assert "Không tìm thấy kỳ kiểm điểm" in said(answer)


def test_the_page_and_its_forms_speak_english(town: Town) -> None:
    town.prepare(PERSON)
    browser = Browser(town, town.secretary(FIRST))
    page = browser.open(f"{REVIEW}?language=en")
    assert "Facts the rating rests on" in page
    answer = browser.send(browser.form(REVIEW, "/preparation").set("on", "31/02/2016"))
    assert "There is no such day" in said(answer)
