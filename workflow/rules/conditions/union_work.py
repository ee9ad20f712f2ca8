"""Conditions on the staff of a union office: common criteria, tasks done in full, what they are tied to."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from workflow.rules.case import Case, Missing, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import FlagFact, ListFact, NumberFact, TextFact, Tighter, condition
from workflow.rules.finding import Verdict

SHARED = ("common.ideology", "common.ethics", "common.style", "common.discipline")
OF_MANAGERS = (
    "common.policy_and_order",
    "common.no_cases",
    "common.no_prolonged_complaints",
    "common.inspection_and_reform",
    "common.quantified_programme",
)
DECLARED, ATTITUDE, CONTACT = (
    "common.asset_declaration",
    "common.service_attitude",
    "subject.direct_contact",
)
NOT_DECLARED = "not_declared"


@condition("manager_meets_common_criteria", 1, reads=(*SHARED, DECLARED, *OF_MANAGERS))
def manager_meets_common_criteria(case: Case) -> Outcome:
    """A deputy head of board or above meets every common criterion; one unmet is enough to fail."""
    return _criteria(case, (*SHARED, *OF_MANAGERS))


@condition("specialist_meets_common_criteria", 1, reads=(*SHARED, DECLARED, CONTACT, ATTITUDE))
def specialist_meets_common_criteria(case: Case) -> Outcome:
    """A specialist meets every common criterion; attitude counts in posts with direct contact alone."""
    if case.get(CONTACT) is None and case.get(ATTITUDE) is not True:
        found = _criteria(case, SHARED)
        return found if found.verdict is Verdict.FAILS else Outcome(Verdict.UNKNOWN, "", (CONTACT,))
    attitude = () if case.get(CONTACT) is False else (ATTITUDE,)
    return _criteria(case, (*SHARED, *attitude))


def _criteria(case: Case, flags: tuple[str, ...]) -> Outcome:
    unmet = [name for name in flags if case.get(name) is False]
    if case.get(DECLARED) == NOT_DECLARED:
        unmet.append(DECLARED)
    if unmet:
        return Outcome(Verdict.FAILS, "; ".join(f"{name}: ✗" for name in unmet))
    case.need(*flags, DECLARED)
    return Outcome(Verdict.HOLDS, f"{len(flags) + 1}/{len(flags) + 1} ✓")


@condition("all_tasks_done_so", 1)
def all_tasks_done_so(
    case: Case, *, whole: NumberFact, done: NumberFact, on_time_quality: NumberFact, with_effect: NumberFact
) -> Outcome:
    """All of `whole` are done, on schedule and with quality, and `with_effect`.

    A whole of nothing is not known yet. One count short is enough to fail.
    """
    number = case.get(whole)
    if number is not None and case.number(whole) < 1:
        raise Missing(whole)
    for part in (done, on_time_quality, with_effect):
        found = case.get(part)
        if number is not None and found is not None and case.number(part) < case.number(whole):
            return Outcome(Verdict.FAILS, f"{part} = {found} < {number}")
    case.need(whole, done, on_time_quality, with_effect)
    shown = "; ".join(f"{part} = {case.number(part)}" for part in (done, on_time_quality, with_effect))
    return Outcome(Verdict.HOLDS, f"{shown} ≥ {number}")


@condition("share_of_levels", 1, reads=("today",))
def share_of_levels(
    case: Case,
    *,
    levels: ListFact,
    pending: NumberFact,
    least: str,
    scale: tuple[str, ...],
    percent_min: Annotated[int, Tighter.HIGHER],
    settled_on: date,
) -> Outcome:
    """At least `percent_min` % of those rated are at `least` or better (C-14); none at all is enough (C-15).

    Who still owes a rating keeps it unknown until the day `settled_on`, that day included, unless the share
    is out of reach or safe already.
    """
    found = case.items(levels)
    good = sum(1 for level in found if scale.index(level) <= scale.index(least))
    left, right = 100 * good, percent_min * len(found)
    shown = (
        f"100·{good} {wording.at_least(left, right)} {percent_min}·{len(found)}" if found else f"{levels} = ∅"
    )
    waiting = case.number(pending)
    if not waiting:
        return Outcome(verdict(left >= right), shown)
    everyone = percent_min * (len(found) + waiting)
    if 100 * (good + waiting) < everyone:
        return Outcome(Verdict.FAILS, shown)
    if left >= everyone:
        return Outcome(Verdict.HOLDS, shown)
    if case.day("today") >= settled_on:
        return Outcome(verdict(left >= right), shown)
    return Outcome(Verdict.UNKNOWN, f"{pending} = {waiting}", (levels,))


@condition("disciplined_for_duty", 1, reads=("lists.violations", "campaign.year"))
def disciplined_for_duty(case: Case) -> Outcome:
    """A violation in carrying out duties was disciplined in the year, by the day of the decision (C-08)."""
    case.need("lists.violations", "campaign.year")
    year = case.number("campaign.year")
    count = sum(
        1
        for _, _, _, on, _, disciplined, _, on_duty in case.items("lists.violations")
        if disciplined and on_duty and on.year == year
    )
    return Outcome(verdict(count > 0), f"{count} {wording.more_than(count, 0)} 0")


@condition("not_above_without_reason", 1)
def not_above_without_reason(
    case: Case, *, first: TextFact, second: TextFact, scale: tuple[str, ...], reason: FlagFact
) -> Outcome:
    """The first level is not above the second, or a reason was recorded for it (C-48)."""
    case.need(first, second)
    one, other = case.text(first), case.text(second)
    if scale.index(one) >= scale.index(other):
        return Outcome(Verdict.HOLDS, f"{one} ≤ {other}")
    given = case.flag(reason)
    return Outcome(verdict(given), f"{one} > {other}; {reason}: {'✓' if given else '✗'}")


@condition("year_is", 1, reads=("campaign.year",))
def year_is(case: Case, *, years: tuple[int, ...]) -> Outcome:
    """The assessment year is one the document was written for."""
    year = case.number("campaign.year")
    shown = ", ".join(map(str, years))
    return Outcome(verdict(year in years), f"{year} {'∈' if year in years else '∉'} {{{shown}}}")


@condition("reason_unless_computed", 1, reads=("computed.level", "decision.level", "decision.reason_given"))
def reason_unless_computed(case: Case) -> Outcome:
    """The level decided is the one computed, or its reasons were given (C-16, C-49)."""
    decided, computed = case.text("decision.level"), case.get("computed.level")
    if computed == decided:
        return Outcome(Verdict.HOLDS, f"{decided} = {computed}")
    given = case.flag("decision.reason_given")
    shown = f"{decided} ≠ {computed}" if computed is not None else "computed.level: ✗"
    return Outcome(verdict(given), f"{shown}; decision.reason_given: {'✓' if given else '✗'}")
