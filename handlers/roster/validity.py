"""Cuts what is believed of one record into pieces of time when it changes on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from handlers.roster.records import MembershipRecord, PositionRecord, Record
from handlers.roster.stored import StoredRow


@dataclass(frozen=True, slots=True)
class Piece:
    """What is believed from `valid_from` (inclusive) to `valid_to` (exclusive, None while open)."""

    record: Record
    valid_from: date
    valid_to: date | None


@dataclass(slots=True)
class Pieces:
    """The rows of one record to close, and what to write beside them."""

    closed: list[StoredRow[Any]] = field(default_factory=list)
    added: list[Piece] = field(default_factory=list)


def pieces_over_time(
    rows: Sequence[StoredRow[Any]], was: Record | None, now: Record | None, on: date
) -> Pieces:
    """A body, a person or a membership that is new, changed or gone from the day `on`.

    What was typed wrongly once (`TIMELESS`) is corrected over all its days; anything else holds from
    `on`, and for a membership from the day the file says the person joined. `rows` are those now
    believed, in the order of time.
    """
    pieces = Pieces()
    if was is None:
        assert now is not None
        _add_new(pieces, rows, now, _first_day(now, on))
        return pieces
    corrections = _corrections(was, now)
    lasting = now is not None and was != now and replace(was, **corrections) == now
    day = _first_day(now, on) if now is not None and _moved(was, now) else on
    for row in rows:
        corrected = replace(row.record, **corrections)
        covers = row.valid_from <= on and (row.valid_to is None or on < row.valid_to)
        if not covers or lasting:
            if corrected != row.record:
                pieces.closed.append(row)
                pieces.added.append(Piece(corrected, row.valid_from, row.valid_to))
            continue
        pieces.closed.append(row)
        if row.valid_from < day:
            pieces.added.append(Piece(corrected, row.valid_from, day))
        if now is not None:
            pieces.added.append(Piece(now, max(day, row.valid_from), row.valid_to))
    return pieces


def pieces_of_position(
    rows: Sequence[StoredRow[Any]], was: Record | None, now: Record | None, on: date
) -> Pieces:
    """A post that is new, changed or gone. A post states its own days, so what the file says replaces what
    was believed; a post the file no longer names ended with the day before `on`.
    """
    pieces = Pieces(closed=list(rows))
    if isinstance(now, PositionRecord):
        unstated = min((row.valid_from for row in rows), default=on)
        valid_to = now.held_to + timedelta(days=1) if now.held_to else None
        valid_from = now.held_from or (min(unstated, now.held_to) if now.held_to else unstated)
        pieces.added.append(Piece(now, valid_from, valid_to))
        return pieces
    for row in rows:
        if row.valid_from < on:
            ends = on if row.valid_to is None else min(row.valid_to, on)
            pieces.added.append(Piece(row.record, row.valid_from, ends))
    return pieces


def _add_new(pieces: Pieces, rows: Sequence[StoredRow[Any]], now: Record, day: date) -> None:
    """Someone or something new, or back again: after what was believed earlier, before what is planned
    later.
    """
    earlier = [row.valid_to for row in rows if row.valid_to is not None and row.valid_from <= day]
    start = max([day, *earlier])
    later = [row.valid_from for row in rows if row.valid_from > start]
    pieces.added.append(Piece(now, start, min(later, default=None)))


def _first_day(record: Record, on: date) -> date:
    if isinstance(record, MembershipRecord) and record.joined_on is not None:
        return min(record.joined_on, on)
    return on


def _moved(was: Record, now: Record) -> bool:
    return (
        isinstance(was, MembershipRecord)
        and isinstance(now, MembershipRecord)
        and was.organisation_id != now.organisation_id
    )


def _corrections(was: Record, now: Record | None) -> dict[str, Any]:
    if now is None:
        return {}
    names = set(was.TIMELESS)
    if isinstance(was, MembershipRecord) and not _moved(was, now):
        names.add("joined_on")
    return {name: getattr(now, name) for name in names if getattr(was, name) != getattr(now, name)}
