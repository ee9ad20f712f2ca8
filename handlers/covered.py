"""Recomputes the salted digests of what lies beside the log, and compares them with those the log tells.

Names, list entries and opinions stand in tables of their own, so that they can be erased; an event keeps
SHA-256 over 32 random bytes and the content. Whoever gets past the triggers can change a row, but not the
digest in the event. An erased row has lost salt and content: its digest is still told, and nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, Date, DateTime, RowMapping, Table, Text, select, type_coerce

from handlers.private import entry_content, year_content
from handlers.roster.records import SALT_BYTES, Values, as_date, digest_of
from handlers.roster.stored import KEPT
from handlers.roster_tables import LIST_ENTRIES
from handlers.tables import EARLIER_YEARS, PRIVATE_TEXTS
from workflow import codec
from workflow.event import NAMES
from workflow.events.access import ConflictDeclared
from workflow.events.campaign import ListEntryRecorded, RosterChanged
from workflow.events.meeting import BallotIssued
from workflow.events.plan import PlanDrawnUp
from workflow.events.reward import HistoryImported
from workflow.events.submission import OpinionReceived
from workflow.stored_types import Instant
from workflow.tables import EVENTS

PART: Final = 2_000
"""Rows fetched at a time."""

ROSTER: Final = "roster"
"""The one stream that tells of roster rows."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A row its event does not cover, or an event whose row is gone (`row_id` None); holds no content."""

    table: str
    row_id: int | None
    what: str

    def __str__(self) -> str:
        """One line for a person."""
        where = self.table if self.row_id is None else f"{self.table} row {self.row_id}"
        return f"{where}: {self.what}"


@dataclass(slots=True)
class Covered:
    """How many rows were read, and how many of each table were erased, so that nothing is left to compute."""

    rows: int = 0
    erased: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Event:
    """The event that tells a digest; `source` and `entry` are empty where the event has none."""

    stream: str
    version: int
    actor: str
    source: str = ""
    entry: str = ""


@dataclass(slots=True)
class _Told:
    """What the log tells: digests (hex) not met as rows so far, by kind of event, and the rows closed."""

    roster: dict[str, _Event] = field(default_factory=dict)
    entries: dict[str, _Event] = field(default_factory=dict)
    opinions: dict[str, _Event] = field(default_factory=dict)
    years: dict[str, _Event] = field(default_factory=dict)
    closed: int = 0


def uncovered(connection: Connection, covered: Covered | None = None) -> Iterator[Uncovered]:
    """Every row whose content, place or author is not what the log tells, and every digest without its row.

    Rows are streamed; of each row the log tells, some 150 bytes are held. `covered` is told how much was
    read. Wants `Database.read`.
    """
    covered = covered or Covered()
    told, closed = _told(connection), 0
    for kind, kept in KEPT.items():
        for row in _rows(connection, kept.table):
            closed += row["superseded_at"]
            for what in _wrong(kept.table, row, told.roster, ROSTER, _RECOMPUTED[kind], covered):
                yield Uncovered(kept.table.name, row["row_id"], what)
    if closed != told.closed:
        yield Uncovered(ROSTER, None, f"{closed} rows are closed, the log tells {told.closed}")
    yield from _rowless(ROSTER, told.roster)
    for row in _rows(connection, LIST_ENTRIES):
        stream = f"lists/{row['campaign']}/{row['organisation']}"
        for what in _wrong(LIST_ENTRIES, row, told.entries, stream, _entry, covered):
            yield Uncovered(LIST_ENTRIES.name, row["row_id"], what)
        if row["superseded_at"]:
            yield Uncovered(LIST_ENTRIES.name, row["row_id"], "is closed, and no event tells so")
    yield from _rowless(LIST_ENTRIES.name, told.entries)
    for row in _rows(connection, PRIVATE_TEXTS):
        for what in _wrong(PRIVATE_TEXTS, row, told.opinions, row["stream"], _opinion, covered):
            yield Uncovered(PRIVATE_TEXTS.name, row["row_id"], what)
    yield from _rowless(PRIVATE_TEXTS.name, told.opinions)
    for row in _rows(connection, EARLIER_YEARS):
        for what in _wrong(EARLIER_YEARS, row, told.years, f"history/{row['history']}", _year, covered):
            yield Uncovered(EARLIER_YEARS.name, row["row_id"], what)
    yield from _rowless(EARLIER_YEARS.name, told.years)


