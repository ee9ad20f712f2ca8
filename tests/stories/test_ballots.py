"""What the log keeps of a ballot and what it never does: two lists, a counting team, a second person."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection, select

from handlers.covered import uncovered
from handlers.tables import BALLOTS, PRIVATE_TEXTS
from states import review as life
from tests.builders import CAMPAIGN, FIRST, MET, member
from tests.town import Town
from workflow import codec
from workflow.commands.meeting import ConfirmCount, CorrectCount, IssueBallot
from workflow.database import Database
from workflow.errors import BadInput, WrongStage
from workflow.event import Event
from workflow.events.meeting import BallotIssued
from workflow.log import Log

PEOPLE = ("0101", "0102", "0103", "0104")


def a_town_that_met(database: Database) -> Town:
    town = Town.on(database, first=6).open()
    town.make_ready(people=PEOPLE)
    evening = town.evening(people=PEOPLE)
    assert evening.papers is not None
    papers = replace(
        evening.papers, counters=("0102", "0103"), barred=("0106",), issued=5, collected=5, valid=5
    )
    town.now.put(MET, 21)
    few = tuple(
        replace(item, counts=tuple((level, min(n, 5)) for level, n in item.counts)) for item in evening.items
    )
    town.do(replace(evening, papers=papers, items=few), town.secretary(FIRST))
    return town


def test_the_two_lists_lie_beside_the_log_under_their_digest(database: Database) -> None:
    a_town_that_met(database)
    with database.read() as connection:
        issued = next(event for event in _events(connection) if isinstance(event, BallotIssued))
        rows = connection.execute(select(PRIVATE_TEXTS).where(PRIVATE_TEXTS.c.kind == "voters")).all()
        assert list(uncovered(connection)) == []
    assert (issued.entitled, issued.casting, issued.barred) == (6, 5, 1)
    (kept,) = rows
    assert sha256(kept.salt + kept.content.encode()).hexdigest() == issued.voters == kept.digest
    lists = json.loads(kept.content)
    assert set(lists["counted"]) - set(lists["casting"]) == {"0106"}
    assert len(lists["counted"]) == issued.entitled and len(lists["casting"]) == issued.casting


def test_an_event_of_a_ballot_names_the_counting_team_and_nobody_who_cast(database: Database) -> None:
    town = a_town_that_met(database)
    with database.read() as connection:
        told = [codec.encode(event).decode() for event in _events(connection)]
    assert '"counters":["0102","0103"]' in told[0]
    assert "0106" not in "".join(told)
    assert town.review(member("0104")).stage == life.VOTED


def test_a_second_person_confirms_and_a_correction_opens_it_again(database: Database) -> None:
    town = a_town_that_met(database)
    sheet = town.evening(people=PEOPLE).meeting
    town.refused(BadInput, ConfirmCount(ballot=sheet), town.secretary(FIRST))
    town.do(ConfirmCount(ballot=sheet), town.counter(FIRST))
    assert _stage(database, sheet) == "confirmed"
    town.refused(WrongStage, ConfirmCount(ballot=sheet), town.counter(FIRST))
    fix = CorrectCount(ballot=sheet, review=member("0104"), level="HTTNV", now=4, reason="biên bản ghi 4")
    town.do(fix, town.counter(FIRST))
    assert _stage(database, sheet) == "counted"
    town.refused(BadInput, ConfirmCount(ballot=sheet), town.counter(FIRST))
    town.do(ConfirmCount(ballot=sheet), town.secretary(FIRST))
    assert _stage(database, sheet) == "confirmed"


def test_one_sheet_has_one_voting_body(database: Database) -> None:
    """Members are voted on by their cell, a base by its committee: two bodies, two sheets."""
    town = a_town_that_met(database)
    both = IssueBallot(
        ballot="P9", campaign=CAMPAIGN, organisation=FIRST, meeting="M", day=MET,
        motions=((member("0105"), "HTTNV"), (f"{CAMPAIGN}.organisation.DB01", "HTTNV")),
    )  # fmt: skip
    assert town.refused(BadInput, both, town.secretary(FIRST)).field == "motions"


def _events(connection: Connection) -> list[Event]:
    stored = Log(connection).read(["ballot/CB01-0110"])["ballot/CB01-0110"]
    return [codec.decode(one.name, one.schema_version, one.data) for one in stored]


def _stage(database: Database, sheet: str) -> str:
    with database.read() as connection:
        return str(connection.execute(select(BALLOTS.c.stage).where(BALLOTS.c.ballot == sheet)).scalar_one())
