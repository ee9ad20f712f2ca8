"""Two regulations side by side: chosen from a form, told in both languages, each difference in words."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from api.pages.words import LANGUAGES
from api.sign_in.signed_in import SignedIn
from tests.api.browsing import Browser
from tests.api.html_outline import outline
from tests.builders import BOARD
from tests.town import Town
from tests.workflow.rules.shelf import layer
from workflow.database import Database
from workflow.rules.books import Books

TWO = "/rulebooks/compare?left=duk_2016&right=qd366_2025&year=2026"
BASE, LAYER = "qd366_2025", "vi_du_dang_uy_cong_ty"


@pytest.fixture
def browser(database: Database) -> Browser:
    """An officer in a town whose campaign is open."""
    return Browser(Town.on(database).open(), BOARD)


FIXED = """
[[rule]]
id = "noi_bo.due"
cite = "HD 02"
says.vi = "Trước ngày 01/12/2026."
says.en = "Before 1 December 2026."
role = "deadline"
gates = ["submit"]
kinds = ["individual"]
force = "warn"
condition = "by_fixed_day@1"
fact = "submission.on"
day = 2026-12-01
word = "before"
"""


def own_shelf(browser: Browser, shelf: Path) -> None:
    """The service of this browser has layers of its own on this shelf."""
    service = browser.client.app.state.service  # type: ignore[attr-defined]  # the application under the client
    object.__setattr__(service, "books", Books(shelf))


def text_of(page: str) -> str:
    """What a reader sees."""
    return " ".join(outline(page).all("main")[0].text.replace("\u00a0", " ").split())


def rows_of(page: str) -> list[str]:
    """Each row of the tables as a reader sees it, its cells apart."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def test_without_a_choice_there_is_the_form_alone(browser: Browser) -> None:
    page = outline(browser.open("/rulebooks/compare"))
    offered = {one.attributes["value"] for one in page.all("option")}
    assert set(Books().names()) <= offered
    assert page.all("table") == []
    (form,) = [one for one in page.all("form") if one.attributes.get("action") == "/rulebooks/compare"]
    assert form.attributes["method"] == "get"


def test_the_heading_counts_and_the_choice_stays_in_the_form(browser: Browser) -> None:
    page = outline(browser.open(TWO))
    heading = page.all("h1")[0].text.replace("\u00a0", " ")
    assert heading == "10 cặp quy tắc khác nhau, 175 chỉ có bên trái, 83 chỉ có bên phải"
    chosen = [one.attributes["value"] for one in page.all("option") if "selected" in one.attributes]
    assert chosen == ["duk_2016", "qd366_2025"]


def test_the_steps_stand_side_by_side(browser: Browser) -> None:
    told = text_of(browser.open(TWO))
    assert "Hoàn thành xuất sắc nhiệm vụ: trên 2/3" in told
    assert "Không bỏ phiếu; báo cáo mức tự xếp loại" in told
    assert "không quá 15%, của tổng số mức cao nhất và mức thứ hai, làm tròn xuống, từ chối" in told
    assert "không quá 1, từ chối (số đảng viên trong danh sách: < 7)" in told
    assert "True" not in told
    assert "False" not in told
    assert "Dự thảo đến người dự họp: ít nhất 3 ngày làm việc" in told
    assert "30/12/2026, khi quyết định xếp loại" in told


def test_a_pair_shows_both_values_says_differs_and_leads_to_both_rules(browser: Browser) -> None:
    page = browser.open(TWO)
    for address in (
        "/rulebooks/duk_2016/rules/duk.quota_share",
        "/rulebooks/qd366_2025/rules/qd366.quota",
    ):
        assert f'href="{address}"' in page
        assert browser.client.get(address).status_code == 200
    assert "Tỷ lệ cao nhất, % 15 20 ≠ Khác nhau" in rows_of(page)
    assert "Làm tròn làm tròn xuống (C-18) làm tròn xuống (C-18) = Như nhau" in rows_of(page)


def test_every_rule_of_both_sides_is_led_to(browser: Browser) -> None:
    page = browser.open(TWO)
    for name in ("duk_2016", "qd366_2025"):
        for rule in Books().load(name).rules:
            assert f'href="/rulebooks/{name}/rules/{rule.id}"' in page, rule.id


