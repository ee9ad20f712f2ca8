"""Plans are counted once; after an event only those of the bodies it is about are counted anew."""

from datetime import timedelta
from random import Random

import pytest

from handlers.deadline_context import campaign_of, season_of
from handlers.season.plans import CampaignPlans, campaign_plans
from handlers.season.remembered import RememberedPlans, settled_before
from handlers.season.touched import touched_since
from tests.builders import BASE, CAMPAIGN, FIRST, PREPARED, SECOND
from tests.town import Town
from tests.walks.walker import Walker
from workflow.answer import Answer
from workflow.database import Database
from workflow.log import Log


def asked(town: Town, remembered: RememberedPlans, days_later: int = 0) -> tuple[CampaignPlans, bool]:
    """The plans as remembered, and whether they are what is counted now."""
    today = PREPARED + timedelta(days=days_later)
    settled = settled_before(town.database)
    with town.database.read() as connection:
        season = season_of(connection, campaign_of(connection, CAMPAIGN))
        found = remembered.of(connection, CAMPAIGN, today, season, settled)
        return found, found.bodies == campaign_plans(connection, CAMPAIGN, today, season).bodies


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_plans_are_remembered_while_nothing_is_recorded(database: Database) -> None:
    """On PostgreSQL whoever writes anywhere on the server has them counted anew, other tests included."""
    town = Town.on(database).open()
    remembered = RememberedPlans()
    first, _ = asked(town, remembered)
    assert asked(town, remembered)[0] is first


def test_plans_are_counted_anew_after_something_was_recorded(database: Database) -> None:
    town = Town.on(database).open()
    remembered = RememberedPlans()
    first, right = asked(town, remembered)
    assert right
    town.now.put(PREPARED)
    town.make_ready(FIRST)
    then, right = asked(town, remembered)
    assert right
    assert then is not first
    assert then.bodies != first.bodies


def test_another_day_has_plans_of_its_own(database: Database) -> None:
    town = Town.on(database).open()
    remembered = RememberedPlans()
    first, _ = asked(town, remembered)
    later, right = asked(town, remembered, days_later=1)
    assert right
    assert later is not first
    assert later.today == first.today + timedelta(days=1)


def last_position(town: Town) -> int:
    """The position of the newest event."""
    with town.database.watch() as connection:
        return Log(connection).settled()


def test_only_the_plan_of_the_body_something_was_recorded_about_is_counted_anew(database: Database) -> None:
    town = Town.on(database).open()
    remembered = RememberedPlans()
    first, _ = asked(town, remembered)
    town.prepare(town.people(FIRST)[4])
    then, right = asked(town, remembered)
    assert right
    assert then.bodies[FIRST] != first.bodies[FIRST]
    assert then.bodies[SECOND] is first.bodies[SECOND]
    assert then.bodies[BASE] is first.bodies[BASE]


def test_what_moves_no_step_leaves_the_plans_as_they_are(database: Database) -> None:
    town = Town.on(database).open()
    person = town.people(FIRST)[4]
    town.prepare(person)
    remembered = RememberedPlans()
    first, _ = asked(town, remembered)
    town.declare(FIRST)
    again, right = asked(town, remembered)
    assert right
    assert again is first


def test_a_picture_older_than_what_is_remembered_is_counted_by_itself(database: Database) -> None:
    """A page that began before an event and one that began after it are both right."""
    town = Town.on(database).open()
    remembered = RememberedPlans()
    early = settled_before(database)
    with database.read() as connection:
        season = season_of(connection, campaign_of(connection, CAMPAIGN))
        before = campaign_plans(connection, CAMPAIGN, PREPARED, season)
        town.prepare(town.people(FIRST)[4])
        newer, right = asked(town, remembered)
        assert right
        assert remembered.of(connection, CAMPAIGN, PREPARED, season, early).bodies == before.bodies
    assert asked(town, remembered)[0].bodies == newer.bodies


@pytest.mark.parametrize("base_committee", [False, True])
def test_after_whatever_is_recorded_the_plans_are_those_counted_from_nothing(
    database: Database, base_committee: bool
) -> None:
    """A random walk; with a committee at the base its members are taken at two venues."""
    seed = Random().randrange(10**9)
    print(f"seed {seed}")  # noqa: T201 - pytest shows it where it fails
    town = Town.on(database, first=5, second=4).open(base_committee=base_committee)
    for cell in (FIRST, SECOND):
        town.make_ready(cell)
    remembered, walker = RememberedPlans(), Walker(town, Random(seed))
    for _ in range(60):
        command, outcome = walker.step()
        if isinstance(outcome, Answer):
            assert asked(town, remembered)[1], command


def test_a_change_of_the_roster_may_touch_every_body(database: Database) -> None:
    town = Town.on(database).open()
    before = last_position(town)
    with database.read() as connection:
        assert touched_since(connection, CAMPAIGN, before) == frozenset()
        assert touched_since(connection, CAMPAIGN, 0) is None
    town.prepare(town.people(FIRST)[4])
    town.prepare(town.people(SECOND)[3])
    with database.read() as connection:
        assert touched_since(connection, CAMPAIGN, before) == frozenset({FIRST, SECOND})
        assert touched_since(connection, "2015", before) == frozenset()
    town.change_roster(PREPARED, new={})
    with database.read() as connection:
        assert touched_since(connection, CAMPAIGN, before) is None
