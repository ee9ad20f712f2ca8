"""What each level needs on a ballot, as whole papers: asked of the very rules that will judge the count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.rules.facts import Facts
from workflow.rules.finding import Force, Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook

PASSES = (Verdict.HOLDS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """A level, the least number of papers in favour that carries it, and of how many who count.

    `least` is None where no number of papers is enough, or where the rules want to know more than the count.
    """

    level: str
    least: int | None
    of: int
    rules: tuple[Rule, ...]


def thresholds(
    rulebook: Rulebook, kind: str, levels: Iterable[str], *, members: int, year: int, round_number: int = 1
) -> tuple[Threshold, ...]:
    """The thresholds of these levels for `members` who count in the denominator, in the order given.

    A level no rule asks anything for is left out. Conditions only grow easier with more papers in favour, so
    the least number is found by halving (DUK-2016, III.2.3; the reading C-09 on the denominator).
    """
    found = []
    for level in levels:
        rules = tuple(r for r in rulebook.rules_of(Role.THRESHOLD, kind, level) if r.force is Force.REFUSE)
        if rules:
            least = _least(rulebook, rules, level, members=members, year=year, round_number=round_number)
            found.append(Threshold(level=level, least=least, of=members, rules=rules))
    return tuple(found)


def votes_needed(rulebook: Rulebook, kind: str, level: str, *, members: int, year: int) -> int | None:
    """The fewest votes in favour of `members` that carry a level in a first round; None where its rules ask
    for no number.
    """
    found = thresholds(rulebook, kind, (level,), members=members, year=year)
    return found[0].least if found else None


def _least(
    rulebook: Rulebook, rules: tuple[Rule, ...], level: str, *, members: int, year: int, round_number: int
) -> int | None:
    def carries(in_favour: int) -> bool:
        facts = Facts.of(
            "printed",
            {
                "ballot.level": level,
                "ballot.in_favour": in_favour,
                "ballot.official_members": members,
                "ballot.round": round_number,
                "campaign.year": year,
            },
        )
        verdicts = [judge_rule(rulebook, rule, facts).verdict for rule in rules]
        return Verdict.HOLDS in verdicts and all(verdict in PASSES for verdict in verdicts)

    least = bisect_left(range(members + 1), True, key=carries)
    return least if least <= members else None
