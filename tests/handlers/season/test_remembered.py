"""Plans are counted once for as long as nothing is recorded, and anew after every event."""

from datetime import timedelta

import pytest

from handlers.deadline_context import campaign_of, season_of
from handlers.season.plans import CampaignPlans, campaign_plans
from handlers.season.remembered import RememberedPlans
from tests.builders import CAMPAIGN, FIRST, PREPARED
from tests.town import Town
from workflow.database import Database


def asked(town: Town, remembered: RememberedPlans, days_later: int = 0) -> tuple[CampaignPlans, bool]:
    """The plans as remembered, and whether they are what is counted now."""
    today = PREPARED + timedelta(days=days_later)
    with town.database.read() as connection:
        season = season_of(connection, campaign_of(connection, CAMPAIGN))
        found = remembered.of(connection, CAMPAIGN, today, season)
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
