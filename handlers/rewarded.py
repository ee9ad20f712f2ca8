"""What the page and list of rewards show: who may be put forward, who is, and how many titles are left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from handlers.reward_facts import TITLE, in_doubt, titles_below, years_of
from handlers.tables import REVIEWS, REWARDS
from states import review as life
from workflow.bodies import Campaign
from workflow.rules.conditions.shares import rounded
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook

LOOKED_BACK = 5
"""How many years in a row are counted for the list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A decided review at the top level; `years` in a row, at most LOOKED_BACK.

    `certain`: the row ends there for certain. Otherwise nothing is known of the year before it.
    """

    review: str
    kind: str
    subject: str
    organisation: str
    level: str
    years: int
    certain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PutForward:
    """One reward somebody was put forward for; `doubted` names reviews whose level was cancelled since."""

    reward: str
    review: str
    award: str
    granted_by: str
    by: str
    through: str
    stage: str
    proposed_on: date
    ended_on: date | None
    document: str
    version: int
    doubted: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TitlesLeft:
    """Titles granted, allowed, and the number they are counted on."""

    granted: int
    allowed: int
    base: int
    rule: str


def candidates(
    connection: Connection, campaign: Campaign, rulebook: Rulebook, limit: int, seen: ColumnElement[bool]
) -> tuple[Candidate, ...]:
    """Decided reviews at the top level of their scale, organisations first, at most `limit`.

    `seen` narrows REVIEWS.
    """
    tops = {kind: scale.levels[0] for kind in life.KINDS if (scale := rulebook.scale(kind)) is not None}
    rows = connection.execute(
        select(REVIEWS)
        .where(
            REVIEWS.c.campaign == campaign.id,
            seen,
            REVIEWS.c.stage.in_(life.SETTLED),
            REVIEWS.c.decided_level.in_(sorted(set(tops.values()))),
        )
        .order_by(REVIEWS.c.kind.desc(), REVIEWS.c.organisation, REVIEWS.c.review)
        .limit(limit)
    ).all()
    found = []
    for row in rows:
        if row.decided_level != tops.get(row.kind):
            continue
        years, certain = _in_a_row(connection, row.subject, row.kind, row.quality, campaign.year)
        found.append(
            Candidate(
                review=row.review,
                kind=row.kind,
                subject=row.subject,
                organisation=row.organisation,
                level=row.decided_level,
                years=years,
                certain=certain,
            )
        )
    return tuple(found)


def _in_a_row(connection: Connection, subject: str, kind: str, quality: str, year: int) -> tuple[int, bool]:
    known = years_of(connection, subject, kind, quality, year)
    level = known[year].level if year in known else ""
    for back in range(LOOKED_BACK):
        held = known.get(year - back)
        if held is None or held.level != level:
            return back, held is not None
    return LOOKED_BACK, True


def put_forward(connection: Connection, campaign: str, seen: ColumnElement[bool]) -> tuple[PutForward, ...]:
    """The rewards of a campaign under a condition, newest first."""
    rows = connection.execute(
        select(REWARDS)
        .where(REWARDS.c.campaign == campaign, seen)
        .order_by(REWARDS.c.proposed_on.desc(), REWARDS.c.reward)
    ).all()
    doubted = in_doubt(connection, rows)
    return tuple(
        PutForward(
            reward=row.reward,
            review=row.review,
            award=row.award,
            granted_by=row.granted_by,
            by=row.by,
            through=row.through,
            stage=row.stage,
            proposed_on=row.proposed_on,
            ended_on=row.ended_on,
            document=row.document,
            version=row.version,
            doubted=doubted.get(row.reward, ()),
        )
        for row in rows
    )


def titles_left(
    connection: Connection, campaign: Campaign, rulebook: Rulebook, body: str, day: date
) -> TitlesLeft | None:
    """How many exemplary cells there are and may be below a body; None where no rule sets a share."""
    rule = next(
        (
            rule
            for rule in rulebook.rules_of(Role.REWARD, life.ORGANISATION)
            if rule.when.get("reward.kind") == TITLE and "percent_max" in rule.parameters
        ),
        None,
    )
    scale = rulebook.scale(life.ORGANISATION)
    if rule is None or scale is None:
        return None
    titles = titles_below(connection, campaign.id, body, day, scale.levels[0])
    percent, rounding = int(rule.parameters["percent_max"]), str(rule.parameters["rounding"])
    return TitlesLeft(
        granted=len(titles.granted),
        allowed=rounded(percent * titles.rated_top, rounding),
        base=titles.rated_top,
        rule=rule.id,
    )


def bodies_of(rewards: Iterable[PutForward]) -> set[str]:
    """Every body the rewards name, for their names."""
    return {body for reward in rewards for body in (reward.by, reward.through) if body}
