"""Who may not chair, count, appraise or decide about whom (C-09): oneself, and every declared tie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from states import review as life
from workflow.review import Review

RULE: Final = "C-09"
"""The reading a refusal for a conflict of interest names."""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Ties in force on the day of the act, as pairs (person, subject); one of family stands both ways."""

    pairs: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def declared(self, person: str, review: Review) -> bool:
        """Whether a tie between the person and the subject of the review is declared."""
        return (person, review.subject) in self.pairs

    def between(self, person: str, review: Review) -> bool:
        """The same, and everybody is in conflict with his own review."""
        own = review.kind == life.INDIVIDUAL and person == review.subject
        return own or self.declared(person, review)

    def among(self, people: Iterable[str], review: Review) -> tuple[str, ...]:
        """Of these people, those with a declared tie to the subject, in the order given."""
        return tuple(person for person in people if self.declared(person, review))
