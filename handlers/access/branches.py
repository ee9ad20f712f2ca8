"""Which open campaigns a change of grants or of the roster touches, by the bodies it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from handlers.roster_facts import as_of, superiors_of
from handlers.roster_tables import MEMBERSHIPS, POSITIONS
from handlers.tables import CAMPAIGNS
from states import campaign as campaign_life
from states.grant import EVERYWHERE


def campaigns_touching(connection: Connection, bodies: Iterable[str], day: date) -> tuple[str, ...]:
    """Campaigns being opened or open with one of the bodies in their branch, above it, or deciding for it."""
    rows = connection.execute(
        select(CAMPAIGNS.c.campaign, CAMPAIGNS.c.organisation, CAMPAIGNS.c.superior)
        .where(CAMPAIGNS.c.stage.in_((campaign_life.OPENING, campaign_life.OPEN)))
        .order_by(CAMPAIGNS.c.campaign)
    ).all()
    asked = set(bodies)
    if not rows or not asked:
        return ()
    if EVERYWHERE in asked:
        return tuple(row.campaign for row in rows)
    above = superiors_of(connection, {*asked, *(row.organisation for row in rows)}, day)
    branch = asked.union(*(above.get(body, ()) for body in asked))
    return tuple(
        row.campaign
        for row in rows
        if row.organisation in branch or asked & {row.superior, *above.get(row.organisation, ())}
    )


def bodies_of(connection: Connection, people: Iterable[str], day: date) -> frozenset[str]:
    """Where these people are on a roll or hold a post on the day."""
    ids = sorted(set(people))
    rolls = select(MEMBERSHIPS.c.organisation_id).where(
        MEMBERSHIPS.c.person_id.in_(ids), as_of(MEMBERSHIPS, day)
    )
    posts = select(POSITIONS.c.organisation_id).where(POSITIONS.c.person_id.in_(ids), as_of(POSITIONS, day))
    return frozenset(connection.execute(rolls.union(posts)).scalars())
