"""A process killed in the middle of long work: told as broken off, gone on with where it stopped."""

from __future__ import annotations

import pytest

from handlers import opening
from handlers.opening import read_campaign
from handlers.work.book import DONE, RUNNING
from tests.api.browsing import Browser
from tests.builders import BOARD, CAMPAIGN, OFFICER, PREPARED
from tests.handlers.test_killed import holds, opened
from tests.handlers.writing import started
from tests.town import Town
from tests.work.asking import ended, found
from tests.work.processes import open_as_work
from workflow.database import Database


def test_an_opening_killed_in_the_middle_is_gone_on_with_from_its_page(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    process, line = started(open_as_work, database_url, 3, 6)
    number = line.recv()
    while found(town, number).done < 6:
        assert process.is_alive(), "it tells how far it is until it is killed"
    process.kill()
    process.join(30)
    line.close()
    assert (found(town, number).state, len(opened(database))) == (RUNNING, 6)

    officer = Browser(town, OFFICER)
    page = officer.open(f"/jobs/{number}")
    assert "6 trên" in page
    assert "Làm tiếp" not in page, "for two minutes it may still be at it"
    town.now.put(PREPARED)
    form = officer.form(f"/jobs/{number}", "/continuation")
    assert "Dừng giữa chừng" in officer.open(f"/jobs/{number}")

    monkeypatch.setattr(opening, "BATCH", 3)
    assert Browser(town, BOARD).send(form).status_code in (403, 404), "nobody goes on with another's work"
    assert officer.send(form).headers["location"] == f"/jobs/{number}"
    assert officer.send(form).headers["location"] == f"/jobs/{number}", "asked twice, it goes on once"
    ended(officer)
    after = found(town, number)
    campaign = read_campaign(town.engine, CAMPAIGN)
    assert (after.state, after.attempt, campaign.stage) == (DONE, 2, "open")
    assert len(opened(database)) == campaign.subjects
    holds(database)
    page = officer.open(f"/jobs/{number}")
    assert "Đã xong" in page
    assert f'href="/c/{CAMPAIGN}"' in page
