"""What a decision would come to, asked before it is taken: room, candidates, formula, and nothing written."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from handlers.what_if import what_if
from tests.builders import COMMITTEE, FIRST, REPORTED, member
from tests.town import Town
from workflow.commands.beside import CorrectEntry
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.database import Database
from workflow.errors import BadInput, NotFound, RulesFail

TOP, GOOD = "HTXSNV", "HTTNV"


@pytest.fixture
def town(database: Database) -> Town:
    """A cell of eight: 15% of eight is 1.2, so one may be excellent, and one was voted so."""
    town = Town.on(database, first=8).open()
    levels = {"0104": TOP}
    town.make_ready(levels={**levels, "0105": TOP})
    town.meet(levels=levels)
    town.submit()
    town.appraise()
    return town


def rows_in(database: Database) -> list[tuple[str, int]]:
    """How many rows every table of the log and the refusals has."""
    with database.read() as connection:
        return [
            (name, int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()))
            for name in ("events", "heads", "findings", "refusals", "reviews", "bundles")
        ]


def test_the_list_says_its_formula_its_room_and_its_candidates(town: Town, database: Database) -> None:
    before = rows_in(database)
    found = what_if(town.engine, "CB01-KQ", {}, actor=COMMITTEE)
    (one,) = found.lists
    assert (one.top, one.good, one.rated, one.room) == (1, 7, 8, 0)
    assert one.room_in("en") == "No more are possible in this group."
    (line,) = [line for line in one.lines if line.rule == "duk.quota_share"]
    assert line.verdict == "holds"
    assert "15·8/100 → 1" in line.formula
    (candidate,) = one.candidates
    assert candidate.review == member("0104")
    assert (candidate.in_favour, candidate.entitled) == (8, 8)
    assert all(row.taken for row in found.rows)
    assert rows_in(database) == before


def test_a_level_asked_about_changes_the_room(town: Town, database: Database) -> None:
    before = rows_in(database)
    found = what_if(town.engine, "CB01-KQ", {member("0104"): GOOD}, actor=COMMITTEE)
    (one,) = found.lists
    assert (one.top, one.room) == (0, 1)
    assert one.room_in("en") == "One more is possible in this group."
    assert one.candidates == ()
    assert rows_in(database) == before


def test_it_says_what_the_decision_then_does(town: Town) -> None:
    """Two at the top are one too many; who asked and who decides are told the same."""
    levels = {member("0105"): TOP}
    found = what_if(town.engine, "CB01-KQ", levels, actor=COMMITTEE)
    refused = {row.review: row for row in found.rows if not row.taken}
    assert set(refused) == {member("0105")}, "the ballot gave no more than good"
    rows = tuple(Judgement(review=row, level=level, reason="–") for row, level in levels.items())
    decide = DecideBundle(submission="CB01-KQ", on=town.now.today, document="QĐ 36", rows=rows)
    refusal = town.refused(BadInput, decide, COMMITTEE)
    assert refusal.en == refused[member("0105")].reason_en


def test_a_fault_that_bounds_a_level_is_told_with_its_clause_whatever_is_asked(town: Town) -> None:
    row = member("0104")
    clean = next(
        one for one in what_if(town.engine, "CB01-KQ", {}, actor=COMMITTEE).rows if one.review == row
    )
    assert clean.told == ()
    fix = CorrectEntry(review=row, entry="fault.disunity", now="true", reason="kết luận kiểm tra")
    town.do(fix, town.counter(FIRST))
    for levels in ({}, {row: GOOD}):
        rows = what_if(town.engine, "CB01-KQ", levels, actor=COMMITTEE).rows
        told = {one.review: one.told for one in rows}
        assert [line.rule for line in told[row]] == ["duk.fault_disunity"]
        assert told[row][0].clause_vi and told[row][0].says_vi
        assert all(not lines for review, lines in told.items() if review != row)


def test_a_row_that_is_not_there_and_a_bundle_nobody_sent(town: Town) -> None:
    with pytest.raises(NotFound):
        what_if(town.engine, "CB01-99", {}, actor=COMMITTEE)
    with pytest.raises(BadInput):
        what_if(town.engine, "CB01-KQ", {member("0204"): GOOD}, actor=COMMITTEE)
    with pytest.raises(BadInput):
        what_if(town.engine, "CB01-KQ", {member("0104"): "TSVM"}, actor=COMMITTEE)


def test_too_many_are_refused_with_numbers_and_candidates(database: Database) -> None:
    """The refusal names who stands at the top with the votes; a tie needs a new ballot (C-22)."""
    town = Town.on(database, first=8).open()
    levels = {"0104": TOP, "0105": TOP}
    town.make_ready(levels=levels)
    town.meet(levels=levels, votes={"0104": 7, "0105": 7})
    town.now.put(REPORTED)
    refusal = town.refused(RulesFail, town.bundle(), town.secretary(FIRST))
    assert {finding.rule for finding in refusal.failed} == {"duk.quota_share"}
    assert f"{member('0104')} 7/8, {member('0105')} 7/8" in refusal.en
    assert "A tie at the last place" in refusal.en
    assert "15·8/100 → 1" in refusal.en
