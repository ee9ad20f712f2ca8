"""One thread of the process that runs plain functions again and again. The only file that knows APScheduler.

Its jobs are forgotten with the process: what is due stands in rows, and the first tick comes at start-up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from traceback import extract_tb

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from workflow import clock

log = structlog.get_logger()

Job = Callable[[], object]


class Timer:
    """Runs functions one after another in a thread of its own, at once and then every so long.

    A run that comes late is run, several missed ones are one, and none begins before its last is over. A job
    that fails is said in the log and comes again with the next tick; the others run all the same.
    """

    def __init__(self, jobs: Sequence[Job], *, every: timedelta) -> None:
        self._jobs = {f"{place}": job for place, job in enumerate(jobs)}
        self._every = every
        self._done: dict[str, datetime] = {}
        self._last_failed: datetime | None = None
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max_workers=1)}, timezone=clock.ZONE
        )
        self._scheduler.add_listener(self._heard, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)

    @property
    def last_ended(self) -> datetime | None:
        """Since when every job has been done once more, by the machine's clock; None before that."""
        return min(self._done.values()) if len(self._done) == len(self._jobs) else None

    @property
    def last_failed(self) -> datetime | None:
        """When a job last failed; None where none did."""
        return self._last_failed

    def start(self) -> None:
        """Run every job at once, in their order, and from then on every so long."""
        # what APScheduler says of a failed job holds the words of the exception, which may name people
        logging.getLogger("apscheduler.executors.default").setLevel(logging.CRITICAL + 1)
        begins = clock.now()
        for name, job in self._jobs.items():
            self._scheduler.add_job(
                job,
                "interval",
                id=name,
                seconds=self._every.total_seconds(),
                next_run_time=begins,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Let the job that runs end, and begin no other."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _heard(self, event: JobExecutionEvent) -> None:
        if event.exception is None:
            self._done[event.job_id] = clock.now()
            return
        self._last_failed = clock.now()
        log.error(
            "tick failed",
            job=getattr(self._jobs[event.job_id], "__qualname__", ""),
            error=type(event.exception).__name__,
            where=_where(event.exception),
        )


def _where(error: BaseException) -> list[str]:
    """The way to where it failed. Not its words: those of a database name what was to be written."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
