"""The calendar of a year for people: what days are and by which document, changes, the dates they move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from sqlalchemy import Connection, select

from handlers.access.scope import Scope
from handlers.calendar_adopting import adoptions
from handlers.calendar_days import confirmed_days
from handlers.calendar_tables import CALENDAR_CHANGES
from handlers.deadline_moves import MovedDate
from handlers.roster_facts import superiors_of
from handlers.tables import CAMPAIGNS
from states import calendar as life
from states.roles import Role
from workflow import codec
from workflow.calendar_changes import CalendarChange
from workflow.commands.calendar import ANNOUNCED, HALF, OFF, WORKED
from workflow.dated_days import FIRST_YEAR, LAST_YEAR
from workflow.days import SATURDAY
from workflow.decreed import decreed_days
from workflow.errors import BadInput, NotFound
from workflow.events.calendar import CalendarAdopted
from workflow.folding import fold_stored
from workflow.log import Log

HOLIDAY, SWAP, ENTRY = "holiday", "swap", "entry"
CHANGES_MAX: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialDay:
    """A day that is not what its weekday says: off, worked or half, and by what.

    `because` is "holiday", "swap" or "entry"; `name_vi` and `name_en` the holiday, `source` the document.
    `unit` is the body whose own entry it is, empty where it is everyone's.
    """

    day: date
    what: str
    because: str
    name_vi: str = ""
    name_en: str = ""
    source: str = ""
    unit: str = ""
    provisional: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class YearShown:
    """One year of everyone's calendar, or of a unit's; `provisional` while its days off are not announced.

    `announced_by` is the document that says they are, where an entry does.
    """

    year: int
    unit: str
    provisional: bool
    announced_by: str
    special: tuple[SpecialDay, ...]
    working_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignMoved:
    """What a change moves, or moved, in one campaign."""

    campaign: str
    moved: tuple[MovedDate, ...]

    @property
    def items(self) -> int:
        """How many open rows have another date."""
        return sum(one.items for one in self.moved)


def year_shown(connection: Connection, year: int, unit: str, today: date) -> YearShown:
    """The days of a year for everyone (`unit` empty), or for a body by its own and its superiors' entries.

    BadInput for a year nobody can answer for, NotFound for a body that is not on the roster today.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(
            "year",
            str(year),
            f"nằm ngoài các năm {FIRST_YEAR}–{LAST_YEAR}.",
            f"lies outside {FIRST_YEAR} to {LAST_YEAR}.",
        )
    chain: tuple[str, ...] = ("",)
    if unit:
        above = superiors_of(connection, [unit], today)
        if unit not in above:
            raise NotFound("organisation", unit)
        chain = ("", *reversed(above[unit]), unit)
    held = confirmed_days(connection, {year})
    special = _legal(year)
    for place in chain:
        special |= {
            one.day: SpecialDay(
                day=one.day,
                what=one.what,
                because=ENTRY,
                source=one.document,
                unit=one.unit,
                provisional=one.provisional,
            )
            for one in held
            if one.unit == place and one.what in (OFF, WORKED, HALF)
        }
    announced = next((one.document for one in held if one.what == ANNOUNCED), "")
    return YearShown(
        year=year,
        unit=unit,
        provisional=year > decreed_days().last_year and not announced,
        announced_by=announced,
        special=tuple(sorted(special.values(), key=lambda one: one.day)),
        working_days=sum(_is_worked(day, special) for day in _days_of(year)),
    )


def changes_shown(connection: Connection) -> tuple[CalendarChange, ...]:
    """The newest changes with their days: those to be confirmed first, then by the day proposed."""
    pending = CALENDAR_CHANGES.c.stage == life.PROPOSED
    chosen = (
        select(CALENDAR_CHANGES.c.change)
        .order_by(pending.desc(), CALENDAR_CHANGES.c.proposed_on.desc(), CALENDAR_CHANGES.c.change.desc())
        .limit(CHANGES_MAX)
    )
    names = connection.execute(chosen).scalars().all()
    told = _fold(connection, names)
    return tuple(told[name] for name in names)


def change_shown(connection: Connection, name: str) -> CalendarChange:
    """One change; NotFound where nobody proposed it."""
    found = _fold(connection, [name])[name]
    if not found.version:
        raise NotFound("calendar_change", name)
    return found


