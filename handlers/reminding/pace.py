"""Before it is late: who will miss a date if things go on as they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sqlalchemy import ColumnElement, Connection, case, func, select

from deadlines.tables import DEADLINES
from handlers.among import among
from workflow.days import ONE_DAY, SATURDAY, Calendar, DayOutsideCalendar

WORKING_DAYS_MIN: Final = 3
"""From fewer working days nothing is concluded."""

Outlook = Literal["at_risk", "in_time", "unknown"]

WORDS: Final[Mapping[Outlook, tuple[str, str]]] = {
    "at_risk": ("sẽ trễ nếu giữ tốc độ hiện nay", "will miss the date at the present pace"),
    "in_time": ("kịp theo tốc độ hiện nay", "in time at the present pace"),
    "unknown": ("chưa đủ số liệu", "too little is known"),
}
"""Vietnamese and English words of each outlook."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """One step of one body: how much is done and left, and where that leads.

    `since` is the day of the first item done, `working_days` those from it to today, both counted.
    `days_needed` working days after today finish the rest at that pace, `days_left` are there up to
    `last_day`, itself counted; both 0 while the outlook is unknown.
    """

    campaign: str
    organisation: str
    kind: str
    gate: str
    last_day: date
    done: int
    remaining: int
    since: date | None
    working_days: int
    days_needed: int
    days_left: int
    outlook: Outlook


def paces(
    connection: Connection,
    campaign: str,
    calendar: Calendar,
    today: date,
    organisations: Iterable[str] | None = None,
    *,
    begun: bool = False,
) -> Iterator[Pace]:
    """Every step of a campaign with something left and its date not passed, by body and date.

    `calendar` is the campaign's pinned one; `organisations` narrows it to these bodies, `begun` to steps of
    which something is done: no other has a pace.
    """
    left = func.sum(_one_if(DEADLINES.c.done_on.is_(None)))
    grouped = (
        select(
            DEADLINES.c.organisation,
            DEADLINES.c.unit,
            DEADLINES.c.kind,
            DEADLINES.c.gate,
            DEADLINES.c.last_day,
            func.count().label("owed"),
            left.label("remaining"),
            func.min(DEADLINES.c.done_on).label("since"),
        )
        .where(
            DEADLINES.c.campaign == campaign,
            DEADLINES.c.dropped.is_(False),
            DEADLINES.c.last_day >= today,
        )
        .group_by(
            DEADLINES.c.organisation,
            DEADLINES.c.unit,
            DEADLINES.c.kind,
            DEADLINES.c.gate,
            DEADLINES.c.last_day,
        )
        .having(left > 0)
        .order_by(DEADLINES.c.organisation, DEADLINES.c.last_day, DEADLINES.c.gate, DEADLINES.c.kind)
    )
    if begun:
        grouped = grouped.having(func.count() > left)
    given: dict[str, list[str]] = {}
    if organisations is not None:
        grouped = grouped.where(among(DEADLINES.c.organisation, "organisations"))
        given = {"organisations": sorted(set(organisations))}
    counted = _Days(calendar)
    for row in connection.execute(grouped, given):
        done = row.owed - row.remaining
        days = counted.between(row.unit, row.since, today) if row.since and row.since <= today else 0
        days_left = counted.between(row.unit, today + ONE_DAY, row.last_day)
        needed, outlook = projected(done, row.remaining, days, days_left)
        yield Pace(
            campaign=campaign,
            organisation=row.organisation,
            kind=row.kind,
            gate=row.gate,
            last_day=row.last_day,
            done=done,
            remaining=row.remaining,
            since=row.since,
            working_days=days,
            days_needed=needed,
            days_left=0 if outlook == "unknown" else days_left,
            outlook=outlook,
        )


def projected(done: int, remaining: int, working_days: int, days_left: int) -> tuple[int, Outlook]:
    """How many working days the rest takes at the pace of `done` in `working_days`, rounded up, and whether
    `days_left` are enough. (0, "unknown") where nothing is done or WORKING_DAYS_MIN are not behind.
    """
    if not done or working_days < WORKING_DAYS_MIN:
        return 0, "unknown"
    needed = -(-remaining * working_days // done)
    return needed, "in_time" if needed <= days_left else "at_risk"


def will_miss(found: Iterable[Pace]) -> dict[date, tuple[str, ...]]:
    """By date, the bodies that will miss it at the present pace: "these 4 cells will miss 31/01"."""
    missed: dict[date, dict[str, None]] = {}
    for one in found:
        if one.outlook == "at_risk":
            missed.setdefault(one.last_day, {})[one.organisation] = None
    return {day: tuple(sorted(bodies)) for day, bodies in sorted(missed.items())}


class _Days:
    """Working days between two days, both counted, each pair counted once; 0 where the end comes first.

    Beyond the years the calendar holds Monday to Friday are counted: a forecast decides nothing.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[str, date, date], int] = {}

    def between(self, unit: str, first: date, last: date) -> int:
        key = (unit, first, last)
        if key not in self._known:
            calendar = self._calendar.of_unit(unit) if unit else self._calendar
            try:
                self._known[key] = calendar.working_days_before(first, last + ONE_DAY)
            except DayOutsideCalendar:
                self._known[key] = sum(
                    (first + n * ONE_DAY).weekday() < SATURDAY for n in range((last - first).days + 1)
                )
        return self._known[key]


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
