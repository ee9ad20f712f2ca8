"""The plans of a campaign, counted once and followed: after an event only the bodies it is about are counted
anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, Text, cast, func, select

from deadlines.season import Season
from handlers.season.plans import CampaignPlans, campaign_plans, recounted
from handlers.season.touched import touched_since
from workflow.database import Database
from workflow.log import Log
from workflow.tables import EVENTS

KEPT: Final = 16
"""So many campaigns and days are remembered; the oldest are forgotten first."""

Mark = str | int | None


@dataclass(frozen=True, slots=True)
class _Kept:
    """Plans with the mark of what they were read from. They know every event up to `settled`, where that can
    be told.
    """

    mark: Mark
    settled: int | None
    plans: CampaignPlans


class RememberedPlans:
    """Plans of one database. Safe to share between threads: at worst two count the same at once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, date], _Kept] = {}

    def of(
        self,
        connection: Connection,
        campaign: str,
        today: date,
        season: Season,
        settled: int | None = None,
    ) -> CampaignPlans:
        """As `campaign_plans` gives them. All are counted on a new day, after a change of roster or campaign,
        and otherwise those of the bodies something was recorded about since.

        `settled` is what `settled_before` gave before the connection's picture was taken. Without it, on
        PostgreSQL, all are counted after every event. Everything a plan reads, the roster included, is
        written in the transaction of an event.
        """
        key, mark = (campaign, season.rulebook.hash, today), _mark(connection)
        kept = self._kept.get(key)
        if kept is not None and kept.mark == mark:
            return kept.plans
        if isinstance(mark, int):
            settled = mark
        plans = self._followed(connection, campaign, kept, settled)
        if plans is None:
            plans = campaign_plans(connection, campaign, today, season)
        newer = self._kept.get(key)
        if newer is None or newer.settled is None or settled is None or newer.settled <= settled:
            self._keep(key, _Kept(mark, settled, plans))
        return plans

    def _followed(
        self, connection: Connection, campaign: str, kept: _Kept | None, settled: int | None
    ) -> CampaignPlans | None:
        """The plans kept, brought up to date; None where they cannot be, or are of a later picture."""
        if kept is None or kept.settled is None or settled is None or kept.settled > settled:
            return None
        touched = touched_since(connection, campaign, kept.settled)
        if touched is None:
            return None
        return recounted(connection, kept.plans, touched) if touched else kept.plans

    def _keep(self, key: tuple[str, str, date], kept: _Kept) -> None:
        self._kept.pop(key, None)
        self._kept[key] = kept
        while len(self._kept) > KEPT:
            self._kept.pop(next(iter(self._kept)), None)


def settled_before(database: Database) -> int | None:
    """Up to which position a picture taken from now on surely holds every event; None where the picture
    itself tells.

    Positions on PostgreSQL may become visible out of order (decision 0007), and a picture cannot say which
    of its gaps are still to be filled.
    """
    if database.dialect != "postgresql":
        return None
    with database.watch() as connection:
        return Log(connection).settled()


def _mark(connection: Connection) -> Mark:
    """What is another one as soon as a transaction would see another event.

    On PostgreSQL an event may be committed after one with a higher position, so there the whole snapshot is
    told: equal ones see the same rows.
    """
    if connection.dialect.name == "postgresql":
        seen = select(cast(func.pg_current_snapshot(), Text))
    else:
        seen = select(func.coalesce(func.max(EVENTS.c.position), 0))
    return connection.execute(seen).scalar()
