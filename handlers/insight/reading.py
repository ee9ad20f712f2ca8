"""Everything the insight page and its workbook say of one branch in one campaign, read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handlers.audit.notable import ANNULMENTS, CORRECTIONS, EXCEPTIONS, Notable, notable
from handlers.insight.ceilings import Ceiling, ceilings
from handlers.insight.cohort import Alike, level_now, read_cohort
from handlers.insight.earlier import Then, year_before
from handlers.insight.shifts import Shift, shifts
from handlers.late_entries import count_late
from handlers.statistics import below, shares_of_hundred
from handlers.tables import CAMPAIGNS
from states import campaign as campaign_life
from states import review as life
from workflow.bodies import Campaign
from workflow.errors import NotFound
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.rules.rulebook import Rulebook

RulebookOf = Callable[[Connection, str], Rulebook]


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelShare:
    """One level: how many have it now and had it a year ago, each with its tenths of a percent."""

    level: str
    now: int
    now_tenths: int
    then: int
    then_tenths: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """The levels of one kind, best first. `owing` have none yet, `unrated` are left out by a clause.

    `known_then` is how many of those reviewed now have a known level of the year before.
    """

    kind: str
    shares: tuple[LevelShare, ...]
    rated: int
    owing: int
    unrated: int
    known_then: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Insight:
    """One branch of one campaign. `ceilings_then`: the lists of the year before, where the log has it."""

    campaign: Campaign
    organisation: str
    spreads: tuple[Spread, ...]
    ceilings: tuple[Ceiling, ...]
    ceilings_then: tuple[Ceiling, ...]
    shifts: tuple[Shift, ...]
    all_alike: tuple[tuple[str, str, int], ...]
    exceptions: tuple[Notable, ...]
    annulments: tuple[Notable, ...]
    corrections: tuple[Notable, ...]
    late: int

    @property
    def at_the_ceiling(self) -> tuple[Ceiling, ...]:
        """Lists with every place used and none too many."""
        return tuple(one for one in self.ceilings if one.exactly)

    @property
    def above_the_ceiling(self) -> tuple[Ceiling, ...]:
        """Lists with more at the top than may be."""
        return tuple(one for one in self.ceilings if one.above)

    @property
    def again_at_the_ceiling(self) -> tuple[Ceiling, ...]:
        """Lists that used every place, or more, this year and the year before."""
        full = {(one.kind, one.body, one.group) for one in self.ceilings_then if one.exactly or one.above}
        here = (one for one in self.ceilings if one.exactly or one.above)
        return tuple(one for one in here if (one.kind, one.body, one.group) in full)


ALIKE_MIN = 5
"""From so many members on it is worth a look that all of them have the same level; a house measure."""


def insight_of(
    connection: Connection, rulebook_of: RulebookOf, campaign: Campaign, organisation: str
) -> Insight:
    """What a branch's levels look like. NotFound for a body the roster of the campaign does not know."""
    bodies = below(organisation, campaign.roster_day)
    if connection.execute(bodies.limit(1)).first() is None:
        raise NotFound("organisation", organisation)
    rulebook = rulebook_of(connection, campaign.rulebook_hash)
    cohort = read_cohort(connection, campaign.id, bodies)
    then = year_before(connection, campaign.id, campaign.year, bodies)
    whole = organisation == campaign.organisation
    scale = rulebook.scale(life.INDIVIDUAL)
    found = {
        names: tuple(notable(connection, campaign.id, bodies, names))
        for names in (EXCEPTIONS, ANNULMENTS, CORRECTIONS)
    }
    return Insight(
        campaign=campaign,
        organisation=organisation,
        spreads=spreads(cohort, then, rulebook),
        ceilings=ceilings(connection, campaign, rulebook, cohort, bodies, whole),
        ceilings_then=_ceilings_then(connection, rulebook_of, campaign, organisation),
        shifts=shifts(cohort, scale, life.INDIVIDUAL) if scale else (),
        all_alike=all_alike(cohort, rulebook),
        exceptions=found[EXCEPTIONS],
        annulments=found[ANNULMENTS],
        corrections=found[CORRECTIONS],
        late=count_late(connection, campaign.id, rulebook.calendar, bodies),
    )


