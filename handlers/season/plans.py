"""The backward plans of a campaign, a body at a time or all of them: one count for all bodies that are
alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Text, bindparam, select, union

from deadlines.backward import Plan, Step, plan
from deadlines.chains import (
    BELOW_FIRST,
    CELL_FIRST,
    COUNT,
    DECIDE,
    HOLD,
    MAIN,
    ORGANISATION,
    OUTER_FIRST,
    SUBMIT,
    Bound,
    Part,
    across,
    step_of,
)
from deadlines.season import Season
from deadlines.slack import AMBER, COLOURS, GREEN, RED, Urgency, urgency
from handlers.deadline_context import campaign_of, season_of
from handlers.prepared import Prepared
from handlers.roster_facts import superiors_of
from handlers.season.reading import Body, read_bodies
from handlers.season.statements import OUTER_VENUES
from handlers.tables import REVIEWS, SESSIONS
from states import review as life


@dataclass(frozen=True, kw_only=True, slots=True)
class BodyPlan:
    """One body with its plan and what it asks for today."""

    body: Body
    plan: Plan
    urgency: Urgency

    @property
    def colour(self) -> str:
        """Red, amber or green."""
        return self.urgency.colour

    def reviews_of(self, step: Step) -> int:
        """Of how many reviews a step is."""
        return self.body.counts[step.part]


@dataclass(frozen=True, kw_only=True)
class CampaignPlans:
    """The plans of a campaign on a day, by body, with what they were counted by."""

    season: Season
    today: date
    bodies: Mapping[str, BodyPlan]
    shapes: int
    """How many different plans were counted for them."""
    spreading: _Bounds | None = field(default=None, repr=False, compare=False)
    """How they were counted: what `recounted` goes on from; None where only a part was put together."""

    def narrowed(self, bodies: Collection[str]) -> CampaignPlans:
        """The plans of these bodies alone."""
        return replace(self, bodies={name: one for name, one in self.bodies.items() if name in bodies})

    def at_risk(self) -> tuple[BodyPlan, ...]:
        """Bodies that are red or amber, the most urgent first."""
        chosen = [one for one in self.bodies.values() if one.colour != GREEN]
        return tuple(sorted(chosen, key=by_urgency))

    def count(self, colour: str) -> int:
        """How many bodies have a colour."""
        return sum(1 for one in self.bodies.values() if one.colour == colour)


def by_urgency(one: BodyPlan) -> tuple[int, int, str]:
    """Red before amber before green, the least room first, then by id."""
    slack = one.urgency.slack
    return (COLOURS.index(one.colour), slack if slack is not None else 10_000, one.body.organisation)


def campaign_plans(
    connection: Connection, campaign: str, today: date, season: Season | None = None
) -> CampaignPlans:
    """The plan of every body of a campaign that still owes something. LookupError for an unknown campaign."""
    season = season or season_of(connection, campaign_of(connection, campaign))
    return _plans(season, today, read_bodies(connection, season, today))


def recounted(connection: Connection, plans: CampaignPlans, touched: Collection[str]) -> CampaignPlans:
    """The plans after something was recorded about these bodies alone, as `campaign_plans` would count them.

    The very same where nothing of it moves a step. The roster must be as it was.
    """
    read = read_bodies(connection, plans.season, plans.today, touched)
    before = {name: plans.bodies[name].body for name in touched if name in plans.bodies}
    after = {name: read[name] for name in touched if name in read}
    changed = {name for name in touched if before.get(name) != after.get(name)}
    if not changed:
        return plans
    bodies = {name: one.body for name, one in plans.bodies.items() if name not in changed}
    bodies |= {name: after[name] for name in changed if name in after}
    alone = {body.superior for body in bodies.values()}.isdisjoint(changed) and not any(
        body.elsewhere or any(part.guest for part in body.parts)
        for name in changed
        for body in (before.get(name), after.get(name))
        if body is not None
    )
    if not alone or plans.spreading is None:
        return _plans(plans.season, plans.today, bodies)
    bound = plans.spreading.with_leaves(bodies, changed)
    kept = {name: one for name, one in plans.bodies.items() if name not in changed}
    return _judged(bound, plans.today, bodies, kept)


def body_plan(
    connection: Connection, campaign: str, organisation: str, today: date, season: Season | None = None
) -> tuple[Season, BodyPlan | None]:
    """The plan of one body; None where it owes nothing any more. LookupError for an unknown campaign.

    Only the bodies it waits for, or that wait for it, are read beside it.
    """
    season = season or season_of(connection, campaign_of(connection, campaign))
    related = _related(connection, campaign, organisation, today)
    plans = _plans(season, today, read_bodies(connection, season, today, related))
    return season, plans.bodies.get(organisation)


def _taken_elsewhere() -> Prepared:
    """Of one body: who runs a review and where it is taken, looked for by the venue and by who runs it."""
    campaign, body = bindparam("campaign", type_=Text()), bindparam("body", type_=Text())
    taken = (
        select(REVIEWS.c.organisation, SESSIONS.c.venue)
        .join(SESSIONS, SESSIONS.c.review == REVIEWS.c.review)
        .where(SESSIONS.c.venue_kind.in_(OUTER_VENUES), SESSIONS.c.venue != REVIEWS.c.organisation)
    )
    here = taken.where(SESSIONS.c.campaign == campaign, SESSIONS.c.venue == body)
    run = taken.where(REVIEWS.c.campaign == campaign, REVIEWS.c.organisation == body)
    return Prepared(union(here, run))


_BESIDE = _taken_elsewhere()


def _related(connection: Connection, campaign: str, organisation: str, today: date) -> set[str]:
    """The body, those above it, those whose people it takes, and those that take its people."""
    above = superiors_of(connection, [organisation], today).get(organisation, ())
    beside = _BESIDE.all(connection, {"campaign": campaign, "body": organisation})
    return {organisation, *above, *(body for row in beside for body in row)}


@dataclass
class _Counted:
    """Plans counted so far, by what they were made from."""

    season: Season
    plans: dict[tuple[Any, ...], Plan] = field(default_factory=dict)

    def of(self, body: Body, parts: tuple[Part, ...]) -> Plan:
        unit, _ = self.season.calendar_of(body.organisation)
        key = (unit, body.venue_kind, parts)
        found = self.plans.get(key)
        if found is None:
            found = self.plans[key] = plan(self.season, body.organisation, body.venue_kind, parts)
        return found


def _plans(season: Season, today: date, bodies: Mapping[str, Body]) -> CampaignPlans:
    bound = _Bounds(season, bodies, _Counted(season))
    bound.spread()
    return _judged(bound, today, bodies, {})


def _judged(
    bound: _Bounds, today: date, bodies: Mapping[str, Body], kept: Mapping[str, BodyPlan]
) -> CampaignPlans:
    """What each plan asks for today; the plans kept are as they were."""
    season, counted = bound.season, bound.counted
    found: dict[str, BodyPlan] = {}
    judged: dict[tuple[int, str], Urgency] = {}
    for name, body in bodies.items():
        if name in kept:
            found[name] = kept[name]
            continue
        made = counted.of(body, bound.parts[name])
        unit, calendar = season.calendar_of(name)
        key = (id(made), unit)
        if key not in judged:
            judged[key] = urgency(made, calendar, today)
        found[name] = BodyPlan(body=body, plan=made, urgency=judged[key])
    shapes = len({id(one.plan) for one in found.values()})
    return CampaignPlans(season=season, today=today, bodies=found, shapes=shapes, spreading=bound)


class _Bounds:
    """What the bodies of a tree ask of each other, carried from one to the next in the order of the rules.

    A member who is taken at a committee too waits in his cell for it, or the committee for the cell (C-79;
    HD 43, 2); a body is rated once those below it are. Twice up and down is enough: what comes down from a
    rating never tightens a session that another body waits for.
    """

    def __init__(self, season: Season, bodies: Mapping[str, Body], counted: _Counted) -> None:
        self.season, self._bodies, self.counted = season, bodies, counted
        self.parts = {name: tuple(body.parts) for name, body in bodies.items()}
        rulebook = season.rulebook
        self._outer = across(rulebook, OUTER_FIRST)
        self._cell = across(rulebook, CELL_FIRST)
        self._below = across(rulebook, BELOW_FIRST)
        self._once_down: dict[str, tuple[Part, ...]] = {}

    def spread(self) -> None:
        top_first = sorted(self._bodies, key=lambda name: (self._depth(name), name))
        for name in top_first:
            self._down(name, self.parts)
        self._once_down = dict(self.parts)
        for name in reversed(top_first):
            self._to_venues(name)
        for name in top_first if self._cell else ():
            self._down(name, self.parts)

    def with_leaves(self, bodies: Mapping[str, Body], changed: Collection[str]) -> _Bounds:
        """The same with other parts of some bodies nobody waits for: they ask nothing of any other."""
        made = copy(self)
        made._bodies, made.parts, made._once_down = bodies, dict(self.parts), dict(self._once_down)
        for name in changed:
            if name not in bodies:
                made.parts.pop(name, None)
                made._once_down.pop(name, None)
                continue
            made.parts[name] = tuple(bodies[name].parts)
            made._down(name, made._once_down)
            made._once_down[name] = made.parts[name]
            if made._cell:
                made._down(name, made.parts)
        return made

    def _plan(self, name: str, parts: Mapping[str, tuple[Part, ...]]) -> Plan:
        return self.counted.of(self._bodies[name], parts[name])

    def _depth(self, name: str) -> int:
        depth, seen = 0, {name}
        while (body := self._bodies.get(name)) is not None and body.superior not in seen:
            name = body.superior
            seen.add(name)
            depth += 1
        return depth

    def _down(self, name: str, parts: Mapping[str, tuple[Part, ...]]) -> None:
        """What the body above, and the venues above, ask of this one; `parts` are theirs."""
        body = self._bodies[name]
        above = self._bodies.get(body.superior)
        for rule in self._below if above is not None else ():
            gate, level = step_of(rule), self._level_gate(step_of(rule))
            step = _earliest_step(self._plan(body.superior, parts), ORGANISATION, gate)
            if step is not None:
                self._bind(name, _bound(level, step, rule.id, body.superior), (ORGANISATION,), guest=False)
        for rule in self._cell:
            for role, venue in sorted(body.elsewhere):
                if venue in self._bodies:
                    step = _guest_step(self._plan(venue, parts))
                    if step is not None:
                        self._bind(name, _bound(HOLD, step, rule.id, venue), (role,), guest=False)

    def _to_venues(self, name: str) -> None:
        """Until when the venues above have to take this body's people."""
        body = self._bodies[name]
        rule = self._outer[0].id if self._outer else ""
        for role, venue in sorted(body.elsewhere):
            if venue not in self._bodies:
                continue
            step = _waiting_step(self._plan(name, self.parts), role, at_home=bool(rule))
            if step is not None:
                held = _bound(HOLD, step, rule if step.gate == HOLD else "", name)
                self._bind(venue, held, None, guest=True)

    def _level_gate(self, gate: str) -> str:
        """With which step a subordinate has the level its superior asks for: the approved one at a
        decision."""
        if gate == DECIDE:
            return DECIDE
        return COUNT if self.season.rulebook.flow(life.ORGANISATION).has_ballot else SUBMIT

    def _bind(self, name: str, bound: Bound, roles: Collection[str] | None, *, guest: bool) -> None:
        self.parts[name] = tuple(
            replace(part, bounds=_with(part.bounds, bound))
            if part.guest == guest and (roles is None or part.role in roles)
            else part
            for part in self.parts[name]
        )


