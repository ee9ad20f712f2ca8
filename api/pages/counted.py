"""How far the reviews of each body are, added up from the counters alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from handlers.tables import PROGRESS
from states import review as life

COLUMNS: dict[str, tuple[str, ...]] = {
    life.INDIVIDUAL: ("prepared", "draft_sent", "reviewed", "voted", "submitted", "appraised", "approved"),
    life.ORGANISATION: ("prepared", "draft_sent", "reviewed", "voted", "submitted", "appraised", "approved"),
    life.COLLECTIVE: ("prepared", "draft_sent", "reviewed", "submitted", "appraised"),
}
"""The steps the board shows of each kind. A collective is not rated: it is neither voted nor decided on."""

PASSED: dict[str, int] = {
    life.OPEN: 0,
    life.PREPARED: 1,
    life.ABSENT: 1,
    life.PAUSED: 1,
    life.ANNULLED: 1,
    life.DRAFT_SENT: 2,
    life.REVIEWED: 3,
    life.VOTED: 4,
    life.RETURNED: 4,
    life.SUBMITTED: 5,
    life.APPRAISED: 6,
    life.APPROVED: 7,
    life.RE_RATED: 7,
}
"""How many steps a stage has surely behind it. A side state counts what it cannot have been without."""

STEP: dict[str, int] = {name: number for number, name in enumerate(COLUMNS[life.INDIVIDUAL], start=1)}
REVIEWED = STEP["reviewed"]


@dataclass(slots=True)
class Standing:
    """The reviews of one kind of one body: how many at which stage. Complete once it is first asked."""

    stages: dict[str, int] = field(default_factory=dict)
    _past: tuple[int, ...] = ()
    """How many have each step behind them, from step 0; reckoned when first asked."""

    def add(self, other: Standing) -> None:
        """Count another body's with this one's."""
        for stage, count in other.stages.items():
            self.stages[stage] = self.stages.get(stage, 0) + count
        self._past = ()

    def total(self, stage: str = "prepared") -> int:
        """How many have to pass a step: who is exempt never, who is not rated only until reviewed."""
        unrated = self.stages.get(life.REVIEWED_UNRATED, 0) if STEP[stage] <= REVIEWED else 0
        return self._reckoned()[0] + unrated

    def done(self, stage: str) -> int:
        """How many of them have passed it."""
        unrated = self.stages.get(life.REVIEWED_UNRATED, 0) if STEP[stage] <= REVIEWED else 0
        return self._reckoned()[STEP[stage]] + unrated

    def _reckoned(self) -> tuple[int, ...]:
        if not self._past:
            at = [0] * (len(STEP) + 1)
            for stage, count in self.stages.items():
                if stage in PASSED:
                    at[PASSED[stage]] += count
            self._past = tuple(sum(at[step:]) for step in range(len(at)))
        return self._past

    @property
    def returned(self) -> int:
        """How many were sent back and wait."""
        return self.stages.get(life.RETURNED, 0)


@dataclass(slots=True)
class CollectiveStanding(Standing):
    """Collectives: closed without a rating means that their report was taken note of, the end for them."""

    def total(self, stage: str = "prepared") -> int:
        """All but the exempt."""
        return self._reckoned()[0] + self.stages.get(life.REVIEWED_UNRATED, 0)

    def done(self, stage: str) -> int:
        """Those past the step, the closed ones with them."""
        return self._reckoned()[STEP[stage]] + self.stages.get(life.REVIEWED_UNRATED, 0)


def standings(connection: Connection, campaign: str, kind: str) -> dict[str, Standing]:
    """The standing of every body in a campaign, by one query over the counters."""
    rows = connection.execute(
        select(PROGRESS.c.organisation, PROGRESS.c.stage, func.sum(PROGRESS.c.reviews))
        .where(PROGRESS.c.campaign == campaign, PROGRESS.c.kind == kind)
        .group_by(PROGRESS.c.organisation, PROGRESS.c.stage)
    )
    found: dict[str, Standing] = {}
    for organisation, stage, count in rows:
        if count:
            found.setdefault(organisation, new(kind)).stages[stage] = int(count)
    return found


def totals(connection: Connection, campaigns: Iterable[str]) -> dict[tuple[str, str], Standing]:
    """The standing of whole campaigns by (campaign, kind)."""
    rows = connection.execute(
        select(PROGRESS.c.campaign, PROGRESS.c.kind, PROGRESS.c.stage, func.sum(PROGRESS.c.reviews))
        .where(PROGRESS.c.campaign.in_(list(campaigns)))
        .group_by(PROGRESS.c.campaign, PROGRESS.c.kind, PROGRESS.c.stage)
    )
    found: dict[tuple[str, str], Standing] = {}
    for campaign, kind, stage, count in rows:
        if count:
            found.setdefault((campaign, kind), new(kind)).stages[stage] = int(count)
    return found


def new(kind: str) -> Standing:
    """An empty standing of a kind."""
    return CollectiveStanding() if kind == life.COLLECTIVE else Standing()


def together(kind: str, parts: Iterable[Standing] | Mapping[str, Standing]) -> Standing:
    """The sum of several bodies."""
    whole = new(kind)
    for part in parts.values() if isinstance(parts, Mapping) else parts:
        whole.add(part)
    return whole
