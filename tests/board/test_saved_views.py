"""Views of a board are kept under a name, one list a person, and taken away again: by forms alone."""

from __future__ import annotations

import pytest

from handlers.saved_views import VIEWS_MAX, save_view, views_of
from tests.api.browsing import Browser, forms_of, said
from tests.builders import BOARD, OFFICER
from tests.town import Town
from workflow.database import Database
from workflow.errors import BadInput


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


def test_a_view_is_kept_shown_and_taken_away_without_a_script(town: Town) -> None:
    browser = Browser(town, BOARD)
    form = browser.form("/c/2016?show=late&q=chi+bo", "/views")
    answer = browser.send(form.set("name", "Trễ <của tôi>"))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/c/2016?show=late&q=chi+bo&kept=1&done=done"
    page = browser.open("/c/2016")
    assert 'href="/c/2016?show=late&amp;q=chi+bo"' in page
    assert "Trễ &lt;của tôi&gt;" in page
    browser.send(browser.form("/c/2016", "/removal"))
    assert "Trễ &lt;của tôi&gt;" not in browser.open("/c/2016")


def test_a_view_just_kept_can_be_taken_back_at_once(town: Town) -> None:
    browser = Browser(town, BOARD)
    answer = browser.send(browser.form("/c/2016?show=late", "/views").set("name", "Trễ"))
    page = browser.open(answer.headers["location"])
    bar = page.partition('<div class="undo"')[2].partition("</div>")[0]
    assert "Đã lưu cách xem “Trễ”." in bar
    back = browser.send(forms_of(bar)[0])
    assert back.headers["location"] == "/c/2016?show=late&done=done"
    with town.database.read() as connection:
        assert views_of(connection, BOARD.id) == ()
    assert '<div class="undo"' not in browser.open(answer.headers["location"]), "nothing is left"
    again = browser.send(browser.form("/c/2016?show=late", "/views").set("name", "Trễ"))
    changed = browser.send(browser.form("/c/2016?show=risk", "/views").set("name", "Trễ"))
    assert "kept=" in again.headers["location"]
    assert "kept=" not in changed.headers["location"], "the view before is gone, no button brings it back"


def test_views_are_ones_own(town: Town) -> None:
    browser = Browser(town, BOARD)
    browser.send(browser.form("/c/2016?show=risk", "/views").set("name", "Nguy cơ"))
    removal = browser.form("/c/2016", "/removal")
    other = Browser(town, OFFICER)
    assert "/removal" not in other.open("/c/2016")
    theirs = other.form("/c/2016", "/views")
    answer = other.send(removal.set("csrf", theirs.value("csrf")))
    assert answer.status_code == 404
    assert "/removal" in browser.open("/c/2016")


def test_the_same_name_again_is_the_newer_view(town: Town) -> None:
    browser = Browser(town, BOARD)
    for show in ("late", "risk"):
        browser.send(browser.form(f"/c/2016?show={show}", "/views").set("name", "Của tôi"))
    with town.database.read() as connection:
        assert [(view.name, view.query) for view in views_of(connection, BOARD.id)] == [
            ("Của tôi", "show=risk")
        ]


def test_a_view_without_a_name_is_refused_beside_its_form(town: Town) -> None:
    browser = Browser(town, BOARD)
    answer = browser.send(browser.form("/c/2016?show=late", "/views").set("name", " "))
    assert answer.status_code == 422
    assert 'id="view-error"' in said(answer)
    assert 'value="show=late"' in said(answer), "what was shown is still what would be kept"


def test_one_view_more_than_are_kept_is_refused_with_what_to_do(town: Town) -> None:
    at = town.engine.now()
    with town.database.write() as connection:
        for number in range(VIEWS_MAX):
            save_view(connection, BOARD.id, f"Cách {number}", "", at)
        save_view(connection, BOARD.id, "Cách 0", "show=late", at)
        with pytest.raises(BadInput):
            save_view(connection, BOARD.id, "Thêm", "", at)
        save_view(connection, OFFICER.id, "Thêm", "", at)
    browser = Browser(town, BOARD)
    answer = browser.send(browser.form("/c/2016", "/views").set("name", "Thêm"))
    assert answer.status_code == 422
    assert "Xóa bớt một cách xem cũ" in said(answer)
    assert 'value="Thêm"' in said(answer)


def test_what_is_no_filter_of_ours_is_not_kept(town: Town) -> None:
    """A form that was tampered with keeps what a board understands and leads nowhere else."""
    browser = Browser(town, BOARD)
    form = browser.form("/c/2016", "/views").set("name", "X").set("view", "show=%2F%2Fx&kind=nobody&a=1&q=b")
    assert browser.send(form).headers["location"] == "/c/2016?q=b&kept=1&done=done"
