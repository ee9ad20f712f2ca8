"""The chain of steps with the least room to each final date of a campaign, from body to body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from deadlines.backward import DUE, ELSEWHERE, Reason, Step
from deadlines.chains import GATES, Owed
from deadlines.slack import working_days_to
from handlers.season.plans import BodyPlan, CampaignPlans

LINKS_MAX: Final = 40
"""A chain longer than this would go in a circle."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One step on the way to a final date, with the body it is of."""

    organisation: str
    step: Step


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """The way to one final date that has the least room.

    `slack` counts the working days from today to the last safe day of its first step. `alike` is of how many
    bodies the first step has to be done by that day.
    """

    owed: Owed
    slack: int
    links: tuple[Link, ...]
    alike: int

    def bodies(self) -> frozenset[str]:
        """The bodies it leads through."""
        return frozenset(link.organisation for link in self.links)


@dataclass(frozen=True, kw_only=True, slots=True)
class FinalDate:
    """A date bodies still have to meet: its last legal and last safe day, and how many bodies owe it."""

    owed: Owed
    kind: str
    bodies: int


def critical_paths(plans: CampaignPlans) -> tuple[Path, ...]:
    """One chain for each final date that a body still owes, the tightest first."""
    best: dict[tuple[str, date, str], list[tuple[BodyPlan, Step]]] = {}
    roots: dict[int, list[tuple[tuple[str, date, str], Owed, Step]]] = {}
    dates: dict[tuple[str, date, str], Owed] = {}
    for one in plans.bodies.values():
        if id(one.plan) not in roots:
            roots[id(one.plan)] = list(_tightest(plans, one))
        for key, owed, step in roots[id(one.plan)]:
            dates[key] = owed
            held = best.setdefault(key, [])
            if held and _order(step) < _order(held[0][1]):
                held.clear()
            if not held or _order(step)[0] == _order(held[0][1])[0]:
                held.append((one, step))
    found = []
    for key, held in best.items():
        one, step = held[0]
        _, calendar = plans.season.calendar_of(one.body.organisation)
        assert step.safe is not None, "only steps with a day are kept"
        found.append(
            Path(
                owed=dates[key],
                slack=working_days_to(calendar, plans.today, step.safe),
                links=tuple(_chain(plans, one, step)),
                alike=len(held),
            )
        )
    return tuple(sorted(found, key=lambda path: (path.slack, path.owed.last, path.owed.rule, path.owed.gate)))


def final_dates(plans: CampaignPlans) -> tuple[FinalDate, ...]:
    """Every date bodies still owe, by last day."""
    counted: dict[tuple[Owed, str], set[str]] = {}
    for name, one in plans.bodies.items():
        for step in one.plan.steps:
            if step.own is not None and step.why is not None and step.why.why == DUE:
                kind = one.plan.parts[step.part].kind
                counted.setdefault((step.own, kind), set()).add(name)
    dates = (FinalDate(owed=owed, kind=kind, bodies=len(names)) for (owed, kind), names in counted.items())
    return tuple(
        sorted(dates, key=lambda one: (one.owed.last, GATES.index(_gate(one.owed)), one.kind, one.owed.rule))
    )


def _gate(owed: Owed) -> str:
    return owed.gate if owed.gate in GATES else GATES[0]


def _tightest(plans: CampaignPlans, one: BodyPlan) -> Iterator[tuple[tuple[str, date, str], Owed, Step]]:
    """For each final date the steps of a plan lead to, the step with the least room."""
    best: dict[tuple[str, date, str], tuple[Owed, Step]] = {}
    for step in one.plan.steps:
        if step.safe is None:
            continue
        *_, end = _chain(plans, one, step)
        owed = end.step.own
        if owed is None:
            continue
        key = (owed.rule, owed.last, owed.gate)
        if key not in best or _order(step) < _order(best[key][1]):
            best[key] = (owed, step)
    for key, (owed, step) in best.items():
        yield key, owed, step


def _order(step: Step) -> tuple[date, int, int]:
    return (step.safe or date.max, GATES.index(step.gate), step.part)


def _chain(plans: CampaignPlans, one: BodyPlan, step: Step) -> Iterator[Link]:
    """The steps from one to the date that binds it, over the bodies that wait for each other."""
    for _ in range(LINKS_MAX):
        yield Link(organisation=one.body.organisation, step=step)
        why = step.why_safe
        if why is None:
            return
        if why.later is not None:
            step = one.plan.by_node[why.later]
        elif why.why == ELSEWHERE and why.body in plans.bodies:
            one = plans.bodies[why.body]
            after = _asked_by(one, why)
            if after is None:
                return
            step = after
        else:
            return


def _asked_by(one: BodyPlan, why: Reason) -> Step | None:
    """The step of another body that waits."""
    steps = [step for step in one.plan.steps if step.gate == why.then and step.safe == why.counted_from]
    return min(steps, key=lambda step: step.part, default=None)
