"""Comparing the read models with the fold of the log, row by row and without holding either in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, select, true

from deadlines.owed import OF_REVIEW
from deadlines.tables import DEADLINES
from handlers.access.rows import ACCESS_TABLES, access_row
from handlers.calendar_rows import change_row, day_rows
from handlers.calendar_tables import CALENDAR_CHANGES, CALENDAR_DAYS
from handlers.counters import Key, key_of
from handlers.deadline_told import Told
from handlers.folds import Life, every_life
from handlers.register import review_row, session_rows
from handlers.surroundings import BODY_TABLES, body_row, declaration_row, neighbour_row, settlement_row
from handlers.tables import DECLARATIONS, NEIGHBOURS, PROGRESS, REVIEWS, SESSIONS, SETTLEMENTS
from workflow.bodies import Lists
from workflow.calendar_changes import CalendarChange
from workflow.events.campaign import (
    ListDeclaredComplete,
    ListEntryRecorded,
    ListEntrySettled,
    NeighbourRated,
)
from workflow.review import Review

PART = 2_000
"""Rows fetched at a time."""

EVERY_ROW: ColumnElement[bool] = true()

Place = tuple[Any, ...]
Rows = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One row of a read model that is not what the log says, or an event that cannot be folded.

    `column` is empty where a whole row is too much or missing; `table` is `events` where the log is meant.
    """

    table: str
    key: str
    column: str
    kept: object
    told: object

    def __str__(self) -> str:
        """One line for a person."""
        if self.table == "events":
            return f"{self.key}: {self.told}"
        if not self.column:
            return (
                f"{self.table} {self.key}: has {self.kept or 'no row'}, the log tells {self.told or 'none'}"
            )
        return f"{self.table} {self.key}: {self.column} is {self.kept!r}, the log tells {self.told!r}"


@dataclass(slots=True)
class Seen:
    """How much was read on the way."""

    streams: int = 0
    events: int = 0


def compare(connection: Connection, seen: Seen) -> Iterator[Disagreement]:
    """Every row that differs, and every event that cannot be folded. Wants `Database.read`.

    Streams come in the order of their names, as the rows of reviews and sessions do, so both sides are read
    once and side by side.
    """
    register = _Kept(connection, REVIEWS, ("review",))
    sessions = _Kept(connection, SESSIONS, ("review", "venue"))
    owed = _Kept(connection, DEADLINES, ("subject", "deadline"), DEADLINES.c.subject_kind == OF_REVIEW)
    book = Told(connection=connection)
    counted: dict[Key, int] = {}
    others: dict[Table, dict[Place, Rows]] = {
        table: {}
        for table in (*BODY_TABLES, *ACCESS_TABLES, DECLARATIONS, SETTLEMENTS, NEIGHBOURS, CALENDAR_CHANGES)
    }
    changes: list[CalendarChange] = []
    broken: list[str] = []
    for life in every_life(connection):
        seen.streams += 1
        seen.events += life.version
        if life.broken:
            key = f"{life.stream} version {life.broken_at}" if life.broken_at else life.stream
            yield Disagreement("events", key, "", "an event", life.broken)
            broken.append(life.stream)
        if isinstance(life.body, Review):
            review = life.body
            if life.broken:
                yield from register.skip((review.id,))
                yield from sessions.skip((review.id,))
                yield from owed.beside(book.rest())
                yield from owed.skip((review.id,))
                continue
            yield from register.beside([review_row(review)])
            yield from sessions.beside(sorted(session_rows(review), key=lambda row: str(row["venue"])))
            key_ = key_of(review)
            counted[key_] = counted.get(key_, 0) + 1
            if broken or not book.knows(review.campaign):  # dates hang on campaigns and meetings
                yield from owed.beside(book.rest())
                yield from owed.skip((review.id,))
            else:
                yield from owed.beside(book.of(review))
        elif not life.broken:
            _others(life, others)
            if isinstance(life.body, CalendarChange):
                changes.append(life.body)
            book.note(life.body)
    yield from register.rest()
    yield from sessions.rest()
    yield from owed.beside(book.rest())
    yield from owed.rest()
    if not broken:
        yield from _compare_all(connection, DEADLINES, book.beside, DEADLINES.c.subject_kind != OF_REVIEW)
        yield from _compare_all(connection, PROGRESS, _progress(counted), zero="reviews")
        others[CALENDAR_DAYS] = {_place(CALENDAR_DAYS, row): row for row in day_rows(changes)}
        for table, told in others.items():
            yield from _compare_all(connection, table, told)


