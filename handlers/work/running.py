"""Carrying work out beside the answer: in a thread of the process that took it, which tells how far it is.

A process that ends takes its work with it: what was done is done, the rest is gone on with by whoever asked.
Where one transaction holds a whole piece of work, SQLite lets nobody else write meanwhile: the row then
waits, and this process shows what it knows itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any, Final, Protocol

import structlog

from handlers.roster.problems import RosterProblem
from handlers.work.book import DONE, FAILED, REFUSED, RUNNING, tell
from workflow.contention import Contention
from workflow.database import Database
from workflow.errors import Refusal

log = structlog.get_logger()

TICK_SECONDS: Final = 1.0
Now = Callable[[], datetime]


class Telling(Protocol):
    """How far a piece of work is, read while it goes on."""

    @property
    def step(self) -> int:
        """Which step it is at, from 1."""

    @property
    def done(self) -> int:
        """How much of `total` is done."""

    @property
    def total(self) -> int:
        """What the step counts up to; 0 where it cannot know."""

    @property
    def outcome(self) -> Mapping[str, Any]:
        """What is known of the end so far, as JSON."""


@dataclass
class Progress:
    """How far a piece of work is, as it says itself."""

    step: int = 1
    done: int = 0
    total: int = 0
    outcome: dict[str, Any] = field(default_factory=dict)

    def count(self, done: int, total: int) -> None:
        """So much of so much."""
        self.done, self.total = done, total


@dataclass
class Workers:
    """The work this process carries out now."""

    _running: dict[int, tuple[Thread, Telling]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(
        self,
        database: Database,
        now: Now,
        number: int,
        attempt: int,
        telling: Telling,
        work: Callable[[], None],
    ) -> None:
        """Carry it out in a thread of its own."""

        def run() -> None:
            try:
                carry_out(database, now, number, attempt, telling, work)
            finally:
                with self._lock:
                    self._running.pop(number, None)

        thread = Thread(target=run, name=f"work-{number}", daemon=True)
        with self._lock:
            self._running[number] = (thread, telling)
        thread.start()

    def here(self, number: int) -> Telling | None:
        """How far a piece of work is that this process carries out; None for any other."""
        with self._lock:
            found = self._running.get(number)
        return None if found is None else found[1]

    def wait(self, seconds: float) -> bool:
        """Let what runs come to its end, for so long at most; whether all of it has."""
        until = time.monotonic() + seconds
        with self._lock:
            threads = [thread for thread, _ in self._running.values()]
        for thread in threads:
            thread.join(max(until - time.monotonic(), 0))
        return not any(thread.is_alive() for thread in threads)


def carry_out(
    database: Database, now: Now, number: int, attempt: int, telling: Telling, work: Callable[[], None]
) -> str:
    """Do it here and say how it ended, DONE or REFUSED; a fault is raised, and its row tells it as well."""
    over = Event()

    def tick() -> None:
        while not over.wait(TICK_SECONDS):
            _told(database, now, number, attempt, telling, RUNNING)

    teller = Thread(target=tick, name=f"work-{number}-teller", daemon=True)
    teller.start()
    state = FAILED
    outcome: dict[str, Any] = {}
    try:
        work()
        state = DONE
    except (Refusal, RosterProblem, Contention) as refused:
        state, outcome = REFUSED, {"refused": words_of(refused)}
    finally:
        over.set()
        teller.join()
        while not _told(database, now, number, attempt, telling, state, outcome):
            log.info("work waits to be told", job=number, state=state)  # each try has waited for its turn
        log.info("work ended", job=number, state=state)
    return state


def words_of(error: Refusal | RosterProblem | Contention) -> dict[str, str]:
    """Why something was refused, in both languages."""
    if isinstance(error, RosterProblem):
        return {"vi": error.sentence("vi"), "en": error.sentence("en")}
    if isinstance(error, Refusal):
        return {"vi": error.vi, "en": error.en}
    return {
        "vi": "Đồng nghiệp đang ghi cùng lúc; chưa ghi gì. Gửi lại sau ít phút.",
        "en": "Colleagues act at the same moment; nothing was done. Send it again in a few minutes.",
    }


def _told(
    database: Database,
    now: Now,
    number: int,
    attempt: int,
    telling: Telling,
    state: str,
    outcome: Mapping[str, Any] | None = None,
) -> bool:
    """Whether it could be written just now: another writer may hold the database for longer than we wait."""
    try:
        with database.write() as connection:
            tell(
                connection,
                now(),
                number,
                attempt,
                state=state,
                step=telling.step,
                done=telling.done,
                total=telling.total,
                outcome={**telling.outcome, **(outcome or {})},
            )
    except Contention as busy:
        log.info("work not told", job=number, why=str(busy))
        return False
    return True
