"""One sweep: what has passed by an instant, which reminders have come; twice, late, and by a wrong clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from deadlines.tables import DEADLINES
from handlers.rebuild import rebuild
from tests.builders import CAMPAIGN, FIRST, OFFICER, OPENED, SECOND
from tests.swept import DUE, SAFE, everything, only, overdue, reminders, row_of, rungs_of, swept, swept_daily
from tests.town import Town
from workflow.commands.campaign import CloseCampaign
from workflow.database import Database

VOTE = "review/1/count_ballot"


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    return Town.on(database).open(base_committee=True)


def test_each_rung_is_found_on_its_day_and_once(town: Town) -> None:
    only(town.database, row_of())
    swept_daily(town, OPENED, date(2017, 2, 20))
    assert reminders(town.database) == [
        (VOTE, "before:10", date(2017, 1, 11), date(2017, 1, 11)),
        (VOTE, "before:5", date(2017, 1, 18), date(2017, 1, 18)),
        (VOTE, "before:3", date(2017, 1, 20), date(2017, 1, 20)),
        (VOTE, "before:1", date(2017, 1, 24), date(2017, 1, 24)),
        (VOTE, "day:0", SAFE, SAFE),
        (VOTE, "after:1", date(2017, 2, 2), date(2017, 2, 2)),
        (VOTE, "escalate:1", date(2017, 2, 6), date(2017, 2, 6)),
        (VOTE, "escalate:2", date(2017, 2, 13), date(2017, 2, 13)),
    ]


def test_a_second_sweep_finds_nothing_new(town: Town) -> None:
    only(town.database, row_of(), row_of("2"))
    first = swept(town, date(2017, 1, 11))
    held = everything(town.database)
    again = swept(town, date(2017, 1, 11), 17)
    assert (first.reminders, again.reminders, again.notices) == (2, 0, 0)
    assert everything(town.database) == held


def test_after_a_week_asleep_every_missed_rung_is_found_once_in_order_and_late(town: Town) -> None:
    only(town.database, row_of())
    swept(town, date(2017, 1, 17))
    found = swept(town, date(2017, 1, 25))
    assert (found.reminders, found.late) == (4, 3)
    assert rungs_of(town.database)[1:] == [
        ("before:5", date(2017, 1, 25)),
        ("before:3", date(2017, 1, 25)),
        ("before:1", date(2017, 1, 25)),
        ("day:0", date(2017, 1, 25)),
    ]
    assert swept(town, date(2017, 1, 25), 9).reminders == 0


def test_a_rung_before_the_step_was_owed_never_applied(town: Town) -> None:
    """Opened on 19/01: the rungs of 11/01 and 18/01 were nobody's; that of 20/01 is."""
    only(town.database, row_of(opened_on=date(2017, 1, 19)))
    swept(town, date(2017, 1, 20))
    assert rungs_of(town.database) == [("before:3", date(2017, 1, 20))]


def test_a_rung_on_the_day_a_step_is_first_owed_applies(town: Town) -> None:
    only(town.database, row_of(opened_on=date(2017, 1, 20)), row_of("2", opened_on=date(2017, 1, 21)))
    swept(town, date(2017, 1, 23))
    assert [rung for rung, _ in rungs_of(town.database)] == ["before:3"]
    assert rungs_of(town.database, "review/2/count_ballot") == []


def test_a_step_owed_only_later_is_left_alone_until_then(town: Town) -> None:
    only(town.database, row_of(opened_on=date(2017, 1, 20)))
    assert swept(town, date(2017, 1, 19)).reminders == 0
    assert swept(town, date(2017, 1, 20)).reminders == 1


@pytest.mark.parametrize(
    ("word", "hour", "last_good", "first_late"),
    [
        ("before", "15:00", (14, 59), (15, 0)),
        ("at_latest", "15:00", (15, 0), (15, 1)),
    ],
)
def test_an_hour_of_the_clause_ends_in_its_minute(
    town: Town, word: str, hour: str, last_good: tuple[int, int], first_late: tuple[int, int]
) -> None:
    day = date(2017, 1, 13)
    only(town.database, row_of(last=day, safe=day, hour=hour, word=word))
    swept(town, day, *last_good)
    assert overdue(town.database) == set()
    found = swept(town, day, *first_late)
    assert overdue(town.database) == {VOTE} and found.overdue == 1


def test_a_day_ends_at_midnight_in_viet_nam(town: Town) -> None:
    only(town.database, row_of())
    swept(town, DUE, 23, 59)
    assert overdue(town.database) == set()
    swept(town, DUE + timedelta(days=1), 0, 0)
    assert overdue(town.database) == {VOTE}


