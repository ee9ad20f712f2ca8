"""What happens to a reward, and that earlier years were taken over."""

from datetime import date

from workflow.event import Event, event


@event("reward_proposed")
class RewardProposed(Event):
    """Somebody was put forward for a reward. new -> proposed.

    `award` is asked of the body `by`, which stands at the level `granted_by`; `through` forwards it.
    `grounds` names each review whose level counted, with its round, to find a level cancelled later.
    """

    campaign: str
    organisation: str
    superior: str
    review: str
    award: str
    granted_by: str
    by: str
    grounds: tuple[tuple[str, int], ...]
    on: date
    through: str | None = None
    document: str | None = None


@event("reward_decided")
class RewardDecided(Event):
    """The reward was granted; `grounds` as they were then. proposed -> decided."""

    on: date
    document: str
    grounds: tuple[tuple[str, int], ...]


@event("reward_refused")
class RewardRefused(Event):
    """The body asked does not grant it. proposed -> refused."""

    on: date
    reason: str


@event("reward_withdrawn")
class RewardWithdrawn(Event):
    """Whoever put it forward took it back. proposed -> withdrawn."""

    on: date
    reason: str


@event("history_imported")
class HistoryImported(Event):
    """Levels of earlier years were taken over from a file; each row lies apart under its digest."""

    source: str
    digests: tuple[str, ...]
