"""The month of a season: meetings held and planned, last legal and last safe days, and days off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import Connection

from api.pages.views_season import DayEntry, MonthDay, MonthView
from api.pages.visits import Visit
from deadlines.slack import is_worked
from handlers.names import names_on
from handlers.season.critical import FinalDate
from handlers.season.meetings import MeetingDay, meeting_days
from handlers.season.plans import CampaignPlans
from handlers.season.words import STEPS, chosen
from states import meeting as meeting_life
from workflow.days import Calendar

SHOWN_A_DAY: Final = 3
"""So many meetings of one day are named; of more, how many others."""


def month_view(
    connection: Connection,
    visit: Visit,
    campaign: str,
    plans: CampaignPlans,
    dates: Sequence[FinalDate],
    names: Mapping[str, str],
    of: date,
) -> MonthView:
    """The month a day lies in, filled up to whole weeks."""
    first = of.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    monday = first - timedelta(days=first.weekday())
    sunday = after + timedelta(days=(7 - after.weekday()) % 7)
    entries: dict[date, list[DayEntry]] = defaultdict(list)
    by_day: dict[date, list[MeetingDay]] = defaultdict(list)
    meetings = list(meeting_days(connection, campaign, monday, sunday))
    within = visit.within(connection, campaign)
    seen = within.bodies_among(connection, {meeting.venue for meeting in meetings})
    for meeting in meetings:
        if meeting.venue in seen:
            by_day[meeting.day].append(meeting)
    unnamed = {meeting.venue for meetings in by_day.values() for meeting in meetings} - names.keys()
    named = {**names, **names_on(connection, visit.today, bodies=unnamed).bodies}
    for day, meetings in by_day.items():
        entries[day] += _meetings(visit, campaign, meetings, named)
    for day, entry in _dates(visit, dates):
        entries[day].append(entry)
    calendar = plans.season.rulebook.calendar
    days = [monday + timedelta(days=n) for n in range((sunday - monday).days)]
    cells = [_cell(visit, calendar, day, first, after, tuple(entries[day])) for day in days]
    base = f"/c/{campaign}/season"
    before = first - timedelta(days=1)
    return MonthView(
        month=f"{first:%m/%Y}",
        weeks=tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7)),
        previous_href=f"{base}?month={before:%Y-%m}#month",
        next_href=f"{base}?month={after:%Y-%m}#month",
    )


def _cell(
    visit: Visit, calendar: Calendar, day: date, first: date, after: date, entries: tuple[DayEntry, ...]
) -> MonthDay:
    return MonthDay(
        day=day,
        off=not is_worked(calendar, day),
        half=calendar.is_half_day(day),
        today=day == visit.today,
        outside=not first <= day < after,
        entries=entries,
    )


def _meetings(
    visit: Visit, campaign: str, meetings: list[MeetingDay], names: Mapping[str, str]
) -> Iterator[DayEntry]:
    for meeting in meetings[:SHOWN_A_DAY]:
        kind: Literal["held", "planned"] = "held" if meeting.stage == meeting_life.HELD else "planned"
        name = names.get(meeting.venue, meeting.venue)
        yield DayEntry(kind=kind, text=name, href=f"/c/{campaign}/o/{meeting.venue}")
    more = len(meetings) - SHOWN_A_DAY
    if more > 0:
        text = visit.words.ngettext("và %(num)d cuộc họp nữa", "và %(num)d cuộc họp nữa", more)
        yield DayEntry(kind="planned", text=text % {"num": more})


def _dates(visit: Visit, dates: Sequence[FinalDate]) -> Iterator[tuple[date, DayEntry]]:
    """Last legal and last safe days, each step named once a day."""
    _ = visit.words.gettext
    said: set[tuple[date, str, str]] = set()
    for one in dates:
        owed = one.owed
        step = chosen(STEPS.get(owed.gate, STEPS["hold_session"]), visit.language)
        hour = f"{owed.hour} " if owed.hour else ""
        told: tuple[tuple[date, Literal["due", "safe"], str], ...] = (
            (owed.safe, "safe", _("An toàn cuối: %(step)s") % {"step": step}),
            (owed.last, "due", _("Hạn %(step)s") % {"step": f"{hour}{step}"}),
        )
        if owed.safe == owed.last:
            told = told[1:]
        for day, kind, text in told:
            if (day, kind, step) not in said:
                said.add((day, kind, step))
                yield day, DayEntry(kind=kind, text=text)
