"""Levels of others that an organisation's rating rests on: its members', its subordinates'."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select

from handlers.among import among
from handlers.prepared import Prepared
from handlers.tables import REVIEWS
from states import review as life
from workflow.commands.deciding import DecideBundle
from workflow.gathering import Standing
from workflow.rules.facts import Fact, Facts
from workflow.rules.flow import SELF
from workflow.rules.rulebook import Rulebook

OWES_NOTHING = (life.EXEMPT, life.REVIEWED_UNRATED)
"""Those who hold no level and owe none: left out of shares and denominators (C-14)."""

_LEVELS = Prepared(
    select(
        REVIEWS.c.kind,
        REVIEWS.c.organisation,
        REVIEWS.c.subject,
        REVIEWS.c.superior,
        REVIEWS.c.stage,
        REVIEWS.c.self_level,
        REVIEWS.c.proposed_level,
        REVIEWS.c.voted_level,
        REVIEWS.c.decided_level,
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


def level_of(row: Row[Any], rulebook: Rulebook | None, *, approved_only: bool) -> str | None:
    """The level of a review that counts for others: approved, else voted, without a ballot submitted.

    A decision takes approved levels alone. Never the own rating as such.
    """
    level = row.decided_level
    if level is None and not approved_only:
        level = row.voted_level
        flow = rulebook.flow(row.kind) if rulebook is not None else None
        if flow is not None and not flow.has_ballot and row.stage in (life.SUBMITTED, life.APPRAISED):
            level = row.self_level if flow.source == SELF else row.proposed_level
    return str(level) if level else None


def level_facts(connection: Connection, standing: Standing) -> dict[str, Facts]:
    """Rated levels and who still owes one, for every organisation under review."""
    subjects = {
        review.subject: review.id
        for review in standing.reviews.values()
        if review.kind == life.ORGANISATION and review.version
    }
    if not subjects or standing.campaign is None:
        return {}
    asked = {"campaign": standing.campaign.id, "organisations": list(subjects)}
    rows = _LEVELS.all(connection, asked)
    decision = isinstance(standing.request.command, DecideBundle)
    found: dict[str, Facts] = {}
    for subject, review in subjects.items():
        persons = [r for r in rows if r.kind == life.INDIVIDUAL and r.organisation == subject]
        bodies = [r for r in rows if r.kind == life.ORGANISATION and r.superior == subject]
        members = [level_of(r, standing.rulebook, approved_only=decision) for r in persons]
        below = [level_of(r, standing.rulebook, approved_only=decision) for r in bodies]
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