def _others(life: Life, others: dict[Table, dict[Place, Rows]]) -> None:
    for table in (*BODY_TABLES, *ACCESS_TABLES):
        row = body_row(table, life.body) or access_row(table, life.body)
        if row is not None:
            others[table][_place(table, row)] = row
    if isinstance(life.body, CalendarChange):
        change = change_row(life.body)
        others[CALENDAR_CHANGES][_place(CALENDAR_CHANGES, change)] = change
    if not isinstance(life.body, Lists):
        return
    for version, event in enumerate(life.events, start=1):
        if isinstance(event, ListDeclaredComplete):
            declared = declaration_row(event, version)
            others[DECLARATIONS][_place(DECLARATIONS, declared)] = declared
        elif isinstance(event, ListEntryRecorded):
            others[DECLARATIONS].pop((event.campaign, event.organisation, event.list), None)
        elif isinstance(event, ListEntrySettled):
            settled = settlement_row(event, version)
            others[SETTLEMENTS][_place(SETTLEMENTS, settled)] = settled
        elif isinstance(event, NeighbourRated):
            rated = neighbour_row(event, version)
            others[NEIGHBOURS][_place(NEIGHBOURS, rated)] = rated


def _progress(counted: Mapping[Key, int]) -> dict[Place, Rows]:
    names = ("campaign", "organisation", "kind", "stage", "level")
    return {key: {**dict(zip(names, key, strict=True)), "reviews": n} for key, n in counted.items()}


class _Kept:
    """The rows of a table in the order of their key, read along with the log."""

    def __init__(
        self,
        connection: Connection,
        table: Table,
        keys: tuple[str, ...],
        only: ColumnElement[bool] = EVERY_ROW,
    ) -> None:
        self._table = table
        self._keys = keys
        chosen = select(table).where(only).order_by(*(table.c[name] for name in keys))
        self._rows = connection.execute(chosen, execution_options={"yield_per": PART}).mappings()
        self._next: RowMapping | None = self._rows.fetchone()

    def beside(self, told: Iterable[Rows]) -> Iterator[Disagreement]:
        """Compare these rows, whose keys come in order, with what is kept up to them."""
        for row in told:
            place = tuple(row[name] for name in self._keys)
            yield from self._before(place)
            if self._next is None or self._at() != place:
                yield Disagreement(self._table.name, _text(place), "", None, "a row")
                continue
            yield from _differences(self._table, place, self._next, row)
            self._next = self._rows.fetchone()

    def skip(self, start: Place) -> Iterator[Disagreement]:
        """Leave out what is kept under this beginning of a key: its stream cannot be folded."""
        yield from self._before(start)
        while self._next is not None and self._at()[: len(start)] == start:
            self._next = self._rows.fetchone()

    def rest(self) -> Iterator[Disagreement]:
        """What is kept and no event tells."""
        while self._next is not None:
            yield Disagreement(self._table.name, _text(self._at()), "", "a row", None)
            self._next = self._rows.fetchone()

    def _before(self, place: Place) -> Iterator[Disagreement]:
        while self._next is not None and self._at() < place:
            yield Disagreement(self._table.name, _text(self._at()), "", "a row", None)
            self._next = self._rows.fetchone()

    def _at(self) -> Place:
        assert self._next is not None
        return tuple(self._next[name] for name in self._keys)


def _compare_all(
    connection: Connection,
    table: Table,
    told: Mapping[Place, Rows],
    only: ColumnElement[bool] = EVERY_ROW,
    zero: str = "",
) -> Iterator[Disagreement]:
    """A small table, or these rows of one, held beside what the log tells; 0 of `zero` is as good as none."""
    chosen = select(table).where(only)
    kept = {_place(table, row): dict(row) for row in connection.execute(chosen).mappings()}
    for place, row in told.items():
        held = kept.pop(place, None)
        if held is None:
            yield Disagreement(table.name, _text(place), "", None, "a row")
        else:
            yield from _differences(table, place, held, row)
    for place, held in kept.items():
        if not zero or held[zero] != 0:
            yield Disagreement(table.name, _text(place), "", "a row", None)


def _differences(table: Table, place: Place, held: RowMapping | Rows, told: Rows) -> Iterator[Disagreement]:
    for column, value in told.items():
        if held[column] != value:
            yield Disagreement(table.name, _text(place), column, held[column], value)


def _place(table: Table, row: RowMapping | Rows) -> Place:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _text(place: Place) -> str:
    return " ".join(map(str, place))
