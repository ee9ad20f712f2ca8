"""The declared ties of those who chair, count, appraise or decide, for the commands that ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from sqlalchemy import Connection, or_, select

from handlers.access.tables import CONFLICTS
from handlers.among import among, day_parameter
from handlers.prepared import Prepared
from states.conflict import OF_FAMILY
from states.roles import Role
from workflow.commands.deciding import AppraiseBundle, DecideBundle
from workflow.commands.meeting import (
    ConfirmCount,
    CountBallot,
    HoldSession,
    IssueBallot,
    PlanMeeting,
    RecordMeeting,
)
from workflow.conflicts import Conflicts
from workflow.gathering import Standing

NONE: Final = Conflicts()


def conflicts_of(connection: Connection, standing: Standing, day: date) -> Conflicts:
    """The ties on the day of the act of everybody the command has chair, count, appraise or decide."""
    people = sorted(set(_acting(standing)))
    return ties_of(connection, people, day) if people else NONE


def ties_of(connection: Connection, people: Iterable[str], day: date) -> Conflicts:
    """The ties of these people that were declared by now and not ended on the day."""
    rows = _TIES.all(connection, {"people": list(people), "day": day})
    family = {kind.value for kind in OF_FAMILY}
    return Conflicts(
        frozenset(
            pair
            for row in rows
            for pair in ((row.person, row.subject), (row.subject, row.person))[: 1 + (row.kind in family)]
        )
    )


def _acting(standing: Standing) -> Iterator[str]:
    command, actor = standing.request.command, standing.request.actor
    if isinstance(command, PlanMeeting | RecordMeeting):
        yield from (item.chair for item in command.items if item.chair)
    if isinstance(command, RecordMeeting) and command.papers is not None:
        yield from command.papers.counters
    if isinstance(command, HoldSession) and command.chair:
        yield command.chair
    if isinstance(command, IssueBallot):
        yield from command.counters
    counts = isinstance(command, CountBallot | ConfirmCount) and actor.role is Role.COUNTING_TEAM
    if counts or isinstance(command, AppraiseBundle | DecideBundle):
        yield actor.id


_TIES: Final = Prepared(
    select(CONFLICTS.c.person, CONFLICTS.c.subject, CONFLICTS.c.kind).where(
        or_(among(CONFLICTS.c.person, "people"), among(CONFLICTS.c.subject, "people")),
        or_(CONFLICTS.c.ended_on.is_(None), CONFLICTS.c.ended_on > day_parameter()),
    )
)
