"""Rows of the outbox under a lease: taken by one courier, sent after the commit, recorded once.

A lease ends by itself. What a killed process held goes out again under the same Message-ID, and the try
nobody told the end of is kept as `lost`. A courier whose lease ran out records nothing: the row is another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, exists, insert, or_, select, update

from handlers.courier.letters import Letter, Outcome
from handlers.reminding.contacts import contact_of
from workflow.outbox import ATTEMPTS, DEAD, OUTBOX, QUEUED, SENT

LOST = "lost"
"""The outcome of a try whose process ended before it could say."""

TO_PEOPLE = ("email", "chat")
"""Channels whose recipients are people."""

UNTOLD = "the process ended before it said whether it was sent"


@dataclass(frozen=True, slots=True)
class Lease:
    """Whose the rows are, and until when (exclusive)."""

    worker: str
    until: datetime


def is_due(now: datetime, channel: str) -> ColumnElement[bool]:
    """The condition on a row that may be sent by now and that nobody else is sending."""
    return and_(
        OUTBOX.c.state == QUEUED,
        OUTBOX.c.channel == channel,
        OUTBOX.c.not_before <= now,
        or_(OUTBOX.c.leased_until.is_(None), OUTBOX.c.leased_until <= now),
    )


def anything_due(connection: Connection, now: datetime, channel: str) -> bool:
    """Whether a courier of this channel has anything to take; locks nothing."""
    return bool(connection.execute(select(exists().where(is_due(now, channel)))).scalar())


def take(connection: Connection, now: datetime, channel: str, lease: Lease, limit: int) -> tuple[Letter, ...]:
    """At most `limit` due rows, the longest waiting first, now under this lease, with this try counted.

    Asked inside `write`. On PostgreSQL rows another courier is just taking are passed over.
    """
    rows = connection.execute(
        select(OUTBOX)
        .where(is_due(now, channel))
        .order_by(OUTBOX.c.not_before, OUTBOX.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return ()
    lost = [
        {
            "outbox": row.id,
            "number": row.attempts,
            "at": now,
            "by": row.leased_by,
            "outcome": LOST,
            "detail": UNTOLD,
        }
        for row in rows
        if row.leased_until is not None
    ]
    if lost:
        connection.execute(insert(ATTEMPTS), lost)
    connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id.in_([row.id for row in rows]))
        .values(leased_by=lease.worker, leased_until=lease.until, attempts=OUTBOX.c.attempts + 1)
    )
    return tuple(
        Letter(
            id=row.id,
            key=row.key,
            channel=row.channel,
            recipient=row.recipient,
            campaign=row.campaign,
            language=row.language,
            body=row.body,
            message_id=row.message_id,
            created_at=row.created_at,
            attempts=row.attempts + 1,
        )
        for row in rows
    )


def record(
    connection: Connection,
    letter: Letter,
    outcome: Outcome,
    at: datetime,
    lease: Lease,
    steps_minutes: Sequence[int],
) -> str | None:
    """Keep what came of one try and end its lease; the row's state then, None where the lease was not ours.

    After the n-th try in vain the row waits the n-th of the steps; when they are used up it is dead.
    """
    dead = outcome.verdict == "never" or letter.attempts > len(steps_minutes)
    state = SENT if outcome.verdict == "sent" else DEAD if dead else QUEUED
    values: dict[str, object] = {
        "leased_by": None,
        "leased_until": None,
        "state": state,
        "ended_at": None if state == QUEUED else at,
        "problem": "" if state == SENT else outcome.detail,
    }
    if state == QUEUED:
        again = at + timedelta(minutes=steps_minutes[letter.attempts - 1])
        values["not_before"] = _outside_quiet_hours(connection, letter, again)
    changed = connection.execute(
        update(OUTBOX).where(OUTBOX.c.id == letter.id, _held(lease)).values(values)
    ).rowcount
    if not changed:
        return None
    connection.execute(
        insert(ATTEMPTS).values(
            outbox=letter.id,
            number=letter.attempts,
            at=at,
            by=lease.worker,
            outcome=outcome.verdict,
            detail=outcome.detail,
        )
    )
    return state


def _outside_quiet_hours(connection: Connection, letter: Letter, at: datetime) -> datetime:
    """The same instant, or the end of the quiet hours of the person it goes to."""
    if letter.channel not in TO_PEOPLE:
        return at
    return contact_of(connection, letter.recipient).may_be_told_from(at)


def give_back(connection: Connection, letters: Sequence[Letter], lease: Lease) -> None:
    """End the lease of rows that were not tried: for them nothing happened."""
    connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.id.in_([letter.id for letter in letters]), _held(lease))
        .values(
            leased_by=None,
            leased_until=None,
            attempts=case((OUTBOX.c.attempts > 0, OUTBOX.c.attempts - 1), else_=0),
        )
    )


def _held(lease: Lease) -> ColumnElement[bool]:
    return and_(
        OUTBOX.c.state == QUEUED,
        OUTBOX.c.leased_by == lease.worker,
        OUTBOX.c.leased_until == lease.until,
    )
