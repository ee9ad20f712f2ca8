"""Dated entries over the public holidays: what is wrong with them, and the calendar they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from workflow.commands.calendar import ANNOUNCED, HALF, OFF, USUAL, WORDS, WORKED, DatedDay
from workflow.days import Calendar, UnitDays, make_calendar, vietnam_calendar

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099

WORD_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    OFF: ("ngày nghỉ", "day off"),
    WORKED: ("ngày làm việc", "working day"),
    HALF: ("ngày làm việc nửa ngày", "half day"),
    USUAL: ("trở lại như thường lệ", "as usual again"),
    ANNOUNCED: ("lịch nghỉ cả năm đã công bố", "days off of the year announced"),
}
"""Vietnamese and English name of every word on a day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """The bodies whose nearest unit with own days is `unit`; `above` are such units over it, top first."""

    unit: str
    bodies: tuple[str, ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldDays:
    """What holds already: confirmed entries, and for each unit asked about the bodies above it, top first.

    A unit that is not there is not in `above`.
    """

    days: tuple[DatedDay, ...] = ()
    above: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongDay:
    """One entry that cannot be right: its place, which of its fields, and why."""

    place: int
    field: str
    value: str
    vi: str
    en: str


def compose(years: Iterable[int], days: Iterable[DatedDay], branches: Iterable[Branch] = ()) -> Calendar:
    """Vietnam's calendar of `years` with confirmed entries on top; those of other years are left out."""
    base = vietnam_calendar(years)
    held = [one for one in days if one.day.year in base.years and one.what != USUAL]
    announced = {one.day.year for one in held if one.what == ANNOUNCED}
    by_unit: dict[str, list[DatedDay]] = {}
    for one in held:
        by_unit.setdefault(one.unit, []).append(one)
    everyone = base.with_days(
        days_off=_of(by_unit.get("", ()), OFF),
        worked_days=_of(by_unit.get("", ()), WORKED),
        half_days=_of(by_unit.get("", ()), HALF),
        provisional_days=(one.day for one in by_unit.get("", ()) if one.provisional),
    )
    return make_calendar(
        everyone.years,
        everyone.days_off,
        everyone.worked_days,
        set(everyone.provisional_years) - announced,
        half_days=everyone.half_days,
        provisional_days=everyone.provisional_days,
        units=(_own(branch, by_unit) for branch in branches if branch.bodies and branch.unit in by_unit),
    )


def _of(days: Iterable[DatedDay], what: str) -> tuple[date, ...]:
    return tuple(one.day for one in days if one.what == what)


def _own(branch: Branch, by_unit: Mapping[str, Sequence[DatedDay]]) -> UnitDays:
    standing: dict[date, DatedDay] = {}
    for unit in (*branch.above, branch.unit):
        standing |= {one.day: one for one in by_unit.get(unit, ())}
    days = standing.values()
    return UnitDays(
        unit=branch.unit,
        bodies=branch.bodies,
        days_off=_of(days, OFF),
        worked_days=_of(days, WORKED),
        half_days=_of(days, HALF),
        provisional_days=tuple(one.day for one in days if one.provisional),
    )


def wrong_days(days: Sequence[DatedDay], held: HeldDays, lines: Sequence[int] = ()) -> tuple[WrongDay, ...]:
    """Everything wrong with proposed entries, at most one thing an entry, in their order.

    `lines` are the numbers entries go by where they were read; without them they are counted from 1.
    """
    lines = lines or range(1, len(days) + 1)
    now = {(one.day, one.unit): one for one in held.days}
    new = {(one.day, one.unit): one for one in reversed(days)}
    first: dict[tuple[date, str], int] = {}
    found = []
    for place, one in enumerate(days):
        earlier = first.setdefault((one.day, one.unit), place)
        wrong = (
            _malformed(one, held)
            or _said_before(one, days[earlier], lines[earlier], earlier == place)
            or _idle(one, now, new, held)
        )
        if wrong is not None:
            found.append(WrongDay(place=place, field=wrong[0], value=wrong[1], vi=wrong[2], en=wrong[3]))
    return tuple(found)


Wrong = tuple[str, str, str, str]


def _malformed(one: DatedDay, held: HeldDays) -> Wrong | None:
    if one.what not in WORDS:
        return (
            "what",
            one.what,
            f"không phải một loại ngày; dùng một trong: {', '.join(WORDS)}.",
            f"is no kind of day; use one of {', '.join(WORDS)}.",
        )
    if not FIRST_YEAR <= one.day.year <= LAST_YEAR:
        return (
            "day",
            _day(one),
            f"nằm ngoài các năm {FIRST_YEAR}–{LAST_YEAR}. Kiểm tra lại năm.",
            f"lies outside {FIRST_YEAR} to {LAST_YEAR}. Check the year.",
        )
    if one.unit and one.unit not in held.above:
        return (
            "unit",
            one.unit,
            "không có trong danh sách tổ chức. Kiểm tra lại mã, hoặc để trống nếu áp dụng cho tất cả.",
            "is not on the roster. Check the code, or leave it empty for everyone.",
        )
    if one.what == ANNOUNCED and (one.unit or (one.day.month, one.day.day) != (1, 1) or one.provisional):
        return (
            "day",
            _day(one),
            "không dùng được cho “lịch nghỉ cả năm đã công bố”: ghi ngày 01/01, cho tất cả, không tạm tính.",
            "cannot stand for “days off of the year announced”: give 01/01, for everyone, not provisional.",
        )
    return None


def _said_before(one: DatedDay, other: DatedDay, line: int, is_first: bool) -> Wrong | None:
    if is_first:
        return None
    if other.what == one.what:
        return (
            "day",
            _day(one),
            f"đã có ở dòng {line}. Bỏ một trong hai dòng.",
            f"is there already in line {line}. Remove one of the two.",
        )
    names = WORD_NAMES[one.what], WORD_NAMES.get(other.what, (other.what, other.what))
    return (
        "day",
        _day(one),
        f"được ghi hai cách: “{names[1][0]}” ở dòng {line} và “{names[0][0]}”. Giữ một cách.",
        f"has two words: “{names[1][1]}” in line {line} and “{names[0][1]}”. Keep one.",
    )


Key = tuple[date, str]


def _idle(
    one: DatedDay, now: Mapping[Key, DatedDay], new: Mapping[Key, DatedDay], held: HeldDays
) -> Wrong | None:
    """An entry that changes nothing: the day is so already, or there is no entry to take back."""
    own = now.get((one.day, one.unit))
    own = None if own is not None and own.what == USUAL else own
    if one.what == USUAL:
        if own is not None:
            return None
        return (
            "day",
            _day(one),
            "không có mục nào để rút lại cho phạm vi này.",
            "has no entry to take back for this scope.",
        )
    if own is not None and ANNOUNCED in {one.what, own.what} and one.what != own.what:
        vi, en = WORD_NAMES[own.what]
        return (
            "day",
            _day(one),
            f"đang giữ mục “{vi}”. Rút mục đó trước (như thường lệ).",
            f"holds the entry “{en}”. Take that back first (as usual).",
        )
    if one.what == ANNOUNCED:
        provisional = one.day.year in vietnam_calendar((one.day.year,)).provisional_years
        if provisional and own is None:
            return None
        return (
            "day",
            f"{one.day.year}",
            "là năm đã có lịch nghỉ chính thức.",
            "is a year whose days off are announced already.",
        )
    if own is not None:
        same = own.what == one.what and own.provisional == one.provisional
    else:
        same = _without_own(one, now, new, held) == one.what
    if not same:
        return None
    vi, en = WORD_NAMES[one.what]
    return (
        "day",
        _day(one),
        f"đã là {vi} rồi. Bỏ dòng này, hoặc kiểm tra lại ngày và phạm vi.",
        f"is a {en} already. Remove the entry, or check day and scope.",
    )


def _without_own(
    one: DatedDay, now: Mapping[Key, DatedDay], new: Mapping[Key, DatedDay], held: HeldDays
) -> str:
    """What the day is for a unit by everything that is not the unit's own entry."""
    above = ("", *held.above.get(one.unit, ())) if one.unit else ()
    for unit in reversed(above):
        told = new.get((one.day, unit)) or now.get((one.day, unit))
        if told is not None and told.what in (OFF, WORKED, HALF):
            return told.what
    return WORKED if _year(one.day.year).is_working_day(one.day) else OFF


@cache
def _year(year: int) -> Calendar:
    return vietnam_calendar((year,))


def _day(one: DatedDay) -> str:
    shown = f"{one.day:%d/%m/%Y}"
    return f"{shown} ({one.unit})" if one.unit else shown
