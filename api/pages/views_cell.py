"""What a cell's page shows: its agenda, the form that records its meeting, its reviews and its submission.

The meeting form posts these fields (values as typed; a tick is `on`, an absent tick is not sent):

    csrf, command_id
    meeting                      the id of a planned meeting, empty for one nobody planned
    day                          dd/mm/yyyy
    superior_attended            tick
    present                      once a person present, the person's id
    ticked                       once an item of the checklist that holds for everybody reviewed
    session.<review>.reviewed    tick: was reviewed at this meeting
    session.<review>.number      agenda number, 1..
    session.<review>.chair       person id
    session.<review>.presented   tick
    residence_all                for every session below that chooses nothing
    session.<review>.residence   empty | missing | read | missing_with_reason
    session.<review>.concluded   tick
    issued, collected, invalid   papers of the whole sheet, whole numbers
    secret, announced            ticks
    ballot.<review>.level        the level moved
    ballot.<review>.<column code>  whole numbers
    edit                         the review whose kept row is opened again, sent by the button in that row
    took_place                   tick: it took place like this
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.pages.views import (
    ActionForm,
    Choice,
    Clause,
    EmptyState,
    FormField,
    HistoryLine,
    Link,
    Page,
    RefusalView,
    StatusText,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """A person on the roll of the meeting, in the order of the roll."""

    person: str
    name: str
    note: str = ""
    present: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """One review at this meeting: who, who may chair, what was done. `taken` rows are shown as text."""

    review: str
    number: int
    name: str
    role: str = ""
    href: str | None = None
    taken: bool = False
    reviewed: bool = False
    chair: str = ""
    chairs: tuple[Choice, ...] = ()
    presented: bool = False
    needs_residence: bool = True
    residence: Literal["", "missing", "read", "missing_with_reason"] = ""
    """Empty until somebody has chosen: nobody records by one press what nobody checked."""
    concluded: bool = False
    note: StatusText | None = None
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One item in lawful order. A locked item says why; sessions are recorded inside their item."""

    number: int
    title: str
    detail: str = ""
    state: Literal["done", "current", "next", "locked"] = "next"
    times: str = ""
    clause: Clause | None = None
    sessions: tuple[Session, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BallotColumn:
    """One of the levels a paper offers."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BallotRow:
    """The counts of one name, a number a column, as typed. Together they stay within the valid papers."""

    review: str
    name: str
    level: str
    role: str = ""
    href: str | None = None
    counts: tuple[str, ...] = ()
    """As typed or kept, a number a column; a saved row shows them as text and sends them along unseen."""
    state: Literal["saved", "open", "wrong", "locked"] = "open"
    check: str = ""
    """How a saved row compares with the valid papers, in words."""
    result: StatusText | None = None
    error: str = ""
    way: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BallotTable:
    """All names that share a scale and a round, and the columns of their paper."""

    caption: str
    columns: tuple[BallotColumn, ...]
    rows: tuple[BallotRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A sentence with the clause it rests on, None where it is the service's own word."""

    text: str
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleChoice:
    """A tick for each person who may be meant: the counting team, who is barred, who came though exempt."""

    name: str
    label: str
    people: tuple[Attendee, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BallotGrid:
    """The counts of one evening. `papers` are the fields of the sheet as a whole, its form among them.

    `how` says before papers are handed out how they will be counted and what that guarantees.
    """

    papers: tuple[FormField, ...]
    tables: tuple[BallotTable, ...]
    official_members: int
    how: tuple[Said, ...] = ()
    people: tuple[PeopleChoice, ...] = ()
    announced: bool = False
    summary: str = ""
    save: str = ""
    """Where rows are sent to be kept without recording anything; empty where nothing can be kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingForm:
    """The form that records one meeting as a whole."""

    action: str
    command_id: str
    day: FormField
    roll: tuple[Attendee, ...]
    agenda: tuple[AgendaItem, ...]
    meeting: str = ""
    expected_version: str = ""
    residence_all: FormField | None = None
    """What holds for everybody whose own choice is left open; None where nobody needs the comment."""
    ticks: tuple[FormField, ...] = ()
    """The checklist: what holds for everybody reviewed at this meeting."""
    ballot: BallotGrid | None = None
    superior_attended: bool = False
    may_be_irregular: bool = False
    """True after a refusal that allows "it took place like this": the tick appears."""
    took_place: bool = False
    errors: tuple[Link, ...] = ()
    """What to put right, each with the address of its field (#id)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CountForm:
    """The sheet alone, for a counting team: its rows are kept, whoever leads the meeting records it."""

    action: str
    ballot: BallotGrid
    errors: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One date before the meeting that the regulation asks for."""

    title: str
    value: str
    limit: str
    state: StatusText
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingLine:
    """One thing that a submission still lacks, and where to put it right."""

    text: str
    state: StatusText
    clause: Clause | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldMeeting:
    """The last meeting held: who was there, who is still waited for."""

    title: str
    detail: str
    absent: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperLink:
    """One paper of the meeting: to be printed, or taken along as a workbook."""

    title: str
    href: str
    sheet: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmissionBox:
    """Where the cell's submission stands; `form` only when nothing is missing."""

    state: StatusText
    detail: str = ""
    due: date | None = None
    safe: date | None = None
    missing: tuple[MissingLine, ...] = ()
    form: ActionForm | None = None
    acts: tuple[ActionForm, ...] = ()
    """What a superior may do with it: return, appraise, decide."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLine:
    """One review of the cell: who, where it stands, which level."""

    name: str
    href: str
    kind: str
    stage: str
    role: str = ""
    level: str | None = None
    state: StatusText | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CellPage(Page):
    """Where in the agenda the cell is, who was there, what stops it."""

    TEMPLATE = "cell.html"
    name: str
    parent: str = ""
    lead: str = ""
    members: int = 0
    meeting_day: date | None = None
    season_href: str = ""
    together_href: str = ""
    """Where reports and self-ratings of many are entered at once."""
    ticks_href: str = ""
    """Where items of the checklists are confirmed for many at once."""
    meeting: MeetingForm | None = None
    count: CountForm | None = None
    plan: ActionForm | None = None
    calling_off: ActionForm | None = None
    """For a meeting that is planned and does not take place."""
    refusal: RefusalView | None = None
    agenda: tuple[AgendaItem, ...] = ()
    """The agenda in lawful order, also for whoever only looks."""
    order: Said | None = None
    """Why the items stand in this order."""
    held: HeldMeeting | None = None
    notices: tuple[Notice, ...] = ()
    blockers: tuple[MissingLine, ...] = ()
    """What stands in the way of the meeting."""
    papers: tuple[PaperLink, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    confirmations: tuple[ActionForm, ...] = ()
    """One for each counted sheet that waits for a second person."""
    corrections: tuple[ActionForm, ...] = ()
    """One for each counted sheet: a figure that differs from the paper is put right."""
    submission: SubmissionBox | None = None
    lists: tuple[ActionForm, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    empty: EmptyState | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TickItem:
    """One item of the checklists with the reviews nobody has confirmed it for."""

    item: str
    text: str
    clause: Clause
    reviews: tuple[Choice, ...]
    error: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TickSection:
    """The items asked for at one act."""

    title: str
    items: tuple[TickItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TickedRow:
    """What came of one review of a form that was sent for many; `warnings` do not stand in the way."""

    name: str
    href: str
    done: bool
    text: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TicksPage(Page):
    """Which items are still open for whom; each item is a form of its own, sent to `action`."""

    TEMPLATE = "ticks.html"
    name: str
    action: str
    command_id: str
    on: FormField
    sections: tuple[TickSection, ...] = ()
    rows: tuple[TickedRow, ...] = ()
    refusal: RefusalView | None = None
