"""How papers come out of a printer: pages on A4 as Chromium makes them, and what keeps a table whole."""

from __future__ import annotations

import pytest

from tests.api.browsing import Browser
from tests.builders import FIRST, MET
from tests.prints.papers import CELL, pages_on_a4, rename
from tests.town import Town
from workflow.database import Database

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""How a page is laid out has nothing to do with the database."""


def ready(database: Database, people: int) -> tuple[Town, Browser]:
    """A cell of so many people on the evening it meets, and its secretary."""
    town = Town.on(database, first=people).open()
    town.make_ready()
    town.now.put(MET, 20)
    return town, Browser(town, town.secretary(FIRST))


def test_a_small_cell_prints_its_papers_on_one_page_and_two_ballots_on_another(database: Database) -> None:
    _, browser = ready(database, 6)
    assert {
        paper: pages_on_a4(browser, f"{CELL}/print/{paper}") for paper in ("notice", "agenda", "count")
    } == {
        "notice": 1,
        "agenda": 1,
        "count": 1,
    }
    assert pages_on_a4(browser, f"{CELL}/print/ballots") == 3, "six papers, two on an A4"


def test_an_odd_number_of_ballots_leaves_half_a_page_free(database: Database) -> None:
    _, browser = ready(database, 5)
    assert pages_on_a4(browser, f"{CELL}/print/ballots") == 3


def test_a_middle_sized_cell_has_a_page_a_ballot(database: Database) -> None:
    _, browser = ready(database, 21)
    assert pages_on_a4(browser, f"{CELL}/print/ballots") == 21
    assert pages_on_a4(browser, f"{CELL}/print/agenda") == 1
    assert pages_on_a4(browser, f"{CELL}/print/count") == 2


def test_long_names_make_a_paper_longer_and_nothing_is_lost(database: Database) -> None:
    town, browser = ready(database, 6)
    for person in town.people(FIRST):
        rename(town, person, f"Công Tằng Tôn Nữ Thị Bích Phượng Hoàng Diễm Quỳnh {person}")
    assert pages_on_a4(browser, f"{CELL}/print/ballots") == 6, "one on an A4, for they no longer fit in half"
    assert pages_on_a4(browser, f"{CELL}/print/count") <= 2
