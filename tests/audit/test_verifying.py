"""The whole log verified from a page: how it ends is kept, and one that runs is not started twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from handlers.audit.verifying import BROKEN, HOLDS, ask, verifications, verify
from handlers.work.book import RUNNING, STALE
from tests.builders import AUDITOR
from tests.town import Town
from workflow.tables import EVENTS

NOW = datetime(2017, 2, 1, 3, tzinfo=UTC)


def begun(town: Town, at: datetime = NOW) -> tuple[int, bool]:
    with town.database.write() as connection:
        return ask(connection, at, AUDITOR)


def test_a_whole_log_holds_and_the_page_knows_how_much_was_read(town: Town) -> None:
    number, new = begun(town)
    assert new
    assert verify(town.database, lambda: NOW + timedelta(seconds=3), number) == HOLDS
    with town.database.read() as connection:
        (found,) = verifications(connection, limit=5)
        total = connection.execute(select(func.count()).select_from(EVENTS)).scalar_one()
    assert (found.state, found.broken, found.told) == (HOLDS, 0, ())
    assert (found.events, found.ended_at) == (total, NOW + timedelta(seconds=3))
    assert found.rows > 0


def test_a_changed_row_is_found_and_named(town: Town) -> None:
    with town.database.write() as connection:
        connection.execute(text("UPDATE reviews SET decided_level = 'HTNV' WHERE subject = '0101'"))
    number, _ = begun(town)
    assert verify(town.database, lambda: NOW, number) == BROKEN
    with town.database.read() as connection:
        (found,) = verifications(connection, limit=5)
    assert found.broken >= 1
    assert any("decided_level" in line for line in found.told)


def test_one_that_runs_is_waited_for_and_one_not_heard_of_is_begun_anew(town: Town) -> None:
    first, new = begun(town)
    assert new
    assert begun(town, NOW + STALE) == (first, False)
    second, new = begun(town, NOW + STALE + timedelta(seconds=1))
    assert (second != first, new) == (True, True)
    with town.database.read() as connection:
        newest, older = verifications(connection, limit=5)
    assert older.broken_off(NOW + STALE + timedelta(seconds=1))
    assert (newest.state, newest.broken_off(NOW + STALE + timedelta(seconds=2))) == (RUNNING, False)
