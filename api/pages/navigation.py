"""Where somebody can go from every page: the entries of the main navigation by capacity.

An entry is shown where the table of permissions (api/permissions.py) has its address for the role, and where
what it is about is there: a campaign, a body, a review of one's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from api.pages.views import NavItem, NavKey
from api.permissions import BY_ROUTE
from handlers.access.scope import Scope, scope_on
from handlers.tables import CAMPAIGNS, REVIEWS
from states import campaign as life
from states.review import INDIVIDUAL
from states.roles import Role
from workflow.bodies import Campaign
from workflow.commands.asking import Actor

ADDRESSES: Final[Mapping[NavKey, str]] = {
    "home": "/",
    "audit": "/audit",
    "administration": "/administration",
    "review": "/r/{review}",
    "board": "/c/{campaign}",
    "decide": "/c/{campaign}/decide",
    "cell": "/c/{campaign}/o/{organisation}",
    "season": "/c/{campaign}/season",
    "own_season": "/c/{campaign}/o/{organisation}/season",
    "insight": "/c/{campaign}/insight",
    "regulation": "/rulebooks",
    "people": "/people",
    "roster": "/import",
    "calendar": "/calendar",
    "deliveries": "/deliveries",
    "inbox": "/inbox",
    "campaigns": "/campaigns",
    "work": "/jobs",
}

_ABOVE: Final[tuple[NavKey, ...]] = (
    "home", "board", "decide", "season", "insight", "regulation", "people",
)  # fmt: skip
_AT_HOME: Final[tuple[NavKey, ...]] = ("home", "board", "cell", "season", "regulation")

ENTRIES: Final[Mapping[Role, tuple[NavKey, ...]]] = {
    Role.MEMBER: ("home", "review", "own_season", "regulation"),
    Role.SECRETARY: _AT_HOME,
    Role.COMMITTEE: _AT_HOME,
    Role.COUNTING_TEAM: ("home", "cell", "own_season", "regulation"),
    Role.SUPERIOR_DELEGATE: ("home", "board", "season", "regulation"),
    Role.ORGANISATION_BOARD: _ABOVE,
    Role.SUPERIOR_COMMITTEE: _ABOVE,
    Role.OFFICER: _ABOVE,
    Role.INSPECTION: ("home", "board", "audit", "insight", "season", "regulation"),
    Role.AUDITOR: ("audit", "board", "insight", "season", "regulation", "home"),
    Role.ADMINISTRATOR: (
        "administration",
        "people",
        "roster",
        "calendar",
        "deliveries",
        "regulation",
        "home",
    ),
}
"""What each capacity works with, the most used first: a phone shows the first four beside "more"."""

FURTHER: Final[tuple[NavKey, ...]] = ("inbox", "campaigns", "work", "roster", "calendar", "deliveries")
"""What everybody finds under "more", after the entries of the role."""

OWN: Final = ("/capacity", "/account", "/sign-out")
"""One's own things beside the entries, shown where they are there."""

_PART_OF: Final[Mapping[str, NavKey]] = {"history": "review", "inbox": "home", "campaigns": "home"}
"""Pages that belong to an entry of another name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """What entries lead to: a campaign, the body of the capacity or of the page, one's own review."""

    campaign: str = ""
    organisation: str = ""
    review: str = ""


def entries(
    connection: Connection,
    actor: Actor,
    day: date,
    *,
    current: str,
    campaign: Campaign | None = None,
    organisation: str = "",
    unread: int = 0,
) -> tuple[tuple[NavItem, ...], tuple[NavItem, ...]]:
    """The entries of the actor's role, and what is found under "more"; on a page without a campaign they lead
    to the newest campaign the actor sees.
    """
    where = _whereabouts(connection, actor, day, campaign, organisation)
    given = {"campaign": where.campaign, "organisation": where.organisation, "review": where.review}
    first = ENTRIES.get(actor.role, ())
    shown = current if current in first else _PART_OF.get(current, current)
    if shown == "cell" and "cell" not in first:
        shown = "board"  # a body of the branch, come to from the board

    def items(keys: tuple[NavKey, ...], marked: str) -> Iterator[NavItem]:
        for key in keys:
            address = ADDRESSES[key]
            filled = address.format(**given)
            if key == "regulation" and campaign is not None and campaign.rulebook_hash:
                filled = f"{filled}/{campaign.rulebook_hash}"  # the one this campaign pinned
            if opens(actor.role, address) and "//" not in filled and not filled.endswith("/c/"):
                count = unread if key in ("home", "inbox") else None
                yield NavItem(key=key, href=filled, current=key == marked, count=count)

    main = tuple(items(first, shown))
    return main, tuple(items(tuple(key for key in FURTHER if key not in first), current))


def signs_in(address: str) -> bool:
    """Whether one of OWN is an address of this service."""
    return f"GET {address}" in BY_ROUTE or f"POST {address}" in BY_ROUTE


def opens(role: Role, address: str) -> bool:
    """Whether a role has the page of an address of ADDRESSES at all."""
    row = BY_ROUTE.get(f"GET {address}")
    return row is not None and role in row.by


def newest_campaign(connection: Connection, scope: Scope) -> str:
    """The newest campaign that is seen, an open one before any other; empty where there is none."""
    found = connection.execute(
        select(CAMPAIGNS.c.campaign)
        .where(scope.campaigns())
        .order_by((CAMPAIGNS.c.stage != life.OPEN), CAMPAIGNS.c.year.desc(), CAMPAIGNS.c.campaign)
        .limit(1)
    ).scalar()
    return str(found or "")


def own_review(connection: Connection, person: str, campaign: str) -> str:
    """The review of a person as a member in a campaign; empty where there is none."""
    found = connection.execute(
        select(REVIEWS.c.review)
        .where(REVIEWS.c.subject == person, REVIEWS.c.campaign == campaign, REVIEWS.c.kind == INDIVIDUAL)
        .order_by(REVIEWS.c.review)
        .limit(1)
    ).scalar()
    return str(found or "")


def _whereabouts(
    connection: Connection, actor: Actor, day: date, campaign: Campaign | None, organisation: str
) -> Whereabouts:
    chosen = campaign.id if campaign else newest_campaign(connection, scope_on(actor, day))
    at_home = actor.role in (Role.SECRETARY, Role.COMMITTEE, Role.COUNTING_TEAM, Role.MEMBER)
    review = own_review(connection, actor.id, chosen) if actor.role is Role.MEMBER and chosen else ""
    return Whereabouts(campaign=chosen, organisation=actor.body if at_home else organisation, review=review)
