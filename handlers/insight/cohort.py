"""The reviews of a branch by what they hold: organisation, stage and every level given, in one query."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from handlers.tables import REVIEWS
from states import review as life
from workflow.rules.flow import SELF
from workflow.rules.rulebook import Rulebook
from workflow.stages.quotas import is_counted

LEVELS = ("self_level", "proposed_level", "voted_level", "appraised_level", "decided_level")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """So many reviews of one organisation that stand at one stage with the same levels."""

    organisation: str
    superior: str
    kind: str
    quality: str
    stage: str
    rated: bool
    self_level: str | None
    proposed_level: str | None
    voted_level: str | None
    appraised_level: str | None
    decided_level: str | None
    reviews: int

    @property
    def owes_nothing(self) -> bool:
        """Whether the reviews hold no level and owe none: exempt, reviewed without a rating, not rated."""
        return not self.rated or self.stage in (life.EXEMPT, life.REVIEWED_UNRATED)

    @property
    def counted(self) -> bool:
        """Whether they are on lists at all: a leader rated apart counts once, as a member (C-76)."""
        return is_counted(self.kind, self.quality)


def read_cohort(connection: Connection, campaign: str, bodies: Select[tuple[str]]) -> tuple[Alike, ...]:
    """The reviews of a campaign at these bodies, counted alike by alike, in key order.

    How many rows come back grows with organisations and levels, not with reviews.
    """
    told = (
        REVIEWS.c.organisation,
        REVIEWS.c.superior,
        REVIEWS.c.kind,
        REVIEWS.c.quality,
        REVIEWS.c.stage,
        REVIEWS.c.rated,
        *(REVIEWS.c[name] for name in LEVELS),
    )
    rows = connection.execute(
        select(*told, func.count().label("reviews"))
        .where(REVIEWS.c.campaign == campaign, REVIEWS.c.organisation.in_(bodies))
        .group_by(*told)
    )
    found = [Alike(**row._mapping) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.organisation, one.kind, one.quality, one.stage)))


def level_now(one: Alike, rulebook: Rulebook) -> str | None:
    """The level they stand at now: decided, else advised, else voted; without a ballot the one reported.

    None where no level was given yet. The own rating as such never counts.
    """
    level = one.decided_level or one.appraised_level or one.voted_level
    if level is not None:
        return level
    flow = rulebook.flow(one.kind)
    if flow.has_ballot or one.stage not in (life.SUBMITTED, life.APPRAISED):
        return None
    return one.self_level if flow.source == SELF else one.proposed_level
