"""Which body cancels a level, told from where the actor acts and where the level was decided."""

from __future__ import annotations

from sqlalchemy import Connection, select

from handlers.roster_facts import Bodies
from states import review as life
from workflow.gathering import Standing
from workflow.review import Review
from workflow.rules.facts import FactValue
from workflow.tables import EVENTS

GRASSROOTS = ("dang_bo_co_so", "chi_bo_co_so")


def decider_facts(
    connection: Connection, standing: Standing, review: Review, bodies: Bodies
) -> dict[str, FactValue | None]:
    """The body that decided, a grassroots committee for a member's level, or another body above (C-35)."""
    acting = standing.request.actor.body
    who = "deciding_body" if _decided_at(connection, review) == acting else "other"
    if review.kind == life.INDIVIDUAL and bodies.type_of(acting) in GRASSROOTS:
        who = "grassroots_committee"
    return {"annul.by": who, "annul.defect_found": True}


def _decided_at(connection: Connection, review: Review) -> str:
    """The body at which the level of a review was last decided; empty where it was not."""
    chosen = (
        select(EVENTS.c.capacity)
        .where(EVENTS.c.stream == review.stream, EVENTS.c.name.in_(("review_approved", "review_re_rated")))
        .order_by(EVENTS.c.version.desc())
        .limit(1)
    )
    return (connection.execute(chosen).scalar() or "").partition("@")[2]
