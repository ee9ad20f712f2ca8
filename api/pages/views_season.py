"""What the season pages show: who has to act by when, the tightest ways, the month, and days to meet on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.views import ActionForm, Clause, EmptyState, FormField, Link, Page, RefusalView, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class StepLine:
    """One step that is owed: what, by which last safe and legal day, by whom, and why.

    `task` says what, `why` counts its day back, `clause` is where that is written.
    """

    task: str
    safe: date | None
    last: date | None
    who: str
    why: str
    clause: Clause | None = None
    state: StatusText | None = None
    hour: str = ""
    body: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskLine:
    """Bodies that have to act alike: `warning` says what by when, `missed` what cannot be met any more."""

    bodies: tuple[Link, ...]
    count: int
    state: StatusText
    warning: str
    step: StepLine
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PathView:
    """The tightest way to one final date, step by step; `alike` tells how many bodies stand at its start."""

    title: str
    state: StatusText
    steps: tuple[StepLine, ...]
    alike: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DayEntry:
    """Something on one day: a meeting held or planned, a last legal or a last safe day."""

    kind: Literal["held", "planned", "due", "safe"]
    text: str
    href: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthDay:
    """One day of the month view; `off` is no working day, `half` half of one, `outside` another month's."""

    day: date
    off: bool = False
    half: bool = False
    today: bool = False
    outside: bool = False
    entries: tuple[DayEntry, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthView:
    """The weeks of a month from Monday to Sunday, with the ways to the months beside it."""

    month: str
    weeks: tuple[tuple[MonthDay, ...], ...]
    previous_href: str
    next_href: str


@dataclass(frozen=True, kw_only=True)
class SeasonPage(Page):
    """Who must act today to be in time: bodies at risk, the tightest ways, the month.

    `red`, `amber` and `green` count the bodies that still owe something. `pace` tells which bodies will miss
    a date at the present pace.
    """

    TEMPLATE = "season.html"
    of_party: bool = True
    red: int = 0
    amber: int = 0
    green: int = 0
    lead: str = ""
    at_risk: tuple[RiskLine, ...] = ()
    hidden: int = 0
    """So many more bodies are at risk than are named."""
    pace: tuple[str, ...] = ()
    paths: tuple[PathView, ...] = ()
    month: MonthView | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayLine:
    """One day for a meeting: whether it is proposed, what speaks against it, and the form that plans it."""

    day: date
    state: StatusText
    reasons: tuple[str, ...] = ()
    form: ActionForm | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannerView:
    """Days to meet on, best first, and the others with what speaks against them.

    The range is asked for by a GET form on `action`. `note` says what the meeting would take. `propose`
    leads to the days proposed, `every` to the days not asked about yet.
    """

    action: str
    first: FormField
    last: FormField
    note: str = ""
    proposed: tuple[DayLine, ...] = ()
    others: tuple[DayLine, ...] = ()
    propose: Link | None = None
    every: Link | None = None
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True)
class BodySeasonPage(Page):
    """The backward plan of one body, step by step with its reasons, and the meeting planner."""

    TEMPLATE = "body_season.html"
    name: str = ""
    state: StatusText | None = None
    warning: str = ""
    missed: tuple[str, ...] = ()
    steps: tuple[StepLine, ...] = ()
    undated: tuple[StepLine, ...] = ()
    planner: PlannerView | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """The next step of one review, counted back; `link` leads to the whole plan of its body."""

    step: StepLine
    warning: str
    link: Link
