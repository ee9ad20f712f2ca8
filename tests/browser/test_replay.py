"""Walking through a record with keys, slider and links, one event at a time: the page is loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Running
from tests.builders import AUDITOR, member

PERSON = "0205"
ADDRESS = f"/r/{member(PERSON)}/history"


@pytest.fixture
def page(service: Running) -> Iterator[Page]:
    """The replay of a member who has prepared, at the third event."""
    if not service.town.review(member(PERSON)).self_level:
        service.town.prepare(PERSON)
    with service.as_(AUDITOR) as page:
        page.goto(f"{ADDRESS}?v=3")
        yield page


def shows(page: Page, event: int) -> None:
    """Wait until an event is laid open; its place in list, slider and address are the same."""
    page.wait_for_function(
        "event => document.querySelector('#replay-list [aria-current] .event-number').textContent == event",
        arg=str(event),
    )
    assert page.locator("#replay-list li[aria-current]").count() == 1
    assert page.input_value("#event") == str(event)
    assert parse_qs(urlsplit(page.url).query)["v"] == [str(event)]
    later = page.locator("#replay-list li.later").count()
    assert later == int(page.get_attribute("#event", "max") or 0) - event


def test_arrow_keys_walk_as_fast_as_they_are_pressed(page: Page) -> None:
    loads: list[str] = []
    page.on("domcontentloaded", lambda _: loads.append("again"))
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    shows(page, 6)
    page.keyboard.press("ArrowLeft")
    shows(page, 5)
    assert loads == []


def test_the_ends_are_the_ends(page: Page) -> None:
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    shows(page, 1)
    assert page.locator("#replay-head a[rel=prev]").count() == 0
    last = int(page.get_attribute("#event", "max") or 0)
    page.click("#replay-head a[rel=last]")
    shows(page, last)
    page.keyboard.press("ArrowRight")
    shows(page, last)


def test_the_slider_keeps_its_focus_and_says_where_it_is(page: Page) -> None:
    page.focus("#event")
    page.keyboard.press("ArrowRight")
    shows(page, 4)
    assert page.evaluate("document.activeElement.id") == "event"
    page.wait_for_function("document.getElementById('event').getAttribute('aria-valuetext').includes('4')")


def test_a_button_keeps_its_focus_so_that_it_can_be_pressed_again(page: Page) -> None:
    page.focus("#replay-head a[rel=next]")
    page.keyboard.press("Enter")
    shows(page, 4)
    assert page.evaluate("document.activeElement.rel") == "next"
    page.keyboard.press("Enter")
    shows(page, 5)


def test_the_way_back_leads_through_the_events(page: Page) -> None:
    page.click("#replay-list li:nth-child(5) a")
    shows(page, 5)
    page.click("#replay-bands a >> nth=0")
    shows(page, 1)
    page.go_back()
    shows(page, 5)
    page.go_back()
    shows(page, 3)


def test_without_scripts_links_and_the_form_lead_to_the_same_events(service: Running, page: Page) -> None:
    with service.as_(AUDITOR, java_script_enabled=False) as plain:
        plain.goto(f"{ADDRESS}?v=3")
        plain.click("#replay-head a[rel=next]")
        assert urlsplit(plain.url).query == "v=4"
        plain.focus("#event")
        plain.keyboard.press("ArrowRight")
        plain.click(".replay button")
        assert urlsplit(plain.url).query == "v=5"
        assert plain.locator("#replay-list [aria-current] .event-number").inner_text() == "5"
