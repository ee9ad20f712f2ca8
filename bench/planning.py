"""Backward plans of every body of a campaign, and the memory a simulated fortnight of it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from sqlalchemy import URL

from api.wiring import build
from bench.places import new_database
from bench.sweeping import Peak, in_a_process
from bench.town import CAMPAIGN, SetClock, opened
from handlers.season.critical import critical_paths
from handlers.season.plans import campaign_plans
from handlers.simulating.running import Trial, simulate

TODAY = date(2017, 1, 4)
FROM, TO = date(2017, 1, 9), date(2017, 1, 22)
MEMBERS = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """Seconds to plan every body of a campaign, the first time and again, and to find its critical paths."""

    database: str
    bodies: int
    reviews: int
    first_seconds: float
    seconds: float
    paths_seconds: float


def measure(kind: str, server: URL | None, *, cells: int) -> Planned:
    """A town of so many cells, nothing of which has been done yet."""
    with new_database(kind, server) as url:
        service = opened(url, cells=cells, members=MEMBERS)
        service.database.count_anew()
        with service.database.read() as connection:
            begun = time.perf_counter()
            campaign_plans(connection, CAMPAIGN, TODAY)
            first = time.perf_counter()
            plans = campaign_plans(connection, CAMPAIGN, TODAY)
            planned = time.perf_counter()
            critical_paths(plans)
            ended = time.perf_counter()
        service.close()
    return Planned(
        database=kind,
        bodies=len(plans.bodies),
        reviews=cells * (MEMBERS + 2),
        first_seconds=first - begun,
        seconds=planned - first,
        paths_seconds=ended - planned,
    )


def peaks(cells: tuple[int, int]) -> list[Peak]:
    """Peak memory of a process that simulates a fortnight of a small and of a large campaign."""
    found = []
    for number in cells:
        with new_database("sqlite", None) as url:
            opened(url, cells=number, members=MEMBERS).close()
            before, peak = in_a_process(_simulate_alone, url)
        reviews = number * (MEMBERS + 2)
        found.append(Peak(work="simulate", reviews=reviews, before_mib=before / 1024, peak_mib=peak / 1024))
    return found


def _simulate_alone(url: str) -> None:
    service = build(url, now=SetClock())
    simulate(service.engine, Trial(campaign=CAMPAIGN, first=FROM, last=TO))
    service.close()
