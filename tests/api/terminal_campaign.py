"""A small campaign on a SQLite file, lived by commands with a clock that is set, for the tests of the CLI."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from api.wiring import Service, build
from handlers.demo_roster import FILE_NAME, demo_workbook
from handlers.opening import open_campaign
from handlers.roster_import import confirm_import, preview_import
from states.roles import Role
from tests.builders import written
from workflow import clock
from workflow.commands.asking import Actor, Request
from workflow.commands.campaign import PlanCampaign
from workflow.commands.meeting import AgendaItem, PlanMeeting, RecordMeeting
from workflow.commands.preparing import SendDraft
from workflow.errors import RulesFail

OFFICER = Actor(id="BTC-01", role=Role.OFFICER, body="DB01")
SECRETARY = Actor(id="0001", role=Role.SECRETARY, body="CB01")
COLLECTIVE = "2016.collective.CB01"


class SetClock:
    """Stands where it is put, a moment later at each look."""

    def __init__(self, day: date) -> None:
        self.put(day)

    def put(self, day: date) -> None:
        self._now = datetime(day.year, day.month, day.day, 8, tzinfo=clock.ZONE)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def live(path: Path) -> None:
    """An open campaign; a report goes out too late for a meeting that is held anyway."""
    now = SetClock(date(2016, 12, 15))
    service = build(url_of(path), now=now)
    _open(service)
    now.put(date(2017, 1, 8))
    sent = date(2017, 1, 8)
    for command in (
        written(COLLECTIVE, date(2017, 1, 5), "01-BC/CB"),
        SendDraft(review=COLLECTIVE, on=sent, recipients=24),
    ):
        service.engine.handle(Request(command=command, actor=SECRETARY))
    too_early = PlanMeeting(
        meeting="M1",
        campaign="2016",
        organisation="CB01",
        venue="CB01",
        day=date(2017, 1, 9),
        items=(AgendaItem(review=COLLECTIVE, chair="0001"),),
    )
    with pytest.raises(RulesFail):
        service.engine.handle(Request(command=too_early, actor=SECRETARY))
    now.put(date(2017, 1, 10))
    took_place = RecordMeeting(
        meeting="M1",
        campaign="2016",
        organisation="CB01",
        venue="CB01",
        day=date(2017, 1, 9),
        items=(AgendaItem(review=COLLECTIVE, chair="0001"),),
        present=20,
        took_place=True,
    )
    service.engine.handle(Request(command=took_place, actor=SECRETARY))
    service.close()


def _open(service: Service) -> None:
    day = date(2016, 12, 15)
    preview = preview_import(service.engine, demo_workbook(), FILE_NAME, on=day, actor=OFFICER)
    confirm_import(service.engine, preview.import_id, actor=OFFICER)
    plan = PlanCampaign(
        campaign="2016", year=2016, rulebook="duk_2016", organisation="DB01", superior="KHOI", roster_day=day
    )
    service.engine.handle(Request(command=plan, actor=OFFICER))
    open_campaign(service.engine, OFFICER, "2016")
