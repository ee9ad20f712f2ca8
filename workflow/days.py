"""Counting days, months and working days, where people are wronged by one."""

from __future__ import annotations

import calendar as month_lengths
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Word = Literal["before", "at_latest"]
Spell = tuple[date, date]

SATURDAY = 5
ONE_DAY = timedelta(days=1)

# Swaps by decree that the `holidays` package does not carry: the day off and the Saturday worked for it.
DECREED_SWAPS: tuple[tuple[date, date], ...] = ((date(2026, 1, 2), date(2026, 1, 10)),)

# The last year whose days off were decreed when this was written; later years are the package's forecast.
LAST_DECREED_YEAR = 2026


class DayOutsideCalendar(LookupError):
    """A working day was asked in a year the calendar does not hold; the answer would be a guess."""

    def __init__(self, day: date, years: tuple[int, ...]) -> None:
        held = ", ".join(str(year) for year in years) or "no year"
        super().__init__(f"The calendar holds {held}; {day:%d/%m/%Y} is outside it. Add the year {day.year}.")
        self.day = day
        self.years = years


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: Monday to Friday, less days off, plus worked Saturdays or Sundays (C-03).

    `years` says which years it can answer for, `provisional_years` which of them are not decreed yet.
    """

    version: str
    years: tuple[int, ...]
    days_off: tuple[date, ...] = ()
    worked_days: tuple[date, ...] = ()
    provisional_years: tuple[int, ...] = ()
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _worked: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        both = set(self.days_off) & set(self.worked_days)
        if both:
            raise ValueError(f"{min(both):%d/%m/%Y} is both a day off and a worked day.")
        object.__setattr__(self, "_off", frozenset(self.days_off))
        object.__setattr__(self, "_worked", frozenset(self.worked_days))

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked (C-03). DayOutsideCalendar for a year that is not held."""
        if day.year not in self.years:
            raise DayOutsideCalendar(day, self.years)
        if day in self._worked:
            return True
        return day.weekday() < SATURDAY and day not in self._off

    def nth_working_day_before(self, day: date, n: int) -> date:
        """The n-th working day before `day`, `day` itself not counted (C-01); n >= 1."""
        if n < 1:
            raise ValueError("Working days before a day are counted from 1.")
        found = day
        for _ in range(n):
            found -= ONE_DAY
            while not self.is_working_day(found):
                found -= ONE_DAY
        return found

    def working_days_before(self, sent: date, meeting: date) -> int:
        """Working days from `sent` (counted) to `meeting` (not counted), 0 when sent on or after it (C-01).

        At least n of them is the same as `sent <= nth_working_day_before(meeting, n)`.
        """
        days = (sent + timedelta(days=offset) for offset in range((meeting - sent).days))
        return sum(1 for day in days if self.is_working_day(day))

    def nth_working_day_after(self, day: date, n: int) -> date:
        """The n-th working day after `day`, `day` itself not counted; n >= 1."""
        if n < 1:
            raise ValueError("Working days after a day are counted from 1.")
        found = day
        for _ in range(n):
            found += ONE_DAY
            while not self.is_working_day(found):
                found += ONE_DAY
        return found

    def last_working_day_up_to(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it: for reminders (C-06)."""
        return day if self.is_working_day(day) else self.nth_working_day_before(day, 1)

    def with_days(
        self, *, days_off: Iterable[date] = (), worked_days: Iterable[date] = (), version: str | None = None
    ) -> Calendar:
        """The same calendar with dated additions; a later word on a day replaces the earlier one."""
        off, worked = set(days_off), set(worked_days)
        all_off = (set(self.days_off) - worked) | off
        all_worked = (set(self.worked_days) - off) | worked
        return make_calendar(self.years, all_off, all_worked, self.provisional_years, version)


def make_calendar(
    years: Iterable[int],
    days_off: Iterable[date] = (),
    worked_days: Iterable[date] = (),
    provisional_years: Iterable[int] = (),
    version: str | None = None,
) -> Calendar:
    """A calendar with everything in order; without a given version, one derived from its days."""
    held, off, worked = (
        tuple(sorted(set(years))),
        tuple(sorted(set(days_off))),
        tuple(sorted(set(worked_days))),
    )
    text = "|".join((",".join(map(str, held)), ",".join(map(str, off)), ",".join(map(str, worked))))
    derived = version or "vn-" + hashlib.sha256(text.encode()).hexdigest()[:12]
    return Calendar(derived, held, off, worked, tuple(sorted(set(provisional_years))))


def vietnam_calendar(years: Iterable[int]) -> Calendar:
    """Public holidays, their compensating days and decreed swaps of Vietnam for `years` (C-03)."""
    from holidays import country_holidays  # slow to import, and a pinned calendar never needs it

    held = tuple(sorted(set(years)))
    known = country_holidays("VN", years=held)
    off = {day for day in known if day.year in held}
    worked = {day for day in known.weekend_workdays if day.year in held}
    for day_off, worked_day in DECREED_SWAPS:
        if day_off.year in held:
            off.add(day_off)
            worked.add(worked_day)
    return make_calendar(held, off, worked, (year for year in held if year > LAST_DECREED_YEAR))


def calendar_days_before(sent: date, meeting: date) -> int:
    """Calendar days from `sent` (counted) to `meeting` (not counted) (DUK-2016, II.3.1; C-02)."""
    return (meeting - sent).days


def months_after(start: date, months: int) -> date:
    """The day on which `months` full calendar months from `start` are reached.

    The same day number, or the last day of a shorter month: 31/08 and 6 months is 28/02 (or 29/02).
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, month_lengths.monthrange(year, month)[1]))


def months_between(start: date, end: date) -> int:
    """Full calendar months from `start` to `end`; exactly 6 months is 6 (C-07). 0 when `end` is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and months_after(start, months) > end:
        months -= 1
    return max(months, 0)


def last_good_day(word: Word, day: date) -> date:
    """The last day that meets a deadline: `trước` (before) excludes `day`, `chậm nhất` includes it (C-05).

    There is no roll-over: a weekend or holiday leaves the date as it is (C-06).
    """
    return day - ONE_DAY if word == "before" else day


@dataclass(frozen=True, slots=True)
class SickTotal:
    """Sick leave in one year: all its days, and the full months of its longest single spell."""

    days: int
    longest_spell_months: int

    def reaches(self, months: int, days: int) -> bool:
        """Whether one spell is `months` long or all spells together reach `days` (C-30)."""
        return self.longest_spell_months >= months or self.days >= days


def sick_spells_total(spells: Iterable[Spell], year: int) -> SickTotal:
    """Sick leave within the calendar `year`; each spell from its first to its last day, both counted (C-30).

    Spells that touch or overlap are one spell; what lies outside the year is left out. From 01/02 to 30/04
    is 89 days and three full months.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = sorted((max(a, first), min(b, last)) for a, b in spells if a <= last and b >= first)
    merged: list[Spell] = []
    for start, end in inside:
        if merged and start <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    days = sum((end - start).days + 1 for start, end in merged)
    longest = max((months_between(start, end + ONE_DAY) for start, end in merged), default=0)
    return SickTotal(days, longest)
