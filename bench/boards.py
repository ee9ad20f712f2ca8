"""The board of a large campaign from request to HTML: cold, again, after an event; and row by row."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import URL, Connection, func, select
from starlette.testclient import TestClient

from api.actors import HEADER, actor_text
from api.app import create_app
from api.settings import Settings
from api.wiring import Service, build
from bench.painting import first_paint
from bench.places import new_database
from bench.town import BASE, CAMPAIGN, OFFICER, SetClock, cell_name, member_name, opened
from handlers.boards.counting import STAGES
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS, PEOPLE, POSITIONS
from handlers.tables import REVIEWS
from states.review import INDIVIDUAL
from states.roles import Role
from workflow.commands.asking import Actor, Request
from workflow.commands.preparing import Prepare
from workflow.rules.checklists import item_names
from workflow.rules.rulebook import Rulebook

LOOKS = 15
SEARCHED = "dang vien 0007012"
PREPARED_ON = date(2017, 1, 24)
_TICKS = item_names(Rulebook.load("duk_2016"), INDIVIDUAL, "prepare", "submit")


@dataclass(frozen=True, kw_only=True, slots=True)
class Boards:
    """Milliseconds of one look at a board, the middle of several; bytes of its page, as sent compressed.

    `cold` is the first look of a process; `after_event` one after somebody recorded something; `search` one
    for a person; `by_row` the counts alone, asked body by body from the reviews. `paint` is when a browser
    paints it first: one that is new here, one that was here before; None without a browser.
    """

    database: str
    bodies: int
    reviews: int
    cold_ms: float
    again_ms: float
    after_event_ms: float
    search_ms: float
    by_row_ms: float
    page_bytes: int
    paint: tuple[float, float] | None


def measure(kind: str, server: URL | None, *, cells: int, members: int) -> Boards:
    """A town of so many cells of so many members, every cell and its committee reviewed too."""
    with new_database(kind, server) as url:
        opened(url, cells=cells, members=members).close()
        service = build(url, now=SetClock())
        service.database.count_anew()
        with service.database.read() as connection:
            reviews = int(connection.execute(select(func.count()).select_from(REVIEWS)).scalar_one())
        app = create_app(service, Settings(database_url=url, development=True))
        with TestClient(app, headers={HEADER: actor_text(OFFICER), "accept": "text/html"}) as client:
            cold, size = _look(client, f"/c/{CAMPAIGN}")
            again = _middle(lambda _: None, client, f"/c/{CAMPAIGN}")
            after = _middle(lambda number: _prepare(service, number), client, f"/c/{CAMPAIGN}")
            search = _middle(lambda _: None, client, f"/c/{CAMPAIGN}?q={SEARCHED}")
        with service.database.read() as connection:
            begun = time.perf_counter()
            counted = _by_row(connection)
            by_row = (time.perf_counter() - begun) * 1000
        service.close()
        paint = first_paint(url)
    return Boards(
        database=kind,
        bodies=counted,
        reviews=reviews,
        cold_ms=cold,
        again_ms=again,
        after_event_ms=after,
        search_ms=search,
        by_row_ms=by_row,
        page_bytes=size,
        paint=paint,
    )


def _look(client: TestClient, address: str) -> tuple[float, int]:
    begun = time.perf_counter()
    answer = client.get(address)
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code == 200, f"the board answers {answer.status_code}"
    return took, len(gzip.compress(answer.content, 6))


def _middle(before: Callable[[int], None], client: TestClient, address: str) -> float:
    took = []
    for number in range(LOOKS):
        before(number)
        took.append(_look(client, address)[0])
    return statistics.median(took)


def _prepare(service: Service, number: int) -> None:
    """A member of another cell each time hands in his self-review."""
    person = member_name(number, 5)
    secretary = Actor(id=member_name(number, 0), role=Role.SECRETARY, body=cell_name(number))
    command = Prepare(review=f"{CAMPAIGN}.member.{person}", on=PREPARED_ON, ticked=_TICKS)
    service.engine.handle(Request(command=command, actor=secretary))


def _by_row(connection: Connection) -> int:
    """What a board needs of every body, asked for it alone: its name, its head, its reviews by stage."""
    bodies = connection.execute(
        select(ORGANISATIONS.c.organisation_id).where(ORGANISATIONS.c.superior_id == BASE)
    ).scalars()
    shown = 0
    for body in list(bodies):
        connection.execute(
            select(ORGANISATIONS.c.name, ORGANISATIONS.c.type).where(
                ORGANISATIONS.c.organisation_id == body, as_of(ORGANISATIONS, PREPARED_ON)
            )
        ).one()
        connection.execute(
            select(PEOPLE.c.name)
            .join(POSITIONS, POSITIONS.c.person_id == PEOPLE.c.person_id)
            .where(POSITIONS.c.organisation_id == body, POSITIONS.c.post == "head")
        ).all()
        for stage in STAGES:
            connection.execute(
                select(func.count())
                .select_from(REVIEWS)
                .where(
                    REVIEWS.c.campaign == CAMPAIGN,
                    REVIEWS.c.organisation == body,
                    REVIEWS.c.kind == INDIVIDUAL,
                    REVIEWS.c.stage == stage,
                )
            ).scalar_one()
        shown += 1
    return shown
