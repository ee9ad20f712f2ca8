"""Every page in every state, in a real browser: axe objects to nothing, nothing is wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.api.page_samples import all_pages
from tests.browser.axe import violations

Shown = Callable[[str, str], Page]
NAMES = tuple(all_pages("vi"))

PHONE, DESK = (320, 700), (1280, 900)
A4 = (718, 1000)
"""The pixels between the margins of a sheet, at 96 to the inch."""

TOO_WIDE = """() => {
  const root = document.documentElement;
  const moves = (one) => one && (getComputedStyle(one).overflowX !== "visible" || moves(one.parentElement));
  if (root.scrollWidth <= root.clientWidth) return [];
  const found = [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
    .filter((one) => !one.closest(".hidden, .skip") && !moves(one.parentElement))
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
  return found.length ? found : [`${root.scrollWidth} of ${root.clientWidth}`];
}"""
"""What sticks out where a page can be moved sideways: its first elements, for whoever has to find them."""


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_in_either_language_and_on_either_ground(shown: Shown, name: str) -> None:
    """Light and dark differ in colours alone, so in the dark only contrast is asked again."""
    found = {}
    for language in ("vi", "en"):
        page = shown(name, language)
        found[language, "light"] = violations(page)
        page.emulate_media(color_scheme="dark")
        found[language, "dark"] = violations(page, rules=("color-contrast",))
    assert {key: lines for key, lines in found.items() if lines} == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_page_is_wider_than_the_screen_the_type_or_the_paper(shown: Shown, name: str) -> None:
    page = shown(name, "vi")
    found = {}
    for what, (width, height), size, media in (
        ("phone", PHONE, "100", "screen"),
        ("desk", DESK, "100", "screen"),
        ("large type", DESK, "200", "screen"),
        ("large type on a small screen", (640, 900), "200", "screen"),
        ("paper", A4, "100", "print"),
    ):
        page.emulate_media(media=media)  # type: ignore[arg-type]  # one of the two above
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("size => { document.documentElement.dataset.size = size }", size)
        found[what] = page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    assert {what: elements for what, elements in found.items() if elements} == {}
