"""One sweep of the whole service: the one call of timer, command line, simulation and tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Connection, select

from deadlines.sweep import SweepDay, sweep
from handlers.reminding.consultations import close_consultations
from handlers.reminding.digests import write_digests
from handlers.reminding.manner import USUAL, Manner
from handlers.reminding.notices import unaddressed_on, write_notices
from handlers.reminding.weekly import write_weekly
from handlers.tables import CAMPAIGNS
from handlers.webhooks import post_webhooks
from states import campaign as campaign_life
from workflow.engine import Engine
from workflow.rules.rulebook import Rulebook

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepResult:
    """What one sweep did: rows that became overdue, rungs found (`late` of them for an earlier day), lines
    written into inboxes, letters and calls put into the outbox, consultation periods closed. `unaddressed`
    are the lines of this day nobody in the roster answers for.
    """

    at: datetime
    overdue: int = 0
    reminders: int = 0
    late: int = 0
    notices: int = 0
    letters: int = 0
    calls: int = 0
    closed: int = 0
    unaddressed: int = 0


def sweep_once(engine: Engine, as_of: datetime, *, manner: Manner = USUAL) -> SweepResult:
    """Sweep as of an instant, write what follows, then send what time has an effect on by a rule.

    Running it twice, late, or in several replicas at once gives the same rows. Retry where colleagues were
    in the way three times: the next tick finds the same.
    """
    counted: dict[str, int] = {}
    books: Mapping[str, Rulebook] = {}

    def open_books(connection: Connection) -> Mapping[str, Rulebook]:
        nonlocal books
        books = _open_books(engine, connection)
        return books

    def follow(connection: Connection, day: SweepDay) -> None:
        counted["notices"] = write_notices(connection, day)
        counted["letters"] = write_digests(connection, day, books, manner)
        counted["calls"] = post_webhooks(connection, day.today, day.at)
        counted["unaddressed"] = unaddressed_on(connection, day.today)

    swept = sweep(engine.database, as_of, open_books=open_books, follow=follow)
    counted["letters"] += write_weekly(engine.database, as_of, books, manner)
    closed = close_consultations(engine, as_of)
    result = SweepResult(
        at=as_of,
        overdue=swept.overdue,
        reminders=swept.reminders,
        late=swept.late,
        closed=closed,
        **counted,
    )
    log.info("swept", reminders=result.reminders, late=result.late, letters=result.letters, closed=closed)
    return result


def _open_books(engine: Engine, connection: Connection) -> Mapping[str, Rulebook]:
    """The pinned rulebook of every open campaign, in the order of their names."""
    rows = connection.execute(
        select(CAMPAIGNS.c.campaign, CAMPAIGNS.c.rulebook_hash)
        .where(CAMPAIGNS.c.stage == campaign_life.OPEN)
        .order_by(CAMPAIGNS.c.campaign)
    )
    return {row.campaign: engine.rulebook(connection, row.rulebook_hash) for row in rows}
