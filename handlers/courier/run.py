"""The courier's round: take what is due, send it after the commit, keep what came of it.

Sending is at least once, recording once. A row is sent while its lease holds and at no other time; between
the other side's answer and the record a process may die, and then the letter goes out again under the same
Message-ID, which mail systems and webhooks are asked to recognise.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from handlers.courier.leases import Lease, anything_due, give_back, record, take
from handlers.courier.letters import Channel, Letter, Outcome
from workflow.contention import Retry
from workflow.database import Database
from workflow.outbox import DEAD, QUEUED

log = structlog.get_logger()

STEPS_MINUTES: Final = (1, 5, 15, 60, 240, 720, 1440, 1440)
"""How long a letter waits after each try in vain; together over two and a half days: a weekend."""

LEASE: Final = timedelta(minutes=10)
LAST_START: Final = timedelta(minutes=2)
"""Nothing is begun when less than this is left of the lease: longer than any one letter may take."""

BATCH: Final = 100
TRIES_TO_RECORD: Final = 5


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did: letters sent, put off, dead, and given back untried."""

    sent: int = 0
    later: int = 0
    dead: int = 0
    untried: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(
            self.sent + other.sent,
            self.later + other.later,
            self.dead + other.dead,
            self.untried + other.untried,
        )

    @property
    def tried(self) -> int:
        """Letters something came of."""
        return self.sent + self.later + self.dead


def worker_name() -> str:
    """This process among all that share the database."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def deliver_once(
    database: Database,
    now: Callable[[], datetime],
    channels: Sequence[Channel],
    *,
    worker: str,
    limit: int = BATCH,
    steps_minutes: Sequence[int] = STEPS_MINUTES,
) -> Delivered:
    """One batch of at most `limit` letters a channel. `now` is asked for the moment of each try."""
    done = Delivered()
    for channel in channels:
        done += _one_channel(database, now, channel, worker, limit, steps_minutes)
    return done


def deliver_all(
    database: Database,
    now: Callable[[], datetime],
    channels: Sequence[Channel],
    *,
    worker: str,
    limit: int = BATCH,
    steps_minutes: Sequence[int] = STEPS_MINUTES,
    until: datetime | None = None,
) -> Delivered:
    """Batch after batch, until nothing is due. A channel whose other side cannot be reached rests until the
    next round: it costs one letter a try, not every letter that waits. No batch is begun from `until` on.
    """
    done = Delivered()
    for channel in channels:
        while until is None or now() < until:
            batch = _one_channel(database, now, channel, worker, limit, steps_minutes)
            done += batch
            if not batch.tried or batch.untried:
                break
    return done


def _one_channel(
    database: Database,
    now: Callable[[], datetime],
    channel: Channel,
    worker: str,
    limit: int,
    steps_minutes: Sequence[int],
) -> Delivered:
    with database.read() as connection:
        if not anything_due(connection, now(), channel.name):
            return Delivered()
    began = now()
    lease = Lease(worker, began + LEASE)
    with database.write() as connection:
        letters = take(connection, began, channel.name, lease, limit)
    if not letters:
        return Delivered()
    with database.read() as connection:
        send = channel.prepare(connection, letters)
    done = Delivered()
    tried: set[int] = set()
    with closing(send(_while_ours(letters, lease, now))) as results:
        for letter, outcome in results:
            tried.add(letter.id)
            done += _kept(database, letter, outcome, now(), lease, steps_minutes)
            if outcome.unreachable:
                break
    left = [letter for letter in letters if letter.id not in tried]
    if left:
        with database.write() as connection:
            give_back(connection, left, lease)
        done += Delivered(untried=len(left))
    log.info(
        "letters delivered",
        channel=channel.name,
        sent=done.sent,
        later=done.later,
        dead=done.dead,
        untried=done.untried,
    )
    return done


def _while_ours(letters: Sequence[Letter], lease: Lease, now: Callable[[], datetime]) -> Iterator[Letter]:
    for letter in letters:
        if now() >= lease.until - LAST_START:
            return
        yield letter


def _kept(
    database: Database,
    letter: Letter,
    outcome: Outcome,
    at: datetime,
    lease: Lease,
    steps_minutes: Sequence[int],
) -> Delivered:
    """Record one try. What was sent and cannot be recorded is sent again, so it is tried harder than most."""
    state: str | None = None
    for left in reversed(range(TRIES_TO_RECORD)):
        try:
            with database.write() as connection:
                state = record(connection, letter, outcome, at, lease, steps_minutes)
            break
        except Retry:
            if not left:
                raise
    if outcome.verdict == "sent":
        return Delivered(sent=1)
    return Delivered(dead=int(state == DEAD), later=int(state == QUEUED))
