"""What the pages of the roster show: who is found, one person, one body, each with its history."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.views import EmptyState, Link, Page, StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundLine:
    """Somebody or some body that was found."""

    name: str
    code: str
    href: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PeoplePage(Page):
    """A search by name or code, with or without accents; without one, the bodies at the top."""

    TEMPLATE = "people.html"
    query: str = ""
    heading: str = ""
    people: tuple[FoundLine, ...] = ()
    bodies: tuple[FoundLine, ...] = ()
    more_people: int = 0
    more_bodies: int = 0
    empty: EmptyState | None = None
    import_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldLine:
    """One row of the roster: what it says, on which days it holds, who recorded it when and from what."""

    what: str
    days: str
    recorded: str
    source: str
    state: StatusText


@dataclass(frozen=True, kw_only=True, slots=True)
class CapacityTold:
    """As what a person may act today, and what it comes from."""

    label: str
    basis: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLine:
    """One review: year, where it stands, its level."""

    year: int
    href: str
    name: str
    stage: str
    level: str | None


@dataclass(frozen=True, kw_only=True)
class PersonPage(Page):
    """One person: what holds today, as what they may act, reviews where they are seen, the history."""

    TEMPLATE = "person.html"
    name: str = ""
    code: str = ""
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    posts: tuple[tuple[str, Link], ...] = ()
    capacities: tuple[CapacityTold, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    no_reviews: str = ""
    log_href: str = ""
    history: tuple[HeldLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BodyPage(Page):
    """One body: what it is, who leads it, who is on its roll, what lies below it, and the history."""

    TEMPLATE = "organisation.html"
    name: str = ""
    code: str = ""
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    superior: Link | None = None
    leaders: tuple[tuple[str, Link], ...] = ()
    below: tuple[Link, ...] = ()
    roll: tuple[tuple[Link, str], ...] = ()
    roll_count: int = 0
    reviews: tuple[ReviewLine, ...] = ()
    no_reviews: str = ""
    log_href: str = ""
    history: tuple[HeldLine, ...] = ()