def _told(connection: Connection) -> _Told:
    """The digests in the log. An event that cannot be read tells none; `handlers.compared` names it."""
    told = _Told()
    tell = (
        RosterChanged,
        ListEntryRecorded,
        OpinionReceived,
        PlanDrawnUp,
        HistoryImported,
        BallotIssued,
        ConflictDeclared,
    )
    names = [NAMES[event] for event in tell]
    chosen = select(
        EVENTS.c.stream,
        EVENTS.c.version,
        EVENTS.c.name,
        EVENTS.c.schema_version,
        EVENTS.c.actor,
        EVENTS.c.data,
    ).where(EVENTS.c.name.in_(names))
    for stream, version, name, schema, actor, data in connection.execute(
        chosen, execution_options={"yield_per": PART}
    ):
        try:
            event = codec.decode(name, schema, data)
        except (codec.UnknownEvent, msgspec.MsgspecError):
            continue
        if isinstance(event, RosterChanged):
            by = _Event(stream, version, actor, event.source)
            told.roster.update(dict.fromkeys(event.digests, by))
            told.closed += event.closed
        elif isinstance(event, ListEntryRecorded):
            told.entries[event.digest] = _Event(stream, version, actor, entry=event.entry)
        elif isinstance(event, OpinionReceived | PlanDrawnUp) or (
            isinstance(event, ConflictDeclared) and event.digest
        ):
            told.opinions[event.digest] = _Event(stream, version, actor)
        elif isinstance(event, BallotIssued) and event.voters:
            told.opinions[event.voters] = _Event(stream, version, actor)
        elif isinstance(event, HistoryImported):
            told.years.update(dict.fromkeys(event.digests, _Event(stream, version, actor)))
    return told


def _rows(connection: Connection, table: Table) -> Iterator[RowMapping]:
    """Every row in the order of its id: instants as whether they are set, days as the database gives them."""
    chosen = select(*map(_bare, table.columns)).order_by(table.c.row_id)
    yield from connection.execute(chosen, execution_options={"yield_per": PART}).mappings()


def _bare(column: Column[Any]) -> Any:
    """A column whose value is not read into a type that a spoiled value would stop at."""
    if isinstance(column.type, (Instant, DateTime)):
        return column.is_not(None).label(column.name)
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, Date) else column


def _wrong(
    table: Table,
    row: RowMapping,
    told: dict[str, _Event],
    stream: str,
    recomputed: Callable[[Values], str],
    covered: Covered,
) -> Iterator[str]:
    """What does not hold of one row, whose digest is then no longer looked for."""
    covered.rows += 1
    kept = row["digest"] if isinstance(row["digest"], str) else row["digest"].hex()
    if row.get("erased_at"):
        if any(row[name] is not None for name in table.info["erasing"][1:]):
            yield "is marked as erased, and its content is still there"
        covered.erased[table.name] += 1
    elif row["salt"] is None or len(row["salt"]) != SALT_BYTES:
        yield "the salt of its digest is gone"
    elif not _gives(recomputed, row, kept):
        yield "what is stored does not give its digest"
    event = told.pop(kept, None)
    if event is None:
        yield "no event tells its digest, or another row has it too"
        return
    if event.stream != stream:
        yield f"its digest is told in {event.stream}, not in {stream}"
    if row.get("recorded_by", event.actor) != event.actor:
        yield f"is recorded by another person than {event.stream} version {event.version}"
    if row.get("entry", event.entry) != event.entry:
        yield f"has another id than {event.stream} version {event.version} tells"
    if row.get("source", event.source) != event.source:
        yield f"is from another source than {event.stream} version {event.version} tells"


def _gives(recomputed: Callable[[Values], str], row: RowMapping, kept: str) -> bool:
    """Whether the row gives the digest; a value no such row can hold gives none."""
    try:
        return recomputed(row) == kept
    except (ValueError, TypeError):
        return False


def _roster_row(kind: str) -> Callable[[Values], str]:
    kept = KEPT[kind]

    def recomputed(row: Values) -> str:
        record = kept.record.of(row)
        valid_from, valid_to = as_date(row["valid_from"]), as_date(row["valid_to"])
        if valid_from is None or row[kept.key.name] != record.key:
            raise ValueError("no row says so: its natural id is that of the record, and it begins on a day")
        return digest_of(kind, record, valid_from, valid_to, row["salt"]).hex()

    return recomputed


_RECOMPUTED: Final = {kind: _roster_row(kind) for kind in KEPT}
_ENTRY_DAYS: Final = tuple(column.name for column in LIST_ENTRIES.columns if isinstance(column.type, Date))


def _entry(row: Values) -> str:
    entry = {**row, **{name: as_date(row[name]) for name in _ENTRY_DAYS}}
    return sha256(row["salt"] + entry_content(entry)).hexdigest()


def _year(row: Values) -> str:
    return sha256(row["salt"] + year_content({**row})).hexdigest()


def _opinion(row: Values) -> str:
    if row["kind"] not in ("opinion", "plan", "voters", "conflict"):
        raise ValueError("no other private text is told by an event")
    return sha256(row["salt"] + row["content"].encode()).hexdigest()


def _rowless(table: str, told: Mapping[str, _Event]) -> Iterator[Uncovered]:
    for digest, event in told.items():
        what = f"{event.stream} version {event.version} tells the digest {digest[:12]}..., which no row has"
        yield Uncovered(table, None, what)
