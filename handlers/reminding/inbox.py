"""A person's inbox: what that person was reminded of, what is still owed of it, and what was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from handlers.notice_tables import NOTICES
from handlers.reminding.owing import is_owed, items_paused, set_aside_until


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One line of an inbox: so many items of one step of one body, at one rung of the ladder.

    `body` and `capacity` say where and as what the person is responsible. `is_late` says that the rung was
    for an earlier day than the one it was found on. `is_owed` whether any of it is still to be done.
    `snoozed_until` is the day it comes back, None where it is not set aside. `paused` of its items rest in a
    suspended review: the date runs on, and that is the reason (C-34).
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
    paused: int = 0

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
        wanted = wanted.where(is_owed(), set_aside_until(today).is_(None))
    return tuple(_notice(row) for row in connection.execute(wanted))


def notice_of(connection: Connection, person: str, notice: int, today: date) -> Notice | None:
    """One notice, None where this person has none of that number."""
    row = connection.execute(_with_state(person, today).where(NOTICES.c.notice == notice)).one_or_none()
    return None if row is None else _notice(row)


def notices_among(
    connection: Connection, person: str, numbers: Collection[int], today: date
) -> tuple[Notice, ...]:
    """Those of these notices that the person has, the newest first."""
    wanted = _with_state(person, today).where(NOTICES.c.notice.in_(numbers))
    return tuple(_notice(row) for row in connection.execute(wanted))


def open_count(connection: Connection, person: str, today: date) -> int:
    """How many notices of a person are unread, still owed, and not set aside today."""
    return open_counts(connection, (person,), today).get(person, 0)


def open_counts(connection: Connection, people: Collection[str], today: date) -> dict[str, int]:
    """The same for many people at once; whoever has none is left out."""
    counted = (
        select(NOTICES.c.recipient, func.count())
        .where(
            NOTICES.c.recipient.in_(people),
            NOTICES.c.read_at.is_(None),
            is_owed(),
            set_aside_until(today).is_(None),
        )
        .group_by(NOTICES.c.recipient)
    )
    return {row[0]: row[1] for row in connection.execute(counted)}


def mark_read(connection: Connection, person: str, notices: Sequence[int], at: datetime) -> int:
    """Mark notices as read and say how many were unread; those of other people are left as they are."""
    changed = connection.execute(
        update(NOTICES)
        .where(NOTICES.c.recipient == person, NOTICES.c.notice.in_(notices), NOTICES.c.read_at.is_(None))
        .values(read_at=at)
    )
    return changed.rowcount


def _with_state(person: str, today: date) -> Select[Any]:
    return (
        select(
            NOTICES,
            is_owed().label("is_owed"),
            set_aside_until(today).label("snoozed_until"),
            items_paused().label("paused"),
        )
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
        paused=row.paused,
    )
