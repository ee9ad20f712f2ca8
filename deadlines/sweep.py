"""One pass over the book of deadlines: what has passed, and which reminders have come.

The pass has no memory but the rows themselves. Statements go over groups of rows that share their dates, so
that a season of a million rows costs as many statements as it has dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    func,
    literal,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from deadlines.ladder import Rung, rungs
from deadlines.tables import DEADLINES, REMINDERS, STILL_OPEN
from workflow.contention import Retry
from workflow.database import Database
from workflow.days import ZONE
from workflow.log import Log
from workflow.rules.rulebook import Rulebook

log = structlog.get_logger()

TRIES: Final = 3

GUARD: Final = "sweep"
"""The guard row replicas take turns by."""

_DATES: Final = ("unit", "safe_day", "last_day", "opened_on", "rung")
_COPIED: Final = ("deadline", "campaign", "organisation", "superior", "kind", "gate", "rule")


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepDay:
    """The instant swept for, its day in Asia/Ho_Chi_Minh; reminders with a number above `after` are new."""

    at: datetime
    today: date
    after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What one pass changed: rows that became overdue, reminders found, and how many of these were late."""

    overdue: int = 0
    reminders: int = 0
    late: int = 0


def sweep(
    database: Database,
    as_of: datetime,
    *,
    open_books: Callable[[Connection], Mapping[str, Rulebook]],
    follow: Callable[[Connection, SweepDay], None],
) -> Swept:
    """Find what has passed and what is to be reminded of at an instant, in one transaction.

    `open_books` gives the rulebook of every campaign that is open; rows of others are left alone. `follow`
    writes what comes of the new reminders, in the same transaction. Sweeping again finds nothing new, and
    replicas take turns. Retry where colleagues were in the way three times; nothing was written then.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with database.write() as connection:
                return _pass(connection, as_of, open_books, follow)
        except Retry as retry:
            if attempt == TRIES:
                raise
            log.info("sweep met another", attempt=attempt, why=str(retry))
    raise AssertionError("the last try answers or raises")


def _pass(
    connection: Connection,
    as_of: datetime,
    open_books: Callable[[Connection], Mapping[str, Rulebook]],
    follow: Callable[[Connection, SweepDay], None],
) -> Swept:
    Log(connection).lock([GUARD])
    today = as_of.astimezone(ZONE).date()
    day = SweepDay(at=as_of, today=today, after=_last_reminder(connection))
    overdue = 0
    for campaign, book in open_books(connection).items():
        overdue += _mark_overdue(connection, campaign, as_of)
        _remind(connection, campaign, book, today)
    reminders, late = _found(connection, day)
    follow(connection, day)
    return Swept(overdue=overdue, reminders=reminders, late=late)


def _last_reminder(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(REMINDERS.c.reminder), 0))).scalar_one())


def _found(connection: Connection, day: SweepDay) -> tuple[int, int]:
    """How many reminders this pass found, and how many of them were for an earlier day."""
    late = func.count(case((REMINDERS.c.rung_on < REMINDERS.c.found_on, 1)))
    row = connection.execute(select(func.count(), late).where(REMINDERS.c.reminder > day.after)).one()
    return int(row[0]), int(row[1])


def _mark_overdue(connection: Connection, campaign: str, as_of: datetime) -> int:
    """Rows whose last good instant has passed are overdue, and no others: a clock set back takes it back."""
    mine = and_(DEADLINES.c.campaign == campaign, STILL_OPEN)
    not_yet = and_(mine, DEADLINES.c.overdue.is_(True), DEADLINES.c.ends_at > as_of)
    passed = and_(mine, DEADLINES.c.overdue.is_(False), DEADLINES.c.ends_at <= as_of)
    connection.execute(update(DEADLINES).where(_taken(not_yet)).values(overdue=False))
    return connection.execute(update(DEADLINES).where(_taken(passed)).values(overdue=True)).rowcount


def _taken(these: ColumnElement[bool]) -> ColumnElement[bool]:
    """Those of these rows that no command is changing just now; until the commit they are the sweep's.

    The sweep waits for no command and so blocks none in return. What it passes over is found at the next
    tick, if it is still owed then.
    """
    return DEADLINES.c.deadline.in_(
        select(DEADLINES.c.deadline).where(these).with_for_update(skip_locked=True)
    )


def _remind(connection: Connection, campaign: str, book: Rulebook, today: date) -> None:
    """Write the reminders of one campaign that have come."""
    columns = [DEADLINES.c[name] for name in _DATES]
    waiting = and_(DEADLINES.c.campaign == campaign, DEADLINES.c.next_on <= today, STILL_OPEN)
    groups = connection.execute(select(*columns).where(waiting).distinct().order_by(*columns)).all()
    for group in groups:
        calendar = book.calendar.of_unit(group.unit)
        ladder = rungs(book.reminding, calendar, group.safe_day, group.last_day)
        these = and_(waiting, *(DEADLINES.c[name] == getattr(group, name) for name in _DATES))
        reached = max(group.rung, sum(rung.day <= today for rung in ladder))
        come = [rung for rung in ladder[group.rung : reached] if rung.day >= group.opened_on]
        if come:
            _keep(connection, these, group, come, today)
        _advance(connection, these, reached, come, ladder)


def _advance(
    connection: Connection,
    these: ColumnElement[bool],
    reached: int,
    come: list[Rung],
    ladder: tuple[Rung, ...],
) -> None:
    """Let the group wait for its next rung: only rows that have their reminder, since one more may have been
    opened, or given back by a command, between the two statements.
    """
    if come:
        kept = select(REMINDERS.c.reminder).where(
            REMINDERS.c.deadline == DEADLINES.c.deadline,
            REMINDERS.c.due_on == DEADLINES.c.last_day,
            REMINDERS.c.rung == come[-1].name,
        )
        these = and_(these, kept.correlate(DEADLINES).exists())
    next_on = ladder[reached].day if reached < len(ladder) else None
    connection.execute(update(DEADLINES).where(_taken(these)).values(rung=reached, next_on=next_on))


def _keep(
    connection: Connection, these: ColumnElement[bool], group: Row[Any], come: list[Rung], today: date
) -> None:
    """A reminder for every row of the group at each of these rungs, in their order, where there is none yet.

    One statement for all rungs: a row that a command lets go of between two would have the later one alone.
    """
    rows = select(*(DEADLINES.c[name] for name in (*_COPIED, "hour"))).where(these)
    taken = rows.with_for_update(skip_locked=True).cte("taken")
    steps = union_all(*(select(*_step(number, rung)) for number, rung in enumerate(come))).cte("steps")
    told = {
        "due_on": literal(group.last_day, REMINDERS.c.due_on.type),
        "safe_on": literal(group.safe_day, REMINDERS.c.safe_on.type),
        "rung": steps.c.rung,
        "level": steps.c.level,
        "rung_on": steps.c.rung_on,
        "found_on": literal(today, REMINDERS.c.found_on.type),
    }
    wanted = select(taken, *told.values()).join_from(taken, steps, true()).order_by(steps.c.number)
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        make(REMINDERS)
        .from_select([*_COPIED, "hour", *told], wanted)
        .on_conflict_do_nothing(index_elements=["deadline", "due_on", "rung"])
    )


def _step(number: int, rung: Rung) -> tuple[ColumnElement[Any], ...]:
    return (
        literal(number).label("number"),
        literal(rung.name, REMINDERS.c.rung.type).label("rung"),
        literal(rung.level).label("level"),
        literal(rung.day, REMINDERS.c.rung_on.type).label("rung_on"),
    )
