"""Conditions on an organisation: points, its committee, members and subordinates, neighbouring bodies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from workflow.rules.case import Case, Missing, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import ListFact, NumberFact, PointsFact, Tighter, condition
from workflow.rules.finding import Verdict
from workflow.rules.vocabulary import COMPLETIONS

SCORE_PARTS = (
    "score.political_tasks",
    "score.ideology",
    "score.organisation",
    "score.administration_mass",
    "score.inspection",
)
NEIGHBOURS = (
    "administration.exists",
    "administration.rank",
    "administration.scale_length",
    "mass_organisations.ranks",
)
COHORT = ("today", "campaign.year")


@condition("points_at_least", 1)
def points_at_least(case: Case, *, fact: PointsFact, least: Annotated[int, Tighter.HIGHER]) -> Outcome:
    """The points are `least` or more, compared exactly: 89.5 is less than 90 (C-32)."""
    found = case.points(fact)
    return Outcome(
        verdict(found >= least), f"{wording.points(found)} {wording.at_least(found, Decimal(least))} {least}"
    )


@condition("points_below", 1)
def points_below(case: Case, *, fact: PointsFact, limit: Annotated[int, Tighter.HIGHER]) -> Outcome:
    """The points are less than `limit`."""
    found = case.points(fact)
    return Outcome(
        verdict(found < limit), f"{wording.points(found)} {wording.at_least(found, Decimal(limit))} {limit}"
    )


@condition("points_add_up", 1, reads=(*SCORE_PARTS, "score.total"))
def points_add_up(case: Case) -> Outcome:
    """The total is the sum of the five parts."""
    case.need(*SCORE_PARTS, "score.total")
    parts = [case.points(name) for name in SCORE_PARTS]
    total, added = case.points("score.total"), sum(parts, Decimal(0))
    shown = " + ".join(wording.points(part) for part in parts)
    sign = "=" if added == total else "≠"
    return Outcome(verdict(added == total), f"{shown} {sign} {wording.points(total)}")


@condition("committee_did", 1, reads=("committee.united", "committee.completion"))
def committee_did(case: Case, *, least: str) -> Outcome:
    """The committee is united and completed its tasks at `least` or better."""
    united, completion = case.get("committee.united"), case.get("committee.completion")
    if united is False:
        return Outcome(Verdict.FAILS, "committee.united: ✗")
    if completion is not None:
        done = COMPLETIONS.index(case.text("committee.completion")) <= COMPLETIONS.index(least)
        if not done:
            return Outcome(Verdict.FAILS, f"{completion} < {least}")
    case.need("committee.united", "committee.completion")
    return Outcome(Verdict.HOLDS, f"committee.united: ✓; {completion} ≥ {least}")


@condition("is_disunited", 1, reads=("committee.united",))
def is_disunited(case: Case) -> Outcome:
    """The committee is not united."""
    united = case.flag("committee.united")
    return Outcome(verdict(not united), f"committee.united: {'✓' if united else '✗'}")


@condition("all_levels_at_least", 1, reads=COHORT)
def all_levels_at_least(
    case: Case,
    *,
    levels: ListFact,
    pending: NumberFact,
    least: str,
    scale: tuple[str, ...],
    due_month: int,
    due_day: int,
) -> Outcome:
    """Everyone rated is at `least` or better (C-14). Who owes a rating keeps it unknown until the due day."""
    found = case.items(levels)
    below = [level for level in found if scale.index(level) > scale.index(least)]
    if below:
        return Outcome(Verdict.FAILS, f"{len(found) - len(below)}/{len(found)} ≥ {least}")
    if not is_settled(case, pending, due_month, due_day):
        return Outcome(Verdict.UNKNOWN, f"{pending} = {case.number(pending)}", (levels,))
    shown = f"{len(found)}/{len(found)} ≥ {least}" if found else f"{levels} = ∅"
    return Outcome(Verdict.HOLDS, shown)


@condition("more_than_share", 1, reads=COHORT)
def more_than_share(
    case: Case,
    *,
    levels: ListFact,
    pending: NumberFact,
    counted_level: str,
    numerator: int,
    denominator: int,
    due_month: int,
    due_day: int,
) -> Outcome:
    """Strictly more than numerator/denominator of those rated have `counted_level` (C-14)."""
    found = case.items(levels)
    if not is_settled(case, pending, due_month, due_day):
        return Outcome(Verdict.UNKNOWN, f"{pending} = {case.number(pending)}", (levels,))
    count = sum(1 for item in found if item == counted_level)
    left, right = denominator * count, numerator * len(found)
    return Outcome(
        verdict(left > right),
        f"{denominator}·{count} {wording.more_than(left, right)} {numerator}·{len(found)}",
    )


@condition("none_pending", 1, reads=COHORT)
def none_pending(
    case: Case, *, pending: NumberFact, due_month: int, due_day: int, until_due: bool
) -> Outcome:
    """Nobody owes a rating; with `until_due` only until the due day has passed (C-14)."""
    found = case.number(pending)
    if found and until_due and is_settled(case, pending, due_month, due_day):
        return Outcome(
            Verdict.HOLDS, f"{found} > 0; {wording.day(case.day('today'))} ≥ {due_day:02}/{due_month:02}"
        )
    return Outcome(verdict(found == 0), f"{found} {wording.relation(found, 0)} 0")


def is_settled(case: Case, pending: str, due_month: int, due_day: int) -> bool:
    """Whether a cohort can be judged: nobody owes a rating, or the due day of the next year has come."""
    if case.number(pending) == 0:
        return True
    case.need("today", "campaign.year")
    return case.day("today") >= date(case.number("campaign.year") + 1, due_month, due_day)


@condition("neighbours_rank_at_most", 1, reads=NEIGHBOURS)
def neighbours_rank_at_most(case: Case, *, rank: Annotated[int, Tighter.LOWER]) -> Outcome:
    """Administration and every mass organisation stand at `rank` or better on their scales (C-15, C-31)."""
    ranks, missing = _neighbours(case)
    shown = ", ".join(f"{place}/{length}" for place, length in ranks) or "∅"
    if any(place > rank for place, _ in ranks):
        return Outcome(Verdict.FAILS, f"{shown} > {rank}")
    if missing:
        return Outcome(Verdict.UNKNOWN, shown, missing)
    return Outcome(Verdict.HOLDS, f"{shown} ≤ {rank}" if ranks else shown)


@condition("neighbours_rated", 1, reads=NEIGHBOURS)
def neighbours_rated(case: Case) -> Outcome:
    """Administration and mass organisations have their ratings, or there are declared to be none."""
    ranks, missing = _neighbours(case)
    if missing:
        return Outcome(Verdict.UNKNOWN, "", missing)
    return Outcome(Verdict.HOLDS, ", ".join(f"{place}/{length}" for place, length in ranks) or "∅")


@condition("administration_lowest", 1, reads=NEIGHBOURS[:3])
def administration_lowest(case: Case) -> Outcome:
    """The administration stands at the last step of its scale; the lower of two steps is the last (C-31)."""
    rank = _administration(case)
    if rank is None:
        return Outcome(Verdict.FAILS, "administration.exists: ✗")
    return Outcome(verdict(rank[0] == rank[1]), f"{rank[0]} {wording.relation(*rank)} {rank[1]}")


@condition("mass_organisation_lowest", 1, reads=("mass_organisations.ranks",))
def mass_organisation_lowest(case: Case, *, count_min: Annotated[int, Tighter.LOWER]) -> Outcome:
    """At least `count_min` mass organisations stand at the last step of their scale (C-31, C-85)."""
    ranks = case.items("mass_organisations.ranks")
    lowest = sum(1 for place, length in ranks if place == length)
    return Outcome(
        verdict(lowest >= count_min), f"{lowest} {wording.at_least(lowest, count_min)} {count_min}"
    )


def _neighbours(case: Case) -> tuple[list[tuple[int, int]], tuple[str, ...]]:
    ranks: list[tuple[int, int]] = []
    missing: list[str] = []
    try:
        administration = _administration(case)
    except Missing as gap:
        missing.extend(gap.names)
    else:
        if administration is not None:
            ranks.append(administration)
    if case.get("mass_organisations.ranks") is None:
        missing.append("mass_organisations.ranks")
    else:
        ranks.extend(case.items("mass_organisations.ranks"))
    return ranks, tuple(missing)


def _administration(case: Case) -> tuple[int, int] | None:
    if case.get("administration.exists") is False:
        return None
    case.need("administration.rank", "administration.scale_length")
    return case.number("administration.rank"), case.number("administration.scale_length")


DISCIPLINE = ("lists.discipline", "campaign.year")


LEADERS = ("organisation.leaders", "organisation.heads_beside")


@condition("leaders_not_disciplined", 2, reads=(*DISCIPLINE, *LEADERS))
def leaders_not_disciplined(case: Case) -> Outcome:
    """No leader was disciplined in the year, save what the organisation found and handled itself (C-08).

    Leaders are the committee's members, and heads and deputies of the bodies beside it.
    """
    case.need(*DISCIPLINE, *LEADERS)
    year = case.number("campaign.year")
    leaders = {person for name in LEADERS for person in case.items(name)}
    found = [i for i in case.items("lists.discipline") if i[0] in leaders and i[1].year == year]
    held_against = [item for item in found if not item[3]]
    case.note("self_detected", len(found) - len(held_against), "counted")
    return Outcome(
        verdict(not held_against), f"{len(held_against)} {wording.relation(len(held_against), 0)} 0"
    )


@condition("disciplined_for", 1, reads=DISCIPLINE)
def disciplined_for(case: Case, *, causes: Annotated[tuple[str, ...], Tighter.SUPERSET]) -> Outcome:
    """A member was disciplined in the year for one of the causes, self-detected or not (C-29, C-75)."""
    case.need("lists.discipline", "campaign.year")
    year = case.number("campaign.year")
    count = sum(1 for item in case.items("lists.discipline") if item[1].year == year and item[2] in causes)
    return Outcome(verdict(count > 0), f"{count} {wording.more_than(count, 0)} 0")
