"""What the pages of grants, delegations and declared conflicts of interest show."""

from dataclasses import dataclass
from typing import ClassVar

from api.pages.views import ActionForm, Link, Page, RefusalView, StatusText
from api.pages.views_sign_in import CapacityLine


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenLine:
    """One grant or delegation: who, as what, on which days, by which document; `from_whom` who delegated."""

    who: Link
    capacity: str
    days: str
    state: StatusText
    document: str = ""
    from_whom: str = ""
    end: ActionForm | None = None


@dataclass(frozen=True, kw_only=True)
class GrantsPage(Page):
    """Grants of the branch: those that wait, those held, those over; of one person with all he may act as.

    `search` is what was looked for, `more` how many were left out. `propose` is there for whoever may.
    """

    TEMPLATE: ClassVar[str] = "grants.html"
    waiting: tuple[GivenLine, ...] = ()
    held: tuple[GivenLine, ...] = ()
    over: tuple[GivenLine, ...] = ()
    more: int = 0
    search: str = ""
    person: str = ""
    capacities: tuple[CapacityLine, ...] = ()
    propose: ActionForm | None = None
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldLine:
    """One event: the day, what happened, who entered it."""

    on: str
    says: str
    by: str


@dataclass(frozen=True, kw_only=True)
class GrantPage(Page):
    """One grant with its history and the ways on; `note` says why there is none."""

    TEMPLATE: ClassVar[str] = "grant.html"
    person: Link
    capacity: str
    days: str
    state: StatusText
    document: str
    reason: str
    told: tuple[ToldLine, ...]
    confirm: ActionForm | None = None
    withdraw: ActionForm | None = None
    end: ActionForm | None = None
    note: str = ""
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True)
class DelegationsPage(Page):
    """Delegations one has a part in, and of the branch; `form` is there where one has what to delegate."""

    TEMPLATE: ClassVar[str] = "delegations.html"
    running: tuple[GivenLine, ...] = ()
    over: tuple[GivenLine, ...] = ()
    form: ActionForm | None = None
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TieLine:
    """One declared tie: who is what to whom; `why` is empty where it is not for the reader."""

    who: str
    tie: str
    subject: str
    since: str
    state: StatusText
    why: str = ""
    end: ActionForm | None = None


@dataclass(frozen=True, kw_only=True)
class ConflictsPage(Page):
    """Declared conflicts of interest of oneself and, for whoever answers for people, of the branch."""

    TEMPLATE: ClassVar[str] = "conflicts.html"
    ties: tuple[TieLine, ...] = ()
    for_others: bool = False
    form: ActionForm | None = None
    refusal: RefusalView | None = None
