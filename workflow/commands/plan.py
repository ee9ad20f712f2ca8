"""Orders about remediation plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanItem:
    """One shortcoming: what it is, what is done about it, who answers for it, by when (day included)."""

    key: str
    weakness: str
    remedy: str
    responsible: str
    due: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCommand(Command):
    """An order about one remediation plan."""

    plan: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawUpPlan(PlanCommand):
    """Make the plan of one review, or make it anew after it was returned."""

    review: str
    items: tuple[PlanItem, ...]
    on: date
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignPlan(PlanCommand):
    """Name who follows and helps, and who appraises: a person or a body."""

    monitor: str
    appraiser: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnPlan(PlanCommand):
    """Send the plan back with the reason."""

    reason: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptPlan(PlanCommand):
    """Find the plan fit to be carried out."""

    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPlan(PlanCommand):
    """Report the plan, or how far it is, to the competent level."""

    on: date
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpPlan(PlanCommand):
    """Record a look at the plan and which shortcomings are put right."""

    on: date
    remedied: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosePlan(PlanCommand):
    """End the plan; everything has to be remedied."""

    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CarryPlanOver(PlanCommand):
    """End the plan with what is not remedied, which the next review has to answer."""

    on: date


PLAN_COMMANDS = (
    DrawUpPlan, AssignPlan, ReturnPlan, AcceptPlan, ReportPlan, FollowUpPlan, ClosePlan, CarryPlanOver,
)  # fmt: skip
"""Every order about a plan."""
