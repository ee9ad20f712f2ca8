"""How much waits for a person in each of several capacities: counted, told of nobody by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, func, literal, select, union_all

from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.access.scope import Scope
from handlers.tables import BUNDLES, CAMPAIGNS
from handlers.today import GATE_OF_ROLE, owed_by
from states import campaign as life
from states import submission as reporting
from states.roles import Role

_ABOVE: Final = frozenset({Role.ORGANISATION_BOARD, Role.SUPERIOR_COMMITTEE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """What one capacity owes: steps of one last day each, the nearest safe day, reports that lie with it."""

    steps: int = 0
    safe_on: date | None = None
    reports: int = 0


def waiting_in(
    connection: Connection, capacities: Sequence[Scope], is_appraised: Callable[[str], bool]
) -> tuple[Waiting, ...]:
    """What waits for each of these capacities in open campaigns: two statements, however many they are.

    `is_appraised` says of the hash of a rulebook whether a report is appraised before it is decided.
    """
    steps, reports = _steps(connection, capacities), _reports(connection, capacities, is_appraised)
    return tuple(
        Waiting(
            steps=steps[number].steps if number in steps else 0,
            safe_on=steps[number].safe_on if number in steps else None,
            reports=reports.get(number, 0),
        )
        for number in range(len(capacities))
    )


def _steps(connection: Connection, capacities: Iterable[Scope]) -> dict[int, Any]:
    opened = select(CAMPAIGNS.c.campaign).where(CAMPAIGNS.c.stage == life.OPEN)
    asked: list[Select[int, int, Any]] = []
    for number, scope in enumerate(capacities):
        owed = owed_by(scope)
        if owed is None:
            continue
        together = (
            select(func.min(DEADLINES.c.safe_day).label("safe_on"))
            .where(DEADLINES.c.campaign.in_(opened), STILL_OPEN, owed)
            .group_by(
                DEADLINES.c.campaign,
                DEADLINES.c.gate,
                DEADLINES.c.kind,
                DEADLINES.c.rule,
                DEADLINES.c.last_day,
            )
            .subquery()
        )
        asked.append(
            select(
                literal(number).label("number"),
                func.count().label("steps"),
                func.min(together.c.safe_on).label("safe_on"),
            ).select_from(together)
        )
    if not asked:
        return {}
    return {row.number: row for row in connection.execute(union_all(*asked)) if row.steps}


def _reports(
    connection: Connection, capacities: Sequence[Scope], is_appraised: Callable[[str], bool]
) -> dict[int, int]:
    """Reports by the capacity that has the next word on them, as the first page of each counts them."""
    bodies = {scope.actor.body for scope in capacities if scope.actor.role in _ABOVE}
    if not bodies:
        return {}
    rows = connection.execute(
        select(BUNDLES.c.receiver, BUNDLES.c.stage, CAMPAIGNS.c.rulebook_hash, func.count().label("reports"))
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == BUNDLES.c.campaign)
        .where(
            BUNDLES.c.receiver.in_(bodies),
            BUNDLES.c.stage.in_((reporting.SUBMITTED, reporting.APPRAISED)),
            CAMPAIGNS.c.stage == life.OPEN,
        )
        .group_by(BUNDLES.c.receiver, BUNDLES.c.stage, CAMPAIGNS.c.rulebook_hash)
    ).all()
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        appraised_next = row.stage == reporting.SUBMITTED and is_appraised(row.rulebook_hash)
        counted[row.receiver, "appraise" if appraised_next else "decide"] += int(row.reports)
    return {
        number: counted[scope.actor.body, GATE_OF_ROLE[scope.actor.role]]
        for number, scope in enumerate(capacities)
        if scope.actor.role in _ABOVE
    }
