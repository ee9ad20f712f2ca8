"""What a simulated season came to: who would be told what on which day, and what would be late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from sqlalchemy import Connection, Table, func, select

from deadlines.tables import DEADLINES, REMINDERS
from handlers.notice_tables import NOTICES
from workflow import clock
from workflow.days import ONE_DAY
from workflow.outbox import OUTBOX
from workflow.rules.rulebook import Rulebook


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of one letter: so many items of one step of one body, for one person in one capacity.

    `day` is when it is told, `rung_on` when it was to be; `body` is where the person holds the capacity.
    """

    day: date
    recipient: str
    body: str
    capacity: str
    organisation: str
    kind: str
    gate: str
    rule: str
    due_on: date
    safe_on: date
    hour: str
    rung: str
    level: int
    rung_on: date
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One rung of one date as it was found: of so many rows of the book, for which day, and on which."""

    kind: str
    gate: str
    rule: str
    due_on: date
    rung: str
    level: int
    rung_on: date
    found_on: date
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """Items of one step of one body that would not be done by their last day; `from_day` is the first day
    on which they are late (the last day itself, where an hour ended it).
    """

    from_day: date
    organisation: str
    kind: str
    gate: str
    rule: str
    last_day: date
    hour: str
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """One due date of the season and how many rows of the book have it, those done among them."""

    kind: str
    gate: str
    rule: str
    basis: str
    stated_day: date
    word: str
    last_day: date
    hour: str
    safe_day: date
    provisional: bool
    items: int


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """A season as it would go. `mails` counts by day what would have left the building."""

    campaign: str
    rulebook: Rulebook
    first: date
    last: date
    lines: tuple[Line, ...]
    late: tuple[Late, ...]
    dates: tuple[Dated, ...]
    rungs: tuple[Rung, ...]
    mails: Mapping[date, int]

    @cached_property
    def days(self) -> dict[date, tuple[Line, ...]]:
        """The lines of each day on which anybody is told anything, in order."""
        found: dict[date, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.day, []).append(line)
        return {day: tuple(lines) for day, lines in sorted(found.items())}

    @cached_property
    def letters(self) -> Counter[tuple[str, str, str]]:
        """How many letters, one a day, each person gets in each capacity: (body, capacity, person)."""
        told = {(line.day, line.body, line.capacity, line.recipient) for line in self.lines if line.recipient}
        return Counter((body, capacity, person) for _, body, capacity, person in told)

    @property
    def unheard(self) -> int:
        """How many lines have nobody to go to: no post at the body or above it is held."""
        return sum(1 for line in self.lines if not line.recipient)

    def letters_on(self, day: date) -> int:
        """How many people get a letter on a day."""
        return len({line.recipient for line in self.days.get(day, ())} - {""})


Marks = Mapping[str, int]
"""The newest row of each table when the season begins."""

_NUMBERED: tuple[tuple[Table, str], ...] = ((NOTICES, "notice"), (REMINDERS, "reminder"), (OUTBOX, "id"))


def read_marks(connection: Connection) -> Marks:
    """Where the tables stand now; what follows belongs to the season."""
    return {
        table.name: int(connection.execute(select(func.coalesce(func.max(table.c[key]), 0))).scalar_one())
        for table, key in _NUMBERED
    }


def read_results(
    connection: Connection, campaign: str, rulebook: Rulebook, first: date, last: date, marks: Marks
) -> Simulation:
    """The season read from the copy it was lived on, from `first` to `last`, both included."""
    return Simulation(
        campaign=campaign,
        rulebook=rulebook,
        first=first,
        last=last,
        lines=_lines(connection, marks["notices"]),
        late=_late(connection, first, last),
        dates=_dates(connection),
        rungs=_rungs(connection, marks["reminders"]),
        mails=_mails(connection, marks["outbox"]),
    )


def _lines(connection: Connection, after: int) -> tuple[Line, ...]:
    names = [name for name in Line.__slots__ if name != "day"]
    columns = [NOTICES.c[name] for name in names]
    chosen = (
        select(NOTICES.c.noticed_on.label("day"), *columns)
        .where(NOTICES.c.notice > after)
        .order_by(
            NOTICES.c.noticed_on, NOTICES.c.body, NOTICES.c.capacity, NOTICES.c.recipient, NOTICES.c.notice
        )
    )
    return tuple(Line(**row) for row in connection.execute(chosen).mappings())


def _dates(connection: Connection) -> tuple[Dated, ...]:
    names = [name for name in Dated.__slots__ if name != "items"]
    columns = [DEADLINES.c[name] for name in names]
    chosen = (
        select(*columns, func.count().label("items"))
        .where(DEADLINES.c.dropped.is_(False))
        .group_by(*columns)
        .order_by(DEADLINES.c.last_day, DEADLINES.c.hour, DEADLINES.c.gate, DEADLINES.c.kind)
    )
    return tuple(Dated(**row) for row in connection.execute(chosen).mappings())


def _rungs(connection: Connection, after: int) -> tuple[Rung, ...]:
    names = [name for name in Rung.__slots__ if name != "items"]
    columns = [REMINDERS.c[name] for name in names]
    chosen = (
        select(*columns, func.count().label("items"))
        .where(REMINDERS.c.reminder > after)
        .group_by(*columns)
        .order_by(
            REMINDERS.c.due_on, REMINDERS.c.gate, REMINDERS.c.kind, REMINDERS.c.rung_on, REMINDERS.c.level
        )
    )
    return tuple(Rung(**row) for row in connection.execute(chosen).mappings())


def _late(connection: Connection, first: date, last: date) -> tuple[Late, ...]:
    """What ended between the two days without being done by its last day."""
    begins = datetime.combine(first, time(), clock.ZONE)
    ends = datetime.combine(last + ONE_DAY, time(), clock.ZONE)
    same = [
        DEADLINES.c[name] for name in ("organisation", "kind", "gate", "rule", "last_day", "hour", "ends_at")
    ]
    missed = DEADLINES.c.done_on.is_(None) | (DEADLINES.c.done_on > DEADLINES.c.last_day)
    chosen = (
        select(*same, func.count().label("items"))
        .where(
            DEADLINES.c.dropped.is_(False), missed, DEADLINES.c.ends_at >= begins, DEADLINES.c.ends_at < ends
        )
        .group_by(*same)
        .order_by(DEADLINES.c.ends_at, DEADLINES.c.organisation, DEADLINES.c.gate, DEADLINES.c.kind)
    )
    return tuple(
        Late(
            from_day=row.ends_at.astimezone(clock.ZONE).date(),
            organisation=row.organisation,
            kind=row.kind,
            gate=row.gate,
            rule=row.rule,
            last_day=row.last_day,
            hour=row.hour,
            items=row.items,
        )
        for row in connection.execute(chosen)
    )


def _mails(connection: Connection, after: int) -> Mapping[date, int]:
    """How many words to the world would have left on each day, by the day they were written on."""
    chosen = select(OUTBOX.c.created_at).where(OUTBOX.c.id > after)
    days: Iterable[date] = (
        row.created_at.astimezone(clock.ZONE).date() for row in connection.execute(chosen)
    )
    return Counter(days)
