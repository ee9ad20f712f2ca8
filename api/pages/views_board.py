"""What the board shows: every cell a row, every stage a heat cell, lateness in words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

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
    advised: date | None = None
    """Where no clause gives a date: the last safe day counted back from the dates that have one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardRow:
    """One body. `above` names the one it is directly below, where the list is not a tree."""

    name: str
    href: str
    members: int
    cells: tuple[HeatCell, ...]
    state: StatusText
    secretary: str = ""
    depth: int = 0
    above: str = ""
    is_branch: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRow:
    """The heading of a branch with the sums of all its bodies, those left out included.

    `direct` says that it is of what is directly below the body that runs the campaign. `again` that it began
    on an earlier page.
    """

    code: str
    name: str
    bodies: int
    matching: int
    late: int
    risk: int
    cells: tuple[HeatCell, ...]
    fold_href: str
    direct: bool = False
    folded: bool = False
    again: bool = False
    depth: int = 0
    is_branch: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveView:
    """A view somebody kept: where it leads, and where its removal is posted."""

    name: str
    href: str
    action: str
    current: bool = False


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
    lines: tuple[BoardRow | BranchRow, ...] = ()
    kinds: tuple[Filter, ...] = ()
    filters: tuple[Filter, ...] = ()
    stages: tuple[Filter, ...] = ()
    """The steps bodies may be stuck at, `levels` those their reviews have; both are chosen in the form."""
    levels: tuple[Filter, ...] = ()
    sort: str = "tree"
    query: str = ""
    search_href: str = ""
    search_keeps: tuple[tuple[str, str], ...] = ()
    filter: str = ""
    """What the rows are narrowed to, in words: for paper."""
    clear_href: str = ""
    """The board without filters; empty where nothing is left out."""
    views: tuple[RemoveView, ...] = ()
    save_action: str = ""
    view_name: str = ""
    view_problem: str = ""
    """What was typed as the name of a view that could not be kept, and why."""
    view_query: str = ""
    """What is shown, as a query string: what a view is kept as."""
    shown: int = 0
    """How many bodies match; `bodies` is how many there are."""
    bodies: int = 0
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
    page_number: int = 1
    last_shown: int = 0
    previous_href: str | None = None
    next_href: str | None = None
    export_href: str = ""
    remind_href: str = ""
    """Where all that match can be reminded; empty for whoever may not, and once the campaign is closed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderSum:
    """One step that is reminded of: how many bodies owe it, how many people are told, until when."""

    task: str
    bodies: int
    people: int
    safe: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderLine:
    """One body that matches: who answers for it, of what, and what becomes of the reminder."""

    name: str
    href: str
    state: StatusText
    people: tuple[str, ...] = ()
    task: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class RemindersPage(Page):
    """Before: what is sent to whom, posted to `action` (empty where there is nobody). After: an outcome a
    body, those who were not reminded first.
    """

    TEMPLATE = "board_reminders.html"
    title: str = ""
    lead: str = ""
    of_party: bool = True
    done: bool = False
    matching: int = 0
    people: int = 0
    sums: tuple[ReminderSum, ...] = ()
    lines: tuple[ReminderLine, ...] = ()
    problem: str = ""
    action: str = ""
    mark: str = ""
    command_id: str = ""
    back: Link
