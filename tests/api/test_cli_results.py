"""`kiemdiem statistics` and `kiemdiem history import`: what they say, what they refuse, how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from typer.testing import CliRunner

from api.cli import app
from tests.builders import FIRST
from tests.town import Town
from workflow.database import Database

HEAD = "Mã,Năm,Mức,Danh hiệu,Văn bản\n"


@pytest.fixture
def town(database: Database) -> Town:
    """The first cell is decided, one of it excellent; the second has not begun."""
    town = Town.on(database).open()
    town.make_ready(levels={"0101": "HTXSNV"})
    town.meet(levels={"0101": "HTXSNV"})
    town.submit()
    town.appraise()
    town.decide()
    return town


def run(url: str, *arguments: str, language: str = "vi") -> Any:
    """One command on the database of this address, in a wide terminal."""
    environment = {"KIEMDIEM_DATABASE": url, "COLUMNS": "200", "KIEMDIEM_LANGUAGE": language}
    return CliRunner().invoke(app, arguments, env=environment)


def csv(folder: Path, *lines: str) -> str:
    """A file of earlier years with these lines."""
    path = folder / "lich-su.csv"
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return str(path)


def events(database: Database) -> int:
    """How many events the log holds."""
    with database.read() as connection:
        return int(connection.execute(text("SELECT count(*) FROM events")).scalar_one())


# --- statistics ------------------------------------------------------------------------------------


def test_levels_are_summed_up_with_shares_that_add_up(town: Town, database_url: str) -> None:
    told = run(database_url, "statistics", "2016")
    assert told.exit_code == 0, told.output
    for words in ("Cá nhân", "Hoàn thành xuất sắc", "Chưa có mức", "Bị kỷ luật trong năm: chưa biết"):
        assert words in told.output, words
    found = json.loads(run(database_url, "statistics", "2016", "--organisation", FIRST, "--json").stdout)
    members = next(one for one in found["distributions"] if one["kind"] == "individual")
    counts = {level["level"]: level["count"] for level in members["shares"]}
    assert counts["HTXSNV"] == 1
    assert counts["HTTNV"] == len(town.people(FIRST)) - 1
    assert sum(level["tenths"] for level in members["shares"]) == 1000


def test_the_workbook_is_written_where_asked(town: Town, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "ket-qua.xlsx"
    told = run(database_url, "statistics", "2016", "--xlsx", str(file), language="en")
    assert told.exit_code == 0, told.output
    assert f"Written: {file}." in told.output
    assert len(load_workbook(file).sheetnames) > 1


@pytest.mark.parametrize("asked", [("2099",), ("2016", "--organisation", "CB99")])
def test_what_is_not_there_is_refused(town: Town, database_url: str, asked: tuple[str, ...]) -> None:
    told = run(database_url, "statistics", *asked)
    assert told.exit_code == 1
    assert asked[-1] in told.stderr
    assert "Traceback" not in told.output


# --- earlier years ---------------------------------------------------------------------------------


def test_earlier_years_are_taken_over(town: Town, database_url: str, tmp_path: Path) -> None:
    before = events(town.database)
    file = csv(tmp_path, "0101,2015,HTXSNV,,QĐ 09-QĐ/ĐU", "0102,2015,HTTNV,,QĐ 09-QĐ/ĐU")
    told = run(database_url, "history", "import", file)
    assert told.exit_code == 0, told.output
    assert "Đã nhập 2 dòng" in told.output
    assert events(town.database) > before


def test_every_wrong_cell_is_named_and_nothing_is_written(
    town: Town, database_url: str, tmp_path: Path
) -> None:
    before = events(town.database)
    file = csv(tmp_path, "0101,2015,HTXSNV,,QĐ 09-QĐ/ĐU", "0102,20x5,HTTNV,,QĐ 09", "0103,2015,GIOI,,QĐ 09")
    told = run(database_url, "history", "import", file)
    assert told.exit_code == 1
    for cell, value in (("B3", "20x5"), ("C4", "GIOI")):
        assert cell in told.output
        assert value in told.output
    assert "2 ô cần sửa, chưa nhập dòng nào." in told.stderr
    machine = run(database_url, "history", "import", file, "--json", language="en")
    assert machine.exit_code == 1
    assert [one["cell"] for one in json.loads(machine.stdout)["wrong"]] == ["B3", "C4"]
    assert "2 cells are wrong; nothing was taken over." in machine.stderr
    assert events(town.database) == before


def test_a_file_that_is_not_there_is_a_usage_error(database_url: str, tmp_path: Path) -> None:
    assert run(database_url, "history", "import", str(tmp_path / "none.csv")).exit_code == 2
