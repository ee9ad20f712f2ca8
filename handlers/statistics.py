"""What a regime asks to be summed up: levels by kind, with percentages that add up to 100.0 exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, and_, distinct, func, or_, select

from handlers.roster_facts import as_of
from handlers.roster_tables import LIST_ENTRIES, ORGANISATIONS
from handlers.tables import CAMPAIGNS, DECLARATIONS, PROGRESS, REVIEWS
from states import campaign as campaign_life
from states import review as life
from workflow.errors import NotFound
from workflow.rules.rulebook import Rulebook

UNRATED = (life.EXEMPT, life.REVIEWED_UNRATED)
"""Reviews that hold no level and owe none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One level: how many have it, and their share of all who are rated, in tenths of a percent."""

    level: str
    count: int
    tenths: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Distribution:
    """The levels of one kind, best first. `owing` have none decided, `unrated` are left out by a clause."""

    kind: str
    shares: tuple[Share, ...]
    rated: int
    owing: int
    unrated: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistics:
    """The sums of one organisation with everything below it; `lowest` counts members at the lowest level.

    `disciplined` counts members with a discipline decided in the assessment year, each once; None where some
    body has not declared its list complete, because a smaller number would be taken for the whole.
    """

    campaign: str
    organisation: str
    year: int
    period: str
    distributions: tuple[Distribution, ...]
    lowest: int
    disciplined: int | None


def shares_of_hundred(counts: Sequence[int]) -> tuple[int, ...]:
    """Each count's share in tenths of a percent; together 1000, whatever rounding alone would give.

    Largest remainders are rounded up, the earlier of equal ones first. All zero where nothing is counted.
    """
    total = sum(counts)
    if total == 0:
        return tuple(0 for _ in counts)
    whole = [1000 * count // total for count in counts]
    remainders = [1000 * count % total for count in counts]
    missing = 1000 - sum(whole)
    for place in sorted(range(len(counts)), key=lambda place: (-remainders[place], place))[:missing]:
        whole[place] += 1
    return tuple(whole)


def statistics_of(connection: Connection, rulebook: Rulebook, campaign: str, organisation: str) -> Statistics:
    """Sum up an organisation and all below it from the counters. NotFound for what is not there."""
    row = connection.execute(select(CAMPAIGNS).where(CAMPAIGNS.c.campaign == campaign)).one_or_none()
    if row is None:
        raise NotFound("campaign", campaign)
    bodies = below(organisation, row.roster_day)
    if connection.execute(bodies.limit(1)).first() is None:
        raise NotFound("organisation", organisation)
    counted: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in life.KINDS}
    for one in connection.execute(
        select(PROGRESS).where(PROGRESS.c.campaign == campaign, PROGRESS.c.organisation.in_(bodies))
    ):
        counted[one.kind][(one.stage, one.level)] += one.reviews
    distributions = tuple(
        distribution(kind, scale.levels, counted[kind])
        for kind in life.KINDS
        if (scale := rulebook.scale(kind)) is not None
    )
    people = next((one for one in distributions if one.kind == life.INDIVIDUAL), None)
    return Statistics(
        campaign=campaign,
        organisation=organisation,
        year=row.year,
        period=row.period,
        distributions=distributions,
        lowest=people.shares[-1].count if people else 0,
        disciplined=disciplined(connection, campaign, bodies, row.year),
    )


def beside(
    connection: Connection,
    rulebook_of: Callable[[Connection, str], Rulebook],
    campaign: str,
    organisation: str,
) -> tuple[Statistics, ...]:
    """What is read beside a campaign: the year before, and the quarters of the same year (KL 198-KL/TW).

    Only opened campaigns that reviewed the organisation or something below it, the year before first.
    """
    row = connection.execute(select(CAMPAIGNS).where(CAMPAIGNS.c.campaign == campaign)).one()
    others = connection.execute(
        select(CAMPAIGNS)
        .where(
            CAMPAIGNS.c.stage.in_((campaign_life.OPEN, campaign_life.CLOSED)),
            CAMPAIGNS.c.campaign != campaign,
            or_(
                and_(CAMPAIGNS.c.year == row.year - 1, CAMPAIGNS.c.period == row.period),
                and_(CAMPAIGNS.c.year == row.year, CAMPAIGNS.c.period == "quarter"),
            ),
        )
        .order_by(CAMPAIGNS.c.year, CAMPAIGNS.c.campaign)
    ).all()
    found = []
    for other in others:
        there = select(PROGRESS.c.campaign).where(
            PROGRESS.c.campaign == other.campaign,
            PROGRESS.c.organisation.in_(below(organisation, other.roster_day)),
        )
        if connection.execute(there.limit(1)).first() is not None:
            rulebook = rulebook_of(connection, other.rulebook_hash)
            found.append(statistics_of(connection, rulebook, other.campaign, organisation))
    return tuple(found)


def distribution(kind: str, levels: tuple[str, ...], counted: Mapping[tuple[str, str], int]) -> Distribution:
    """The levels of one kind from its counters by stage and level; a level of another scale is no level.

    Only decided levels that stand count: what was voted or submitted may still come out otherwise.
    """
    by_level = Counter[str]()
    for (stage, level), reviews in counted.items():
        if stage in life.SETTLED:
            by_level[level] += reviews
    counts = [by_level[level] for level in levels]
    unrated = sum(reviews for (stage, _), reviews in counted.items() if stage in UNRATED)
    return Distribution(
        kind=kind,
        shares=tuple(
            Share(level=level, count=count, tenths=tenths)
            for level, count, tenths in zip(levels, counts, shares_of_hundred(counts), strict=True)
        ),
        rated=sum(counts),
        owing=sum(counted.values()) - sum(counts) - unrated,
        unrated=unrated,
    )


def below(organisation: str, day: date) -> Select[tuple[str]]:
    """The organisation and everything below it on the day; nothing where the roster does not know it."""
    start = (
        select(ORGANISATIONS.c.organisation_id)
        .where(ORGANISATIONS.c.organisation_id == organisation, as_of(ORGANISATIONS, day))
        .cte("below", recursive=True)
    )
    tree = ORGANISATIONS.alias("tree")
    found = start.union(
        select(tree.c.organisation_id).where(tree.c.superior_id == start.c.organisation_id, as_of(tree, day))
    )
    return select(found.c.organisation_id)


def disciplined(connection: Connection, campaign: str, bodies: Select[tuple[str]], year: int) -> int | None:
    """Members disciplined in the year, each once; None where a body with members did not declare its list."""
    declared = select(DECLARATIONS.c.organisation).where(
        DECLARATIONS.c.campaign == campaign, DECLARATIONS.c.list == "discipline"
    )
    undeclared = select(REVIEWS.c.organisation).where(
        REVIEWS.c.campaign == campaign,
        REVIEWS.c.kind == life.INDIVIDUAL,
        REVIEWS.c.organisation.in_(bodies),
        REVIEWS.c.organisation.not_in(declared),
    )
    if connection.execute(undeclared.limit(1)).first() is not None:
        return None
    return connection.execute(
        select(func.count(distinct(LIST_ENTRIES.c.subject))).where(
            LIST_ENTRIES.c.campaign == campaign,
            LIST_ENTRIES.c.organisation.in_(bodies),
            LIST_ENTRIES.c.list == "discipline",
            LIST_ENTRIES.c.superseded_at.is_(None),
            LIST_ENTRIES.c.erased_at.is_(None),
            LIST_ENTRIES.c.decided_on >= date(year, 1, 1),
            LIST_ENTRIES.c.decided_on <= date(year, 12, 31),
        )
    ).scalar_one()
