"""The workbook of a board: every body that matches, text that stays text, and what it was cut down to."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from handlers.audit.export_tables import EXPORTS
from handlers.boards.sheet import BoardSheet, SheetRow, file_name, workbook
from states import review as life
from states.roles import Role
from tests.api.browsing import Browser
from tests.board.planted import CELLS, Planted
from tests.builders import BOARD
from workflow.commands.asking import Actor

HEAD = 9
"""The row of the heads; the bodies follow."""


def opened(content: bytes) -> Worksheet:
    """The one sheet of a workbook."""
    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    return sheet


def test_the_workbook_has_all_that_match_not_only_what_a_page_shows(board: Planted) -> None:
    many = [f"X{number:04}" for number in range(320)]
    board.give([(cell, life.VOTED, "") for cell in (*many, *CELLS)])
    answer = Browser(board.town, BOARD).client.get("/c/2016/board.xlsx?q=x0")
    assert answer.headers["content-disposition"] == 'attachment; filename="tien-do-2016-20161216.xlsx"'
    sheet = opened(answer.content)
    codes = [row[1].value for row in sheet.iter_rows(min_row=HEAD + 1)]
    assert codes == many
    heads = [cell.value for cell in sheet[HEAD]]
    voted = heads.index("Bỏ phiếu, đã xong")
    assert sheet.cell(HEAD - 2, voted + 1).value == 320, "the sums are of what is in the file"
    assert "tìm “x0”" in str(sheet["A4"].value)
    assert str(sheet["A3"].value).startswith("Tính đến 16/12/2016")
    assert sheet["A1"].value == "Đảng bộ Công ty Hoa Sen"


def test_names_that_look_like_formulas_stay_names() -> None:
    row = SheetRow(
        name='=HYPERLINK("http://x.example")',
        code="+1",
        above="@SUM(A1)",
        head="-2+3",
        members=3,
        steps=((1, 3),),
        state="=1",
    )
    of = BoardSheet(
        organisation="=A1",
        title="t",
        as_of="a",
        filter="f",
        by="b",
        steps=("Bỏ phiếu",),
        due=(date(2017, 1, 25),),
        sums=((1, 3),),
        rows=[row],
    )
    sheet = opened(workbook(of, "vi"))
    told = [cell.value for cell in sheet[HEAD + 1]]
    assert told == ['=HYPERLINK("http://x.example")', "+1", "@SUM(A1)", "-2+3", 3, 1, 3, "=1"]
    assert {cell.data_type for cell in sheet[HEAD + 1]} == {"s", "n"}
    assert sheet["A1"].data_type == "s"
    assert sheet.cell(HEAD - 1, 6).value.date() == date(2017, 1, 25)


@pytest.mark.parametrize(("campaign", "name"), [("2016", "2016"), ("Đợt 2/2016", "Dot-2-2016")])
def test_the_name_of_the_file_has_no_diacritics(campaign: str, name: str) -> None:
    assert file_name(campaign, date(2017, 1, 25)) == f"tien-do-{name}-20170125.xlsx"


def test_who_took_it_is_noted_without_the_name_that_was_searched_for(board: Planted) -> None:
    board.give([("KA01", life.OPEN, "")])
    Browser(board.town, BOARD).client.get("/c/2016/board.xlsx?show=late&q=Phuong")
    with board.town.database.read() as connection:
        (row,) = connection.execute(select(EXPORTS)).all()
    assert (row.actor, row.what, row.rows) == (BOARD.id, "board", 0)
    assert "late" in row.filter
    assert "Phuong" not in row.filter


def test_a_branch_takes_out_its_own_rows_alone(board: Planted) -> None:
    board.give([(cell, life.OPEN, "") for cell in CELLS])
    committee = Actor(id="91", role=Role.COMMITTEE, body="KA")
    sheet = opened(Browser(board.town, committee).client.get("/c/2016/board.xlsx").content)
    assert [row[1].value for row in sheet.iter_rows(min_row=HEAD + 1)] == [c for c in CELLS if c < "KB"]
