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


@condition("held_down", 1)
def held_down(
    case: Case, *, limit: TextFact, also: TextFact, level_limit: str, scale: tuple[str, ...]
) -> Outcome:
    """The body leaned on is at `level_limit` or lower, so nothing above it may be given.

    `also` is a second body that counts only where it is rated; then the lower of the two does (C-45).
    """
    place = scale.index(level_limit)
    shown = []
    for name in (limit, also):
        held = case.get(name)
        if held is None:
            continue
        shown.append(f"{name} = {held}")
        if scale.index(case.text(name)) >= place:
            return Outcome(Verdict.HOLDS, shown[-1])
    case.need(limit)
    return Outcome(Verdict.FAILS, "; ".join(shown))


MOVED_IN = ("subject.newly_moved_in", "subject.moved_in_on", "campaign.year")


@condition("head_held_down", 1, reads=MOVED_IN)
def head_held_down(case: Case, *, limit: TextFact, level_limit: str, scale: tuple[str, ...]) -> Outcome:
    """The collective is at `level_limit` or lower, and its head has not just moved in.

    Whether he has is entered with a reason; without that, whoever moved in during the assessment year has
    (C-46).
    """
    held = case.text(limit)
    if scale.index(held) < scale.index(level_limit):
        return Outcome(Verdict.FAILS, f"{limit} = {held}")
    if _has_just_moved_in(case):
        return Outcome(Verdict.NOT_APPLICABLE, "subject.newly_moved_in: ✓")
    return Outcome(Verdict.HOLDS, f"{limit} = {held}; subject.newly_moved_in: ✗")


def _has_just_moved_in(case: Case) -> bool:
    if case.get("subject.newly_moved_in") is not None:
        return case.flag("subject.newly_moved_in")
    if case.get("subject.moved_in_on") is None:
        case.need("subject.newly_moved_in")
    case.need("campaign.year")
    return case.day("subject.moved_in_on").year == case.number("campaign.year")
