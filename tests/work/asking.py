"""Asking for long work in tests, and waiting for it in the process that does it."""

from __future__ import annotations

from datetime import datetime

from api.wiring import Service
from handlers.work import book
from handlers.work.book import Job
from handlers.work.carrying import Hands, carry
from handlers.work.orders import written
from handlers.work.running import Progress, carry_out
from tests.api.browsing import Browser
from tests.builders import OFFICER
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.rules.books import Books

WAIT_SECONDS = 60


def asked(
    town: Town,
    kind: str,
    orders: object,
    *,
    actor: Actor = OFFICER,
    key: str = "form-1",
    at: datetime | None = None,
    total: int = 0,
) -> tuple[Job, bool]:
    """The work as a page asks for it."""
    with town.database.write() as connection:
        return book.ask(
            connection,
            at or town.engine.now(),
            actor,
            kind=kind,
            orders=written(orders),
            key=key,
            leads_to="/c/2016",
            total=total,
        )


def done(town: Town, job: Job) -> Job:
    """The work after it was carried out here and now."""
    progress = Progress(total=job.total)
    hands = Hands(engine=town.engine, books=Books())
    carry_out(
        town.database,
        town.engine.now,
        job.job,
        job.attempt,
        progress,
        lambda: carry(hands, job, progress),
    )
    return found(town, job.job)


def found(town: Town, number: int) -> Job:
    """The work of this number, which is there."""
    with town.database.read() as connection:
        job = book.find(connection, number)
    assert job is not None
    return job


def service_of(browser: Browser) -> Service:
    """The service behind the pages somebody looks at."""
    service: Service = browser.client.app.state.service  # type: ignore[attr-defined]  # an application of ours
    return service


def ended(browser: Browser) -> None:
    """Every piece of work this somebody's pages have begun has come to its end."""
    assert service_of(browser).work.wait(WAIT_SECONDS)
