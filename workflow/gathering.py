"""What the engine is handed by those above it: where facts come from, and who reacts to events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from sqlalchemy import Connection

from workflow.bodies import Body, Campaign
from workflow.commands.asking import Request
from workflow.commands.campaign import PlanCampaign
from workflow.conflicts import Conflicts
from workflow.decide import Extras
from workflow.decision import Situation
from workflow.event import Event
from workflow.log import Stored
from workflow.order import Across, Leaning, VenueOrder
from workflow.review import Review
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook
from workflow.voters import Voters


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Facts about other reviews, the roster and the command's surroundings, read under the guards.

    `resting_on` names further reviews whose level may lean on one this command changes.
    """

    facts: Mapping[str, Facts] = field(default_factory=dict)
    order: Mapping[str, VenueOrder] = field(default_factory=dict)
    superiors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chairs: Mapping[tuple[str, str], str] = field(default_factory=dict)
    entered_by: str = ""
    extras: Extras = field(default_factory=Extras)
    resting_on: Mapping[str, Leaning] = field(default_factory=dict)
    across: Across = field(default_factory=Across)
    voters: Voters | None = None
    conflicts: Conflicts = field(default_factory=Conflicts)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What was read from the log for one command."""

    request: Request
    today: date
    campaign: Campaign | None
    reviews: Mapping[str, Review]
    bodies: Mapping[str, Body]
    rulebook: Rulebook | None
    dependents: Mapping[str, Review] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """One stream that grew: what it was, what it is, and the events between."""

    stream: str
    before: Review | Body
    after: Review | Body
    events: tuple[Event, ...]
    stored: tuple[Stored, ...]


def situation_of(standing: Standing, gathered: Gathered) -> Situation:
    """What a stage function is given."""
    return Situation(
        request=standing.request,
        today=standing.today,
        campaign=standing.campaign,
        reviews=standing.reviews,
        bodies=standing.bodies,
        facts=gathered.facts,
        order=gathered.order,
        superiors=gathered.superiors,
        chairs=gathered.chairs,
        rulebook=standing.rulebook,
        entered_by=gathered.entered_by,
        dependents=standing.dependents,
        leaning=gathered.resting_on,
        across=gathered.across,
        voters=gathered.voters,
        conflicts=gathered.conflicts,
    )


class Gather(Protocol):
    """Reads what a decision needs beyond its own streams, from tables that handlers keep."""

    def reviews_of(
        self, connection: Connection, campaign: str, organisations: Iterable[str]
    ) -> Sequence[str]:
        """Every review the organisations run in a campaign."""
        ...

    def campaigns(self, connection: Connection) -> Sequence[str]:
        """Every campaign that is not closed."""
        ...

    def planned(self, connection: Connection, command: PlanCampaign, rulebook: Rulebook) -> Rulebook:
        """The rulebook a campaign is planned under, with the calendar it is to pin."""
        ...

    def guards(self, connection: Connection, standing: Standing) -> Sequence[str]:
        """Further guard rows, told from what was read: quota lists and levels that reach beyond a body."""
        ...

    def gather(self, connection: Connection, standing: Standing) -> Gathered:
        """Everything else, in a handful of set-based queries."""
        ...


class React(Protocol):
    """Carries events into read models, in the event's own transaction."""

    def __call__(
        self, connection: Connection, moved: Sequence[Moved], request: Request, extras: Extras
    ) -> None: ...
