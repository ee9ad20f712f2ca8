"""What happens to grants, delegations and declared conflicts of interest: ids and days, never a name."""

from datetime import date

from workflow.event import Event, event


@event("grant_proposed")
class GrantProposed(Event):
    """A role at a body was proposed for a person. new -> proposed.

    `first` and `last` are inclusive; `last` is null while it is open.
    """

    person: str
    role: str
    body: str
    first: date
    last: date | None
    document: str
    reason: str
    by: str
    on: date


@event("grant_given_at_set_up")
class GrantGivenAtSetUp(Event):
    """A role was given while the service was being set up. new -> granted."""

    person: str
    role: str
    body: str
    first: date
    last: date | None
    document: str
    by: str
    on: date


@event("grant_confirmed")
class GrantConfirmed(Event):
    """Another person confirmed what was proposed. proposed -> granted."""

    by: str
    on: date


@event("grant_withdrawn")
class GrantWithdrawn(Event):
    """The proposal was withdrawn or turned down. proposed -> withdrawn."""

    reason: str
    by: str
    on: date


@event("grant_ended")
class GrantEnded(Event):
    """The role is not held from the day `on` on. granted -> ended."""

    reason: str
    by: str
    on: date


@event("capacity_delegated")
class CapacityDelegated(Event):
    """`holder` lets `person` act in his role at a body, from `first` to `last` inclusive. new -> in_force."""

    holder: str
    person: str
    role: str
    body: str
    first: date
    last: date
    document: str
    on: date


@event("delegation_ended")
class DelegationEnded(Event):
    """Nothing is done by the delegation from the day `on` on. in_force -> ended."""

    by: str
    on: date


@event("conflict_declared")
class ConflictDeclared(Event):
    """`person` is close to `subject` or has an interest in the rating. new -> declared.

    `digest` covers the reason, which lies apart; empty where none was given.
    """

    person: str
    subject: str
    closeness: str
    body: str
    digest: str
    by: str
    on: date


@event("conflict_ended")
class ConflictEnded(Event):
    """The tie or interest is no more, from the day `on` on. declared -> ended."""

    reason: str
    by: str
    on: date
