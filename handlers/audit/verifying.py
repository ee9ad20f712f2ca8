"""Verifying the whole log while somebody waits: the checks of `kiemdiem verify`, as a piece of long work.

How far it is stands in the table of work, so that every process shows it and loading the page again loses
nothing; how work is carried out, and told as broken off, is in handlers/work.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from handlers.accounts.security_log import broken as broken_sign_ins
from handlers.compared import Seen
from handlers.covered import Covered, uncovered
from handlers.rebuild import disagreements
from handlers.work import book
from handlers.work.book import DONE, FAILED, REFUSED, RUNNING, STALE, VERIFICATION, Job
from handlers.work.running import Now, Workers, carry_out
from handlers.work.tables import JOBS
from workflow.commands.asking import Actor
from workflow.database import Database
from workflow.log import Log
from workflow.tables import EVENTS
from workflow.verify import verify_log

HOLDS: Final = "holds"
BROKEN: Final = "broken"

STEPS: Final = 4
"""The log itself, what is made from it, what lies beside it, the list of sign-ins."""
TOLD_MAX: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """One verification as it stands; `state` is RUNNING, HOLDS, BROKEN or FAILED."""

    verification: int
    asked_at: datetime
    asked_by: str
    touched_at: datetime
    ended_at: datetime | None
    state: str
    step: int
    events: int
    events_total: int
    rows: int
    broken: int
    told: tuple[str, ...]

    def broken_off(self, now: datetime) -> bool:
        """Whether it was not heard of for so long that its process must have ended."""
        return self.state == RUNNING and now - self.touched_at > STALE


@dataclass(slots=True)
class _Found:
    """What was found so far; how far it is, is told from it."""

    total: int
    seen: Seen = field(default_factory=Seen)
    covered: Covered = field(default_factory=Covered)
    step: int = 1
    broken: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Events read so far."""
        return self.seen.events

    @property
    def outcome(self) -> Mapping[str, Any]:
        """Rows read, and what does not hold."""
        return {"rows": self.covered.rows, "broken": self.broken, "told": list(self.told)}


def ask(connection: Connection, at: datetime, by: Actor) -> tuple[int, bool]:
    """The number of a verification to wait for, and whether it is a new one; one that runs is shared."""
    Log(connection).lock(["work"])
    newest = next(iter(verifications(connection, limit=1)), None)
    if newest is not None and newest.state == RUNNING and not newest.broken_off(at):
        return newest.verification, False
    total = connection.execute(select(func.coalesce(func.max(EVENTS.c.position), 0))).scalar_one()
    job, _ = book.ask(
        connection,
        at,
        by,
        kind=VERIFICATION,
        orders="",
        key=secrets.token_hex(16),
        leads_to="/audit/verify",
        total=total,
    )
    return job.job, True


def verify(database: Database, now: Now, number: int) -> str:
    """Carry a verification out here and say how it ended; however it ends, its row tells it."""
    found = _found(database, number)
    carry_out(database, now, number, 1, found, lambda: _checked(database, found))
    return BROKEN if found.broken else HOLDS


def begin(workers: Workers, database: Database, now: Now, number: int) -> None:
    """Carry it out beside the answer."""
    found = _found(database, number)
    workers.begin(database, now, number, 1, found, lambda: _checked(database, found))


def _found(database: Database, number: int) -> _Found:
    with database.read() as connection:
        job = book.find(connection, number)
    assert job is not None, "it was asked for"
    return _Found(total=job.total)


def _checked(database: Database, found: _Found) -> None:
    with database.read() as connection:
        for step, checks in enumerate(_checks(connection, found), start=1):
            found.step = step
            for what in checks:
                found.broken += 1
                if len(found.told) < TOLD_MAX:
                    found.told.append(str(what))


def _checks(connection: Connection, found: _Found) -> Iterable[Iterable[object]]:
    yield verify_log(connection)
    yield disagreements(connection, found.seen)
    yield uncovered(connection, found.covered)
    yield broken_sign_ins(connection)


def verifications(connection: Connection, *, limit: int) -> list[Verification]:
    """The newest verifications first."""
    found = book.jobs(connection, JOBS.c.kind == VERIFICATION, limit=limit)
    return [_verification(job) for job in found]


def _verification(job: Job) -> Verification:
    broken = int(job.outcome.get("broken", 0))
    state = job.state
    if state == DONE:
        state = BROKEN if broken else HOLDS
    elif state == REFUSED:
        state = FAILED
    return Verification(
        verification=job.job,
        asked_at=job.asked_at,
        asked_by=job.asked_by,
        touched_at=job.touched_at,
        ended_at=job.ended_at,
        state=state,
        step=job.step,
        events=job.done,
        events_total=job.total,
        rows=int(job.outcome.get("rows", 0)),
        broken=broken,
        told=tuple(job.outcome.get("told", ())),
    )
