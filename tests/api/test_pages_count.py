"""Counts typed row by row: right rows are kept whatever is wrong with others, then recorded as one sheet."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from handlers.count_draft_tables import COUNT_DRAFT_SHEETS, COUNT_DRAFTS
from handlers.tables import BALLOTS
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser, Form, forms_of, said
from tests.api.html_outline import outline
from tests.builders import FIRST, MET, SECOND, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

CELL = f"/c/2016/o/{FIRST}"
COUNTS = f"{CELL}/counts"


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What is asked of the page alone, whichever database is below it."""


@pytest.fixture
def town(database: Database) -> Town:
    """A cell of twenty who were all reviewed this evening and not voted on yet."""
    town = Town.on(database, first=20).open()
    town.make_ready()
    town.now.put(MET, 20)
    return town


def filled(browser: Browser, town: Town, *, votes: int = 20) -> Form:
    """The evening as its secretary fills it in, everybody with so many papers for one level."""
    form = browser.form(CELL, "/meetings")
    form = form.set("issued", "20").set("collected", "20").set("invalid", "0").set("residence_all", "read")
    form = form.set("superior_attended", "on").set("counters", *town.people(FIRST)[3:5])
    form = form.set(
        "ticked", "report.directed_by_head", "self_review.covers_all_posts", "session.summary_of_posts"
    )
    for person in town.people(FIRST):
        form = form.set(f"ballot.{member(person)}.HTTNV", str(votes))
    return form


def kept(town: Town) -> dict[str, int]:
    """Papers of the rows that were kept, by review."""
    with town.database.read() as connection:
        rows = connection.execute(select(COUNT_DRAFTS.c.review, COUNT_DRAFTS.c.papers)).all()
    return {row.review: row.papers for row in rows}


def sheets(town: Town) -> int:
    """How many sheets the log knows."""
    with town.database.read() as connection:
        return len(connection.execute(select(BALLOTS.c.ballot)).all())


def states(html: str) -> list[str]:
    """How each row of the grid stands: saved, open or wrong."""
    rows = [e.attributes for e in outline(html).all("tr") if e.attributes.get("id", "").startswith("b-")]
    return [row["class"].strip() for row in rows]


def keep(browser: Browser, form: Form) -> Form:
    """The same form, sent to be kept instead of recorded."""
    return Form(COUNTS, form.fields)


