"""A service for tests of the API: a clock that is put, people who act, an opened campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from api.actors import HEADER, actor_text
from api.app import create_app
from api.settings import Settings
from api.wiring import Service, build
from handlers.demo_roster import FILE_NAME, demo_workbook
from handlers.opening import open_campaign
from handlers.roster_import import confirm_import, preview_import
from states.roles import Role
from workflow import clock
from workflow.commands.asking import Actor, Request
from workflow.commands.campaign import PlanCampaign

OFFICER = Actor(id="BTC-01", role=Role.OFFICER, body="DB01")
BOARD = Actor(id="BTC-01", role=Role.ORGANISATION_BOARD, body="DB01")
STRANGER = Actor(id="0999", role=Role.SECRETARY, body="CB09")
OPENED_ON = date(2016, 12, 16)
PLAN = {
    "campaign": "2016",
    "year": 2016,
    "rulebook": "duk_2016",
    "organisation": "DB01",
    "superior": "KHOI",
    "roster_day": "2016-12-16",
}


class PutClock:
    """Stands where it is put."""

    def __init__(self, day: date = OPENED_ON) -> None:
        self.put(day)

    def put(self, day: date) -> None:
        """It is ten in the morning of this day in Viet Nam."""
        self._now = datetime.combine(day, time(10), clock.ZONE)

    def __call__(self) -> datetime:
        self._now += timedelta(milliseconds=1)
        return self._now


@dataclass
class Served:
    """The application on a database, its clock, and clients that act as somebody."""

    app: FastAPI
    service: Service
    now: PutClock

    @classmethod
    def on(cls, url: str, now: PutClock | None = None, **settings: Any) -> Served:
        """The application in development mode on the database of this address."""
        now = now or PutClock()
        service = build(url, now=now)
        return cls(create_app(service, Settings(development=True, **settings)), service, now)

    def acting(self, actor: Actor, *, loud: bool = True, language: str = "") -> TestClient:
        """A client that acts as this person; a fault of the program is raised unless it is not `loud`."""
        return TestClient(
            self.app,
            headers={HEADER: actor_text(actor), "Accept-Language": language},
            raise_server_exceptions=loud,
        )


def secretary(body: str, person: str = "0001") -> Actor:
    """A secretary of a body."""
    return Actor(id=person, role=Role.SECRETARY, body=body)


def open_demo_campaign(service: Service) -> None:
    """The demo roster is imported and the campaign of 2016 opened."""
    engine = service.engine
    preview = preview_import(engine, demo_workbook(), FILE_NAME, on=date(2016, 12, 15), actor=OFFICER)
    confirm_import(engine, preview.import_id, actor=OFFICER)
    plan = {**PLAN, "roster_day": OPENED_ON}
    engine.handle(Request(command=PlanCampaign(**plan), actor=OFFICER))  # type: ignore[arg-type]  # as above
    open_campaign(engine, OFFICER, "2016")
