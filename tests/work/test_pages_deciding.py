"""A cohort decided in one go is long work where it is large: an outcome a row, and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.pages import decide_routes
from states import review as life
from tests.api.browsing import Browser, Form, forms_of
from tests.api.lived import Lived
from tests.two_cells import COMMITTEE, members_of, two_cells
from tests.work.asking import ended
from workflow.database import Database
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.review import Review

PAGE = "/c/2026/decide"
YEN = members_of("CB1")[1]


@pytest.fixture
def here(database: Database, tmp_path: Path) -> Lived:
    """Two cells appraised: three excellent, nine good, and place for two."""
    return two_cells(database, tmp_path)


def confirmed(browser: Browser) -> Form:
    """What was chosen, looked at for the last time: everything that agrees, and one above the ceiling."""
    form = next(one for one in forms_of(browser.open(PAGE)) if "/decide/confirmation" in one.action)
    for review in (*members_of("CB1")[:2], members_of("CB2")[0]):
        form = form.set(f"take.{review}", "on")
    answer = browser.send(form.set("document", "QĐ 12"))
    assert answer.status_code == 200
    return next(one for one in forms_of(answer.text) if one.action.endswith("/decide"))


def stage(left: Lived, review: str) -> str:
    with left.database.read() as connection:
        stored = Log(connection).read([f"review/{review}"])[f"review/{review}"]
    found = fold_stored(f"review/{review}", stored)
    assert isinstance(found, Review)
    return found.stage


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_large_cohort_is_decided_beside_the_answer(here: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide_routes, "ROWS_AT_ONCE", 3)
    committee = Browser(here, COMMITTEE)
    form = confirmed(committee)
    address = committee.send(form).headers["location"]
    assert address == "/jobs/1"
    ended(committee)
    assert committee.send(form).headers["location"] == address, "sent twice it is decided once"
    page = committee.open(address)
    refused = page[page.index("dòng chưa được ghi") : page.index("dòng đã ghi")]
    assert "Đã ghi 9 dòng, chưa ghi 3." in page
    assert "3 dòng chưa được ghi" in page
    assert "9 dòng đã ghi" in page
    assert f'href="/r/{YEN}"' in refused
    assert "Bị từ chối" in refused
    assert 'class="clause"' in refused, "the clause of the ceiling stands beside it"
    assert stage(here, YEN) == life.APPRAISED
    assert stage(here, members_of("CB1")[2]) == life.APPROVED
    assert f'href="{PAGE}"' in page
