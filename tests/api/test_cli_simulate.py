"""`kiemdiem simulate`: a season before it is lived, in words and for machines, with what is to be tried."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from typer.testing import CliRunner

from api.cli import app
from handlers.calendar_sheet import SHEET
from tests.builders import FIRST
from tests.town import Town
from tests.workflow.rules.shelf import layer
from workflow.database import Database

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WEEK = ("--campaign", "2016", "--from", "09/01/2017", "--to", "13/01/2017")
SEASON = ("--campaign", "2016", "--from", "09/01/2017", "--to", "14/02/2017")

EARLIER = """
[[rule]]
id = "thu.deadline_rating"
rows = ["DUK-2016.178"]
cite = "Hướng dẫn 5-HD/ĐU (để thử), mục 2"
says.vi = "Xếp loại tổ chức và đảng viên hoàn thành trước ngày 20 tháng 01."
says.en = "Rating of organisations and members is completed before 20 January."
role = "deadline"
gates = ["count_ballot"]
kinds = ["individual", "organisation"]
force = "warn"
reading = "C-05"
condition = "by_yearly_day@1"
fact = "ballot.day"
month = 1
day = 20
word = "before"
"""


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    """A planned campaign of two cells; the head of the first cell leads the base as well."""
    town = Town.on(database)
    town.enter_roster(base_committee=True)
    town.plan()
    yield town
    database.close()


def run(url: str, *arguments: str, language: str = "vi") -> Any:
    environment = {"KIEMDIEM_DATABASE": url, "COLUMNS": "220", "KIEMDIEM_LANGUAGE": language}
    return CliRunner().invoke(app, ["simulate", *arguments], env=environment)


def workbook(folder: Path, *rows: tuple[str, ...]) -> str:
    """A calendar file with these rows under the columns of the template."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet(SHEET)
    for number, row in enumerate((("Ngày", "Loại", "Đơn vị", "Tạm tính", "Văn bản"), *rows)):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    book.close()
    path = folder / "lich.xlsx"
    path.write_bytes(stream.getvalue())
    return str(path)


def document(url: str, folder: Path, *more: str, season: tuple[str, ...] = SEASON) -> dict[str, Any]:
    file = folder / "mua.json"
    told = run(url, *season, "--json", str(file), *more)
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def days(found: dict[str, Any], rule: str) -> dict[str, str]:
    return {one["rung"]: one["found_on"] for one in found["rungs"] if one["rule"] == rule}


def test_a_season_is_told_day_by_day_with_its_dates_and_what_would_be_late(
    town: Town, database_url: str
) -> None:
    told = run(database_url, *SEASON)
    assert told.exit_code == 0, told.output
    for words in (
        "Chạy thử đợt 2016 từ T2 09/01/2017 đến T3 14/02/2017 theo duk_2016, nếu không ai làm gì.",
        "Không gửi gì, không ghi gì.",
        "T2 30/01/2017",
        "T4 25/01/2017",
        "11/01 (-10)  18/01 (-5)  20/01 (-3)  24/01 (-1)  25/01 (0)  02/02 (+1)  06/02 (↑)  13/02 (↑↑)",
        "Bỏ phiếu xếp loại cho 12 cá nhân",
        "DUK-2016, VI",
        "Sẽ quá hạn",
        "Ngày nhiều thư nhất",
    ):
        assert words in told.output, words


def test_it_answers_in_english_too(town: Town, database_url: str) -> None:
    told = run(database_url, *SEASON, language="en")
    assert "if nobody acts. Nothing is sent, nothing is written." in told.output
    assert "Vote on the level of 12 people" in told.output
    assert "Would be late" in told.output


