"""One database behaves like the other: what a transaction sees, who waits, and what cannot be changed."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.workflow.log_samples import RECORDED, an_entry, appended, whole
from workflow import clock, kept_rulebooks
from workflow import database as databases
from workflow.contention import Retry
from workflow.database import Database
from workflow.log import Append, Log
from workflow.log_statements import COLUMNS
from workflow.refusals import Refused, digest_of, record
from workflow.tables import IDEMPOTENCY, RULEBOOKS

APPEND_ONLY = ("events", "findings", "refusals", "refused_streams", "rulebooks")


@pytest.fixture
def filled(database: Database) -> Database:
    """A row in every append-only table of the log."""
    appended(database, "review/a", 0, an_entry(findings=b"[]"))
    with database.write() as connection:
        kept_rulebooks.keep(connection, b"{}")
        record(
            connection,
            Refused(
                recorded_at=RECORDED,
                command="SendDraft",
                command_id="c-9",
                actor="0012",
                capacity="secretary@CB03",
                streams=("review/a",),
                refusal="WrongStage",
                failing=(),
                body_digest=digest_of(b"{}"),
            ),
        )
    return database


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_a_row_of_an_append_only_table_stays_as_it_was_written(
    filled: Database, table: str, change: str
) -> None:
    column = {"refusals": "command", "rulebooks": "body"}.get(table, "stream")
    if change.startswith("TRUNCATE") and filled.dialect == "sqlite":
        change = "DELETE FROM {0} WHERE true"  # SQLite has no TRUNCATE
    with pytest.raises(DBAPIError, match="is append-only"), filled.write() as connection:
        connection.exec_driver_sql(change.format(table, column))
    with filled.read() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_event_is_not_replaced_by_another_of_the_same_version(filled: Database) -> None:
    """SQLite removes the old row of INSERT OR REPLACE without asking the triggers, unless it is told to."""
    with pytest.raises(DBAPIError, match="is append-only"), filled.write() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO events SELECT * FROM events")


def test_the_same_version_cannot_be_written_twice(filled: Database) -> None:
    again = f"INSERT INTO events ({COLUMNS}) SELECT {COLUMNS} FROM events"
    with pytest.raises(IntegrityError, match=r"(?i)unique"), filled.write() as connection:
        connection.exec_driver_sql(again)


def test_a_reader_sees_one_unchanging_picture(database: Database) -> None:
    first = appended(database, "review/a", 0, an_entry())
    with database.read() as connection:
        assert list(Log(connection).scan()) == first
        appended(database, "review/a", 1, an_entry())
        assert list(Log(connection).scan()) == first
    assert len(whole(database)) == 2


def test_a_reader_writes_nothing(database: Database) -> None:
    for begin in (database.read, database.watch):
        with pytest.raises(DBAPIError, match=r"(?i)read.?only"), begin() as connection:
            connection.execute(insert(RULEBOOKS), {"hash": "a", "body": "b"})


def test_a_reader_does_not_wait_for_a_writer_and_sees_nothing_of_it(database: Database) -> None:
    with database.write() as connection:
        Log(connection).append([Append("review/a", 0, (an_entry(),))], RECORDED)
        assert whole(database) == []


def test_an_instant_of_any_table_is_read_in_utc(database: Database) -> None:
    answered = datetime(2017, 1, 1, 6, 59, 59, 999999, tzinfo=clock.ZONE)
    row = {
        "actor": "0012",
        "key": "k",
        "body_digest": b"",
        "answer": "",
        "command_id": "c",
        "recorded_at": answered,
    }
    with database.write() as connection:
        connection.execute(insert(IDEMPOTENCY), row)
        kept = connection.execute(select(IDEMPOTENCY.c.recorded_at)).scalar_one()
    assert kept == answered
    assert kept.tzinfo is UTC


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_instant_in_sqlite_is_text_that_sorts_by_time(database: Database) -> None:
    appended(database, "review/a", 0, an_entry(occurred_at=datetime(2016, 12, 1, 3, 4, 5, 60, tzinfo=UTC)))
    with database.read() as connection:
        kept = connection.exec_driver_sql("SELECT occurred_at, typeof(occurred_at) FROM events").one()
    assert tuple(kept) == ("2016-12-01T03:04:05.000060Z", "text")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_runs_as_promised(database: Database) -> None:
    """What was acknowledged survives a power cut: a write-ahead log, synced in full at every commit."""
    with database.write() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_runs_as_promised(database: Database) -> None:
    with database.write() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
        assert connection.exec_driver_sql("SHOW timezone").scalar() == "UTC"
    with database.read() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "repeatable read"
    with database.watch() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"


def test_a_writer_that_waits_too_long_is_told_to_try_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has done nothing, and the one it waited for goes on."""
    monkeypatch.setattr(databases, "WAIT_SECONDS", 0.1)
    impatient, patient = Database(database_url), Database(database_url)
    with patient.write() as connection:
        Log(connection).lock(["review/a"])
        with pytest.raises(Retry), impatient.write() as other:
            Log(other).lock(["review/a"])
        with ThreadPoolExecutor(1) as thread, pytest.raises(Retry):
            thread.submit(_lock, patient if patient.dialect == "sqlite" else impatient).result()
        Log(connection).append([Append("review/a", 0, (an_entry(),))], RECORDED)
    assert len(whole(impatient)) == 1
    impatient.close()
    patient.close()


def test_writers_of_other_processes_lose_nothing(database_url: str, tmp_path: Path) -> None:
    """Three processes count one stream up, each from what it read."""
    script = tmp_path / "count.py"
    script.write_text(_COUNT, encoding="utf-8")
    root = Path(__file__).parents[2]
    command = [sys.executable, str(script), database_url]
    running = [subprocess.Popen(command, cwd=root, env={"PYTHONPATH": str(root)}) for _ in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    database = Database(database_url)
    assert [event.version for event in whole(database)] == list(range(1, 31))
    database.close()


def test_a_write_that_fails_frees_the_turn(database: Database) -> None:
    for _ in range(40):
        with pytest.raises(DBAPIError), database.write() as connection:
            connection.exec_driver_sql("SELECT no_such_column FROM events")
    assert appended(database, "review/a", 0, an_entry())


def test_more_readers_than_pooled_connections_are_served(database: Database) -> None:
    appended(database, "review/a", 0, an_entry())
    together = threading.Barrier(20)

    def read(_: int) -> int:
        with database.read() as connection:
            together.wait(timeout=30)
            return len(list(Log(connection).scan()))

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(read, range(20))) == [1] * 20


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="kiemdiem"):
        Database(url)


def test_a_database_file_in_a_new_folder_is_created(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a/b/kiemdiem.db")
    database.migrate()
    assert whole(database) == []
    database.close()


def test_a_day_begins_in_viet_nam_seven_hours_before_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2016, 12, 31, 17, 0, tzinfo=UTC))
    assert clock.today() == date(2017, 1, 1)
    monkeypatch.setattr(clock, "now", lambda: datetime(2016, 12, 31, 16, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2016, 12, 31)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def _lock(database: Database) -> None:
    with database.write() as connection:
        Log(connection).lock(["review/a"])


_COUNT = """
import sys
from tests.workflow.log_samples import RECORDED, an_entry
from workflow.database import Database
from workflow.log import Append, Log

database = Database(sys.argv[1])
for _ in range(10):
    with database.write() as connection:
        log = Log(connection)
        log.lock(["review/a"])
        read = log.read(["review/a"])["review/a"]
        log.append([Append("review/a", len(read), (an_entry(),))], RECORDED)
database.close()
"""
