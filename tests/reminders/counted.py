"""What a season has to remind of, counted by hand: nothing here asks the code under test.

The days off of January and February 2017 are written down, rungs are counted day by day over every day of
the season, and what is open is asked of the book of deadlines without the columns of the sweep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select

from deadlines.tables import DEADLINES
from workflow.database import Database

DAYS_OFF = {
    date(2017, 1, 2),  # for New Year's Day, a Sunday
    *(date(2017, 1, 26) + timedelta(days=n) for n in range(7)),  # Tết: 26/01 to 01/02
}

BEFORE, AFTER, ESCALATE = (10, 5, 3, 1), (1,), (3, 8)
"""The ladder of the house."""


class Told(NamedTuple):
    """One reminder: of which deadline, for which date, at which rung."""

    deadline: str
    due_on: date
    rung: str


class Owed(NamedTuple):
    """What the book says of an open row, and nothing the sweep wrote."""

    deadline: str
    organisation: str
    kind: str
    gate: str
    rule: str
    opened_on: date
    safe_day: date
    last_day: date


@dataclass(kw_only=True)
class Expected:
    """Everything that has to be found, with the day it is found on, as one instant after another is lived."""

    days_off: set[date] = field(default_factory=lambda: set(DAYS_OFF))
    found: dict[Told, date] = field(default_factory=dict)
    rung_days: dict[Told, date] = field(default_factory=dict)
    groups: dict[tuple[date, str, str, str, str, date, str], int] = field(default_factory=dict)
    """How many reminders there are of a day found, body, kind, gate, rule, date and rung."""

    def live(self, database: Database, today: date) -> None:
        """What a sweep on this day has to find, for the rows that are open just before it."""
        for owed in open_rows(database):
            for rung, day in self.ladder(owed.safe_day, owed.last_day).items():
                told = Told(owed.deadline, owed.last_day, rung)
                if owed.opened_on <= day <= today and told not in self.found:
                    self.found[told], self.rung_days[told] = today, day
                    group = (today, owed.organisation, owed.kind, owed.gate, owed.rule, owed.last_day, rung)
                    self.groups[group] = self.groups.get(group, 0) + 1

    def ladder(self, safe: date, last: date) -> Mapping[str, date]:
        """The day of each rung: so many worked days back from the last safe day, on from the last day."""
        days = {f"before:{n}": self.worked(safe, -1)[n - 1] for n in BEFORE}
        days["day:0"] = safe
        days |= {f"after:{n}": self.worked(last, 1)[n - 1] for n in AFTER}
        days |= {f"escalate:{level}": self.worked(last, 1)[n - 1] for level, n in enumerate(ESCALATE, 1)}
        return days

    def worked(self, day: date, way: int) -> list[date]:
        """The worked days after a day, or before it, the nearest first."""
        near = (day + timedelta(days=way * n) for n in range(1, 60))
        return [one for one in near if one.isoweekday() <= 5 and one not in self.days_off]


def open_rows(database: Database) -> list[Owed]:
    """Every row somebody still owes."""
    with database.read() as connection:
        rows = connection.execute(
            select(*(DEADLINES.c[name] for name in Owed._fields)).where(
                DEADLINES.c.done_on.is_(None), DEADLINES.c.dropped.is_(False)
            )
        )
        return [Owed(*row) for row in rows]


def days(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both counted."""
    while first <= last:
        yield first
        first += timedelta(days=1)
