"""The weekly letter: to whom, on which day, once, and what it says of the branch."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from handlers.reminding.weekly import branches_of, week_of
from handlers.roster.vocabulary import Post
from tests.builders import BASE, CAMPAIGN, FIRST, SECOND
from tests.swept import letters, only, post, reached, row_of, swept, swept_daily
from tests.town import Town
from workflow.database import Database
from workflow.rules.rulebook import Rulebook

MONDAY, TUESDAY = date(2017, 1, 9), date(2017, 1, 10)


@pytest.fixture
def town(database: Database) -> Town:
    """The base is led by 0103, who can be reached; so can the head of a cell, who leads nobody below."""
    town = Town.on(database).open()
    post(town, "0103", BASE, Post.HEAD, date(2017, 1, 1))
    reached(town, "0103")
    reached(town, "0201")
    return town


def weeklies(town: Town) -> list[Any]:
    return [row for row in letters(town.database, "weekly:") if row.state == "queued"]


def summary(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.body)["summary"]
    return found


def test_it_goes_to_who_leads_bodies_below_on_the_first_working_day_at_the_hour_once(town: Town) -> None:
    assert swept(town, MONDAY, 7, 29).letters == 0
    swept(town, MONDAY, 7, 30)
    swept_daily(town, TUESDAY, date(2017, 1, 15))
    assert [(row.key, row.recipient) for row in weeklies(town)] == [("weekly:0103:2017-W02", "0103")]
    swept(town, date(2017, 1, 16))
    assert [row.key for row in weeklies(town)] == ["weekly:0103:2017-W02", "weekly:0103:2017-W03"]


def test_after_a_holiday_the_week_begins_with_its_first_working_day(town: Town) -> None:
    """Tết: Monday 30/01 to Wednesday 01/02/2017 are off."""
    swept_daily(town, date(2017, 1, 30), date(2017, 2, 1))
    assert weeklies(town) == []
    swept(town, date(2017, 2, 2))
    assert [row.key for row in weeklies(town)] == ["weekly:0103:2017-W05"]


def test_a_week_without_a_sweep_on_monday_is_told_of_later_and_an_unswept_week_never(town: Town) -> None:
    swept(town, MONDAY)
    swept(town, date(2017, 1, 26))
    assert [row.key for row in weeklies(town)] == ["weekly:0103:2017-W02", "weekly:0103:2017-W04"]


def test_a_week_over_the_turn_of_the_year_is_one(town: Town) -> None:
    assert week_of(date(2016, 12, 31)) == week_of(date(2017, 1, 1)) == "2016-W52"
    assert week_of(date(2020, 12, 31)) == week_of(date(2021, 1, 3)) == "2020-W53"


def test_it_says_what_each_body_below_owes_with_all_beneath_it(town: Town) -> None:
    only(
        town.database,
        row_of("1"),
        row_of("2", last=date(2017, 1, 6), safe=date(2017, 1, 6)),
        row_of("3", last=date(2017, 1, 13), safe=date(2017, 1, 13)),
        row_of("4", last=date(2017, 1, 16), safe=date(2017, 1, 16)),
        row_of("5", organisation=SECOND),
        row_of("6", organisation=SECOND, done_on=MONDAY, next_on=None),
        row_of("7", organisation=BASE, kind="collective"),
        row_of("8", opened_on=date(2017, 1, 12)),
    )
    swept(town, MONDAY)
    (row,) = weeklies(town)
    (branch,) = summary(row)["bodies"]
    assert branch["total"] == {"open": 6, "overdue": 1, "this_week": 1, "at_risk": 0}
    assert branch["own"] == {"open": 1, "overdue": 0, "this_week": 0, "at_risk": 0}
    assert branch["children"] == [
        {
            "organisation": FIRST, "href": "/c/2016/o/CB01",
            "open": 4, "overdue": 1, "this_week": 1, "at_risk": 0,
        },
        {
            "organisation": SECOND, "href": "/c/2016/o/CB02",
            "open": 1, "overdue": 0, "this_week": 0, "at_risk": 0,
        },
    ]  # fmt: skip


def test_it_names_the_bodies_that_will_miss_a_date_at_the_present_pace(town: Town) -> None:
    done = [row_of(f"d{n}", done_on=date(2017, 1, 4), next_on=None) for n in range(2)]
    only(town.database, *done, *(row_of(f"o{n}") for n in range(40)), row_of("x", organisation=SECOND))
    swept(town, MONDAY)
    (branch,) = summary(weeklies(town)[0])["bodies"]
    assert branch["will_miss"] == [{"day": "2017-01-30", "bodies": 1, "named": [FIRST]}]
    assert [child["at_risk"] for child in branch["children"]] == [40, 0]


def test_a_branch_that_owes_nothing_has_no_letter_and_is_not_counted_again_that_week(town: Town) -> None:
    only(town.database, row_of(done_on=date(2017, 1, 5), next_on=None))
    swept(town, MONDAY)
    assert weeklies(town) == []
    (kept,) = letters(town.database, "weekly:")
    assert (kept.state, kept.problem) == ("cancelled", "nothing is owed in the branch")


def test_a_closed_or_absent_campaign_has_no_weekly_letter(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster(base_committee=True)
    reached(town, "0101")
    swept(town, MONDAY)
    assert letters(database) == []


def test_what_lies_below_is_counted_up_the_tree(town: Town) -> None:
    only(town.database, row_of("1"), row_of("2", organisation=SECOND))
    with town.database.read() as connection:
        found = branches_of(connection, CAMPAIGN, Rulebook.load("duk_2016"), MONDAY)
    assert found.whole[BASE].open == 2 and found.own.get(BASE) is None
    assert sorted(found.branch(BASE)) == [FIRST, SECOND, BASE]
