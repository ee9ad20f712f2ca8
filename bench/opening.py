"""Opening a large campaign from its roster, and the board of the campaign that was opened."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from sqlalchemy import URL, func, select
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import Service, build
from bench.places import new_database
from bench.town import CAMPAIGN, OFFICER, SetClock, plan, write_town
from handlers.opening import open_campaign
from handlers.tables import REVIEWS

LOOKS = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """How long the opening took, from the roster to the last batch, and how long its board takes."""

    database: str
    cells: int
    reviews: int
    roster_seconds: float
    opening_seconds: float
    board_ms: float


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
        board = _board(url, service)
        service.close()
    return Opened(
        database=kind,
        cells=cells,
        reviews=reviews,
        roster_seconds=written - begun,
        opening_seconds=opened - planned,
        board_ms=board,
    )


def _board(url: str, service: Service) -> float:
    """The middle of some looks at the board in milliseconds, from request to HTML, after a first one."""
    app = create_app(service, Settings(database_url=url, development=True))
    took = []
    with TestClient(app) as client:
        for _ in range(LOOKS + 1):
            begun = time.perf_counter()
            answer = client.get(f"/c/{CAMPAIGN}")
            took.append(time.perf_counter() - begun)
            assert answer.status_code == 200, f"the board answers {answer.status_code}"
    return statistics.median(took[1:]) * 1000
