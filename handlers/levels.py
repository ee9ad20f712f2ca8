"""Levels of others that an organisation's rating rests on: its members', its subordinates'."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, or_, select

from handlers.among import among
from handlers.prepared import Prepared
from handlers.tables import REVIEWS
from states import review as life
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts

OWES_NOTHING = (life.EXEMPT, life.REVIEWED_UNRATED)
"""Those who hold no level and owe none: left out of shares and denominators (C-14)."""

_LEVELS = Prepared(
    select(
        REVIEWS.c.kind,
        REVIEWS.c.organisation,
        REVIEWS.c.subject,
        REVIEWS.c.superior,
        func.coalesce(REVIEWS.c.decided_level, REVIEWS.c.voted_level).label("level"),
    )
    .where(
        REVIEWS.c.campaign == bindparam("campaign"),
        REVIEWS.c.rated.is_(True),
        REVIEWS.c.stage.not_in(OWES_NOTHING),
        or_(
            (REVIEWS.c.kind == life.INDIVIDUAL) & among(REVIEWS.c.organisation, "organisations"),
            (REVIEWS.c.kind == life.ORGANISATION) & among(REVIEWS.c.superior, "organisations"),
        ),
    )
    # one order on both databases, so that the same levels give the same finding
    .order_by(REVIEWS.c.review)
)


def level_facts(connection: Connection, standing: Standing) -> dict[str, Facts]:
    """Rated levels (approved, else voted) and who still owes one, for every organisation under review."""
    subjects = {
        review.subject: review.id
        for review in standing.reviews.values()
        if review.kind == life.ORGANISATION and review.version
    }
    if not subjects or standing.campaign is None:
        return {}
    asked = {"campaign": standing.campaign.id, "organisations": list(subjects)}
    rows = _LEVELS.all(connection, asked)
    found: dict[str, Facts] = {}
    for subject, review in subjects.items():
        members = [r.level for r in rows if r.kind == life.INDIVIDUAL and r.organisation == subject]
        bodies = [r for r in rows if r.kind == life.ORGANISATION and r.superior == subject]
        below = [r.level for r in bodies]
        found[review] = Facts(
            {
                name: Fact(value, "register")
                for name, value in (
                    ("members.levels", tuple(level for level in members if level)),
                    ("members.pending", sum(1 for level in members if not level)),
                    ("subordinates.levels", tuple(level for level in below if level)),
                    ("subordinates.pending", sum(1 for level in below if not level)),
                    ("subordinates.total", len(below)),
                    ("subordinates.bodies", tuple(r.subject for r in bodies)),
                )
            }
        )
    return found
