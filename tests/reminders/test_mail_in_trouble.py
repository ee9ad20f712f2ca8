"""The mail server refuses, stalls and dies while the season goes on: nothing waits for it or is lost."""

import threading
from collections import Counter
from datetime import date, timedelta

from handlers.courier.run import deliver_all
from handlers.reminding.run import sweep_once
from tests.builders import FIRST, SECOND
from tests.handlers.courier.post_office import post_office
from tests.handlers.courier.posting import PutClock, mail_to
from tests.reminders.counted import Expected, days
from tests.reminders.town import letters, moment, reminded_town, told, tries
from workflow.database import Database

FROM, TO = date(2017, 1, 10), date(2017, 2, 17)
MOODS = {
    date(2017, 1, 11): "stalls",
    date(2017, 1, 13): "dies",
    date(2017, 1, 18): "refuses",
    date(2017, 1, 20): "stalls",
    date(2017, 1, 23): "dies",
}


def test_a_season_with_a_bad_mail_server_loses_no_letter(database: Database) -> None:
    """Each letter that could be sent comes, under the Message-ID it was written with."""
    town = reminded_town(database)
    expected, now = Expected(), PutClock()
    with post_office() as office:
        channel = mail_to(office.port, now, seconds=0.2)
        for today in days(FROM, TO):
            mood = MOODS.get(today, "takes")
            office.mood = mood if mood != "refuses" else "takes"  # type: ignore[assignment]  # one of its moods
            if mood == "refuses":
                office.answers_to_letters.extend(["451 4.3.0 not now"] * 3)
            now.at = moment(today)
            expected.live(database, today)
            sweep_once(town.engine, now.at)
            deliver_all(database, now, [channel], worker="one")
            office.answers_to_letters.clear()
            office.mood = "takes"
            now.at = moment(today, 20)
            deliver_all(database, now, [channel], worker="one")
        came = Counter(str(letter["Message-ID"]) for letter in office.taken)
    assert Counter(told(database)) == Counter(list(expected.found))
    assert {row.state for row in letters(database)} == {"sent"}
    assert came == Counter({row.message_id: 1 for row in letters(database)})
    assert {one.outcome for one in tries(database)} == {"later", "sent"}


def test_a_sweep_does_not_wait_for_a_letter_on_its_way(database: Database) -> None:
    """The courier holds no transaction while the server keeps it waiting."""
    town = reminded_town(database)
    first = date(2017, 1, 11)
    sweep_once(town.engine, moment(first))
    now = PutClock(moment(first))
    with post_office() as office:
        office.mood = "stalls"
        stalled = mail_to(office.port, now, seconds=10)
        courier = threading.Thread(
            target=lambda: deliver_all(database, now, [stalled], worker="one"), daemon=True
        )
        courier.start()
        assert office.stalled.wait(60)
        result = sweep_once(town.engine, moment(first + timedelta(days=2)))
        assert result.reminders > 0
        assert courier.is_alive(), "the sweep was done while the letter was still on its way"
        courier.join(60)
    assert [one.outcome for one in tries(database)] == ["later"]


def test_a_dead_letter_takes_nothing_from_the_inbox(database: Database) -> None:
    """An address the server does not know: the letter is dead, the next reminders are written as ever."""
    town = reminded_town(database)
    with post_office() as office:
        now = PutClock(moment(date(2017, 1, 11)))
        channel = mail_to(office.port, now)
        office.answers_to_recipients.extend(["550 5.1.1 no such user"] * 10)
        sweep_once(town.engine, now.at)
        deliver_all(database, now, [channel], worker="one")
        dead = letters(database)
        assert {row.recipient for row in dead} == {town.head(FIRST), town.head(SECOND), "9901"}
        assert {row.state for row in dead} == {"dead"}
        office.answers_to_recipients.clear()
        now.at = moment(date(2017, 1, 18))
        assert sweep_once(town.engine, now.at).reminders > 0
        deliver_all(database, now, [channel], worker="one")
    later = letters(database)[len(dead) :]
    assert {row.recipient for row in later} == {row.recipient for row in dead}
    assert {row.state for row in later} == {"sent"}
    assert {row.state for row in letters(database)[: len(dead)]} == {"dead"}
