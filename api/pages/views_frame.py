"""What the pages beside the work show: how one reads, what a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import Choice, EmptyState, Link, Page, StatusText


@dataclass(frozen=True, kw_only=True)
class LookPage(Page):
    """Size of type, light or dark, and the keys."""

    TEMPLATE = "look.html"
    sizes: tuple[Choice, ...] = ()
    themes: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One body or person that was looked for, and where they are."""

    link: Link
    where: str = ""
    state: StatusText | None = None


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """Bodies and people by name; `more` where there are further ones than are shown."""

    TEMPLATE = "search.html"
    query: str = ""
    bodies: tuple[Found, ...] = ()
    people: tuple[Found, ...] = ()
    more: bool = False
    empty: EmptyState | None = None
