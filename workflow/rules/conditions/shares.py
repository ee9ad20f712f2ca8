"""Conditions on quotas over a closed list: whole numbers, always rounded down (C-18)."""

from __future__ import annotations

from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import ListFact, NumberFact, Tighter, condition
from workflow.rules.finding import Verdict

COUNTS = ("quota.top", "quota.good")


@condition("top_share_of_good", 1, reads=COUNTS)
def top_share_of_good(case: Case, *, percent_max: Annotated[int, Tighter.LOWER]) -> Outcome:
    """The share of the pool, of the good ratings alone; nothing where the pool already fails (C-17)."""
    case.need(*COUNTS)
    top, good = case.number("quota.top"), case.number("quota.good")
    left, right = 100 * top, percent_max * good
    shown = f"100·{top} {wording.at_most(left, right)} {percent_max}·{good}"
    if left > percent_max * (top + good):
        return Outcome(Verdict.NOT_APPLICABLE, shown)
    return Outcome(verdict(left <= right), shown)


@condition("top_count_at_most", 1, reads=("quota.top",))
def top_count_at_most(case: Case, *, most: Annotated[int, Tighter.LOWER]) -> Outcome:
    """Top ratings number at most `most`."""
    top = case.number("quota.top")
    case.note("quota_allowed", most, "counted")
    return Outcome(verdict(top <= most), f"{top} {wording.at_most(top, most)} {most}")


@condition("level_share_at_most", 1)
def level_share_at_most(
    case: Case,
    *,
    levels: ListFact,
    total: NumberFact,
    counted_level: str,
    percent_max: Annotated[int, Tighter.LOWER],
) -> Outcome:
    """At most `percent_max` % of all (`total`, rated or not) have `counted_level` (C-24)."""
    case.need(levels, total)
    count = sum(1 for item in case.items(levels) if item == counted_level)
    left, right = 100 * count, percent_max * case.number(total)
    return Outcome(
        verdict(left <= right),
        f"100·{count} {wording.at_most(left, right)} {percent_max}·{case.number(total)}",
    )


BASES = ("pool", "good_only")
ROUNDINGS = ("down", "nearest", "up")


@condition("top_quota", 1, reads=COUNTS)
def top_quota(case: Case, *, percent_max: Annotated[int, Tighter.LOWER], base: str, rounding: str) -> Outcome:
    """Top ratings are at most `percent_max` % of the base, rounded as set (C-17, C-18).

    Base `pool` counts top and good together, `good_only` the good ones alone. Rounding is `down`, `nearest`
    (a half goes up) or `up`. Where nobody is rated that high there is nothing to judge; on an empty base no
    top rating stands.
    """
    if base not in BASES or rounding not in ROUNDINGS:
        raise ValueError(f"{base!r} is none of {BASES}, or {rounding!r} none of {ROUNDINGS}")
    case.need(*COUNTS)
    top, good = case.number("quota.top"), case.number("quota.good")
    counted = good + top if base == "pool" else good
    allowed = rounded(percent_max * counted, rounding)
    case.note("quota_base", counted, "counted")
    case.note("quota_allowed", _room_in(top + good, percent_max, base, rounding), "counted")
    shown = f"{top} {wording.at_most(top, allowed)} {percent_max}·{counted}/100 → {allowed}"
    if not top and not counted:
        return Outcome(Verdict.NOT_APPLICABLE, shown)
    return Outcome(verdict(top <= allowed), shown)


def rounded(hundredths: int, rounding: str) -> int:
    """Hundredths as whole ones: `down`, `nearest` (a half goes up) or `up`."""
    if rounding == "up":
        return -(-hundredths // 100)
    return (hundredths + 50 if rounding == "nearest" else hundredths) // 100


def _room_in(rated: int, percent: int, base: str, rounding: str) -> int:
    """The most top ratings the list can hold when one more is one good rating less."""
    if base == "pool":
        return min(rated, rounded(percent * rated, rounding))
    low, high = 0, rated
    while low < high:  # more top ratings leave fewer good ones, so what fits fits below as well
        middle = (low + high + 1) // 2
        if middle <= rounded(percent * (rated - middle), rounding):
            low = middle
        else:
            high = middle - 1
    return low
