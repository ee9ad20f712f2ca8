"""What is changed behind the log's back is found, and a printed checkpoint finds what was cut off its end."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from tests.workflow.log_samples import RECORDED, an_entry, appended
from workflow.checkpoint import checkpoint, checkpoint_of, printed
from workflow.database import Database
from workflow.log import Append, Log
from workflow.verify import verify_log

A, B = "review/2016.member.0012", "review/2016.member.0013"
SECOND_OF_A = f"stream = '{A}' AND version = 2"


@pytest.fixture
def kept(database: Database) -> Database:
    """Two reviews with three events each, the second of each with findings."""
    for stream in (A, B):
        appended(database, stream, 0, an_entry(), an_entry(findings=b'[{"rule":"duk.chair"}]'), an_entry())
    return database


def test_a_log_nobody_touched_holds(kept: Database) -> None:
    assert _broken(kept) == []


def test_an_empty_log_holds(database: Database) -> None:
    assert _broken(database) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "'DraftLost'"),
        ("schema_version", "2"),
        ("occurred_at", "'2016-12-28T09:30:00.000001Z'"),
        ("recorded_at", "'2017-01-02T02:15:00.123456Z'"),
        ("actor", "'0013'"),
        ("capacity", "'secretary@CB04'"),
        ("command_id", "'c-2'"),
        ("rulebook_hash", "'00'"),
        ("verdicts", "'[]'"),
        ("data", "'{}'"),
    ],
)
def test_a_changed_column_is_found(kept: Database, column: str, value: str) -> None:
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"UPDATE events SET {column} = {value} WHERE {SECOND_OF_A}")
    assert _broken(kept) == [f"{A} version 2: what is stored does not give the stored hash"]


def test_a_changed_event_with_another_hash_breaks_the_next_one(kept: Database) -> None:
    other = f"(SELECT event_hash FROM events WHERE stream = '{B}' AND version = 1)"
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"UPDATE events SET event_hash = {other} WHERE {SECOND_OF_A}")
    assert _broken(kept)[:2] == [
        f"{A} version 2: what is stored does not give the stored hash",
        f"{A} version 3: the previous hash is not that of the event before",
    ]


def test_a_removed_event_is_found(kept: Database) -> None:
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"DELETE FROM events WHERE stream = '{A}' AND version = 1")
    assert _broken(kept) == [f"{A} version 2: version 1 was to come here"]


def test_an_end_that_was_cut_off_is_found_by_the_head(kept: Database) -> None:
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"DELETE FROM events WHERE stream = '{A}' AND version = 3")
    assert _broken(kept) == [f"{A} version 3: the kept head names an event the log does not have"]


def test_a_head_that_was_changed_or_removed_is_found(kept: Database) -> None:
    """No trigger guards the heads, which change with every append."""
    hash_of_another = f"(SELECT event_hash FROM events WHERE {SECOND_OF_A})"
    with kept.write() as connection:
        connection.exec_driver_sql(f"UPDATE heads SET event_hash = {hash_of_another} WHERE stream = '{A}'")
        connection.exec_driver_sql(f"DELETE FROM heads WHERE stream = '{B}'")
    assert _broken(kept) == [
        f"{A} version 3: the kept head names an event the log does not have",
        *[f"{B} version {version}: the kept head does not know this event" for version in (1, 2, 3)],
    ]


def test_changed_findings_are_found(kept: Database) -> None:
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"UPDATE findings SET body = '[]' WHERE stream = '{A}'")
    assert _broken(kept) == [f"{A} version 2: the findings do not give the digest in the event"]


def test_removed_and_added_findings_are_found(kept: Database) -> None:
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"UPDATE findings SET version = 3 WHERE stream = '{A}'")
    assert _broken(kept) == [
        f"{A} version 3: findings without an event that asks for them",
        f"{A} version 2: the findings are gone",
    ]


def test_two_lines_in_one_field_are_found(kept: Database) -> None:
    """Otherwise the text of one field could be moved into the next without changing the hash."""
    line_feed = "char(10)" if _sqlite(kept) else "chr(10)"
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql(f"UPDATE events SET actor = actor || {line_feed} WHERE {SECOND_OF_A}")
    assert _broken(kept) == [f"{A} version 2: a field of {A} version 2 holds a line feed or a zero byte"]


def test_every_broken_thing_is_reported(kept: Database) -> None:
    with _without_triggers(kept) as connection:
        connection.exec_driver_sql("UPDATE events SET actor = 'nobody'")
        connection.exec_driver_sql("DELETE FROM findings")
    assert len(_broken(kept)) == 6 + 2


def test_a_printed_checkpoint_is_computed_again_after_the_log_has_grown(kept: Database) -> None:
    with kept.watch() as connection:
        paper = checkpoint(connection)
    assert (paper.position, paper.streams) == (6, 2)
    appended(kept, A, 3, an_entry())
    appended(kept, "review/2016.member.0014", 0, an_entry())
    assert _broken(kept, str(paper)) == []
    with kept.watch() as connection:
        assert checkpoint(connection, 6) == paper
        assert checkpoint(connection).streams == 3
        assert checkpoint(connection).digest != paper.digest


def test_a_log_cut_off_together_with_its_heads_differs_from_the_paper(kept: Database) -> None:
    with kept.watch() as connection:
        paper = str(checkpoint(connection))
    with _without_triggers(kept) as connection:
        for table in ("events", "findings", "heads"):
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE stream = '{B}'")
    assert _broken(kept) == []
    (found,) = _broken(kept, paper)
    assert found.startswith("checkpoint 6: gives ")
    assert "over 1 streams" in found


def test_a_checkpoint_of_an_empty_log_has_a_digest_too(database: Database) -> None:
    with database.watch() as connection:
        assert checkpoint(connection) == checkpoint_of(0, [])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_checkpoint_waits_for_writers_that_drew_an_earlier_position(database: Database) -> None:
    """What is printed today must not change when a slow transaction commits tomorrow."""
    appended(database, A, 0, an_entry())
    with database.write() as slow:
        Log(slow).append([Append("review/slow", 0, (an_entry(),))], RECORDED)
        appended(database, A, 1, an_entry())
        with database.watch() as connection:
            paper = checkpoint(connection)
    assert (paper.position, paper.streams) == (1, 1)
    assert _broken(database, str(paper)) == []


def test_the_digest_of_a_known_checkpoint_never_changes() -> None:
    """The lines of the form, summed by hand with sha256sum."""
    found = checkpoint_of(184220, [("review/a", 3, "0a" * 32), ("review/b", 1, "0b" * 32)])
    assert str(found) == "184220-028e0713de01954937cec9341769f0657856b14bef4e8e7df626442143d7d40b"
    assert printed(f" {found}\n") == (184220, found.digest)


@pytest.mark.parametrize("form", ["", "12", "12-", "12-zz", "x-" + "00" * 32, "12-" + "00" * 31])
def test_what_is_not_a_checkpoint_is_refused(form: str) -> None:
    with pytest.raises(ValueError):
        printed(form)


def _broken(database: Database, paper: str | None = None) -> list[str]:
    with database.read() as connection:
        return [str(broken) for broken in verify_log(connection, paper)]


def _sqlite(database: Database) -> bool:
    return database.dialect == "sqlite"


@contextmanager
def _without_triggers(database: Database) -> Iterator[Connection]:
    """What an administrator of the database can do, and the service cannot."""
    with database.write() as connection:
        for table in ("events", "findings"):
            if _sqlite(database):
                for action in ("UPDATE", "DELETE"):
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{action}")
            else:
                connection.exec_driver_sql(f"DROP TRIGGER {table}_append_only ON {table}")
        yield connection
