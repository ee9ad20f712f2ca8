"""What a review's page opens with: the next step and who does it, or what holds it with the ways on."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from states.roles import Role
from tests.api.browsing import Browser
from tests.builders import (
    APPRAISED,
    AUDITOR,
    BASE,
    BOARD,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    REPORTED,
    collective,
    member,
)
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.beside import Pause
from workflow.commands.deciding import (
    Annul,
    AppraiseBundle,
    DecideBundle,
    Judgement,
    OpenConsultation,
    RecordOpinion,
)
from workflow.database import Database

PERSON = "0104"
REVIEW = f"/r/{member(PERSON)}"
REPORT = "CB01-KQ"
OPINION = "Chi bộ làm tốt <công tác> phát triển đảng."

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


def answer(page: str) -> str:
    """The part of the page that says what comes next."""
    return page.partition('id="answer"')[2].partition("</section>")[0]


def myself(person: str = PERSON) -> Actor:
    """The member the review is about."""
    return Actor(id=person, role=Role.MEMBER, body=FIRST)


def test_what_is_missing_comes_first_with_its_clauses_and_ways_on(town: Town) -> None:
    town.make_ready(sent=None, declare=False)
    page = Browser(town, town.secretary(FIRST)).open(f"/r/{collective(FIRST)}")
    said = answer(page)
    assert "Chưa kiểm điểm được" in said
    assert "Bí thư Chi bộ 1 ghi buổi họp" in said
    assert "DUK-2016, II.3.1" in said
    assert "Nếu không thể chờ" in said
    assert "đề nghị cấp có thẩm quyền" in said
    assert page.index('id="answer"') < page.index("Đồng chí làm được ở bước này")


def test_lists_nobody_declared_lead_to_the_lists_of_the_cell(town: Town) -> None:
    town.make_ready(declare=False)
    town.meet(ballot=False)
    said = answer(Browser(town, town.secretary(FIRST)).open(REVIEW))
    assert f'href="/c/2016/o/{FIRST}#lists-title"' in said
    assert "Nếu danh mục chưa cam kết đầy đủ" in said


def test_the_competent_body_is_led_to_the_exception_it_may_give(town: Town) -> None:
    town.make_ready(declare=False)
    town.meet(ballot=False)
    page = Browser(town, COMMITTEE).open(REVIEW)
    assert 'href="#do-exception"' in answer(page)
    assert 'id="do-exception"' in page


@pytest.mark.parametrize("stage", ["meeting", "report", "appraisal", "decision"])
def test_where_nothing_is_missing_the_doer_gets_a_button_and_others_a_name(town: Town, stage: str) -> None:
    town.make_ready()
    town.now.put(MET)
    if stage != "meeting":
        town.meet()
    if stage in ("appraisal", "decision"):
        town.submit()
    if stage == "decision":
        town.appraise()
    said, doer, address = {
        "meeting": ("Việc tới: kiểm điểm", town.secretary(FIRST), f"/c/2016/o/{FIRST}#record"),
        "report": ("Việc tới: báo cáo", town.secretary(FIRST), f"/c/2016/o/{FIRST}#submission"),
        "appraisal": ("Việc tới: thẩm định", BOARD, f"/c/2016/decide?body={FIRST}"),
        "decision": ("Việc tới: quyết định", COMMITTEE, f"/c/2016/decide?body={FIRST}"),
    }[stage]
    address_of_a_person = f"/r/{collective(FIRST)}" if stage == "meeting" else REVIEW
    own = answer(Browser(town, doer).open(address_of_a_person))
    assert said in own
    assert f'href="{address}"' in own
    others = answer(Browser(town, AUDITOR).open(address_of_a_person))
    assert said in others
    assert "button primary" not in others


def test_a_member_reads_what_was_decided_about_himself_and_why(town: Town) -> None:
    """Voted good, decided lower with a reason: both stand beside each other, and the reason is said."""
    town.make_ready()
    town.meet()
    town.submit()
    town.appraise()
    town.now.put(DECIDED)
    town.do(
        DecideBundle(
            submission=REPORT,
            on=DECIDED,
            document="QĐ 36-QĐ/ĐU",
            rows=(Judgement(review=member(PERSON), level="HTNV", reason="chậm việc được giao quý III"),),
        ),
        COMMITTEE,
    )
    page = Browser(town, myself()).open(REVIEW)
    levels = page.partition('id="levels"')[2].partition("</section>")[0]
    assert "Tự xếp loại" in levels
    assert "7/7 phiếu, cần từ 4" in levels
    assert "QĐ 36-QĐ/ĐU, 20/01/2017. Lý do: chậm việc được giao quý III" in levels
    assert levels.count("khác mức cuối cùng") == 4, "himself, the ballot, the rules, the board"
    assert "Đã quyết định" in page
    assert 'id="answer"' not in page
    assert "/annulment" not in page
    assert 'href="/c/2016"' not in page, "no way to a page that is not there for a member"
    assert Browser(town, myself("0105")).client.get(REVIEW).status_code == 404


def test_papers_are_listed_with_what_they_are_and_an_annulled_one_says_so(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    town.appraise()
    town.decide()
    page = Browser(town, COMMITTEE).open(REVIEW)
    papers = page.partition('id="papers-title"')[2].partition("</section>")[0]
    assert "QĐ 36-QĐ/ĐU" in papers
    assert "Quyết định xếp loại" in papers
    town.do(
        Annul(review=member(PERSON), on=DECIDED, reason="phát hiện vi phạm", document="QĐ 50-QĐ/ĐU"),
        COMMITTEE,
    )
    page = Browser(town, COMMITTEE).open(REVIEW)
    papers = page.partition('id="papers-title"')[2].partition("</section>")[0]
    assert "Đã bị hủy" in papers
    assert "QĐ 50-QĐ/ĐU" in papers
    assert "Kết quả đã hủy, chờ vòng mới" in answer(page)


def test_a_paused_review_says_what_it_waits_for(town: Town) -> None:
    town.prepare(PERSON)
    town.do(Pause(review=member(PERSON), on=town.now().date(), reason="xác minh"), COMMITTEE)
    assert "Đang tạm dừng" in answer(Browser(town, town.secretary(FIRST)).open(REVIEW))


def test_opinions_are_read_by_those_who_weigh_them_alone(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    town.do(OpenConsultation(submission=REPORT, bodies=("CD01", "TN01"), until=APPRAISED), BOARD)
    town.do(RecordOpinion(submission=REPORT, body="CD01", on=REPORTED, text=OPINION), BOARD)
    for reader in (BOARD, COMMITTEE, Actor(id="K", role=Role.INSPECTION, body=BASE), AUDITOR):
        page = Browser(town, reader).open(REVIEW)
        assert "Chi bộ làm tốt &lt;công tác&gt; phát triển đảng." in page, reader
        assert "Chờ đến 16/01/2017" in page
    secretary = Browser(town, town.secretary(FIRST)).open(REVIEW)
    assert "Chi bộ làm tốt" not in secretary
    assert "Trả lời 13/01/2017" in secretary, "who answered is no secret in the branch"
    own = Browser(town, myself()).open(REVIEW)
    assert "Chi bộ làm tốt" not in own
    assert "Ý kiến về báo cáo" not in own


def test_an_opinion_that_was_erased_is_said_to_be_erased(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    town.do(OpenConsultation(submission=REPORT, bodies=("CD01",), until=APPRAISED), BOARD)
    town.do(RecordOpinion(submission=REPORT, body="CD01", on=REPORTED, text=OPINION), BOARD)
    with town.database.engine.connect() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'private_texts'")
        ).scalars()
        for name in list(names):
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("DELETE FROM private_texts WHERE kind = 'opinion'"))
        connection.commit()
    assert "Nội dung đã được xóa" in Browser(town, BOARD).open(REVIEW)


def test_a_long_history_shows_its_end_and_folds_the_rest(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    town.do(AppraiseBundle(submission=REPORT, on=REPORTED), BOARD)
    page = Browser(town, BOARD).open(REVIEW)
    count = town.review(member(PERSON)).version
    assert count > 12
    assert f"{count - 8} sự kiện trước đó" in page
    assert page.count('class="num event-number"') == count


def test_a_step_behind_says_its_day_and_until_when_it_was_owed(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    page = Browser(town, town.secretary(FIRST)).open(REVIEW)
    steps = page.partition('id="review-steps"')[2].partition("</section>")[0]
    assert "13/01/2017, hạn" in steps
    assert "Làm sau hạn" not in steps
