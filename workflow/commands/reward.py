"""Orders about rewards, and the history of earlier years they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class RewardCommand(Command):
    """An order about one reward."""

    reward: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeReward(RewardCommand):
    """Put the subject of a decided review forward.

    `award` is what is asked for, `granted_by` the level of the body that grants it and `by` the body itself,
    which need not stand in the roster. `through` names the body that forwards the proposal, where one does.
    """

    review: str
    award: str
    granted_by: str
    by: str
    on: date
    through: str | None = None
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideReward(RewardCommand):
    """Grant it, or enter that the body named has granted it, by its decision."""

    on: date
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefuseReward(RewardCommand):
    """The body named does not grant it."""

    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawReward(RewardCommand):
    """Whoever put it forward takes it back."""

    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierYear:
    """The level of a year before the log: whose, which, with the standing then held and the document."""

    subject: str
    year: int
    level: str
    standing: str
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportHistory(Command):
    """Take the levels of earlier years over from a file; what the log itself tells is not replaced."""

    history: str
    source: str
    rows: tuple[EarlierYear, ...]


REWARD_COMMANDS = (ProposeReward, DecideReward, RefuseReward, WithdrawReward)
"""Every order about a reward."""
