"""Comparing rulebooks in the terminal, by the API and on a page: the same counts, and bounds that hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from api.pages import compare_page
from api.resources import compare
from handlers.comparing import results
from tests.api.browsing import Browser
from tests.api.html_outline import outline
from tests.api.served import OFFICER, Served
from tests.builders import BOARD
from tests.town import Town
from tests.workflow.rules.shelf import layer
from workflow.database import Database

ADDRESS = "/api/v1/campaigns/2016/compare"


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose first cell has met and voted."""
    lived = Town.on(database).open()
    lived.make_ready()
    lived.meet()
    return lived


def run(url: str, *arguments: str) -> Any:
    environment = {"KIEMDIEM_DATABASE": url, "COLUMNS": "200", "KIEMDIEM_LANGUAGE": "vi"}
    return CliRunner().invoke(app, ["compare", "2016", *arguments], env=environment)


def test_the_command_tells_the_rules_and_the_missing_facts(town: Town, database_url: str) -> None:
    told = run(database_url, "--rulebook", "tkv_2018", "--limit", "1")
    assert told.exit_code == 0, told.output
    assert "Không ghi gì." in told.stdout
    assert "tkv.published_after_decision" in told.stdout
    assert "chưa ai ghi" in told.stdout
    assert "xem hết bằng --xlsx" in told.stdout


def test_json_and_workbook_have_every_row(town: Town, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "so.xlsx"
    told = run(database_url, "--rulebook", "tkv_2018", "--json", "--xlsx", str(file))
    assert told.exit_code == 0, told.output
    document = json.loads(told.stdout)
    assert document["different"] == len(document["rows"])
    assert document["left_off"] == 0
    sheets = openpyxl.load_workbook(file)
    names = {row[0].value for row in sheets.worksheets[2].iter_rows(min_row=2)}
    assert names == {row["review"] for row in document["rows"]}


def test_a_layer_of_ones_own_is_taken_from_its_folder(town: Town, database_url: str, tmp_path: Path) -> None:
    layer(tmp_path, "cua_toi", "duk_2016", "")
    told = run(database_url, "--rulebook", "cua_toi", "--rulebooks", str(tmp_path), "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["different"] == 0


def test_what_is_not_there_is_said_in_one_sentence(town: Town, database_url: str) -> None:
    told = run(database_url, "--rulebook", "khong_co")
    assert told.exit_code == 1
    assert "khong_co" in told.stderr


def test_a_regime_that_waits_for_a_layer_says_what_is_left_open(town: Town, database_url: str) -> None:
    told = run(database_url, "--rulebook", "qd366_2025", "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["unset"]


def test_the_api_answers_and_is_bounded(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    client = served.acting(OFFICER)
    found = client.get(ADDRESS, params={"rulebook": "tkv_2018", "limit": 3}).json()
    assert len(found["rows"]) == 3
    assert found["left_off"] == found["different"] - 3
    assert client.get(ADDRESS, params={"rulebook": "khong_co"}).status_code == 404
    monkeypatch.setattr(compare, "REVIEWS_MAX", 10)
    refused = client.get(ADDRESS, params={"rulebook": "tkv_2018"})
    assert refused.status_code == 422
    assert "kiemdiem compare 2016 --rulebook tkv_2018" in refused.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_lets_choose_and_tells_the_deciding_rules(
    town: Town, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(town, BOARD)
    empty = outline(browser.open(f"/c/2016/compare?language={language}"))
    assert "tkv_2018" in {one.attributes["value"] for one in empty.all("option") if "value" in one.attributes}
    page = browser.open(f"/c/2016/compare?rulebook=tkv_2018&language={language}")
    assert "/rulebooks/tkv_2018/rules/tkv.published_after_decision" in page
    assert len(outline(page).all("h1")) == 1
    monkeypatch.setattr(compare_page, "AT_ONCE", 3)
    assert browser.form(f"/c/2016/compare?rulebook=tkv_2018&language={language}", "/comparisons")


def test_every_sort_of_difference_and_every_word_has_both_languages() -> None:
    for vi, en in (*results.NAMES.values(), *results.WORDS.values()):
        assert vi.strip()
        assert en.strip()
