"""Entries for the tests of the log: one draft report going out, in as many variations as a test asks for."""

from datetime import UTC, datetime
from typing import Any

from workflow.database import Database
from workflow.log import Append, Entry, Log, Stored

SENT = datetime(2016, 12, 28, 9, 30, tzinfo=UTC)
RECORDED = datetime(2017, 1, 3, 2, 15, 0, 123456, tzinfo=UTC)


def an_entry(**changes: Any) -> Entry:
    """The draft of member 0012 of cell CB03 went out."""
    fields: dict[str, Any] = {
        "name": "DraftSent",
        "schema_version": 1,
        "occurred_at": SENT,
        "actor": "0012",
        "capacity": "secretary@CB03",
        "command_id": "c-1",
        "rulebook_hash": "",
        "verdicts": (("duk.notice_to_participants", "holds"),),
        "data": b'{"sent_on":"2016-12-28"}',
        "findings": None,
    }
    return Entry(**fields | changes)


def appended(database: Database, stream: str, expected_version: int, *entries: Entry) -> list[Stored]:
    """The entries, stored in one stream by a transaction of their own."""
    with database.write() as connection:
        return Log(connection).append([Append(stream, expected_version, entries)], RECORDED)


def whole(database: Database) -> list[Stored]:
    """Every event of the log, by position."""
    with database.read() as connection:
        return list(Log(connection).scan())


class Failed(Exception):
    """What goes wrong in a transaction of `append_and_fail`."""


def append_and_fail(database: Database, stream: str, *entries: Entry) -> None:
    """Appends to a new stream and raises Failed before the commit."""
    with database.write() as connection:
        Log(connection).append([Append(stream, 0, entries)], RECORDED)
        raise Failed
