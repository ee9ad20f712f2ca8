"""The SQL of the log, once for each database; the one place where the two differ in how events are stored.

Written by hand and sent straight to the driver: these statements run several times in every command, and
compiling them anew each time took longer than running them.

**How positions are followed on PostgreSQL.** Positions are drawn from a sequence before the commit, so a later
one may become visible first. Before drawing, an append announces a lower bound: it reads how far the sequence
is and holds a shared advisory lock on that number until its transaction has ended. Whoever follows reads (1)
how far the sequence is, then (2) the announced bounds, then (3) the events up to the smallest of these. A
position up to (1) was drawn, and so announced, before (1): at (2) its transaction either still holds its bound,
or has ended and is visible, or gone for good, to the newer statement (3).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, Protocol, cast

from sqlalchemy import Connection

from workflow.contention import Conflict

EventColumns = tuple[str, int, str, int, str, str, str, str, str, str, str, str, bytes | None, bytes, bytes]
"""stream, version, name, schema version, occurred at, recorded at, actor, capacity, command id, rulebook hash,
verdicts, data, findings digest, event hash, previous hash; instants in their written form."""

StoredColumns = tuple[
    int, str, int, str, int, str, str, str, str, str, str, str, str, bytes | None, bytes, bytes
]
"""The position, followed by EventColumns."""

HeadColumns = tuple[str, int, int, bytes]
"""stream, version, position, event hash"""

FindingsColumns = tuple[str, int, bytes, str]
"""stream, version, salt, body"""

ANNOUNCED: Final = 1 << 62
"""Advisory locks from here on are announced positions; no other lock of the service may use these numbers."""

_CHUNK: Final = 2_000
_COLUMNS: Final = (
    "stream, version, name, schema_version, occurred_at, recorded_at, actor, capacity, command_id, rulebook_hash, "
    "verdicts, data, findings_digest, event_hash, previous_hash"
)


class Statements(Protocol):
    """What the log asks of a database."""

    def lock(self, keys: list[str]) -> None: ...
    def heads(self, streams: list[str]) -> Sequence[tuple[str, int, bytes]]: ...
    def claim(self, streams: list[str]) -> Sequence[tuple[str, int, bytes]]: ...
    def insert_events(self, events: list[EventColumns]) -> list[int]: ...
    def insert_findings(self, findings: list[FindingsColumns]) -> None: ...
    def set_heads(self, heads: list[HeadColumns]) -> None: ...
    def events_of(self, streams: list[str]) -> Iterator[StoredColumns]: ...
    def events_between(self, after: int, upto: int, limit: int) -> Iterator[StoredColumns]: ...
    def scan(self, after: int) -> Iterator[StoredColumns]: ...
    def settled(self) -> int: ...
    def findings_of(self, stream: str, version: int) -> bytes | None: ...


def statements(connection: Connection) -> Statements:
    """The statements for the database of this connection."""
    return Postgresql(connection) if connection.dialect.name == "postgresql" else Sqlite(connection)


class Sqlite:
    """SQLite: a writing transaction is alone from BEGIN IMMEDIATE on, so nothing needs a lock of its own."""

    _CLAIM = "SELECT stream, version, event_hash FROM heads WHERE stream IN (SELECT value FROM json_each(?))"
    _DRAWN = "SELECT seq FROM sqlite_sequence WHERE name = 'events'"
    _INSERT = f"INSERT INTO events (position, {_COLUMNS}) VALUES ({', '.join('?' * 16)})"
    _INSERT_FINDINGS = "INSERT INTO findings (stream, version, salt, body) VALUES (?, ?, ?, ?)"
    _SET_HEADS = (
        "INSERT INTO heads (stream, version, position, event_hash) VALUES (?, ?, ?, ?) ON CONFLICT (stream) "
        "DO UPDATE SET version = excluded.version, position = excluded.position, event_hash = excluded.event_hash"
    )
    _SELECT = f"SELECT position, {_COLUMNS} FROM events"
    _OF = f"{_SELECT} WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY stream, version"
    _BETWEEN = f"{_SELECT} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
    _SCAN = f"{_SELECT} WHERE position > ? ORDER BY position"
    _SETTLED = "SELECT coalesce(max(position), 0) FROM events"
    _FINDINGS = "SELECT body FROM findings WHERE stream = ? AND version = ?"

    def __init__(self, connection: Connection) -> None:
        self._run = connection.exec_driver_sql

    def lock(self, keys: list[str]) -> None:
        """Nothing to do: BEGIN IMMEDIATE is the guard."""

    def heads(self, streams: list[str]) -> Sequence[tuple[str, int, bytes]]:
        return cast(Any, self._run(self._CLAIM, (json.dumps(streams),)).fetchall())

    claim = heads

    def insert_events(self, events: list[EventColumns]) -> list[int]:
        # Nobody else can draw a position now, so they are counted here and one prepared INSERT takes all rows.
        drawn = self._run(self._DRAWN).scalar() or 0
        positions = list(range(drawn + 1, drawn + 1 + len(events)))
        self._run(self._INSERT, [(at, *columns) for at, columns in zip(positions, events, strict=True)])
        return positions

    def insert_findings(self, findings: list[FindingsColumns]) -> None:
        if findings:
            self._run(self._INSERT_FINDINGS, cast(Any, findings))

    def set_heads(self, heads: list[HeadColumns]) -> None:
        self._run(self._SET_HEADS, cast(Any, heads))

    def events_of(self, streams: list[str]) -> Iterator[StoredColumns]:
        return cast(Any, iter(self._run(self._OF, (json.dumps(streams),)).fetchall()))

    def events_between(self, after: int, upto: int, limit: int) -> Iterator[StoredColumns]:
        return cast(Any, iter(self._run(self._BETWEEN, (after, upto, limit)).fetchall()))

    def scan(self, after: int) -> Iterator[StoredColumns]:
        return cast(Any, iter(self._run(self._SCAN, (after,)).yield_per(_CHUNK)))

    def settled(self) -> int:
        """Positions appear in the order of commits here: one writer at a time."""
        return int(self._run(self._SETTLED).scalar_one())

    def findings_of(self, stream: str, version: int) -> bytes | None:
        body = self._run(self._FINDINGS, (stream, version)).scalar()
        return None if body is None else body.encode()


class Postgresql:
    """PostgreSQL: guard rows order the commands; the rows of `heads` are locked between reading and writing."""

    _ADD_GUARDS = "INSERT INTO guards (key) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
    _LOCK_GUARDS = "SELECT key FROM guards WHERE key = ANY(%s::text[]) ORDER BY key FOR UPDATE"
    _HEADS = "SELECT stream, version, event_hash FROM heads WHERE stream = ANY(%s::text[])"
    _CLAIM = f"{_HEADS} ORDER BY stream FOR UPDATE"
    _DRAWN = "coalesce(pg_sequence_last_value('events_position_seq'), 0)"
    _ANNOUNCE = f"SELECT pg_advisory_xact_lock_shared({ANNOUNCED} + {_DRAWN})"
    _INSERT = (
        f"INSERT INTO events ({_COLUMNS}) SELECT * FROM unnest(%s::text[], %s::int[], %s::text[], %s::int[], "
        "%s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], "
        "%s::text[], %s::bytea[], %s::bytea[], %s::bytea[]) "
        "ON CONFLICT (stream, version) DO NOTHING RETURNING stream, version, position"
    )
    _INSERT_FINDINGS = (
        "INSERT INTO findings (stream, version, salt, body) "
        "SELECT * FROM unnest(%s::text[], %s::int[], %s::bytea[], %s::text[])"
    )
    _SET_HEADS = (
        "INSERT INTO heads (stream, version, position, event_hash) "
        "SELECT * FROM unnest(%s::text[], %s::int[], %s::bigint[], %s::bytea[]) ON CONFLICT (stream) "
        "DO UPDATE SET version = excluded.version, position = excluded.position, event_hash = excluded.event_hash"
    )
    _WRITTEN = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    _SELECT = "SELECT position, {} FROM events".format(
        _COLUMNS.replace("occurred_at", _WRITTEN.format("occurred_at")).replace(
            "recorded_at", _WRITTEN.format("recorded_at")
        )
    )
    _OF = f"{_SELECT} WHERE stream = ANY(%s::text[]) ORDER BY stream, version"
    _BETWEEN = f"{_SELECT} WHERE position > %s AND position <= %s ORDER BY position LIMIT %s"
    _SCAN = f"{_SELECT} WHERE position > %s ORDER BY position"
    _ANNOUNCED = (
        "SELECT min(((classid::bigint << 32) | objid::bigint) - %s) FROM pg_locks WHERE locktype = 'advisory' "
        "AND objsubid = 1 AND classid::bigint >= %s AND granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    _FINDINGS = "SELECT body FROM findings WHERE stream = %s AND version = %s"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._run = connection.exec_driver_sql

    def lock(self, keys: list[str]) -> None:
        if keys:
            self._run(self._ADD_GUARDS, (keys,))
            self._run(self._LOCK_GUARDS, (keys,))

    def heads(self, streams: list[str]) -> Sequence[tuple[str, int, bytes]]:
        return cast(Any, self._run(self._HEADS, (streams,)).fetchall())

    def claim(self, streams: list[str]) -> Sequence[tuple[str, int, bytes]]:
        """The heads, locked until the transaction ends; a stream that is not there yet cannot be locked."""
        return cast(Any, self._run(self._CLAIM, (streams,)).fetchall())

    def insert_events(self, events: list[EventColumns]) -> list[int]:
        """The positions drawn, in the order of the events.

        Raises Conflict where another transaction has just created the stream; this one is then rolled back,
        so that nobody can commit the half of the events that found their place.
        """
        self._run(self._ANNOUNCE)
        inserted = self._run(self._INSERT, tuple(list(column) for column in zip(*events, strict=True)))
        at = {(stream, version): position for stream, version, position in inserted}
        if len(at) == len(events):
            return [at[columns[0], columns[1]] for columns in events]
        stream, version = next(columns[:2] for columns in events if columns[:2] not in at)
        actual = dict(row[:2] for row in self.heads([stream])).get(stream, version)
        transaction = self._connection.get_transaction()
        assert transaction is not None
        transaction.rollback()
        raise Conflict(stream, version - 1, actual)

    def insert_findings(self, findings: list[FindingsColumns]) -> None:
        if findings:
            self._run(self._INSERT_FINDINGS, tuple(list(column) for column in zip(*findings, strict=True)))

    def set_heads(self, heads: list[HeadColumns]) -> None:
        self._run(self._SET_HEADS, tuple(list(column) for column in zip(*heads, strict=True)))

    def events_of(self, streams: list[str]) -> Iterator[StoredColumns]:
        return cast(Any, iter(self._run(self._OF, (streams,)).fetchall()))

    def events_between(self, after: int, upto: int, limit: int) -> Iterator[StoredColumns]:
        return cast(Any, iter(self._run(self._BETWEEN, (after, upto, limit)).fetchall()))

    def scan(self, after: int) -> Iterator[StoredColumns]:
        streamed = self._run(self._SCAN, (after,), execution_options={"stream_results": True})
        return cast(Any, iter(streamed.yield_per(_CHUNK)))

    def settled(self) -> int:
        if self._connection.get_execution_options().get("isolation_level") == "REPEATABLE READ":
            raise ValueError("a picture taken earlier cannot tell what is settled now: use Database.watch")
        drawn = int(self._run(f"SELECT {self._DRAWN}").scalar_one())
        announced = self._run(self._ANNOUNCED, (ANNOUNCED, ANNOUNCED >> 32)).scalar()
        return drawn if announced is None else min(drawn, int(announced))

    def findings_of(self, stream: str, version: int) -> bytes | None:
        body = self._run(self._FINDINGS, (stream, version)).scalar()
        return None if body is None else body.encode()
