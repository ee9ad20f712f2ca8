"""The sheet of a ballot on the page: how it counts comes first, a second person confirms what was typed."""

import pytest
from sqlalchemy import select

from handlers.tables import BALLOTS
from states import review as life
from tests.api.browsing import Browser, said
from tests.builders import BOARD, FIRST, MET, SECOND, member
from tests.town import Town
from workflow.database import Database

CELL = f"/c/2016/o/{FIRST}"


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose first cell is ready to meet, on the evening it does."""
    town = Town.on(database).open()
    town.make_ready()
    town.now.put(MET, 20)
    return town


def test_the_page_says_beforehand_how_papers_count_and_what_they_reveal(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open(CELL)
    assert "Mỗi cột tính riêng" in page
    assert "trên 2/3 số đảng viên chính thức" in page and "DUK-2016, III.2.3.1" in page
    assert "bỏ phiếu mới cho mức liền kề thấp hơn" in page
    assert "kết quả đồng loạt như nhau cho biết mọi người đã bỏ gì" in page


def test_four_columns_of_one_row_are_four_counts_of_one_paper(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    person, form = town.people(FIRST)[4], browser.form(CELL, "/meetings")
    form = form.set("issued", "7").set("collected", "7").set("invalid", "1").set("residence_all", "read")
    form = form.set("superior_attended", "on").set("secret", "").set("counters", *town.people(FIRST)[1:3])
    form = form.set(
        "ticked", "report.directed_by_head", "self_review.covers_all_posts", "session.summary_of_posts"
    )
    for level, papers in (("HTXSNV", "1"), ("HTTNV", "4"), ("HTNV", "0"), ("KHTNV", "0")):
        form = form.set(f"ballot.{member(person)}.{level}", papers)
    answer = browser.send(form)
    assert answer.status_code == 303, said(answer)
    review = town.review(member(person))
    assert (review.stage, review.voted_level) == (life.VOTED, "HTTNV")
    assert [(m.level, m.in_favour, m.carried) for m in review.motions] == [
        ("HTXSNV", 1, False),
        ("HTTNV", 4, True),
    ]
    issued = next(one for one in town.history(f"ballot/{_sheets(town)[0]}") if one.name == "ballot_issued")
    assert '"secret":null' in str(issued.data), "a form nobody stated is neither secret nor open"


def test_a_second_person_confirms_on_the_page(town: Town) -> None:
    town.meet()
    (sheet,) = _sheets(town)
    own = Browser(town, town.secretary(FIRST))
    refused = own.send(own.form(CELL, "/confirmations").set("compared", "on"))
    assert refused.status_code == 422 and "người thứ hai phải là người khác" in said(refused)
    other = Browser(town, town.counter(FIRST))
    form = other.form(CELL, "/confirmations")
    assert other.send(form).status_code == 422, "who has not compared does not confirm"
    assert other.send(form.set("compared", "on")).status_code == 303
    assert _sheets(town) == ()
    assert "/confirmations" not in other.open(CELL)
    assert sheet


def test_a_second_person_puts_a_wrong_figure_right_and_the_outcome_is_judged_again(town: Town) -> None:
    """Four of seven are more than half, three are not (DUK-2016, III.2.3.2)."""
    person = town.people(FIRST)[4]
    town.meet(votes={person: 4})
    assert town.review(member(person)).stage == life.VOTED
    own = Browser(town, town.secretary(FIRST))
    figure = f"{member(person)}/HTTNV"
    form = own.form(CELL, "/corrections").set("figure", figure).set("now", "3").set("reason", "Đọc nhầm")
    refused = own.send(form)
    assert refused.status_code == 422 and "người thứ hai phải là người khác" in said(refused)
    other = Browser(town, town.counter(FIRST))
    form = other.form(CELL, "/corrections").set("figure", figure).set("now", "8").set("reason", "Đọc nhầm")
    over = other.send(form)
    assert over.status_code == 422 and "ngoài khoảng 0 đến 7 phiếu hợp lệ" in said(over)
    assert 'value="8"' in over.text and "Đọc nhầm" in over.text, "what was typed is still there"
    empty = other.send(form.set("now", "").set("reason", ""))
    assert empty.status_code == 422 and "Còn trống" in said(empty)
    assert other.send(form.set("now", "3")).status_code == 303
    assert town.review(member(person)).voted_level is None
    assert town.history(f"ballot/{_sheets(town)[0]}")[-1].name == "count_corrected"


def test_who_does_not_count_here_corrects_nothing(town: Town) -> None:
    town.meet()
    stranger = Browser(town, town.secretary(SECOND))
    assert "/corrections" not in Browser(town, BOARD).open(CELL)
    form = Browser(town, town.counter(FIRST)).form(CELL, "/corrections")
    token = stranger.form("/patterns", "/actor").value("csrf")
    sent = form.set("now", "3").set("reason", "x").set("csrf", token)
    assert stranger.send(sent).status_code in (403, 404)


def _sheets(town: Town) -> tuple[str, ...]:
    """Sheets that wait for a second person."""
    chosen = select(BALLOTS.c.ballot).where(BALLOTS.c.stage == "counted")
    with town.engine.database.read() as connection:
        return tuple(connection.execute(chosen).scalars())
