"""The log: events of streams, appended at an expected version, chained by hashes, read, and followed.

A Log works on the connection of a transaction somebody else began (`Database.write`, `read` or `watch`) and
never commits. The order of one command is: lock, read, decide, append.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from workflow.contention import Conflict
from workflow.event_hash import event_bytes, event_hash, findings_digest
from workflow.log_statements import EventColumns, Findings, StoredColumns
from workflow.log_statements_of import statements_of
from workflow.stored_types import instant_of, instant_text

_CHUNK = 2_000
_LAST = (1 << 63) - 1
_NEW = (0, b"")

Verdicts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An event about to be stored.

    `occurred_at` is when it happened in the world, with its zone. `data` and `findings` are canonical JSON in
    UTF-8; `findings` goes to a table of its own and leaves only a salted digest in the log.
    """

    name: str
    schema_version: int
    occurred_at: datetime
    actor: str
    capacity: str
    command_id: str
    rulebook_hash: str
    verdicts: Verdicts
    data: bytes
    findings: bytes | None


class Stored(NamedTuple):
    """An event of the log. Instants are in UTC, hashes in hexadecimal; versions count from 1 without gaps.

    A tuple rather than a dataclass: a replay makes hundreds of thousands of them a second.
    """

    position: int
    stream: str
    version: int
    name: str
    schema_version: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    capacity: str
    command_id: str
    rulebook_hash: str
    verdicts: Verdicts
    data: bytes
    findings_digest: str | None
    event_hash: str
    previous_hash: str


class Told(NamedTuple):
    """What an event tells, without who recorded it when: `data` as the driver gives it."""

    version: int
    name: str
    schema_version: int
    data: bytes | str


class Head(NamedTuple):
    """Where a stream stands: its newest version and the hash of that event, in hexadecimal."""

    version: int
    event_hash: str


@dataclass(frozen=True, slots=True)
class Append:
    """Events for one stream, decided on its `expected_version`; 0 means that the stream must be new."""

    stream: str
    expected_version: int
    entries: tuple[Entry, ...]


