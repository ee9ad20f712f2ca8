"""Late entries: what the database counts day by day is what is listed one by one, on days in Vietnam."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from handlers.late_entries import count_late, late_entries
from tests.insight.cohorts import BOOK
from workflow.database import Database
from workflow.tables import EVENTS

ROW = {
    "version": 1, "name": "draft_sent", "schema_version": 1, "actor": "0101", "capacity": "secretary@CB01",
    "rulebook_hash": "", "verdicts": "[]", "data": "{}", "findings_digest": None, "previous_hash": b"",
    "event_hash": b"1" * 32,
}  # fmt: skip


def act(number: int, took_place: datetime, entered: datetime) -> dict[str, object]:
    stream, command = f"review/2017.member.{number:04}", f"c{number}"
    return {**ROW, "stream": stream, "command_id": command, "occurred_at": took_place, "recorded_at": entered}


def test_the_edge_lies_at_midnight_in_vietnam(database: Database) -> None:
    """Thursday 12/01 is the third working day after Monday 09/01, Wednesday 11/01 after Sunday; 17:00 in UTC
    begins the next day there.
    """
    monday = datetime(2017, 1, 9, 2, tzinfo=UTC)
    edge = datetime(2017, 1, 12, 17, tzinfo=UTC)
    with database.write() as connection:
        connection.execute(
            insert(EVENTS),
            [
                act(1, monday, edge - timedelta(seconds=1)),
                act(2, monday, edge),
                act(3, monday - timedelta(hours=10), edge - timedelta(seconds=1)),  # Sunday evening there
            ],
        )
        listed = late_entries(connection, "2017", BOOK.calendar)
        assert [one.command_id for one in listed] == ["c2", "c3"]
        assert count_late(connection, "2017", BOOK.calendar) == 2


def test_the_count_is_that_of_the_list_and_the_newest_come_first(database: Database) -> None:
    draw = random.Random(20170111)
    start = datetime(2017, 1, 2, tzinfo=UTC)
    acts = []
    for number in range(400):
        took_place = start + timedelta(minutes=draw.randrange(60 * 24 * 20))
        acts.append(act(number, took_place, took_place + timedelta(minutes=draw.randrange(60 * 24 * 9))))
    with database.write() as connection:
        connection.execute(insert(EVENTS), acts)
        listed = late_entries(connection, "2017", BOOK.calendar)
        assert 50 < len(listed) < 350
        assert count_late(connection, "2017", BOOK.calendar) == len(listed)
        newest = late_entries(connection, "2017", BOOK.calendar, newest=7)
        assert [one.command_id for one in newest] == [one.command_id for one in listed[::-1][:7]]
        assert count_late(connection, "2016", BOOK.calendar) == 0
