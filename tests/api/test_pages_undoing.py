"""What another event puts right is offered right after it was done, until it is overtaken."""

from __future__ import annotations

import pytest

from tests.api.browsing import Browser, Form, forms_of, said
from tests.api.notices import remind
from tests.builders import FIRST, PREPARED, PREPARED_TICKS, SENT, collective, member
from tests.town import Town
from workflow.database import Database

CELL = f"/c/2016/o/{FIRST}"
PERSON = "0104"
REVIEW = f"/r/{member(PERSON)}"
ITEM = PREPARED_TICKS["individual"][0]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open, on a day of preparation."""
    town = Town.on(database).open()
    town.now.put(PREPARED)
    return town


def undo_of(page: str) -> Form | None:
    """The form of the bar that takes back what was just done."""
    bar = page.partition('<div class="undo"')[2].partition("</div>")[0]
    return forms_of(bar)[0] if bar else None


def test_a_tick_just_given_is_taken_back_by_the_event_that_unticks(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form(REVIEW, "/ticks").set(f"ticked.{ITEM}", "on")
    sent = secretary.send(form)
    assert sent.status_code == 303
    page = secretary.open(sent.headers["location"])
    assert "Đã xác nhận 1 mục." in page
    undo = undo_of(page)
    assert undo is not None
    assert ITEM in town.review(member(PERSON)).ticked()
    back = secretary.send(undo)
    assert back.status_code == 303
    assert ITEM not in town.review(member(PERSON)).ticked()
    assert [one.name for one in town.history(f"review/{member(PERSON)}")][-2:] == ["items_ticked"] * 2
    again = undo_of(secretary.open(back.headers["location"]))
    assert again is not None, "and what was taken back may be given again"
    assert secretary.send(again).status_code == 303
    assert ITEM in town.review(member(PERSON)).ticked()


def test_what_was_overtaken_or_done_by_somebody_else_is_not_offered(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    sent = secretary.send(secretary.form(REVIEW, "/ticks").set(f"ticked.{ITEM}", "on"))
    address = sent.headers["location"]
    held = undo_of(secretary.open(address))
    assert held is not None
    assert undo_of(secretary.open(REVIEW)) is None, "right after the form alone"
    town.prepare(PERSON)
    assert undo_of(secretary.open(address)) is None
    late = secretary.send(held)
    assert late.status_code == 412, "an open page does not undo what was built upon"
    assert ITEM in town.review(member(PERSON)).ticked()


def test_another_own_rating_goes_back_to_the_one_before(town: Town) -> None:
    town.prepare(PERSON, level="HTTNV")
    secretary = Browser(town, town.secretary(FIRST))
    sent = secretary.send(secretary.form(REVIEW, "/self-rating").set("level", "HTNV"))
    page = secretary.open(sent.headers["location"])
    assert "Đã đổi mức tự xếp loại từ Hoàn thành tốt nhiệm vụ sang Hoàn thành nhiệm vụ." in page
    undo = undo_of(page)
    assert undo is not None
    assert secretary.send(undo).status_code == 303
    assert town.review(member(PERSON)).self_level == "HTTNV"


def test_a_planned_meeting_is_moved_back_and_called_off_by_its_own_events(town: Town) -> None:
    town.make_ready()
    town.now.put(SENT)
    secretary = Browser(town, town.secretary(FIRST))
    sent = secretary.send(secretary.form(CELL, "/plans").set("day", "09/01/2017"))
    assert sent.status_code == 303, said(sent)
    page = secretary.open(sent.headers["location"])
    assert "Đã định họp ngày 09/01/2017." in page
    first = undo_of(page)
    moved = secretary.send(Form(f"{CELL}/plans", secretary_day(secretary, "10/01/2017")))
    assert moved.status_code == 303, said(moved)
    page = secretary.open(moved.headers["location"])
    assert "Đã dời buổi họp từ ngày 09/01/2017 sang ngày 10/01/2017." in page
    undo = undo_of(page)
    assert undo is not None
    assert secretary.send(undo).status_code == 303
    assert "họp ngày 09/01/2017" in secretary.open(CELL)
    assert first is not None
    assert secretary.send(first).status_code == 303
    assert [one.name for one in town.history(f"meeting/2016-{FIRST}-0109")][-1] == "meeting_cancelled"
    assert 'name="day"' in secretary.open(CELL), "another day may be set"


def secretary_day(secretary: Browser, day: str) -> list[tuple[str, str]]:
    """What the page of proposed days sends for a meeting that is planned already."""
    csrf = next(form.value("csrf") for form in forms_of(secretary.open(CELL)))
    return [("csrf", csrf), ("day", day)]


def test_a_meeting_is_called_off_with_its_reason(town: Town) -> None:
    town.make_ready()
    town.now.put(SENT)
    secretary = Browser(town, town.secretary(FIRST))
    secretary.send(secretary.form(CELL, "/plans").set("day", "09/01/2017"))
    form = secretary.form(CELL, "/cancellations")
    missing = secretary.send(form)
    assert missing.status_code == 422
    assert "Còn trống, hãy điền." in said(missing)
    assert secretary.send(form.set("reason", "Bão số 2")).status_code == 303
    assert "/cancellations" not in secretary.open(CELL)


def test_one_item_confirmed_for_many_is_taken_back_for_all_of_them(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    address = f"{CELL}/ticks"
    form = next(one for one in forms_of(secretary.open(address)) if one.value("item") == ITEM)
    answer = secretary.send(form.set("all", "on"))
    undo = undo_of(said(answer))
    assert undo is not None
    reviews = [value for name, value in undo.fields if name == "review"]
    assert len(reviews) == 7
    assert all(ITEM in town.review(one).ticked() for one in reviews)
    back = secretary.send(undo)
    assert undo_of(said(back)) is None
    assert not any(ITEM in town.review(one).ticked() for one in reviews)


def test_what_was_put_aside_comes_back_and_both_stay_written_down(town: Town) -> None:
    head = town.head(FIRST)
    remind(town.database, head)
    secretary = Browser(town, town.secretary(FIRST))
    form = secretary.form("/inbox", "/snoozes").set("until", "22/12/2016").set("reason", "Chờ họp")
    sent = secretary.send(form)
    assert sent.status_code == 303, said(sent)
    page = secretary.open(sent.headers["location"])
    assert "đã để lại." in page
    assert "Để lại đến 22/12/2016: Chờ họp" in page
    undo = undo_of(page)
    assert undo is not None
    assert secretary.send(undo).status_code == 303
    page = secretary.open("/inbox")
    assert "Để lại đến 22/12/2016" not in page
    assert 'id="owed"' in page or 'id="overdue"' in page


def test_a_made_up_item_or_meeting_is_not_taken_back(town: Town) -> None:
    secretary = Browser(town, town.secretary(FIRST))
    csrf = next(form.value("csrf") for form in forms_of(secretary.open(CELL)))
    on = PREPARED.strftime("%d/%m/%Y")
    forged = [("csrf", csrf), ("untick", "on"), ("item", "x"), ("on", on), ("review", collective(FIRST))]
    assert secretary.send(Form(f"{CELL}/ticks", forged)).status_code == 422
    other = [("csrf", csrf), ("meeting", "CB02-0110"), ("reason", "x")]
    assert secretary.send(Form(f"{CELL}/cancellations", other)).status_code == 422
