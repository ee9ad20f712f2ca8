"""Opening a large campaign from its roster."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import URL, func, select

from api.wiring import build
from bench.places import new_database
from bench.town import CAMPAIGN, OFFICER, SetClock, plan, write_town
from handlers.opening import open_campaign
from handlers.tables import REVIEWS


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """How long the opening took, from the roster to the last batch."""

    database: str
    cells: int
    reviews: int
    roster_seconds: float
    opening_seconds: float


def measure(kind: str, server: URL | None, *, cells: int, members: int) -> Opened:
    """A town of so many cells of so many members; every cell and its committee is reviewed too."""
    with new_database(kind, server) as url:
        service = build(url, now=SetClock())
        begun = time.perf_counter()
        write_town(service, cells=cells, members=members)
        written = time.perf_counter()
        plan(service)
        planned = time.perf_counter()
        open_campaign(service.engine, OFFICER, CAMPAIGN)
        opened = time.perf_counter()
        with service.database.read() as connection:
            reviews = int(connection.execute(select(func.count()).select_from(REVIEWS)).scalar_one())
        service.close()
    return Opened(
        database=kind,
        cells=cells,
        reviews=reviews,
        roster_seconds=written - begun,
        opening_seconds=opened - planned,
    )
