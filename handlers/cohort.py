"""Everything one body has to appraise or to decide: its reports, a row a review, the quota lists beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handlers.deciding_together import Report, Terms, foresee, report_of, with_levels
from handlers.tables import BUNDLES
from handlers.what_if import ListSeen, rating_at, seen_lists, weighty
from states import submission as bundle_life
from workflow.commands.asking import Actor
from workflow.commands.deciding import Judgement
from workflow.decision import Situation
from workflow.engine import Engine
from workflow.errors import Refusal
from workflow.review import Motion, Review
from workflow.rules.finding import Finding
from workflow.rules.rating import Rating
from workflow.rules.thresholds import votes_needed
from workflow.stages.appraising import after_ballot

ROWS_AT_ONCE = 400
"""Reports are taken in the order of their bodies until so many rows are on the page."""

OPEN_STAGES = (bundle_life.SUBMITTED, bundle_life.APPRAISED)


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortRow:
    """One review with what everybody said of it: itself, its ballot, the rules, the board.

    `waits_with` is the level advised so far, empty where none is given; `computed` the one the rules and the
    ballot come to. `needed` is how many votes the level that was voted takes, of those entitled.
    """

    review: Review
    submission: str
    waits_with: str
    rating: Rating | None
    computed: str | None
    ballot: Motion | None
    needed: int | None
    told: tuple[Finding, ...]
    """Faults and caps that are there: what a decider should have read before he agrees."""

    @property
    def id(self) -> str:
        """The review."""
        return self.review.id


@dataclass(frozen=True, kw_only=True, slots=True)
class Cohort:
    """The reports that wait for one act of a body; `beyond` counts those on the pages after this one."""

    reports: tuple[Report, ...]
    rows: tuple[CohortRow, ...]
    beyond: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingReport:
    """A report that lies with the body, as the register has it."""

    submission: str
    organisation: str
    rows: int
    decided: int
    stage: str


def reports_with(connection: Connection, campaign: str, body: str) -> tuple[WaitingReport, ...]:
    """Every report of the campaign that went to the body and is not done with, in the order of the bodies."""
    rows = connection.execute(
        select(
            BUNDLES.c.submission, BUNDLES.c.organisation, BUNDLES.c.rows, BUNDLES.c.decided, BUNDLES.c.stage
        )
        .where(
            BUNDLES.c.campaign == campaign,
            BUNDLES.c.receiver == body,
            BUNDLES.c.stage.in_(OPEN_STAGES),
        )
        .order_by(BUNDLES.c.organisation, BUNDLES.c.submission)
    )
    return tuple(WaitingReport(**row._mapping) for row in rows)


def cohort(
    engine: Engine, waiting: tuple[WaitingReport, ...], terms: Terms, actor: Actor, *, page: int = 1
) -> Cohort:
    """The reports that wait for this act and their rows, one page of them, counted from 1."""
    pages: list[list[Report]] = [[]]
    beyond, size = 0, 0
    for one in waiting:
        if len(pages) > page:
            beyond += 1
            continue
        report = report_of(engine, one.submission, terms, actor)
        if not report.waiting:
            continue
        if size and size + len(report.waiting) > ROWS_AT_ONCE:
            pages.append([])
            size = 0
            if len(pages) > page:
                beyond += 1
                continue
        pages[-1].append(report)
        size += len(report.waiting)
    reports = tuple(pages[page - 1]) if len(pages) >= page else ()
    needed: Needed = {}
    rows = tuple(
        _row(report.situation, report, review, level, needed)
        for report in reports
        for review, level in report.waiting.items()
    )
    return Cohort(reports=reports, rows=rows, beyond=beyond)


Needed = dict[tuple[str, str, int], int | None]
"""Votes that carry a level, by kind, level and how many are entitled: many rows share one answer."""


def _row(situation: Situation, report: Report, review_id: str, level: str, needed: Needed) -> CohortRow:
    review = situation.review(review_id)
    rating, computed = rating_at(situation, review, level), None
    if rating is not None:
        held = after_ballot(situation, review, rating).value("computed.level")
        computed = held if isinstance(held, str) else None
    ballot = next(
        (one for one in reversed(review.motions) if one.level == review.voted_level and not one.void), None
    )
    return CohortRow(
        review=review,
        submission=report.bundle.id,
        waits_with=level,
        rating=rating,
        computed=computed,
        ballot=ballot,
        needed=_votes(situation, review, ballot, needed) if ballot else None,
        told=weighty(situation.rules, rating),
    )


def _votes(situation: Situation, review: Review, ballot: Motion, needed: Needed) -> int | None:
    assert situation.campaign is not None, "a report belongs to a campaign"
    asked = (review.kind, ballot.level, ballot.entitled)
    if asked not in needed:
        kind, level, members = asked
        year = situation.campaign.year
        needed[asked] = votes_needed(situation.rules, kind, level, members=members, year=year)
    return needed[asked]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a judgement of the whole cohort would come to, before anything is written."""

    refused: Mapping[str, Refusal]
    lists: tuple[ListSeen, ...]


def see(engine: Engine, found: Cohort, asked: Mapping[str, tuple[Judgement, ...]], terms: Terms) -> Seen:
    """The rows asked about that would be refused, and every quota list with those rows at their levels.

    A list that several reports share is there once.
    """
    refused = foresee(found.reports, asked, terms)
    if terms.act == "appraise":
        return Seen(refused=refused, lists=())
    levels = {row.review: row.level for rows in asked.values() for row in rows}
    lists: dict[tuple[str, str], ListSeen] = {}
    for report in found.reports:
        chosen = {row.review: row.level for row in asked.get(report.bundle.id, ())}
        if not chosen:
            continue
        situation = with_levels(report.situation, levels)
        for one in seen_lists(engine, situation, report.bundle, chosen):
            lists.setdefault((one.kind, one.name), one)
    return Seen(refused=refused, lists=tuple(lists.values()))
