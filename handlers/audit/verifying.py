"""Verifying the whole log while somebody waits: the checks of `kiemdiem verify`, telling how far they are.

How far it is stands in a table, so that every process shows it and loading the page again loses nothing. A
process that ends takes its verification with it; one not heard of for STALE is told as broken off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from handlers.accounts.security_log import broken as broken_sign_ins
from handlers.audit.verification_tables import VERIFICATIONS
from handlers.compared import Seen
from handlers.covered import Covered, uncovered
from handlers.rebuild import disagreements
from workflow.database import Database
from workflow.log import Log
from workflow.tables import EVENTS
from workflow.verify import verify_log

RUNNING: Final = "running"
HOLDS: Final = "holds"
BROKEN: Final = "broken"
FAILED: Final = "failed"

STEPS: Final = 4
"""The log itself, what is made from it, what lies beside it, the list of sign-ins."""
TOLD_MAX: Final = 50
STALE: Final = timedelta(minutes=2)
_TICK_SECONDS: Final = 1.0

Now = Callable[[], datetime]


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
    seen: Seen = field(default_factory=Seen)
    covered: Covered = field(default_factory=Covered)
    step: int = 1
    broken: int = 0
    told: list[str] = field(default_factory=list)


def ask(connection: Connection, at: datetime, by: str) -> tuple[int, bool]:
    """The number of a verification to wait for, and whether it is a new one; one that runs is shared."""
    Log(connection).lock(["verification"])
    newest = next(iter(verifications(connection, limit=1)), None)
    if newest is not None and newest.state == RUNNING and not newest.broken_off(at):
        return newest.verification, False
    total = connection.execute(select(func.coalesce(func.max(EVENTS.c.position), 0))).scalar_one()
    number = connection.execute(
        insert(VERIFICATIONS).returning(VERIFICATIONS.c.verification),
        {"asked_at": at, "asked_by": by, "touched_at": at, "state": RUNNING, "events_total": total},
    ).scalar_one()
    return number, True


def verify(database: Database, now: Now, number: int) -> str:
    """Carry a verification out and say how it ended; however it ends, its row tells it."""
    found = _Found()
    over = Event()

    def tick() -> None:
        while not over.wait(_TICK_SECONDS):
            _write(database, number, now(), found, RUNNING)

    teller = Thread(target=tick, name=f"verification-{number}", daemon=True)
    teller.start()
    state = FAILED
    try:
        with database.read() as connection:
            for step, checks in enumerate(_checks(connection, found), start=1):
                found.step = step
                for what in checks:
                    found.broken += 1
                    if len(found.told) < TOLD_MAX:
                        found.told.append(str(what))
        state = BROKEN if found.broken else HOLDS
    finally:
        over.set()
        teller.join()
        _write(database, number, now(), found, state)
    return state


def _checks(connection: Connection, found: _Found) -> Iterable[Iterable[object]]:
    yield verify_log(connection)
    yield disagreements(connection, found.seen)
    yield uncovered(connection, found.covered)
    yield broken_sign_ins(connection)


def _write(database: Database, number: int, at: datetime, found: _Found, state: str) -> None:
    with database.write() as connection:
        connection.execute(
            update(VERIFICATIONS)
            .where(VERIFICATIONS.c.verification == number)
            .values(
                touched_at=at,
                ended_at=None if state == RUNNING else at,
                state=state,
                step=found.step,
                events=found.seen.events,
                rows=found.covered.rows,
                broken=found.broken,
                told="\n".join(found.told),
            )
        )


def verifications(connection: Connection, *, limit: int) -> list[Verification]:
    """The newest verifications first."""
    newest = select(VERIFICATIONS).order_by(VERIFICATIONS.c.verification.desc()).limit(limit)
    return [_verification(row) for row in connection.execute(newest)]


def _verification(row: Row[Any]) -> Verification:
    told = {**row._mapping, "told": tuple(row.told.splitlines())}
    return Verification(**told)