def test_one_wrong_row_among_twenty_keeps_nineteen(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    wrong = member(town.people(FIRST)[6])
    form = filled(browser, town).set(f"ballot.{wrong}.HTNV", "1")
    answer = browser.send(keep(browser, form))
    assert answer.status_code == 422
    assert "Các mức cộng lại 21 phiếu, nhiều hơn 20 phiếu hợp lệ" in said(answer)
    assert sorted(states(answer.text)) == ["saved"] * 19 + ["wrong"]
    assert f'href="#b-{wrong.replace(".", "-")}"' in answer.text, "the summary leads to the row"
    assert 'value="20"' in said(answer), "what was typed is still there"
    assert set(kept(town)) == {member(person) for person in town.people(FIRST)} - {wrong}
    assert sheets(town) == 0, "nothing is recorded"


def test_kept_rows_are_text_when_the_page_is_opened_again_and_go_along_unseen(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    wrong = member(town.people(FIRST)[6])
    browser.send(keep(browser, filled(browser, town).set(f"ballot.{wrong}.HTNV", "1")))
    page = browser.open(CELL)
    assert sorted(states(page)) == ["open"] + ["saved"] * 19
    assert "đã lưu 19 · chưa nhập 1" in page
    assert page.count("Đủ phiếu, 20/20 (cần từ 11)") == 19
    inputs = [
        e.attributes for e in outline(page).all("input") if e.attributes.get("name", "").startswith("ballot.")
    ]
    shown = {one["name"].rpartition(".")[0] for one in inputs if one.get("type") != "hidden"}
    assert shown == {f"ballot.{wrong}"}
    again = browser.form(CELL, "/meetings")
    assert [value for name, value in again.fields if name == "counters"] == town.people(FIRST)[3:5]
    assert again.value("collected") == "20", "the head of the sheet was kept as well"


def test_the_row_put_right_the_evening_is_recorded_as_one_sheet_and_nothing_is_left_over(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    wrong = member(town.people(FIRST)[6])
    browser.send(keep(browser, filled(browser, town).set(f"ballot.{wrong}.HTNV", "1")))
    first = filled(browser, town)
    assert browser.send(keep(browser, first)).headers["location"] == f"{CELL}?done=saved#ballot-title"
    assert len(kept(town)) == 20
    assert "Buổi họp chưa được ghi" in browser.open(f"{CELL}?done=saved")
    form = filled(browser, town).set("superior_attended", "on")
    assert browser.send(form).status_code == 303
    assert sheets(town) == 1
    assert {town.review(member(p)).stage for p in town.people(FIRST)} == {life.VOTED}
    assert kept(town) == {}
    with town.database.read() as connection:
        assert connection.execute(select(COUNT_DRAFT_SHEETS)).all() == []


@on_sqlite
def test_an_evening_that_is_refused_keeps_the_rows_that_add_up(town: Town) -> None:
    """The head chaired his own review (DUK-2016, II.3.2): nothing is recorded, the counting is kept."""
    browser = Browser(town, town.secretary(FIRST))
    head = town.head(FIRST)
    answer = browser.send(filled(browser, town).set(f"session.{member(head)}.chair", head))
    assert answer.status_code == 422
    assert town.review(member(head)).stage == life.PREPARED
    assert len(kept(town)) == 20


@on_sqlite
@pytest.mark.parametrize(
    ("figures", "message"),
    [
        (("20", "", "0"), "Ghi số phiếu phát ra, thu vào, không hợp lệ trước"),
        (("19", "20", "0"), "Thu vào 20 phiếu, nhiều hơn 19 phiếu phát ra"),
        (("20", "20", "21"), "21 phiếu không hợp lệ, nhiều hơn 20 phiếu thu vào"),
        (("20", "hai mươi", "0"), "Phải là số nguyên không âm"),
    ],
)
def test_without_sound_figures_of_the_sheet_no_row_is_kept(
    town: Town, figures: tuple[str, str, str], message: str
) -> None:
    browser = Browser(town, town.secretary(FIRST))
    form = filled(browser, town)
    for name, value in zip(("issued", "collected", "invalid"), figures, strict=True):
        form = form.set(name, value)
    answer = browser.send(keep(browser, form))
    assert answer.status_code == 422
    assert message in said(answer)
    assert kept(town) == {}


@on_sqlite
def test_a_sum_up_to_the_valid_papers_is_right_and_one_more_is_wrong(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    row = member(town.people(FIRST)[0])
    form = filled(browser, town, votes=18).set("invalid", "2")
    assert browser.send(keep(browser, form)).status_code == 303
    answer = browser.send(keep(browser, form.set(f"ballot.{row}.KHTNV", "1")))
    assert answer.status_code == 422
    assert "Các mức cộng lại 19 phiếu, nhiều hơn 18 phiếu hợp lệ" in said(answer)
    assert kept(town)[row] == 18, "the row stays as it was right"


@on_sqlite
def test_a_kept_row_is_opened_again_with_its_figures(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    row = member(town.people(FIRST)[2])
    answer = browser.send(keep(browser, filled(browser, town)).set("edit", row))
    assert answer.status_code == 200
    assert states(answer.text).count("open") == 1
    opened = next(form for form in forms_of(answer.text) if form.action.endswith("/meetings"))
    assert opened.value(f"ballot.{row}.HTTNV") == "20"


@on_sqlite
def test_a_counting_team_keeps_rows_for_the_secretary_and_sees_no_levels(town: Town) -> None:
    team = Browser(town, town.counter(FIRST))
    page = team.open(CELL)
    assert "/meetings" not in page
    assert 'id="reviews-title"' not in page and 'id="submission-title"' not in page
    assert 'id="lists-title"' not in page
    form = team.form(CELL, "/counts").set("issued", "20").set("collected", "20").set("invalid", "0")
    for person in town.people(FIRST):
        form = form.set(f"ballot.{member(person)}.HTTNV", "15")
    assert team.send(form).status_code == 303
    secretary = Browser(town, town.secretary(FIRST)).open(CELL)
    assert "đã lưu 20" in secretary


@on_sqlite
@pytest.mark.parametrize("role", [Role.ORGANISATION_BOARD, Role.AUDITOR, Role.MEMBER])
def test_nobody_else_keeps_counts(town: Town, role: Role) -> None:
    own = Browser(town, town.secretary(FIRST))
    form = keep(own, filled(own, town))
    body = "DB01" if role is not Role.MEMBER else FIRST
    other = Browser(town, Actor(id="x", role=role, body=body))
    token = other.form("/patterns", "/actor").value("csrf")
    assert other.send(form.set("csrf", token)).status_code in (403, 404)
    neighbour = Browser(town, town.secretary(SECOND))
    token = neighbour.form("/patterns", "/actor").value("csrf")
    assert neighbour.send(form.set("csrf", token)).status_code in (403, 404)
    assert kept(town) == {}


@on_sqlite
def test_tab_goes_along_a_row_and_the_columns_stand_below_each_other(town: Town) -> None:
    """Without scripts the keyboard follows the order of the page; Enter finds the column by its code."""
    page = outline(Browser(town, town.secretary(FIRST)).open(CELL))
    cells = [
        (e.attributes["name"].rpartition(".")[0], e.attributes["data-count"])
        for e in page.all("input")
        if "data-count" in e.attributes
    ]
    assert len(cells) == 80
    for start in range(0, 80, 4):
        row = cells[start : start + 4]
        assert len({name for name, _ in row}) == 1
        assert [level for _, level in row] == ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
    assert not [e for e in page.all("input") if e.attributes.get("tabindex")]


@on_sqlite
def test_three_hundred_rows_are_kept_in_one_go(database: Database) -> None:
    town = Town.on(database, first=300).open()
    town.make_ready(people=town.people(FIRST)[:3])
    town.now.put(MET, 20)
    browser = Browser(town, town.secretary(FIRST))
    form = browser.form(CELL, "/meetings").set("issued", "300").set("collected", "300").set("invalid", "0")
    rows = [name for name, _ in form.fields if name.startswith("ballot.") and name.endswith(".HTTNV")]
    for name in rows:
        form = form.set(name, "299")
    assert browser.send(keep(browser, form)).status_code == 303
    assert len(kept(town)) == len(rows)


@on_sqlite
def test_what_stands_in_the_way_of_the_meeting_is_said_first_with_where_to_do_it(database: Database) -> None:
    """The draft went out two days before, three are needed (DUK-2016, II.3.1)."""
    town = Town.on(database).open()
    town.make_ready(sent=date(2017, 1, 8))
    town.now.put(MET, 8)
    page = Browser(town, town.secretary(FIRST)).open(CELL)
    assert page.index('id="agenda-title"') < page.index('id="blockers-title"') < page.index('id="record"')
    block = page[page.index('id="blockers-title"') :].partition("</section>")[0]
    assert "DUK-2016, II.3.1" in block
    assert "Tới nơi làm" in block
    notices = page[page.index('id="notices-title"') :].partition("</section>")[0]
    assert "08/01/2017, 12 người nhận" in notices
    assert "Họp hôm nay thì chưa kịp" in notices


@on_sqlite
def test_in_time_nothing_stands_in_the_way(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open(CELL)
    assert 'id="blockers-title"' not in page
    notices = page[page.index('id="notices-title"') :].partition("</section>")[0]
    assert notices.count("Kịp") == 2


@on_sqlite
def test_nobody_is_offered_to_chair_his_own_review(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open(CELL)
    head = town.head(FIRST)
    choices = page[page.index(f'name="session.{member(head)}.chair"') :].partition("</select>")[0]
    assert f'value="{head}"' not in choices
    assert f'value="{town.deputy(FIRST)}" selected' in choices
