"""What a remediation plan is at any moment: the fold of its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from states.table import NEW
from workflow.event import Event
from workflow.events import plan as happened


@dataclass(slots=True)
class Plan:
    """A plan to remedy what one review found. `remedied` holds since when, by the key of the shortcoming."""

    id: str
    version: int = 0
    stage: str = NEW
    campaign: str = ""
    organisation: str = ""
    review: str = ""
    items: dict[str, tuple[str, date]] = field(default_factory=dict)
    remedied: dict[str, date] = field(default_factory=dict)
    monitor: str = ""
    appraiser: str = ""
    dates: dict[str, date] = field(default_factory=dict)

    @property
    def open_items(self) -> tuple[str, ...]:
        """The shortcomings not remedied yet, in the order of the plan."""
        return tuple(key for key in self.items if key not in self.remedied)

    @property
    def next_due(self) -> date | None:
        """The earliest day an open shortcoming is to be remedied by; None where nothing is open."""
        return min((self.items[key][1] for key in self.open_items), default=None)


def _drawn_up(plan: Plan, event: happened.PlanDrawnUp) -> None:
    plan.campaign, plan.organisation, plan.review = event.campaign, event.organisation, event.review
    plan.items = {key: (who, due) for key, who, due in event.items}
    plan.remedied = {}
    plan.dates["drawn_up"] = event.on


def _assigned(plan: Plan, event: happened.PlanAssigned) -> None:
    plan.monitor, plan.appraiser = event.monitor, event.appraiser


def _dated(name: str) -> Callable[[Plan, Any], None]:
    def change(plan: Plan, event: Any) -> None:
        plan.dates[name] = event.on

    return change


def _followed_up(plan: Plan, event: happened.PlanFollowedUp) -> None:
    plan.dates["followed_up"] = event.on
    plan.remedied.update(dict.fromkeys(event.remedied, event.on))


FOLDS: dict[type[Event], tuple[str | None, Callable[[Any, Any], None] | None]] = {
    happened.PlanDrawnUp: ("draw_up", _drawn_up),
    happened.PlanAssigned: ("assign", _assigned),
    happened.PlanReturned: ("return", _dated("returned")),
    happened.PlanAccepted: ("accept", _dated("accepted")),
    happened.PlanReported: ("report", _dated("reported")),
    happened.PlanFollowedUp: ("follow_up", _followed_up),
    happened.PlanClosed: ("close", _dated("closed")),
    happened.PlanCarriedOver: ("carry_over", _dated("closed")),
}
"""For each event the move it records and what it changes."""
