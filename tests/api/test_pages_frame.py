"""What surrounds every page: entries by capacity, a search in scope, how one reads."""

from __future__ import annotations

import pytest

from api.pages.look import LOOK, chosen
from api.pages.navigation import ADDRESSES, ENTRIES, FURTHER
from states.roles import Role
from tests.api.browsing import Browser
from tests.api.html_outline import outline
from tests.builders import BASE, BOARD, FIRST, OFFICER, SECOND
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


def _labels(page: str) -> list[str]:
    elements = outline(page).elements
    return [
        element.text.strip()
        for element in elements
        if element.tag == "a" and element.inside[-3:] == ("nav", "ul", "li")
    ]


# --- entries ------------------------------------------------------------------------------------------


def test_every_role_that_acts_has_entries_and_every_entry_an_address() -> None:
    assert set(ENTRIES) == set(Role) - {Role.CLOCK}
    used = {key for keys in ENTRIES.values() for key in keys} | set(FURTHER)
    assert used == set(ADDRESSES)


def test_a_secretary_and_a_member_find_their_own_cell_and_their_own_review(town: Town) -> None:
    page = Browser(town, town.secretary(FIRST)).open("/rulebooks")
    labels = _labels(page)
    assert [label.partition(" \n")[0].split("0")[0].strip() for label in labels][1:4] == [
        "Tiến độ",
        "Chi bộ của tôi",
        "Mùa",
    ]
    assert f'href="/c/2016/o/{FIRST}"' in page
    page = Browser(town, Actor(id="0104", role=Role.MEMBER, body=FIRST)).open("/")
    assert 'href="/r/2016.member.0104"' in page
    assert "Tiến độ" not in " ".join(_labels(page))


@pytest.mark.parametrize("role", sorted(ENTRIES), ids=str)
def test_no_entry_leads_anybody_to_a_page_they_may_not_open(town: Town, role: Role) -> None:
    body = FIRST if role in (Role.MEMBER, Role.SECRETARY, Role.COUNTING_TEAM, Role.COMMITTEE) else BASE
    browser = Browser(town, Actor(id="0104", role=role, body=body))
    page = outline(browser.open("/look"))
    hrefs = {
        element.attributes["href"]
        for element in page.all("a")
        if {"nav", "details"} & set(element.inside) and not element.attributes["href"].startswith(("?", "#"))
    }
    assert hrefs
    for href in hrefs:
        assert browser.client.get(href).status_code in (200, 303), href


def test_the_page_one_is_on_is_marked(town: Town) -> None:
    page = outline(Browser(town, BOARD).open("/c/2016"))
    marked = [e for e in page.all("a") if e.attributes.get("aria-current") == "page" and "nav" in e.inside]
    assert {e.attributes["href"] for e in marked} == {"/c/2016"}


# --- a search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["Nguyễn Thị Hoa", "nguyen thi hoa", "HOA", "hoa", "thị ho", "0101"])
def test_a_person_is_found_by_name_with_or_without_accents_or_by_code(town: Town, asked: str) -> None:
    page = Browser(town, OFFICER).open(f"/search?q={asked}")
    assert "Nguyễn Thị Hoa" in page
    assert 'href="/r/2016.member.0101"' in page


def test_a_body_is_found_too(town: Town) -> None:
    page = Browser(town, OFFICER).open("/search?q=chi bo 2")
    assert f'href="/c/2016/o/{SECOND}"' in page


@pytest.mark.parametrize("asked", ["%%", "__", "\\\\", "'; --", "=cmd()", "<script>"])
def test_signs_of_the_database_and_of_markup_are_letters_like_others(town: Town, asked: str) -> None:
    page = Browser(town, OFFICER).client.get("/search", params={"q": asked}).text
    assert "Không thấy ai, không thấy tổ chức nào" in page or "Gõ ít nhất 2 chữ cái" in page
    assert "<script>" not in page.replace("<script src=", "")


@pytest.mark.parametrize(("asked", "looked"), [("h", False), ("ho", True)])
def test_two_letters_are_asked_for(town: Town, asked: str, looked: bool) -> None:
    page = Browser(town, OFFICER).open(f"/search?q={asked}")
    assert ("Gõ ít nhất 2 chữ cái" not in page) is looked


def test_nobody_is_found_outside_what_a_capacity_sees(town: Town) -> None:
    page = Browser(town, town.secretary(SECOND)).open("/search?q=nguyen thi hoa")
    assert "/r/2016.member.0101" not in page
    page = Browser(town, Actor(id="0104", role=Role.MEMBER, body=FIRST)).open("/search?q=nguyen thi hoa")
    assert "/r/2016.member.0101" not in page


# --- how one reads ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "theme", "found"),
    [
        ("150", "dark", ("150", "dark")),
        ("150", "purple", ("150", "auto")),
        ("9000", "light", ("100", "light")),
        ("", "", ("100", "auto")),
    ],
)
def test_a_look_that_is_none_is_left_out(size: str, theme: str, found: tuple[str, str]) -> None:
    look = chosen(size, theme)
    assert (look.size, look.theme) == found


def test_dark_colours_are_never_for_paper() -> None:
    for theme in ("auto", "dark"):
        assert chosen("100", theme).dark_media.startswith("screen")
    assert chosen("100", "light").dark_media == ""
    assert LOOK.scheme == "light dark"


def test_the_browser_remembers_the_choice_and_pages_are_drawn_by_it(town: Town) -> None:
    browser = Browser(town, OFFICER)
    form = browser.form("/look", "/look").set("size", "200").set("theme", "dark")
    answer = browser.send(form)
    assert answer.status_code == 303
    assert "kiemdiem_look=200.dark" in answer.headers["set-cookie"]
    page = browser.open("/")
    assert '<html lang="vi" data-size="200">' in page
    assert 'media="screen"' in page
