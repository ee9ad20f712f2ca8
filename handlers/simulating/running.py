"""Runs the clock through a season on a private copy: the very sweep of the service, and nothing leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, and_, case, null, update

from deadlines.tables import DEADLINES
from handlers.calendar_days import composed, confirmed_days, with_change
from handlers.gather import FactsFromTables
from handlers.opening import open_campaign, read_campaign
from handlers.registry import react
from handlers.reminding.manner import USUAL, Manner
from handlers.reminding.run import sweep_once
from handlers.simulating.copying import Wanted, carry_over, empty_copy
from handlers.simulating.results import Marks, Simulation, read_marks, read_results
from handlers.simulating.swapping import swap_calendar, swap_rulebook
from states import campaign as life
from states.roles import Role
from workflow import clock, codec
from workflow.bodies import Campaign
from workflow.commands.asking import Actor, Request
from workflow.commands.calendar import DatedDay
from workflow.commands.campaign import PlanCampaign
from workflow.database import Database
from workflow.engine import Engine
from workflow.errors import BadInput
from workflow.events.campaign import CampaignPlanned
from workflow.log import Log
from workflow.rules.rulebook import Rulebook

INSTANTS: Final = (time(0, 5), time(12), time(17))
"""When the simulated service sweeps on each day (Asia/Ho_Chi_Minh), beside the hour of its letters: often
enough for whatever has an hour."""

DAYS_MAX: Final = 400
"""The longest season that is simulated: a year and a month more."""

Progress = Callable[[int, int], None]


class Assume(StrEnum):
    """What people do meanwhile: nothing, or every step in the evening of its last safe day."""

    NOTHING = "nothing"
    PLAN = "plan"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What is tried on a campaign from `first` to `last`, both included.

    `rulebook` stands in for the pinned one; `days` are calendar entries on top of the confirmed ones.
    `manner` is how the service tells people.
    """

    campaign: str
    first: date
    last: date
    rulebook: Rulebook | None = None
    days: tuple[DatedDay, ...] = ()
    assume: Assume = Assume.NOTHING
    manner: Manner = USUAL


