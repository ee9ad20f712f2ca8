"""What if another rulebook ruled: a campaign's recorded facts judged under both, and nothing is written."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, func, select

from handlers.comparing.due import Dues
from handlers.comparing.judging import Judged
from handlers.comparing.quotas import quota_differences
from handlers.comparing.recorded import Recorded, of_both, read_batch
from handlers.comparing.results import Difference, Row, Summary, What
from handlers.comparing.scope import Scopes, scopes
from handlers.comparing.sides import sides
from handlers.opening import read_campaign
from handlers.tables import REVIEWS
from workflow import clock
from workflow.bodies import Campaign
from workflow.engine import Engine
from workflow.rules.judge import blocking, judge
from workflow.rules.rulebook import Rulebook

BATCH = 1_000
"""Reviews held in memory at a time."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A campaign under its own rulebook and another: the counts over all of it, and the first rows."""

    campaign: Campaign
    own: Rulebook
    other: Rulebook
    summary: Summary
    rows: tuple[Row, ...] = ()

    @property
    def left_off(self) -> int:
        """Reviews that differ and are not among the rows."""
        return self.summary.different - len(self.rows)


def reviews_in(engine: Engine, campaign: str) -> int:
    """How many reviews a campaign has."""
    with engine.database.read() as connection:
        return _reviews(connection, campaign)


def compare_rulebooks(
    engine: Engine,
    campaign_id: str,
    other: Rulebook,
    *,
    limit: int | None = None,
    progress: Progress = lambda done, of: None,
) -> Comparison:
    """Judge every review of a campaign under both; at most `limit` rows are kept, all are counted.

    The calendar is the campaign's own. Raises NotFound for an unknown campaign.
    """
    campaign = read_campaign(engine, campaign_id)
    kept: list[Row] = []
    summary = Summary()
    with engine.database.read() as connection:
        own = engine.rulebook(connection, campaign.rulebook_hash)
        other = replace(other, calendar=own.calendar)
        total = _reviews(connection, campaign_id)
        comparing = _Comparing(connection, campaign, own, other, engine)
        gc.freeze()  # rulebooks and both scopes stay to the end; looking through them again costs a fifth
        try:
            for row in comparing.rows(lambda: progress(summary.reviews, total), summary):
                summary.count(row)
                if limit is None or len(kept) < limit:
                    kept.append(row)
        finally:
            gc.unfreeze()
    return Comparison(campaign=campaign, own=own, other=other, summary=summary, rows=tuple(kept))


def _reviews(connection: Connection, campaign: str) -> int:
    chosen = select(func.count()).select_from(REVIEWS).where(REVIEWS.c.campaign == campaign)
    return int(connection.execute(chosen).scalar_one())


@dataclass
class _Comparing:
    connection: Connection
    campaign: Campaign
    own: Rulebook
    other: Rulebook
    engine: Engine
    quotas: dict[str, tuple[Difference, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.today = self.engine.now().astimezone(clock.ZONE).date()
        self.asking = of_both(self.own, self.other)
        self.mine, self.yours = sides(self.own, self.other)
        self.dues = Dues(self.own, self.other, self.campaign.year)
        self.scopes: Scopes = scopes(self.connection, self.campaign, self.own, self.other)
        self.left_out = self.scopes.left_out()
        self._gates: dict[tuple[str, str], bool] = {}
        self.quotas = quota_differences(self.connection, self.campaign, self.own, self.other, self.asking)

    def rows(self, tell: Callable[[], None], summary: Summary) -> Iterator[Row]:
        """Every review that comes out otherwise, organisation by organisation."""
        chosen = (
            select(REVIEWS.c.review)
            .where(REVIEWS.c.campaign == self.campaign.id)
            .order_by(REVIEWS.c.organisation, REVIEWS.c.review)
        )
        names: Sequence[str] = self.connection.execute(chosen).scalars().all()
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            recorded = read_batch(
                self.connection,
                self.campaign,
                self.asking,
                batch,
                self.today,
                self._is_judged,
                self.left_out.intersection(batch),
            )
            for review in batch:
                summary.reviews += 1
                row = self._row(recorded, review)
                if row.differences:
                    yield row
            tell()
        yield from self.scopes.beyond()

    def _row(self, recorded: Recorded, name: str) -> Row:
        one = recorded.lives[name]
        if name in self.left_out:
            found: tuple[Difference, ...] = (self._not_opened(recorded, name),)
        else:
            judged = Judged(recorded, one, self.mine, self.yours, self.today)
            found = (
                *self.scopes.differences(name),
                *judged.differences(),
                *self.quotas.get(name, ()),
                *(self.dues.differences(one, judged.final_facts()) if self.dues.differ else ()),
            )
        review = one.review
        return Row(
            review=name,
            kind=review.kind,
            subject=review.subject,
            organisation=review.organisation,
            differences=found,
        )

    def _is_judged(self, gate: str, kind: str) -> bool:
        """Whether anything at a gate may come out otherwise; what may not is not judged."""
        known = self._gates.get((gate, kind))
        if known is None:
            known = any(side.asks_at(gate, kind) for side in (self.mine, self.yours))
            self._gates[(gate, kind)] = known
        return known

    def _not_opened(self, recorded: Recorded, name: str) -> Difference:
        review = recorded.lives[name].review
        known = recorded.days[self.campaign.roster_day].facts[name]
        findings = blocking(judge(self.other, "open_campaign", review.kind, known))
        return Difference(
            what=What.SCOPE,
            gate="open_campaign",
            rules=tuple(finding.rule for finding in findings),
            findings=findings,
            own="reviewed",
            other="not_reviewed",
        )
