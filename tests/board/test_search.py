"""A search finds cells and the people in them, with accents, without, and in any spelling of the letters."""

from __future__ import annotations

import unicodedata

import pytest
from sqlalchemy import literal, select

from handlers.boards.found import matches
from states import review as life
from tests.api.browsing import Browser
from tests.board.planted import CELLS, Planted
from tests.builders import FIRST, OFFICER, SECOND
from workflow.database import Database

FOUND: dict[str, tuple[str, ...]] = {
    "phan xuong": CELLS,  # no accents at all
    "Phân xưởng": CELLS,
    unicodedata.normalize("NFD", "PHÂN XƯỞNG"): CELLS,  # as some keyboards write it
    "xưởng đúc ka01": ("KA01",),
    "dang thi phuong": ("KA01",),  # who leads it
    "phuong": ("KA01", "KA02"),
    "vu duc thang": (FIRST,),  # a member of the cell, found by the database
    "đức thắng": (FIRST,),
    "kb0": ("KB01", "KB02", "KB03", "KB04", "KB05", "KB06"),
    "không có ai tên này": (),
    "%": (),
    "_": (),
    "*": (),
    "[a]": (),
}


def test_a_search_finds_bodies_and_the_people_in_them(board: Planted) -> None:
    board.give([(cell, life.OPEN, "") for cell in (FIRST, SECOND, *CELLS)])
    assert {query: tuple(sorted(board.shown(query=query))) for query in FOUND} == FOUND


def test_a_sign_no_database_takes_finds_nothing_and_breaks_nothing(board: Planted) -> None:
    browser = Browser(board.town, OFFICER)
    assert "Không tổ chức nào khớp" in browser.open("/c/2016?q=a%00b")


@pytest.mark.parametrize(
    ("asked", "name", "is_meant"),
    [
        ("nguyen", "Nguyễn Thị Hoa", True),
        ("NGUYỄN", "nguyễn thị hoa", True),
        ("do", "Đỗ Văn Ổn", True),
        ("van on", "Đỗ Văn Ổn", True),
        ("đo", "Do Thái Sơn", True),  # đ is read as d on both sides
        ("hoa.", "Nguyễn Thị Hoa", False),
        ("a*b", "axxb", False),
        ("a*b", "Á*B", True),
        ("a?b", "axb", False),
        ("a%b", "axxb", False),
        ("a_b", "axb", False),
        ("[ab]", "a", False),
        ("[ab]", "x[ÁB]x", True),
        ("a\\b", "A\\B", True),
        ("(a|b)", "a", False),
        ("(a|b)", "(Ạ|b)", True),
    ],
)
def test_the_database_finds_exactly_what_is_the_same_without_marks(
    database: Database, asked: str, name: str, is_meant: bool
) -> None:
    with database.read() as connection:
        found = connection.execute(select(matches(literal(name), asked, database.dialect))).scalar()
    assert bool(found) is is_meant
