"""How far the reviews of each body are, added up from the counters alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, func, select

from handlers.boards.counting import STAGES, Counts
from handlers.tables import PROGRESS
from states import review as life
from workflow.rules.flow import PASSED as PASSED_THROUGH
from workflow.rules.rulebook import Rulebook

STEPS = ("prepared", "draft_sent", "reviewed", "voted", "submitted", "appraised", "approved")
"""The longest life, in order; `steps_of` tells which of them a regime gives a kind of review."""


def steps_of(rulebook: Rulebook, kind: str) -> tuple[str, ...]:
    """The steps a kind of review takes under a rulebook: those its document asks for.

    A kind that is not rated is neither voted nor decided on, it ends with the appraisal (or the report).
    """
    flow, rated = rulebook.flow(kind), rulebook.scale(kind) is not None
    left_out = {
        "draft_sent": flow.draft == PASSED_THROUGH,
        "voted": not (rated and flow.has_ballot),
        "appraised": not flow.appraisal,
        "approved": not rated,
    }
    return tuple(step for step in STEPS if not left_out.get(step, False))


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

STEP: dict[str, int] = {name: number for number, name in enumerate(STEPS, start=1)}
REVIEWED = STEP["reviewed"]


@dataclass(slots=True, eq=False)
class Standing:
    """The reviews of one kind of one body: how many at which stage. Complete once it is first asked.

    It is told apart by itself alone, so that what is said of it can be remembered.

    `steps` are those the kind takes. Where nobody decides, a review closed without a rating has reached its
    end; elsewhere it has only been reviewed.
    """

    steps: tuple[str, ...] = STEPS
    stages: dict[str, int] = field(default_factory=dict)
    _past: tuple[int, ...] = ()
    """How many have each step behind them, from step 0; reckoned when first asked, as `_stuck` is."""
    _stuck: str | None = None

    def total(self, stage: str = "prepared") -> int:
        """How many have to pass a step: who is exempt never, who is not rated only until reviewed."""
        return self._reckoned()[0] + self._unrated(stage)

    def done(self, stage: str) -> int:
        """How many of them have passed it."""
        return self._reckoned()[STEP[stage]] + self._unrated(stage)

    def finished(self, stage: str) -> bool:
        """Whether everybody who has to has passed a step."""
        return self.done(stage) >= self.total(stage)

    def _unrated(self, stage: str) -> int:
        counts = STEP[stage] <= REVIEWED or self.steps[-1] != "approved"
        return self.stages.get(life.REVIEWED_UNRATED, 0) if counts else 0

    def _reckoned(self) -> tuple[int, ...]:
        if not self._past:
            at = [0] * (len(STEP) + 1)
            for stage, count in self.stages.items():
                if stage in PASSED:
                    at[PASSED[stage]] += count
            self._past = tuple(sum(at[step:]) for step in range(len(at)))
        return self._past

    @property
    def stuck(self) -> str:
        """The first step somebody still has to pass; empty where nobody has."""
        if self._stuck is None:
            self._stuck = next((step for step in self.steps if not self.finished(step)), "")
        return self._stuck

    @property
    def returned(self) -> int:
        """How many were sent back and wait."""
        return self.stages.get(life.RETURNED, 0)


@lru_cache(maxsize=20_000)
def standing_of(steps: tuple[str, ...], counts: Counts) -> Standing:
    """The standing that counts of STAGES tell. Shared by all who ask for the same: nobody adds to it."""
    told = zip(STAGES, counts, strict=True)
    return Standing(steps, {stage: count for stage, count in told if count})


def totals(
    connection: Connection, campaigns: Iterable[str], seen: ColumnElement[bool]
) -> dict[tuple[str, str], dict[str, int]]:
    """How many reviews of campaigns stand at which stage, by (campaign, kind); `seen` narrows PROGRESS."""
    rows = connection.execute(
        select(PROGRESS.c.campaign, PROGRESS.c.kind, PROGRESS.c.stage, func.sum(PROGRESS.c.reviews))
        .where(PROGRESS.c.campaign.in_(list(campaigns)), seen)
        .group_by(PROGRESS.c.campaign, PROGRESS.c.kind, PROGRESS.c.stage)
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for campaign, kind, stage, count in rows:
        if count:
            found.setdefault((campaign, kind), {})[stage] = int(count)
    return found


def together(parts: Iterable[Counts]) -> Counts:
    """The sum of several bodies' counts."""
    return tuple(map(sum, zip(*parts, strict=True))) or (0,) * len(STAGES)
