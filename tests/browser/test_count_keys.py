"""A count is typed without a mouse: Tab goes along a row, Enter down its column, and a row adds itself up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

Shown = Callable[[str, str], Page]


@pytest.mark.parametrize("name", ["cell", "cell_counting"])
def test_tab_goes_along_the_row_and_enter_down_the_column_past_saved_rows(shown: Shown, name: str) -> None:
    page = shown(name, "vi")
    first, below = open_rows(page)[:2]
    page.focus(f"[name='{first}.HTXSNV']")
    page.keyboard.press("Tab")
    assert focused(page) == f"{first}.HTTNV"
    page.keyboard.press("Enter")
    assert focused(page) == f"{below}.HTTNV"
    page.keyboard.press("Shift+Enter")
    assert focused(page) == f"{first}.HTTNV"
    assert page.url.endswith(f"{name}.vi"), "Enter sends nothing"


def test_leaving_a_row_checks_its_sum(shown: Shown) -> None:
    """Of nineteen valid papers nineteen marks are right, eighteen leave one blank, twenty are too many."""
    page = shown("cell_counting", "vi")
    row = open_rows(page)[-1]
    for papers, said, wrong in (("19", "đủ 19", False), ("18", "trống 1", False), ("20", "thừa 1", True)):
        page.fill(f"[name='{row}.HTXSNV']", papers)
        page.keyboard.press("Tab")
        page.focus("[name='issued']")
        line = page.locator("tr", has=page.locator(f"[name='{row}.HTXSNV']"))
        assert line.locator("[data-sum]").inner_text() == said
        invalid = page.get_attribute(f"[name='{row}.HTXSNV']", "aria-invalid")
        assert (invalid == "true") is wrong


def test_the_summary_leads_to_the_row_that_is_wrong(shown: Shown) -> None:
    page = shown("cell_counting", "vi")
    page.click("#errors a")
    assert page.evaluate("location.hash") == "#b-p-2"
    assert page.locator("#b-p-2").evaluate("row => row.classList.contains('wrong')")


def focused(page: Page) -> str:
    """The name of the input that has the focus."""
    return str(page.evaluate("document.activeElement.name"))


def open_rows(page: Page) -> list[str]:
    """The rows that take figures, from the top, each as the beginning of its inputs' names."""
    names = page.eval_on_selector_all("[data-ballot] [data-count]", "all => all.map(one => one.name)")
    return list(dict.fromkeys(str(name).rpartition(".")[0] for name in names))
