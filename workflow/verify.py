"""Reads the whole log again and says what does not hold: the log part of `kiemdiem verify`.

Every event's hash is computed anew from what is stored, every stream must count its versions without a gap
and chain each event to the one before, the kept heads must be where the streams end, and findings must still
give the digest in their event. One pass by stream and version, in constant memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from sqlalchemy import Connection, text

from workflow.checkpoint import Beside, checkpoint, printed, printed_beside
from workflow.event_hash import event_bytes, event_hash, findings_digest
from workflow.log_statements import Statements
from workflow.log_statements_of import statements_of

_CHUNK: Final = 5_000

_HEADS_ASTRAY: Final = """
    SELECT heads.stream, heads.version FROM heads LEFT JOIN events
        ON events.stream = heads.stream AND events.version = heads.version
    WHERE events.stream IS NULL OR events.event_hash <> heads.event_hash OR events.position <> heads.position
    ORDER BY heads.stream
"""
_BEHIND_HEADS: Final = """
    SELECT events.stream, events.version FROM events LEFT JOIN heads ON heads.stream = events.stream
    WHERE heads.stream IS NULL OR events.version > heads.version
    ORDER BY events.stream, events.version
"""
_FINDINGS: Final = """
    SELECT findings.stream, findings.version, findings.salt, findings.body, events.findings_digest
    FROM findings LEFT JOIN events
        ON events.stream = findings.stream AND events.version = findings.version
    WHERE (findings.stream, findings.version) > (:stream, :version)
    ORDER BY findings.stream, findings.version LIMIT :limit
"""
_FINDINGS_GONE: Final = """
    SELECT events.stream, events.version FROM events LEFT JOIN findings
        ON findings.stream = events.stream AND findings.version = events.version
    WHERE events.findings_digest IS NOT NULL AND findings.stream IS NULL
    ORDER BY events.stream, events.version
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """Something in the log that does not hold; `version` is 0 where the stream as a whole is meant."""

    stream: str
    version: int
    what: str

    def __str__(self) -> str:
        where = f"{self.stream} version {self.version}" if self.version else self.stream
        return f"{where}: {self.what}"


BesideAt = Callable[[Connection, int], Beside | None]
"""The entry at a position of the list beside the log that checkpoints cover; None where it is missing."""


def verify_log(
    connection: Connection, paper: str | None = None, beside_at: BesideAt | None = None
) -> Iterator[Broken]:
    """Everything that is broken, in the order it is found; nothing when the log holds.

    Wants `Database.read`. `paper` is a printed checkpoint to be computed again: the one thing that shows a
    log whose last events were removed together with their heads. One that covers the list beside the log
    needs `beside_at`.
    """
    return chain(
        _broken_events(statements_of(connection)),
        _broken_heads(connection),
        _broken_findings(connection),
        () if paper is None else _broken_checkpoint(connection, paper, beside_at),
    )


def _broken_events(statements: Statements) -> Iterator[Broken]:
    stream, version, end = "", 0, b""
    while chunk := statements.events_after(stream, version, _CHUNK):
        for event in chunk:
            if event[1] != stream:
                stream, version, end = event[1], 0, b""
            expected, version = version + 1, event[2]
            digest, stored_hash, previous = event[13:]
            if version != expected:
                yield Broken(stream=stream, version=version, what=f"version {expected} was to come here")
            elif previous != end:
                yield Broken(
                    stream=stream, version=version, what="the previous hash is not that of the event before"
                )
            end = stored_hash
            try:
                form = event_bytes(*event[1:13], digest.hex() if digest else "", previous.hex())
            except ValueError as error:
                yield Broken(stream=stream, version=version, what=str(error))
                continue
            if event_hash(form) != stored_hash:
                yield Broken(
                    stream=stream, version=version, what="what is stored does not give the stored hash"
                )


def _broken_heads(connection: Connection) -> Iterator[Broken]:
    for stream, version in connection.execute(text(_HEADS_ASTRAY)):
        yield Broken(
            stream=stream, version=version, what="the kept head names an event the log does not have"
        )
    for stream, version in connection.execute(text(_BEHIND_HEADS)):
        yield Broken(stream=stream, version=version, what="the kept head does not know this event")


def _broken_findings(connection: Connection) -> Iterator[Broken]:
    stream, version = "", 0
    page = text(_FINDINGS)
    while chunk := connection.execute(page, {"stream": stream, "version": version, "limit": _CHUNK}).all():
        for stream, version, salt, body, digest in chunk:
            if digest is None:
                yield Broken(
                    stream=stream, version=version, what="findings without an event that asks for them"
                )
            elif findings_digest(salt, body.encode()) != digest:
                yield Broken(
                    stream=stream, version=version, what="the findings do not give the digest in the event"
                )
    for stream, version in connection.execute(text(_FINDINGS_GONE)):
        yield Broken(stream=stream, version=version, what="the findings are gone")


def _broken_checkpoint(connection: Connection, paper: str, beside_at: BesideAt | None) -> Iterator[Broken]:
    position, digest = printed(paper)
    covered = printed_beside(paper)
    beside = beside_at(connection, covered) if covered and beside_at is not None else None
    if covered and beside is None:
        yield Broken(
            stream=f"checkpoint {position}", version=0, what=f"entry {covered} beside the log is gone"
        )
        return
    found = checkpoint(connection, position, beside)
    if found.digest != digest:
        what = f"gives {found.digest[:12]}... over {found.streams} streams, the paper says {digest[:12]}..."
        yield Broken(stream=f"checkpoint {position}", version=0, what=what)