def moves_seen(
    connection: Connection, scope: Scope, moves: Iterable[CampaignMoved]
) -> tuple[CampaignMoved, ...]:
    """Of what a change moves, the dates of bodies in scope.

    An administrator keeps the calendar of everybody, and a date is nothing that was said of anybody.
    """
    if scope.actor.role is Role.ADMINISTRATOR:
        return tuple(moves)
    campaigns, held = scope.seen_campaigns(connection), scope.held(connection)
    found = (
        one
        if campaigns.get(one.campaign)
        else replace(one, moved=tuple(date for date in one.moved if date.organisation in held))
        for one in moves
        if one.campaign in campaigns
    )
    return tuple(one for one in found if one.moved)


def moved_by(connection: Connection, change: CalendarChange, today: date) -> tuple[CampaignMoved, ...]:
    """Every date a confirmed change moved, a proposed one would move; nothing for one that was withdrawn."""
    if change.stage == life.PROPOSED:
        return tuple(
            CampaignMoved(campaign=one.campaign, moved=one.moved)
            for one in adoptions(connection, change, today)
        )
    if change.stage != life.CONFIRMED:
        return ()
    campaigns = connection.execute(select(CAMPAIGNS.c.campaign).order_by(CAMPAIGNS.c.campaign)).scalars()
    streams = {f"campaign/{name}": name for name in campaigns}
    found = []
    for stream, told in Log(connection).tell(streams).items():
        for one in told:
            if one.name != "calendar_adopted":
                continue
            event = codec.decode(one.name, one.schema_version, one.data)
            if isinstance(event, CalendarAdopted) and event.change == change.id:
                found.append(CampaignMoved(campaign=streams[stream], moved=_moved(event)))
    return tuple(found)


def free_name(connection: Connection, today: date) -> str:
    """A name nobody gave to a change: LICH-20261128-1."""
    start = f"LICH-{today:%Y%m%d}-"
    chosen = select(CALENDAR_CHANGES.c.change).where(CALENDAR_CHANGES.c.change.startswith(start))
    taken = set(connection.execute(chosen).scalars())
    return next(name for n in range(1, len(taken) + 2) if (name := f"{start}{n}") not in taken)


def _fold(connection: Connection, names: Iterable[str]) -> dict[str, CalendarChange]:
    streams = {f"calendar/{name}": name for name in names}
    found = {}
    for stream, told in Log(connection).tell(streams).items():
        body = fold_stored(stream, told)
        assert isinstance(body, CalendarChange), "a calendar stream folds to a change"
        found[streams[stream]] = body
    return found


def _moved(event: CalendarAdopted) -> tuple[MovedDate, ...]:
    found = []
    for told in event.moved:
        organisation, kind, gate, rule, subject, before_last, after_last, before_safe, after_safe, items = (
            told
        )
        found.append(
            MovedDate(
                organisation=organisation,
                kind=kind,
                gate=gate,
                rule=rule,
                subject=subject,
                before_last=before_last,
                after_last=after_last,
                before_safe=before_safe,
                after_safe=after_safe,
                items=items,
            )
        )
    return tuple(found)


def _legal(year: int) -> dict[date, SpecialDay]:
    """Public holidays with their compensating days, and swaps by decree."""
    vi, en, worked = _holidays(year)
    found = {
        day: SpecialDay(day=day, what=OFF, because=HOLIDAY, name_vi=name, name_en=en[day])
        for day, name in vi.items()
    }
    found |= {day: SpecialDay(day=day, what=WORKED, because=SWAP) for day in worked}
    for swap in decreed_days().swaps:
        for day, what in ((swap.day_off, OFF), (swap.worked_day, WORKED)):
            if day.year == year:
                found[day] = SpecialDay(day=day, what=what, because=SWAP, source=swap.source)
    return found


@cache
def _holidays(year: int) -> tuple[Mapping[date, str], Mapping[date, str], frozenset[date]]:
    """The holidays of a year in Vietnamese and English, and Saturdays worked for a day off."""
    from holidays import country_holidays  # slow to import, and only a page of the calendar needs names

    vi = country_holidays("VN", years=year, language="vi")
    en = country_holidays("VN", years=year, language="en_US")
    kept = {day: name for day, name in vi.items() if day.year == year}
    worked = frozenset(day for day in vi.weekend_workdays if day.year == year)
    return kept, {day: en[day] for day in kept}, worked


def _days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def _is_worked(day: date, special: Mapping[date, SpecialDay]) -> bool:
    told = special.get(day)
    return day.weekday() < SATURDAY if told is None else told.what in (WORKED, HALF)