class _Clock:
    """The clock of the copy: stands where it is put, a moment later at each look."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        self._now += timedelta(microseconds=1)
        return self._now

    def put(self, at: datetime) -> None:
        """Go to an instant."""
        self._now = at


@dataclass(frozen=True, kw_only=True)
class LivedCopy:
    """The copy after its last day: `marks` say where its tables stood when the first day began."""

    database: Database
    rulebook: Rulebook
    marks: Marks


def simulate(engine: Engine, trial: Trial, progress: Progress = lambda done, of: None) -> Simulation:
    """Live the days of a campaign on a copy and tell what the sweep would have said; nothing here is written.

    Raises what `lived_on_a_copy` raises.
    """
    with lived_on_a_copy(engine, trial, progress) as lived, lived.database.read() as connection:
        return read_results(connection, trial.campaign, lived.rulebook, trial.first, trial.last, lived.marks)


@contextmanager
def lived_on_a_copy(
    engine: Engine, trial: Trial, progress: Progress = lambda done, of: None
) -> Iterator[LivedCopy]:
    """The days of a trial, swept one by one on a copy that is gone afterwards.

    A planned campaign is opened in the copy on the first day. Of an open one what was done stays done, and
    what was due before the first day is taken as told. NotFound or BadInput where there is nothing to live.
    """
    campaign = read_campaign(engine, trial.campaign)
    _check(campaign, trial)
    with engine.database.read() as connection:
        pinned = engine.rulebook(connection, campaign.rulebook_hash)
        tried = _tried(connection, trial, campaign, pinned)
    wanted = Wanted(
        campaign=campaign.id,
        organisation=campaign.organisation,
        rulebook_hash=campaign.rulebook_hash,
        lived=campaign.stage != life.PLANNED,
        log=trial.rulebook is not None,
    )
    with empty_copy() as copy:
        with engine.database.read() as source, copy.write() as target:
            carry_over(source, target, wanted)
        now = _Clock(_at(trial.first, time()))
        private = Engine(copy, gather=FactsFromTables(), react=react, now=now, load_rulebook=lambda _: tried)
        if not wanted.lived:
            _open(private, _planning_of(engine, campaign.id))
        else:
            with copy.write() as connection:
                if trial.rulebook is not None:
                    swap_rulebook(connection, campaign.id, tried)
                elif tried.calendar != pinned.calendar:
                    swap_calendar(connection, campaign.id, tried, trial.first)
            sweep_once(private, _at(trial.first, time()) - timedelta(minutes=1), manner=trial.manner)
        with copy.read() as connection:
            marks = read_marks(connection)
        _live(private, now, trial, progress)
        yield LivedCopy(database=copy, rulebook=tried, marks=marks)


def _check(campaign: Campaign, trial: Trial) -> None:
    if campaign.stage not in (life.PLANNED, life.OPEN):
        vi, en = life.NAMES[campaign.stage]
        raise BadInput(
            "campaign",
            campaign.id,
            f"– {vi}: chỉ chạy thử được đợt đã lập kế hoạch hoặc đang diễn ra.",
            f"– {en}: only a campaign that is planned or open can be simulated.",
        )
    days = (trial.last - trial.first).days + 1
    if not 1 <= days <= DAYS_MAX:
        raise BadInput(
            "to",
            f"{trial.last:%d/%m/%Y}",
            f"phải từ {trial.first:%d/%m/%Y} trở đi, nhiều nhất {DAYS_MAX} ngày.",
            f"has to be {trial.first:%d/%m/%Y} or later, {DAYS_MAX} days at most.",
        )


def _tried(connection: Connection, trial: Trial, campaign: Campaign, pinned: Rulebook) -> Rulebook:
    """The rulebook of the trial with the days of the trial; the pinned calendar where no days are tried."""
    calendar = pinned.calendar
    if trial.days:
        years = calendar.years
        days = with_change(confirmed_days(connection, years), trial.days)
        calendar = composed(connection, years, campaign.organisation, campaign.roster_day, days)
    book = trial.rulebook or pinned
    return book if calendar == book.calendar else replace(book, calendar=calendar)


def _planning_of(engine: Engine, campaign: str) -> PlanCampaign:
    """The order a campaign was planned by, from its first event."""
    stream = f"campaign/{campaign}"
    with engine.database.read() as connection:
        first = Log(connection).read([stream])[stream][0]
    event = codec.decode(first.name, first.schema_version, first.data)
    assert isinstance(event, CampaignPlanned), "a campaign begins with its plan"
    return PlanCampaign(
        campaign=event.campaign,
        year=event.year,
        period=event.period,
        quarter=event.quarter,
        rulebook=event.rulebook,
        organisation=event.organisation,
        superior=event.superior,
        roster_day=event.roster_day,
    )


def _open(engine: Engine, planned: PlanCampaign) -> None:
    """Plan and open the campaign in the copy, as its officer would on the first day."""
    officer = Actor(id="simulate", role=Role.OFFICER, body=planned.organisation)
    engine.handle(Request(command=planned, actor=officer))
    open_campaign(engine, officer, planned.campaign)


def _live(engine: Engine, now: _Clock, trial: Trial, progress: Progress) -> None:
    days = (trial.last - trial.first).days + 1
    instants = sorted({*INSTANTS, trial.manner.digest_at})
    for number in range(days):
        day = trial.first + timedelta(days=number)
        if trial.assume is Assume.PLAN:
            with engine.database.write() as connection:
                _take_steps_before(connection, day)
        for instant in instants:
            now.put(_at(day, instant))
            sweep_once(engine, now(), manner=trial.manner)
        progress(number + 1, days)


def _take_steps_before(connection: Connection, day: date) -> None:
    """Whatever was to be done by an earlier safe day was done in its evening, or as soon as it was owed."""
    taken_on = case(
        (DEADLINES.c.safe_day < DEADLINES.c.opened_on, DEADLINES.c.opened_on), else_=DEADLINES.c.safe_day
    )
    still_open = and_(DEADLINES.c.done_on.is_(None), DEADLINES.c.dropped.is_(False))
    connection.execute(
        update(DEADLINES)
        .where(still_open, taken_on < day)
        .values(done_on=taken_on, next_on=null(), overdue=False)
    )


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, clock.ZONE)