def spreads(cohort: Collection[Alike], then: Then, rulebook: Rulebook) -> tuple[Spread, ...]:
    """How many have which level, kind by kind; a kind nobody is reviewed in is left out.

    Shares are of those with a level and add up to 1000, or are 0 where nobody has one.
    """
    found = []
    for kind in (life.INDIVIDUAL, *(kind for kind in life.KINDS if kind != life.INDIVIDUAL)):
        scale, here = rulebook.scale(kind), [one for one in cohort if one.kind == kind]
        if scale is None or not here:
            continue
        now: Counter[str] = Counter()
        for one in here:
            level = None if one.owes_nothing else level_now(one, rulebook)
            now[level if level in scale.levels else ""] += 0 if one.owes_nothing else one.reviews
        before = Counter[str]()
        for (_, of_kind, level), reviews in then.items():
            if of_kind == kind and level in scale.levels:
                before[level] += reviews
        counts = [now[level] for level in scale.levels]
        counts_then = [before[level] for level in scale.levels]
        shares, shares_then = shares_of_hundred(counts), shares_of_hundred(counts_then)
        found.append(
            Spread(
                kind=kind,
                shares=tuple(
                    LevelShare(level=level, now=a, now_tenths=b, then=c, then_tenths=d)
                    for level, a, b, c, d in zip(
                        scale.levels, counts, shares, counts_then, shares_then, strict=True
                    )
                ),
                rated=sum(counts),
                owing=now[""],
                unrated=sum(one.reviews for one in here if one.owes_nothing),
                known_then=sum(counts_then),
            )
        )
    return tuple(found)


def all_alike(cohort: Collection[Alike], rulebook: Rulebook) -> tuple[tuple[str, str, int], ...]:
    """Organisations in which everybody has a level and it is the same: (organisation, level, members).

    From ALIKE_MIN members on; one member without a level yet leaves the organisation out.
    """
    held: dict[str, Counter[str]] = {}
    for one in cohort:
        if one.kind == life.INDIVIDUAL and one.counted and not one.owes_nothing:
            levels = held.setdefault(one.organisation, Counter())
            levels[level_now(one, rulebook) or ""] += one.reviews
    return tuple(
        (organisation, level, members)
        for organisation, levels in sorted(held.items())
        for level, members in levels.items()
        if len(levels) == 1 and level and members >= ALIKE_MIN
    )


def _ceilings_then(
    connection: Connection, rulebook_of: RulebookOf, campaign: Campaign, organisation: str
) -> tuple[Ceiling, ...]:
    before = connection.execute(
        select(CAMPAIGNS.c.campaign).where(
            CAMPAIGNS.c.year == campaign.year - 1,
            CAMPAIGNS.c.period == campaign.period,
            CAMPAIGNS.c.organisation == campaign.organisation,
            CAMPAIGNS.c.stage.in_((campaign_life.OPEN, campaign_life.CLOSED)),
        )
    ).scalar()
    if before is None:
        return ()
    then = campaign_on(connection, before)
    bodies = below(organisation, then.roster_day)
    rulebook = rulebook_of(connection, then.rulebook_hash)
    cohort = read_cohort(connection, then.id, bodies)
    return ceilings(connection, then, rulebook, cohort, bodies, organisation == then.organisation)


def campaign_on(connection: Connection, campaign: str) -> Campaign:
    """A campaign as its log tells it. NotFound for one nobody planned."""
    stream = f"campaign/{campaign}"
    stored = Log(connection).read([stream])[stream]
    if not stored:
        raise NotFound("campaign", campaign)
    found = fold_stored(stream, stored)
    assert isinstance(found, Campaign), "a campaign stream folds to a campaign"
    return found
