"""Another calendar for a campaign: which dates of its book it moves, and the move itself.

Dates hang on what a row says and not on whose it is, so they are counted once for all rows that say the same.
A date of a clause stays; what moves is the last working day up to it, and a notice counted in working days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Row,
    Text,
    Update,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    select,
    update,
)

from deadlines.owed import safe_day_of
from deadlines.tables import DEADLINES
from handlers.among import among
from handlers.deadline_writes import CAMPAIGN_RUNS, OPEN_ROW
from workflow.days import DayOutsideCalendar
from workflow.rules.due_dates import BEFORE_MEETING, ends_at, notice_due_dates
from workflow.rules.rulebook import Rulebook

_SAID: Final = (
    "kind", "gate", "rule", "basis", "stated_day", "word", "hour", "last_day", "safe_day", "unit",
    "provisional",
)  # fmt: skip
"""What tells the dates of a row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedDate:
    """One date that another calendar moves, for so many open rows.

    `organisation` is empty where it is the same for every body. `subject` is the meeting a notice is for.
    Both last days are counted, both safe days are the last ones to rely on.
    """

    organisation: str
    kind: str
    gate: str
    rule: str
    subject: str
    before_last: date
    after_last: date
    before_safe: date
    after_safe: date
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Dates:
    last: date
    safe: date
    ends: datetime
    provisional: bool
    unit: str


def moved_dates(
    connection: Connection, campaign_id: str, before: Rulebook, after: Rulebook, today: date
) -> tuple[MovedDate, ...]:
    """The dates of open rows that move when a campaign goes from one rulebook to one with another calendar.

    By day. What has passed under both calendars is left out. Two statements, whatever the number of rows.
    """
    if before.calendar == after.calendar:
        return ()
    by_body = _has_units(connection, campaign_id, after)
    found = [
        MovedDate(
            organisation=row.organisation,
            kind=row.kind,
            gate=row.gate,
            rule=row.rule,
            subject=row.meeting,
            before_last=row.last_day,
            after_last=dates.last,
            before_safe=row.safe_day,
            after_safe=dates.safe,
            items=row.items,
        )
        for row in _groups(connection, campaign_id, by_body=by_body, by_meeting=True)
        if _moves(row, dates := _dates(row, after)) and max(row.last_day, dates.last) >= today
    ]
    return tuple(
        sorted(found, key=lambda one: (one.before_last, one.organisation, one.gate, one.kind, one.subject))
    )


def move_dates(connection: Connection, campaign_id: str, after: Rulebook, today: date) -> int:
    """Count every date of a campaign anew by the calendar of `after`; how many rows have other dates now.

    A row that moved is owed since `today`, and reminding of it begins anew: rungs before that day never
    applied. Rows that are done move too, so that the book says what its rulebook says. A statement for each
    group of rows that move alike. Where a date stays its rungs may still come on other days, since they count
    working days: the next sweep looks at every row.
    """
    by_body = _has_units(connection, campaign_id, after)
    together: dict[tuple[Any, ...], tuple[_Dates, bool, list[str]]] = {}
    for row in _groups(connection, campaign_id, by_body=by_body, by_meeting=False):
        dates = _dates(row, after)
        if _moves(row, dates) or (dates.provisional, dates.unit) != (row.provisional, row.unit):
            key = (*(getattr(row, name) for name in _SAID), dates.unit, dates.safe, dates.last)
            group = together.setdefault(key, (dates, _moves(row, dates), []))
            group[2].append(row.organisation)
    moved = 0
    for key, (dates, moves, organisations) in together.items():
        said = dict(zip(_SAID, key, strict=False))
        given = {
            **{f"was_{name}": value for name, value in said.items()},
            "of_campaign": campaign_id,
            "to_last": dates.last,
            "to_safe": dates.safe,
            "to_ends": dates.ends,
            "to_provisional": dates.provisional,
            "to_unit": dates.unit,
        }
        statement = _MOVE if moves else _SAY
        if by_body:
            statement = statement.where(among(DEADLINES.c.organisation, "bodies"))
            given["bodies"] = sorted(set(organisations))
        result = connection.execute(statement, {**given, "today": today} if moves else given)
        moved += result.rowcount if moves else 0
    connection.execute(_LOOK_AGAIN, {"of_campaign": campaign_id, "today": today})
    return moved


