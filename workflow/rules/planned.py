"""The rules a plan of a meeting already settles, and the cases in which none of them stops it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from workflow.rules.facts import VOCABULARY
from workflow.rules.known import KEPT, Key, Known
from workflow.rules.rule import Rule

FORESEEABLE: Final = frozenset(
    name
    for name in VOCABULARY
    if name.startswith(("subject.", "organisation.", "cell.", "order.", "draft.", "notice.", "campaign."))
) | {"meeting.day", "session.at", "session.venue_kind", "session.chair_role"}
"""What a plan already settles: rules of the session that read nothing else are judged when it is planned."""

MOMENT: Final = "session.at"
"""Day and place on the agenda: no two sessions share it."""


@dataclass(slots=True)
class PlannedRules:
    """The rules a planned session of one kind is judged by, each once, in the order they are told.

    `anew` are those that read the session's moment, so that no case of theirs comes twice. For the others
    most of a cell, and many days of a month, are one case, and most cases stop nothing: one look at `case`
    answers for all of them then.
    """

    rules: tuple[Rule, ...]
    anew: tuple[Rule, ...]
    names: frozenset[str]
    case: Known
    _passed: set[Key] = field(default_factory=set)

    @classmethod
    def of(cls, rules: Iterable[tuple[Rule, frozenset[str]]]) -> PlannedRules:
        """These rules, each with the facts that decide it."""
        told = tuple(rules)
        shared = {name for _, names in told if MOMENT not in names for name in names}
        return cls(
            rules=tuple(rule for rule, _ in told),
            anew=tuple(rule for rule, names in told if MOMENT in names),
            names=frozenset(name for _, names in told for name in names),
            case=Known(shared),
        )

    def passed(self, key: Key) -> bool:
        """Whether no rule but those judged `anew` stopped this case before."""
        return key in self._passed

    def keep(self, key: Key) -> None:
        """Remember that none of them stops this case."""
        if len(self._passed) >= KEPT:
            self._passed.clear()
        self._passed.add(key)
