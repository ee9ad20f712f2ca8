"""Two rulebooks side by side: what they share word for word, and what only one of them may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.rules.facts import Facts
from workflow.rules.finding import Finding
from workflow.rules.flow import NOTICE, Flow
from workflow.rules.judge import judge_rule
from workflow.rules.rule import KINDS, Role, Rule
from workflow.rules.rulebook import Rulebook

OF_THE_REVIEW = (
    "self.rating", "proposal.level", "ballot.level", "decision.level",
)  # fmt: skip
"""Levels on the scale of the kind under review."""
OF_OTHERS: dict[str, tuple[str, ...]] = {
    "members.levels": ("individual",),
    "subordinates.levels": ("organisation",),
    "others.organisation_level": ("organisation",),
    "others.collective_level": ("collective",),
    "others.agency_level": ("individual", "collective", "organisation"),
    "others.units_levels": ("collective", "organisation", "individual"),
}
"""Levels of others, with the kinds whose scales they are on."""
RATING = (Role.EXEMPTION, Role.CONDITION, Role.TRIGGER, Role.OTHERWISE, Role.CAP)
COMPUTED = "computed."


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two rulebooks with what it does not share with the other, kind by kind.

    `foreign` are facts that are levels of a scale this rulebook does not have. `alone` are the rules whose
    findings may differ from the other's on the same facts; the rest need no comparing.
    """

    book: Rulebook
    foreign: Mapping[str, frozenset[str]]
    alone: Mapping[str, frozenset[str]]
    rates_alike: Mapping[str, bool]
    _at: dict[tuple[str, str], tuple[Rule, ...]] = field(default_factory=dict)
    _of_level: dict[tuple[str, str], bool] = field(default_factory=dict)

    def known(self, kind: str, facts: Facts) -> Facts:
        """The facts without levels of another scale: they are not translated."""
        names = self.foreign[kind]
        if not names or not any(name in facts for name in names):
            return facts
        return Facts({name: fact for name, fact in facts.items() if name not in names})

    def flow(self, kind: str) -> Flow:
        """How the life of a kind runs."""
        return self.book.flow(kind)

    def rates(self, kind: str) -> bool:
        """Whether the kind has levels."""
        return self.book.scale(kind) is not None

    def judge(self, gate: str, kind: str, facts: Facts) -> tuple[Finding, ...]:
        """The findings of the rules at a gate that the other rulebook may not give."""
        return tuple(judge_rule(self.book, rule, facts) for rule in self.rules_at(gate, kind))

    def rules_at(self, gate: str, kind: str) -> tuple[Rule, ...]:
        """The rules at a gate that the other rulebook may judge otherwise."""
        known = self._at.get((gate, kind))
        if known is None:
            alone = self.alone[kind]
            known = tuple(rule for rule in self.book.rules_at(gate, kind) if rule.id in alone)
            self._at[(gate, kind)] = known
        return known

    def asks_at(self, gate: str, kind: str) -> bool:
        """Whether something is to be judged at a gate that the other rulebook may not say alike."""
        gates = ("issue_ballot", gate) if gate == "count_ballot" else (gate,)
        bars = gate in ("count_ballot", "decide") and not self.rates_alike[kind]
        return bars or any(self.rules_at(one, kind) for one in gates)

    def asks_for_the_level(self, gate: str, kind: str) -> bool:
        """Whether a rule to be judged at the gate reads the level this rulebook computes."""
        known = self._of_level.get((gate, kind))
        if known is None:
            known = any(_reads_the_level(self.book, rule.id) for rule in self.rules_at(gate, kind))
            self._of_level[(gate, kind)] = known
        return known


def sides(own: Rulebook, other: Rulebook) -> tuple[Side, Side]:
    """Both rulebooks; facts recorded under the first are levels on its scales."""
    foreign: dict[str, frozenset[str]] = {}
    alone: dict[str, frozenset[str]] = {}
    alike: dict[str, bool] = {}
    for kind in KINDS:
        names = {name for name, kinds in OF_OTHERS.items() if any(differ(own, other, one) for one in kinds)}
        if differ(own, other, kind):
            names.update(OF_THE_REVIEW)
        foreign[kind] = frozenset(names)
        shared = _shared(own, other, kind, foreign[kind])
        rating = {rule.id for book in (own, other) for role in RATING for rule in book.rules_of(role, kind)}
        same_life = own.flow(kind) == other.flow(kind) and not differ(own, other, kind)
        alike[kind] = same_life and rating <= shared
        if not alike[kind]:
            shared = {rule for rule in shared if not _reads_the_level(own, rule)}
        alone[kind] = frozenset(rule.id for book in (own, other) for rule in book.rules) - shared
    nothing = dict.fromkeys(KINDS, frozenset[str]())
    return (
        Side(book=own, foreign=nothing, alone=alone, rates_alike=alike),
        Side(book=other, foreign=foreign, alone=alone, rates_alike=alike),
    )


def _shared(own: Rulebook, other: Rulebook, kind: str, foreign: frozenset[str]) -> set[str]:
    """Rules both have, word for word, about this kind, that read nothing the other cannot read."""
    theirs = {rule.id: rule for rule in other.rules}
    return {
        rule.id
        for rule in own.rules
        if kind in rule.kinds
        and theirs.get(rule.id) == rule
        and own.replacers(rule.id) == other.replacers(rule.id)
        and not own.facts_of_rule(rule) & foreign
    }


def _reads_the_level(book: Rulebook, rule: str) -> bool:
    return any(name.startswith(COMPUTED) for name in book.facts_of_rule(book.rule(rule)))


def differ(own: Rulebook, other: Rulebook, kind: str) -> bool:
    return own.scales.get(kind) != other.scales.get(kind)


def asks_for_draft(side: Side, kind: str) -> bool:
    """Whether the regime has a draft sent ahead of the session of this kind."""
    draft = "draft.sent_on" in side.book.fact_names("hold_session", kind)
    return draft and side.flow(kind).draft == NOTICE