def test_names_stand_there_only_where_they_are_asked_for(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    told = run(database_url, *WEEK, "--all")
    named = run(database_url, *WEEK, "--all", "--names")
    assert "Nguyễn Thị Hoa" not in told.output
    assert "người đứng đầu, Chi bộ 1" in told.output
    assert "người đứng đầu Nguyễn Thị Hoa, Chi bộ 1" in named.output
    assert "name" not in document(database_url, tmp_path, season=WEEK)["lines"][0]
    lines = document(database_url, tmp_path, "--names", season=WEEK)["lines"]
    assert "Nguyễn Thị Hoa" in {one.get("name") for one in lines}


def test_the_digest_has_a_row_a_step_and_all_has_a_row_a_person(town: Town, database_url: str) -> None:
    digest, whole = run(database_url, *WEEK), run(database_url, *WEEK, "--all")
    assert "2 người: người đứng đầu" in digest.output
    assert "2 người: người đứng đầu" not in whole.output
    assert whole.output.count("\n") > digest.output.count("\n")


def test_a_plan_that_is_kept_leaves_nothing_late(town: Town, database_url: str) -> None:
    told = run(database_url, *SEASON, "--assume", "plan")
    assert "nếu việc nào cũng xong vào ngày an toàn cuối cùng" in told.output
    assert "Không việc nào quá hạn." in told.output


def test_a_layer_is_tried_before_it_is_opened_with(town: Town, database_url: str, tmp_path: Path) -> None:
    """A layer of one's own says 20/01: ten working days before 19/01 are 05/01, before the campaign opens."""
    layer(tmp_path, "thu", "duk_2016", EARLIER)
    found = document(database_url, tmp_path, "--rulebook", "thu", "--rulebooks", str(tmp_path))
    assert found["rulebook"] == "thu"
    assert days(found, "thu.deadline_rating") == {
        "before:5": "2017-01-12",
        "before:3": "2017-01-16",
        "before:1": "2017-01-18",
        "day:0": "2017-01-19",
        "after:1": "2017-01-20",
        "escalate:1": "2017-01-24",
        "escalate:2": "2017-02-07",
    }


def test_a_calendar_is_tried_before_it_is_proposed(town: Town, database_url: str, tmp_path: Path) -> None:
    file = workbook(tmp_path, ("24/01/2017", "Nghỉ", "", "", "TB 1-TB/ĐU"))
    assert days(document(database_url, tmp_path), "duk.deadline_rating")["before:1"] == "2017-01-24"
    tried = document(database_url, tmp_path, "--calendar", file)
    assert days(tried, "duk.deadline_rating")["before:1"] == "2017-01-23"


def test_every_wrong_cell_of_a_calendar_is_said_at_once(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    file = workbook(tmp_path, ("31/02/2017", "Nghỉ"), ("24/01/2017", "Lễ"))
    told = run(database_url, *SEASON, "--calendar", file)
    assert told.exit_code == 1
    assert "lich.xlsx" in told.output
    assert "A2" in told.output
    assert "B3" in told.output


def test_the_file_is_what_it_was(town: Town, database_url: str, tmp_path: Path) -> None:
    town.database.close()
    path = Path(database_url.removeprefix("sqlite:///"))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    document(database_url, tmp_path, season=WEEK)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--campaign", "2099", "--from", "09/01/2017", "--to", "10/01/2017"), "2099"),
        (("--campaign", "2016", "--from", "09/01/2017", "--to", "08/01/2017"), "08/01/2017"),
        ((*SEASON, "--rulebook", "khong_co"), "khong_co"),
        ((*SEASON, "--json", "/khong/co/mua.json"), "/khong/co"),
    ],
)
def test_what_cannot_be_simulated_is_one_sentence(
    town: Town, database_url: str, asked: tuple[str, ...], says: str
) -> None:
    told = run(database_url, *asked)
    assert told.exit_code == 1
    assert says in told.output
    assert "Traceback" not in told.output


def test_a_first_cell_that_is_told_of_late_is_named(town: Town, database_url: str, tmp_path: Path) -> None:
    late = document(database_url, tmp_path)["late"]
    mine = [one for one in late if one["organisation"] == FIRST and one["rule"] == "duk.deadline_rating"]
    assert {(one["kind"], one["from_day"], one["items"]) for one in mine} == {
        ("individual", "2017-01-31", 7),
        ("organisation", "2017-01-31", 1),
    }
