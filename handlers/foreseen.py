"""What opening a campaign would come to: how many reviews of which kind, whom the rulebook exempts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from handlers.access.scope import Scope
from handlers.opening import expand
from handlers.roster.query import load_view, size_below
from handlers.roster_facts import as_of
from handlers.roster_tables import ORGANISATIONS
from handlers.tables import CAMPAIGNS
from workflow.bodies import Campaign
from workflow.rules.rulebook import Rulebook

JUDGED_MAX: Final = 2_000
"""Of a larger roster people and bodies are counted and not judged: a page is looked at again and again, and
the opening itself says whom the rulebook exempts.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """The roster on the day, and the reviews it gives; `judged` is False where it is too large to try.

    `qualities` counts reviews by what somebody is reviewed as, `exempt` those excused by the rule.
    """

    bodies: int
    people: int
    judged: bool
    qualities: Counter[str] = field(default_factory=Counter)
    exempt: Counter[str] = field(default_factory=Counter)
    unrated: int = 0

    @property
    def reviews(self) -> int:
        """How many reviews the opening makes."""
        return self.qualities.total()


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """A body that could carry out a campaign."""

    organisation: str
    name: str
    superior: str


def foresee_opening(connection: Connection, rulebook: Rulebook, campaign: Campaign) -> Foreseen:
    """What the opening of this campaign would come to, from the roster as it stands now."""
    bodies, people = size_below(connection, campaign.roster_day, campaign.organisation)
    if people > JUDGED_MAX or not bodies:
        return Foreseen(bodies=bodies, people=people, judged=False)
    view = load_view(connection, campaign.roster_day, base=campaign.organisation)
    subjects = tuple(expand(view, rulebook, campaign))
    return Foreseen(
        bodies=bodies,
        people=people,
        judged=True,
        qualities=Counter(one.quality for one in subjects),
        exempt=Counter(one.exempt_by for one in subjects if one.exempt_by),
        unrated=sum(not one.rated and not one.exempt_by for one in subjects),
    )


def carriers(connection: Connection, scope: Scope, on: date) -> tuple[Carrier, ...]:
    """The bodies of the branch with others below them, and the capacity's own; by name of the office."""
    held = as_of(ORGANISATIONS, on)
    below = ORGANISATIONS.alias("below")
    leads = select(below.c.organisation_id).where(
        below.c.superior_id == ORGANISATIONS.c.organisation_id, as_of(below, on)
    )
    own = ORGANISATIONS.c.organisation_id == scope.actor.body
    rows = connection.execute(
        select(ORGANISATIONS.c.organisation_id, ORGANISATIONS.c.name, ORGANISATIONS.c.superior_id)
        .where(held, scope.own_bodies(ORGANISATIONS.c.organisation_id), own | leads.exists())
        .order_by(ORGANISATIONS.c.organisation_id)
    )
    return tuple(
        Carrier(organisation=row.organisation_id, name=row.name, superior=row.superior_id or "")
        for row in rows
    )


def free_name(connection: Connection, wanted: Sequence[str]) -> str:
    """The first of these names no campaign has; the last one where all are taken."""
    taken = set(
        connection.execute(select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.campaign.in_(wanted))).scalars()
    )
    return next((name for name in wanted if name not in taken), wanted[-1])
