"""What the inbox and the page of a person's own settings show."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import ActionForm, Clause, EmptyState, Link, Page, RefusalView, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxItem:
    """One thing owed, as its newest reminder says it; earlier ones below, newest first.

    Where several bodies owe the same by the same day it is one line, and `bodies` names each of them.
    """

    number: int
    task: str
    where: str
    due: str
    rung: StatusText
    done_at: Link
    because: str
    unread: bool = False
    clause: Clause | None = None
    earlier: tuple[str, ...] = ()
    bodies: tuple[Link, ...] = ()
    put_aside: str = ""
    paused: str = ""
    """Some of it rests in a suspended review, and its date runs on."""
    read: ActionForm | None = None
    bring_back: ActionForm | None = None
    """For what was put aside: it is owed again from today on."""
    snooze: ActionForm | None = None
    open: bool = False
    """The form is unfolded: it was refused just now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxGroup:
    """Things owed alike: overdue, to be done, put aside, done."""

    key: str
    title: str
    items: tuple[InboxItem, ...]
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class InboxPage(Page):
    """What one person is reminded of."""

    TEMPLATE = "inbox.html"
    unread: int = 0
    overdue: int = 0
    owed: int = 0
    groups: tuple[InboxGroup, ...] = ()
    read_all: ActionForm | None = None
    empty: EmptyState | None = None
    refusal: RefusalView | None = None
    settings_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceLine:
    """Days a person is away, and the form that takes them back."""

    days: str
    state: StatusText
    withdraw: ActionForm | None = None


@dataclass(frozen=True, kw_only=True)
class ContactPage(Page):
    """How one person wants to be told."""

    TEMPLATE = "contact.html"
    form: ActionForm
    absences: tuple[AbsenceLine, ...] = ()
    absence: ActionForm
    calendar: StatusText
    calendar_address: str = ""
    """Shown once, right after it was made."""
    make_calendar: ActionForm
    revoke_calendar: ActionForm | None = None
    refusal: RefusalView | None = None
