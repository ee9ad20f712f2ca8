"""A person's inbox: what that person was reminded of, what is still owed of it, and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from deadlines.tables import DEADLINES
from handlers.notice_tables import NOTICES, SNOOZES
from handlers.reminding.capacities import SELF
from handlers.tables import REVIEWS


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One line of an inbox: so many items of one step of one body, at one rung of the ladder.

    `body` and `capacity` say where and as what the person is responsible. `is_late` says that the rung was
    for an earlier day than the one it was found on. `is_owed` whether any of it is still to be done.
    `snoozed_until` is the day it comes back, None where it is not set aside.
    """

    id: int
    campaign: str
    organisation: str
    body: str
    capacity: str
    kind: str
    gate: str
    rule: str
    due_on: date
    safe_on: date
    hour: str
    rung: str
    level: int
    rung_on: date
    noticed_on: date
    items: int
    is_read: bool
    is_owed: bool
    snoozed_until: date | None

    @property
    def is_late(self) -> bool:
        """Whether nobody swept on the day the rung was for."""
        return self.noticed_on > self.rung_on


def notices_of(
    connection: Connection,
    person: str,
    today: date,
    *,
    campaign: str = "",
    owed_only: bool = False,
    before: int | None = None,
    limit: int = 200,
) -> tuple[Notice, ...]:
    """The newest notices of a person, at most `limit`; those with an id below `before`, to read on.

    `owed_only` leaves out what has been done meanwhile and what is set aside.
    """
    wanted = _with_state(person, today).limit(limit)
    if campaign:
        wanted = wanted.where(NOTICES.c.campaign == campaign)
    if before is not None:
        wanted = wanted.where(NOTICES.c.notice < before)
    if owed_only:
        wanted = wanted.where(_is_owed(), _set_aside_until(today).is_(None))
    return tuple(_notice(row) for row in connection.execute(wanted))


def notice_of(connection: Connection, person: str, notice: int, today: date) -> Notice | None:
    """One notice, None where this person has none of that number."""
    row = connection.execute(_with_state(person, today).where(NOTICES.c.notice == notice)).one_or_none()
    return None if row is None else _notice(row)


def open_count(connection: Connection, person: str, today: date) -> int:
    """How many notices of a person are unread, still owed, and not set aside today."""
    counted = select(func.count()).where(
        NOTICES.c.recipient == person,
        NOTICES.c.read_at.is_(None),
        _is_owed(),
        _set_aside_until(today).is_(None),
    )
    return int(connection.execute(counted).scalar_one())


def mark_read(connection: Connection, person: str, notices: Sequence[int], at: datetime) -> int:
    """Mark notices as read and say how many were unread; those of other people are left as they are."""
    changed = connection.execute(
        update(NOTICES)
        .where(NOTICES.c.recipient == person, NOTICES.c.notice.in_(notices), NOTICES.c.read_at.is_(None))
        .values(read_at=at)
    )
    return changed.rowcount


def same_item(other: Any) -> ColumnElement[bool]:
    """Whether a row of snoozes (or an alias of it) is about the item of a notice, at any of its rungs."""
    same = ("recipient", "campaign", "organisation", "kind", "gate", "rule", "due_on")
    return and_(*(other.c[name] == NOTICES.c[name] for name in same))


def _set_aside_until(today: date) -> ColumnElement[Any]:
    """The day a notice comes back; none where it is not set aside, and never for a superior."""
    return (
        select(func.max(SNOOZES.c.until))
        .where(same_item(SNOOZES), SNOOZES.c.until > today, NOTICES.c.level == 0)
        .correlate(NOTICES)
        .scalar_subquery()
    )


def _is_owed() -> ColumnElement[bool]:
    own = (
        select(REVIEWS.c.review)
        .where(REVIEWS.c.review == DEADLINES.c.subject, REVIEWS.c.subject == NOTICES.c.recipient)
        .correlate(DEADLINES, NOTICES)
        .exists()
    )
    return (
        select(DEADLINES.c.deadline)
        .where(
            DEADLINES.c.campaign == NOTICES.c.campaign,
            DEADLINES.c.organisation == NOTICES.c.organisation,
            DEADLINES.c.gate == NOTICES.c.gate,
            DEADLINES.c.kind == NOTICES.c.kind,
            DEADLINES.c.rule == NOTICES.c.rule,
            DEADLINES.c.last_day == NOTICES.c.due_on,
            DEADLINES.c.done_on.is_(None),
            DEADLINES.c.dropped.is_(False),
            or_(NOTICES.c.capacity != SELF, own),
        )
        .correlate(NOTICES)
        .exists()
    )


def _with_state(person: str, today: date) -> Select[Any]:
    return (
        select(NOTICES, _is_owed().label("is_owed"), _set_aside_until(today).label("snoozed_until"))
        .where(NOTICES.c.recipient == person)
        .order_by(NOTICES.c.notice.desc())
    )


def _notice(row: Any) -> Notice:
    return Notice(
        id=row.notice,
        campaign=row.campaign,
        organisation=row.organisation,
        body=row.body,
        capacity=row.capacity,
        kind=row.kind,
        gate=row.gate,
        rule=row.rule,
        due_on=row.due_on,
        safe_on=row.safe_on,
        hour=row.hour,
        rung=row.rung,
        level=row.level,
        rung_on=row.rung_on,
        noticed_on=row.noticed_on,
        items=row.items,
        is_read=row.read_at is not None,
        is_owed=bool(row.is_owed),
        snoozed_until=row.snoozed_until,
    )
