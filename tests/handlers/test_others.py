"""Levels a level leans on: whose counts, which of its levels, and who leans on whom, on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from handlers.others import other_facts, resting_on
from handlers.roster_facts import read_people
from handlers.roster_tables import POSITIONS
from handlers.tables import NEIGHBOURS, REVIEWS
from states import review as life
from tests.builders import BASE, CAMPAIGN, DECIDED, FIRST, OFFICER, SECOND, collective, member, organisation
from tests.town import Town
from tests.workflow.rules.shelf import NOTICE, put
from workflow.bodies import Campaign
from workflow.commands.asking import Command, Request
from workflow.commands.deciding import Annul, DecideBundle
from workflow.database import Database
from workflow.gathering import Standing
from workflow.order import Leaning
from workflow.rules.facts import Facts
from workflow.rules.loading import load_rulebook

LEVELS = '["HTXSNV", "HTTNV", "HTNV", "KHTNV"]'
HEADER = f"""
[scales]
individual = {LEVELS}
collective = {LEVELS}
organisation = {LEVELS}

[flow.collective]
rows = ["TEST.9"]
cite = "TEST, II"
ballot = "none"
source = "proposal"
"""
SECRETARY = "0101"
AT_THE_BALLOT = Annul(review=member(SECRETARY), on=DECIDED, reason="-", document="-")
DECIDING = DecideBundle(submission="B", on=DECIDED, document="QĐ 36")


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database, first=4, second=3).open()


def stands(town: Town, review: str, **columns: Any) -> None:
    """Where a review stands in the register, as a regime that rates every kind would have put it there."""
    with town.database.write() as connection:
        connection.execute(
            update(REVIEWS).where(REVIEWS.c.review == review).values({"rated": True, **columns})
        )


def standing(town: Town, shelf: Path, *reviews: str, command: Command = AT_THE_BALLOT) -> Standing:
    put(shelf, "test", NOTICE, header=HEADER)
    return Standing(
        request=Request(command=command, actor=OFFICER),
        today=DECIDED,
        campaign=Campaign(id=CAMPAIGN, version=1, year=2016),
        reviews={review: town.review(review) for review in reviews},
        bodies={},
        rulebook=load_rulebook("test", shelf=shelf),
    )


def known(town: Town, held: Standing, review: str) -> Facts:
    with town.database.read() as connection:
        subjects = [one.subject for one in held.reviews.values() if one.kind == life.INDIVIDUAL]
        people = read_people(connection, subjects, [], DECIDED)
        return other_facts(connection, held, people)[review]


def test_a_level_that_counts_is_approved_else_voted_else_submitted_and_never_the_own_rating(
    town: Town, tmp_path: Path
) -> None:
    review = member(SECRETARY)
    held = standing(town, tmp_path, review)
    name = "others.collective_level"
    stands(town, collective(FIRST), stage=life.REVIEWED, self_level="HTXSNV", proposed_level="HTTNV")
    assert known(town, held, review).get(name) is None
    stands(town, collective(FIRST), stage=life.SUBMITTED)
    fact = known(town, held, review).get(name)
    assert fact is not None
    assert (fact.value, fact.source) == ("HTTNV", f"{collective(FIRST)}, submitted")
    stands(town, collective(FIRST), stage=life.APPROVED, decided_level="HTNV")
    fact = known(town, held, review).get(name)
    assert fact is not None
    assert (fact.value, fact.source) == ("HTNV", f"{collective(FIRST)}, approved")
    stands(town, organisation(FIRST), stage=life.VOTED, voted_level="HTTNV")
    fact = known(town, held, review).get("others.organisation_level")
    assert fact is not None
    assert (fact.value, fact.source) == ("HTTNV", f"{organisation(FIRST)}, voted")


def test_a_decision_takes_approved_levels_alone(town: Town, tmp_path: Path) -> None:
    review = collective(FIRST)
    stands(town, organisation(FIRST), stage=life.VOTED, voted_level="HTTNV")
    name = "others.organisation_level"
    assert known(town, standing(town, tmp_path, review), review).value(name) == "HTTNV"
    held = standing(town, tmp_path, review, command=DECIDING)
    assert known(town, held, review).value(name) is None
    stands(town, organisation(FIRST), stage=life.APPROVED, decided_level="HTNV")
    assert known(town, held, review).value(name) == "HTNV"


@pytest.mark.parametrize(("rank", "steps", "level"), [(2, 4, "HTTNV"), (4, 4, "KHTNV"), (1, 2, None)])
def test_an_agency_counts_with_its_step_where_its_scale_is_as_long(
    town: Town, tmp_path: Path, rank: int, steps: int, level: str | None
) -> None:
    with town.database.write() as connection:
        connection.execute(
            insert(NEIGHBOURS).values(
                campaign=CAMPAIGN, organisation=FIRST, neighbour="SO-TC", kind="administration", rank=rank,
                scale_length=steps, rated_on=date(2016, 12, 30), stream_version=1,
            )
        )  # fmt: skip
    held = standing(town, tmp_path, collective(FIRST))
    assert known(town, held, collective(FIRST)).value("others.agency_level") == level


def test_who_heads_a_body_without_units_manages_its_people(town: Town, tmp_path: Path) -> None:
    """CDTKV-2020.32: units or staff directly managed; the head himself is none of them."""
    others = sorted(
        review
        for review in town_reviews(town)
        if review.startswith(f"{CAMPAIGN}.member.01") and review != member(SECRETARY)
    )
    for place, review in enumerate(others):
        stands(town, review, stage=life.VOTED, voted_level="HTNV" if place else None)
    facts = known(town, standing(town, tmp_path, member(SECRETARY)), member(SECRETARY))
    assert facts.value("others.units_levels") == ("HTNV",) * (len(others) - 1)
    assert facts.value("others.units_pending") == 1


def test_who_holds_no_post_leans_on_nobody(town: Town, tmp_path: Path) -> None:
    held = standing(town, tmp_path, member("0104"))
    with town.database.read() as connection:
        people = read_people(connection, ["0104"], [], DECIDED)
        assert list(other_facts(connection, held, people).get(member("0104"), Facts())) == []


def test_what_rests_on_a_body_is_its_committee_its_head_and_the_organisation_above(
    town: Town, tmp_path: Path
) -> None:
    for review in (collective(FIRST), organisation(FIRST), organisation(BASE), member(SECRETARY)):
        stands(town, review, stage=life.APPROVED, decided_level="HTTNV")
    stands(town, organisation(SECOND), stage=life.APPROVED, decided_level="HTTNV")
    stands(town, member("0102"), stage=life.PREPARED)
    held = standing(town, tmp_path, organisation(FIRST))
    with town.database.read() as connection:
        found = resting_on(connection, held)
    assert set(found) == {
        collective(FIRST), organisation(FIRST), organisation(BASE), member(SECRETARY),
    }  # fmt: skip
    assert FIRST in found[member(SECRETARY)].leads
    assert FIRST in found[member(SECRETARY)].manages
    assert found[collective(FIRST)] == Leaning()


def town_reviews(town: Town) -> list[str]:
    with town.database.read() as connection:
        return list(connection.execute(select(REVIEWS.c.review)).scalars())


def test_the_town_has_the_secretary_these_tests_speak_of(town: Town) -> None:
    with town.database.read() as connection:
        posts = connection.execute(
            select(POSITIONS.c.post).where(
                POSITIONS.c.person_id == SECRETARY, POSITIONS.c.organisation_id == FIRST
            )
        ).scalars()
        assert "head" in set(posts)
