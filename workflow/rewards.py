"""What a reward is at any moment, and what is known of an import of earlier years: folds of their events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.table import NEW
from workflow.event import Event
from workflow.events import reward as happened


@dataclass(slots=True)
class Reward:
    """One reward somebody was put forward for; `grounds` are the reviews it rests on, with their rounds."""

    id: str
    version: int = 0
    stage: str = NEW
    campaign: str = ""
    organisation: str = ""
    superior: str = ""
    review: str = ""
    award: str = ""
    granted_by: str = ""
    by: str = ""
    through: str = ""
    grounds: tuple[tuple[str, int], ...] = ()
    proposed_on: date = date.min
    ended_on: date | None = None
    document: str = ""


@dataclass(slots=True)
class History:
    """One import of earlier years; the rows themselves lie beside the log."""

    id: str
    version: int = 0
    stage: str = NEW


def _proposed(reward: Reward, event: happened.RewardProposed) -> None:
    reward.campaign, reward.organisation, reward.superior = event.campaign, event.organisation, event.superior
    reward.review, reward.award = event.review, event.award
    reward.granted_by, reward.by, reward.through = event.granted_by, event.by, event.through or ""
    reward.grounds, reward.proposed_on = event.grounds, event.on


def _decided(reward: Reward, event: happened.RewardDecided) -> None:
    reward.grounds, reward.ended_on, reward.document = event.grounds, event.on, event.document


def _ended(reward: Reward, event: happened.RewardRefused | happened.RewardWithdrawn) -> None:
    reward.ended_on = event.on


FOLDS: dict[type[Event], tuple[str | None, Callable[[Any, Any], None] | None]] = {
    happened.RewardProposed: ("propose_reward", _proposed),
    happened.RewardDecided: ("decide_reward", _decided),
    happened.RewardRefused: ("refuse_reward", _ended),
    happened.RewardWithdrawn: ("withdraw_reward", _ended),
    happened.HistoryImported: (None, None),
}
"""For each event the move it records and what it changes."""
