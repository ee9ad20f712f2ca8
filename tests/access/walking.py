"""A town with one of everything, all of it of the first cell, and the requests that ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import httpx2
from fastapi import FastAPI
from sqlalchemy import select
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from api.actors import HEADER, actor_text
from api.app import create_app
from api.permissions import BY_ROUTE, About, Row
from api.settings import Settings
from api.wiring import Service
from handlers.tables import BALLOTS, BUNDLES, MEETINGS
from tests.builders import BASE, BLOC, BOARD, CAMPAIGN, DECIDED, FIRST, SECOND, collective, member
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.plan import DrawUpPlan, PlanItem
from workflow.commands.reward import ProposeReward
from workflow.database import Database

LEVELS = {"0101": "HTXSNV"}
SUBJECT = "0101"
"""Whose review it is: the head of the first cell."""

PLACES: Mapping[str, str] = {
    "inside": FIRST,
    "beside": SECOND,
    "above": BASE,
    "top": BLOC,
    "elsewhere": "CB99",
}
"""Where a capacity is held, as seen from the first cell."""


def routes_of(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and address the application answers to, its included routers opened up."""
    for route in app.routes:
        if isinstance(route, Mount):
            yield "GET", f"{route.path}/{{path}}"
        elif isinstance(route, Route):
            yield from ((method, route.path) for method in route.methods or ())
        else:
            for inner in route.effective_route_contexts():  # type: ignore[attr-defined]  # a router taken in whole
                yield from ((method, inner.path) for method in inner.methods)


@dataclass(frozen=True)
class Walked:
    """The application on the town, and the names of the things in it."""

    town: Town
    client: TestClient
    names: Mapping[str, str]

    @classmethod
    def on(cls, database: Database) -> Walked:
        """A season lived to its end in the first cell, with a plan and a reward."""
        town = Town.on(database).open()
        town.make_ready(levels=LEVELS)
        town.meet(levels=LEVELS)
        town.submit()
        town.appraise()
        town.decide()
        town.now.put(DECIDED)
        item = PlanItem(key="1", responsible=SUBJECT, due=date(2017, 6, 30), weakness="w", remedy="r")
        plan = DrawUpPlan(plan="P1", review=member(SUBJECT), items=(item,), on=DECIDED)
        town.do(plan, town.secretary(FIRST))
        reward = ProposeReward(
            reward="R1",
            review=member(SUBJECT),
            award="GIAY_KHEN",
            granted_by="grassroots",
            by=BASE,
            on=DECIDED,
        )
        town.do(reward, BOARD)
        with database.read() as connection:
            meeting, ballot, submission = (
                str(connection.execute(select(key)).scalars().first())
                for key in (MEETINGS.c.meeting, BALLOTS.c.ballot, BUNDLES.c.submission)
            )
        app = create_app(Service(town.database, town.engine), Settings(development=True))
        names = {
            "campaign": CAMPAIGN,
            "organisation": FIRST,
            "review": member(SUBJECT),
            "meeting": meeting,
            "ballot": ballot,
            "submission": submission,
            "plan": "P1",
            "reward": "R1",
        }
        client = TestClient(app, raise_server_exceptions=True, follow_redirects=False)
        return cls(town, client, names)

    @property
    def app(self) -> FastAPI:
        """The application under the client."""
        app = self.client.app
        assert isinstance(app, FastAPI)
        return app

    def address(self, path: str, row: Row | None, names: Mapping[str, str] | None = None) -> str:
        """An address filled in with the things of the town or with others; `1` for what is no thing."""
        filled = {**self.names, **(names or {})}
        found = re.sub(r"{(\w+)}", lambda noun: filled.get(noun[1], "1"), path)
        if row is not None and row.about is About.CAMPAIGN and "{campaign}" not in path:
            found += f"?campaign={filled['campaign']}"
        return found

    def ask(
        self, method: str, path: str, actor: Actor | None, names: Mapping[str, str] | None = None
    ) -> httpx2.Response:
        """The answer to an address filled in; what is sent is empty, so that nothing is ever done by it."""
        address = self.address(path, BY_ROUTE.get(f"{method} {path}"), names or {})
        headers = {"Accept": "application/json"}
        if actor is not None:
            headers[HEADER] = actor_text(actor)
        return self.client.request(method, address, headers=headers)


COLLECTIVE = collective(FIRST)
