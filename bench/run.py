"""`python -m bench.run`: every measurement side by side in one run, with ratios; `--json FILE` keeps them."""

from __future__ import annotations

import argparse
import json
import logging
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import structlog
from rich.console import Console
from sqlalchemy import URL

from bench import (
    boards,
    clicking,
    commands,
    comparing,
    deciding,
    library,
    opening,
    planning,
    rating,
    replay,
    sweeping,
)
from bench.places import postgres_server
from bench.report import (
    show_boards,
    show_clicks,
    show_comparisons,
    show_decisions,
    show_openings,
    show_peaks,
    show_plans,
    show_rates,
    show_ratings,
    show_replays,
    show_sweeps,
)

T = TypeVar("T")
DECIDED_TOGETHER = 100
"""Rows of one decision."""
PARTS = (
    "lives",
    "replay",
    "opening",
    "board",
    "people",
    "rating",
    "deciding",
    "comparing",
    "sweep",
    "plan",
    "memory",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int
    cells: int
    members: int
    events: int
    decided: int
    openings: tuple[tuple[str, int, int], ...]
    """(database, cells, members of each)"""
    people: tuple[int, int, int, float]
    """cells, members of each, how many people click and for how many seconds"""
    board: tuple[int, int]
    """cells and members of each"""
    compared: tuple[int, int]
    """cells and members of each, on SQLite"""
    swept: int
    """campaigns of 20,000 reviews"""
    planned: int
    """cells"""
    remembered: tuple[tuple[int, int], tuple[int, int]]
    """campaigns swept and cells simulated, few and many"""


WHOLE = Size(
    rounds=2,
    cells=8,
    members=8,
    events=200_000,
    decided=10_000,
    openings=(("sqlite", 1_000, 18), ("postgresql", 1_000, 18), ("sqlite", 1_000, 48)),
    people=(1_000, 48, 200, 90.0),
    board=(1_000, 48),
    compared=(1_000, 18),
    swept=50,
    planned=1_000,
    remembered=((2, 50), (100, 1_000)),
)
QUICK = Size(
    rounds=1,
    cells=8,
    members=4,
    events=30_000,
    decided=500,
    openings=(("sqlite", 200, 8), ("postgresql", 200, 8)),
    people=(50, 8, 20, 15.0),
    board=(100, 8),
    compared=(50, 8),
    swept=2,
    planned=100,
    remembered=((1, 2), (10, 50)),
)


class Says(Protocol):
    """Asked for by argparse."""

    quick: bool
    json: Path | None
    only: list[str] | None


def main() -> None:
    """Measure, show, and keep where asked."""
    asked = _arguments()
    # One log line a command is part of the work, the terminal is not.
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        structlog.configure(
            processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
            logger_factory=structlog.WriteLoggerFactory(nowhere),
        )
        _run(Console(), QUICK if asked.quick else WHOLE, asked.only or PARTS, asked.json)


def _run(console: Console, size: Size, parts: list[str] | tuple[str, ...], keep: Path | None) -> None:
    server = postgres_server()
    kinds = ("sqlite", "postgresql") if server else ("sqlite",)
    if server is None:
        console.print("No PostgreSQL server answers: SQLite alone is measured.", style="yellow")
    found: dict[str, list[Any]] = {}
    if "lives" in parts:
        rates = [
            _measured(console, f"lives on {kind}, {threads} thread(s)", _lives(size, kind, server, threads))
            for kind in kinds
            for threads in (1, 8)
        ]
        show_rates(console, rates, library.synchronous_of_sqlite())
        found["lives"] = [asdict(one) | {"of_raw": one.of_raw, "of_library": one.of_library} for one in rates]
    if "replay" in parts:
        replays = [_measured(console, f"replay on {kind}", _replay(size, kind, server)) for kind in kinds]
        show_replays(console, replays)
        found["replay"] = [asdict(one) | {"a_second": one.a_second} for one in replays]
    if "opening" in parts:
        openings = [
            _measured(
                console, f"opening {cells * members:,} people on {kind}", _open(kind, server, cells, members)
            )
            for kind, cells, members in size.openings
            if kind in kinds
        ]
        show_openings(console, openings)
        found["opening"] = [asdict(one) for one in openings]
    if "board" in parts:
        looks = [
            _measured(console, f"looking at a board on {kind}", _board(size, kind, server)) for kind in kinds
        ]
        show_boards(console, looks)
        found["board"] = [asdict(one) for one in looks]
    if "people" in parts and server is not None:
        cells, members, people, seconds = size.people
        clicked = _measured(
            console,
            f"{people} people clicking for {seconds:.0f} s",
            lambda: clicking.measure(server, cells=cells, members=members, people=people, seconds=seconds),
        )
        show_clicks(console, clicked)
        found["people"] = [asdict(clicked)]
    if "rating" in parts:
        rated = _measured(console, f"rating a cell of {rating.MEMBERS}", rating.measure)
        show_ratings(console, [rated])
        found["rating"] = [asdict(rated)]
    if "deciding" in parts:
        decisions = [
            _measured(console, f"deciding {size.decided:,} reviews on {kind}", _decide(size, kind, server))
            for kind in kinds
        ]
        show_decisions(console, decisions)
        found["deciding"] = [asdict(one) | {"a_second": one.a_second} for one in decisions]
    if "comparing" in parts:
        cells, members = size.compared
        compared = _measured(
            console,
            f"comparing {cells * (members + 2):,} reviews",
            lambda: comparing.measure("sqlite", None, cells=cells, members=members),
        )
        show_comparisons(console, [compared])
        found["comparing"] = [asdict(compared)]
    if "sweep" in parts:
        sweeps = [_measured(console, f"sweeping on {kind}", _sweep(size, kind, server)) for kind in kinds]
        show_sweeps(console, sweeps)
        found["sweep"] = [
            asdict(one) | {"nothing_ratio": one.nothing_ratio, "reminding_ratio": one.reminding_ratio}
            for one in sweeps
        ]
    if "plan" in parts:
        plans = [_measured(console, f"planning on {kind}", _plan(size, kind, server)) for kind in kinds]
        show_plans(console, plans)
        found["plan"] = [asdict(one) for one in plans]
    if "memory" in parts:
        swept, simulated = size.remembered
        peaks = [
            *_measured(console, "memory of a sweep", lambda: sweeping.peaks(swept)),
            *_measured(console, "memory of a simulation", lambda: planning.peaks(simulated)),
        ]
        show_peaks(console, peaks)
        found["memory"] = [asdict(one) for one in peaks]
    if keep is not None:
        machine = {"python": platform.python_version(), "machine": platform.machine()}
        keep.write_text(json.dumps(machine | found, indent=2), encoding="utf-8")


def _measured(console: Console, what: str, measure: Callable[[], T]) -> T:
    with console.status(what):
        return measure()


def _lives(size: Size, kind: str, server: URL | None, threads: int) -> Callable[[], commands.Rates]:
    return lambda: commands.measure(
        kind, server, threads=threads, rounds=size.rounds, cells=size.cells, members=size.members
    )


def _replay(size: Size, kind: str, server: URL | None) -> Callable[[], replay.Replayed]:
    return lambda: replay.measure(kind, server, events=size.events)


def _decide(size: Size, kind: str, server: URL | None) -> Callable[[], deciding.Decided]:
    cells = size.decided // DECIDED_TOGETHER
    return lambda: deciding.measure(kind, server, cells=cells, members=DECIDED_TOGETHER)


def _sweep(size: Size, kind: str, server: URL | None) -> Callable[[], sweeping.Swept]:
    return lambda: sweeping.measure(kind, server, campaigns=size.swept)


def _plan(size: Size, kind: str, server: URL | None) -> Callable[[], planning.Planned]:
    return lambda: planning.measure(kind, server, cells=size.planned)


def _board(size: Size, kind: str, server: URL | None) -> Callable[[], boards.Boards]:
    cells, members = size.board
    return lambda: boards.measure(kind, server, cells=cells, members=members)


def _open(kind: str, server: URL | None, cells: int, members: int) -> Callable[[], opening.Opened]:
    return lambda: opening.measure(kind, server, cells=cells, members=members)


def _arguments() -> Says:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run, under a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure to a file")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given again")
    namespace: Any = parser.parse_args()
    says: Says = namespace
    return says


if __name__ == "__main__":
    main()
