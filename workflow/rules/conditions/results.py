"""Conditions over what a rating rests on, and over levels that lean on other levels."""

from __future__ import annotations

from typing import Annotated

from workflow import days
from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import ListFact, NumberFact, TextFact, Tighter, condition
from workflow.rules.finding import Verdict

SICK = ("lists.sick_leave", "campaign.year", "rating.basis")
SMALL_PLACE = ("quota.top", "quota.good", "quota.rated")


@condition("same_number", 1)
def same_number(case: Case, *, count: NumberFact, total: NumberFact) -> Outcome:
    """Both numbers are the same: of all that were found none is left over."""
    case.need(count, total)
    counted, found = case.number(count), case.number(total)
    return Outcome(verdict(counted == found), f"{counted} {wording.relation(counted, found)} {found}")


@condition("same_level", 1)
def same_level(case: Case, *, first: TextFact, second: TextFact) -> Outcome:
    """Two ratings of one person are of the same level."""
    case.need(first, second)
    one, other = case.text(first), case.text(second)
    return Outcome(verdict(one == other), f"{one} {'=' if one == other else '≠'} {other}")


@condition("actual_results_if_sick", 1, reads=SICK)
def actual_results_if_sick(
    case: Case, *, months: Annotated[int, Tighter.LOWER], total_days: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """Long sick leave (one spell of `months` full months, or `total_days` in all) rests on actual results.

    No level is excluded (C-30); without such leave there is nothing to ask.
    """
    case.need("lists.sick_leave", "campaign.year")
    total = days.sick_spells_total(case.items("lists.sick_leave"), case.number("campaign.year"))
    case.note("sick_days", total.days, "counted")
    case.note("longest_spell_months", total.longest_spell_months, "counted")
    if not total.reaches(months, total_days):
        shown = f"{total.longest_spell_months} < {months}; {total.days} < {total_days}"
        return Outcome(Verdict.NOT_APPLICABLE, shown)
    basis = case.text("rating.basis")
    return Outcome(verdict(basis == "actual_results"), f"rating.basis = {basis}")


@condition("level_share_of_rated", 1)
def level_share_of_rated(
    case: Case,
    *,
    levels: ListFact,
    counted_level: str,
    percent_max: Annotated[int, Tighter.LOWER] = 0,
) -> Outcome:
    """At most `percent_max` % of those rated have `counted_level`.

    Without a value, or with 0, the document does not give it: the share is shown, nothing is judged (C-40).
    """
    held = case.items(levels)
    count = sum(1 for level in held if level == counted_level)
    if not held:
        return Outcome(Verdict.NOT_APPLICABLE, f"{levels} = ∅")
    if not percent_max:
        return Outcome(
            Verdict.UNKNOWN, f"{counted_level}: {count}/{len(held)} = {_percent(count, len(held))} %"
        )
    left, right = 100 * count, percent_max * len(held)
    return Outcome(
        verdict(left <= right), f"100·{count} {wording.at_most(left, right)} {percent_max}·{len(held)}"
    )


def _percent(count: int, total: int) -> str:
    """The share with one decimal, a half rounded up: 1 of 3 is 33,3."""
    tenths = (2000 * count + total) // (2 * total)
    return f"{tenths // 10},{tenths % 10}"


@condition("one_of_few", 1, reads=SMALL_PLACE)
def one_of_few(case: Case, *, most: Annotated[int, Tighter.LOWER]) -> Outcome:
    """In a small place: everybody rated is good or better, and at most `most` of them at the top (C-47).

    Where nobody is at the top there is nothing to judge. Unrated ones are not among those rated.
    """
    case.need(*SMALL_PLACE)
    top, good, rated = (case.number(name) for name in SMALL_PLACE)
    return _one_of_few(case, top, rated - top - good, most)


@condition("one_listed_of_few", 1)
def one_listed_of_few(
    case: Case, *, levels: ListFact, top_level: str, good_level: str, most: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """The same for a place with few organisations, over the levels of those rated (C-47)."""
    held = case.items(levels)
    top = sum(1 for level in held if level == top_level)
    below = sum(1 for level in held if level not in (top_level, good_level))
    return _one_of_few(case, top, below, most)


def _one_of_few(case: Case, top: int, below: int, most: int) -> Outcome:
    case.note("quota_allowed", 0 if below else most, "counted")
    case.note("rated_below_good", below, "counted")
    shown = f"{top} {wording.at_most(top, most)} {most}; {below} {wording.relation(below, 0)} 0"
    if not top:
        return Outcome(Verdict.NOT_APPLICABLE, shown)
    return Outcome(verdict(top <= most and not below), shown)
