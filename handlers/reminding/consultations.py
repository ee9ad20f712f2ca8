"""What time has an effect on by a rule: a consultation whose reply day has passed is closed by the clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import structlog
from sqlalchemy import select

from handlers.tables import BUNDLES, CAMPAIGNS
from states import campaign as campaign_life
from states.roles import Role
from workflow.commands.asking import Actor, Request
from workflow.commands.deciding import CloseConsultation
from workflow.days import ZONE
from workflow.engine import Engine
from workflow.errors import BadInput, Busy, WrongStage

log = structlog.get_logger()

CLOCK: Final = "clock"
"""The actor of what nobody did: time passed."""


def close_consultations(engine: Engine, as_of: datetime) -> int:
    """Close every consultation of an open campaign whose reply day is over; how many were.

    `as_of` closes nothing early: what the engine records is dated by its own clock. The day is part of the
    key, so that replicas that meet here get one event.
    """
    today = min(as_of, engine.now()).astimezone(ZONE).date()
    closed = 0
    for submission, until, body in _ended(engine, today):
        request = Request(
            command=CloseConsultation(submission=submission, until=until),
            actor=Actor(id=CLOCK, role=Role.CLOCK, body=body),
            key=f"consultation:{submission}:{until.isoformat()}",
        )
        try:
            answer = engine.handle(request)
        except (WrongStage, BadInput, Busy) as refusal:
            # decided, returned or closed by a colleague since it was read; if not, the next tick finds it
            log.info("consultation not closed", submission=submission, why=type(refusal).__name__)
            continue
        closed += not answer.repeated
    return closed


def _ended(engine: Engine, today: date) -> list[tuple[str, date, str]]:
    ended = (
        select(BUNDLES.c.submission, BUNDLES.c.awaited_until, CAMPAIGNS.c.organisation)
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == BUNDLES.c.campaign)
        .where(BUNDLES.c.awaited_until < today, CAMPAIGNS.c.stage == campaign_life.OPEN)
        .order_by(BUNDLES.c.submission)
    )
    with engine.database.read() as connection:
        return [(row.submission, row.awaited_until, row.organisation) for row in connection.execute(ended)]
