"""The statements of the log on SQLite, where a writing transaction is alone from BEGIN IMMEDIATE on."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

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

_HEADS = "SELECT stream, version, event_hash FROM heads WHERE stream IN (SELECT value FROM json_each(?))"
_DRAWN = "SELECT seq FROM sqlite_sequence WHERE name = 'events'"
_INSERT = f"INSERT INTO events (position, {COLUMNS}) VALUES ({', '.join('?' * 16)})"
_INSERT_FINDINGS = "INSERT INTO findings (stream, version, salt, body) VALUES (?, ?, ?, ?)"
_SET_HEADS = f"INSERT INTO heads (stream, version, position, event_hash) VALUES (?, ?, ?, ?) {TO_EXCLUDED}"
_SELECT = f"SELECT position, {COLUMNS} FROM events"
# As a blob the data reaches the decoder as it is stored, without becoming text in between.
_TOLD = "SELECT stream, version, name, schema_version, CAST(data AS BLOB) FROM events"
_TOLD_OF = f"{_TOLD} WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY stream, version"
_TOLD_AFTER = f"{_TOLD} WHERE (stream, version) > (?, ?) ORDER BY stream, version LIMIT ?"
_OF = f"{_SELECT} WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY stream, version"
_BETWEEN = f"{_SELECT} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"
_AFTER = f"{_SELECT} WHERE (stream, version) > (?, ?) ORDER BY stream, version LIMIT ?"
_SETTLED = "SELECT coalesce(max(position), 0) FROM events"
_FINDINGS = "SELECT body FROM findings WHERE stream = ? AND version = ?"


def _listed(streams: list[str]) -> str:
    """A list as one parameter, for json_each."""
    return msgspec.json.encode(streams).decode()


class SqliteStatements:
    """Nothing here locks: nobody else can write before this transaction has ended."""

    def __init__(self, connection: Connection) -> None:
        self._direct = Direct(connection)

    def lock(self, keys: list[str]) -> None:
        """Nothing to do: BEGIN IMMEDIATE is the guard."""

    def heads(self, streams: list[str]) -> Sequence[HeadColumns]:
        return self._direct.rows(_HEADS, (_listed(streams),))

    def claim(self, streams: list[str]) -> Sequence[HeadColumns]:
        return self.heads(streams)

    def insert(self, events: list[EventColumns], findings: list[Findings]) -> list[int]:
        # Nobody else can draw a position now, so they are counted here and one prepared INSERT takes all.
        first = (self._direct.value(_DRAWN) or 0) + 1
        placed = list(enumerate(events, first))
        self._direct.write(_INSERT, [(position, *columns) for position, columns in placed])
        kept = [(*event[:2], *found) for event, found in zip(events, findings, strict=True) if found]
        if kept:
            self._direct.write(_INSERT_FINDINGS, kept)
        # A later event of a stream takes the place of an earlier one.
        heads = {event[0]: (event[0], event[1], position, event[13]) for position, event in placed}
        self._direct.write(_SET_HEADS, list(heads.values()))
        return [position for position, _ in placed]

    def events_of(self, streams: list[str]) -> Sequence[StoredColumns]:
        return self._direct.rows(_OF, (_listed(streams),))

    def told_of(self, streams: list[str]) -> Sequence[ToldColumns]:
        return self._direct.rows(_TOLD_OF, (_listed(streams),))

    def told_after(self, stream: str, version: int, limit: int) -> Sequence[ToldColumns]:
        return self._direct.rows(_TOLD_AFTER, (stream, version, limit))

    def events_between(self, after: int, upto: int, limit: int) -> Sequence[StoredColumns]:
        return self._direct.rows(_BETWEEN, (after, upto, limit))

    def events_after(self, stream: str, version: int, limit: int) -> Sequence[StoredColumns]:
        return self._direct.rows(_AFTER, (stream, version, limit))

    def settled(self) -> int:
        """Positions appear in the order of the commits: one writer at a time."""
        return int(self._direct.value(_SETTLED))

    def findings_of(self, stream: str, version: int) -> bytes | None:
        body = self._direct.value(_FINDINGS, (stream, version))
        return None if body is None else str(body).encode()
