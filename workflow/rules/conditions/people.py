"""Conditions on a member: completion of tasks, staff rating, discipline in force, sick leave."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from workflow import days
from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import TextFact, Tighter, condition
from workflow.rules.finding import Verdict
from workflow.rules.vocabulary import COMPLETIONS, STAFF_RATINGS

STAFF = ("staff.rating", "staff.proposed_title", "staff.award")


@condition("completion_at_least", 1)
def completion_at_least(case: Case, *, fact: TextFact, least: Annotated[str, Tighter.NONE]) -> Outcome:
    """The word for completion is `least` or better: excellent, good, basic, not (C-32)."""
    found = case.text(fact)
    holds = COMPLETIONS.index(found) <= COMPLETIONS.index(least)
    return Outcome(verdict(holds), f"{found} {'≥' if holds else '<'} {least}")


@condition("staff_merit", 1, reads=STAFF)
def staff_merit(
    case: Case, *, rating_least: str, titles: tuple[str, ...] = (), awards: tuple[str, ...] = ()
) -> Outcome:
    """The staff rating reaches `rating_least`, or one of the titles is proposed, or one of the awards given.

    One of the three is enough, so it may hold although the others are not known yet.
    """
    asked = {"staff.rating": STAFF_RATINGS[: STAFF_RATINGS.index(rating_least) + 1]}
    if titles:
        asked["staff.proposed_title"] = titles
    if awards:
        asked["staff.award"] = awards
    parts, missing = [], []
    for name, good in asked.items():
        found = case.get(name)
        if found is None:
            missing.append(name)
        elif found in good:
            return Outcome(Verdict.HOLDS, f"{name} = {found}")
        else:
            parts.append(f"{name} = {found} ∉ {{{', '.join(good)}}}")
    if missing:
        return Outcome(Verdict.UNKNOWN, "; ".join(parts), tuple(missing))
    return Outcome(Verdict.FAILS, "; ".join(parts))


@condition("staff_rated_first", 1, reads=("staff.rating", "staff.rated_on", "ballot.day"))
def staff_rated_first(case: Case) -> Outcome:
    """The staff rating is there and dated on or before the day of the ballot."""
    case.need("staff.rating", "staff.rated_on", "ballot.day")
    rated, ballot = case.day("staff.rated_on"), case.day("ballot.day")
    return Outcome(
        verdict(rated <= ballot),
        f"{wording.day(rated)} {'≤' if rated <= ballot else '>'} {wording.day(ballot)}",
    )


@condition("serving_discipline", 1, reads=("lists.discipline", "ballot.day"))
def serving_discipline(case: Case, *, years: int) -> Outcome:
    """On the ballot day a discipline is within its term: decided <= day < decided + `years` (C-28)."""
    case.need("lists.discipline", "ballot.day")
    day = case.day("ballot.day")
    decided = sorted(item[1] for item in case.items("lists.discipline"))
    for start in reversed(decided):
        end = days.months_after(start, 12 * years)
        if start <= day < end:
            case.note("term_ends", end, "counted")
            return Outcome(Verdict.HOLDS, f"{wording.day(start)} ≤ {wording.day(day)} < {wording.day(end)}")
    return Outcome(Verdict.FAILS, _no_term(decided, day, years))


def _no_term(decided: list[date], day: date, years: int) -> str:
    if not decided:
        return "lists.discipline = ∅"
    last = decided[-1]
    if last > day:
        return f"{wording.day(day)} < {wording.day(last)}"
    return f"{wording.day(day)} ≥ {wording.day(days.months_after(last, 12 * years))}"


@condition("sick_leave_reaches", 1, reads=("lists.sick_leave", "campaign.year"))
def sick_leave_reaches(
    case: Case, *, months: Annotated[int, Tighter.LOWER], total_days: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """Sick leave in the year: one spell of `months` full months, or `total_days` in all (C-30)."""
    case.need("lists.sick_leave", "campaign.year")
    total = days.sick_spells_total(case.items("lists.sick_leave"), case.number("campaign.year"))
    case.note("sick_days", total.days, "counted")
    case.note("longest_spell_months", total.longest_spell_months, "counted")
    return Outcome(
        verdict(total.reaches(months, total_days)),
        f"{total.longest_spell_months} {wording.at_least(total.longest_spell_months, months)} {months};"
        f" {total.days} {wording.at_least(total.days, total_days)} {total_days}",
    )
