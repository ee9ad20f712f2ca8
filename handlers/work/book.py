"""The book of long work: asked for once, taken by one process at a time, told until it ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, or_, select, update

from handlers.work.tables import JOBS
from states.roles import Role
from workflow.commands.asking import Actor
from workflow.log import Log

RUNNING: Final = "running"
DONE: Final = "done"
REFUSED: Final = "refused"
FAILED: Final = "failed"

VERIFICATION: Final = "verification"
OPENING: Final = "opening"
ROSTER: Final = "roster"
COMPARISON: Final = "comparison"
MANY: Final = "many"
DECIDING: Final = "deciding"

STALE: Final = timedelta(minutes=2)
"""Work not heard of for so long is told as broken off: its process must have ended."""

KEPT: Final = timedelta(days=30)
"""So long it is told how work ended; what was done is in the log for ever. Verifications stay."""

ROWS_AT_ONCE: Final = 50
"""More rows than this are a job. A command takes 4 ms on a quiet machine, several times that on a slow disk
or beside others, so fewer are answered in a second: whoever decides twenty rows has the outcome at once.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One piece of work as it stands."""

    job: int
    kind: str
    key: str
    asked_at: datetime
    asked_by: str
    capacity: str
    language: str
    orders: str
    leads_to: str
    attempt: int
    touched_at: datetime
    ended_at: datetime | None
    state: str
    step: int
    done: int
    total: int
    outcome: Mapping[str, Any]

    def broken_off(self, now: datetime) -> bool:
        """Whether it was not heard of for so long that its process must have ended."""
        return self.state == RUNNING and now - self.touched_at > STALE

    def may_go_on(self, now: datetime) -> bool:
        """Whether it stopped without an end of its own, so that somebody may take it again."""
        return bool(self.orders) and (self.state == FAILED or self.broken_off(now))

    @property
    def actor(self) -> Actor:
        """Who asked for it, in the capacity of then."""
        role, _, body = self.capacity.partition("@")
        return Actor(id=self.asked_by, role=Role(role), body=body)


def ask(
    connection: Connection,
    at: datetime,
    actor: Actor,
    *,
    kind: str,
    orders: str,
    key: str,
    leads_to: str = "",
    language: str = "vi",
    total: int = 0,
) -> tuple[Job, bool]:
    """The work asked for under this key, and whether it is new: a form sent twice is one piece of work.

    `leads_to` is the page to look at once it is done.
    """
    Log(connection).lock(["work"])
    known = connection.execute(select(JOBS).where(JOBS.c.asked_by == actor.id, JOBS.c.key == key)).first()
    if known is not None:
        return _job(known), False
    connection.execute(delete(JOBS).where(JOBS.c.asked_at < at - KEPT, JOBS.c.kind != VERIFICATION))
    row = connection.execute(
        insert(JOBS).returning(JOBS),
        {
            "kind": kind,
            "key": key,
            "asked_at": at,
            "asked_by": actor.id,
            "capacity": actor.capacity,
            "language": language,
            "orders": orders,
            "leads_to": leads_to,
            "touched_at": at,
            "state": RUNNING,
            "total": total,
        },
    ).one()
    return _job(row), True


def take_again(connection: Connection, at: datetime, number: int) -> Job | None:
    """The work, taken once more; None where it runs, has ended, or somebody else took it first."""
    stopped = or_(JOBS.c.state == FAILED, and_(JOBS.c.state == RUNNING, JOBS.c.touched_at < at - STALE))
    taken = connection.execute(
        update(JOBS)
        .where(JOBS.c.job == number, stopped, JOBS.c.orders != "")
        .values(attempt=JOBS.c.attempt + 1, state=RUNNING, touched_at=at, ended_at=None)
        .returning(JOBS)
    ).first()
    return None if taken is None else _job(taken)


def tell(
    connection: Connection,
    at: datetime,
    number: int,
    attempt: int,
    *,
    state: str,
    step: int,
    done: int,
    total: int,
    outcome: Mapping[str, Any],
) -> None:
    """How far it is, or how it ended; nothing where another process has taken it since."""
    values: dict[str, Any] = {
        "touched_at": at,
        "ended_at": None if state == RUNNING else at,
        "state": state,
        "step": step,
        "done": done,
        "total": total,
        "outcome": json.dumps(outcome, ensure_ascii=False, separators=(",", ":")),
    }
    if state in (DONE, REFUSED):
        values["orders"] = ""  # a typed reason is kept no longer than it is needed
    connection.execute(update(JOBS).where(JOBS.c.job == number, JOBS.c.attempt == attempt).values(**values))


def find(connection: Connection, number: int) -> Job | None:
    """The work of this number."""
    row = connection.execute(select(JOBS).where(JOBS.c.job == number)).first()
    return None if row is None else _job(row)


def jobs(connection: Connection, *where: ColumnElement[bool], limit: int) -> list[Job]:
    """The work these conditions on JOBS allow, the newest first."""
    newest = select(JOBS).where(*where).order_by(JOBS.c.job.desc()).limit(limit)
    return [_job(row) for row in connection.execute(newest)]


def _job(row: Row[Any]) -> Job:
    return Job(**{**row._mapping, "outcome": json.loads(row.outcome)})
