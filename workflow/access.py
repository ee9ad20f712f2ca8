"""What is known of a grant, a delegation or a declared conflict at any moment: the folds of their events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.table import NEW
from workflow.event import Event
from workflow.events import access as happened


@dataclass(slots=True)
class Grant:
    """A role at a body for a person; `first` and `last` inclusive, not held from `ended_on` on."""

    id: str
    version: int = 0
    stage: str = NEW
    person: str = ""
    role: str = ""
    body: str = ""
    first: date = date.min
    last: date | None = None
    document: str = ""
    reason: str = ""
    proposed_by: str = ""
    proposed_on: date = date.min
    settled_by: str = ""
    settled_on: date | None = None
    ended_by: str = ""
    ended_on: date | None = None


@dataclass(slots=True)
class Delegation:
    """What `holder` lets `person` do for him; `first` and `last` inclusive, nothing from `ended_on` on."""

    id: str
    version: int = 0
    stage: str = NEW
    holder: str = ""
    person: str = ""
    role: str = ""
    body: str = ""
    first: date = date.min
    last: date = date.min
    document: str = ""
    given_on: date = date.min
    ended_by: str = ""
    ended_on: date | None = None


@dataclass(slots=True)
class Conflict:
    """A tie between a person and the subject of a review; it counts no more from `ended_on` on."""

    id: str
    version: int = 0
    stage: str = NEW
    person: str = ""
    subject: str = ""
    closeness: str = ""
    body: str = ""
    digest: str = ""
    declared_by: str = ""
    declared_on: date = date.min
    ended_by: str = ""
    ended_on: date | None = None


def _proposed(grant: Grant, event: happened.GrantProposed | happened.GrantGivenAtSetUp) -> None:
    grant.person, grant.role, grant.body = event.person, event.role, event.body
    grant.first, grant.last, grant.document = event.first, event.last, event.document
    grant.proposed_by, grant.proposed_on = event.by, event.on
    if isinstance(event, happened.GrantProposed):
        grant.reason = event.reason
    else:
        grant.settled_by, grant.settled_on = event.by, event.on


def _settled(grant: Grant, event: happened.GrantConfirmed | happened.GrantWithdrawn) -> None:
    grant.settled_by, grant.settled_on = event.by, event.on


def _ended(
    life: Grant | Delegation | Conflict,
    event: happened.GrantEnded | happened.DelegationEnded | happened.ConflictEnded,
) -> None:
    life.ended_by, life.ended_on = event.by, event.on


def _delegated(delegation: Delegation, event: happened.CapacityDelegated) -> None:
    delegation.holder, delegation.person = event.holder, event.person
    delegation.role, delegation.body = event.role, event.body
    delegation.first, delegation.last = event.first, event.last
    delegation.document, delegation.given_on = event.document, event.on


def _declared(conflict: Conflict, event: happened.ConflictDeclared) -> None:
    conflict.person, conflict.subject, conflict.closeness = event.person, event.subject, event.closeness
    conflict.body, conflict.digest = event.body, event.digest
    conflict.declared_by, conflict.declared_on = event.by, event.on


FOLDS: dict[type[Event], tuple[str | None, Callable[[Any, Any], None] | None]] = {
    happened.GrantProposed: ("propose_grant", _proposed),
    happened.GrantGivenAtSetUp: ("give_at_set_up", _proposed),
    happened.GrantConfirmed: ("confirm_grant", _settled),
    happened.GrantWithdrawn: ("withdraw_grant", _settled),
    happened.GrantEnded: ("end_grant", _ended),
    happened.CapacityDelegated: ("delegate", _delegated),
    happened.DelegationEnded: ("end_delegation", _ended),
    happened.ConflictDeclared: ("declare_conflict", _declared),
    happened.ConflictEnded: ("end_conflict", _ended),
}
"""For each event the move it records and what it changes."""
