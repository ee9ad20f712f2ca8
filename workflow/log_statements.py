"""What the log asks of a database, and which answers.

The statements of `log_sqlite.py` and `log_postgresql.py` are written by hand and sent straight to the driver
(`Direct`): several of them run in every command, and building them through the expression language, or only
leading them through it, took longer than running them. A new database is a new class of this protocol, and
its name in `log_statements_of.py`.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from sqlalchemy import Connection

EventColumns = tuple[str, int, str, int, str, str, str, str, str, str, str, str, bytes | None, bytes, bytes]
"""stream, version, name, schema version, occurred at, recorded at, actor, capacity, command id, rulebook
hash, verdicts, data, findings digest, event hash, previous hash; instants in their written form."""

StoredColumns = tuple[
    int, str, int, str, int, str, str, str, str, str, str, str, str, bytes | None, bytes, bytes
]
"""The position, followed by EventColumns."""

ToldColumns = tuple[str, int, str, int, bytes | str]
"""stream, version, name, schema version, data: all a fold needs of an event, a third of what is stored."""

HeadColumns = tuple[str, int, bytes]
"""stream, version, event hash"""

Findings = tuple[bytes, str] | None
"""The random bytes and the findings of one event, None for an event without findings."""

COLUMNS: Final = (
    "stream, version, name, schema_version, occurred_at, recorded_at, actor, capacity, command_id, "
    "rulebook_hash, verdicts, data, findings_digest, event_hash, previous_hash"
)
TO_EXCLUDED: Final = (
    "ON CONFLICT (stream) DO UPDATE SET version = excluded.version, position = excluded.position, "
    "event_hash = excluded.event_hash"
)


class Statements(Protocol):
    """The statements of one transaction."""

    def lock(self, keys: list[str]) -> None:
        """Holds the guard rows of these keys, taken in the order given."""

    def heads(self, streams: list[str]) -> Sequence[HeadColumns]:
        """Where those of the streams that exist stand."""

    def claim(self, streams: list[str]) -> Sequence[HeadColumns]:
        """The same, held against other appends until the transaction ends, as far as they exist."""

    def insert(self, events: list[EventColumns], findings: list[Findings]) -> list[int]:
        """Writes events, their findings and the new heads; the positions in the order of the events."""

    def events_of(self, streams: list[str]) -> Sequence[StoredColumns]:
        """Every event of these streams, by stream and version."""

    def told_of(self, streams: list[str]) -> Sequence[ToldColumns]:
        """What every event of these streams tells, by stream and version."""

    def told_after(self, stream: str, version: int, limit: int) -> Sequence[ToldColumns]:
        """What at most `limit` events behind this one tell, in the order of stream and version."""

    def events_between(self, after: int, upto: int, limit: int) -> Sequence[StoredColumns]:
        """At most `limit` events with after < position <= upto, by position."""

    def events_after(self, stream: str, version: int, limit: int) -> Sequence[StoredColumns]:
        """At most `limit` events behind this one in the order of stream and version."""

    def settled(self) -> int:
        """The position up to which, inclusive, no event can appear any more."""

    def findings_of(self, stream: str, version: int) -> bytes | None:
        """The findings of one event."""


class Direct:
    """Statements in the transaction of a connection, sent straight to the driver."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, given: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows found; they need neither names nor conversions."""
        cursor = self._connection.connection.cursor()
        try:
            cursor.execute(statement, given)
            found: Sequence[Any] = cursor.fetchall()
        finally:
            cursor.close()
        return found

    def value(self, statement: str, given: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None where nothing is found."""
        found = self.rows(statement, given)
        return found[0][0] if found else None

    def write(self, statement: str, given: Sequence[Sequence[Any]]) -> None:
        """Carries a statement out once for each row given."""
        cursor = self._connection.connection.cursor()
        try:
            if len(given) == 1:
                cursor.execute(statement, given[0])
            else:
                cursor.executemany(statement, given)
        finally:
            cursor.close()
