"""Conditions on rewards: years in a row, and the share of titles among those at the top level."""

from __future__ import annotations

from typing import Annotated

from workflow.rules.case import Case, Missing, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import ListFact, NumberFact, Tighter, condition
from workflow.rules.conditions.shares import ROUNDINGS, rounded
from workflow.rules.finding import Verdict


@condition("years_in_a_row", 1, reads=("campaign.year",))
def years_in_a_row(
    case: Case, *, fact: ListFact, value: str, years_min: Annotated[int, Tighter.HIGHER]
) -> Outcome:
    """The year and those before it, `years_min` in all, each have `value`.

    A year with something else breaks the row for certain; a year nobody recorded leaves it not known, unless
    the row is broken after it anyway.
    """
    case.need(fact, "campaign.year")
    held = {int(year): str(found) for year, found in case.items(fact)}
    last = case.number("campaign.year")
    asked = range(last, last - years_min, -1)
    for year in asked:
        if held.get(year, value) != value:
            return Outcome(Verdict.FAILS, f"{year}: {held[year]} ≠ {value}")
    if any(year not in held for year in asked):
        raise Missing(fact)
    return Outcome(Verdict.HOLDS, f"{asked[-1]}–{last}: {value}")


@condition("count_share_at_most", 1)
def count_share_at_most(
    case: Case,
    *,
    count: NumberFact,
    total: NumberFact,
    percent_max: Annotated[int, Tighter.LOWER],
    rounding: str,
) -> Outcome:
    """The count is at most `percent_max` % of the total, rounded `down`, to the `nearest` or `up` (C-18).

    Rounded down, a share of less than one allows none (C-25).
    """
    if rounding not in ROUNDINGS:
        raise ValueError(f"{rounding!r} is none of {ROUNDINGS}")
    case.need(count, total)
    found, base = case.number(count), case.number(total)
    allowed = rounded(percent_max * base, rounding)
    case.note("quota_base", base, "counted")
    case.note("quota_allowed", allowed, "counted")
    return Outcome(
        verdict(found <= allowed),
        f"{found} {wording.at_most(found, allowed)} {percent_max}·{base}/100 → {allowed}",
    )
