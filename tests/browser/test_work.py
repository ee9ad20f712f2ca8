"""A campaign opened from a page in a real browser, loaded again in the middle, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from api.actors import COOKIE, actor_text
from handlers import opening
from handlers.opening import open_campaign, read_campaign
from handlers.work import carrying, running
from tests.browser.conftest import WAIT_MILLISECONDS
from tests.browser.people import served
from tests.builders import BLOC, OFFICER, OPENED
from tests.town import Town
from workflow.bodies import Campaign
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.engine import Engine


@pytest.fixture
def middle(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """An opening stands still once six reviews are there, until the test lets it go."""
    go = Event()

    def held(engine: Engine, actor: Actor, campaign: str, progress: Callable[[int, int], None]) -> Campaign:
        def told(done: int, of: int) -> None:
            progress(done, of)
            if done == 6:
                assert go.wait(WAIT_MILLISECONDS / 1000)

        return open_campaign(engine, actor, campaign, told)

    monkeypatch.setattr(opening, "BATCH", 3)
    monkeypatch.setattr(carrying, "open_campaign", held)
    monkeypatch.setattr(running, "TICK_SECONDS", 0.05)
    yield go
    go.set()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_campaign_is_opened_and_its_page_loaded_again_in_the_middle(
    database: Database, browser: Browser, middle: Event, scripts: bool
) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.now.put(OPENED)
    with served(database, town.engine, development=True) as address:
        context = browser.new_context(base_url=address, java_script_enabled=scripts)
        context.set_default_timeout(WAIT_MILLISECONDS)
        context.add_cookies([{"name": COOKIE, "value": quote(actor_text(OFFICER), safe=""), "url": address}])
        page = context.new_page()
        page.goto("/campaigns")
        page.get_by_role("link", name="Lập đợt kiểm điểm").click()
        page.get_by_label("Quy định").select_option("duk_2016")
        page.get_by_label("Năm kiểm điểm").fill("2016")
        page.get_by_label("Mã cấp trên quyết định").fill(BLOC)
        page.get_by_role("button", name="Xem trước").click()
        page.get_by_role("button", name="Lập và mở đợt:").click()
        expect(page).to_have_url(f"{address}/jobs/1")
        bar = page.locator("progress")
        expect(bar).to_have_attribute("value", "6", timeout=WAIT_MILLISECONDS)
        page.reload()
        expect(bar).to_have_attribute("value", "6")
        expect(page.locator("#told")).to_contain_text("6")
        middle.set()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Đã xong", timeout=WAIT_MILLISECONDS)
        expect(bar).to_have_count(0)
        page.get_by_role("link", name="Xem tiến độ của đợt").click()
        expect(page).to_have_url(f"{address}/c/2016")
        context.close()
    assert read_campaign(town.engine, "2016").stage == "open"
