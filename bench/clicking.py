"""Two hundred people clicking on two workers over PostgreSQL, signed in, from a process of their own.

The load is bounded: everybody reads for some seconds between two clicks. What is measured is what they wait
for; they, the two workers and PostgreSQL share the machine's cores.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import URL, Connection

from api.sign_in.cookies import NAME
from api.wiring import Service, build
from bench.places import new_database
from bench.serving import serving
from bench.town import BASE, CAMPAIGN, OFFICER, SetClock, cell_name, member_name, plan, write_town
from handlers.access.first import give_at_set_up
from handlers.accounts.book import by_person, make_account
from handlers.accounts.sessions import Lasting, begin
from handlers.opening import open_campaign
from states.roles import Role

WORKERS = 2
PAUSE_SECONDS = (4.0, 16.0)
"""How long somebody reads before the next click: ten seconds in the middle."""

SUPERVISORS = (Role.OFFICER, Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE, Role.AUDITOR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clicked:
    """How long people waited, in milliseconds; `slowest` names the kind of page with the longest p99."""

    people: int
    reviews: int
    seconds: float
    clicks: int
    wrong: int
    first_wrong: str
    p50: float
    p95: float
    p99: float
    longest: float
    slowest: str
    by_kind: dict[str, tuple[int, float, float]]
    """Kind of page -> clicks, p50, p99."""


def measure(server: URL, *, cells: int, members: int, people: int, seconds: float) -> Clicked:
    """A town of so many cells of so many members; so many people click for so many seconds."""
    with new_database("postgresql", server) as url:
        service = build(url, now=SetClock())
        write_town(service, cells=cells, members=members)
        for number, role in enumerate(SUPERVISORS):
            give_at_set_up(service.engine, f"CQ{number}", role, BASE, document="QĐ 1-QĐ/ĐU")
        plan(service)
        open_campaign(service.engine, OFFICER, CAMPAIGN)
        told = list(_people(service, cells=cells, members=members, people=people))
        service.close()
        with serving(url, workers=WORKERS, told={"KIEMDIEM_DEMO": "1"}) as address:
            found = _load(address, told, seconds)
    return _counted(found, people=people, reviews=cells * (members + 2), seconds=seconds)


def _people(service: Service, *, cells: int, members: int, people: int) -> Iterator[dict[str, Any]]:
    """Who clicks what: of twenty people fourteen keep a cell, four are members, two look from above."""
    for number in range(people):
        cell = number * cells // people
        code = cell_name(cell)
        post = number % 20
        if post < 14:
            person, capacity = member_name(cell, 0), f"{Role.SECRETARY}@{code}"
            other = f"{CAMPAIGN}.member.{member_name(cell, 2 + number % (members - 2))}"
            pages = [
                ("today", "/"),
                ("cell", f"/c/{CAMPAIGN}/o/{code}"),
                ("review", f"/r/{other}"),
                ("plan of a cell", f"/c/{CAMPAIGN}/o/{code}/season"),
                ("replay", f"/r/{other}/history"),
            ]
            if post == 0:  # a meeting is planned once or twice a year, the plan looked at every day
                pages.append(("days to meet", f"/c/{CAMPAIGN}/o/{code}/season?days=proposed"))
        elif post < 18:
            person, capacity = member_name(cell, members - 1), f"{Role.MEMBER}@{code}"
            own = f"{CAMPAIGN}.member.{person}"
            pages = [("today", "/"), ("review", f"/r/{own}"), ("replay", f"/r/{own}/history")]
            other = own
        else:
            role = SUPERVISORS[number % len(SUPERVISORS)]
            person, capacity = f"CQ{SUPERVISORS.index(role)}", f"{role}@{BASE}"
            other = f"{CAMPAIGN}.member.{member_name(cell, 3)}"
            pages = [
                ("board", f"/c/{CAMPAIGN}"),
                ("season", f"/c/{CAMPAIGN}/season"),
                ("cell", f"/c/{CAMPAIGN}/o/{code}"),
                ("review", f"/r/{other}"),
            ]
        token = _signed_in(service, person, capacity)
        yield {
            "cookies": {NAME: token},
            "pages": pages,
            "pause": PAUSE_SECONDS,
            "sends_from": "review" if post < 14 else None,
            "sends": "/preparation",
        }


def _signed_in(service: Service, person: str, capacity: str) -> str:
    """The token of a session of this person, whose account is made where there is none."""
    now = service.engine.now()
    with service.database.write() as connection:
        account = _account(connection, person, now)
        token, _ = begin(connection, account, now, Lasting(), capacity=capacity)
    return token


def _account(connection: Connection, person: str, now: datetime) -> str:
    known = by_person(connection, person)
    if known is None:
        known = make_account(connection, login=f"nguoi.{person}", person=person, at=now, by="bench")
    return known.account


def _load(address: str, people: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    told = {"address": address, "seconds": seconds, "people": people}
    done = subprocess.run(
        [sys.executable, "-m", "bench.clickers"],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 120,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _counted(found: dict[str, Any], *, people: int, reviews: int, seconds: float) -> Clicked:
    by_kind = {
        kind: (len(took), _part(took, 50), _part(took, 99)) for kind, took in sorted(found["took"].items())
    }
    every = [one for took in found["took"].values() for one in took]
    return Clicked(
        people=people,
        reviews=reviews,
        seconds=seconds,
        clicks=len(every),
        wrong=len(found["wrong"]),
        first_wrong=found["wrong"][0] if found["wrong"] else "",
        p50=_part(every, 50),
        p95=_part(every, 95),
        p99=_part(every, 99),
        longest=max(every) * 1000,
        slowest=max(by_kind, key=lambda kind: by_kind[kind][2]),
        by_kind=by_kind,
    )


def _part(took: list[float], percent: int) -> float:
    """The smallest time, in milliseconds, that so many of a hundred do not exceed."""
    ordered = sorted(took)
    return ordered[-(-len(ordered) * percent // 100) - 1] * 1000
