"""The daily sweep over a million open reviews, and the same work row by row through the ORM."""

from __future__ import annotations

import functools
import logging
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import URL
from sqlmodel import Session, col, select

from api.wiring import build
from bench.owing import MEMBERS, SWEPT, Owing, write_owing
from bench.places import new_database
from deadlines.ladder import Rung, rungs
from deadlines.tables import DeadlineRow, ReminderRow
from handlers.reminding.run import SweepResult, sweep_once
from workflow.clock import ZONE
from workflow.database import Database
from workflow.rules.rulebook import Rulebook

BY_ROW_REVIEWS = 20_000
"""The ORM works on so many of the reviews, every fiftieth of which has a reminder, as in the whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """Seconds of one sweep that finds nothing, of one with new reminders, and of the ORM's part of each."""

    database: str
    reviews: int
    deadlines: int
    reminders: int
    notices: int
    letters: int
    nothing_seconds: float
    reminding_seconds: float
    by_row_reviews: int
    by_row_nothing_seconds: float
    by_row_reminding_seconds: float

    @property
    def nothing_ratio(self) -> float:
        """How many times longer the ORM would take for the whole, by its part, with nothing new."""
        return self._of_whole(self.by_row_nothing_seconds) / self.nothing_seconds

    @property
    def reminding_ratio(self) -> float:
        """How many times longer the ORM would take for the reminders alone, without notices and letters."""
        return self._of_whole(self.by_row_reminding_seconds) / self.reminding_seconds

    def _of_whole(self, seconds: float) -> float:
        return seconds * self.reviews / self.by_row_reviews


@dataclass(frozen=True, kw_only=True, slots=True)
class Peak:
    """The most memory a process held that did one thing at a size, and before it began."""

    work: str
    reviews: int
    before_mib: float
    peak_mib: float


def measure(kind: str, server: URL | None, *, campaigns: int) -> Swept:
    """Campaigns of 20,000 reviews and 40,000 deadlines; the reviews of one are reminded of."""
    owing = Owing(campaigns=campaigns, reminded=1)
    with new_database(kind, server) as url:
        service = build(url)
        write_owing(service, owing)
        sweep_once(service.engine, _at(SWEPT - timedelta(days=1)))  # rulebooks are parsed, pages are read
        nothing, nothing_seconds = _timed(
            lambda: sweep_once(service.engine, _at(SWEPT - timedelta(days=1), 9))
        )
        found, reminding_seconds = _timed(lambda: sweep_once(service.engine, _at(SWEPT)))
        service.close()
    assert nothing.reminders == 0, f"{nothing.reminders} reminders on the day before"
    assert found.reminders == owing.reminders, f"{found.reminders} of {owing.reminders} reminders"
    by_row = _by_row(kind, server, campaigns)
    return Swept(
        database=kind,
        reviews=owing.reviews,
        deadlines=owing.rows,
        reminders=found.reminders,
        notices=found.notices,
        letters=found.letters,
        nothing_seconds=nothing_seconds,
        reminding_seconds=reminding_seconds,
        by_row_reviews=BY_ROW_REVIEWS,
        by_row_nothing_seconds=by_row[0],
        by_row_reminding_seconds=by_row[1],
    )


def _timed(work: Callable[[], SweepResult]) -> tuple[SweepResult, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def _at(day: date, clock: int = 8) -> datetime:
    return datetime.combine(day, hour(clock), ZONE)


# --- row by row -----------------------------------------------------------------------------------


def _by_row(kind: str, server: URL | None, campaigns: int) -> tuple[float, float]:
    """Seconds of the ORM with nothing new and with reminders, on as many campaigns of fewer cells."""
    cells = BY_ROW_REVIEWS // (campaigns * MEMBERS)
    owing = Owing(campaigns=campaigns, reminded=1, cells=cells)
    assert owing.reviews == BY_ROW_REVIEWS, f"{owing.reviews} reviews are not {BY_ROW_REVIEWS}"
    with new_database(kind, server) as url:
        service = build(url)
        write_owing(service, owing)
        sweep_by_row(service.database, SWEPT - timedelta(days=1))
        begun = time.perf_counter()
        nothing = sweep_by_row(service.database, SWEPT - timedelta(days=1))
        between = time.perf_counter()
        found = sweep_by_row(service.database, SWEPT)
        ended = time.perf_counter()
        service.close()
    assert (nothing, found) == (0, owing.reminders), f"row by row found {nothing} and {found}"
    return between - begun, ended - between


def sweep_by_row(database: Database, today: date) -> int:
    """What one writes first: read every open row, count its rungs, add what has come, commit.

    Ladders are remembered by their dates and the flush is left to the session, so that only going through
    rows is compared; notices and letters are not written at all. Gives how many reminders were found.
    """
    book = Rulebook.load("duk_2016")

    @functools.cache
    def ladder(safe: date, last: date) -> tuple[Rung, ...]:
        return rungs(book.reminding, book.calendar, safe, last)

    found = 0
    with Session(database.engine) as session:
        open_rows = select(DeadlineRow).where(col(DeadlineRow.done_on).is_(None), ~col(DeadlineRow.dropped))
        for row in session.exec(open_rows):
            steps = ladder(row.safe_day, row.last_day)
            while row.rung < len(steps) and steps[row.rung].day <= today:
                if steps[row.rung].day >= row.opened_on:
                    session.add(_reminder(row, steps[row.rung], today))
                    found += 1
                row.rung += 1
                row.next_on = steps[row.rung].day if row.rung < len(steps) else None
        session.commit()
    return found


def _reminder(row: DeadlineRow, rung: Rung, today: date) -> ReminderRow:
    return ReminderRow(
        deadline=row.deadline,
        campaign=row.campaign,
        organisation=row.organisation,
        superior=row.superior,
        kind=row.kind,
        gate=row.gate,
        rule=row.rule,
        due_on=row.last_day,
        safe_on=row.safe_day,
        hour=row.hour,
        rung=rung.name,
        level=rung.level,
        rung_on=rung.day,
        found_on=today,
    )


# --- memory ---------------------------------------------------------------------------------------


def peaks(campaigns: tuple[int, int]) -> list[Peak]:
    """Peak memory of a process that sweeps 20,000 new reminders, with few and with many campaigns beside."""
    found = []
    for number in campaigns:
        owing = Owing(campaigns=number, reminded=1)
        with new_database("sqlite", None) as url:
            service = build(url)
            write_owing(service, owing)
            service.close()
            before, peak = in_a_process(_sweep_alone, url)
        found.append(
            Peak(work="sweep", reviews=owing.reviews, before_mib=before / 1024, peak_mib=peak / 1024)
        )
    return found


def in_a_process(work: Callable[..., None], *told: Any) -> tuple[int, int]:
    """KiB a new process held at most before and after it did some work."""
    context = multiprocessing.get_context("spawn")
    hears, says = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(says, work, told))
    process.start()
    says.close()
    before, peak = hears.recv()
    process.join()
    return before, peak


def _measured(says: Connection, work: Callable[..., None], told: tuple[Any, ...]) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    before = _peak_kib()
    work(*told)
    says.send((before, _peak_kib()))


def _peak_kib() -> int:
    """As the kernel counts it for this program alone: `getrusage` would begin with the parent's peak."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def _sweep_alone(url: str) -> None:
    service = build(url)
    result = sweep_once(service.engine, _at(SWEPT))
    assert result.reminders, "a sweep that finds nothing measures nothing"
    service.close()
