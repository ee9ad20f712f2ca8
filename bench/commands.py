"""Commands a second through the engine, beside raw load-fold-append and the eventsourcing library.

The three take turns in one run, so that whatever else the machine does meets all of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import URL

from bench import library
from bench.lives import STEPS_A_LIFE, life_of_cell
from bench.places import new_database
from bench.raw import Raw, appended_since, newest_position
from bench.town import opened
from workflow.commands.asking import Request

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """Commands a second, and how the engine compares."""

    database: str
    threads: int
    commands: int
    engine: float
    raw: float
    library: float

    @property
    def of_raw(self) -> float:
        """The engine's rate in parts of the raw one."""
        return self.engine / self.raw

    @property
    def of_library(self) -> float:
        """The engine's rate in parts of the library's."""
        return self.engine / self.library


def measure(kind: str, server: URL | None, *, threads: int, rounds: int, cells: int, members: int) -> Rates:
    """So many rounds of so many cells; one cell is always lived by one thread, in its lawful order."""
    took = {"engine": 0.0, "raw": 0.0, "library": 0.0}
    did = {"engine": 0, "raw": 0, "library": 0}
    with ExitStack() as stack:
        places = [stack.enter_context(new_database(kind, server)) for _ in range(3)]
        service = opened(places[0], cells=rounds * cells, members=members)
        beside = opened(places[1], cells=rounds * cells, members=members)
        app = library.application(places[2])
        stack.callback(service.close)
        stack.callback(beside.close)
        stack.callback(app.close)
        raw = Raw(beside.database)
        pool = stack.enter_context(ThreadPoolExecutor(threads))
        reviews = library.open_reviews(app, rounds * cells * members)
        for turn in range(rounds):
            with service.database.read() as connection:
                before = newest_position(connection)
            lived = [list(life_of_cell(turn * cells + cell, members)) for cell in range(cells)]
            by_cell: list[list[str]] = [[] for _ in range(cells)]

            def live(cell: int, lived: Sequence[Any] = lived, told: list[list[str]] = by_cell) -> None:
                for command, actor in lived[cell]:
                    answer = service.engine.handle(Request(command=command, actor=actor))
                    refused = [row for row in answer.rows if not row.done]
                    assert not refused, f"{refused[0].row}: {refused[0].reason_en}"
                    told[cell].append(answer.command_id)

            took["engine"] += _timed(pool, live, range(cells))
            did["engine"] += sum(map(len, by_cell))

            with service.database.read() as connection:
                rows = appended_since(connection, before)

            def append(cell: int, told: list[list[str]] = by_cell, rows: dict[str, Any] = rows) -> None:
                for command_id in told[cell]:
                    raw.carry_out(rows[command_id])

            took["raw"] += _timed(pool, append, range(cells))
            did["raw"] += sum(map(len, by_cell))

            mine = reviews[turn * cells * members : (turn + 1) * cells * members]
            took["library"] += _timed(pool, lambda review: library.live(app, review), mine)
            did["library"] += STEPS_A_LIFE * len(mine)
    rate = {name: did[name] / took[name] for name in took}
    return Rates(database=kind, threads=threads, commands=did["engine"], **rate)


def _timed(pool: ThreadPoolExecutor, work: Callable[[T], None], parts: Iterable[T]) -> float:
    begun = time.perf_counter()
    for _ in pool.map(work, parts):
        pass
    return time.perf_counter() - begun
