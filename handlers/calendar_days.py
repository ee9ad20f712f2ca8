"""The administrator's confirmed days, and the calendar they give a campaign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, or_, select

from handlers.calendar_tables import CALENDAR_DAYS
from handlers.roster_facts import superiors_of
from handlers.roster_tables import ORGANISATIONS
from handlers.tables import CAMPAIGNS
from states import campaign as life
from workflow.commands.calendar import USUAL, DatedDay
from workflow.commands.campaign import PlanCampaign
from workflow.dated_days import Branch, HeldDays, compose
from workflow.days import Calendar
from workflow.rules.rulebook import Rulebook


def confirmed_days(connection: Connection, years: Collection[int]) -> tuple[DatedDay, ...]:
    """The entries that hold in these years, by day and unit; what was taken back is left out."""
    if not years:
        return ()
    chosen = (
        select(CALENDAR_DAYS)
        .where(
            CALENDAR_DAYS.c.day >= date(min(years), 1, 1),
            CALENDAR_DAYS.c.day <= date(max(years), 12, 31),
            CALENDAR_DAYS.c.what != USUAL,
        )
        .order_by(CALENDAR_DAYS.c.day, CALENDAR_DAYS.c.unit)
    )
    return tuple(
        DatedDay(
            day=row.day, what=row.what, unit=row.unit, provisional=row.provisional, document=row.document
        )
        for row in connection.execute(chosen)
        if row.day.year in years
    )


def with_change(held: Iterable[DatedDay], changed: Iterable[DatedDay]) -> tuple[DatedDay, ...]:
    """Confirmed entries with those of a change on top, `usual` taking one away."""
    together = {(one.day, one.unit): one for one in (*held, *changed)}
    return tuple(one for one in together.values() if one.what != USUAL)


def held_days(connection: Connection, days: Sequence[DatedDay], today: date) -> HeldDays:
    """What proposed entries are checked against: confirmed ones of their years, and where units stand."""
    units = {one.unit for one in days} - {""}
    above = superiors_of(connection, units, today) if units else {}
    return HeldDays(
        days=confirmed_days(connection, {one.day.year for one in days}),
        above={unit: tuple(reversed(chain)) for unit, chain in above.items()},
    )


def composed(
    connection: Connection, years: Collection[int], organisation: str, day: date, days: Sequence[DatedDay]
) -> Calendar:
    """The calendar of `years` for a body and all below it, as the tree was on a day, with these entries.

    Units are written out as the bodies of their branches, so that the calendar needs no roster afterwards.
    """
    units = {one.unit for one in days} - {""}
    return compose(years, days, branches(connection, units, organisation, day) if units else ())


def branches(
    connection: Connection, units: Collection[str], organisation: str, day: date
) -> tuple[Branch, ...]:
    """For each of these units the bodies at or below `organisation` that have no nearer one."""
    chosen = select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.superior_id).where(
        ORGANISATIONS.c.valid_from <= day,
        or_(ORGANISATIONS.c.valid_to.is_(None), ORGANISATIONS.c.valid_to > day),
        ORGANISATIONS.c.superseded_at.is_(None),
    )
    superior: Mapping[str, str | None] = {
        row.organisation_id: row.superior_id for row in connection.execute(chosen)
    }
    bodies: dict[tuple[str, ...], list[str]] = {}
    for body in superior:
        chain = _upwards(body, superior)
        own = tuple(name for name in chain if name in units)
        if own and organisation in chain:
            bodies.setdefault(own, []).append(body)
    return tuple(
        Branch(unit=own[0], bodies=tuple(sorted(found)), above=own[:0:-1])
        for own, found in sorted(bodies.items())
    )


def _upwards(body: str, superior: Mapping[str, str | None]) -> list[str]:
    """The body and those above it, nearest first."""
    chain = [body]
    while (above := superior.get(chain[-1])) is not None and above not in chain:
        chain.append(above)
    return chain


def planned_rulebook(connection: Connection, command: PlanCampaign, rulebook: Rulebook) -> Rulebook:
    """The rulebook with the calendar a campaign pins; itself where nothing has to be added.

    A rulebook read for other years gets those of the campaign too: its deadlines fall in year and year + 1.
    """
    held = set(rulebook.calendar.years)
    if not {command.year, command.year + 1} <= held:
        held |= set(range(command.year - 1, command.year + 3))
    days = confirmed_days(connection, held)
    if not days and len(held) == len(rulebook.calendar.years):
        return rulebook
    calendar = composed(connection, held, command.organisation, command.roster_day, days)
    return rulebook if calendar == rulebook.calendar else replace(rulebook, calendar=calendar)


def open_campaigns(connection: Connection) -> tuple[str, ...]:
    """Every campaign that is not closed, in order."""
    chosen = (
        select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.stage != life.CLOSED).order_by(CAMPAIGNS.c.campaign)
    )
    return tuple(connection.execute(chosen).scalars())
