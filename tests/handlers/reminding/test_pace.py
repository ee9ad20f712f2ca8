"""Who will miss a date at the present pace, and when nothing can be concluded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from handlers.reminding.pace import WORDS, Pace, paces, projected, will_miss
from tests.builders import CAMPAIGN, FIRST, SECOND
from tests.swept import DUE, only, row_of
from tests.town import Town
from workflow.database import Database
from workflow.days import make_calendar, vietnam_calendar

CALENDAR = vietnam_calendar(range(2016, 2019))
MONDAY, WEDNESDAY = date(2017, 1, 9), date(2017, 1, 11)


def of(database: Database, today: date, *rows: dict[str, Any], calendar: Any = CALENDAR) -> list[Pace]:
    only(database, *rows)
    with database.read() as connection:
        return list(paces(connection, CAMPAIGN, calendar, today))


def people(done: int, left: int, since: date = MONDAY, **told: Any) -> list[dict[str, Any]]:
    first = [row_of(f"d{n}", done_on=since, next_on=None, **told) for n in range(done)]
    return first + [row_of(f"o{n}", **told) for n in range(left)]


@pytest.mark.parametrize(
    ("done", "remaining", "working_days", "days_left", "expected"),
    [
        (3, 7, 3, 7, (7, "in_time")),  # one a day: the seventh day is the last
        (3, 7, 3, 6, (7, "at_risk")),  # a day too few
        (4, 7, 3, 6, (6, "in_time")),  # 21/4 is rounded up: a begun day is a day
        (4, 7, 3, 5, (6, "at_risk")),
        (0, 7, 9, 9, (0, "unknown")),  # nothing done says nothing about pace
        (3, 7, 2, 1, (0, "unknown")),  # two working days say too little
        (1, 1, 3, 3, (3, "in_time")),
        (1, 1, 3, 0, (3, "at_risk")),
    ],
)
def test_the_rest_takes_as_long_as_the_pace_says(
    done: int, remaining: int, working_days: int, days_left: int, expected: tuple[int, str]
) -> None:
    assert projected(done, remaining, working_days, days_left) == expected


def test_working_days_are_counted_from_the_first_done_to_today_and_on_to_the_last_day(
    database: Database,
) -> None:
    """From Monday 09/01 to Wednesday 11/01 are 3; from 12/01 to 30/01, Tết off, 10 are left."""
    (one,) = of(database, WEDNESDAY, *people(3, 10))
    assert (one.working_days, one.days_needed, one.days_left, one.outlook) == (3, 10, 10, "in_time")
    (one,) = of(database, WEDNESDAY, *people(3, 11))
    assert (one.days_needed, one.days_left, one.outlook) == (11, 10, "at_risk")
    (one,) = of(database, date(2017, 1, 10), *people(3, 11))
    assert (one.working_days, one.outlook) == (2, "unknown")


def test_a_step_that_is_done_dropped_or_past_its_date_has_no_pace(database: Database) -> None:
    assert of(database, WEDNESDAY, *people(3, 0)) == []
    assert of(database, WEDNESDAY, row_of(dropped=True, next_on=None)) == []
    assert of(database, date(2017, 1, 31), *people(3, 2)) == []
    assert len(of(database, DUE, *people(3, 2))) == 1


def test_bodies_that_will_miss_a_date_are_told_by_date(database: Database) -> None:
    slow = people(1, 20)
    slow += [{**row, "deadline": row["deadline"] + "2"} for row in people(1, 20, organisation=SECOND)]
    slow += people(1, 20, gate="submit", last=date(2017, 2, 5), safe=date(2017, 2, 3))
    found = of(database, WEDNESDAY, *slow)
    assert will_miss(found) == {DUE: (FIRST, SECOND), date(2017, 2, 5): (FIRST,)}
    assert set(WORDS) >= {one.outlook for one in found}


def test_beyond_the_years_of_the_calendar_monday_to_friday_are_counted(database: Database) -> None:
    (one,) = of(
        database,
        WEDNESDAY,
        *people(3, 3, last=date(2018, 1, 5)),
        calendar=make_calendar([2017], [date(2017, 1, 10)]),
    )
    assert one.working_days == 2  # the entered day off counts inside the year
    days_left = of(
        database, date(2017, 1, 12), *people(3, 3, last=date(2018, 1, 5)), calendar=make_calendar([2017])
    )
    assert days_left[0].days_left == 256  # Friday 13/01/2017 to Friday 05/01/2018


def test_some_bodies_alone_can_be_asked_for(database: Database) -> None:
    Town.on(database)
    only(database, *people(3, 4), row_of("x", organisation=SECOND))
    with database.read() as connection:
        found = list(paces(connection, CAMPAIGN, CALENDAR, WEDNESDAY, [SECOND]))
    assert [(one.organisation, one.outlook) for one in found] == [(SECOND, "unknown")]


def test_steps_that_are_begun_are_those_of_which_something_is_done(database: Database) -> None:
    """Nobody is warned of a pace that is not there; a thousand bodies that did nothing yet are not read."""
    Town.on(database)
    only(database, *people(1, 4), row_of("x", organisation=SECOND))
    with database.read() as connection:
        every = list(paces(connection, CAMPAIGN, CALENDAR, WEDNESDAY))
        begun = list(paces(connection, CAMPAIGN, CALENDAR, WEDNESDAY, begun=True))
    assert {one.organisation for one in every} == {FIRST, SECOND}
    assert begun == [one for one in every if one.organisation == FIRST]
