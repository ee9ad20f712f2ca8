"""What a change of the calendar means for campaigns not yet closed: another calendar, moved dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, select, union

from handlers.calendar_days import composed, confirmed_days, held_days, with_change
from handlers.calendar_tables import CALENDAR_CHANGES
from handlers.deadline_context import rulebook_of
from handlers.deadline_moves import MovedDate, move_dates, moved_dates
from handlers.tables import CAMPAIGNS, REVIEWS, SESSIONS
from states import calendar as change_life
from states import campaign as life
from workflow.calendar_changes import CalendarChange
from workflow.commands.calendar import ProposeCalendarChange
from workflow.days import ZONE
from workflow.decide import Extras
from workflow.events.calendar import CalendarAdopted
from workflow.gathering import Moved, Standing
from workflow.rules.rulebook import Rulebook
from workflow.stages.calendar import Adopting, CalendarHeld


@dataclass(frozen=True, kw_only=True, slots=True)
class Adoption:
    """One campaign that will count by another calendar: its rulebook before and after, the dates it moves."""

    campaign: str
    before: Rulebook
    after: Rulebook
    moved: tuple[MovedDate, ...]


def adoptions(connection: Connection, change: CalendarChange, today: date) -> tuple[Adoption, ...]:
    """Every campaign not yet closed whose calendar the change alters, in order."""
    found = []
    chosen = select(CAMPAIGNS).where(CAMPAIGNS.c.stage != life.CLOSED).order_by(CAMPAIGNS.c.campaign)
    for row in connection.execute(chosen).all():
        before = rulebook_of(connection, row.rulebook_hash)
        years = before.calendar.years
        if not any(one.day.year in years for one in change.days):
            continue
        days = with_change(confirmed_days(connection, years), change.days)
        calendar = composed(connection, years, row.organisation, row.roster_day, days)
        if calendar == before.calendar:
            continue
        after = replace(before, calendar=calendar)
        moved = moved_dates(connection, row.campaign, before, after, today)
        found.append(Adoption(campaign=row.campaign, before=before, after=after, moved=moved))
    return tuple(found)


def calendar_extras(connection: Connection, standing: Standing) -> Extras:
    """What proposing and confirming is decided on; the new rulebooks are kept when it is carried out."""
    command = standing.request.command
    if isinstance(command, ProposeCalendarChange):
        return Extras(
            calendar=CalendarHeld(held=held_days(connection, command.days, standing.today), number=0)
        )
    change = next(body for body in standing.bodies.values() if isinstance(body, CalendarChange))
    adopting: tuple[Adoption, ...] = ()
    if change.stage == change_life.PROPOSED:
        adopting = adoptions(connection, change, standing.today)
    return Extras(
        calendar=CalendarHeld(
            held=held_days(connection, change.days, standing.today),
            number=_confirmed(connection) + 1,
            adopting=tuple(Adopting(campaign=one.campaign, adopted=_told(one, change)) for one in adopting),
        ),
        rulebooks=tuple(one.after.canonical_bytes() for one in adopting),
    )


def calendar_guards(connection: Connection, standing: Standing) -> Sequence[str]:
    """The organisations of every campaign read: nobody dates a step by the old calendar meanwhile."""
    campaigns = [body.id for name, body in standing.bodies.items() if name.startswith("campaign/")]
    chosen = union(
        select(REVIEWS.c.campaign, REVIEWS.c.organisation).where(REVIEWS.c.campaign.in_(campaigns)),
        select(SESSIONS.c.campaign, SESSIONS.c.venue).where(SESSIONS.c.campaign.in_(campaigns)),
    )
    return tuple(f"organisation:{campaign}/{body}" for campaign, body in connection.execute(chosen))


def adopt_calendar(connection: Connection, moved: Sequence[Moved]) -> None:
    """Date the book of every campaign that took another calendar anew, as of the day it did."""
    for one in moved:
        for event, stored in zip(one.events, one.stored, strict=True):
            if isinstance(event, CalendarAdopted):
                after = rulebook_of(connection, event.rulebook_hash)
                day = stored.recorded_at.astimezone(ZONE).date()
                move_dates(connection, one.after.id, after, day)


def _confirmed(connection: Connection) -> int:
    chosen = select(func.count()).where(CALENDAR_CHANGES.c.stage == change_life.CONFIRMED)
    return int(connection.execute(chosen).scalar_one())


def _told(adoption: Adoption, change: CalendarChange) -> CalendarAdopted:
    return CalendarAdopted(
        change=change.id,
        rulebook_hash=adoption.after.hash,
        was_hash=adoption.before.hash,
        calendar_version=adoption.after.calendar.version,
        was_version=adoption.before.calendar.version,
        moved=tuple(
            (
                one.organisation,
                one.kind,
                one.gate,
                one.rule,
                one.subject,
                one.before_last,
                one.after_last,
                one.before_safe,
                one.after_safe,
                one.items,
            )
            for one in adoption.moved
        ),
        document=change.document,
        reason=change.reason,
    )
