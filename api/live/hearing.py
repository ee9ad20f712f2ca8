"""What one capacity hears of what changed: the campaigns it sees, and of those seen in part its bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from api.live.changes import Changes
from handlers.access.scope import Scope
from handlers.deliveries import SEES as SEES_LETTERS
from handlers.tables import REVIEWS


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearing:
    """Topics in scope: campaigns heard of as a whole or in part, and the bodies heard of in the latter."""

    whole: frozenset[str] = frozenset()
    part: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    letters: bool = False

    def told(self, changes: Changes) -> dict[str, Any] | None:
        """What may be heard of it, as JSON; None where that is nothing.

        That everything may have changed names nothing, and a campaign in part is told by its bodies alone.
        """
        campaigns = {}
        for campaign, touched in sorted(changes.bodies.items()):
            heard = touched if campaign in self.whole else touched & self.bodies
            if campaign in self.whole or (campaign in self.part and (heard or not touched)):
                campaigns[campaign] = sorted(heard)
        letters = changes.letters and self.letters
        if not (campaigns or changes.everything or letters):
            return None
        return {"all": changes.everything, "campaigns": campaigns, "letters": letters}


NOTHING = Hearing()


def hearing_of(connection: Connection, scope: Scope) -> Hearing:
    """What a capacity hears of now. Read anew when a campaign or the roster changes."""
    seen = scope.seen_campaigns(connection)
    part = frozenset(name for name, whole in seen.items() if not whole)
    bodies = scope.held(connection)
    if part:
        taken = select(REVIEWS.c.organisation).where(REVIEWS.c.campaign.in_(part), scope.own_named_reviews())
        bodies |= frozenset(connection.execute(taken.distinct()).scalars())
    return Hearing(
        whole=frozenset(seen) - part, part=part, bodies=bodies, letters=scope.actor.role in SEES_LETTERS
    )
