"""The seasons are counted by hand; a counter that shares nothing with the service counts them again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from holidays import country_holidays

from tests.deadlines.seasons.written import SEASONS, read

LADDER = {"before:10": -10, "before:5": -5, "before:3": -3, "before:1": -1, "day:0": 0}
AFTERWARDS = {"after:1": 1, "escalate:1": 3, "escalate:2": 8}
COUNTED_IN_WORKING_DAYS = ("notice_to_superior", "notice_has_documents", "tkv.notice", "qd366.notice")
"""Rules that count working days back from a meeting: reminded for one working day more (C-01)."""

ENDS_BY_ITSELF = ("reply",)
"""Steps that are over when their day has passed, so that nobody is reminded afterwards (C-41)."""

NOT_IN_THE_PACKAGE = {date(2026, 1, 2), date(2026, 1, 10)}
"""The swap of 12729/VPCP-KGVX."""


class Days:
    """Which days are worked, by the lists of one file and nothing else."""

    def __init__(self, season: Mapping[str, Any]) -> None:
        self.off = {one["day"] for one in season.get("holiday", ())}
        self.worked = {one["day"] for one in season.get("worked", ())}

    def is_worked(self, day: date) -> bool:
        return day in self.worked or (day.isoweekday() <= 5 and day not in self.off)

    def from_(self, day: date, steps: int) -> date:
        """So many working days on or back; `day` itself is not counted."""
        left, way = abs(steps), timedelta(days=1 if steps > 0 else -1)
        while left:
            day += way
            left -= 1 if self.is_worked(day) else 0
        return day

    def last_up_to(self, day: date) -> date:
        while not self.is_worked(day):
            day -= timedelta(days=1)
        return day


@pytest.mark.parametrize("name", SEASONS)
def test_every_reminder_day_was_counted_right(name: str) -> None:
    season = read(name)
    days = Days(season)
    for owed in season["owed"]:
        since = owed.get("since", season["opened"])
        counted = {rung: days.from_(owed["safe"], steps) for rung, steps in LADDER.items()}
        if owed["gate"] not in ENDS_BY_ITSELF:
            counted |= {rung: days.from_(owed["last"], steps) for rung, steps in AFTERWARDS.items()}
        came_too_early = {rung for rung, day in counted.items() if day < since}
        assert owed["reminders"] == {r: d for r, d in counted.items() if r not in came_too_early}, owed["who"]
        silent = set() if owed["gate"] not in ENDS_BY_ITSELF else set(AFTERWARDS)
        assert set(owed.get("never", ())) == came_too_early | silent, owed["who"]


@pytest.mark.parametrize("name", SEASONS)
def test_every_safe_day_is_the_last_working_day_that_meets_the_clause(name: str) -> None:
    season = read(name)
    days = Days(season)
    for owed in season["owed"]:
        if any(part in owed.get("rule", "") for part in COUNTED_IN_WORKING_DAYS):
            assert owed["safe"] == days.from_(owed["last"], -1), owed["who"]
        else:
            assert owed["safe"] == days.last_up_to(owed["last"]), owed["who"]


@pytest.mark.parametrize("name", SEASONS)
def test_no_holiday_was_forgotten_and_none_invented(name: str) -> None:
    """Against the `holidays` package, over all days anything is counted on; it lacks one decreed swap."""
    season = read(name)
    days = Days(season)
    for day in days.off | days.worked:
        assert (day.isoweekday() <= 5) is (day in days.off), f"{name}: {day} needs no line"
    counted = [day for owed in season["owed"] for day in (*owed["reminders"].values(), owed["last"])]
    first, last = min(counted), max(counted)
    known = country_holidays("VN", years=range(first.year, last.year + 1))
    off = {day for day in known if first <= day <= last and day.isoweekday() <= 5}
    worked = {day for day in known.weekend_workdays if first <= day <= last}
    assert {day for day in days.off if first <= day <= last} - NOT_IN_THE_PACKAGE == off
    assert {day for day in days.worked if first <= day <= last} - NOT_IN_THE_PACKAGE == worked


def test_all_six_regimes_have_a_season() -> None:
    regimes = {name.split("_swap")[0] for name in SEASONS}
    assert regimes == {"duk_2016", "tkv_2018", "bg_2019", "cdtkv_2020", "stc_2024", "qd366_2025"}
