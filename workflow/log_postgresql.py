"""The statements of the log on PostgreSQL, where many transactions write at the same time.

**How positions are followed.** They are drawn from a sequence before the commit, so a later one may become
visible first. Before drawing, an append announces a lower bound: it reads how far the sequence is and holds a
shared advisory lock on that number until its transaction has ended. Whoever follows reads (1) how far the
sequence is, then (2) the announced bounds, then (3) the events up to the smallest of these. A position up to
(1) was drawn, and so announced, before (1): at (2) its transaction either still holds its bound, or has ended
and is visible, or gone for good, to the newer statement (3).

Comparing each event's transaction id with the oldest one running, as is often done, is not enough: a
transaction takes its id when it locks its first guard, long before it draws a position, so the order of ids
is not the order of positions, and a follower passes over what a younger transaction has drawn early.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from workflow.contention import Conflict
from workflow.log_statements import (
    COLUMNS,
    TO_EXCLUDED,
    Direct,
    EventColumns,
    Findings,
    HeadColumns,
    StoredColumns,
    ToldColumns,
)

ANNOUNCED: Final = 1 << 62
"""Advisory locks from here on are announced positions; no other lock of the service may use these numbers."""

_DRAWN = "coalesce(pg_sequence_last_value('events_position_seq'), 0)"
_ADD_GUARDS = "INSERT INTO guards (key) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"
_LOCK_GUARDS = "SELECT key FROM guards WHERE key = ANY(%s::text[]) ORDER BY key FOR UPDATE"
_HEADS = "SELECT stream, version, event_hash FROM heads WHERE stream = ANY(%s::text[])"
_CLAIM = f"""
    WITH announced AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared({ANNOUNCED} + {_DRAWN})),
         held AS MATERIALIZED ({_HEADS} ORDER BY stream FOR UPDATE)
    SELECT held.* FROM announced LEFT JOIN held ON true
"""
_INSERT = f"""
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(
            %s::text[], %s::int[], %s::text[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::text[],
            %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[],
            %s::bytea[], %s::text[]
        ) AS given ({COLUMNS}, salt, body)
    ), stored AS (
        INSERT INTO events ({COLUMNS}) SELECT {COLUMNS} FROM given
        ON CONFLICT (stream, version) DO NOTHING RETURNING stream, version, position, event_hash
    ), explained AS (
        INSERT INTO findings (stream, version, salt, body)
        SELECT stream, version, salt, body FROM given WHERE salt IS NOT NULL ON CONFLICT DO NOTHING
    ), moved AS (
        INSERT INTO heads (stream, version, position, event_hash)
        SELECT DISTINCT ON (stream) stream, version, position, event_hash FROM stored
        ORDER BY stream, version DESC {TO_EXCLUDED}
    )
    SELECT stream, version, position FROM stored
"""
_WRITTEN = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS {0}"""
_WRITTEN_COLUMNS = ", ".join(
    _WRITTEN.format(column) if column.endswith("_at") else column for column in COLUMNS.split(", ")
)
_SELECT = f"SELECT position, {_WRITTEN_COLUMNS} FROM events"
_TOLD = "SELECT stream, version, name, schema_version, data FROM events"
_TOLD_OF = f"{_TOLD} WHERE stream = ANY(%s::text[]) ORDER BY stream, version"
_TOLD_AFTER = f"{_TOLD} WHERE (stream, version) > (%s, %s) ORDER BY stream, version LIMIT %s"
_OF = f"{_SELECT} WHERE stream = ANY(%s::text[]) ORDER BY stream, version"
_BETWEEN = f"{_SELECT} WHERE position > %s AND position <= %s ORDER BY position LIMIT %s"
_AFTER = f"{_SELECT} WHERE (stream, version) > (%s, %s) ORDER BY stream, version LIMIT %s"
_BOUNDS = f"""
    SELECT min(((classid::bigint << 32) | objid::bigint) - {ANNOUNCED}) FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >= {ANNOUNCED >> 32} AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_FINDINGS = "SELECT body FROM findings WHERE stream = %s AND version = %s"


class PostgresqlStatements:
    """Guard rows order the commands; the rows of `heads` are held between reading and writing them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._direct = Direct(connection)

    def lock(self, keys: list[str]) -> None:
        if keys:
            # One guard that stands already, the usual case, is one statement. With several, those to be added
            # come first, so that all of them are taken in the order of their keys.
            if len(keys) == 1 and self._direct.rows(_LOCK_GUARDS, (keys,)):
                return
            self._direct.write(_ADD_GUARDS, [(keys,)])
            self._direct.rows(_LOCK_GUARDS, (keys,))

    def heads(self, streams: list[str]) -> Sequence[HeadColumns]:
        return self._direct.rows(_HEADS, (streams,))

    def claim(self, streams: list[str]) -> Sequence[HeadColumns]:
        """The heads that exist, and the announcement that positions are going to be drawn."""
        return [head for head in self._direct.rows(_CLAIM, (streams,)) if head[0] is not None]

    def insert(self, events: list[EventColumns], findings: list[Findings]) -> list[int]:
        """One statement for everything. Call `claim` before, which makes the announcement.

        Raises Conflict where another transaction has just created the stream; this one is then rolled back,
        so that nobody can commit the half of the events that found their place.
        """
        salts = [found[0] if found else None for found in findings]
        bodies = [found[1] if found else None for found in findings]
        columns: list[list[Any]] = [list(column) for column in zip(*events, strict=True)]
        stored = self._direct.rows(_INSERT, (*columns, salts, bodies))
        at = {(stream, version): position for stream, version, position in stored}
        if len(at) < len(events):
            raise self._too_late(next(event for event in events if event[:2] not in at))
        return [at[event[:2]] for event in events]

    def _too_late(self, event: EventColumns) -> Conflict:
        stream, version = event[:2]
        actual = {found: stands for found, stands, _ in self.heads([stream])}
        transaction = self._connection.get_transaction()
        assert transaction is not None
        transaction.rollback()
        return Conflict(stream, version - 1, actual.get(stream, version))

    def events_of(self, streams: list[str]) -> Sequence[StoredColumns]:
        return self._direct.rows(_OF, (streams,))

    def told_of(self, streams: list[str]) -> Sequence[ToldColumns]:
        return self._direct.rows(_TOLD_OF, (streams,))

    def told_after(self, stream: str, version: int, limit: int) -> Sequence[ToldColumns]:
        return self._direct.rows(_TOLD_AFTER, (stream, version, limit))

    def events_between(self, after: int, upto: int, limit: int) -> Sequence[StoredColumns]:
        return self._direct.rows(_BETWEEN, (after, upto, limit))

    def events_after(self, stream: str, version: int, limit: int) -> Sequence[StoredColumns]:
        return self._direct.rows(_AFTER, (stream, version, limit))

    def settled(self) -> int:
        """See the module's description. Raises ValueError in a transaction whose picture stands still."""
        if self._connection.get_execution_options().get("isolation_level") == "REPEATABLE READ":
            raise ValueError("a picture taken earlier cannot tell what is settled now: use Database.watch")
        drawn = int(self._direct.value(f"SELECT {_DRAWN}"))
        bound = self._direct.value(_BOUNDS)
        return drawn if bound is None else min(drawn, int(bound))

    def findings_of(self, stream: str, version: int) -> bytes | None:
        body = self._direct.value(_FINDINGS, (stream, version))
        return None if body is None else str(body).encode()
