"""What each page shows: frozen values that a route fills and a template reads.

Words that depend on data (names, findings, events) arrive as finished sentences in the reader's language;
words that belong to the page are in the template. Codes (stage, level, kind, verdict) are those of the log.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

from api.pages.look import LOOK, Look

Tone = Literal[
    "done", "working", "waiting", "risk", "late", "refused", "unknown", "none", "decided", "locked"
]
Verdict = Literal["holds", "fails", "unknown", "not_applicable"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A word to press and where it leads."""

    label: str
    href: str


NavKey = Literal[
    "home",
    "inbox",
    "campaigns",
    "work",
    "board",
    "cell",
    "season",
    "own_season",
    "review",
    "decide",
    "insight",
    "audit",
    "administration",
    "people",
    "roster",
    "calendar",
    "deliveries",
    "regulation",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """One entry of the main navigation; `key` chooses word and icon."""

    key: NavKey
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One option of a select or a row of radio buttons."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What surrounds every page: who reads it, where and on which day."""

    language: str
    today: date
    now: datetime | None = None
    path: str = "/"
    actor: str | None = None
    capacity: str | None = None
    campaign: str | None = None
    organisation: str | None = None
    rulebook: str | None = None
    secondary: bool = False
    """The rulebook was written down from quotations; the page says so in one line."""
    nav: tuple[NavItem, ...] = ()
    further: tuple[NavItem, ...] = ()
    """What is found under "more" after the entries that do not fit."""
    unread: int = 0
    """Notices of the inbox that are not read and still owed."""
    own: tuple[str, ...] = ()
    """Addresses of one's own things that are there: account, capacity, sign-out."""
    look: Look = LOOK
    notice: str | None = None
    undo: "Undo | None" = None
    """The way back from what was just done, where there is one."""
    csrf: str = ""
    stand_ins: tuple[Choice, ...] = ()
    """Development only: whom to act as, posted as `actor` to /actor. Empty hides the choice."""
    language_hrefs: tuple[tuple[str, str], ...] = ()
    """(code, address) of the same page in every other language."""
    mark: str = ""
    """How far the database was seen before the page was made; empty where the page stays as it is."""
    keeper: bool = False
    """Whoever reads it looks after the service: the foot of the page leads to its letters."""
    topic: str = ""
    """What the page is about: "2016" or "2016/CB03"; changes of others leave it as it is."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: its frame and, in each subclass, what its template reads."""

    TEMPLATE: ClassVar[str]
    frame: Frame
    crumbs: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusText:
    """A state said with a sign and words."""

    tone: Tone
    text: str
    href: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Where it is written: "mục III.2.3.1" of a document, and where to read it."""

    label: str
    document: str = ""
    href: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OperandLine:
    """One value a rule read, and where it came from."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """What one rule says of one review, as a sentence."""

    verdict: Verdict
    sentence: str
    clause: Clause
    comparison: str | None = None
    reading: Clause | None = None
    operands: tuple[OperandLine, ...] = ()


def urgent_first(findings: tuple[FindingLine, ...]) -> tuple[FindingLine, ...]:
    """Failing, then unknown, then what holds, then what does not apply; the given order within each."""
    order = ("fails", "unknown", "holds", "not_applicable")
    return tuple(sorted(findings, key=lambda finding: order.index(finding.verdict)))


@dataclass(frozen=True, kw_only=True, slots=True)
class FormField:
    """One input with its label. `error` is shown and announced with it; `value` is what was typed."""

    name: str
    label: str
    kind: Literal[
        "text", "day", "number", "select", "textarea", "tick", "file", "hidden",
        "login", "password", "new_password", "code",
    ] = "text"  # fmt: skip
    value: str = ""
    hint: str = ""
    error: str = ""
    required: bool = False
    quiet: bool = False
    """Not said to be optional: the whole form is."""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionForm:
    """One command as a form. Refused, it comes back with its fields as typed."""

    action: str
    submit: str
    fields: tuple[FormField, ...] = ()
    command_id: str = ""
    expected_version: str = ""
    style: Literal["primary", "plain", "seal"] = "plain"
    rows: tuple[tuple[FormField, ...], ...] = ()
    """Fields that belong together, one group a row, after the others."""

    notes: tuple[str, ...] = ()
    """What to know before it is sent, a sentence each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOut:
    """One numbered way on after a refusal: a condition in bold, what to do, and a link or the form itself."""

    when: str
    what: str = ""
    link: Link | None = None
    form: ActionForm | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalView:
    """What cannot be done, why, by which clause, and the ways on."""

    title: str
    why: str
    clauses: tuple[Clause, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    ways: tuple[WayOut, ...] = ()
    kept: bool = False
    """True when what was typed is still in the form below."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """A question before what cannot be undone: what follows from it, the form that does it, the way back.

    The form carries everything that was typed, so that either button leads on with it.
    """

    title: str
    consequences: tuple[str, ...]
    form: ActionForm
    back: str
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo:
    """Something was done that the regulation lets be taken back: what, and the form that does."""

    said: str
    form: ActionForm


@dataclass(frozen=True, kw_only=True, slots=True)
class EmptyState:
    """Nothing here yet: why, and the next step."""

    title: str
    text: str
    link: Link | None = None
    icon: str = "calendar"


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How much is done of how much."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """0 to 100, rounded down; 0 of 0 is 0."""
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """One event in one plain sentence, with the stage the review stood in afterwards."""

    number: int
    at: datetime
    sentence: str
    stage: str
    href: str | None = None
    by: str = ""
    irregular: bool = False
    late_entry: bool = False


@dataclass(frozen=True, kw_only=True)
class ProblemPage(Page):
    """An answer that is not a page: not found, refused without a form, stale version, broken."""

    TEMPLATE = "problem.html"
    status: int
    refusal: RefusalView
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class ConfirmActPage(Page):
    """One act that cannot be taken back, asked about before it is done."""

    TEMPLATE = "confirm.html"
    asked: Confirmation


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignCard:
    """One campaign in the list."""

    title: str
    href: str
    organisation: str
    rulebook: str
    state: StatusText
    progress: Progress
    unit: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstStep:
    """One step of setting up: done, or what to press."""

    title: str
    text: str
    done: bool
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """All campaigns; before the first one, the steps that lead to it."""

    TEMPLATE = "home.html"
    campaigns: tuple[CampaignCard, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    new: Link | None = None
    """Where another campaign is planned, for whom may."""


@dataclass(frozen=True, kw_only=True)
class PatternsPage(Page):
    """Every element once."""

    TEMPLATE = "patterns.html"
    samples: dict[str, object] = field(default_factory=dict)
