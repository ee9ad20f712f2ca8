"""What those reviewed now were a year ago: from the campaign of that year, else from imported papers."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, Select, and_, exists, func, select

from handlers.tables import CAMPAIGNS, EARLIER_YEARS, REVIEWS
from states import campaign as campaign_life
from states import review as life

Then = Counter[tuple[str, str, str]]
"""(organisation now, kind, level then) -> how many reviews."""


def year_before(connection: Connection, campaign: str, year: int, bodies: Select[tuple[str]]) -> Then:
    """The level of the year before `year` of everybody reviewed at these bodies now, where it is known.

    Whoever came from elsewhere counts where they are reviewed now. What the log tells goes before an import,
    also when it is that no level stands; of two imports the later one counts. Leaders rated apart are left
    out: they count once, as members (C-76).
    """
    now, then = REVIEWS.alias("now"), REVIEWS.alias("then")
    asked = and_(now.c.campaign == campaign, now.c.organisation.in_(bodies), now.c.quality != "leader")
    before = (
        select(CAMPAIGNS.c.campaign)
        .where(
            CAMPAIGNS.c.year == year - 1,
            CAMPAIGNS.c.period == "year",
            CAMPAIGNS.c.stage.in_((campaign_life.OPEN, campaign_life.CLOSED)),
        )
        .scalar_subquery()
    )
    same = and_(
        then.c.subject == now.c.subject,
        then.c.kind == now.c.kind,
        then.c.quality == now.c.quality,
        then.c.campaign.in_(before),
    )
    logged = (
        select(now.c.organisation, now.c.kind, then.c.decided_level, func.count())
        .join_from(now, then, same)
        .where(asked, then.c.stage.in_(life.SETTLED), then.c.decided_level.is_not(None))
        .group_by(now.c.organisation, now.c.kind, then.c.decided_level)
    )
    newest = (
        select(func.max(EARLIER_YEARS.c.row_id))
        .where(EARLIER_YEARS.c.year == year - 1)
        .group_by(EARLIER_YEARS.c.subject)
    )
    imported = (
        select(now.c.organisation, now.c.kind, EARLIER_YEARS.c.level, func.count())
        .join_from(now, EARLIER_YEARS, EARLIER_YEARS.c.subject == now.c.subject)
        .where(asked, EARLIER_YEARS.c.row_id.in_(newest), ~exists().where(same))
        .group_by(now.c.organisation, now.c.kind, EARLIER_YEARS.c.level)
    )
    found: Then = Counter()
    for asked_for in (logged, imported):
        for organisation, kind, level, reviews in connection.execute(asked_for):
            found[(organisation, kind, level)] += reviews
    return found
