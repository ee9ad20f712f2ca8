"""What only some commands need besides facts: counts, calendars, what grants rest on, sealed content."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, select

from handlers.access.gathered import ACCESS_COMMANDS, access_held
from handlers.calendar_adopting import calendar_extras
from handlers.lists import entry_held
from handlers.private import private_content, year_content
from handlers.tables import REVIEWS
from states import review as life
from workflow.commands.access import DeclareConflict
from workflow.commands.calendar import ConfirmCalendarChange, ProposeCalendarChange
from workflow.commands.campaign import CloseCampaign, FinishOpening, RecordListEntry, SettleListEntry
from workflow.commands.deciding import RecordOpinion
from workflow.commands.plan import DrawUpPlan
from workflow.commands.reward import ImportHistory
from workflow.decide import Extras
from workflow.gathering import Standing
from workflow.sealed import seal

PRIVATE = (RecordListEntry, RecordOpinion, DrawUpPlan)


def extras_of(connection: Connection, standing: Standing) -> Extras:
    """Counts from the register, and private content sealed before it is decided on."""
    command: Any = standing.request.command
    if isinstance(command, PRIVATE):
        return Extras(sealed=seal(private_content(command)))
    if isinstance(command, ACCESS_COMMANDS):
        reason = command.reason.strip() if isinstance(command, DeclareConflict) else ""
        return Extras(
            access=access_held(connection, standing), sealed=seal(reason.encode()) if reason else None
        )
    if isinstance(command, ImportHistory):
        return Extras(sealed_rows=tuple(seal(year_content(asdict(row))) for row in command.rows))
    if isinstance(command, ProposeCalendarChange | ConfirmCalendarChange):
        return calendar_extras(connection, standing)
    if isinstance(command, SettleListEntry):
        return Extras(entry=entry_held(connection, command.entry))
    if isinstance(command, FinishOpening):
        rows = connection.execute(
            select(REVIEWS.c.stage, func.count().label("reviews"))
            .where(REVIEWS.c.campaign == command.campaign)
            .group_by(REVIEWS.c.stage)
        )
        counts: dict[str, int] = {row.stage: row.reviews for row in rows}
        return Extras(reviews=sum(counts.values()), exempt=counts.get(life.EXEMPT, 0))
    if isinstance(command, CloseCampaign):
        chosen = select(func.count()).where(
            REVIEWS.c.campaign == command.campaign, REVIEWS.c.stage.not_in(life.CLOSED)
        )
        return Extras(unsettled=int(connection.execute(chosen).scalar_one()))
    return Extras()
