"""The tables of a run, each figure beside its aim."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bench.boards import Boards
from bench.clicking import WORKERS, Clicked
from bench.commands import Rates
from bench.comparing import Compared
from bench.deciding import Decided
from bench.opening import Opened
from bench.planning import Planned
from bench.rating import Rated
from bench.replay import Replayed
from bench.sweeping import Peak, Swept

OF_RAW, OF_LIBRARY, REPLAYED, OPENED_SECONDS, BOARD_MS = 0.5, 1.0, 250_000, 15.0, 50.0
PAINT_MS = 500.0
CLICK_MS = 500.0
CELL_MS, DECIDED_A_SECOND = 10.0, 5_000
COMPARED_SECONDS = 60.0
SWEPT_REVIEWS, NOTHING_SECONDS, REMINDING_SECONDS, OF_ROWS = 1_000_000, 1.0, 5.0, 50
PLANNED_SECONDS = 2.0
PAGE_BYTES = 150_000


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
    """Openings."""
    table = Table(
        title=f"Opening a campaign; aim: {OPENED_SECONDS:.0f} s for 20,000 reviews",
        title_justify="left",
    )
    for heading in ("database", "cells", "reviews", "roster written", "opened"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in openings:
        allowed = OPENED_SECONDS * max(one.reviews, 20_000) / 20_000
        table.add_row(
            one.database,
            f"{one.cells:,}",
            f"{one.reviews:,}",
            f"{one.roster_seconds:.1f} s",
            _marked(f"{one.opening_seconds:.1f} s", one.opening_seconds < allowed),
        )
    console.print(table)


def show_clicks(console: Console, one: Clicked) -> None:
    """What people waited for, kind of page by kind of page, the slowest last."""
    table = Table(
        title=f"{one.people} people clicking for {one.seconds:.0f} s on {one.reviews:,} reviews, PostgreSQL, "
        f"{WORKERS} workers; aims: no error, p99 {CLICK_MS:.0f} ms",
        title_justify="left",
    )
    for heading in ("page", "clicks", "p50", "p99"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for kind, (clicks, middle, slow) in sorted(one.by_kind.items(), key=lambda each: each[1][2]):
        table.add_row(kind, f"{clicks:,}", f"{middle:,.0f} ms", f"{slow:,.0f} ms")
    table.add_section()
    table.add_row(
        "all",
        f"{one.clicks:,}",
        f"{one.p50:,.0f} ms",
        _marked(f"{one.p99:,.0f} ms", one.p99 <= CLICK_MS),
    )
    console.print(table)
    said = (
        f"{one.wrong} errors{f', the first: {one.first_wrong}' if one.wrong else ''}; p95 {one.p95:,.0f} ms"
    )
    console.print(f"{said}, longest {one.longest:,.0f} ms.", style="yellow" if one.wrong else "dim")


def show_boards(console: Console, boards: Sequence[Boards]) -> None:
    """Milliseconds of a look, beside the counts alone asked body by body."""
    table = Table(
        title=f"A board from request to HTML, its first 300 rows; aims: {BOARD_MS:.0f} ms for 1,000 cells "
        f"and 50,000 reviews, {PAGE_BYTES // 1000} KB compressed",
        title_justify="left",
    )
    for heading in (
        "database",
        "bodies",
        "reviews",
        "cold",
        "again",
        "after an event",
        "search",
        "by row",
        "page",
    ):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in boards:
        table.add_row(
            one.database,
            f"{one.bodies:,}",
            f"{one.reviews:,}",
            f"{one.cold_ms:.0f} ms",
            _marked(f"{one.again_ms:.0f} ms", one.again_ms < BOARD_MS),
            _marked(f"{one.after_event_ms:.0f} ms", one.after_event_ms < BOARD_MS),
            f"{one.search_ms:.0f} ms",
            f"{one.by_row_ms:,.0f} ms",
            _marked(f"{one.page_bytes / 1000:.1f} KB", one.page_bytes < PAGE_BYTES),
        )
    console.print(table)
    for one in boards:
        if one.paint is None:
            console.print("No Chromium: the first paint was not measured.", style="yellow")
            break
        new, known = (_marked(f"{ms:.0f} ms", ms < PAINT_MS) for ms in one.paint)
        console.print(
            f"First paint on {one.database}: new here {new}, here before {known}; aim {PAINT_MS:.0f} ms."
        )


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


def show_sweeps(console: Console, sweeps: Sequence[Swept]) -> None:
    """Seconds of a sweep, and how much longer the same takes row by row; aims are for a million reviews."""
    table = Table(
        title=f"The daily sweep; aims for {SWEPT_REVIEWS:,} reviews: {NOTHING_SECONDS:.0f} s with "
        f"nothing new, {REMINDING_SECONDS:.0f} s for 20,000 reminders, {OF_ROWS} times ahead of the ORM "
        "row by row",
        title_justify="left",
    )
    for heading in ("database", "reviews", "nothing new", "by row", "reminders", "found", "by row"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in sweeps:
        marked = _marked if one.reviews >= SWEPT_REVIEWS else _unmarked
        table.add_row(
            one.database,
            f"{one.reviews:,}",
            marked(f"{one.nothing_seconds:.2f} s", one.nothing_seconds < NOTHING_SECONDS),
            marked(f"{one.nothing_ratio:,.0f}x", one.nothing_ratio >= OF_ROWS),
            f"{one.reminders:,}",
            marked(f"{one.reminding_seconds:.2f} s", one.reminding_seconds < REMINDING_SECONDS),
            marked(f"{one.reminding_ratio:,.0f}x", one.reminding_ratio >= OF_ROWS),
        )
    console.print(table)
    for one in sweeps:
        console.print(
            f"{one.database}: two open deadlines a review. The sweep also writes {one.notices:,} notices and "
            f"{one.letters:,} letters, the ORM neither. The ORM was measured on {one.by_row_reviews:,} "
            f"reviews ({one.by_row_nothing_seconds:.2f} s and {one.by_row_reminding_seconds:.2f} s) of which "
            "the same share is reminded of, and its time multiplied.",
            style="dim",
        )


def show_plans(console: Console, planned: Sequence[Planned]) -> None:
    """Seconds to plan a whole campaign backwards."""
    table = Table(
        title=f"Backward plans of a campaign; aim: {PLANNED_SECONDS:.0f} s for 1,000 cells",
        title_justify="left",
    )
    for heading in ("database", "bodies", "reviews", "first time", "then", "critical paths"):
        table.add_column(heading, justify="left" if heading == "database" else "right")
    for one in planned:
        table.add_row(
            one.database,
            f"{one.bodies:,}",
            f"{one.reviews:,}",
            _marked(f"{one.first_seconds:.2f} s", one.first_seconds < PLANNED_SECONDS),
            f"{one.seconds:.2f} s",
            f"{one.paths_seconds:.2f} s",
        )
    console.print(table)


def show_peaks(console: Console, peaks: Sequence[Peak]) -> None:
    """The most memory a process held, at two sizes."""
    table = Table(title="Peak memory of one process on SQLite, as campaigns grow", title_justify="left")
    for heading in ("work", "reviews", "before", "peak"):
        table.add_column(heading, justify="left" if heading == "work" else "right")
    for one in peaks:
        table.add_row(one.work, f"{one.reviews:,}", f"{one.before_mib:.0f} MiB", f"{one.peak_mib:.0f} MiB")
    console.print(table)


def _marked(figure: str, reached: bool) -> str:
    return f"{figure} [green]reached[/]" if reached else f"{figure} [yellow]short[/]"


def _unmarked(figure: str, _reached: bool) -> str:
    return figure
