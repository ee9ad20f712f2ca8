"""The book of deadlines written anew in mid-season: the sweep begins again and repeats nothing to anybody."""

from collections import Counter
from datetime import date

from handlers.rebuild import disagreements, rebuild
from handlers.reminding.run import sweep_once
from tests.reminders.counted import Expected, days
from tests.reminders.town import letters, moment, notices, reminded_town, told
from workflow.database import Database

FROM, MIDDLE, TO = date(2017, 1, 9), date(2017, 1, 23), date(2017, 2, 17)


def test_after_a_rebuild_nobody_is_told_twice(database: Database) -> None:
    """Rebuilt on the morning of 23/01, before that day's sweep: only what is new on that day is told."""
    town = reminded_town(database)
    expected = Expected()
    for today in days(FROM, TO):
        expected.live(database, today)
        if today == MIDDLE:
            before = (notices(database), letters(database), told(database))
            with database.write() as connection:
                rebuild(connection)
            assert (notices(database), letters(database), told(database)) == before
        result = sweep_once(town.engine, moment(today))
        assert result.late == 0
        assert Counter(told(database)) == Counter(list(expected.found))
    with database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []


def test_a_rebuild_on_a_day_that_was_swept_says_nothing_more_that_day(database: Database) -> None:
    town = reminded_town(database)
    for today in days(FROM, MIDDLE):
        sweep_once(town.engine, moment(today))
    before = (notices(database), letters(database), told(database))
    with database.write() as connection:
        rebuild(connection)
    result = sweep_once(town.engine, moment(MIDDLE, 20))
    assert (result.reminders, result.notices, result.letters) == (0, 0, 0)
    assert (notices(database), letters(database), told(database)) == before
