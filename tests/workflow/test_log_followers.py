"""Whoever follows the log meets every event once, however slowly some transactions commit."""

import pytest
from sqlalchemy import Connection

from tests.workflow.log_samples import RECORDED, Failed, an_entry, append_and_fail, appended
from workflow.database import Database
from workflow.log import Append, Log, Stored


def test_a_follower_goes_on_from_the_last_position_it_met(database: Database) -> None:
    stored = appended(database, "review/a", 0, *[an_entry() for _ in range(5)])
    assert _follow(database, 0, 2) == stored[:2]
    assert _follow(database, stored[1].position, 2) == stored[2:4]
    assert _follow(database, stored[3].position, 2) == stored[4:]
    assert _follow(database, stored[4].position, 2) == []


def test_a_follower_of_an_empty_log_meets_nothing(database: Database) -> None:
    assert _follow(database, 0) == []
    with database.watch() as connection:
        assert Log(connection).settled() == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_slow_writer_is_not_passed_over(database: Database) -> None:
    """It draws position 1, somebody else draws 2 and commits first; 2 is held back until 1 is there."""
    with database.write() as slow:
        (late,) = Log(slow).append([Append("review/slow", 0, (an_entry(),))], RECORDED)
        (early,) = appended(database, "review/fast", 0, an_entry())
        assert (late.position, early.position) == (1, 2)
        assert _follow(database, 0) == []
    assert _follow(database, 0) == [late, early]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_older_transaction_that_draws_later_hides_nobody(database: Database) -> None:
    """The order of transaction ids is not the order of positions: the elder took its id with its guards, and
    drew its position after the younger had. A follower that goes by ids alone would pass over the younger."""
    with database.write() as younger:
        with database.write() as elder:
            Log(elder).lock(["review/elder"])
            Log(younger).lock(["review/younger"])
            assert _transaction_id(elder) < _transaction_id(younger)
            (first,) = Log(younger).append([Append("review/younger", 0, (an_entry(),))], RECORDED)
            (second,) = Log(elder).append([Append("review/elder", 0, (an_entry(),))], RECORDED)
            assert first.position < second.position
        assert _follow(database, 0) == []
    assert _follow(database, 0) == [first, second]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_is_before_a_slow_writer_is_met_at_once(database: Database) -> None:
    before = appended(database, "review/a", 0, an_entry())
    with database.write() as slow:
        held = Log(slow).append([Append("review/slow", 0, (an_entry(),))], RECORDED)
        assert _follow(database, 0) == before
    assert _follow(database, before[0].position) == held


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_transaction_that_was_rolled_back_leaves_a_gap_nobody_waits_for(database: Database) -> None:
    with pytest.raises(Failed):
        append_and_fail(database, "review/gone", an_entry())
    stored = appended(database, "review/a", 0, an_entry())
    assert stored[0].position == 2
    assert _follow(database, 0) == stored


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_positions_are_announced_beyond_32_bits(database: Database) -> None:
    """An advisory lock shows its number in two halves."""
    with database.write() as connection:
        connection.exec_driver_sql(f"SELECT setval('events_position_seq', {5 << 32})")
    before = appended(database, "review/a", 0, an_entry())
    with database.write() as slow:
        (held,) = Log(slow).append([Append("review/slow", 0, (an_entry(),))], RECORDED)
        assert held.position == (5 << 32) + 2
        assert _follow(database, 0) == before
    assert _follow(database, 5 << 32) == [*before, held]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_long_transaction_that_appends_nothing_holds_nobody_back(database: Database) -> None:
    with database.write() as long:
        Log(long).lock(["import/1"])
        stored = appended(database, "review/a", 0, an_entry())
        assert _follow(database, 0) == stored


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_following_inside_a_picture_that_stands_still_is_refused(database: Database) -> None:
    with database.read() as connection, pytest.raises(ValueError, match=r"use Database\.watch"):
        Log(connection).follow(0, 10)


def _follow(database: Database, after: int, limit: int = 100) -> list[Stored]:
    with database.watch() as connection:
        return Log(connection).follow(after, limit)


def _transaction_id(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT pg_current_xact_id()::text::bigint").scalar_one())
