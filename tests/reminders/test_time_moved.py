"""Time that stands still, jumps and goes back: a reminder comes once, in order, and says when it is late."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import func, select

from deadlines.tables import DEADLINES
from handlers.reminding.run import sweep_once
from tests.builders import SECOND
from tests.reminders.counted import Expected, days
from tests.reminders.town import letters, moment, notices, reminded_town, reminders, told
from tests.town import Town
from workflow.database import Database

BEFORE_ALL = date(2017, 1, 10)
"""The day before the first rung: "before:10" of the safe day 25/01."""

RATED_BY, LAST_DAY_TO_RATE = date(2017, 1, 25), date(2017, 1, 30)
VOTE = f"review/2016.organisation.{SECOND}/count_ballot"
REPORT = f"review/2016.organisation.{SECOND}/submit"


def rungs_of(database: Database, deadline: str) -> list[tuple[str, date, date]]:
    """Name, day and day found of each reminder of a deadline, in the order they were found."""
    return [(r.rung, r.rung_on, r.found_on) for r in reminders(database) if r.deadline == deadline]


def overdue(database: Database) -> int:
    with database.read() as connection:
        counted = select(func.count()).select_from(DEADLINES).where(DEADLINES.c.overdue)
        return int(connection.execute(counted).scalar_one())


def test_after_a_week_asleep_missed_rungs_come_once_in_order_and_late(database: Database) -> None:
    """Asleep from 10/01 to 19/01: 11/01 and 18/01 were missed for the vote, 13/01 for the report."""
    town = reminded_town(database)
    sweep_once(town.engine, moment(BEFORE_ALL))
    assert reminders(database) == []
    woke = date(2017, 1, 19)
    result = sweep_once(town.engine, moment(woke))
    assert rungs_of(database, VOTE) == [
        ("before:10", date(2017, 1, 11), woke),
        ("before:5", date(2017, 1, 18), woke),
    ]
    # ten worked days before 03/02: 02/02, then over Tết 25, 24, 23, 20, 19, 18, 17, 16 and 13/01
    assert rungs_of(database, REPORT) == [("before:10", date(2017, 1, 13), woke)]
    assert result.late == result.reminders == len(reminders(database))
    heads = [row for row in letters(database) if row.recipient == "0201"]
    assert len(heads) == 1, "what was missed in a week is one letter"
    assert heads[0].body.count('"late":true') == heads[0].body.count('"rung"')
    assert sweep_once(town.engine, moment(woke, 9)).reminders == 0


def test_a_machine_asleep_over_tet_tells_what_it_missed_on_the_day_it_wakes(database: Database) -> None:
    """Off from the evening of 24/01 to 07/02: the safe day, the day after the last, the first escalation."""
    town = reminded_town(database)
    sweep_once(town.engine, moment(date(2017, 1, 24)))
    woke = date(2017, 2, 7)
    sweep_once(town.engine, moment(woke))
    assert rungs_of(database, VOTE)[-3:] == [
        ("day:0", date(2017, 1, 25), woke),
        ("after:1", date(2017, 2, 2), woke),
        ("escalate:1", date(2017, 2, 6), woke),
    ]
    assert [name for name, _, found in rungs_of(database, REPORT) if found == woke] == [
        "before:1",
        "day:0",
        "after:1",
    ]
    assert overdue(database) == 34, "every date of twelve members, two collectives and three organisations"


def test_on_the_day_itself_nothing_is_late(database: Database) -> None:
    town = reminded_town(database)
    for today in days(BEFORE_ALL, RATED_BY):
        result = sweep_once(town.engine, moment(today))
        assert result.late == 0
        assert sweep_once(town.engine, moment(today, 23, 59)).reminders == 0
    assert all(row.rung_on == row.found_on for row in reminders(database))


def test_a_day_begins_at_midnight_in_viet_nam(database: Database) -> None:
    """The first rung is 11/01: found from 17:00 UTC of the 10th on, and a second earlier it is not."""
    town = reminded_town(database)
    sweep_once(town.engine, moment(date(2017, 1, 11), 0) - timedelta(seconds=1))
    assert reminders(database) == []
    sweep_once(town.engine, moment(date(2017, 1, 11), 0))
    assert {row.rung for row in reminders(database)} == {"before:10"}


def test_a_date_has_passed_at_midnight_after_its_last_day(database: Database) -> None:
    town = reminded_town(database)
    end = moment(LAST_DAY_TO_RATE + timedelta(days=1), 0)
    sweep_once(town.engine, end - timedelta(seconds=1))
    assert overdue(database) == 0
    sweep_once(town.engine, end)
    assert overdue(database) == 17, "twelve members, two collectives, three organisations"


def test_a_clock_set_forward_and_back_tells_nobody_twice(database: Database) -> None:
    """On 12/01 the clock jumps to 31/01 and is set right: what was said early is not said again."""
    town = reminded_town(database)
    sweep_once(town.engine, moment(date(2017, 1, 12)))
    sweep_once(town.engine, moment(date(2017, 1, 31)))
    early = told(database)
    assert overdue(database) > 0
    for today in days(date(2017, 1, 12), date(2017, 1, 31)):
        result = sweep_once(town.engine, moment(today))
        assert result.reminders == 0
        if today <= LAST_DAY_TO_RATE:
            assert overdue(database) == 0, "what has not passed is not overdue"
    assert told(database) == early
    sweep_once(town.engine, moment(date(2017, 2, 2)))
    assert {one.rung for one in set(told(database)) - set(early)} == {"after:1", "before:1"}


def test_whatever_the_order_of_instants_everything_up_to_the_latest_is_told_once(database: Database) -> None:
    """Twenty instants drawn over the season, in any order, some of them many times."""
    town = reminded_town(database)
    seed = Random().randrange(10**9)
    random = Random(seed)
    expected, latest = Expected(), datetime.min.replace(tzinfo=moment(BEFORE_ALL).tzinfo)
    for _ in range(20):
        at = moment(BEFORE_ALL + timedelta(days=random.randrange(45)), random.randrange(24))
        latest = max(latest, at)
        expected.live(database, latest.date())
        sweep_once(town.engine, at)
        assert Counter(told(database)) == Counter(list(expected.found)), f"seed {seed}, at {at}"
    once_each(database, town, seed)


def once_each(database: Database, town: Town, seed: int) -> None:
    """No line, letter or reminder is there twice, and each item of each reminder is in one line."""
    lines = Counter(
        (n.recipient, n.campaign, n.organisation, n.kind, n.gate, n.rule, n.due_on, n.rung)
        for n in notices(database)
    )
    assert set(lines.values()) == {1}, f"seed {seed}"
    assert sum(n.items for n in notices(database)) == len(reminders(database)), f"seed {seed}"
    keys = Counter(row.key for row in letters(database))
    assert set(keys.values()) <= {1}, f"seed {seed}"
