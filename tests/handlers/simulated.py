"""The town whose season is simulated, and how a simulated season is looked at."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from handlers.simulating.results import Simulation
from handlers.simulating.running import Trial
from tests.builders import CAMPAIGN
from tests.town import Town
from workflow import clock
from workflow.database import Database

FROM, TO = date(2017, 1, 9), date(2017, 2, 14)
SEASON = Trial(campaign=CAMPAIGN, first=FROM, last=TO)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

RATING = "duk.deadline_rating"
LADDER = {
    "before:10": date(2017, 1, 11),
    "before:5": date(2017, 1, 18),
    "before:3": date(2017, 1, 20),
    "before:1": date(2017, 1, 24),
    "day:0": date(2017, 1, 25),
    "after:1": date(2017, 2, 2),
    "escalate:1": date(2017, 2, 6),
    "escalate:2": date(2017, 2, 13),
}
"""The days of a rating before 31/01/2017, as counted by hand in tests/deadlines/seasons."""


def trial(**told: Any) -> Trial:
    """The season of the town, with something told otherwise."""
    given: dict[str, Any] = {"campaign": CAMPAIGN, "first": FROM, "last": TO}
    return Trial(**(given | told))


def days_of(season: Simulation, rule: str, kind: str = "individual") -> dict[str, date]:
    return {one.rung: one.found_on for one in season.rungs if (one.rule, one.kind) == (rule, kind)}


def planned(database: Database) -> Town:
    town = Town.on(database)
    town.enter_roster(base_committee=True)
    town.plan()
    return town


def open_town(database: Database) -> Town:
    return Town.on(database).open(base_committee=True)


def contact(person: str) -> dict[str, Any]:
    return {
        "person": person,
        "email": f"{person}@example.vn",
        "phone": "",
        "chat": "",
        "language": "vi",
        "quiet_from": "",
        "quiet_to": "",
        "calendar_secret": None,
        "changed_at": datetime.combine(FROM, time(9), clock.ZONE),
        "changed_by": "officer",
    }
