"""What the rules may ask about the remediation plan of a review, and which reviews still owe one."""

from __future__ import annotations

from sqlalchemy import Connection, Row, bindparam, exists, select

from handlers.among import among
from handlers.prepared import Prepared
from handlers.tables import PLANS, REVIEWS
from states import plan as life
from states import review as reviewing
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts

_OF_REVIEWS = Prepared(
    select(PLANS).where(among(PLANS.c.review, "reviews")).order_by(PLANS.c.drawn_up_on, PLANS.c.plan)
)
_OWED = Prepared(
    select(REVIEWS.c.review, REVIEWS.c.organisation, REVIEWS.c.decided_level)
    .where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.kind == bindparam("kind"),
        REVIEWS.c.stage.in_(reviewing.CLOSED),
        REVIEWS.c.stage != reviewing.EXEMPT,
        ~exists().where(PLANS.c.review == REVIEWS.c.review),
    )
    .order_by(REVIEWS.c.review)
)


def plan_facts(connection: Connection, standing: Standing) -> dict[str, Facts]:
    """How far the plan of every review is; a review without one has none, which is known."""
    reviews = [review.id for review in standing.reviews.values() if review.version]
    if not reviews:
        return {}
    newest = {row.review: row for row in _OF_REVIEWS.all(connection, {"reviews": reviews})}
    return {review: _facts(newest.get(review)) for review in reviews}


def _facts(row: Row[tuple[object, ...]] | None) -> Facts:
    if row is None:
        return Facts({"plan.drawn_up": Fact(False, "register of plans")})
    source = f"plan/{row.plan}#{row.version}"
    values: dict[str, bool | int] = {
        "plan.drawn_up": True,
        "plan.accepted": row.stage in (life.ACCEPTED, life.CLOSED, life.CARRIED_OVER),
        "plan.monitored": bool(row.monitor),
        "plan.reported": row.reported_on is not None,
        "plan.open_items": row.open_items,
    }
    return Facts({name: Fact(value, source) for name, value in values.items()})


def plans_owed(connection: Connection, campaign: str, kind: str) -> list[Row[tuple[object, ...]]]:
    """Reviews of a kind that are decided and have no plan yet, in the order of their names."""
    return list(_OWED.all(connection, {"campaign": campaign, "kind": kind}))
