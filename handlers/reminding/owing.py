"""What is still owed of a notice, and whether its reader has set it aside: expressions over NOTICES."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from deadlines.tables import DEADLINES
from handlers.notice_tables import NOTICES, SNOOZES
from handlers.reminding.capacities import SELF
from handlers.tables import REVIEWS

_ITEM: Final = ("recipient", "campaign", "organisation", "kind", "gate", "rule", "due_on")
"""What names an item that may be set aside, by whom."""


def is_owed() -> ColumnElement[bool]:
    """Whether any item of a notice is still to be done; of what somebody owes himself, his own."""
    own = (
        select(REVIEWS.c.review)
        .where(REVIEWS.c.review == DEADLINES.c.subject, REVIEWS.c.subject == NOTICES.c.recipient)
        .correlate(DEADLINES, NOTICES)
        .exists()
    )
    return (
        select(DEADLINES.c.deadline)
        .where(_open_items(), or_(NOTICES.c.capacity != SELF, own))
        .correlate(NOTICES)
        .exists()
    )


def items_owed() -> ColumnElement[int]:
    """How many items of a notice are still to be done: never more than it told of."""
    owed = select(func.count()).where(_open_items()).correlate(NOTICES).scalar_subquery()
    return case(
        (NOTICES.c.capacity == SELF, case((is_owed(), NOTICES.c["items"]), else_=0)),
        (owed < NOTICES.c["items"], owed),
        else_=NOTICES.c["items"],
    )


def items_paused() -> ColumnElement[int]:
    """How many items of a notice rest because their review is suspended; their dates run on (C-34)."""
    return (
        select(func.count())
        .where(_open_items(), DEADLINES.c.paused.is_(True), NOTICES.c.capacity != SELF)
        .correlate(NOTICES)
        .scalar_subquery()
    )


def set_aside_until(today: date) -> ColumnElement[Any]:
    """The day a notice comes back; none where it is not set aside, and never for a superior.

    What was said last of an item counts: until another day, or taken back.
    """
    later = SNOOZES.alias("later_snoozes")
    overtaken = (
        select(later.c.id)
        .where(*(later.c[name] == SNOOZES.c[name] for name in _ITEM), later.c.id > SNOOZES.c.id)
        .correlate(SNOOZES)
        .exists()
    )
    return (
        select(SNOOZES.c.until)
        .where(_same_item(), SNOOZES.c.until > today, NOTICES.c.level == 0, ~overtaken)
        .correlate(NOTICES)
        .scalar_subquery()
    )


def _open_items() -> ColumnElement[bool]:
    return and_(
        DEADLINES.c.campaign == NOTICES.c.campaign,
        DEADLINES.c.organisation == NOTICES.c.organisation,
        DEADLINES.c.gate == NOTICES.c.gate,
        DEADLINES.c.kind == NOTICES.c.kind,
        DEADLINES.c.rule == NOTICES.c.rule,
        DEADLINES.c.last_day == NOTICES.c.due_on,
        DEADLINES.c.done_on.is_(None),
        DEADLINES.c.dropped.is_(False),
    )


def _same_item() -> ColumnElement[bool]:
    return and_(*(SNOOZES.c[name] == NOTICES.c[name] for name in _ITEM))
