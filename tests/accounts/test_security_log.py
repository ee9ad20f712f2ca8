"""The list of what happened around signing in: it only grows, and what was done to it shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from handlers.accounts.security_log import Happened, broken, entries, head_at, note
from workflow.checkpoint import checkpoint, printed_beside
from workflow.database import Database
from workflow.verify import verify_log

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture
def filled(database: Database) -> Database:
    """Five entries of two accounts."""
    for number in range(5):
        with database.write() as connection:
            what = Happened.SIGNED_IN if number % 2 else Happened.SIGN_IN_REFUSED
            note(
                connection,
                NOW + timedelta(minutes=number),
                what,
                account=f"TK-{number % 2}",
                by=f"p{number}",
                session=number,
            )
    return database


def without_triggers(database: Database, statement: str) -> None:
    """What whoever has the server's disk can do."""
    with database.engine.begin() as connection:
        if database.dialect == "sqlite":
            names = connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'security_log'")
            ).scalars()
            for name in list(names):
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        else:
            connection.execute(text("ALTER TABLE security_log DISABLE TRIGGER ALL"))
        connection.execute(text(statement))


def test_entries_are_read_newest_first_and_page_by_page(filled: Database) -> None:
    with filled.read() as connection:
        assert [one.position for one in entries(connection)] == [5, 4, 3, 2, 1]
        assert [one.position for one in entries(connection, after=3)] == [2, 1]
        assert [one.position for one in entries(connection, account="TK-1")] == [4, 2]
        assert [one.position for one in entries(connection, what=Happened.SIGN_IN_REFUSED)] == [5, 3, 1]
        late = entries(connection, since=NOW + timedelta(minutes=3))
        assert [(one.position, one.detail) for one in late] == [(5, {"session": 4}), (4, {"session": 3})]
        assert list(broken(connection)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE security_log SET what = 'signed_out' WHERE position = 2",
        "DELETE FROM security_log WHERE position = 5",
    ],
)
def test_no_entry_is_changed_or_removed(filled: Database, statement: str) -> None:
    with pytest.raises(DBAPIError), filled.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE security_log SET by = 'somebody' WHERE position = 2", 2),
        ("UPDATE security_log SET detail = '{}' WHERE position = 4", 4),
        ("DELETE FROM security_log WHERE position = 3", 4),
        ("UPDATE security_log SET position = 9 WHERE position = 5", 9),
    ],
)
def test_what_was_done_past_the_triggers_is_found(filled: Database, statement: str, where: int) -> None:
    without_triggers(filled, statement)
    with filled.read() as connection:
        assert {one.version for one in broken(connection)} == {where}


def test_a_printed_checkpoint_shows_that_the_newest_entries_are_gone(filled: Database) -> None:
    with filled.watch() as connection:
        paper = str(checkpoint(connection, beside=head_at(connection)))
        plain = str(checkpoint(connection))
    assert printed_beside(paper) == 5
    assert printed_beside(plain) == 0
    with filled.write() as connection:
        note(connection, NOW, Happened.SIGNED_OUT)
    with filled.read() as connection:
        assert list(verify_log(connection, paper, head_at)) == []
        assert list(verify_log(connection, plain, head_at)) == []
    without_triggers(filled, "DELETE FROM security_log WHERE position >= 5")
    with filled.read() as connection:
        assert list(broken(connection)) == [], "the chain alone cannot know its end"
        assert len(list(verify_log(connection, paper, head_at))) == 1
        assert list(verify_log(connection, plain, head_at)) == []
