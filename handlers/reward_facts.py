"""What the rules may ask about a reward: level and title of the year, the years before, and the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from handlers.among import among
from handlers.prepared import Prepared
from handlers.roster_facts import as_of, read_bodies
from handlers.roster_tables import ORGANISATIONS
from handlers.statistics import below
from handlers.tables import CAMPAIGNS, EARLIER_YEARS, REVIEWS, REWARDS
from states import review as life
from states import reward as reward_life
from states.bodies import OrganisationType
from workflow.commands.reward import DecideReward, ProposeReward
from workflow.gathering import Standing
from workflow.review import Review
from workflow.rewards import Reward
from workflow.rules.facts import Fact, Facts
from workflow.rules.values import FactValue

TITLE = "TSVM_TB"
ABOVE_THE_BASE = (OrganisationType.DANG_BO_KHOI, OrganisationType.DANG_BO_CAP_TREN)


_NOW = Prepared(
    select(REVIEWS.c.review, REVIEWS.c.round, REVIEWS.c.stage).where(among(REVIEWS.c.review, "reviews"))
)


@dataclass(frozen=True, slots=True)
class Year:
    """One year of somebody: level and title, and where they are from; `review` is empty for imported ones."""

    level: str
    standing: str
    source: str
    review: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles granted to cells below a body, and how many of its cells have the top level."""

    granted: frozenset[str]
    rated_top: int


def reward_facts(connection: Connection, standing: Standing, day: date) -> dict[str, Facts]:
    """Everything about the review a reward command is about; nothing for other commands."""
    command = standing.request.command
    if isinstance(command, ProposeReward):
        review = standing.reviews.get(command.review)
        by, award, through, itself = command.by, command.award, command.through or "", command.reward
    elif isinstance(command, DecideReward):
        held = standing.bodies.get(f"reward/{command.reward}")
        if not isinstance(held, Reward) or not held.version:
            return {}
        review = standing.reviews.get(held.review)
        by, award, through, itself = held.by, held.award, held.through, held.id
    else:
        return {}
    if review is None or not review.version or standing.campaign is None:
        return {}
    values, source = _of_year(connection, review, standing.campaign.year)
    bodies = read_bodies(connection, [body for body in (by, through) if body], day)
    values["reward.by_type"] = bodies.type_of(by) or None
    values["reward.through_superior"] = bool(through) and (
        through == standing.campaign.superior or bodies.type_of(through) in ABOVE_THE_BASE
    )
    if award == TITLE and review.kind == life.ORGANISATION and standing.rulebook is not None:
        scale = standing.rulebook.scale(life.ORGANISATION)
        titles = titles_below(connection, review.campaign, by, day, scale.levels[0] if scale else "")
        values["reward.titles"] = len(titles.granted | {review.organisation})
        values["reward.rated_top"] = titles.rated_top
    values["reward.asked_before"] = _asked(connection, review.id, award, by, itself)
    facts = {name: Fact(value, source) for name, value in values.items() if value is not None}
    return {review.id: Facts(facts)}


def _of_year(connection: Connection, review: Review, year: int) -> tuple[dict[str, FactValue | None], str]:
    settled = review.stage in life.SETTLED and review.decided_level is not None
    years = years_of(connection, review.subject, review.kind, review.quality, year)
    known = dict(sorted(years.items(), reverse=True))
    this = known.get(year) if settled else None
    return {
        "reward.rated": settled,
        "reward.level_of_year": review.decided_level if settled else None,
        "reward.standing": this.standing if this else None,
        "reward.years": tuple((one, held.level) for one, held in known.items()),
        "reward.standings": tuple((one, held.standing) for one, held in known.items()),
        "reward.grounds": tuple((held.review, held.round, one) for one, held in known.items() if held.review),
    }, sources_of(known)


def sources_of(years: Mapping[int, Year]) -> str:
    """“reviews 2015, 2016; import LS-01 2014”: where each year is from."""
    found: dict[str, list[str]] = {}
    for year in sorted(years):
        found.setdefault(years[year].source, []).append(str(year))
    return "; ".join(f"{source} {', '.join(held)}" for source, held in found.items()) or "register"


