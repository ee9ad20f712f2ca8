"""From one step to the next: how often a level was kept, lowered or raised, and from what to what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from handlers.insight.cohort import Alike
from states.levels import Scale

SELF: Final = "self_level"
VOTE: Final = "voted_level"
DECISION: Final = "decided_level"
STEPS: Final = ((SELF, VOTE), (SELF, DECISION), (VOTE, DECISION))
"""What is put beside what, in the order of life; SELF beside DECISION only where nobody votes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """One pair of steps over the reviews that have both; `cells` is (before, after) -> reviews."""

    before: str
    after: str
    levels: tuple[str, ...]
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """The reviews that have both levels."""
        return self.cells.total()

    @property
    def kept(self) -> int:
        """How many came out as they went in."""
        return sum(reviews for (one, other), reviews in self.cells.items() if one == other)

    @property
    def lowered(self) -> int:
        """How many came out worse."""
        return sum(reviews for pair, reviews in self.cells.items() if self.way(*pair) < 0)

    @property
    def raised(self) -> int:
        """How many came out better."""
        return sum(reviews for pair, reviews in self.cells.items() if self.way(*pair) > 0)

    def way(self, before: str, after: str) -> int:
        """Negative where the later level is worse, by how many steps; 0 where it is the same."""
        return self.levels.index(before) - self.levels.index(after)


def shifts(cohort: Iterable[Alike], scale: Scale, kind: str) -> tuple[Shift, ...]:
    """The pairs of steps of one kind that any review has both of; levels of another scale are left out.

    A review that owes no level counts nowhere: what was voted before it was left out binds nobody.
    """
    here = [one for one in cohort if one.kind == kind and not one.owes_nothing]
    found = []
    for before, after in STEPS:
        cells: Counter[tuple[str, str]] = Counter()
        for one in here:
            pair = getattr(one, before), getattr(one, after)
            voted_between = before == SELF and after == DECISION and one.voted_level
            if all(level in scale.levels for level in pair) and not voted_between:
                cells[pair] += one.reviews
        if cells:
            found.append(Shift(before=before, after=after, levels=scale.levels, cells=cells))
    return tuple(found)
