"""Conditions on what stands beside a review: mass organisations, targets missed, the collective's level."""

from __future__ import annotations

from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import FlagFact, NumberFact, TextFact, Tighter, condition
from workflow.rules.finding import Verdict

RANKS = "mass_organisations.ranks"


@condition("mass_organisations_rank_at_most", 1, reads=(RANKS,))
def mass_organisations_rank_at_most(case: Case, *, rank: Annotated[int, Tighter.LOWER]) -> Outcome:
    """Every mass organisation stands at `rank` or better, and at no scale's last step (C-15, C-31, C-85).

    The last step of a short scale is its "not completed", whatever its number.
    """
    ranks = case.items(RANKS)
    shown = ", ".join(f"{place}/{length}" for place, length in ranks) or f"{RANKS} = ∅"
    too_low = [(place, length) for place, length in ranks if place > rank or place == length]
    if too_low:
        return Outcome(Verdict.FAILS, f"{shown} > {rank}")
    return Outcome(Verdict.HOLDS, f"{shown} ≤ {rank}" if ranks else shown)


@condition("share_missed_without_excuse", 2)
def share_missed_without_excuse(
    case: Case,
    *,
    part: NumberFact,
    whole: NumberFact,
    percent: Annotated[int, Tighter.HIGHER],
    excuse: FlagFact,
) -> Outcome:
    """`part` is strictly less than `percent` % of `whole` by number, and there is no excuse (C-55, C-64).

    The excuse is asked for only where the share is missed. Who was assigned nothing has missed nothing.
    """
    number = case.number(whole)
    if number < 1:
        return Outcome(Verdict.FAILS, f"{whole} = {number}")
    case.need(part)
    left, right = 100 * case.number(part), percent * number
    shown = f"100·{case.number(part)} {wording.at_least(left, right)} {percent}·{number}"
    if left >= right:
        return Outcome(Verdict.FAILS, shown)
    excused = case.flag(excuse)
    return Outcome(verdict(not excused), f"{shown}; {excuse}: {'✓' if excused else '✗'}")


@condition("level_not_above", 1)
def level_not_above(case: Case, *, first: TextFact, second: TextFact, scale: tuple[str, ...]) -> Outcome:
    """The first level is not better than the second on the same scale."""
    case.need(first, second)
    one, two = case.text(first), case.text(second)
    holds = scale.index(one) >= scale.index(two)
    return Outcome(verdict(holds), f"{one} {'≤' if holds else '>'} {two}")