def years_of(connection: Connection, subject: str, kind: str, quality: str, until: int) -> dict[int, Year]:
    """What is known of each year up to `until`, that year included; what the log tells goes before imports.

    A year without a decided level that stands is not there: it is not known. Quarters are no years.
    """
    imported = connection.execute(
        select(EARLIER_YEARS)
        .where(EARLIER_YEARS.c.subject == subject, EARLIER_YEARS.c.year <= until)
        .order_by(EARLIER_YEARS.c.row_id)
    )
    found = {
        row.year: Year(row.level, row.standing, f"import {row.history} ({row.document})") for row in imported
    }
    titled = select(REWARDS.c.review).where(REWARDS.c.award == TITLE, REWARDS.c.stage == reward_life.DECIDED)
    logged = connection.execute(
        select(
            CAMPAIGNS.c.year,
            REVIEWS.c.review,
            REVIEWS.c.round,
            REVIEWS.c.stage,
            REVIEWS.c.decided_level,
            REVIEWS.c.review.in_(titled).label("titled"),
        )
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == REVIEWS.c.campaign)
        .where(
            REVIEWS.c.subject == subject,
            REVIEWS.c.kind == kind,
            REVIEWS.c.quality == quality,
            CAMPAIGNS.c.period == "year",
            CAMPAIGNS.c.year <= until,
        )
        .order_by(CAMPAIGNS.c.year, REVIEWS.c.review)
    )
    for row in logged:
        if row.stage in life.SETTLED and row.decided_level:
            found[row.year] = Year(
                row.decided_level, TITLE if row.titled else "none", "reviews", row.review, row.round
            )
        else:
            found.pop(row.year, None)  # a level under way or cancelled: an older paper does not stand for it
    return found


def titles_below(connection: Connection, campaign: str, body: str, day: date, top: str) -> Titles:
    """Cells below a body with the title, and how many have the level `top`; decided ones alone (C-25)."""
    cells = select(ORGANISATIONS.c.organisation_id).where(
        as_of(ORGANISATIONS, day),
        ORGANISATIONS.c.type == OrganisationType.CHI_BO_TRUC_THUOC.value,
        ORGANISATIONS.c.organisation_id.in_(below(body, day)),
    )
    rated = connection.execute(
        select(func.count()).where(
            REVIEWS.c.campaign == campaign,
            REVIEWS.c.kind == life.ORGANISATION,
            REVIEWS.c.stage.in_(life.SETTLED),
            REVIEWS.c.decided_level == top,
            REVIEWS.c.organisation.in_(cells),
        )
    ).scalar_one()
    granted = connection.execute(
        select(REWARDS.c.organisation).where(
            REWARDS.c.campaign == campaign,
            REWARDS.c.award == TITLE,
            REWARDS.c.stage == reward_life.DECIDED,
            REWARDS.c.organisation.in_(cells),
        )
    ).scalars()
    return Titles(frozenset(granted), int(rated))


def _asked(connection: Connection, review: str, award: str, by: str, itself: str) -> bool:
    chosen = select(REWARDS.c.reward).where(
        REWARDS.c.review == review,
        REWARDS.c.award == award,
        REWARDS.c.by == by,
        REWARDS.c.reward != itself,
        REWARDS.c.stage.in_((reward_life.PROPOSED, reward_life.DECIDED)),
    )
    return connection.execute(chosen.limit(1)).first() is not None


def in_doubt(connection: Connection, rewards: Sequence[Row[Any]]) -> dict[str, tuple[str, ...]]:
    """For each reward that still stands, the reviews it rests on whose level was cancelled since (C-35)."""
    grounds: dict[str, list[tuple[str, int]]] = {}
    for row in rewards:
        if row.stage in (reward_life.PROPOSED, reward_life.DECIDED):
            pairs = (part.rsplit("#", 1) for part in row.grounds.split())
            grounds[row.reward] = [(review, int(number)) for review, number in pairs]
    named = sorted({review for held in grounds.values() for review, _ in held})
    now = {row.review: (row.round, row.stage) for row in _NOW.all(connection, {"reviews": named})}
    doubted: dict[str, tuple[str, ...]] = {}
    for reward, held in grounds.items():
        fallen = tuple(
            review
            for review, number in held
            if review not in now or now[review][0] != number or now[review][1] not in life.SETTLED
        )
        if fallen:
            doubted[reward] = fallen
    return doubted
