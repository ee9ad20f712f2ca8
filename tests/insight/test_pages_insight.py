"""The insight page: the heading answers with numbers, nobody looks beyond the branch, the file is noted."""

from __future__ import annotations

import io

import openpyxl
import pytest

from handlers.audit.exports import INSIGHT, exports
from states.roles import Role
from tests.api.browsing import Browser
from tests.builders import AUDITOR, BASE, BLOC_COMMITTEE, BOARD, COMMITTEE, DECIDED, FIRST, SECOND
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.database import Database

KEEPER = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)


@pytest.fixture
def town(database: Database) -> Town:
    """The first cell is decided: of 7 members one has the top level, and the ceiling is one."""
    town = Town.on(database).open()
    town.make_ready(levels={"0101": "HTXSNV"})
    town.meet(levels={"0101": "HTXSNV"})
    town.submit()
    town.appraise()
    town.decide()
    town.now.put(DECIDED)
    return town


def test_the_heading_says_how_many_lists_are_at_their_ceiling(town: Town) -> None:
    page = Browser(town, COMMITTEE).open("/c/2016/insight")
    assert "1 trên 1 danh sách dùng hết đúng hạn mức, không danh sách nào vượt" in page.replace("\xa0", " ")


def test_every_number_of_a_chart_stands_in_its_table(town: Town) -> None:
    page = Browser(town, COMMITTEE).open("/c/2016/insight")
    assert page.count('<svg class="bar') >= 4
    assert "Bảng số liệu" in page


@pytest.mark.parametrize("who", [BLOC_COMMITTEE, BOARD, AUDITOR])
def test_whoever_sees_the_branch_sees_its_insight(town: Town, who: Actor) -> None:
    assert Browser(town, who).client.get("/c/2016/insight").status_code == 200


def test_a_secretary_sees_the_cell_alone_and_nothing_of_another(town: Town) -> None:
    browser = Browser(town, town.secretary(FIRST))
    assert browser.client.get(f"/c/2016/insight?organisation={FIRST}").status_code == 200
    assert browser.client.get(f"/c/2016/insight?organisation={SECOND}").status_code == 404
    assert browser.client.get(f"/c/2016/insight.xlsx?organisation={SECOND}").status_code == 404
    assert browser.client.get(f"/c/2016/insight?organisation={BASE}").status_code == 404


def test_whoever_runs_the_service_does_not_see_levels(town: Town) -> None:
    assert Browser(town, KEEPER).client.get("/c/2016/insight").status_code in (403, 404)


@pytest.mark.parametrize("address", ["/c/1999/insight", "/c/2016/insight?organisation=NOWHERE"])
def test_what_is_not_there_is_not_found(town: Town, address: str) -> None:
    assert Browser(town, COMMITTEE).client.get(address).status_code == 404


def test_the_workbook_holds_texts_and_numbers_and_its_taking_is_noted(town: Town) -> None:
    answer = Browser(town, COMMITTEE).client.get("/c/2016/insight.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Hạn mức", "Phân bố", "Nâng, hạ", "Ngoại lệ, sửa"]
    top = book["Phân bố"]["C2"]
    assert (top.value, top.data_type) == (1, "n")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    with town.database.read() as connection:
        (found,) = exports(connection, limit=10)
    assert (found.what, found.actor) == (INSIGHT, COMMITTEE.id)
    assert found.filter == (("campaign", "2016"), ("organisation", BASE))
