"""Everything that has a name of its own, with the condition under which a capacity sees it, and the checks
that rest on it: one thing looked at, and all a command is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Connection, Table, or_, select

from handlers.access.given import conflicts_seen, delegations_seen, grants_seen
from handlers.access.scope import SEES_CONTENT, Condition, Scope
from handlers.access.tables import CONFLICTS, DELEGATIONS, GRANTS
from handlers.among import among
from handlers.tables import BALLOTS, BUNDLES, CAMPAIGNS, MEETINGS, PLANS, REVIEWS, REWARDS
from states.roles import Role
from workflow.commands.asking import Command, ReviewCommand
from workflow.commands.campaign import PlanCampaign
from workflow.errors import NotFound
from workflow.needs import first_needs


@dataclass(frozen=True, slots=True)
class Thing:
    """Where a thing stands, its key there, and the condition under which a capacity sees it."""

    table: Table
    key: Column[str]
    seen: Callable[[Scope], Condition]


def plans_seen(scope: Scope) -> Condition:
    """The condition on PLANS: those of reviews in scope, and those followed or appraised by a body in it."""
    reviews = select(REVIEWS.c.review).where(scope.reviews())
    of_review = PLANS.c.review.in_(reviews)
    if scope.actor.role is Role.MEMBER or scope.actor.role not in SEES_CONTENT:
        return of_review
    return or_(of_review, scope.places(PLANS.c.campaign, PLANS.c.monitor, PLANS.c.appraiser))


def rewards_seen(scope: Scope) -> Condition:
    """The condition on REWARDS: of bodies in scope, or to be forwarded or decided by one."""
    return scope.places(
        REWARDS.c.campaign, REWARDS.c.organisation, REWARDS.c.superior, REWARDS.c.by, REWARDS.c.through
    )


THINGS: Final[Mapping[str, Thing]] = {
    "campaign": Thing(CAMPAIGNS, CAMPAIGNS.c.campaign, Scope.campaigns),
    "review": Thing(REVIEWS, REVIEWS.c.review, Scope.named_reviews),
    "meeting": Thing(
        MEETINGS, MEETINGS.c.meeting, lambda scope: scope.places(MEETINGS.c.campaign, MEETINGS.c.venue)
    ),
    "ballot": Thing(
        BALLOTS, BALLOTS.c.ballot, lambda scope: scope.places(BALLOTS.c.campaign, BALLOTS.c.organisation)
    ),
    "submission": Thing(
        BUNDLES,
        BUNDLES.c.submission,
        lambda scope: scope.places(BUNDLES.c.campaign, BUNDLES.c.organisation, BUNDLES.c.receiver),
    ),
    "plan": Thing(PLANS, PLANS.c.plan, plans_seen),
    "reward": Thing(REWARDS, REWARDS.c.reward, rewards_seen),
    "grant": Thing(GRANTS, GRANTS.c.grant_id, grants_seen),
    "delegation": Thing(DELEGATIONS, DELEGATIONS.c.delegation_id, delegations_seen),
    "conflict": Thing(CONFLICTS, CONFLICTS.c.conflict_id, conflicts_seen),
}
"""By the noun of a refusal, which is also the first word of a stream."""


def check(connection: Connection, scope: Scope, what: str, name: str) -> None:
    """Raise NotFound for a thing that is not there or not to be seen. KeyError for a noun without a table."""
    thing = THINGS[what]
    if connection.execute(select(thing.key).where(thing.key == name, thing.seen(scope))).scalar() is None:
        raise NotFound(what, name)


def check_review(connection: Connection, scope: Scope, review: str) -> None:
    """Raise NotFound for a review whose content is not to be seen, though its name may be known."""
    chosen = select(REVIEWS.c.review).where(REVIEWS.c.review == review, scope.reviews())
    if connection.execute(chosen).scalar() is None:
        raise NotFound("review", review)


def check_command(connection: Connection, scope: Scope, command: Command) -> None:
    """Raise NotFound for a command about something that is there and not to be seen.

    What is not there passes: the engine says so in the same words, or makes it. Where a command names a body
    in a campaign, the body has to be in scope.
    """
    needs = first_needs(command)
    if needs.campaign is not None and not isinstance(command, PlanCampaign):
        _check_there(connection, scope, "campaign", [needs.campaign])
    _check_there(connection, scope, "review", needs.reviews)
    for stream in needs.bodies:
        kind, _, name = stream.partition("/")
        if kind in THINGS:
            _check_there(connection, scope, kind, [name])
    campaign = needs.campaign or getattr(command, "campaign", None)
    for body in _bodies_of(command):
        if campaign is not None and not isinstance(command, PlanCampaign):
            _check_body(connection, scope, campaign, body)


def _bodies_of(command: Command) -> Iterable[str]:
    """The bodies a command acts for: where a meeting is held, whose papers, lists or report they are.

    A review is looked for by itself: a leader's may be taken at a venue its own body does not see.
    """
    if isinstance(command, ReviewCommand):
        return ()
    named = (getattr(command, name, None) for name in ("organisation", "venue"))
    return dict.fromkeys(body for body in named if isinstance(body, str) and body)


def _check_there(connection: Connection, scope: Scope, what: str, names: Iterable[str]) -> None:
    """Raise NotFound for the first of the names that is there and not to be seen."""
    wanted = list(names)
    if not wanted:
        return
    thing = THINGS[what]
    there = select(thing.key).where(among(thing.key, "names"))
    found = set(connection.execute(there, {"names": wanted}).scalars())
    seen = set(connection.execute(there.where(thing.seen(scope)), {"names": wanted}).scalars())
    for name in wanted:
        if name in found - seen:
            raise NotFound(what, name)


def _check_body(connection: Connection, scope: Scope, campaign: str, body: str) -> None:
    known = connection.execute(select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.campaign == campaign)).scalar()
    if known is not None:
        scope.within(connection, campaign).body(connection, body)
