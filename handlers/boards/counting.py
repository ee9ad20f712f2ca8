"""How many reviews of each body stand at which stage: one row a body, from the counters alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, select

from handlers.tables import PROGRESS
from states import review as life

STAGES: Final = life.EVERY
"""The stages counted, in the order of `Counts`."""

Counts = tuple[int, ...]
"""How many reviews stand at each of STAGES."""


def counts_of(connection: Connection, campaign: str, kind: str) -> dict[str, Counts]:
    """The counts of every body of a campaign with a review of this kind."""
    rows = connection.execute(_counted(), {"campaign": campaign, "kind": kind})
    return {row[0]: tuple(row[1:]) for row in rows}


def bodies_by_level(connection: Connection, campaign: str, kind: str) -> dict[str, frozenset[str]]:
    """Which bodies have a review of this kind with which level."""
    rows = connection.execute(
        select(PROGRESS.c.level, PROGRESS.c.organisation)
        .where(
            PROGRESS.c.campaign == campaign,
            PROGRESS.c.kind == kind,
            PROGRESS.c.level != "",
            PROGRESS.c.reviews > 0,
        )
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for level, body in rows:
        found.setdefault(level, set()).add(body)
    return {level: frozenset(bodies) for level, bodies in found.items()}


@lru_cache(maxsize=1)
def _counted() -> Select[Any]:
    """Built once: with a sum a stage the statement takes longer to write than to run."""
    return (
        select(PROGRESS.c.organisation, *_sums())
        .where(
            PROGRESS.c.campaign == bindparam("campaign"),
            PROGRESS.c.kind == bindparam("kind"),
            PROGRESS.c.reviews != 0,
        )
        .group_by(PROGRESS.c.organisation)
    )


def _sums() -> tuple[ColumnElement[int], ...]:
    return tuple(func.sum(case((PROGRESS.c.stage == stage, PROGRESS.c.reviews), else_=0)) for stage in STAGES)
