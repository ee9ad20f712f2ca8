"""A calendar edited in mid-season: reminders follow the new days, and nobody is told twice of one date."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from handlers.rebuild import disagreements
from handlers.reminding.run import sweep_once
from states.roles import Role
from tests.builders import BASE, OFFICER, SECOND
from tests.reminders.counted import Expected, days, open_rows
from tests.reminders.town import letters, moment, notices, reminded_town, reminders, told
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.calendar import ConfirmCalendarChange, DatedDay, ProposeCalendarChange
from workflow.database import Database

ADMINISTRATOR = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)

FROM, TO = date(2017, 1, 13), date(2017, 1, 27)
EDITED, TAKEN_BACK = date(2017, 1, 17), date(2017, 1, 20)
OFF = (date(2017, 1, 24), date(2017, 1, 25))
"""The last two working days before Tết, off by a change confirmed on EDITED after that day's sweep."""

VOTE, REPORT = (f"review/2016.organisation.{SECOND}/{gate}" for gate in ("count_ballot", "submit"))


def decree(town: Town, change: str, what: str, on: date) -> None:
    """Proposed by one and confirmed by another in the afternoon of a day."""
    town.now.put(on, 15)
    dated = tuple(DatedDay(day=day, what=what) for day in OFF)
    town.do(ProposeCalendarChange(change=change, days=dated, document="CV 45-CV/ĐU"), ADMINISTRATOR)
    town.do(ConfirmCalendarChange(change=change), OFFICER)


def live(database: Database, town: Town, expected: Expected, lived: Iterable[date]) -> None:
    """Sweep in the morning and in the evening of each day, and find what is counted, no more."""
    for today in lived:
        expected.live(database, today)
        sweep_once(town.engine, moment(today))
        assert Counter(told(database)) == Counter(list(expected.found)), f"on {today}"
        assert sweep_once(town.engine, moment(today, 20)).reminders == 0


def test_reminders_follow_the_days_of_the_new_calendar(database: Database) -> None:
    """Off on 24 and 25/01, the vote is safe until 23/01, and five days before the report comes on 18/01."""
    town = reminded_town(database)
    expected = Expected()
    live(database, town, expected, days(FROM, EDITED))
    decree(town, "LICH-01", "off", EDITED)
    expected.days_off |= set(OFF)
    assert {owed.safe_day for owed in open_rows(database) if owed.deadline == VOTE} == {date(2017, 1, 23)}
    live(database, town, expected, days(date(2017, 1, 18), TO))
    found = {(r.deadline, r.rung): (r.rung_on, r.found_on) for r in reminders(database)}
    # 20(1) 19(2) 18(3) before 23/01
    assert found[VOTE, "before:3"] == (date(2017, 1, 18), date(2017, 1, 18))
    assert found[VOTE, "day:0"] == (date(2017, 1, 23), date(2017, 1, 23))
    # 02/02(1) 23/01(2) 20(3) 19(4) 18(5) before 03/02
    assert found[REPORT, "before:5"] == (date(2017, 1, 18), date(2017, 1, 18))
    assert {r.rung_on for r in reminders(database)}.isdisjoint(OFF)


def test_a_change_taken_back_tells_nobody_twice_of_one_date(database: Database) -> None:
    """Edited on 17/01 and as it was from 20/01 on: a rung that was said of a date is not said of it again."""
    town = reminded_town(database)
    expected = Expected()
    live(database, town, expected, days(FROM, EDITED))
    decree(town, "LICH-01", "off", EDITED)
    expected.days_off |= set(OFF)
    live(database, town, expected, days(date(2017, 1, 18), TAKEN_BACK))
    decree(town, "LICH-02", "usual", TAKEN_BACK)
    expected.days_off -= set(OFF)
    live(database, town, expected, days(date(2017, 1, 21), TO))
    assert max(Counter(told(database)).values()) == 1
    lines = Counter(
        (n.recipient, n.organisation, n.kind, n.gate, n.due_on, n.rung) for n in notices(database)
    )
    assert max(lines.values()) == 1
    assert max(Counter((row.recipient, row.subject, row.channel) for row in letters(database)).values()) == 1
    with database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
