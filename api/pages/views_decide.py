"""What the pages of a cohort show: a row a review, quotas as units, what would come of it and what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from api.pages.views import (
    ActionForm,
    Clause,
    EmptyState,
    FormField,
    Link,
    Page,
    RefusalView,
    StatusText,
)

Act = Literal["appraise", "decide"]


@dataclass(frozen=True, kw_only=True, slots=True)
class RowNote:
    """Why a row needs a look, in one sentence; its clause where a rule says so."""

    state: StatusText
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedRow:
    """One review: what it says of itself, its ballot, the rules, the board, and the choice to be made.

    `computed` is a level, or empty with `computed_note` saying why none came out.
    """

    review: str
    name: str
    href: str
    body: str
    kind: str
    version: int
    rated: bool = True
    self_level: str | None = None
    voted_level: str | None = None
    votes: str = ""
    computed: str | None = None
    computed_note: str = ""
    advised: str | None = None
    advised_note: str = ""
    take: FormField | None = None
    fields: tuple[FormField, ...] = ()
    notes: tuple[RowNote, ...] = ()
    trial: StatusText | None = None
    """After a look ahead: what would become of the row as chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fold:
    """The rows of one report on which everybody agrees: folded, and taken together by one tick."""

    name: str
    href: str
    detail: str
    take: FormField
    rows: tuple[JudgedRow, ...]
    state: StatusText | None = None
    open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotaCard:
    """One quota list: squares up to its ceiling and beyond; no ceiling where no number binds it."""

    name: str
    used: int
    ceiling: int | None
    formula: str = ""
    detail: str = ""
    clauses: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many rows have a level."""

    level: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class CohortPage(Page):
    """Who needs a look, does it fit the quota, what if: one form over the whole cohort.

    `judge` holds what counts for all rows; its buttons send the form to `trial`, or on to `confirm`.
    """

    TEMPLATE = "decide.html"
    act: Act
    title: str
    lead: str
    here: str
    bodies: tuple[Link, ...] = ()
    chosen_body: str = ""
    judge: ActionForm | None = None
    trial: str = ""
    confirm: str = ""
    quotas: tuple[QuotaCard, ...] = ()
    counts: tuple[Count, ...] = ()
    urgent: tuple[JudgedRow, ...] = ()
    folds: tuple[Fold, ...] = ()
    refusal: RefusalView | None = None
    looked: StatusText | None = None
    """The answer of a look ahead in one sentence."""
    consequence: str = ""
    annulling: str = ""
    annul_clauses: tuple[Clause, ...] = ()
    elsewhere: tuple[Link, ...] = ()
    """Reports of this body that wait for the other office."""
    paper: str = ""
    further: Link | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmLine:
    """What is about to be recorded for one body."""

    name: str
    rows: int
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DifferingLine:
    """A row about to be recorded at another level than was advised, with the reason typed."""

    name: str
    href: str
    before: str | None
    after: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(Page):
    """What follows from the judgement, before it is recorded; every typed value travels on hidden."""

    TEMPLATE = "decide_confirm.html"
    act: Act
    title: str
    lead: str
    record: ActionForm
    """Posts what is recorded; its fields are hidden."""
    back: str
    lines: tuple[ConfirmLine, ...]
    differing: tuple[DifferingLine, ...] = ()
    refusal: RefusalView | None = None
    quotas: tuple[QuotaCard, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    consequence: str = ""
    annulling: str = ""
    annul_clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRow:
    """What became of one row."""

    name: str
    href: str
    body: str
    level: str
    state: StatusText
    reasons: tuple[RowNote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OutcomePage(Page):
    """An outcome a row: what was not done first, with its reasons; what was done, folded."""

    TEMPLATE = "decide_outcome.html"
    act: Act
    title: str
    lead: str
    open_rows: tuple[OutcomeRow, ...]
    done_rows: tuple[OutcomeRow, ...]
    again: Link
    annulling: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperRow:
    """One line of the printed list."""

    number: int
    name: str
    self_level: str | None
    voted_level: str | None
    votes: str
    computed: str | None
    advised: str | None
    note: str = ""
    rated: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperBody:
    """The rows of one body on paper."""

    name: str
    detail: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, kw_only=True)
class PaperPage(Page):
    """The cohort as a paper put before those who decide: no chrome, signature lines at the end."""

    TEMPLATE = "decide_paper.html"
    act: Act
    title: str
    lead: str
    issuer: str
    above: str
    bodies: tuple[PaperBody, ...]
    quotas: tuple[QuotaCard, ...] = ()
    counts: tuple[Count, ...] = ()
    back: str = ""
