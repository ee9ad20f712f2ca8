"""Writes a confirmed difference: closes rows that no longer hold, adds what is believed from now on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from handlers.roster.compare import Difference
from handlers.roster.problems import RosterMoved, RosterWouldDangle
from handlers.roster.records import SALT_BYTES, PositionRecord, Record, digest_of
from handlers.roster.snapshot import KINDS
from handlers.roster.stored import KEPT, StoredRow, new_row, read_columns, stored_row
from handlers.roster.validity import Piece, Pieces, pieces_of_position, pieces_over_time

_BATCH = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliedRow:
    """One row that was added or closed: kind, natural id, the SHA-256 (hex) of its salted content, and its
    days.
    """

    kind: str
    key: str
    digest: str
    valid_from: date
    valid_to: date | None
    added: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AppliedRoster:
    """What was written: every row added or closed, and (new, changed, gone) by kind. Holds no name."""

    rows: tuple[AppliedRow, ...]
    counts: Mapping[str, tuple[int, int, int]]

    @property
    def digests(self) -> tuple[tuple[str, str, str], ...]:
        """(kind, natural id, digest) of each row added, for the event in the `roster` stream."""
        return tuple((row.kind, row.key, row.digest) for row in self.rows if row.added)


def apply_difference(
    connection: Connection, difference: Difference, *, at: datetime, by: str, source: str
) -> AppliedRoster:
    """Writes a difference in the caller's transaction and returns the digests for the log.

    `at` is when it is recorded (aware), `by` who confirmed it, `source` the id of the import. Raises
    `RosterWouldDangle` when something would be left without its body, `RosterMoved` when the roster is
    no longer what the difference was made from; nothing is written then.
    """
    if difference.dangling:
        raise RosterWouldDangle(difference.dangling)
    written: list[AppliedRow] = []
    for kind in KINDS:
        closed: list[StoredRow[Any]] = []
        added: list[Piece] = []
        for pieces in _pieces(connection, kind, difference):
            closed += pieces.closed
            added += pieces.added
        _close(connection, kind, closed, at)
        written += (_applied(kind, row.record, row, row.digest, added=False) for row in closed)
        written += _add(connection, kind, added, at=at, by=by, source=source)
    return AppliedRoster(rows=tuple(written), counts={kind: difference.counts(kind) for kind in KINDS})


def _pieces(connection: Connection, kind: str, difference: Difference) -> Iterator[Pieces]:
    """For each record that differs, the rows to close and the pieces of time to add."""
    changes: list[tuple[Record | None, Record | None]] = [
        *((None, record) for record in difference.new[kind]),
        *((change.old, change.new) for change in difference.changed[kind]),
        *((record, None) for record in difference.gone[kind]),
    ]
    keys = {record.key for change in changes for record in change if record is not None}
    rows = rows_by_key(connection, kind, keys)
    build = pieces_of_position if kind == "position" else pieces_over_time
    for was, now in changes:
        mine = [row for key in _keys(was, now) for row in rows.get(key, ())]
        if was is not None and not any(_stands(row, was, difference.on) for row in mine):
            raise RosterMoved(kind, was.key)
        newly = was is None and kind != "position"
        if now is not None and newly and any(_covers(row, difference.on) for row in mine):
            raise RosterMoved(kind, now.key)
        yield build(mine, was, now, difference.on)


def rows_by_key(connection: Connection, kind: str, keys: Iterable[str]) -> dict[str, list[StoredRow[Any]]]:
    """The rows now believed of these natural ids, in the order of time."""
    kept = KEPT[kind]
    found: dict[str, list[StoredRow[Any]]] = {}
    for batch in _batches(sorted(keys)):
        chosen = (
            select(*read_columns(kept.table))
            .where(kept.key.in_(batch), kept.table.c.superseded_at.is_(None))
            .order_by(kept.table.c.valid_from)
        )
        for row in connection.execute(chosen).mappings():
            stored = stored_row(kind, row)
            found.setdefault(row[kept.key.name], []).append(stored)
    return found


def _close(connection: Connection, kind: str, rows: Sequence[StoredRow[Any]], at: datetime) -> None:
    table = KEPT[kind].table
    for batch in _batches([row.row_id for row in rows]):
        connection.execute(
            update(table)
            .where(table.c.row_id.in_(batch), table.c.superseded_at.is_(None))
            .values(superseded_at=at)
        )


def _add(
    connection: Connection, kind: str, pieces: Sequence[Piece], *, at: datetime, by: str, source: str
) -> Iterator[AppliedRow]:
    table = KEPT[kind].table
    for batch in _batches(pieces):
        salts = secrets.token_bytes(SALT_BYTES * len(batch))
        rows, applied = [], []
        for number, piece in enumerate(batch):
            salt = salts[number * SALT_BYTES : (number + 1) * SALT_BYTES]
            digest = digest_of(kind, piece.record, piece.valid_from, piece.valid_to, salt)
            rows.append(
                new_row(
                    kind,
                    piece.record,
                    valid_from=piece.valid_from,
                    valid_to=piece.valid_to,
                    at=at,
                    by=by,
                    source=source,
                    salt=salt,
                    digest=digest,
                )
            )
            applied.append(_applied(kind, piece.record, piece, digest, added=True))
        connection.execute(insert(table), rows)
        yield from applied


def _applied(
    kind: str, record: Record, when: Piece | StoredRow[Any], digest: bytes, *, added: bool
) -> AppliedRow:
    return AppliedRow(
        kind=kind,
        key=record.key,
        digest=digest.hex(),
        valid_from=when.valid_from,
        valid_to=when.valid_to,
        added=added,
    )


def _keys(*records: Record | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.key for record in records if record is not None))


def _stands(row: StoredRow[Any], was: Record, on: date) -> bool:
    """Whether a row still says what the difference was made from; a post may have ended by itself."""
    ended_by_itself = isinstance(was, PositionRecord) and was.held_to is not None
    upcoming = isinstance(was, PositionRecord) and row.valid_from > on
    return bool(row.record == was and (_covers(row, on) or ended_by_itself or upcoming))


def _covers(row: StoredRow[Any], day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _BATCH):
        yield list(items[start : start + _BATCH])
