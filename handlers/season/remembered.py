"""The plans of a campaign, counted once for as long as the log says nothing new."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, Text, cast, func, select

from deadlines.season import Season
from handlers.season.plans import CampaignPlans, campaign_plans
from workflow.tables import EVENTS

KEPT: Final = 16
"""So many campaigns and days are remembered; the oldest are forgotten first."""

Mark = str | int | None


class RememberedPlans:
    """Plans of one database. Safe to share between threads: at worst two count the same at once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, date], tuple[Mark, CampaignPlans]] = {}

    def of(self, connection: Connection, campaign: str, today: date, season: Season) -> CampaignPlans:
        """As `campaign_plans` gives them; counted anew when anything was recorded since, or on another day.

        Everything a plan reads, the roster included, is written in the transaction of an event.
        """
        key, mark = (campaign, season.rulebook.hash, today), _mark(connection)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == mark:
            return kept[1]
        plans = campaign_plans(connection, campaign, today, season)
        self._kept.pop(key, None)
        self._kept[key] = (mark, plans)
        while len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)), None)
        return plans


def _mark(connection: Connection) -> Mark:
    """What is another one as soon as a transaction would see another event.

    On PostgreSQL an event may be committed after one with a higher position, so there the whole snapshot is
    told: equal ones see the same rows.
    """
    if connection.dialect.name == "postgresql":
        seen = select(cast(func.pg_current_snapshot(), Text))
    else:
        seen = select(func.max(EVENTS.c.position))
    return connection.execute(seen).scalar()
