"""Who sees which campaign: the list and the single look ask the same condition."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Row, select, true

from handlers.tables import CAMPAIGNS, REVIEWS
from states import campaign as life
from states.roles import Role
from workflow.commands.asking import Actor
from workflow.errors import NotFound

SEE_UNOPENED = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who prepares a campaign sees it before its opening is complete; nobody else does."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on CAMPAIGNS that holds for what this actor may see."""
    if actor.role in SEE_UNOPENED:
        return true()
    return CAMPAIGNS.c.stage.in_((life.OPEN, life.CLOSED))


def campaign_row(connection: Connection, campaign: str, actor: Actor) -> Row[tuple[object, ...]]:
    """The campaign's row; NotFound where it is not there or not to be seen."""
    chosen = select(CAMPAIGNS).where(CAMPAIGNS.c.campaign == campaign, visible_to(actor))
    row: Row[tuple[object, ...]] | None = connection.execute(chosen).one_or_none()
    if row is None:
        raise NotFound("campaign", campaign)
    return row


def check_review(connection: Connection, review: str, actor: Actor) -> None:
    """NotFound for a review that is not there, or in a campaign this actor may not see."""
    chosen = (
        select(REVIEWS.c.review)
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == REVIEWS.c.campaign)
        .where(REVIEWS.c.review == review, visible_to(actor))
    )
    if connection.execute(chosen).scalar() is None:
        raise NotFound("review", review)
