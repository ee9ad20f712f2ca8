"""The tables of a run, each figure beside its aim."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.commands import Rates
from bench.comparing import Compared
from bench.deciding import Decided
from bench.opening import Opened
from bench.rating import Rated
from bench.replay import Replayed

OF_RAW, OF_LIBRARY, REPLAYED, OPENED_SECONDS, BOARD_MS = 0.5, 1.0, 250_000, 15.0, 50.0
CELL_MS, DECIDED_A_SECOND = 10.0, 5_000
COMPARED_SECONDS = 60.0


def show_rates(console: Console, rates: Sequence[Rates], library_synchronous: str) -> None:
    """Commands a second, side by side."""
    table = Table(
        title=f"Whole lives, commands a second; aims: {OF_RAW:.0%} of raw, ahead of eventsourcing",
        title_justify="left",
    )
    for heading in ("database", "threads", "kiemdiem", "raw", "eventsourcing", "of raw", "of it"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for rate in rates:
        table.add_row(
            rate.database,
            str(rate.threads),
            f"{rate.engine:,.0f}",
            f"{rate.raw:,.0f}",
            f"{rate.library:,.0f}",
            _marked(f"{rate.of_raw:.0%}", rate.of_raw >= OF_RAW),
            _marked(f"{rate.of_library:.0%}", rate.of_library > OF_LIBRARY),
        )
    console.print(table)
    console.print(
        f"SQLite: WAL, synchronous=FULL for kiemdiem and raw, {library_synchronous} (the default) for "
        "eventsourcing; each answers after its commit. eventsourcing applies no rules, keeps no read models "
        "and chains no hashes.",
        style="dim",
    )


def show_replays(console: Console, replays: Sequence[Replayed]) -> None:
    """Events a second."""
    table = Table(
        title=f"Replay: read, decode, fold; aim: {REPLAYED:,} a second on SQLite", title_justify="left"
    )
    for heading in ("database", "events", "streams", "events a second"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in replays:
        rate = f"{one.a_second:,.0f}"
        shown = _marked(rate, one.a_second >= REPLAYED) if one.database == "sqlite" else rate
        table.add_row(one.database, f"{one.events:,}", f"{one.streams:,}", shown)
    console.print(table)


def show_openings(console: Console, openings: Sequence[Opened]) -> None:
    """Openings and boards."""
    table = Table(
        title=f"Opening a campaign, and its board from request to HTML; aims: {OPENED_SECONDS:.0f} s for "
        f"20,000 reviews, {BOARD_MS:.0f} ms",
        title_justify="left",
    )
    for heading in ("database", "cells", "reviews", "roster written", "opened", "board"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in openings:
        allowed = OPENED_SECONDS * max(one.reviews, 20_000) / 20_000
        table.add_row(
            one.database,
            f"{one.cells:,}",
            f"{one.reviews:,}",
            f"{one.roster_seconds:.1f} s",
            _marked(f"{one.opening_seconds:.1f} s", one.opening_seconds < allowed),
            _marked(f"{one.board_ms:.0f} ms", one.board_ms < BOARD_MS),
        )
    console.print(table)


def show_comparisons(console: Console, comparisons: Sequence[Compared]) -> None:
    """Campaigns judged under two regimes, in one thread."""
    table = Table(
        title=f"Comparing with another regime; aim: {COMPARED_SECONDS:.0f} s for 20,000 reviews",
        title_justify="left",
    )
    for heading in ("database", "reviews", "different", "took"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in comparisons:
        allowed = COMPARED_SECONDS * max(one.reviews, 20_000) / 20_000
        took = _marked(f"{one.seconds:.1f} s", one.seconds < allowed)
        table.add_row(one.database, f"{one.reviews:,}", f"{one.different:,}", took)
    console.print(table)


def show_ratings(console: Console, rated: Sequence[Rated]) -> None:
    """Milliseconds for a cell."""
    table = Table(title=f"Rating a cell with all findings; aim: {CELL_MS:.0f} ms", title_justify="left")
    for heading in ("members", "findings", "first time", "then"):
        table.add_column(heading, justify="right")
    for one in rated:
        then = _marked(f"{one.middle_ms:.1f} ms", one.middle_ms < CELL_MS)
        table.add_row(str(one.members), str(one.findings), f"{one.first_ms:.1f} ms", then)
    console.print(table)


def show_decisions(console: Console, decisions: Sequence[Decided]) -> None:
    """Reviews decided a second."""
    table = Table(
        title=f"Deciding in bulk with quota; aim: {DECIDED_A_SECOND:,} reviews a second on SQLite",
        title_justify="left",
    )
    for heading in ("database", "decisions", "reviews", "reviews a second"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in decisions:
        rate = f"{one.a_second:,.0f}"
        shown = _marked(rate, one.a_second >= DECIDED_A_SECOND) if one.database == "sqlite" else rate
        table.add_row(one.database, f"{one.bundles:,}", f"{one.reviews:,}", shown)
    console.print(table)


def _marked(figure: str, reached: bool) -> str:
    return f"{figure} [green]reached[/]" if reached else f"{figure} [yellow]short[/]"
