"""Conditions on a counted ballot: whole numbers, strictly more."""

from __future__ import annotations

from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import Tighter, condition
from workflow.rules.finding import Verdict

COUNT = ("ballot.in_favour", "ballot.official_members")
TEAM = ("ballot.counters", "ballot.counter_rated", "ballot.counter_barred")


@condition("votes_more_than", 1, reads=COUNT)
def votes_more_than(case: Case, *, numerator: int, denominator: int) -> Outcome:
    """Strictly more than numerator/denominator of the official members are in favour (C-09, C-10)."""
    case.need(*COUNT)
    in_favour, members = case.number("ballot.in_favour"), case.number("ballot.official_members")
    left, right = denominator * in_favour, numerator * members
    return Outcome(
        verdict(members > 0 and left > right),
        f"{denominator}·{in_favour} {wording.more_than(left, right)} {numerator}·{members}",
    )


@condition("votes_within_members", 1, reads=COUNT)
def votes_within_members(case: Case) -> Outcome:
    """The votes in favour do not exceed those who count, and somebody counts."""
    case.need(*COUNT)
    in_favour, members = case.number("ballot.in_favour"), case.number("ballot.official_members")
    if members < 1:
        return Outcome(Verdict.FAILS, f"{members} < 1")
    return Outcome(
        verdict(0 <= in_favour <= members), f"{in_favour} {wording.at_most(in_favour, members)} {members}"
    )


@condition("same_with_exempt_members", 1, reads=(*COUNT, "ballot.exempt_members"))
def same_with_exempt_members(case: Case, *, numerator: int, denominator: int) -> Outcome:
    """Counting the exempt members who stayed away would give the same result (C-09)."""
    case.need(*COUNT, "ballot.exempt_members")
    in_favour, members = case.number("ballot.in_favour"), case.number("ballot.official_members")
    more = members + case.number("ballot.exempt_members")
    left = denominator * in_favour
    same = (left > numerator * members) == (left > numerator * more)
    return Outcome(
        verdict(same),
        f"{denominator}·{in_favour} {wording.more_than(left, numerator * more)} {numerator}·{more}",
    )


@condition("counting_team", 1, reads=TEAM)
def counting_team(
    case: Case, *, least: Annotated[int, Tighter.HIGHER], most: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """From `least` to `most` people count; neither who is rated nor who has a conflict of interest does."""
    case.need(*TEAM)
    counters = case.number("ballot.counters")
    inside = [name for name in TEAM[1:] if case.flag(name)]
    shown = (
        f"{least} ≤ {counters} ≤ {most}" if least <= counters <= most else f"{counters} ∉ [{least}, {most}]"
    )
    holds = least <= counters <= most and not inside
    return Outcome(verdict(holds), "; ".join((shown, *inside)))
