"""Long work is asked for by a form and done beside the answer, which leads to the page that tells it."""

from __future__ import annotations

import secrets

from fastapi.responses import Response
from sqlalchemy import Connection

from api.pages.visits import Visit
from api.wiring import Service
from handlers.work.book import RUNNING, Job, ask, jobs, take_again
from handlers.work.carrying import Hands, carry
from handlers.work.orders import written
from handlers.work.running import Progress
from handlers.work.tables import JOBS


def set_going(
    visit: Visit, kind: str, orders: object, *, key: str | None, leads_to: str = "", total: int = 0
) -> Response:
    """Begin it, or find the work this very form has begun, and go to its page."""
    service = visit.service
    with service.database.write() as connection:
        job, new = ask(
            connection,
            visit.now,
            visit.known,
            kind=kind,
            orders=written(orders),
            key=key or secrets.token_hex(16),
            leads_to=leads_to,
            language=visit.language,
            total=total,
        )
    if new:
        _begin(service, job)
    return visit.go(f"/jobs/{job.job}")


def going_already(visit: Visit, key: str | None) -> Response | None:
    """The way to the work this very form has begun, None where it has begun none: what it asks for may be
    done by now, so that the form would be empty.
    """
    if key is None:
        return None
    with visit.service.database.read() as connection:
        found = jobs(connection, JOBS.c.asked_by == visit.known.id, JOBS.c.key == key, limit=1)
    return visit.go(f"/jobs/{found[0].job}") if found else None


def running_work(visit: Visit, connection: Connection, kind: str, leads_to: str) -> Job | None:
    """The visitor's own work of a kind about the same thing that goes on now: one at a time is enough."""
    mine = jobs(
        connection,
        JOBS.c.kind == kind,
        JOBS.c.asked_by == visit.known.id,
        JOBS.c.leads_to == leads_to,
        JOBS.c.state == RUNNING,
        limit=1,
    )
    return next((job for job in mine if not job.broken_off(visit.now)), None)


def go_on(visit: Visit, job: Job) -> None:
    """Take up work that stopped without an end; nothing where somebody else was quicker."""
    service = visit.service
    with service.database.write() as connection:
        taken = take_again(connection, visit.now, job.job)
    if taken is not None:
        _begin(service, taken)


def _begin(service: Service, job: Job) -> None:
    progress = Progress(total=job.total)
    hands = Hands(engine=service.engine, books=service.books)
    service.work.begin(
        service.database,
        service.engine.now,
        job.job,
        job.attempt,
        progress,
        lambda: carry(hands, job, progress),
    )
