"""Where every organisation of a campaign stands, and how its levels are spread beside the quota."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from handlers.names import Names, names_on
from handlers.roster_facts import read_people
from handlers.tables import PROGRESS
from states import campaign as campaign_life
from states import review as life
from workflow import kept_rulebooks
from workflow.bodies import Campaign
from workflow.errors import NotFound
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.rules.facts import Facts
from workflow.rules.quota import quota_room
from workflow.rules.rulebook import Rulebook

OWING = frozenset({*life.UNSETTLED, *life.SETTLED})
"""Stages whose reviews hold a level or owe one."""


@dataclass(slots=True)
class Standing:
    """One organisation: how many of its members stand where, where it stands itself, and its quota.

    `allowed_top` is how many members may have the top level, as the quota reads the levels given so far;
    None where it cannot be said yet or no quota binds.
    """

    organisation: str
    members: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    collective: str = ""
    collective_level: str = ""
    itself: str = ""
    its_level: str = ""
    allowed_top: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """A whole campaign, organisation by organisation in the order of their codes."""

    campaign: Campaign
    rulebook: Rulebook
    names: Names
    standings: tuple[Standing, ...]

    @property
    def member_levels(self) -> Counter[str]:
        """Members by level, over all organisations."""
        return sum((standing.levels for standing in self.standings), Counter())

    @property
    def organisation_levels(self) -> Counter[str]:
        """Organisations by level."""
        return Counter(standing.its_level for standing in self.standings if standing.its_level)


def status_of(connection: Connection, campaign_id: str) -> Status:
    """The status of a campaign, read from counters: the work does not grow with the reviews.

    A campaign that is not open yet shows no organisation. NotFound for one nobody planned.
    """
    stored = Log(connection).read([f"campaign/{campaign_id}"])[f"campaign/{campaign_id}"]
    if not stored:
        raise NotFound("campaign", campaign_id)
    campaign = fold_stored(f"campaign/{campaign_id}", stored)
    assert isinstance(campaign, Campaign), "a campaign stream folds to a campaign"
    body = kept_rulebooks.body_of(connection, campaign.rulebook_hash)
    if body is None:
        raise LookupError(f"the rulebook {campaign.rulebook_hash} of campaign {campaign_id} is not kept")
    rulebook = Rulebook.from_bytes(body)
    visible = campaign.stage in (campaign_life.OPEN, campaign_life.CLOSED)
    standings = _standings(connection, campaign_id) if visible else {}
    _quotas(connection, campaign, rulebook, standings)
    bodies = {*standings, campaign.organisation, campaign.superior}
    return Status(
        campaign=campaign,
        rulebook=rulebook,
        names=names_on(connection, campaign.roster_day, bodies=bodies),
        standings=tuple(standings.values()),
    )


def _standings(connection: Connection, campaign_id: str) -> dict[str, Standing]:
    rows = connection.execute(
        select(PROGRESS)
        .where(PROGRESS.c.campaign == campaign_id, PROGRESS.c.reviews != 0)
        .order_by(PROGRESS.c.organisation, PROGRESS.c.kind, PROGRESS.c.stage)
    )
    found: dict[str, Standing] = {}
    for row in rows:
        standing = found.setdefault(row.organisation, Standing(row.organisation))
        if row.kind == life.INDIVIDUAL:
            standing.members[row.stage] += row.reviews
            if row.level:
                standing.levels[row.level] += row.reviews
        elif row.kind == life.COLLECTIVE:
            standing.collective, standing.collective_level = row.stage, row.level
        else:
            standing.itself, standing.its_level = row.stage, row.level
    return found


def _quotas(
    connection: Connection, campaign: Campaign, rulebook: Rulebook, standings: dict[str, Standing]
) -> None:
    scale = rulebook.scale(life.INDIVIDUAL)
    if scale is None:
        return
    people = read_people(connection, (), tuple(standings), campaign.roster_day)
    for name, standing in standings.items():
        if not standing.levels:
            continue
        facts = Facts.of(
            "register",
            {
                "quota.top": standing.levels[scale.top],
                "quota.good": standing.levels[scale.levels[1]],
                "quota.rated": sum(standing.levels[level] for level in scale.levels),
                "quota.special_merit": name in campaign.special_merit,
                "quota.group_outside": False,
                "quota.members_on_roll": people.roll(name).on_roll or None,
            },
        )
        room = quota_room(rulebook, facts)
        standing.allowed_top = None if room is None else standing.levels[scale.top] + room
