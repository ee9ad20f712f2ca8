"""What the pages of the audit show: lists of lines with a filter, verifications, a checkpoint to print."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import ActionForm, EmptyState, FormField, Link, Page, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditLine:
    """One line: when it was entered, of what, what happened, by whom; where to look; extra facts beneath."""

    when: str
    about: str
    says: str
    by: str
    href: str = ""
    link: str = ""
    took_place: str = ""
    state: StatusText | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AuditPage(Page):
    """One list of the audit. `tabs` are (word, address, is this one); `filters` are sent by GET."""

    TEMPLATE = "audit.html"
    heading: str = ""
    lead: str = ""
    tabs: tuple[tuple[str, str, bool], ...] = ()
    action: str = ""
    filters: tuple[FormField, ...] = ()
    filtered: bool = False
    lines: tuple[AuditLine, ...] = ()
    about_title: str = ""
    more: Link | None = None
    newest: Link | None = None
    sheet_href: str = ""
    empty: EmptyState | None = None
    campaigns: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationView:
    """One verification: who asked when, how far, what was found."""

    number: int
    title: str
    state: StatusText
    asked: str
    facts: tuple[tuple[str, str], ...]
    told: tuple[str, ...] = ()
    more_told: int = 0
    running: bool = False
    done: int = 0
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class VerifyPage(Page):
    """Is the log whole? The newest verification first, and the way to ask for another."""

    TEMPLATE = "audit_verify.html"
    heading: str = ""
    lead: str = ""
    tabs: tuple[tuple[str, str, bool], ...] = ()
    ask: ActionForm | None = None
    verifications: tuple[VerificationView, ...] = ()
    running: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckpointPage(Page):
    """A checkpoint on one sheet: digest, position, instant, and places to sign."""

    TEMPLATE = "checkpoint.html"
    printed: str = ""
    groups: tuple[str, ...] = ()
    position: str = ""
    streams: str = ""
    beside: str = ""
    """The position in the list of sign-ins that is covered too; empty where it has no entry."""
    at: str = ""
    organisation: str = ""
    by: str = ""