class Log:
    """The log as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._statements = statements_of(connection)

    def lock(self, keys: Iterable[str]) -> None:
        """Takes the guard rows of these keys until the transaction ends, waiting for whoever has them.

        Keys are locked in the order of their bytes, so two callers never wait for each other when each calls
        this once. On SQLite a writing transaction is alone from its beginning and nothing is left to do.
        Raises Retry (through `Database.write`) when the wait is too long.
        """
        self._statements.lock(sorted(set(keys)))

    def heads(self, streams: Iterable[str]) -> dict[str, Head]:
        """Where each stream stands; a stream without events is not in the answer."""
        found = self._statements.heads(list(set(streams)))
        return {stream: Head(version, hash_.hex()) for stream, version, hash_ in found}

    def read(self, streams: Iterable[str]) -> dict[str, list[Stored]]:
        """All events of each stream in version order; an empty list for a stream without events."""
        found: dict[str, list[Stored]] = {stream: [] for stream in streams}
        for columns in self._statements.events_of(list(found)):
            found[columns[1]].append(_stored(columns))
        return found

    def tell(self, streams: Iterable[str]) -> dict[str, list[Told]]:
        """What the events of each stream tell, in version order: all a fold needs, and read faster."""
        found: dict[str, list[Told]] = {stream: [] for stream in streams}
        for stream, version, name, schema, data in self._statements.told_of(list(found)):
            found[stream].append(Told(version, name, schema, data))
        return found

    def append(self, appends: Sequence[Append], recorded_at: datetime) -> list[Stored]:
        """Stores the events of all streams, or none; returns them in the order they were given.

        Raises Conflict when a stream is not at its expected version, ValueError for a stream named twice, an
        append without entries, an instant without a zone, or a field that cannot be hashed (`event_hash.py`).
        """
        if not appends:
            return []
        expected = {append.stream: append.expected_version for append in appends}
        if len(expected) != len(appends):
            raise ValueError("a stream is named twice in one append")
        heads = {
            stream: (version, hash_) for stream, version, hash_ in self._statements.claim(sorted(expected))
        }
        for stream, version in expected.items():
            actual = heads.get(stream, _NEW)[0]
            if actual != version:
                raise Conflict(stream, version, actual)

        events: list[EventColumns] = []
        findings: list[Findings] = []
        recorded = instant_text(recorded_at)
        for append in appends:
            if not append.entries:
                raise ValueError(f"an append to {append.stream} has no entries")
            version, previous = heads.get(append.stream, _NEW)
            for entry in append.entries:
                version += 1
                found = _salted(entry.findings)
                events.append(_columns(append.stream, version, entry, recorded, found, previous))
                findings.append(found)
                previous = events[-1][13]
        positions = self._statements.insert(events, findings)
        return [_stored((position, *columns)) for position, columns in zip(positions, events, strict=True)]

    def follow(self, after: int, limit: int) -> list[Stored]:
        """At most `limit` events with a position greater than `after`, in the order of positions.

        Begin with 0 and go on with the position of the last event received: no event is skipped, whenever it
        was committed, and events of one stream come in version order. Wants `Database.watch`, raises
        ValueError inside `Database.read` on PostgreSQL, whose picture may be older than what is settled.
        """
        upto = self._statements.settled()
        return [_stored(columns) for columns in self._statements.events_between(after, upto, limit)]

    def settled(self) -> int:
        """The position below and at which nothing can appear any more; 0 for an empty log."""
        return self._statements.settled()

    def scan(self, after: int = 0) -> Iterator[Stored]:
        """Every event this transaction sees with a position greater than `after`, in order, streamed."""
        while found := self._statements.events_between(after, _LAST, _CHUNK):
            yield from map(_stored, found)
            after = found[-1][0]

    def findings_of(self, stream: str, version: int) -> bytes | None:
        """The findings stored with an event, None where it has none."""
        return self._statements.findings_of(stream, version)


def _columns(
    stream: str, version: int, entry: Entry, recorded_at: str, findings: Findings, previous_hash: bytes
) -> EventColumns:
    occurred_at = instant_text(entry.occurred_at)
    verdicts = _verdict_text(entry.verdicts)
    data = entry.data.decode()
    digest = None if findings is None else findings_digest(findings[0], findings[1].encode())
    front = (
        stream,
        version,
        entry.name,
        entry.schema_version,
        occurred_at,
        recorded_at,
        entry.actor,
        entry.capacity,
        entry.command_id,
        entry.rulebook_hash,
        verdicts,
        data,
    )
    form = event_bytes(*front, "" if digest is None else digest.hex(), previous_hash.hex())
    return (*front, digest, event_hash(form), previous_hash)


def _salted(findings: bytes | None) -> Findings:
    if findings is None:
        return None
    if b"\0" in findings:
        raise ValueError("findings hold a zero byte, which PostgreSQL does not store")
    return os.urandom(32), findings.decode()


def _stored(columns: StoredColumns) -> Stored:
    (position, stream, version, name, schema, occurred, recorded, actor, capacity, command, rulebook,
     verdicts, data, digest, hash_, previous) = columns  # fmt: skip
    return Stored(
        position,
        stream,
        version,
        name,
        schema,
        instant_of(occurred),
        instant_of(recorded),
        actor,
        capacity,
        command,
        rulebook,
        _verdicts(verdicts),
        data.encode(),
        None if digest is None else digest.hex(),
        hash_.hex(),
        previous.hex(),
    )


@lru_cache(maxsize=4096)
def _verdict_text(verdicts: Verdicts) -> str:
    return json.dumps(verdicts, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)
def _verdicts(text: str) -> Verdicts:
    """Most events of a log repeat the verdicts of others, so their text is parsed once."""
    return tuple((rule, verdict) for rule, verdict in json.loads(text))
