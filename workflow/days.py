"""Counting days, months and working days, where people are wronged by one."""

from __future__ import annotations

import calendar as month_lengths
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from workflow.decreed import decreed_days

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Word = Literal["before", "at_latest"]
Spell = tuple[date, date]

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayOutsideCalendar(LookupError):
    """A working day was asked in a year the calendar does not hold; the answer would be a guess."""

    def __init__(self, day: date, years: tuple[int, ...]) -> None:
        held = ", ".join(str(year) for year in years) or "no year"
        super().__init__(f"The calendar holds {held}; {day:%d/%m/%Y} is outside it. Add the year {day.year}.")
        self.day = day
        self.years = years


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitDays:
    """What a unit's own days change for the bodies of its branch, as they were when the calendar was made.

    Everything that holds there beside everyone's days is listed: what a unit further up says is included.
    """

    unit: str
    bodies: tuple[str, ...]
    days_off: tuple[date, ...] = ()
    worked_days: tuple[date, ...] = ()
    half_days: tuple[date, ...] = ()
    provisional_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: Monday to Friday, less days off, plus worked Saturdays or Sundays (C-03).

    `years` says which years it can answer for, `provisional_years` which of them are not decreed yet,
    `provisional_days` which single days may still change. A half day is worked. `units` have days of their
    own.
    """

    version: str
    years: tuple[int, ...]
    days_off: tuple[date, ...] = ()
    worked_days: tuple[date, ...] = ()
    provisional_years: tuple[int, ...] = ()
    half_days: tuple[date, ...] = ()
    provisional_days: tuple[date, ...] = ()
    units: tuple[UnitDays, ...] = ()
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _worked: frozenset[date] = field(init=False, repr=False, compare=False)
    _half: frozenset[date] = field(init=False, repr=False, compare=False)
    _provisional: frozenset[date] = field(init=False, repr=False, compare=False)
    _unit_of: dict[str, str] = field(init=False, repr=False, compare=False)
    _of_unit: dict[str, Calendar] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        both = set(self.days_off) & {*self.worked_days, *self.half_days}
        if both:
            raise ValueError(f"{min(both):%d/%m/%Y} is both a day off and a worked day.")
        object.__setattr__(self, "_off", frozenset(self.days_off))
        object.__setattr__(self, "_half", frozenset(self.half_days))
        object.__setattr__(self, "_worked", frozenset(self.worked_days) | self._half)
        object.__setattr__(self, "_provisional", frozenset(self.provisional_days))
        of_bodies = {body: own.unit for own in self.units for body in own.bodies}
        object.__setattr__(self, "_unit_of", of_bodies)
        object.__setattr__(self, "_of_unit", {own.unit: self._with_unit(own) for own in self.units})

    def unit_of(self, organisation: str) -> str:
        """The unit whose own days count for a body; empty where everyone's do."""
        return self._unit_of.get(organisation, "")

    def of_unit(self, unit_or_organisation: str) -> Calendar:
        """The calendar of a unit, or of the nearest unit above a body; itself where none has own days."""
        found = self._of_unit.get(unit_or_organisation)
        if found is None:
            found = self._of_unit.get(self.unit_of(unit_or_organisation))
        return self if found is None else found

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is worked (C-03), a half day included. DayOutsideCalendar for a year not held."""
        if day.year not in self.years:
            raise DayOutsideCalendar(day, self.years)
        if day in self._worked:
            return True
        return day.weekday() < SATURDAY and day not in self._off

    def is_half_day(self, day: date) -> bool:
        """Whether only half of `day` is worked."""
        return day in self._half

    def is_provisional(self, day: date) -> bool:
        """Whether a later decree may still change `day`: its year is not decreed, or its entry says so."""
        return day.year in self.provisional_years or day in self._provisional

    def is_provisional_between(self, first: date, last: date) -> bool:
        """Whether a day from `first` to `last`, both counted, may still change."""
        if any(first.year <= year <= last.year for year in self.provisional_years):
            return True
        return any(first <= day <= last for day in self.provisional_days)

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
        """`day` itself when it is worked, else the last day before it that is: for reminders (C-06).

        A half day is passed over: nobody is told to rely on an afternoon that is off.
        """
        found = day
        while not self.is_working_day(found) or found in self._half:
            found -= ONE_DAY
        return found

    def with_days(
        self,
        *,
        days_off: Iterable[date] = (),
        worked_days: Iterable[date] = (),
        half_days: Iterable[date] = (),
        provisional_days: Iterable[date] = (),
        version: str | None = None,
    ) -> Calendar:
        """The same calendar with dated additions; a later word on a day replaces the earlier one."""
        off, worked, half = set(days_off), set(worked_days), set(half_days)
        named = off | worked | half
        return make_calendar(
            self.years,
            (set(self.days_off) - named) | off,
            (set(self.worked_days) - named) | worked,
            self.provisional_years,
            version,
            half_days=(set(self.half_days) - named) | half,
            provisional_days=(set(self.provisional_days) - named) | set(provisional_days),
            units=self.units,
        )

    def _with_unit(self, own: UnitDays) -> Calendar:
        everyone = replace(self, units=()) if self.units else self
        return everyone.with_days(
            days_off=own.days_off,
            worked_days=own.worked_days,
            half_days=own.half_days,
            provisional_days=own.provisional_days,
            version=f"{self.version}/{own.unit}",
        )


def make_calendar(
    years: Iterable[int],
    days_off: Iterable[date] = (),
    worked_days: Iterable[date] = (),
    provisional_years: Iterable[int] = (),
    version: str | None = None,
    *,
    half_days: Iterable[date] = (),
    provisional_days: Iterable[date] = (),
    units: Iterable[UnitDays] = (),
) -> Calendar:
    """A calendar with everything in order; without a given version, one derived from its days."""
    held = tuple(sorted(set(years)))
    off, worked, half, unsure = (
        tuple(sorted(set(days))) for days in (days_off, worked_days, half_days, provisional_days)
    )
    own = tuple(sorted((_in_order(one) for one in units), key=lambda one: one.unit))
    parts: list[Iterable[object]] = [held, off, worked]
    if half or unsure or own:  # so that a calendar without them keeps the version it always had
        parts += [half, unsure, own]
    text = "|".join(",".join(map(str, part)) for part in parts)
    derived = version or "vn-" + hashlib.sha256(text.encode()).hexdigest()[:12]
    return Calendar(derived, held, off, worked, tuple(sorted(set(provisional_years))), half, unsure, own)


def _in_order(own: UnitDays) -> UnitDays:
    return UnitDays(
        unit=own.unit,
        bodies=tuple(sorted(set(own.bodies))),
        days_off=tuple(sorted(set(own.days_off))),
        worked_days=tuple(sorted(set(own.worked_days))),
        half_days=tuple(sorted(set(own.half_days))),
        provisional_days=tuple(sorted(set(own.provisional_days))),
    )


def vietnam_calendar(years: Iterable[int]) -> Calendar:
    """Public holidays, their compensating days and decreed swaps of Vietnam for `years` (C-03)."""
    from holidays import country_holidays  # slow to import, and a pinned calendar never needs it

    held = tuple(sorted(set(years)))
    known = country_holidays("VN", years=held)
    off = {day for day in known if day.year in held}
    worked = {day for day in known.weekend_workdays if day.year in held}
    decreed = decreed_days()
    for swap in decreed.swaps:
        off |= {swap.day_off} if swap.day_off.year in held else set()
        worked |= {swap.worked_day} if swap.worked_day.year in held else set()
    return make_calendar(held, off, worked, (year for year in held if year > decreed.last_year))


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
