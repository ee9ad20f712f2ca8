"""What a review's page shows: its steps, what comes next, what is missing."""

from dataclasses import dataclass
from typing import Literal

from api.pages.views import (
    ActionForm,
    Clause,
    FindingLine,
    FormField,
    HistoryLine,
    Link,
    Page,
    RefusalView,
    StatusText,
    Tone,
    WayOut,
    urgent_first,
)
from api.pages.views_season import NextStep


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One stage of the life: what happened or by when it must, and its clause."""

    stage: str
    state: Literal["done", "current", "future", "skipped"]
    lines: tuple[str, ...] = ()
    note: StatusText | None = None
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NextAct:
    """Something that may be done now (a form or a link), or why it may not yet."""

    title: str
    name: str = ""
    """Names the place of its form on the page, for those who are led to it."""
    text: str = ""
    form: ActionForm | None = None
    link: Link | None = None
    blocked: str = ""
    clause: Clause | None = None
    open: bool = False
    """Whether its form is laid open; the others are behind their title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What comes next, or why it may not yet with the ways on: the first thing the page says.

    `findings` are the rules that hold it back, `more` of them are left for the section below.
    """

    tone: Tone
    title: str
    text: str = ""
    findings: tuple[FindingLine, ...] = ()
    more: int = 0
    ways: tuple[WayOut, ...] = ()
    link: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelLine:
    """What one of those who had a say gave: the member, the ballot, the rules, the board, the decision."""

    who: str
    level: str | None
    note: str = ""
    differs: bool = False
    """Another level than the one that stands in the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpinionLine:
    """What one consulted body said of the report; `text` only for those who may read it."""

    body: str
    state: StatusText
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FactGroup:
    """Facts of one topic: `known` of them are recorded; `open` lays its fields open."""

    title: str
    fields: tuple[FormField, ...]
    known: int = 0
    open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FactsForm:
    """The facts of a review by topic; `form` holds what belongs to all of them, and the button."""

    form: ActionForm
    groups: tuple[FactGroup, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentLine:
    """A paper of the review."""

    name: str
    day: str
    state: StatusText
    href: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The level given, by which paper: shown with the seal."""

    level: str
    by: str
    paper: str
    day: str
    annulled: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TraceStep:
    """One step on the way to the level: what it asks, what came, why; the rest is folded.

    `aside` counts the rules that are not about this subject.
    """

    title: str
    outcome: StatusText
    deciding: tuple[FindingLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    aside: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """Why this level: one sentence, on which basis, what is missing, the decider's reason, the steps."""

    lead: str
    basis: str
    steps: tuple[TraceStep, ...]
    missing: tuple[str, ...] = ()
    reason: str = ""
    in_doubt: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TickLine:
    """One item of a checklist: what it says, its clause, and who confirmed it on which day."""

    text: str
    clause: Clause
    ticked: str = ""
    help: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TickGate:
    """The items asked for before one act; those not confirmed come first."""

    title: str
    lines: tuple[TickLine, ...]

    @property
    def open(self) -> int:
        """How many nobody has confirmed."""
        return sum(not line.ticked for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class ReviewPage(Page):
    """Which step, what next, why not, which ways out.

    `due_next` is the step that comes next, counted back from the dates of its body.
    """

    TEMPLATE = "review.html"
    name: str
    kind: str
    stage: str
    role: str = ""
    self_level: str | None = None
    level: str | None = None
    flags: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    refusal: RefusalView | None = None
    answer: Answer | None = None
    levels: tuple[LevelLine, ...] = ()
    opinions: tuple[OpinionLine, ...] = ()
    next_acts: tuple[NextAct, ...] = ()
    due_next: NextStep | None = None
    facts: FactsForm | None = None
    findings: tuple[FindingLine, ...] = ()
    trace: Trace | None = None
    checklist: tuple[TickGate, ...] = ()
    other: Link | None = None
    """The same person's review in another quality."""
    plans: tuple[Link, ...] = ()
    plan_form: Link | None = None
    """Where a plan to remedy what the review found is drawn up."""
    documents: tuple[DocumentLine, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    history_href: str = ""
    decision: Decision | None = None

    @property
    def sorted_findings(self) -> tuple[FindingLine, ...]:
        """Failing and unknown first."""
        return urgent_first(self.findings)
