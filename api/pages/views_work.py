"""What the pages of long work show: how far it is, how it ended, row by row, and where to go then."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import ActionForm, Clause, EmptyState, Link, Page, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkReason:
    """Why a row was not done, and the clause that says so."""

    text: str
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkRow:
    """What came of one row."""

    name: str
    href: str
    state: StatusText
    reasons: tuple[WorkReason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WorkPage(Page):
    """One piece of long work. While it runs the page asks again by itself, with scripts and without.

    `total` is 0 where the step cannot know how far it is: the bar then has no value. `steps` are (words, is
    this one).
    """

    TEMPLATE = "work.html"
    title: str
    lead: str
    here: str
    state: StatusText
    running: bool
    done: int = 0
    total: int = 0
    told: str = ""
    steps: tuple[tuple[str, bool], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    refused: str = ""
    open_rows: tuple[WorkRow, ...] = ()
    done_rows: tuple[WorkRow, ...] = ()
    leads_to: Link | None = None
    go_on: ActionForm | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkLine:
    """One piece of work in the list."""

    title: str
    href: str
    state: StatusText
    told: str
    asked: str


@dataclass(frozen=True, kw_only=True)
class WorksPage(Page):
    """One's own long work, the newest first; for who runs the service everybody's, without its content."""

    TEMPLATE = "works.html"
    heading: str
    lead: str
    lines: tuple[WorkLine, ...] = ()
    empty: EmptyState | None = None
