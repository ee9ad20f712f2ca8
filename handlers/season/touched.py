"""Whose backward plans what was recorded since may have changed, told by the streams it was recorded in.

A plan reads the reviews a body runs, those it takes as a venue, its planned meetings, the answers it waits
for and the roster. Streams of which nothing in a plan is read leave every plan as it is; a stream that is
not known here changes them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from handlers.among import among
from handlers.tables import BUNDLES, MEETINGS, REVIEWS, SESSIONS
from workflow.tables import EVENTS

STREAMS_MAX: Final = 500
BODIES_MAX: Final = 50
"""Of more streams or bodies all plans are counted: that is no slower then."""

_READ_BY_NO_PLAN: Final = frozenset(
    {"ballot", "plan", "reward", "lists", "history", "grant", "delegation", "conflict"}
)
"""Counts are told in the reviews they are about; remedies, rewards, lists, levels of earlier years and who
may act as what move no step of a review.
"""


def touched_since(connection: Connection, campaign: str, position: int) -> frozenset[str] | None:
    """The bodies of a campaign that events with a position above this one are about; None: it may be all."""
    found = connection.execute(
        select(EVENTS.c.stream).where(EVENTS.c.position > position).distinct().limit(STREAMS_MAX + 1)
    ).scalars()
    streams = list(found)
    if len(streams) > STREAMS_MAX:
        return None
    by_kind: dict[str, list[str]] = {}
    for stream in streams:
        kind, _, name = stream.partition("/")
        if kind == "campaign":
            if name == campaign:
                return None
        elif kind in ("review", "meeting", "submission"):
            by_kind.setdefault(kind, []).append(name)
        elif kind not in _READ_BY_NO_PLAN:
            return None
    bodies = _bodies(connection, campaign, by_kind)
    return None if bodies is None or len(bodies) > BODIES_MAX else bodies


def _bodies(connection: Connection, campaign: str, by_kind: dict[str, list[str]]) -> frozenset[str] | None:
    """The bodies these things belong to or are taken at; None where one of them has no row."""
    found: set[str] = set()
    for kind, table, key, body in (
        ("review", REVIEWS, REVIEWS.c.review, REVIEWS.c.organisation),
        ("meeting", MEETINGS, MEETINGS.c.meeting, MEETINGS.c.venue),
        ("submission", BUNDLES, BUNDLES.c.submission, BUNDLES.c.organisation),
    ):
        names = by_kind.get(kind)
        if not names:
            continue
        rows = connection.execute(
            select(table.c.campaign, body).where(among(key, "names")), {"names": names}
        ).all()
        if len(rows) < len(names):
            return None
        found |= {row[1] for row in rows if row[0] == campaign}
    return frozenset(found | _venues(connection, campaign, by_kind.get("review", ())))


def _venues(connection: Connection, campaign: str, reviews: Sequence[str]) -> set[str]:
    """Where these reviews are taken. The campaign is no condition: SQLite would look for all of its own."""
    if not reviews:
        return set()
    rows = connection.execute(
        select(SESSIONS.c.campaign, SESSIONS.c.venue).where(among(SESSIONS.c.review, "reviews")).distinct(),
        {"reviews": list(reviews)},
    )
    return {venue for its_campaign, venue in rows if its_campaign == campaign}
