"""A campaign planned and opened from a page: looked at first, refused beside the fields, opened as work."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from handlers import foreseen
from handlers.opening import read_campaign
from handlers.work import book
from handlers.work.orders import OpenCampaign, written
from tests.api.browsing import Browser, Form
from tests.builders import AUDITOR, BASE, BLOC, BOARD, FIRST, OFFICER, OPENED
from tests.town import Town
from tests.work.asking import ended
from workflow.database import Database
from workflow.errors import NotFound

FIELDS = {
    "look": "on",
    "organisation": BASE,
    "rulebook": "duk_2016",
    "year": "2016",
    "part": "year",
    "roster_day": "16/12/2016",
    "superior": BLOC,
    "campaign": "",
}


@pytest.fixture
def town(database: Database) -> Town:
    """A roster and no campaign yet."""
    entered = Town.on(database)
    entered.enter_roster()
    entered.now.put(OPENED)
    return entered


def asking(**fields: str) -> str:
    return f"/campaigns/new?{urlencode(FIELDS | fields)}"


def opening_form(officer: Browser, address: str = "") -> Form:
    """The form that plans and opens at once."""
    page = officer.open(address or asking())
    assert "Lập và mở đợt:" in page
    return officer.form(address or asking(), "/campaigns")


def test_before_the_first_campaign_the_first_steps_lead_here(town: Town) -> None:
    for address in ("/", "/campaigns"):
        assert 'href="/campaigns/new"' in Browser(town, OFFICER).open(address)
        assert 'href="/campaigns/new"' not in Browser(town, BOARD).open(address)


def test_without_a_roster_the_page_says_what_comes_first(database: Database) -> None:
    page = Browser(Town.on(database), OFFICER).open("/campaigns/new")
    assert "Chưa có tổ chức nào để mở đợt" in page
    assert 'href="/import"' in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_looking_tells_what_would_follow_and_records_nothing(town: Town, language: str) -> None:
    officer = Browser(town, OFFICER)
    page = officer.open(f"{asking()}&language={language}")
    town.plan()
    with town.database.read() as connection:
        campaign = read_campaign(town.engine, "2016")
        rulebook = town.engine.rulebook(connection, campaign.rulebook_hash)
        found = foreseen.foresee_opening(connection, rulebook, campaign)
    assert f"{found.reviews} {'kỳ kiểm điểm' if language == 'vi' else 'reviews'}" in page
    assert found.qualities["member"] == sum(town.cells.values())
    assert 'name="open" value="on"' in page


def test_planned_and_opened_in_one_go_and_sent_twice_it_is_once(town: Town) -> None:
    officer = Browser(town, OFFICER)
    form = opening_form(officer)
    address = officer.send(form).headers["location"]
    assert address == "/jobs/1"
    assert officer.send(form).headers["location"] == address
    ended(officer)
    campaign = read_campaign(town.engine, "2016")
    assert (campaign.stage, campaign.organisation, campaign.superior) == ("open", BASE, BLOC)
    assert campaign.roster_day == OPENED
    page = officer.open(address)
    assert f"{campaign.subjects} trên {campaign.subjects}" in page
    assert officer.client.get("/c/2016").status_code == 200
    assert 'href="/c/2016"' in officer.open("/campaigns/2016/opening")


def test_planned_alone_it_waits_on_a_page_of_its_own(town: Town) -> None:
    officer = Browser(town, OFFICER)
    officer.open(asking())
    form = opening_form(officer).set("open")
    assert officer.send(form).headers["location"] == "/campaigns/2016/opening?done=done"
    assert read_campaign(town.engine, "2016").stage == "planned"
    assert 'href="/campaigns/2016/opening"' in officer.open("/campaigns")
    opening = officer.form("/campaigns/2016/opening", "/campaigns/2016/opening")
    assert officer.send(opening).headers["location"] == "/jobs/1"
    ended(officer)
    assert read_campaign(town.engine, "2016").stage == "open"


def test_an_opening_that_runs_is_led_to_and_not_begun_twice(town: Town) -> None:
    officer = Browser(town, OFFICER)
    officer.send(opening_form(officer).set("open"))
    form = officer.form("/campaigns/2016/opening", "/campaigns/2016/opening")
    with town.database.write() as connection:
        book.ask(
            connection,
            town.engine.now(),
            OFFICER,
            kind=book.OPENING,
            orders=written(OpenCampaign(campaign="2016")),
            key="another-tab",
            leads_to="/c/2016",
        )
    assert officer.send(form).headers["location"] == "/jobs/1"
    assert 'href="/jobs/1"' in officer.open("/campaigns/2016/opening")
    assert officer.client.get("/jobs/2").status_code == 404


def test_what_the_engine_would_refuse_stands_beside_what_was_typed(town: Town) -> None:
    officer = Browser(town, OFFICER)
    page = officer.open(asking(campaign="năm 2016", roster_day="16/12/2016"))
    assert "chữ không dấu" in page
    assert 'value="năm 2016"' in page
    assert "Lập và mở đợt:" not in page, "there is nothing to press"
    layer = officer.open(asking(rulebook="qd366_2025"))
    assert "Cần lớp quy định địa phương" in layer


def test_a_wrong_field_is_named(town: Town) -> None:
    page = Browser(town, OFFICER).open(asking(year="16", roster_day="31/02/2016", rulebook=""))
    for message in ("bốn chữ số", "Không có ngày này", "Còn trống"):
        assert message in page


def test_a_name_that_is_taken_gives_way_to_another(town: Town) -> None:
    town.plan()
    assert f">2016-{BASE}<" in Browser(town, OFFICER).open(asking())


def test_a_body_of_another_branch_is_not_offered_and_not_taken(town: Town) -> None:
    officer = Browser(town, OFFICER)
    form = opening_form(officer).set("organisation", BLOC)
    assert officer.send(form).status_code == 422
    with pytest.raises(NotFound):
        read_campaign(town.engine, "2016")


def test_nobody_but_an_officer_plans_or_opens(town: Town) -> None:
    town.plan()
    for actor in (BOARD, AUDITOR, town.secretary(FIRST)):
        other = Browser(town, actor)
        assert other.client.get("/campaigns/new").status_code == 403
        assert other.client.get("/campaigns/2016/opening").status_code == 404


def test_of_a_large_roster_people_are_counted_and_not_judged(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreseen, "JUDGED_MAX", 3)
    officer = Browser(town, OFFICER)
    page = officer.open(asking())
    assert f"Danh sách có {sum(town.cells.values())} người" in page
    form = officer.form(asking(), "/campaigns")
    officer.send(form)
    ended(officer)
    assert read_campaign(town.engine, "2016").stage == "open"


def test_a_day_on_which_the_body_is_not_there_opens_nothing(town: Town) -> None:
    page = Browser(town, OFFICER).open(asking(roster_day="01/01/1990"))
    assert f"Không tìm thấy tổ chức “{BASE}”" in page
    assert "Lập và mở đợt:" not in page
