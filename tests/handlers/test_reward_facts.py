"""Titles are counted among the cells of one organisation, and only where the level is decided."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, true, update

from api.pages.campaigns import campaign_of
from api.wiring import Service
from handlers.reward_facts import Titles, titles_below, years_of
from handlers.rewarded import candidates, put_forward, titles_left
from handlers.tables import REVIEWS, REWARDS
from tests.builders import BASE, CAMPAIGN, DECIDED, FIRST, SECOND, organisation
from tests.town import Town
from workflow.database import Database


def award(town: Town, cell: str, stage: str = "decided") -> None:
    row = {
        "reward": f"T-{cell}-{stage}", "campaign": CAMPAIGN, "organisation": cell, "superior": BASE,
        "review": organisation(cell), "award": "TSVM_TB", "granted_by": "grassroots", "by": BASE,
        "through": "", "stage": stage, "grounds": f"{organisation(cell)}#1",
        "proposed_on": DECIDED, "ended_on": None, "document": "QĐ 1", "version": 2,
    }  # fmt: skip
    with town.database.write() as connection:
        connection.execute(insert(REWARDS), row)


def rated(town: Town, cell: str, level: str = "TSVM", stage: str = "approved") -> None:
    with town.database.write() as connection:
        connection.execute(
            update(REVIEWS)
            .where(REVIEWS.c.review == organisation(cell))
            .values(stage=stage, decided_level=level)
        )


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def found(town: Town, body: str = BASE) -> Titles:
    with town.database.read() as connection:
        return titles_below(connection, CAMPAIGN, body, DECIDED, "TSVM")


def test_only_decided_cells_at_the_top_level_are_the_base(town: Town) -> None:
    assert found(town) == Titles(frozenset(), 0)
    rated(town, FIRST)
    rated(town, SECOND, stage="submitted")
    assert found(town).rated_top == 1
    rated(town, SECOND)
    assert (found(town).rated_top, found(town, FIRST).rated_top) == (2, 1)
    rated(town, SECOND, level="HTTNV")
    assert found(town).rated_top == 1


def test_the_organisation_itself_is_no_cell_of_its_own(town: Town) -> None:
    rated(town, BASE)
    assert found(town).rated_top == 0


def test_titles_are_those_granted(town: Town) -> None:
    rated(town, FIRST)
    award(town, FIRST)
    award(town, SECOND, "proposed")
    assert found(town).granted == {FIRST}


def test_two_cells_leave_room_for_no_title(town: Town) -> None:
    """20% of fewer than 5 is less than one, rounded down (C-25)."""
    rated(town, FIRST)
    rated(town, SECOND)
    with town.database.read() as connection:
        campaign, rulebook = campaign_of(connection, Service(town.database, town.engine), CAMPAIGN)
        left = titles_left(connection, campaign, rulebook, BASE, DECIDED)
        names = [one.review for one in candidates(connection, campaign, rulebook, 100, true())]
    assert left is not None
    assert (left.granted, left.allowed, left.base, left.rule) == (0, 0, 2, "duk.title_share")
    assert names == [organisation(FIRST), organisation(SECOND)]


def test_a_title_of_the_log_is_a_standing_of_its_year(town: Town) -> None:
    rated(town, FIRST)
    with town.database.read() as connection:
        assert years_of(connection, FIRST, "organisation", "organisation", 2016)[2016].standing == "none"
    award(town, FIRST)
    with town.database.read() as connection:
        assert years_of(connection, FIRST, "organisation", "organisation", 2016)[2016].standing == "TSVM_TB"


def test_a_reward_whose_review_fell_is_shown_in_doubt(town: Town) -> None:
    rated(town, FIRST)
    award(town, FIRST)
    with town.database.read() as connection:
        assert put_forward(connection, CAMPAIGN, true())[0].doubted == ()
    rated(town, FIRST, stage="annulled")
    with town.database.read() as connection:
        assert put_forward(connection, CAMPAIGN, true())[0].doubted == (organisation(FIRST),)
