"""How a rulebook is composed: on a page, as JSON, in the terminal; and a layer folder of one's own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from handlers.opening import open_campaign
from tests.api.browsing import Browser
from tests.api.served import Served
from tests.builders import BASE, BLOC, BOARD, OFFICER
from tests.town import Town
from tests.workflow.rules.shelf import layer
from workflow.commands.campaign import PlanCampaign
from workflow.database import Database

EXAMPLE, BARE = "vi_du_dang_uy_cong_ty", "qd366_2025"
DOCUMENT = "Hướng dẫn 01-HD/ĐU ngày 15/09/2026 của Đảng ủy Công ty (ví dụ), mục 7.3"
EARLIER = """
[[set]]
rule = "duk.notice_to_participants"
parameter = "days_min"
value = {days}
cite = "HD 02"
"""


def ran(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.fixture
def browser(database: Database) -> Browser:
    """An officer in a town."""
    return Browser(Town.on(database).open(), BOARD)


def test_the_page_tells_which_layer_set_a_value_and_by_which_document(browser: Browser) -> None:
    page = browser.open(f"/rulebooks/{EXAMPLE}/composed")
    assert "<del>3</del> → 5" in page
    assert DOCUMENT in page
    assert "chưa đối chiếu bản gốc" in page


def test_the_page_of_the_bare_regime_lists_what_is_still_to_be_set(browser: Browser) -> None:
    page = browser.open(f"/rulebooks/{BARE}/composed")
    assert "Nơi quyết định mức xếp loại của đảng viên." in page


def test_the_same_is_data(served: Served) -> None:
    client = served.acting(BOARD)
    found = client.get(f"/api/v1/rulebooks/{EXAMPLE}/composed").json()
    value = next(
        one
        for one in found["values"]
        if (one["of"], one["name"]) == ("qd366.notice_collective", "working_days_min")
    )
    assert (value["base"], value["value"], value["set_by"], value["cite"]) == (3, 5, EXAMPLE, DOCUMENT)
    assert found["unset"] == []
    bare = client.get(f"/api/v1/rulebooks/{BARE}/composed").json()
    assert "qd366.open_quota_groups" in {one["id"] for one in bare["unset"]}


def test_the_terminal_shows_each_value_with_its_document() -> None:
    code, output = ran("rulebook", "show", EXAMPLE, "--composed")
    assert code == 0
    assert f"quy tắc qd366.notice_collective, working_days_min: 3 → 5 ({EXAMPLE}; {DOCUMENT})" in output
    code, output = ran("rulebook", "show", EXAMPLE, "--composed", "--json")
    assert json.loads(output)["regime"] == BARE


def test_a_folder_of_ones_own_is_checked_from_anywhere(tmp_path: Path) -> None:
    good = layer(tmp_path, "noi_bo", "duk_2016", EARLIER.format(days=5))
    assert ran("rulebook", "check", str(good))[0] == 0
    layer(tmp_path, "noi_bo", "duk_2016", EARLIER.format(days=2))
    code, output = ran("rulebook", "check", str(good))
    assert code == 1
    assert "noi_bo/rules.toml, duk.notice_to_participants, days_min: 2 is looser" in output
    assert ran("rulebook", "check", str(tmp_path))[0] != 0


def test_a_folder_beside_the_shipped_ones_is_listed_and_used(tmp_path: Path) -> None:
    layer(tmp_path, "noi_bo", "duk_2016", EARLIER.format(days=5))
    code, output = ran("rulebook", "list", "--rulebook-folder", str(tmp_path), "--json")
    assert code == 0
    assert {"noi_bo", "duk_2016"} <= {one["id"] for one in json.loads(output)}
    code, output = ran("rulebook", "show", "noi_bo", "--composed", "--rulebook-folder", str(tmp_path))
    assert "days_min: 3 → 5 (noi_bo; HD 02)" in output


def test_every_page_of_a_campaign_says_that_the_regime_was_only_quoted(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.now.put(date(2026, 11, 2))
    town.do(
        PlanCampaign(
            campaign="2026",
            year=2026,
            rulebook=EXAMPLE,
            organisation=BASE,
            superior=BLOC,
            roster_day=date(2026, 11, 2),
        ),
        OFFICER,
    )
    open_campaign(town.engine, OFFICER, "2026")
    said = "theo trích dẫn trên các cổng văn bản, chưa đối chiếu bản gốc"
    assert said in Browser(town, BOARD).open("/c/2026")
    assert said not in Browser(Town.on(database), BOARD).open("/rulebooks")
