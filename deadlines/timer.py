"""One tick in one thread of the process, again and again. The only file that knows APScheduler.

The jobs are forgotten with the process: what is due stands in rows, and the first tick comes at start-up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from traceback import extract_tb

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from workflow import clock

log = structlog.get_logger()

Job = Callable[[], object]


class Timer:
    """Runs plain functions one after another in a thread of its own, every so many minutes.

    A run that comes late is run, several missed ones are one, and no run begins before the last is over. A
    job that fails is logged and is tried with the next tick; those after it run all the same.
    """

    def __init__(self, jobs: Sequence[Job], *, every: timedelta) -> None:
        self._jobs = tuple(jobs)
        self._every = every
        self._last_ended: datetime | None = None
        self._last_failed: datetime | None = None
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max_workers=1)}, timezone=clock.ZONE
        )

    @property
    def last_ended(self) -> datetime | None:
        """When a tick last ended with every job done, by the machine's clock; None before the first."""
        return self._last_ended

    @property
    def last_failed(self) -> datetime | None:
        """When a job last failed; None where none did."""
        return self._last_failed

    def start(self) -> None:
        """Tick at once, and from then on every so many minutes."""
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=int(self._every.total_seconds()),
            next_run_time=clock.now(),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Let the running tick end, and begin no other."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def tick(self) -> None:
        """Every job once, in their order."""
        failed = False
        for job in self._jobs:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - nobody waits for this thread: said here, tried again
                failed = True
                log.error("tick failed", job=_name(job), error=type(error).__name__, where=_where(error))
        if failed:
            self._last_failed = clock.now()
        else:
            self._last_ended = clock.now()


def _where(error: Exception) -> list[str]:
    """The way to where it failed. Not its words: those of a database name what was to be written."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]


def _name(job: Job) -> str:
    return str(getattr(job, "__qualname__", type(job).__name__))
