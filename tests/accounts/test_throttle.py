"""Attempts are slowed down across connections, processes and restarts, and nobody is locked out for ever."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from handlers.accounts.throttle import (
    FORGOTTEN_AFTER,
    OF_A_NAME,
    OF_AN_ADDRESS,
    HeldBack,
    claim,
    forget,
    give_back,
)
from workflow.database import Database

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


def tries(database: Database, key: str, now: datetime = NOW) -> int:
    """One attempt; how many seconds it was told to wait, 0 where it was let through."""
    try:
        with database.write() as connection:
            claim(connection, [(key, OF_A_NAME)], now)
    except HeldBack as held:
        return held.seconds
    return 0


def test_after_the_free_attempts_each_one_waits_twice_as_long(database: Database) -> None:
    now, waits = NOW, []
    for _ in range(OF_A_NAME.free + 1):
        assert tries(database, "a", now) == 0
    for _ in range(5):
        wait = tries(database, "a", now)
        waits.append(wait)
        assert tries(database, "a", now + timedelta(seconds=wait, microseconds=-1)) == 1
        now += timedelta(seconds=wait)
        assert tries(database, "a", now) == 0
    assert waits == [1, 2, 4, 8, 16]
    assert tries(database, "b", now) == 0, "another name does not wait"


def test_nobody_waits_longer_than_a_quarter_of_an_hour() -> None:
    assert OF_A_NAME.wait(10_000) == timedelta(minutes=15)
    assert OF_AN_ADDRESS.wait(10_000) == timedelta(minutes=5)
    assert OF_A_NAME.wait(OF_A_NAME.free) == timedelta(0)


def test_waits_survive_a_restart_and_are_shared_by_replicas(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    for number in range(OF_A_NAME.free + 1):
        assert tries((first, second)[number % 2], "a") == 0
    assert tries(first, "a") == 1
    first.close()
    second.close()
    restarted = Database(database_url)
    assert tries(restarted, "a") == 1
    restarted.close()


def test_many_at_once_are_no_way_around(database_url: str) -> None:
    """Each attempt is counted before its password is looked at, so those beyond the free ones wait."""
    found: list[int] = []
    barrier = threading.Barrier(12)

    def attempt() -> None:
        database = Database(database_url)
        barrier.wait()
        found.append(tries(database, "a"))
        database.close()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(0) == OF_A_NAME.free + 1


def test_attempts_are_forgotten_after_a_day_and_a_right_one_is_given_back(database: Database) -> None:
    for _ in range(OF_A_NAME.free + 1):
        tries(database, "a")
    assert tries(database, "a") == 1
    assert tries(database, "a", NOW + FORGOTTEN_AFTER) == 0
    assert tries(database, "a", NOW + FORGOTTEN_AFTER) == 0, "counted from the start again"
    for _ in range(40):
        with database.write() as connection:
            claim(connection, [("house", OF_AN_ADDRESS)], NOW)
            give_back(connection, "house", OF_AN_ADDRESS, NOW)
    for _ in range(OF_A_NAME.free + 1):
        tries(database, "c")
    with database.write() as connection:
        forget(connection, "c")
    assert tries(database, "c") == 0


def test_where_one_key_waits_nothing_is_counted_under_the_other(database: Database) -> None:
    for _ in range(OF_A_NAME.free + 1):
        tries(database, "a")
    for _ in range(50):
        with pytest.raises(HeldBack), database.write() as connection:
            claim(connection, [("a", OF_A_NAME), ("house", OF_AN_ADDRESS)], NOW)
    with database.write() as connection:
        claim(connection, [("house", OF_AN_ADDRESS)], NOW)
