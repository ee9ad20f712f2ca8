"""Rows of one decision count for each other as approved, as long as they do not fall out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from states import review as life
from workflow.decision import Situation
from workflow.order import Leaning
from workflow.review import Review
from workflow.rules.facts import Facts, FactValue
from workflow.standing import stated

CAPS = {"others.organisation_level": life.ORGANISATION, "others.collective_level": life.COLLECTIVE}


@dataclass(slots=True)
class Beside:
    """Levels the other rows of one decision are about to get; `used` notes which rows one judgement read.

    A row that falls out takes along what was judged on its level: that is judged again without it.
    """

    situation: Situation
    levels: dict[str, str]
    used: dict[str, set[str]] = field(default_factory=dict)

    def facts(self, review: Review, facts: Facts) -> Facts:
        """The facts of a row with the levels of the rows beside it."""
        self.used[review.id] = set()
        values: dict[str, FactValue | None] = {}
        if review.kind == life.ORGANISATION:
            values |= self._cohort(review, "members", facts)
            values |= self._cohort(review, "subordinates", facts)
        office = self.situation.across.offices.get(review.id, Leaning())
        for name, kind in CAPS.items():
            if office.leads and kind != review.kind:
                values |= self._cap(review, name, kind, office, facts)
        if office.manages:
            values |= self._units(review, office, facts)
        values |= self._collectives(review, facts)
        return stated(facts, values, "rows of this decision") if values else facts

    def _rows(self, review: Review, kind: str) -> list[tuple[Review, str]]:
        """The other rows of a kind that are still open and have a level to get; one may still be entered."""
        found = []
        for other, level in self.levels.items():
            row = self.situation.review(other)
            if level and row.kind == kind and other != review.id and not row.decided_level:
                found.append((row, level))
        return found

    def _cohort(self, review: Review, cohort: str, facts: Facts) -> dict[str, FactValue | None]:
        kind = life.INDIVIDUAL if cohort == "members" else life.ORGANISATION
        beside = [
            (row.id, level)
            for row, level in self._rows(review, kind)
            if (row.organisation if kind == life.INDIVIDUAL else row.superior) == review.subject
        ]
        levels, pending = facts.value(f"{cohort}.levels"), facts.value(f"{cohort}.pending")
        if not beside or not isinstance(levels, tuple) or not isinstance(pending, int):
            return {}
        self.used[review.id] |= {row for row, _ in beside}
        return {
            f"{cohort}.levels": (*levels, *(level for _, level in beside)),
            f"{cohort}.pending": pending - len(beside),
        }

    def _cap(
        self, review: Review, name: str, kind: str, office: Leaning, facts: Facts
    ) -> dict[str, FactValue | None]:
        """Of several bodies the lowest level counts, approved or of this decision (C-45)."""
        scale = self.situation.rules.scale(kind)
        beside = [(row.id, level) for row, level in self._rows(review, kind) if row.subject in office.leads]
        if scale is None or not beside:
            return {}
        self.used[review.id] |= {row for row, _ in beside}
        known = facts.value(name)
        held = [level for _, level in beside] + ([known] if isinstance(known, str) else [])
        return {name: max(held, key=scale.place)}

    def _units(self, review: Review, office: Leaning, facts: Facts) -> dict[str, FactValue | None]:
        beside: dict[str, tuple[str, str]] = {}
        for kind in (life.INDIVIDUAL,) if office.people else (life.COLLECTIVE, life.ORGANISATION):
            for row, level in self._rows(review, kind):
                body = row.organisation if office.people else row.superior
                if body in office.manages and row.subject != review.subject:
                    # of a unit rated twice the organisation itself counts
                    beside[row.id if office.people else row.subject] = (row.id, level)
        held, pending = facts.value("others.units_levels"), facts.value("others.units_pending")
        if not beside or not isinstance(held, tuple) or not isinstance(pending, int):
            return {}
        self.used[review.id] |= {row for row, _ in beside.values()}
        return {
            "others.units_levels": (*held, *(level for _, level in beside.values())),
            "others.units_pending": pending - len(beside),
        }

    def _collectives(self, review: Review, facts: Facts) -> dict[str, FactValue | None]:
        """Collectives waited for that get their level in this decision too (QD366-2025, Điều 12.2)."""
        waiting = facts.value("others.collectives_pending")
        if not isinstance(waiting, tuple):
            return {}
        beside = {row.id for row, _ in self._rows(review, life.COLLECTIVE)} & set(waiting)
        if not beside:
            return {}
        self.used[review.id] |= beside
        return {"others.collectives_pending": tuple(one for one in waiting if one not in beside)}


def leaning_on(used: Mapping[str, set[str]], gone: set[str]) -> set[str]:
    """The rows that were judged on the level of one that fell out."""
    return {row for row, rows in used.items() if rows & gone}
