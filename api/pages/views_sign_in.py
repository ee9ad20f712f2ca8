"""What the pages of signing in and of one's own account show."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import ActionForm, EmptyState, Link, Page, RefusalView, StatusText


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """One step of signing in: what is asked for, one form, and the ways on beside it."""

    TEMPLATE = "sign_in.html"
    heading: str
    lead: str = ""
    form: ActionForm | None = None
    refusal: RefusalView | None = None
    told: str = ""
    """What was done just now, instead of the form."""
    shown: str = ""
    """Something to be copied and handed on, as it is."""
    other: Link | None = None
    """Another way to sign in, before the form: through the office's own server."""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CapacityLine:
    """One capacity held today: what it is called, where it comes from, whether it is worked in."""

    value: str
    label: str
    basis: str
    now: bool = False


@dataclass(frozen=True, kw_only=True)
class CapacityPage(Page):
    """As what one works from now on."""

    TEMPLATE = "capacity.html"
    lines: tuple[CapacityLine, ...] = ()
    back: str = "/"
    empty: EmptyState | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLine:
    """One browser that is signed in."""

    text: str
    note: str
    here: bool
    end: ActionForm | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenLine:
    """One token for programs."""

    name: str
    note: str
    revoke: ActionForm


@dataclass(frozen=True, kw_only=True)
class AccountPage(Page):
    """One's own account."""

    TEMPLATE = "account.html"
    name: str
    login: str
    lines: tuple[CapacityLine, ...] = ()
    back: str = "/account"
    came_in: str = ""
    """What to know of the way one came in by, where it is not a password of ours."""
    codes: StatusText
    codes_off: ActionForm | None = None
    codes_note: str = ""
    """Why they are not turned off here, instead of the form."""
    recovery_left: str = ""
    sessions: tuple[SessionLine, ...] = ()
    end_others: ActionForm | None = None
    tokens: tuple[TokenLine, ...] = ()
    token: ActionForm | None = None
    new_token: str = ""
    """Shown once, right after it was made."""
    manages: bool = False
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QrPicture:
    """A square of modules for a camera: how many on a side, and the path that fills the dark ones."""

    modules: int
    path: str


@dataclass(frozen=True, kw_only=True)
class CodesPage(Page):
    """One-time codes being set up, or just set up with their recovery codes."""

    TEMPLATE = "account_codes.html"
    secret: str = ""
    address: str = ""
    picture: QrPicture | None = None
    form: ActionForm | None = None
    recovery: tuple[str, ...] = ()
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountLine:
    """One account in the list."""

    name: str
    href: str
    login: str
    person: str
    state: StatusText
    seen: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkLine:
    """A one-time link to be handed over, shown once."""

    name: str
    body: str
    login: str
    address: str
    until: str


@dataclass(frozen=True, kw_only=True)
class AccountsPage(Page):
    """Everybody who may sign in."""

    TEMPLATE = "accounts.html"
    count: int = 0
    sought: str = ""
    lines: tuple[AccountLine, ...] = ()
    more: Link | None = None
    make: ActionForm
    heads: ActionForm | None = None
    heads_count: int = 0
    empty: EmptyState | None = None
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventLine:
    """One security event of an account."""

    at: str
    text: str


@dataclass(frozen=True, kw_only=True)
class AccountOfPage(Page):
    """One account, for an administrator."""

    TEMPLATE = "account_of.html"
    name: str
    login: str
    person: str
    state: StatusText
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[CapacityLine, ...] = ()
    acts: tuple[tuple[str, str, ActionForm], ...] = ()
    """Title, what it does, its form."""
    events: tuple[EventLine, ...] = ()
    link: LinkLine | None = None
    refusal: RefusalView | None = None


@dataclass(frozen=True, kw_only=True)
class LinksPage(Page):
    """One-time links to be printed, cut and handed out."""

    TEMPLATE = "account_links.html"
    lines: tuple[LinkLine, ...] = ()
