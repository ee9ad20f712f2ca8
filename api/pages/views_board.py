"""What the board shows: every cell a row, every stage a heat cell, lateness in words."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.views import EmptyState, Link, Page, Progress, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class HeatCell:
    """How many of a row's reviews have passed a stage, of how many that must."""

    stage: str
    done: int
    total: int
    late: bool = False
    href: str | None = None

    @property
    def step(self) -> Literal["none", "1", "2", "3", "4", "done", "late"]:
        """The cell's look: nothing, four quarters, finished, or overdue."""
        if self.late and self.done < self.total:
            return "late"
        if self.done == 0:
            return "none"
        if self.done >= self.total:
            return "done"
        return ("1", "2", "3", "4")[4 * self.done // self.total]


@dataclass(frozen=True, kw_only=True, slots=True)
class StageColumn:
    """A stage's column: the sum of all rows, the legal day and the last safe day before it."""

    stage: str
    done: int
    total: int
    due: date | None = None
    safe: date | None = None
    hour: str = ""
    """Where the legal day ends by its clause, "15:00"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardRow:
    """One cell."""

    name: str
    href: str
    members: int
    cells: tuple[HeatCell, ...]
    state: StatusText
    secretary: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardGroup:
    """The cells under one body, with their sums. `name` empty: no heading."""

    name: str
    rows: tuple[BoardRow, ...]
    cells: tuple[HeatCell, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """One way to narrow the list, with how many rows it would leave."""

    code: str
    href: str
    count: int
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class BoardPage(Page):
    """Which cells are late, refused or at risk, and how far each is.

    `kinds` have the codes individual, collective, organisation; `filters` all, late, refused, risk, done. The
    search is a GET form on `search_href` with `q` and the hidden values of `search_keeps`.
    """

    TEMPLATE = "board.html"
    columns: tuple[StageColumn, ...] = ()
    groups: tuple[BoardGroup, ...] = ()
    kinds: tuple[Filter, ...] = ()
    filters: tuple[Filter, ...] = ()
    query: str = ""
    search_href: str = ""
    search_keeps: tuple[tuple[str, str], ...] = ()
    shown: int = 0
    late: int = 0
    refused: int = 0
    risk: int = 0
    of_party: bool = True
    """Whether it is a Party's board; a union has neither cells nor Party members."""
    kind: str = "individual"
    decisive: str = "voted"
    progress: Progress | None = None
    """How far the step `decisive` is: the ballot, where there is none the review."""
    safe_day: date | None = None
    legal_day: date | None = None
    working_days_left: int | None = None
    opening: Progress | None = None
    """Set while the campaign is still being opened: the page shows this instead of rows."""
    empty: EmptyState | None = None
    plans_href: str = ""
    board_links: tuple[Link, ...] = ()
    """What is summed up or follows once levels are decided."""
    previous_href: str | None = None
    next_href: str | None = None
