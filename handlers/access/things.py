"""Everything that has a name of its own, with the condition under which a capacity sees it, and the checks
that rest on it: one thing looked at, and all a command is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Column, Connection, Table, false, or_, select

from handlers.access.given import conflicts_seen, delegations_seen, grants_seen
from handlers.access.scope import SEES_A_BRANCH, Condition, Scope
from handlers.access.tables import CONFLICTS, DELEGATIONS, GRANTS
from handlers.among import among
from handlers.roster_tables import ORGANISATIONS
from handlers.tables import BALLOTS, BUNDLES, CAMPAIGNS, MEETINGS, PLANS, REVIEWS, REWARDS
from states.roles import Role
from workflow.commands.asking import Command, ReviewCommand
from workflow.commands.campaign import PlanCampaign
from workflow.errors import BadInput, NotFound
from workflow.needs import first_needs


@dataclass(frozen=True, slots=True)
class Thing:
    """Where a thing stands, its key there, and the condition under which a capacity sees it."""

    table: Table
    key: Column[str]
    seen: Callable[[Scope], Condition]


def plans_seen(scope: Scope) -> Condition:
    """The condition on PLANS: those of reviews in scope, and those followed or appraised by a body in it."""
    of_review = PLANS.c.review.in_(select(REVIEWS.c.review).where(scope.reviews()))
    followed = _of_bodies(scope, SEES_A_BRANCH, PLANS.c.campaign, PLANS.c.monitor, PLANS.c.appraiser)
    return or_(of_review, followed)


def rewards_seen(scope: Scope) -> Condition:
    """The condition on REWARDS: of bodies in scope, or to be forwarded or decided by one."""
    bodies = (REWARDS.c.organisation, REWARDS.c.superior, REWARDS.c.by, REWARDS.c.through)
    return _of_bodies(scope, SEES_A_BRANCH, REWARDS.c.campaign, *bodies)


def meetings_seen(scope: Scope) -> Condition:
    """The condition on MEETINGS: held at a venue in scope, the agenda of which is no member's."""
    return _of_bodies(scope, _AT_THE_BALLOT, MEETINGS.c.campaign, MEETINGS.c.venue)


def ballots_seen(scope: Scope) -> Condition:
    """The condition on BALLOTS: papers of a body in scope."""
    return _of_bodies(scope, _AT_THE_BALLOT, BALLOTS.c.campaign, BALLOTS.c.organisation)


def submissions_seen(scope: Scope) -> Condition:
    """The condition on BUNDLES: reports of bodies in scope, or sent to one."""
    bodies = (BUNDLES.c.organisation, BUNDLES.c.receiver)
    return _of_bodies(scope, SEES_A_BRANCH, BUNDLES.c.campaign, *bodies)


_AT_THE_BALLOT: Final = SEES_A_BRANCH | {Role.COUNTING_TEAM}


def _of_bodies(
    scope: Scope, roles: frozenset[Role], campaign: Column[str], *bodies: Column[str]
) -> Condition:
    return scope.places(campaign, *bodies) if scope.actor.role in roles else false()


THINGS: Final[Mapping[str, Thing]] = {
    "campaign": Thing(CAMPAIGNS, CAMPAIGNS.c.campaign, Scope.campaigns),
    "review": Thing(REVIEWS, REVIEWS.c.review, Scope.named_reviews),
    "meeting": Thing(MEETINGS, MEETINGS.c.meeting, meetings_seen),
    "ballot": Thing(BALLOTS, BALLOTS.c.ballot, ballots_seen),
    "submission": Thing(BUNDLES, BUNDLES.c.submission, submissions_seen),
    "plan": Thing(PLANS, PLANS.c.plan, plans_seen),
    "reward": Thing(REWARDS, REWARDS.c.reward, rewards_seen),
    "grant": Thing(GRANTS, GRANTS.c.grant_id, grants_seen),
    "delegation": Thing(DELEGATIONS, DELEGATIONS.c.delegation_id, delegations_seen),
    "conflict": Thing(CONFLICTS, CONFLICTS.c.conflict_id, conflicts_seen),
}
"""By the noun of a refusal, which is also the first word of a stream."""

OF_A_BODY: Final = frozenset({"meeting", "ballot", "submission"})
"""What is called by whoever makes it, and is one body's."""


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
    in a campaign, the body has to be in scope, and what it makes is called after that body: BadInput.
    """
    needs = first_needs(command)
    if needs.campaign is not None and not isinstance(command, PlanCampaign):
        _check_there(connection, scope, "campaign", [needs.campaign])
    _check_there(connection, scope, "review", needs.reviews)
    campaign = needs.campaign or str(getattr(command, "campaign", ""))
    bodies = tuple(_bodies_of(command))
    if isinstance(command, PlanCampaign) or not _is_there(connection, campaign):
        bodies = ()
    for body in bodies:
        scope.within(connection, campaign).body(connection, body)
    for stream in needs.bodies:
        kind, _, name = stream.partition("/")
        if kind in OF_A_BODY and bodies:
            _check_called(connection, scope, kind, name, campaign, bodies)
        if kind in THINGS:
            _check_there(connection, scope, kind, [name])


def _check_called(
    connection: Connection, scope: Scope, what: str, name: str, campaign: str, bodies: Sequence[str]
) -> None:
    """Raise BadInput for a name that is not after the body the command acts for, unless what has it is seen.

    Whether the name is free then makes no difference: nobody learns from it what another body holds.
    """
    if _is_called_after(connection, name, campaign, bodies):
        return
    thing = THINGS[what]
    if connection.execute(select(thing.key).where(thing.key == name, thing.seen(scope))).scalar() is None:
        raise BadInput(
            what,
            name,
            f"phải bắt đầu bằng mã của đơn vị, ví dụ {bodies[0]}-01; mã khác có thể là của đơn vị khác.",
            f"has to begin with the code of the body, such as {bodies[0]}-01; another may be another body's.",
        )


def _bodies_of(command: Command) -> Iterable[str]:
    """The bodies a command acts for: where a meeting is held, whose papers, lists or report they are.

    A review is looked for by itself: a leader's may be taken at a venue its own body does not see.
    """
    if isinstance(command, ReviewCommand):
        return ()
    named = (getattr(command, name, None) for name in ("organisation", "venue"))
    return dict.fromkeys(body for body in named if isinstance(body, str) and body)


def _is_called_after(connection: Connection, name: str, campaign: str, bodies: Sequence[str]) -> bool:
    """Whether it begins with the code of one of these bodies, and of no other body whose code goes on."""
    for body in bodies:
        for start in (body, f"{campaign}-{body}"):
            if not f"{name}-".startswith(f"{start}-"):
                continue
            parts = name[len(start) + 1 :].split("-")
            longer = [f"{body}-{'-'.join(parts[:count])}" for count in range(1, len(parts) + 1)]
            others = select(ORGANISATIONS.c.organisation_id).where(
                among(ORGANISATIONS.c.organisation_id, "codes")
            )
            given = {"codes": [code for code in longer if code not in bodies]}
            return connection.execute(others.limit(1), given).scalar() is None
    return False


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


def _is_there(connection: Connection, campaign: str) -> bool:
    chosen = select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.campaign == campaign)
    return connection.execute(chosen).scalar() is not None