def test_every_two_regulations_there_are_can_be_compared_in_both_languages(browser: Browser) -> None:
    names = Books().names()
    for left, right in zip(names, (*names[1:], names[0]), strict=True):
        for language in LANGUAGES:
            page = outline(browser.open(f"/rulebooks/compare?left={left}&right={right}&language={language}"))
            assert len(page.all("h1")) == 1
            ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
            assert len(ids) == len(set(ids))


def test_one_regulation_beside_itself_has_nothing_different(browser: Browser) -> None:
    page = browser.open("/rulebooks/compare?left=duk_2016&right=duk_2016")
    assert outline(page).all("h1")[0].text.replace("\u00a0", " ") == "Hai bên không quy định gì khác nhau"
    assert "≠ Khác nhau" not in text_of(page)


def test_a_layers_own_page_leads_to_what_it_changes(browser: Browser) -> None:
    address = f"/rulebooks/compare?left={BASE}&amp;right={LAYER}"
    assert f'href="{address}"' in browser.open(f"/rulebooks/{LAYER}")
    page = browser.open(address.replace("&amp;", "&"))
    assert "Số ngày làm việc ít nhất 3 5 ≠ Khác nhau" in rows_of(page)
    assert "0 chỉ có bên trái" in text_of(page)
    assert 'href="/rulebooks/compare?left=duk_2016"' in browser.open("/rulebooks/duk_2016")
    assert 'href="/rulebooks/compare"' in browser.open("/rulebooks")


def test_what_a_campaign_pinned_can_stand_on_one_side(browser: Browser) -> None:
    (link,) = {
        one.attributes["href"]
        for one in outline(browser.open("/c/2016")).all("a")
        if one.attributes.get("href", "").startswith("/rulebooks/") and len(one.attributes["href"]) == 75
    }
    page = browser.open(f"/rulebooks/compare?left={link.removeprefix('/rulebooks/')}&right=qd366_2025")
    assert f'href="{link}/rules/duk.quota_share"' in page


@pytest.mark.parametrize(
    ("year", "said"), [("2000", False), ("2100", False), ("1999", True), ("2101", True), ("năm nay", True)]
)
def test_a_year_is_taken_from_2000_to_2100_and_else_said_beside_the_field(
    browser: Browser, year: str, said: bool
) -> None:
    page = browser.open(f"/rulebooks/compare?left=duk_2016&right=qd366_2025&year={year}")
    assert ("Năm ghi bằng số, từ 2000 đến 2100." in text_of(page)) is said
    assert ("Hạn của năm kiểm điểm " + year in text_of(page)) is not said
    assert f'value="{year}"' in page


def test_last_days_of_both_sides_are_those_of_one_calendar_far_from_their_own_years(browser: Browser) -> None:
    """The plan of 2016 was shipped with the calendar of its years; its yearly days can be told for any."""
    told = text_of(browser.open(TWO))
    assert "05/02/2027, khi báo cáo cấp trên" in told
    assert "30/12/2026, khi quyết định xếp loại" in told


def test_a_day_outside_the_calendar_is_said_and_not_guessed(tmp_path: Path, browser: Browser) -> None:
    layer(tmp_path, "noi_bo", "qd366_2025", FIXED)
    own_shelf(browser, tmp_path)
    address = "/rulebooks/compare?left=qd366_2025&right=noi_bo&year="
    said = "Không tính được: có hạn nằm ngoài lịch quanh năm này"
    assert said in text_of(browser.open(f"{address}2040"))
    assert said not in text_of(browser.open(f"{address}2026"))


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_regulation_that_is_not_there_is_answered_with_not_found(browser: Browser, side: str) -> None:
    other = {"left": "right", "right": "left"}[side]
    address = f"/rulebooks/compare?{side}=duk_1916&{other}=duk_2016"
    assert browser.client.get(address).status_code == 404


def test_a_layer_that_is_written_wrongly_is_not_offered_and_hinders_nobody(
    tmp_path: Path, browser: Browser
) -> None:
    wrong = tmp_path / "sai"
    wrong.mkdir()
    (wrong / "rulebook.toml").write_text('id = "sai"\nextends = "nothing"\n', encoding="utf-8")
    own_shelf(browser, tmp_path)
    page = browser.open(TWO)
    assert 'value="sai"' not in page


def test_nobody_has_to_sign_in_for_it(database: Database) -> None:
    browser = Browser(Town.on(database).open())
    browser.client.app.state.actors = SignedIn()  # type: ignore[attr-defined]  # the application under the client
    assert browser.client.get(TWO).status_code == 200
    assert browser.client.get("/c/2016").status_code == 303