def test_what_is_done_or_dropped_is_neither_overdue_nor_reminded_of(town: Town) -> None:
    only(
        town.database,
        row_of("done", done_on=date(2017, 1, 5), next_on=None),
        row_of("dropped", dropped=True, next_on=None),
    )
    swept_daily(town, date(2017, 1, 10), date(2017, 2, 3))
    assert reminders(town.database) == [] and overdue(town.database) == set()


def test_a_suspended_review_is_reminded_of_all_the_same(town: Town) -> None:
    """No clause suspends a date (C-34)."""
    only(town.database, row_of(paused=True))
    swept(town, date(2017, 1, 11))
    assert rungs_of(town.database) == [("before:10", date(2017, 1, 11))]


def test_passing_a_date_writes_no_event(town: Town) -> None:
    before = len(town.history(f"campaign/{CAMPAIGN}"))
    reviews = len(town.history(f"review/{CAMPAIGN}.member.0101"))
    swept_daily(town, date(2017, 1, 10), date(2017, 2, 20))
    assert len(town.history(f"campaign/{CAMPAIGN}")) == before
    assert len(town.history(f"review/{CAMPAIGN}.member.0101")) == reviews


def test_the_clock_set_forward_reminds_early_and_back_reminds_of_nothing_twice(town: Town) -> None:
    only(town.database, row_of())
    swept(town, date(2017, 2, 3))
    ahead = rungs_of(town.database)
    assert [rung for rung, _ in ahead] == [
        "before:10", "before:5", "before:3", "before:1", "day:0", "after:1",
    ]  # fmt: skip
    assert overdue(town.database) == {VOTE}
    back = swept(town, date(2017, 1, 10))
    assert back.reminders == 0 and rungs_of(town.database) == ahead
    assert overdue(town.database) == set()  # it is not late by the clock that is right
    swept_daily(town, date(2017, 1, 11), date(2017, 2, 3))
    assert rungs_of(town.database) == ahead and overdue(town.database) == {VOTE}
    swept(town, date(2017, 2, 6))
    assert rungs_of(town.database)[-1] == ("escalate:1", date(2017, 2, 6))


def test_a_date_moved_in_mid_season_has_a_ladder_of_its_own(town: Town) -> None:
    """The unique key holds the date: the moved one is told anew, the old one is not told again."""
    only(town.database, row_of())
    swept(town, date(2017, 1, 11))
    moved_on, last, safe = date(2017, 1, 12), date(2017, 1, 20), date(2017, 1, 20)
    with town.database.write() as connection:
        moved = row_of(last=last, safe=safe, opened_on=moved_on)
        connection.execute(update(DEADLINES).values(moved))
    swept(town, moved_on)
    swept_daily(town, date(2017, 1, 13), last)
    assert rungs_of(town.database) == [
        ("before:10", date(2017, 1, 11)),
        ("before:5", date(2017, 1, 13)),
        ("before:3", date(2017, 1, 17)),
        ("before:1", date(2017, 1, 19)),
        ("day:0", date(2017, 1, 20)),
    ]


def test_a_closed_campaign_reminds_of_nothing_and_marks_nothing(town: Town) -> None:
    only(town.database, row_of())
    swept(town, date(2017, 1, 11))
    town.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    swept_daily(town, date(2017, 1, 18), date(2017, 2, 3))
    assert rungs_of(town.database) == [("before:10", date(2017, 1, 11))]
    assert overdue(town.database) == set()


def test_a_campaign_that_is_not_open_yet_waits(database: Database) -> None:
    town = Town.on(database)
    town.enter_roster()
    town.plan()
    only(database, row_of())
    assert swept(town, date(2017, 1, 11)).reminders == 0


def test_a_rebuild_in_mid_season_reminds_nobody_twice(town: Town) -> None:
    swept_daily(town, date(2017, 1, 10), date(2017, 1, 24))
    held = everything(town.database)
    assert held["reminders"] and held["lines"]
    with town.database.write() as connection:
        rebuild(connection)
    assert swept(town, date(2017, 1, 24), 9).reminders == 0
    assert everything(town.database) == held
    assert swept(town, SAFE).reminders > 0  # and goes on from there


def test_swept_at_any_hours_a_season_ends_the_same(town: Town) -> None:
    """Many sweeps a day, one a day, or one a week after the last date: the same rungs are found."""
    only(
        town.database,
        row_of(),
        row_of("2", organisation=SECOND),
        row_of("3", organisation=FIRST, hour="15:00"),
    )
    for day in (date(2017, 1, 11), date(2017, 1, 19), date(2017, 1, 31), date(2017, 2, 20)):
        for hour in (0, 8, 16):
            swept(town, day, hour)
    rungs = {(name, rung, on) for name, rung, on, _ in reminders(town.database)}
    assert len(rungs) == len(reminders(town.database)) == 3 * 8
