"""Dates that reviews have by what somebody recorded, from the book of deadlines: few rows, read set by set.

The dates everybody of a type has are read off the rules; here is only what differs: a day the unit set for
its summing-up, a unit that closes its year late, a meeting an absent member joins, an answer that is
awaited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from deadlines.backward import owed_by_rules
from deadlines.chains import SET_UNIT_DAY, Owed, Part
from deadlines.season import Season
from deadlines.tables import DEADLINES, STILL_OPEN
from handlers.among import among
from handlers.tables import BUNDLES, REVIEWS
from states import review as life
from workflow.rules.due_dates import BEFORE_A_RECORDED_DAY, BEFORE_MEETING
from workflow.rules.rule import Role

TOLD_BY_GROUPS: Final = frozenset(
    {"organisation.type", "collective.type", "subject.staff_kind", "subject.is_leader"}
)
"""Facts about dates that are known of every group of reviews without asking the book."""

_DATE = (
    DEADLINES.c.gate,
    DEADLINES.c.last_day,
    DEADLINES.c.safe_day,
    DEADLINES.c.rule,
    DEADLINES.c.stated_day,
    DEADLINES.c.word,
    DEADLINES.c.hour,
    DEADLINES.c.basis,
    DEADLINES.c.provisional,
)
_Key = tuple[str, str]
_Stored = Row[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What differs from the dates of the rules, by body and kind."""

    season: Season
    totals: Mapping[_Key, int]
    special: Mapping[_Key, Sequence[tuple[Owed, int]]]
    absent: Mapping[_Key, Sequence[Owed]]
    asked: Mapping[str, Sequence[Owed]]
    replies: Mapping[str, date]

    def of(self, part: Part, organisation: str, *, absent: bool) -> Part:
        """The part with the dates that are its own; untouched where those of the rules hold."""
        key = (organisation, part.kind)
        if part.place == PLACE_SUBMITTED and organisation in self.replies:
            part = replace(part, reply_until=self.replies[organisation])
        if absent:
            return replace(part, owed=tuple(self.absent.get(key, ())))
        special = self.special.get(key, ())
        asked = self.asked.get(organisation, ()) if part.kind == life.ORGANISATION else ()
        if not special and not asked:
            return part
        # only what the book says of all of them takes the place of the rule's date
        instead = {owed.gate for owed, count in special if count >= self.totals[key]}
        usual = (one for one in owed_by_rules(self.season, part, organisation) if one.gate not in instead)
        return replace(part, owed=(*usual, *(owed for owed, _ in special), *asked))


PLACE_SUBMITTED: Final = 5


def read_dates(
    connection: Connection,
    season: Season,
    totals: Mapping[_Key, int],
    organisations: Sequence[str] | None,
    *,
    absent: bool,
) -> Dates:
    """The dates that differ, of the whole campaign or of some bodies."""
    return Dates(
        season=season,
        totals=totals,
        special=_special(connection, season, organisations),
        absent=_absent(connection, season) if absent else {},
        asked=_asked_of_units(connection, season) if season.set_days() else {},
        replies=_replies(connection, season.campaign),
    )


def _special(
    connection: Connection, season: Season, organisations: Sequence[str] | None
) -> dict[_Key, list[tuple[Owed, int]]]:
    """Dates whose rule reads what was recorded for a unit, with how many reviews have each."""
    rules = sorted(
        rule.id
        for rule in season.rulebook.rules
        if rule.condition == BEFORE_A_RECORDED_DAY
        or (
            rule.role is Role.DEADLINE and set(rule.when) - TOLD_BY_GROUPS and "unless" not in rule.parameters
        )
    )
    if not rules:
        return {}
    columns = (DEADLINES.c.organisation, DEADLINES.c.kind, *_DATE)
    chosen = (
        select(*columns, func.count().label("reviews"))
        .where(
            DEADLINES.c.campaign == season.campaign,
            DEADLINES.c.subject_kind == "review",
            DEADLINES.c.rule.in_(rules),
            DEADLINES.c.basis != BEFORE_MEETING,
            STILL_OPEN,
        )
        .group_by(*columns)
    )
    given: dict[str, Any] = {}
    if organisations is not None:
        chosen, given = chosen.where(among(DEADLINES.c.organisation, "bodies")), {"bodies": organisations}
    found: dict[_Key, list[tuple[Owed, int]]] = {}
    for row in connection.execute(chosen, given):
        found.setdefault((row.organisation, row.kind), []).append((_owed(row), row.reviews))
    return found


def _absent(connection: Connection, season: Season) -> dict[_Key, list[Owed]]:
    """The dates of those who missed their session: often the next meeting they attend (C-43, C-73)."""
    columns = (DEADLINES.c.organisation, DEADLINES.c.kind, *_DATE)
    chosen = (
        select(*columns)
        .join(REVIEWS, REVIEWS.c.review == DEADLINES.c.subject)
        .where(
            REVIEWS.c.campaign == season.campaign,
            REVIEWS.c.stage == life.ABSENT,
            DEADLINES.c.subject_kind == "review",
            DEADLINES.c.basis != BEFORE_MEETING,
            STILL_OPEN,
        )
        .distinct()
    )
    return _by_key(connection.execute(chosen))


def _asked_of_units(connection: Connection, season: Season) -> dict[str, list[Owed]]:
    """Days units have not set for themselves yet (C-62)."""
    chosen = select(DEADLINES.c.organisation, *_DATE).where(
        DEADLINES.c.campaign == season.campaign,
        DEADLINES.c.subject_kind == "unit",
        DEADLINES.c.gate == SET_UNIT_DAY,
        STILL_OPEN,
    )
    found: dict[str, list[Owed]] = {}
    for row in connection.execute(chosen):
        found.setdefault(row.organisation, []).append(_owed(row))
    return found


def _replies(connection: Connection, campaign: str) -> dict[str, date]:
    """Until when answers about a body's report are awaited; of several reports the last day."""
    chosen = (
        select(BUNDLES.c.organisation, func.max(DEADLINES.c.last_day))
        .join(BUNDLES, BUNDLES.c.submission == DEADLINES.c.subject)
        .where(
            DEADLINES.c.campaign == campaign,
            DEADLINES.c.subject_kind == "submission",
            DEADLINES.c.gate == "reply",
            STILL_OPEN,
        )
        .group_by(BUNDLES.c.organisation)
    )
    return {row[0]: row[1] for row in connection.execute(chosen)}


def _by_key(rows: Iterable[_Stored]) -> dict[_Key, list[Owed]]:
    found: dict[_Key, list[Owed]] = {}
    for row in rows:
        found.setdefault((row.organisation, row.kind), []).append(_owed(row))
    return found


def _owed(row: _Stored) -> Owed:
    return Owed(
        gate=row.gate,
        last=row.last_day,
        safe=row.safe_day,
        rule=row.rule,
        stated=row.stated_day,
        word=row.word,
        hour=row.hour,
        basis=row.basis,
        provisional=bool(row.provisional),
    )
