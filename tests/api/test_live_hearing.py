"""Of what changed one hears what is in scope, and nothing that tells of the rest."""

from __future__ import annotations

import asyncio

import pytest

from api.live.changes import Changes
from handlers.opening import open_campaign
from states.roles import Role
from tests.api.test_live import MARK, feed_of, heard, seen, since
from tests.builders import (
    BASE,
    BLOC_COMMITTEE,
    BOARD,
    CAMPAIGN,
    FIRST,
    OFFICER,
    PREPARED,
    SECOND,
    member,
)
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.meeting import MarkAbsent
from workflow.database import Database


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    return Town.on(database).open()


def test_one_hears_of_bodies_in_scope_alone(town: Town) -> None:
    """A change in the first cell is told there and above; beside, and elsewhere, nothing is said at all."""
    before = seen(town.database)
    town.now.put(PREPARED)
    town.do(MarkAbsent(review=member("0104"), on=PREPARED), town.secretary(FIRST))
    found = since(town.database, before)
    campaigns = {
        actor.capacity: (heard(town.database, found, actor) or {"campaigns": None})["campaigns"]
        for actor in (
            BOARD,
            BLOC_COMMITTEE,
            town.secretary(FIRST),
            Actor(id="0104", role=Role.MEMBER, body=FIRST),
            town.secretary(SECOND),
            Actor(id="KT", role=Role.AUDITOR, body="CB99"),
            Actor(id="", role=Role.AUDITOR, body=""),
        )
    }
    assert campaigns == {
        "organisation_board@DB01": {CAMPAIGN: [FIRST, BASE]},
        "superior_committee@KHOI": {CAMPAIGN: [FIRST, BASE]},
        "secretary@CB01": {CAMPAIGN: [FIRST]},
        "member@CB01": {CAMPAIGN: [FIRST]},
        "secretary@CB02": None,
        "auditor@CB99": None,
        "auditor@": None,
    }


def test_that_letters_left_is_told_to_those_who_look_after_them(town: Town) -> None:
    changes = Changes(mark=MARK, letters=True)
    assert heard(town.database, changes, OFFICER) == {"all": False, "campaigns": {}, "letters": True}
    assert heard(town.database, changes, town.secretary(FIRST)) is None


def test_a_follower_hears_of_a_campaign_that_opens_while_he_looks(database: Database) -> None:
    async def run() -> None:
        town = Town.on(database)
        town.enter_roster()
        town.plan()
        feed = feed_of(town.database)
        await feed.look()
        follower = feed.join(town.secretary(FIRST))
        await feed.begin(follower, None)
        assert follower.hearing.part == frozenset()
        open_campaign(town.engine, OFFICER, CAMPAIGN)
        await feed.look()
        town.now.put(PREPARED)
        town.do(MarkAbsent(review=member("0104"), on=PREPARED), town.secretary(FIRST))
        await feed.look()
        assert follower.hearing.part == frozenset({CAMPAIGN})

    asyncio.run(run())
