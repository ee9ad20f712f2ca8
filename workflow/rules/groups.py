"""Quota groups: people or collectives of similar position, function and task, counted apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from workflow.days import Calendar
from workflow.rules.case import Case, Missing
from workflow.rules.facts import Facts
from workflow.rules.rule import KINDS, Both
from workflow.rules.when import applies, may_overlap

Say = Callable[[str, str], None]
KEYS = frozenset({"id", "rows", "cite", "says", "kinds", "when"})


@dataclass(frozen=True, slots=True)
class QuotaGroup:
    """One group a quota is counted in. `when` says who belongs to it, as the `when` of a rule; empty: all."""

    id: str
    cite: str
    says: Both
    kinds: tuple[str, ...]
    when: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    layer: str = ""


def read_group(
    table: Mapping[str, Any], layer: str, check_when: Callable[[Any, Say], None], say: Say
) -> QuotaGroup | None:
    """The group in one `[[quota_group]]` table; None after `say(key, what)` for each thing wrong."""
    wrong: list[str] = []

    def complain(key: str, what: str) -> None:
        wrong.append(key)
        say(key, what)

    given = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    for key in sorted(set(given) - KEYS):
        complain(key, f"is none of {', '.join(sorted(KEYS))}")
    for key, what in (
        ("id", "is missing"),
        ("cite", "is missing: a group is set by the competent level's own document"),
        ("kinds", "is missing: a group without a kind of review counts nobody"),
    ):
        if not given.get(key):
            complain(key, what)
    for kind in given.get("kinds", ()):
        if kind not in KINDS:
            complain("kinds", f"{kind!r} is none of {', '.join(KINDS)}")
    says = given.get("says")
    if not isinstance(says, Mapping) or set(says) != {"vi", "en"}:
        complain("says", "needs a text in vi and in en: who belongs to the group?")
    when: Mapping[str, Any] = {
        name: tuple(wanted) if isinstance(wanted, list) else wanted
        for name, wanted in dict(table.get("when", {})).items()
    }
    check_when(when, complain)
    if wrong or not isinstance(says, Mapping):
        return None
    return QuotaGroup(
        id=str(given["id"]),
        cite=str(given["cite"]),
        says=Both(says["vi"], says["en"]),
        kinds=tuple(given["kinds"]),
        when=when,
        rows=tuple(given.get("rows", ())),
        layer=layer,
    )


def overlaps(groups: Sequence[QuotaGroup]) -> list[tuple[QuotaGroup, QuotaGroup]]:
    """Pairs of groups the same review could belong to; it would be counted twice."""
    return [
        (first, second)
        for first, second in combinations(groups, 2)
        if set(first.kinds) & set(second.kinds) and may_overlap(first.when, second.when)
    ]


def group_of(groups: Iterable[QuotaGroup], kind: str, facts: Facts, calendar: Calendar) -> str | None:
    """The group a review is counted in; empty where it fits none, None where a fact is not known yet."""
    unsure = False
    for group in groups:
        if kind not in group.kinds:
            continue
        try:
            if applies(group.when, Case(facts, calendar)):
                return group.id
        except Missing:
            unsure = True
    return None if unsure else ""
