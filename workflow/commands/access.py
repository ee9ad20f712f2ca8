"""Orders about who may act as what, and about who is too close to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeGrant(Command):
    """Propose a role at a body for a person, by a document; it is held once another person has confirmed.

    `first` and `last` are both inclusive; without `last` it is held until it is ended.
    """

    grant: str
    person: str
    role: str
    body: str
    first: date
    last: date | None = None
    document: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmGrant(Command):
    """Confirm what another person proposed."""

    grant: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawGrant(Command):
    """Withdraw or turn down a proposal that nobody has confirmed."""

    grant: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EndGrant(Command):
    """End a grant at once: from today on it is not held."""

    grant: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveAtSetUp(Command):
    """Give a role while the service is being set up, by whoever has its machine: no campaign is open yet.

    The very first administrator may be given so at any time. `as_the_first` asks for nothing else: it is
    refused where there is an administrator.
    """

    grant: str
    person: str
    role: str
    body: str
    first: date
    last: date | None = None
    document: str
    as_the_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DelegateCapacity(Command):
    """Let another person act in a role one holds oneself, from `first` to `last`, both inclusive."""

    delegation: str
    person: str
    role: str
    body: str
    first: date
    last: date
    document: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EndDelegation(Command):
    """End a delegation at once: from today on nothing is done by it."""

    delegation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclareConflict(Command):
    """Declare that `person` is close to `subject`, a person or a body, or has an interest in the rating.

    `closeness` is what the person is to the subject. `body` is where the person belongs: there and above it
    the declaration may be made for him and ended. The reason is kept apart from the log.
    """

    conflict: str
    person: str
    subject: str
    closeness: str
    body: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class EndConflict(Command):
    """Say that the tie or interest is no more, from today on."""

    conflict: str
    reason: str


GRANT_COMMANDS: tuple[type[Command], ...] = (
    ProposeGrant,
    ConfirmGrant,
    WithdrawGrant,
    EndGrant,
    GiveAtSetUp,
)
DELEGATION_COMMANDS: tuple[type[Command], ...] = (DelegateCapacity, EndDelegation)
CONFLICT_COMMANDS: tuple[type[Command], ...] = (DeclareConflict, EndConflict)
