"""How far the reviews of each body are, added up from the counters alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, func, select

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


@dataclass(slots=True)
class Standing:
    """The reviews of one kind of one body: how many at which stage. Complete once it is first asked.

    `steps` are those the kind takes. Where nobody decides, a review closed without a rating has reached its
    end; elsewhere it has only been reviewed.
    """

    steps: tuple[str, ...] = STEPS
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
    def returned(self) -> int:
        """How many were sent back and wait."""
        return self.stages.get(life.RETURNED, 0)


def standings(
    connection: Connection, campaign: str, kind: str, steps: tuple[str, ...]
) -> dict[str, Standing]:
    """The standing of every body in a campaign, by one query over the counters."""
    rows = connection.execute(
        select(PROGRESS.c.organisation, PROGRESS.c.stage, func.sum(PROGRESS.c.reviews))
        .where(PROGRESS.c.campaign == campaign, PROGRESS.c.kind == kind)
        .group_by(PROGRESS.c.organisation, PROGRESS.c.stage)
    )
    found: dict[str, Standing] = {}
    for organisation, stage, count in rows:
        if count:
            found.setdefault(organisation, Standing(steps)).stages[stage] = int(count)
    return found


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


def together(steps: tuple[str, ...], parts: Iterable[Standing]) -> Standing:
    """The sum of several bodies."""
    whole = Standing(steps)
    for part in parts:
        whole.add(part)
    return whole
