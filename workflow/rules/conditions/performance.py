"""Conditions over counted tasks and points on a frame: shares in whole numbers, bands of points, sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from workflow.rules.case import Case, Missing, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import NumberFact, PointsFact, PointsFacts, Tighter, condition
from workflow.rules.finding import Verdict


@condition("share_at_least", 1)
def share_at_least(
    case: Case, *, part: NumberFact, whole: NumberFact, percent_min: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """`part` is `percent_min` % of `whole` or more; a whole of nothing is not known yet (C-15)."""
    left, right, shown = _share(case, part, whole, percent_min)
    return Outcome(verdict(left >= right), shown.format(wording.at_least(left, right)))


@condition("fraction_at_least", 1)
def fraction_at_least(
    case: Case, *, part: NumberFact, whole: NumberFact, numerator: int, denominator: int
) -> Outcome:
    """`part` is numerator/denominator of `whole` or more, in whole numbers."""
    case.need(part, whole)
    left, right = denominator * case.number(part), numerator * _whole(case, whole)
    return Outcome(
        verdict(left >= right),
        f"{denominator}·{case.number(part)} {wording.at_least(left, right)} {numerator}·{case.number(whole)}",
    )


@condition("share_at_most", 1)
def share_at_most(
    case: Case, *, part: NumberFact, whole: NumberFact, percent_max: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """`part` is `percent_max` % of `whole` or less."""
    left, right, shown = _share(case, part, whole, percent_max)
    return Outcome(verdict(left <= right), shown.format(wording.at_most(left, right)))


@condition("share_below", 1)
def share_below(
    case: Case, *, part: NumberFact, whole: NumberFact, percent: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """`part` is strictly less than `percent` % of `whole`."""
    left, right, shown = _share(case, part, whole, percent)
    return Outcome(verdict(left < right), shown.format(wording.at_least(left, right)))


@condition("share_above", 1)
def share_above(
    case: Case, *, part: NumberFact, whole: NumberFact, percent: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """`part` is strictly more than `percent` % of `whole`."""
    left, right, shown = _share(case, part, whole, percent)
    return Outcome(verdict(left > right), shown.format(wording.more_than(left, right)))


@condition("remainder_above", 1)
def remainder_above(
    case: Case, *, done: NumberFact, whole: NumberFact, percent: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """What of `whole` was not done is strictly more than `percent` % of it."""
    case.need(done, whole)
    number = _whole(case, whole)
    left = 100 * (number - case.number(done))
    right = percent * number
    return Outcome(
        verdict(left > right),
        f"100·({number} − {case.number(done)}) {wording.more_than(left, right)} {percent}·{number}",
    )


@condition("more_than_half_if_any", 1)
def more_than_half_if_any(case: Case, *, part: NumberFact, whole: NumberFact) -> Outcome:
    """`part` is strictly more than half of `whole`; where there is none of the whole, it is not so."""
    number = case.number(whole)
    if number < 1:
        return Outcome(Verdict.FAILS, f"{number} = 0")
    left = 2 * case.number(part)
    return Outcome(
        verdict(left > number), f"2·{case.number(part)} {wording.more_than(left, number)} {number}"
    )


@condition("part_of_whole", 1)
def part_of_whole(case: Case, *, part: NumberFact, whole: NumberFact) -> Outcome:
    """A count lies between nothing and the whole it is taken from."""
    case.need(part, whole)
    found, most = case.number(part), case.number(whole)
    return Outcome(verdict(0 <= found <= most), f"0 ≤ {found} {wording.at_most(found, most)} {most}")


@condition("points_sum_of", 1)
def points_sum_of(case: Case, *, total: PointsFact, parts: PointsFacts) -> Outcome:
    """The sum is that of its parts, as the committee's own document splits it."""
    case.need(total, *parts)
    added = sum((case.points(name) for name in parts), Decimal(0))
    given = case.points(total)
    shown = " + ".join(wording.points(case.points(name)) for name in parts)
    return Outcome(
        verdict(added == given), f"{shown} {'=' if added == given else '≠'} {wording.points(given)}"
    )


def _share(case: Case, part: str, whole: str, percent: int) -> tuple[int, int, str]:
    case.need(part, whole)
    number = _whole(case, whole)
    left, right = 100 * case.number(part), percent * number
    return left, right, f"100·{case.number(part)} {{}} {percent}·{number}"


def _whole(case: Case, whole: str) -> int:
    number = case.number(whole)
    if number < 1:
        raise Missing(whole)
    return number


@condition("number_at_least", 1)
def number_at_least(case: Case, *, fact: NumberFact, least: Annotated[int, Tighter.HIGHER]) -> Outcome:
    """The number is `least` or more."""
    found = case.number(fact)
    return Outcome(verdict(found >= least), f"{found} {wording.at_least(found, least)} {least}")
