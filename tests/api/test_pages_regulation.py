"""The pages of the regulations: every rule, question and row has its address, in both languages."""

from __future__ import annotations

import re

import pytest

from api.pages.words import LANGUAGES
from tests.api.browsing import Browser
from tests.api.html_outline import outline
from tests.builders import BOARD
from tests.town import Town
from workflow.database import Database
from workflow.rules.loading import HEADER, SHIPPED
from workflow.rules.register import questions
from workflow.rules.rulebook import Rulebook

SHIPPED_IDS = sorted(path.parent.name for path in SHIPPED.glob(f"*/{HEADER}"))


@pytest.fixture
def browser(database: Database) -> Browser:
    """An officer in a town whose campaign is open."""
    return Browser(Town.on(database).open(), BOARD)


def links(page: str, of: str) -> list[str]:
    """The addresses of a page that contain these words."""
    return [found for found in re.findall(r'href="([^"]+)"', page) if of in found]


def test_the_list_leads_to_every_regulation_shipped(browser: Browser) -> None:
    page = browser.open("/rulebooks")
    assert {f"/rulebooks/{name}" for name in SHIPPED_IDS} <= set(links(page, "/rulebooks/"))


def test_every_regulation_leads_to_its_rules_and_readings(browser: Browser) -> None:
    for name in SHIPPED_IDS:
        book = Rulebook.load(name)
        page = browser.open(f"/rulebooks/{name}")
        assert {f"/rulebooks/{name}/rules/{rule.id}" for rule in book.rules} == set(links(page, "/rules/"))
        taken = {f"/rulebooks/{name}/readings/{key}" for key in book.settings}
        assert taken <= set(links(page, "/readings/"))
        for address in (*links(page, "/rules/")[:2], *links(page, "/readings/")[:2]):
            for language in LANGUAGES:
                parsed = outline(browser.open(f"{address}?language={language}"))
                assert len(parsed.all("h1")) == 1
                ids = [one.attributes["id"] for one in parsed.elements if "id" in one.attributes]
                assert len(ids) == len(set(ids))


def test_a_rule_shows_its_clause_its_reading_and_what_the_document_says(browser: Browser) -> None:
    page = browser.open("/rulebooks/duk_2016/rules/duk.notice_to_participants")
    assert "DUK-2016, II.3.1" in page
    assert "từ chối" in page
    assert "/rulebooks/duk_2016/readings/C-02" in page
    assert questions()["C-02"].question.vi.split(",")[0] in page
    assert "DUK-2016.53" in page


def test_for_which_case_a_rule_is_stands_in_words(browser: Browser) -> None:
    page = browser.open("/rulebooks/qd366_2025/rules/qd366.cell_first")
    assert "giữ chức vụ lãnh đạo, quản lý: có" in page
    assert "True" not in page
    english = browser.open("/rulebooks/qd366_2025/rules/qd366.cell_first?language=en")
    assert "True" not in english


def test_a_house_default_stands_under_no_clause(browser: Browser) -> None:
    page = browser.open("/rulebooks/duk_2016/rules/duk.vote_organisation")
    assert "mặc định của hệ thống, không có điều khoản" in page
    assert "DUK-2016, III" not in page
    english = browser.open("/rulebooks/duk_2016/rules/duk.vote_organisation?language=en")
    assert "house default, no clause" in english
    assert "Mặc định của hệ thống" not in english


def test_a_question_shows_the_reading_why_and_the_rules_that_rest_on_it(browser: Browser) -> None:
    page = browser.open("/rulebooks/duk_2016/readings/C-17")
    assert "Cả nhóm: xuất sắc cộng tốt." in page
    assert "/rulebooks/duk_2016/rules/duk.quota_share" in page
    assert "DUK-2016.128" in page
    elsewhere = browser.open("/rulebooks/duk_2016/readings/C-47")
    assert "Không quy tắc nào dựa vào cách hiểu này." in elsewhere
    assert "STC-2024.25" in elsewhere


def test_the_rows_say_what_carries_them_and_where(browser: Browser) -> None:
    page = browser.open("/rulebooks/duk_2016/rows")
    assert 'id="DUK-2016.189"' in page
    assert "/rulebooks/duk_2016/rules/duk.notice_to_participants" in page


def test_a_finding_leads_to_the_page_of_its_rule_as_it_was_pinned(browser: Browser) -> None:
    page = browser.open("/c/2016")
    (regulation,) = set(links(page, "/rulebooks/"))
    assert re.fullmatch(r"/rulebooks/[0-9a-f]{64}", regulation)
    assert f"{regulation}/rules/duk.notice_to_participants" in links(browser.open(regulation), "/rules/")
    assert "DUK-2016, II.3.1" in browser.open(f"{regulation}/rules/duk.notice_to_participants")


def test_what_is_not_there_is_said(browser: Browser) -> None:
    for address in (
        "/rulebooks/duk_1916",
        f"/rulebooks/{'0' * 64}",
        "/rulebooks/duk_2016/rules/duk.nothing",
        "/rulebooks/duk_2016/readings/C-94",
    ):
        assert browser.client.get(address).status_code == 404, address