def _with(bounds: tuple[Bound, ...], new: Bound) -> tuple[Bound, ...]:
    """The tighter bound of a step counts for each of the two days; of equal ones the first."""
    others = tuple(one for one in bounds if one.gate != new.gate)
    same = [one for one in bounds if one.gate == new.gate]
    if not same:
        return (*bounds, new)
    tightest = min((*same, new), key=lambda one: one.last)
    return (*others, replace(tightest, safe=min(one.safe for one in (*same, new))))


def _bound(gate: str, step: Step, rule: str, body: str) -> Bound:
    assert step.last is not None and step.safe is not None, "only a step with a day binds another"
    return Bound(gate=gate, last=step.last, safe=step.safe, rule=rule, body=body, then=step.gate)


def _earliest_step(plan: Plan, role: str, gate: str) -> Step | None:
    return _first(step for step in plan.steps if step.gate == gate and plan.parts[step.part].role == role)


def _guest_step(plan: Plan) -> Step | None:
    return _first(step for step in plan.steps if step.gate == HOLD and plan.parts[step.part].guest)


def _waiting_step(plan: Plan, role: str, *, at_home: bool) -> Step | None:
    """What waits at home for a session elsewhere: the session in the cell, or else the step after it."""
    gates = MAIN[MAIN.index(HOLD) + (0 if at_home else 1) :]
    for gate in gates:
        steps = [
            step
            for step in plan.steps
            if step.gate == gate and plan.parts[step.part].role == role and not plan.parts[step.part].guest
        ]
        if steps:
            return _first(steps)
    return None


def _first(steps: Iterable[Step]) -> Step | None:
    dated = [step for step in steps if step.last is not None and step.safe is not None]
    return min(dated, key=lambda step: (step.last or date.max, step.safe or date.max), default=None)


__all__ = [
    "AMBER",
    "GREEN",
    "RED",
    "BodyPlan",
    "CampaignPlans",
    "body_plan",
    "by_urgency",
    "campaign_plans",
    "recounted",
]
