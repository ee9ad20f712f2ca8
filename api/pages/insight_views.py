"""What the insight page shows: ceilings, spreads, shifts and what is worth a closer look."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import Clause, Link, Page, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class CeilingLine:
    """One list against its ceiling; `before` is the year before, e.g. "3/3"; `formula` with its numbers."""

    name: str
    href: str
    group: str
    top: int
    allowed: int
    formula: str
    before: str
    state: StatusText
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BarPair:
    """One level of a chart: this year and the year before, as tenths of a percent and in words."""

    level: str
    now: int
    now_share: str
    now_tenths: int
    then: int
    then_share: str
    then_tenths: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SpreadView:
    """The levels of one kind; `known_then` 0 hides the year before, because nothing is known of it."""

    kind: str
    title: str
    bars: tuple[BarPair, ...]
    rated: int
    owing: int
    unrated: int
    known_then: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixCell:
    """So many from one level to another; `way` says which way, `heat` 0 to 4 how many of the most."""

    count: int
    way: str = "kept"
    heat: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixView:
    """From one step to the next: rows are the level before, columns the one after, sums at the edges."""

    key: str
    title: str
    note: str
    before: str
    after: str
    levels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...], int], ...]
    sums: tuple[int, ...]
    total: int
    changed: bool = True
    """Whether anything came out otherwise; a table of what stayed is folded away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignLine:
    """One thing worth a closer look: in a few words, in a sentence, and where to look."""

    title: str
    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InsightPage(Page):
    """Where does chasing achievements show? The heading is the answer."""

    TEMPLATE = "insight.html"
    heading: str = ""
    lead: str = ""
    year: int = 0
    branch: str = ""
    up: Link | None = None
    branches: tuple[Link, ...] = ()
    lists: tuple[CeilingLine, ...] = ()
    more_lists: Link | None = None
    left_lists: int = 0
    spreads: tuple[SpreadView, ...] = ()
    matrices: tuple[MatrixView, ...] = ()
    signs: tuple[SignLine, ...] = ()
    sheet_href: str = ""
    waiting: bool = False
