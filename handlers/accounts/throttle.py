"""Attempts to sign in are slowed down, by the name tried and by the address, in rows all replicas share.

An attempt is counted before its password is looked at, so that many at once are no way around; a right one is
given back. Waits double from one second and end: nobody is locked out for ever, and a one-time link of the
administrator passes by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from handlers.accounts.tables import THROTTLE

FORGOTTEN_AFTER: Final = timedelta(hours=24)
"""Attempts in vain count for so long after the last of them."""

_SWEPT: Final = 100
"""Old rows that one attempt takes away with it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many attempts in vain are free, and how long at most one waits after the next ones."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long nothing is tried after so many in vain: 1 s, 2 s, 4 s and so on beyond the free ones."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta(0)
        return min(self.longest, timedelta(seconds=2 ** min(beyond - 1, 20)))


OF_A_NAME: Final = Pace(free=5, longest=timedelta(minutes=15))
OF_AN_ADDRESS: Final = Pace(free=30, longest=timedelta(minutes=5))
"""An office behind one address is many people."""


class HeldBack(Exception):
    """Too many attempts in vain; `seconds` says how long to wait, rounded up."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"wait {seconds} seconds")


def claim(connection: Connection, keys: Iterable[tuple[str, Pace]], now: datetime) -> None:
    """Count one attempt under each key. Raises HeldBack, with nothing counted, while one of them waits.

    Two at once come one after the other, in the order of the keys. Wants `Database.write`.
    """
    paces = dict(sorted(keys))
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    fresh = [{"key": key, "failures": 0, "last_at": now, "wait_until": now} for key in paces]
    connection.execute(make(THROTTLE).on_conflict_do_nothing(), fresh)
    rows = connection.execute(
        select(THROTTLE).where(THROTTLE.c.key.in_(paces)).order_by(THROTTLE.c.key).with_for_update()
    ).all()
    waits = [row.wait_until - now for row in rows if row.wait_until > now]
    if waits:
        raise HeldBack(-(-max(waits) // timedelta(seconds=1)))
    for row in rows:
        failures = 1 if now - row.last_at >= FORGOTTEN_AFTER else row.failures + 1
        connection.execute(
            update(THROTTLE)
            .where(THROTTLE.c.key == row.key)
            .values(failures=failures, last_at=now, wait_until=now + paces[row.key].wait(failures))
        )
    old = select(THROTTLE.c.key).where(THROTTLE.c.last_at < now - FORGOTTEN_AFTER).limit(_SWEPT)
    connection.execute(delete(THROTTLE).where(THROTTLE.c.key.in_(old.with_for_update(skip_locked=True))))


def give_back(connection: Connection, key: str, pace: Pace, now: datetime) -> None:
    """The attempt counted last was right: it counts no more, and nobody waits for it."""
    row = connection.execute(select(THROTTLE).where(THROTTLE.c.key == key).with_for_update()).one_or_none()
    if row is not None:
        failures = max(0, row.failures - 1)
        wait_until = now if failures <= pace.free else min(row.wait_until, now + pace.wait(failures))
        connection.execute(
            update(THROTTLE).where(THROTTLE.c.key == key).values(failures=failures, wait_until=wait_until)
        )


def forget(connection: Connection, key: str) -> None:
    """The attempts under a key count no more: whoever has the name has shown it."""
    connection.execute(delete(THROTTLE).where(THROTTLE.c.key == key))
