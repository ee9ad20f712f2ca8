"""Conditions on grades of criteria: levels follow from Xuất sắc, Tốt, Trung bình, Kém, not from points."""

from __future__ import annotations

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions.registry import FlagFacts, ListFact, TextFact, TextFacts, condition
from workflow.rules.finding import Verdict
from workflow.rules.topics.grades import CRITERIA, GRADES, MERITS

PROGRAMMES, WHOLE_GROUP = "programmes", "whole_group"
TASKS_AND_QUALITIES, ALL = "tasks_and_qualities", "all"

PARTY_BUILDING = (
    "grade.ideology",
    "grade.organisation_cadres",
    "grade.mass_and_management",
    "grade.inspection",
)
DEFENCE = "grade.task_defence"
ORGANISATION = (
    *PARTY_BUILDING,
    "grade.party_building_programmes",
    "grade.task_programmes",
    "grade.task_production",
    DEFENCE,
)
CORE = ("grade.party_building_programmes", "grade.task_production")
QUALITIES = ("grade.political_ideology", "grade.ethics", "grade.discipline", "grade.working_style")
TASKS = ("grade.task_results",)
EVERY = (*CRITERIA, "tasks.defence_assigned")


@condition("core_grades_at_least", 1, reads=EVERY)
def core_grades_at_least(
    case: Case, *, core: str, least: str, with_defence: bool, marked: TextFacts = ()
) -> Outcome:
    """Every core criterion of the organisation has `least` or better (C-93).

    `core` says which those are: the grade of the Party-building programmes with that of the tasks led, or
    the whole Party-building group with it. `marked` are the criteria a unit's own form marks instead.
    """
    return _all_at_least(case, marked or _core(core, with_defence), least)


@condition("other_grades_at_least", 1, reads=EVERY)
def other_grades_at_least(
    case: Case, *, core: str, least: str, with_defence: bool, marked: TextFacts = ()
) -> Outcome:
    """Every criterion of the organisation outside the core has `least` or better (C-58, C-93)."""
    inside = marked or _core(core, with_defence)
    return _all_at_least(case, tuple(name for name in ORGANISATION if name not in inside), least)


@condition("same_under_other_core", 1, reads=EVERY)
def same_under_other_core(
    case: Case, *, core: str, least_core: str, least_other: str, with_defence: bool
) -> Outcome:
    """The other reading of what is core would give the grades the same result for this level (C-93)."""
    other = WHOLE_GROUP if core == PROGRAMMES else PROGRAMMES
    taken, instead = (
        _both(case, _core(chosen, with_defence), least_core, least_other) for chosen in (core, other)
    )
    missing = tuple(dict.fromkeys((*taken.missing, *instead.missing)))
    if missing and Verdict.UNKNOWN in (taken.verdict, instead.verdict):
        return Outcome(Verdict.UNKNOWN, "", missing)
    same = taken.verdict is instead.verdict
    return Outcome(verdict(same), instead.comparison if not same else taken.comparison)


@condition("all_grades_at_least", 1, reads=EVERY)
def all_grades_at_least(case: Case, *, least: str) -> Outcome:
    """Every criterion of the organisation has `least` or better."""
    return _all_at_least(case, ORGANISATION, least)


@condition("grades_at_least", 1, reads=EVERY)
def grades_at_least(case: Case, *, criteria: TextFacts, least: str) -> Outcome:
    """Each of the criteria has `least` or better; one below it is enough, whatever is still missing."""
    return _all_at_least(case, criteria, least)


@condition("basic_grades_at_least", 1, reads=EVERY)
def basic_grades_at_least(case: Case, *, basic: str, least: str, marked: TextFacts = ()) -> Outcome:
    """The member's basic criteria have `least` or better (C-59).

    `basic` says which those are: task results and the four qualities, or the yearly commitment too. `marked`
    are the criteria a unit's own form marks instead.
    """
    chosen = (*TASKS, *QUALITIES, *(("grade.commitment",) if basic == ALL else ()))
    return _all_at_least(case, marked or chosen, least)


@condition("grade_at_least_if_listed", 1, reads=EVERY)
def grade_at_least_if_listed(case: Case, *, entries: ListFact, criterion: TextFact, least: str) -> Outcome:
    """Where the list has entries, the criterion is graded `least` or better; an empty one asks nothing."""
    if not case.items(entries):
        return Outcome(Verdict.NOT_APPLICABLE, f"{entries} = ∅")
    return _all_at_least(case, (criterion,), least)


@condition("graded_if_listed", 1)
def graded_if_listed(case: Case, *, entries: ListFact, criterion: TextFact) -> Outcome:
    """Where the list has entries the criterion has its grade, whichever."""
    if not case.items(entries):
        return Outcome(Verdict.NOT_APPLICABLE, f"{entries} = ∅")
    return Outcome(Verdict.HOLDS, f"{criterion} = {case.text(criterion)}")


@condition("merits_shown", 1, reads=tuple(MERITS))
def merits_shown(case: Case, *, merits: FlagFacts) -> Outcome:
    """People found each of these so; one that is not so is enough, whatever is still missing."""
    found = {name: case.get(name) for name in merits}
    lacking = [name for name, value in found.items() if value is False]
    if lacking:
        return Outcome(Verdict.FAILS, "; ".join(f"{name}: ✗" for name in lacking))
    missing = tuple(name for name, value in found.items() if value is None)
    if missing:
        return Outcome(Verdict.UNKNOWN, "", missing)
    return Outcome(Verdict.HOLDS, "; ".join(f"{name}: ✓" for name in merits))


def _core(core: str, with_defence: bool) -> tuple[str, ...]:
    group = PARTY_BUILDING if core == WHOLE_GROUP else ()
    return (*group, *CORE, *((DEFENCE,) if with_defence else ()))


def _both(case: Case, core: tuple[str, ...], least_core: str, least_other: str) -> Outcome:
    """Core and remaining criteria together; a grade too low decides before what is missing does."""
    parts = [
        _all_at_least(case, core, least_core),
        _all_at_least(case, tuple(name for name in ORGANISATION if name not in core), least_other),
    ]
    for wanted in (Verdict.FAILS, Verdict.UNKNOWN):
        found = [part for part in parts if part.verdict is wanted]
        if found:
            missing = tuple(name for part in found for name in part.missing)
            return Outcome(wanted, "; ".join(part.comparison for part in found), missing)
    return Outcome(Verdict.HOLDS, "; ".join(part.comparison for part in parts))


def _all_at_least(case: Case, criteria: tuple[str, ...], least: str) -> Outcome:
    grades: dict[str, str] = {}
    missing: list[str] = []
    for name in criteria:
        if case.get(name) is not None:
            grades[name] = case.text(name)
        elif name != DEFENCE:
            missing.append(name)
        elif case.get("tasks.defence_assigned") is None:
            missing.append("tasks.defence_assigned")
        elif case.flag("tasks.defence_assigned"):
            missing.append(name)
    below = [name for name, grade in grades.items() if GRADES.index(grade) > GRADES.index(least)]
    if below:
        return Outcome(Verdict.FAILS, "; ".join(f"{name} = {grades[name]} < {least}" for name in below))
    if missing:
        return Outcome(Verdict.UNKNOWN, "", tuple(missing))
    return Outcome(Verdict.HOLDS, f"{len(grades)}/{len(grades)} ≥ {least}")
