"""What the page of a comparison shows: the counts, and the first reviews that come out otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import ActionForm, Choice, Clause, Page


@dataclass(frozen=True, kw_only=True, slots=True)
class CountLine:
    """One sort of difference, one missing fact or one last day, with how many reviews it is about."""

    says: str
    reviews: int
    note: str = ""
    clause: Clause | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ComparedRow:
    """One review that comes out otherwise."""

    name: str
    href: str
    differences: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class ComparePage(Page):
    """The rulebooks to choose from; once one is chosen, the counts and the first rows.

    For a large campaign `begin` is the form that has it compared as long work.
    """

    TEMPLATE = "compare.html"
    action: str
    own: str
    books: tuple[Choice, ...]
    lead: str = ""
    begin: ActionForm | None = None
    unset: tuple[str, ...] = ()
    outcomes: tuple[CountLine, ...] = ()
    rules: tuple[CountLine, ...] = ()
    missing: tuple[CountLine, ...] = ()
    due: tuple[CountLine, ...] = ()
    rows: tuple[ComparedRow, ...] = ()
    left_off: int = 0
