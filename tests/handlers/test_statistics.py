"""Shares add up to 100.0; sums go up the tree; what is not declared is not counted; last year is beside."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from handlers.names import Names
from handlers.statistics import Statistics, beside, distribution, shares_of_hundred, statistics_of
from handlers.statistics_sheet import member_levels, workbook
from handlers.tables import CAMPAIGNS, PROGRESS
from tests.builders import BASE, BLOC, CAMPAIGN, DECIDED, DECLARED, FIRST, SECOND
from tests.town import Town
from workflow.commands.campaign import RecordListEntry
from workflow.database import Database
from workflow.errors import NotFound
from workflow.rules.rulebook import Rulebook

LEVELS = {"0101": "HTXSNV"}


@pytest.fixture
def town(database: Database) -> Town:
    """The first cell is decided, the second has not begun."""
    town = Town.on(database).open()
    town.make_ready(levels=LEVELS)
    town.meet(levels=LEVELS)
    town.submit()
    town.appraise()
    town.decide()
    return town


def summed(town: Town, organisation: str = BASE) -> Statistics:
    with town.database.read() as connection:
        return statistics_of(connection, Rulebook.load("duk_2016"), CAMPAIGN, organisation)


@given(st.lists(st.integers(min_value=0, max_value=5_000_000), min_size=1, max_size=8))
def test_shares_add_up_to_a_hundred_and_none_is_off_by_a_tenth(counts: list[int]) -> None:
    shares = shares_of_hundred(counts)
    total = sum(counts)
    assert sum(shares) == (1000 if total else 0)
    for count, share in zip(counts, shares, strict=True):
        assert abs(share * total - 1000 * count) < max(total, 1)
        assert count or not share


@pytest.mark.parametrize(
    ("counts", "tenths"),
    [
        ((199, 744, 57, 0), (199, 744, 57, 0)),  # organisations in 2019: 19,9 / 74,4 / 5,7 (BG-2019.2)
        ((119, 765, 108, 8), (119, 765, 108, 8)),  # members in 2019: 11,9 / 76,5 / 10,8 / 0,8 (BG-2019.3)
        ((141, 527, 40, 0), (199, 744, 57, 0)),  # 708 organisations: each rounded alone gives 100,0 too
        ((1, 1, 1), (334, 333, 333)),  # rounded alone: 99,9
        ((1, 1, 1, 3), (167, 167, 166, 500)),  # rounded alone: 100,1
        ((2, 2, 2, 1), (286, 286, 285, 143)),  # rounded alone: 100,1
        ((0, 0), (0, 0)),  # nobody is rated
        ((5,), (1000,)),
    ],
)
def test_shares_of_worked_numbers(counts: tuple[int, ...], tenths: tuple[int, ...]) -> None:
    assert shares_of_hundred(counts) == tenths


def test_sums_of_a_body_are_those_of_everything_below(town: Town) -> None:
    people = {
        body: next(one for one in summed(town, body).distributions if one.kind == "individual")
        for body in (BASE, FIRST, SECOND)
    }
    assert people[FIRST].rated == len(town.people(FIRST))
    assert {share.level: share.count for share in people[FIRST].shares}["HTXSNV"] == 1
    assert sum(share.tenths for share in people[FIRST].shares) == 1000
    assert (people[SECOND].rated, people[SECOND].owing) == (0, len(town.people(SECOND)))
    assert people[BASE].rated == people[FIRST].rated + people[SECOND].rated
    assert people[BASE].owing == people[FIRST].owing + people[SECOND].owing


def test_a_level_voted_and_not_decided_is_still_owed() -> None:
    voted = {("voted", "HTTNV"): 3, ("annulled", "HTTNV"): 1, ("approved", "HTTNV"): 2, ("exempt", ""): 1}
    found = distribution("individual", ("HTXSNV", "HTTNV"), voted)
    assert [share.count for share in found.shares] == [0, 2]
    assert (found.rated, found.owing, found.unrated) == (2, 4, 1)


def test_nobody_counts_as_not_disciplined_before_the_list_is_declared(town: Town) -> None:
    assert summed(town, BASE).disciplined is None
    assert summed(town, FIRST).disciplined == 0
    town.declare(SECOND)
    assert summed(town, BASE).disciplined == 0


def test_a_person_disciplined_twice_is_one(town: Town) -> None:
    for decided in (DECLARED - timedelta(days=30), DECLARED - timedelta(days=20)):
        town.do(
            RecordListEntry(
                campaign=CAMPAIGN,
                organisation=FIRST,
                list="discipline",
                subject="0105",
                decided_on=decided,
                cause="other",
                self_detected=True,
            ),
            town.secretary(FIRST),
        )
    assert summed(town, FIRST).disciplined is None, "an entry reopens the list"
    town.declare(FIRST, as_of=DECIDED)
    assert summed(town, FIRST).disciplined == 1


def test_what_is_not_there_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        summed(town, "CB99")
    with town.database.read() as connection, pytest.raises(NotFound):
        statistics_of(connection, Rulebook.load("duk_2016"), "1999", BASE)


def test_the_year_before_and_the_quarters_stand_beside(town: Town) -> None:
    with town.database.write() as connection:
        for name, year, period in (
            ("2015", 2015, "year"),
            ("2016-Q3", 2016, "quarter"),
            ("2014", 2014, "year"),
        ):
            row = {
                "campaign": name, "stage": "closed", "year": year, "period": period, "rulebook": "duk_2016",
                "rulebook_hash": "x", "organisation": BASE, "superior": BLOC, "roster_day": DECIDED,
                "believed_at": "", "subjects": 2, "version": 1,
            }  # fmt: skip
            connection.execute(insert(CAMPAIGNS), row)
            connection.execute(
                insert(PROGRESS),
                {
                    "campaign": name, "organisation": FIRST, "kind": "individual", "stage": "approved",
                    "level": "HTTNV", "reviews": 2,
                },
            )  # fmt: skip
    book = Rulebook.load("duk_2016")
    with town.database.read() as connection:
        others = beside(connection, lambda _, __: book, CAMPAIGN, BASE)
        elsewhere = beside(connection, lambda _, __: book, CAMPAIGN, SECOND)
    assert [(one.campaign, one.period) for one in others] == [("2015", "year"), ("2016-Q3", "quarter")]
    assert elsewhere == ()


def test_the_workbook_has_the_sums_and_every_member(town: Town) -> None:
    found = summed(town, FIRST)
    with town.database.read() as connection:
        members = member_levels(connection, CAMPAIGN, FIRST)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, (), members, Names(), "vi")))
    assert book.sheetnames == ["Thống kê", "Đảng viên"]
    sums = [row for row in book["Thống kê"].iter_rows(values_only=True) if row[0] == "Cá nhân"]
    assert sum(row[3] for row in sums if row[3] is not None) == pytest.approx(1)
    assert sum(row[2] for row in sums) == len(members) == len(town.people(FIRST))
    listed = list(book["Đảng viên"].iter_rows(min_row=2, values_only=True))
    assert "Hoàn thành xuất sắc nhiệm vụ" in {row[4] for row in listed if row[0] == "0101"}
