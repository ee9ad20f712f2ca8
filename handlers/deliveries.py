"""What became of the letters: counts, the rows behind them with every try, and the two things one may do.

Nobody sees an address here: recipients are ids, and a mailbox is shown as n…@example.org.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, and_, case, func, insert, or_, select, true, update

from handlers.access.scope import Condition, Scope
from handlers.courier.letters import masked
from handlers.notice_tables import CONTACTS, WEBHOOKS
from states.roles import Role
from workflow.commands.asking import Actor
from workflow.errors import BadInput, NotAllowed, NotFound
from workflow.outbox import ATTEMPTS, CANCELLED, DEAD, OUTBOX, QUEUED

Show = Literal["waiting", "late", "dead", "sent", "cancelled", "all"]
SHOWS: Final[tuple[Show, ...]] = ("waiting", "late", "dead", "sent", "cancelled", "all")

LATE: Final = timedelta(hours=1)
LATE_TRIES: Final = 3
"""A waiting row is late after so many tries in vain, or when nobody took it within an hour of its time."""

SEES: Final = frozenset({Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR})
ACTS: Final = frozenset({Role.OFFICER, Role.ADMINISTRATOR})

ALL: Final = true()
"""For whoever has the machine: nothing is left out."""

WEBHOOK: Final = "webhook"
"""The channel whose recipients are endpoints; those of the others are people."""

REQUEUED, CALLED_OFF = "requeued", "cancelled"
"""Outcomes in the list of tries that are no try: somebody put the row back, or took it out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """One try, or what a person did with the row; `by` is the process or the person."""

    number: int
    at: datetime
    by: str
    outcome: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One row of the outbox as it is shown; `address` is masked, `late` says it waits past its time."""

    id: int
    channel: str
    recipient: str
    address: str
    campaign: str
    message_id: str
    state: str
    late: bool
    created_at: datetime
    not_before: datetime
    ended_at: datetime | None
    attempts: int
    problem: str
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """Rows of one channel by state; `late` are among `queued`."""

    channel: str
    queued: int = 0
    late: int = 0
    sent: int = 0
    dead: int = 0
    cancelled: int = 0


def may_see(actor: Actor) -> None:
    """Raises NotAllowed for whoever does not look after the service."""
    _may(actor, "see_deliveries", SEES)


def may_act(actor: Actor) -> None:
    """Raises NotAllowed for whoever may not send again, cancel, or change where calls go."""
    _may(actor, "manage_deliveries", ACTS)


def letters_seen(scope: Scope) -> Condition:
    """The condition on OUTBOX: letters to people of the branch, and calls about a body of it."""
    if scope.actor.role is Role.ADMINISTRATOR:
        return true()
    hooks = select(WEBHOOKS.c.webhook).where(scope.own_bodies(WEBHOOKS.c.organisation))
    called = and_(OUTBOX.c.channel == WEBHOOK, OUTBOX.c.recipient.in_(hooks))
    return or_(called, and_(OUTBOX.c.channel != WEBHOOK, scope.own_people(OUTBOX.c.recipient)))


def counts(connection: Connection, now: datetime, only: Condition = ALL) -> tuple[Counted, ...]:
    """How many rows each channel has in each state, channel by channel; `only` as of `letters_seen`."""
    late = func.sum(case((_is_late(now), 1), else_=0))
    rows = connection.execute(
        select(OUTBOX.c.channel, OUTBOX.c.state, func.count(), late)
        .where(only)
        .group_by(OUTBOX.c.channel, OUTBOX.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    for channel, state, number, number_late in rows:
        entry = found.setdefault(channel, {})
        entry[state] = int(number)
        entry["late"] = entry.get("late", 0) + int(number_late or 0)
    return tuple(Counted(channel=channel, **found[channel]) for channel in sorted(found))


def deliveries(
    connection: Connection,
    now: datetime,
    *,
    show: Show = "all",
    channel: str = "",
    ids: Sequence[int] = (),
    limit: int = 200,
    before: int | None = None,
    only: Condition = ALL,
) -> tuple[Delivery, ...]:
    """Rows with their tries, the newest first; `before` is the id the page before ended with, `only` as of
    `letters_seen`.
    """
    chosen = select(OUTBOX, _is_late(now).label("late")).where(only)
    chosen = chosen.order_by(OUTBOX.c.id.desc()).limit(limit)
    for condition in _conditions(now, show, channel, ids, before):
        chosen = chosen.where(condition)
    rows = connection.execute(chosen).all()
    tries = _tries(connection, [row.id for row in rows])
    people = {row.recipient for row in rows if row.channel in ("email", "chat")}
    contacts = {
        row.person: {"email": row.email, "chat": row.chat}
        for row in connection.execute(
            select(CONTACTS.c.person, CONTACTS.c.email, CONTACTS.c.chat).where(CONTACTS.c.person.in_(people))
        )
    }
    return tuple(
        Delivery(
            id=row.id,
            channel=row.channel,
            recipient=row.recipient,
            address=masked(contacts.get(row.recipient, {}).get(row.channel, "")),
            campaign=row.campaign,
            message_id=row.message_id,
            state=row.state,
            late=bool(row.late),
            created_at=row.created_at,
            not_before=row.not_before,
            ended_at=row.ended_at,
            attempts=row.attempts,
            problem=row.problem,
            tries=tries.get(row.id, ()),
        )
        for row in rows
    )


def send_again(connection: Connection, id: int, *, by: str, at: datetime, only: Condition = ALL) -> None:
    """Put a dead or cancelled row back: it goes out with the next round under the same Message-ID.

    Its tries are kept and count on: where they were used up, one more in vain and it is dead again.
    Raises NotFound, also for a row outside `only`; BadInput for a row in any other state.
    """
    row = _locked(connection, id, only)
    if row.state not in (DEAD, CANCELLED):
        raise BadInput(
            "letter",
            str(id),
            "không ở trạng thái hỏng hoặc đã hủy nên không gửi lại được; thư đang chờ sẽ tự đi.",
            "is neither dead nor cancelled and cannot be sent again; one that waits goes by itself.",
        )
    values = {"state": QUEUED, "not_before": at, "ended_at": None, "leased_by": None, "leased_until": None}
    _change(connection, row, values, REQUEUED, by=by, at=at)


def cancel(connection: Connection, id: int, *, by: str, at: datetime, only: Condition = ALL) -> None:
    """Take a waiting row out. Raises NotFound, also for a row outside `only`; BadInput for one that waits no
    more or is being sent.
    """
    row = _locked(connection, id, only)
    if row.state != QUEUED:
        raise BadInput(
            "letter",
            str(id),
            "không còn chờ gửi nên không hủy được.",
            "waits no more and cannot be cancelled.",
        )
    if row.leased_until is not None and row.leased_until > at:
        raise BadInput(
            "letter",
            str(id),
            "đang được gửi ngay lúc này; thử lại sau ít phút.",
            "is being sent at this moment; try again in a few minutes.",
        )
    values = {"state": CANCELLED, "ended_at": at, "leased_by": None, "leased_until": None}
    _change(connection, row, values, CALLED_OFF, by=by, at=at)


def _locked(connection: Connection, id: int, only: Condition) -> Row[Any]:
    chosen = select(OUTBOX).where(OUTBOX.c.id == id, only).with_for_update()
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise NotFound("letter", str(id))
    return row


def _change(
    connection: Connection, row: Row[Any], values: dict[str, Any], outcome: str, *, by: str, at: datetime
) -> None:
    connection.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(values))
    connection.execute(
        insert(ATTEMPTS).values(
            outbox=row.id, number=row.attempts, at=at, by=by, outcome=outcome, detail=row.problem
        )
    )


def _may(actor: Actor, trigger: str, by: frozenset[Role]) -> None:
    if actor.role not in by:
        raise NotAllowed(actor.body, trigger, actor.role, actor.body, by, actor.body)


def _is_late(now: datetime) -> Condition:
    return and_(
        OUTBOX.c.state == QUEUED,
        or_(OUTBOX.c.attempts >= LATE_TRIES, OUTBOX.c.not_before <= now - LATE),
    )


def _conditions(
    now: datetime, show: Show, channel: str, ids: Sequence[int], before: int | None
) -> Iterator[Condition]:
    if show == "late":
        yield _is_late(now)
    elif show != "all":
        yield OUTBOX.c.state == (QUEUED if show == "waiting" else show)
    if channel:
        yield OUTBOX.c.channel == channel
    if ids:
        yield OUTBOX.c.id.in_(ids)
    if before is not None:
        yield OUTBOX.c.id < before


def _tries(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Try, ...]]:
    found: dict[int, list[Try]] = {}
    for row in connection.execute(
        select(ATTEMPTS).where(ATTEMPTS.c.outbox.in_(ids)).order_by(ATTEMPTS.c.outbox, ATTEMPTS.c.id)
    ):
        found.setdefault(row.outbox, []).append(
            Try(number=row.number, at=row.at, by=row.by, outcome=row.outcome, detail=row.detail)
        )
    return {outbox: tuple(tries) for outbox, tries in found.items()}
