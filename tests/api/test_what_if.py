"""What a decision would come to, asked on the page, in the terminal and for machines; nothing is written."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from api.cli import app
from states.roles import Role
from tests.api.browsing import Browser
from tests.api.lived import lived
from tests.builders import COMMITTEE, FIRST, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

TOP, GOOD, REPORT = "HTXSNV", "HTTNV", "CB01-KQ"
FORMULA = "15·8/100 → 1"
ADDRESS = f"/api/v1/submissions/{REPORT}/what-if"
KEPT = ("events", "heads", "findings", "refusals", "reviews", "bundles")


@pytest.fixture
def town(database: Database) -> Town:
    """A cell of eight: 15% of eight is 1.2, so one may be excellent, and one was voted so."""
    town = Town.on(database, first=8).open()
    town.make_ready(levels={"0104": TOP})
    town.meet(levels={"0104": TOP})
    town.submit()
    town.appraise()
    return town


def kept(database: Database) -> list[int]:
    """How many rows the log, the refusals and the read models have."""
    with database.read() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in KEPT]


def terminal(url: str, *arguments: str, language: str = "en") -> Any:
    """`kiemdiem what-if` on the database of this address."""
    environment = {"KIEMDIEM_DATABASE": url, "COLUMNS": "200", "KIEMDIEM_LANGUAGE": language}
    return CliRunner().invoke(app, ("what-if", *arguments), env=environment)


def test_above_the_form_the_page_says_formula_room_and_candidates(town: Town) -> None:
    before = kept(town.database)
    page = Browser(town, COMMITTEE).open(f"/c/2016/o/{FIRST}")
    assert "1 ở mức cao nhất, 7 ở mức tốt, 8 được xếp loại." in page
    assert FORMULA in page
    assert "Danh sách này đã đủ số ở mức cao nhất." in page
    assert "Đang ở mức cao nhất, theo số phiếu:" in page
    assert kept(town.database) == before


def test_who_does_not_decide_sees_no_room(town: Town) -> None:
    assert FORMULA not in Browser(town, town.secretary(FIRST)).open(f"/c/2016/o/{FIRST}")


def test_for_machines_the_room_is_a_number_and_a_level_may_be_asked_about(town: Town) -> None:
    before = kept(town.database)
    client = Browser(town, COMMITTEE).client
    found = client.get(ADDRESS).json()
    (one,) = found["lists"]
    assert (one["top"], one["good"], one["rated"], one["room"]) == (1, 7, 8, 0)
    assert [(each["review"], each["in_favour"]) for each in one["candidates"]] == [(member("0104"), 8)]
    assert any(FORMULA in line["formula"] for line in one["lines"])
    asked = client.get(ADDRESS, params={"level": [f"{member('0104')}={GOOD}"]}).json()
    assert [(each["top"], each["room"]) for each in asked["lists"]] == [(0, 1)]
    assert kept(town.database) == before


def test_a_row_written_wrong_and_a_report_nobody_sent_are_refused(town: Town) -> None:
    client = Browser(town, COMMITTEE).client
    assert client.get(ADDRESS, params={"level": ["0104"]}).status_code == 422
    assert client.get(ADDRESS.replace(REPORT, "CB09-KQ")).status_code == 404


def test_the_terminal_says_formula_and_room_in_either_language(town: Town, database_url: str) -> None:
    before = kept(town.database)
    told = terminal(database_url, REPORT)
    assert told.exit_code == 0, told.output
    assert FORMULA in told.output
    assert "No more are possible in this group." in told.output
    assert f"1. {member('0104')}  8/8" in told.output
    asked = terminal(database_url, REPORT, "--level", f"{member('0104')}={GOOD}", language="vi")
    assert "Danh sách này còn xếp được thêm 1 ở mức cao nhất." in asked.output
    (one,) = json.loads(terminal(database_url, REPORT, "--json").stdout)["lists"]
    assert (one["top"], one["room"]) == (1, 0)
    assert kept(town.database) == before


def test_the_terminal_refuses_a_report_nobody_sent(town: Town, database_url: str) -> None:
    refused = terminal(database_url, "CB09-KQ")
    assert refused.exit_code == 1
    assert "CB09-KQ" in refused.stderr


def test_a_group_outside_the_campaign_is_said_to_be_outside(database: Database, database_url: str) -> None:
    """The company's committee is decided by the district: no formula, no room, and why there is none."""
    story = "a committee alone in its group, and one whose group nobody here sees"
    left = lived(database, "vi_du_dang_uy_cong_ty/story-quotas.toml", story, steps=-3)
    district = Actor(id="K-01", role=Role.SUPERIOR_COMMITTEE, body="DUK")
    browser = Browser(left, district)
    page = browser.open(f"/c/2026/o/{quote('DB')}")
    assert "(nhóm nằm ngoài đợt này)" in page
    (one,) = [
        each
        for each in browser.client.get("/api/v1/submissions/DB/what-if").json()["lists"]
        if each["name"] == "vdct.group_committees"
    ]
    assert (one["top"], one["room"]) == (1, None)
    assert [(line["verdict"], line["formula"]) for line in one["lines"]] == [("not_applicable", "")]
    assert "(the group lies outside this campaign)" in terminal(database_url, "DB").output
