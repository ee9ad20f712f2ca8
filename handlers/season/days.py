"""The meeting planner: each day of a range as planning a meeting there would be answered, weighed and in
order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from deadlines.backward import plan
from deadlines.chains import HOLD
from deadlines.planner import WeighedDay, proposals, weigh
from deadlines.season import Season
from handlers.season.agenda import next_meeting
from handlers.season.meetings import kind_of
from handlers.season.plans import BodyPlan, body_plan
from states.roles import Role
from workflow.commands.asking import Actor, Request
from workflow.commands.meeting import PlanMeeting
from workflow.days import ONE_DAY
from workflow.decision import Decision
from workflow.engine import Engine
from workflow.errors import BadInput, RulesFail
from workflow.rules.finding import Finding

DAYS_MAX: Final = 62
"""Days looked at in one go: two months."""


@dataclass(frozen=True, kw_only=True)
class MeetingDays:
    """The days of a range for the next meeting of a body; `command` is that meeting, its day still open.

    `last` and `safe` are the last legal and the last safe day of the meeting in the backward plan. None of
    these where nothing is left to take. `left_out` says whether there are days that were not asked about.
    """

    season: Season
    days: tuple[WeighedDay, ...] = ()
    command: PlanMeeting | None = None
    last: date | None = None
    safe: date | None = None
    left_out: bool = False


def meeting_days_of(
    engine: Engine,
    campaign: str,
    organisation: str,
    today: date,
    first: date,
    last: date,
    *,
    enough: int | None = None,
) -> MeetingDays:
    """The days from `first` to `last`, both counted; days before today are left out.

    Each is judged as the command PlanMeeting would be now. Where `enough` is given, days are asked about in
    the order they would be proposed in, until so many are open: a day costs as much as the command itself.
    BadInput for a range that is turned round or longer than DAYS_MAX days; LookupError for an unknown
    campaign.
    """
    if last < first:
        raise BadInput(
            "to",
            f"{last:%d/%m/%Y}",
            f"sớm hơn ngày đầu {first:%d/%m/%Y}. Đổi lại hai ngày.",
            f"is earlier than the first day {first:%d/%m/%Y}. Swap the two.",
        )
    if (last - first).days >= DAYS_MAX:
        raise BadInput(
            "to",
            f"{last:%d/%m/%Y}",
            f"xa quá; mỗi lần xem được nhiều nhất {DAYS_MAX} ngày.",
            f"is too far off; at most {DAYS_MAX} days are looked at in one go.",
        )
    with engine.database.read() as connection:
        season, found = body_plan(connection, campaign, organisation, today)
        command = next_meeting(connection, campaign, organisation, today, max(first, today))
    if command is None:
        return MeetingDays(season=season)
    calendar = season.calendar_of(organisation)[1]
    if last.year not in calendar.years or first.year not in calendar.years:
        raise BadInput(
            "to",
            f"{last:%d/%m/%Y}",
            f"ngoài lịch của đợt, chỉ có các năm {calendar.years[0]}–{calendar.years[-1]}.",
            f"lies outside the campaign's calendar, which holds {calendar.years[0]} to {calendar.years[-1]}.",
        )
    held_by = _hold(season, found, command) if found is not None else (None, None)
    days = tuple(_between(max(first, today), last))
    refusals: dict[date, tuple[tuple[str, Finding], ...]] = {}
    left = enough
    for candidate in proposals(weigh(days, {}, calendar, *held_by)):
        if left == 0:
            break
        refusals[candidate.day] = refused_on(engine, command, candidate.day)
        if left is not None and not refusals[candidate.day]:
            left -= 1
    return MeetingDays(
        season=season,
        days=weigh(sorted(refusals), refusals, calendar, *held_by),
        command=command,
        last=held_by[0],
        safe=held_by[1],
        left_out=len(refusals) < len(days),
    )


def refused_on(engine: Engine, command: PlanMeeting, day: date) -> tuple[tuple[str, Finding], ...]:
    """What planning this meeting on `day` would be refused for now, by review; nothing where it would not be.

    Any other refusal, such as one of the agenda, is raised: it is none of a day.
    """
    secretary = Actor(id="", role=Role.SECRETARY, body=command.organisation)
    asked = Request(command=replace(command, day=day), actor=secretary)
    _, answer = engine.consider(asked)
    if isinstance(answer, Decision):
        return ()
    if isinstance(answer, RulesFail):
        return tuple(
            (about, finding) for (about, _, _), finding in zip(answer.each, answer.failed, strict=True)
        )
    raise answer


def _hold(season: Season, found: BodyPlan, command: PlanMeeting) -> tuple[date | None, date | None]:
    """The last legal and the last safe day of the sessions the meeting would take, on whatever day it is
    planned."""
    parts = [replace(part, meeting=None) for part in found.plan.parts]
    free = plan(season, found.body.organisation, found.body.venue_kind, parts)
    kinds = {kind_of(item.review) for item in command.items}
    steps = [step for step in free.steps if step.gate == HOLD and parts[step.part].kind in kinds]
    last = min((step.last for step in steps if step.last is not None), default=None)
    safe = min((step.safe for step in steps if step.safe is not None), default=None)
    return last, safe


def _between(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