def _has_units(connection: Connection, campaign_id: str, after: Rulebook) -> bool:
    """Whether bodies differ in their days, before or after: dates are then told a body."""
    if after.calendar.units:
        return True
    chosen = select(DEADLINES.c.unit).where(DEADLINES.c.campaign == campaign_id, DEADLINES.c.unit != "")
    return connection.execute(chosen.limit(1)).first() is not None


def _groups(
    connection: Connection, campaign_id: str, *, by_body: bool, by_meeting: bool
) -> Iterator[Row[*tuple[Any, ...]]]:
    """What rows of a campaign say, each once; with `by_meeting` of open rows alone, notices a meeting."""
    said = [DEADLINES.c[name] for name in _SAID]
    of_meeting = DEADLINES.c.basis == BEFORE_MEETING
    body: ColumnElement[str] = DEADLINES.c.organisation if by_body else literal("", Text)
    meeting: ColumnElement[str] = literal("", Text)
    if by_meeting:
        # "review/{review}/{gate}/{meeting}"
        named = func.substr(
            DEADLINES.c.deadline,
            func.length(literal("review/", Text) + DEADLINES.c.subject + "/" + DEADLINES.c.gate + "/") + 1,
        )
        body = case((of_meeting, DEADLINES.c.organisation), else_=body)
        meeting = case((of_meeting, named), else_="")
    shown = select(*said, body.label("organisation"), meeting.label("meeting"), DEADLINES.c.deadline).where(
        DEADLINES.c.campaign == campaign_id, *((OPEN_ROW,) if by_meeting else ())
    )
    rows = shown.subquery()
    wanted = [column for column in rows.columns if column.name != "deadline"]
    yield from connection.execute(
        select(*wanted, func.count().label("items")).group_by(*wanted).order_by(*wanted)
    )


def _dates(row: Row[*tuple[Any, ...]], after: Rulebook) -> _Dates:
    calendar = after.calendar.of_unit(row.organisation)
    last, (safe, provisional) = row.last_day, safe_day_of(calendar, row.last_day)
    if row.basis == BEFORE_MEETING:
        try:
            found = notice_due_dates(after, row.kind, row.stated_day, calendar)
        except DayOutsideCalendar:
            found = ()
        for due in found:
            if (due.gate, due.rule) == (row.gate, row.rule):
                last, safe, provisional = due.last_good_day, due.last_safe_day, due.provisional
    unit = after.calendar.unit_of(row.organisation)
    return _Dates(
        last=last, safe=safe, ends=ends_at(last, row.word, row.hour), provisional=provisional, unit=unit
    )


def _moves(row: Row[*tuple[Any, ...]], dates: _Dates) -> bool:
    return (row.last_day, row.safe_day) != (dates.last, dates.safe)


_SAYING_SO: Final = and_(
    DEADLINES.c.campaign == bindparam("of_campaign"),
    *(DEADLINES.c[name] == bindparam(f"was_{name}") for name in _SAID),
)

_SAY: Final[Update] = (
    update(DEADLINES)
    .where(_SAYING_SO)
    .values(provisional=bindparam("to_provisional"), unit=bindparam("to_unit"))
)

_SINCE: Final = case(
    (DEADLINES.c.opened_on < bindparam("today", type_=Date()), bindparam("today", type_=Date())),
    else_=DEADLINES.c.opened_on,
)

_MOVE: Final[Update] = (
    update(DEADLINES)
    .where(_SAYING_SO)
    .values(
        last_day=bindparam("to_last"),
        safe_day=bindparam("to_safe"),
        ends_at=bindparam("to_ends"),
        provisional=bindparam("to_provisional"),
        unit=bindparam("to_unit"),
        opened_on=_SINCE,
        overdue=false(),
        rung=0,
        next_on=case((and_(OPEN_ROW, CAMPAIGN_RUNS), _SINCE)),
    )
)

_LOOK_AGAIN: Final[Update] = (
    update(DEADLINES)
    .where(
        DEADLINES.c.campaign == bindparam("of_campaign"),
        OPEN_ROW,
        DEADLINES.c.next_on > bindparam("today", type_=Date()),
    )
    .values(next_on=bindparam("today", type_=Date()))
)
