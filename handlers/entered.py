"""Who typed what a second person is about to confirm or to put right."""

from __future__ import annotations

from sqlalchemy import Connection, and_, select

from workflow.commands.beside import CorrectEntry
from workflow.commands.meeting import ConfirmCount, CorrectCount
from workflow.gathering import Standing
from workflow.tables import EVENTS


def entered_by(connection: Connection, standing: Standing) -> str:
    """Who typed what is being corrected; empty where nothing is."""
    command = standing.request.command
    if isinstance(command, ConfirmCount | CorrectCount):
        return _count_entered_by(connection, command.ballot)
    if isinstance(command, CorrectEntry):
        review = standing.reviews.get(command.review)
        held = review.facts.get(command.entry) if review else None
        if review is None or held is None:
            return ""
        chosen = select(EVENTS.c.actor).where(
            and_(EVENTS.c.stream == review.stream, EVENTS.c.version == held[1])
        )
        return connection.execute(chosen).scalar() or ""
    return ""


def _count_entered_by(connection: Connection, ballot: str) -> str:
    """Who entered the count as it stands, or put it right last; empty where nobody did."""
    chosen = (
        select(EVENTS.c.actor)
        .where(
            EVENTS.c.stream == f"ballot/{ballot}",
            EVENTS.c.name.in_(("ballot_counted", "count_corrected")),
        )
        .order_by(EVENTS.c.version.desc())
        .limit(1)
    )
    return connection.execute(chosen).scalar() or ""
