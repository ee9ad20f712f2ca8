"""One digest over all streams, short enough to print on a paper that leaves the building.

A checkpoint names a position and a digest over where every stream stood there. Whoever holds the paper can
have the digest computed again years later: as long as it agrees, nothing up to that position was changed,
removed or added. The digest is the SHA-256 of lines of UTF-8, each ended by one line feed:

    kiemdiem checkpoint 1
    <position>
    <stream> <version> <event hash, 64 hexadecimal digits>     one line a stream, by the bytes of their names

A list beside the log that is chained of itself, the one of sign-ins, may be covered as well. The first line
then says 2, and a line `<list> <position in it> <entry hash>` comes before those of the streams.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text

from workflow.log import Log

FORM: Final = "kiemdiem checkpoint 1"
FORM_BESIDE: Final = "kiemdiem checkpoint 2"

# A stream that has gone on since is looked up at its last event up to the position.
_HEADS_AT: Final = """
    SELECT stream, version, event_hash FROM heads WHERE position <= :position
    UNION ALL
    SELECT events.stream, events.version, events.event_hash FROM heads JOIN events
        ON events.stream = heads.stream AND events.version = (
            SELECT max(version) FROM events AS earlier
            WHERE earlier.stream = heads.stream AND earlier.position <= :position)
    WHERE heads.position > :position
    ORDER BY stream
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """The newest entry of a chained list beside the log: its name, the entry's position and hash."""

    name: str
    position: int
    entry_hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """The digest over the heads of all streams as they stood at `position`, inclusive.

    `beside` is the position in the list beside the log that is covered too; 0 where none is.
    """

    position: int
    streams: int
    digest: str
    beside: int = 0

    def __str__(self) -> str:
        """The printed form, `184220-9f86d081...` or `184220.57-9f86d081...`: positions and digest."""
        beside = f".{self.beside}" if self.beside else ""
        return f"{self.position}{beside}-{self.digest}"


def printed(form: str) -> tuple[int, str]:
    """Position and digest of a printed checkpoint. Raises ValueError for anything else."""
    position, _, digest = _apart(form)
    return position, digest


def printed_beside(form: str) -> int:
    """The position in the list beside the log of a printed checkpoint; 0 where it covers none."""
    return _apart(form)[1]


def _apart(form: str) -> tuple[int, int, str]:
    positions, _, digest = form.strip().partition("-")
    position, point, beside = positions.partition(".")
    counted = position.isdecimal() and (beside.isdecimal() if point else True)
    if not counted or len(bytes.fromhex(digest)) != 32:
        raise ValueError(f"a checkpoint looks like 184220-9f86d081..., not like {form!r}")
    return int(position), int(beside or 0), digest.lower()


def checkpoint_of(
    position: int, heads: Iterable[tuple[str, int, str]], beside: Beside | None = None
) -> Checkpoint:
    """The checkpoint of (stream, version, event hash) given in the order of the streams' bytes."""
    digest = hashlib.sha256(f"{FORM if beside is None else FORM_BESIDE}\n{position}\n".encode())
    if beside is not None:
        digest.update(f"{beside.name} {beside.position} {beside.entry_hash}\n".encode())
    streams = 0
    for streams, (stream, version, event_hash) in enumerate(heads, 1):  # noqa: B007 - the last one counts
        digest.update(f"{stream} {version} {event_hash}\n".encode())
    covered = beside.position if beside is not None else 0
    return Checkpoint(position=position, streams=streams, digest=digest.hexdigest(), beside=covered)


def checkpoint(
    connection: Connection, position: int | None = None, beside: Beside | None = None
) -> Checkpoint:
    """The checkpoint at a position, or at the newest one that is settled; wants `Database.watch`.

    `beside` is the head of the list beside the log to be covered with it.

    Reads the kept heads, which `verify` compares with the log.
    """
    at = Log(connection).settled() if position is None else position
    found = connection.execute(text(_HEADS_AT), {"position": at})
    heads = ((stream, version, bytes(hash_).hex()) for stream, version, hash_ in found)
    return checkpoint_of(at, heads, beside)
