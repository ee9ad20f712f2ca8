"""The order of C-16: triggers, conditions, caps; gaps between levels, discretion, and the trace of it all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.rules.shelf import SCALES, put
from workflow.rules.facts import Facts, FactValue
from workflow.rules.loading import load_rulebook
from workflow.rules.rating import Rating, Standing, rate
from workflow.rules.refusals import RulebookRefused
from workflow.rules.rulebook import Rulebook
from workflow.rules.trace import Did, StepName

RULE = """
[[rule]]
id = "test.{name}"
rows = ["TEST.1"]
cite = "TEST, I.1"
says.vi = "Thử."
says.en = "A test."
role = "{role}"
level = "{level}"
kinds = ["individual"]
force = "refuse"
{more}
"""


def rule(name: str, role: str, level: str, more: str) -> str:
    return RULE.format(name=name, role=role, level=level, more=more)


def at_most(fact: str, most: int) -> str:
    return f'condition = "at_most@1"\nfact = "{fact}"\nmost = {most}'


def is_true(fact: str) -> str:
    return f'condition = "is_true@1"\nfact = "{fact}"'


# Points are counted as tasks short of the full score, so that a whole number and a small rulebook will do.
LEVELS = "".join(
    (
        rule("top", "condition", "HTXSNV", at_most("tasks.deficient", 0)),
        rule("good", "condition", "HTTNV", at_most("tasks.deficient", 1)),
        rule("good_bound", "condition", "HTTNV", "upper_bound = true\n" + at_most("tasks.exceeded", 5)),
        rule("done", "condition", "HTNV", at_most("tasks.deficient", 3)),
        rule("done_bound", "condition", "HTNV", "upper_bound = true\n" + at_most("tasks.exceeded", 2)),
        rule("fault", "trigger", "KHTNV", is_true("fault.cell_tasks")),
        rule("remedied", "trigger", "KHTNV", "discretion = true\n" + is_true("fault.disunity")),
        rule("cap", "cap", "HTNV", is_true("fault.refused_assignment")),
    )
)
CLEAN: dict[str, FactValue | None] = {
    "tasks.deficient": 0,
    "tasks.exceeded": 0,
    "fault.cell_tasks": False,
    "fault.disunity": False,
    "fault.refused_assignment": False,
}
FLOW = '\n[flow.individual]\nrows = ["TEST.9"]\ncite = "TEST, II"\n'


def book(shelf: Path, flow: str = "", more: str = "") -> Rulebook:
    put(shelf, "test", LEVELS + more, header=SCALES + (FLOW + flow if flow else ""))
    return load_rulebook("test", shelf=shelf)


def rated(rulebook: Rulebook, **known: FactValue) -> Rating:
    facts = CLEAN | {name.replace("__", "."): value for name, value in known.items()}
    return rate(rulebook, "individual", Facts.of("a case", facts))


def steps(rating: Rating) -> list[tuple[StepName, str | None, Did, str | None]]:
    return [(step.name, step.about, step.did, step.after) for step in rating.trace]


def test_the_trace_goes_down_the_levels_and_ends_with_the_caps(tmp_path: Path) -> None:
    rating = rated(book(tmp_path), tasks__deficient=1, fault__refused_assignment=True)
    assert (rating.standing, rating.level) == (Standing.LEVEL, "HTNV")
    assert steps(rating) == [
        (StepName.EXEMPT, None, Did.NOTHING, None),
        (StepName.TRIGGERS, None, Did.NOTHING, None),
        (StepName.CONDITIONS, "HTXSNV", Did.PASSED_OVER, None),
        (StepName.CONDITIONS, "HTTNV", Did.GAVE, "HTTNV"),
        (StepName.CAPS, None, Did.LOWERED, "HTNV"),
    ]
    assert [finding.rule for finding in rating.trace[-1].findings] == ["test.cap"]


def test_what_people_did_follows_in_the_trace(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    scale = rulebook.scale("individual")
    assert scale is not None
    told = rated(rulebook).after(scale, voted="HTTNV", decided="HTNV")[-2:]
    assert [(step.name, step.did, step.before, step.after) for step in told] == [
        (StepName.BALLOT, Did.LOWERED, "HTXSNV", "HTTNV"),
        (StepName.DECISION, Did.LOWERED, "HTTNV", "HTNV"),
    ]
    kept = rated(rulebook, tasks__deficient=1).after(scale, voted="HTXSNV", decided="HTXSNV")[-2:]
    assert [step.did for step in kept] == [Did.NOTHING, Did.RAISED]


def test_a_trigger_without_a_ballot_leads_to_its_level_directly(tmp_path: Path) -> None:
    rating = rated(book(tmp_path), fault__cell_tasks=True)
    assert (rating.standing, rating.level) == (Standing.LEVEL, "KHTNV")
    assert steps(rating)[-1] == (StepName.TRIGGERS, None, Did.GAVE, "KHTNV")
    assert {finding.rule for finding in rating.against("HTNV")} == {"test.fault"}


def test_discretion_leads_to_the_level_and_lets_the_decider_go_higher(tmp_path: Path) -> None:
    """QD366-2025.18: found and put right by themselves, the decider may see it otherwise."""
    rating = rated(book(tmp_path), fault__disunity=True)
    assert (rating.standing, rating.level) == (Standing.LEVEL, "KHTNV")
    assert rating.against("HTXSNV") == ()
    both = rated(book(tmp_path), fault__disunity=True, fault__cell_tasks=True)
    assert {finding.rule for finding in both.against("HTXSNV")} == {"test.fault"}


def test_in_a_gap_of_points_the_decider_chooses_at_or_below_the_level_that_lies_lower(tmp_path: Path) -> None:
    """QD366-2025.22: 92 points and one task late fit no level; the next lower one lacks only its bound."""
    rulebook = book(tmp_path, 'suggests = "highest"\n')
    rating = rated(rulebook, tasks__deficient=1, tasks__exceeded=6)
    assert (rating.standing, rating.level) == (Standing.NO_LEVEL, None)
    assert (rating.suggestion, rating.choices) == ("HTTNV", ("HTTNV", "HTNV", "KHTNV"))
    assert rating.against("HTTNV") == ()
    assert {finding.rule for finding in rating.against("HTXSNV")} == {"test.top"}
    assert steps(rating)[-1] == (StepName.OTHERWISE, None, Did.LEFT_OPEN, None)


def test_a_layer_may_let_the_level_fall_through(tmp_path: Path) -> None:
    rulebook = book(tmp_path, 'point_gap = "fall_through"\n')
    rating = rated(rulebook, tasks__deficient=1, tasks__exceeded=6)
    assert (rating.standing, rating.level) == (Standing.LEVEL, "HTTNV")
    assert steps(rating)[-1] == (StepName.OTHERWISE, None, Did.GAVE, "HTTNV")


def test_a_gap_above_the_lowest_level_is_between_the_two_lowest(tmp_path: Path) -> None:
    """CDTKV-2020, C-49: HTNV's conditions fail and nothing says KHTNV; the lowest is put forward."""
    rating = rated(book(tmp_path), tasks__deficient=4)
    assert rating.standing is Standing.NO_LEVEL
    assert (rating.suggestion, rating.choices) == ("KHTNV", ("HTNV", "KHTNV"))
    assert rating.against("HTNV") == ()
    assert rating.against("HTTNV") != ()


def test_a_cap_holds_in_a_gap_too(tmp_path: Path) -> None:
    rulebook = book(tmp_path, 'suggests = "highest"\n')
    rating = rated(rulebook, tasks__deficient=1, tasks__exceeded=6, fault__refused_assignment=True)
    assert rating.choices == ("HTNV", "KHTNV")
    assert "test.cap" in {finding.rule for finding in rating.against("HTTNV")}


def test_a_clause_may_give_the_level_of_whoever_meets_no_better_one(tmp_path: Path) -> None:
    """TKV-2018.94: whoever does not reach HTNV is KHTNV; there is no gap to choose in."""
    rulebook = book(tmp_path, more=rule("else", "otherwise", "KHTNV", 'condition = "otherwise@1"'))
    rating = rated(rulebook, tasks__deficient=4)
    assert (rating.standing, rating.level, rating.choices) == (Standing.LEVEL, "KHTNV", ())
    assert [f.rule for f in rating.trace[-1].findings] == ["test.else"]
    assert rated(rulebook, tasks__deficient=3).level == "HTNV"


def test_a_gap_waits_until_everything_is_known(tmp_path: Path) -> None:
    facts = {name: value for name, value in CLEAN.items() if name != "tasks.deficient"}
    rating = rate(book(tmp_path), "individual", Facts.of("a case", facts))
    assert (rating.standing, rating.missing) == (Standing.UNKNOWN, ("tasks.deficient",))
    assert steps(rating)[-2] == (StepName.CONDITIONS, "HTXSNV", Did.LEFT_OPEN, None)


def test_without_criteria_the_level_is_entered_and_defects_and_caps_still_bind(tmp_path: Path) -> None:
    """C-51, C-91: nothing is computed; what a clause forbids stays forbidden."""
    rulebook = book(tmp_path, "computed = false\n")
    rating = rated(rulebook, fault__refused_assignment=True)
    assert (rating.standing, rating.level) == (Standing.ENTERED, None)
    assert "test.cap" in {finding.rule for finding in rating.against("HTTNV")}
    assert rated(rulebook, fault__cell_tasks=True).level == "KHTNV"


CAPPED = rule(
    "under",
    "cap",
    "HTTNV",
    'condition = "one_of@1"\nfact = "others.collective_level"\nvalues = ["HTTNV", "HTNV", "KHTNV"]',
)


def test_a_cap_on_a_level_not_there_yet_keeps_nobody_waiting(tmp_path: Path) -> None:
    """It is checked by whichever of the two acts comes second."""
    rulebook = book(tmp_path, more=CAPPED)
    waiting = rated(rulebook)
    assert (waiting.standing, waiting.level) == (Standing.LEVEL, "HTXSNV")
    assert waiting.against("HTXSNV") == ()
    assert waiting.ceiling == "HTTNV", "for certain no more than the cap would leave"
    held = rated(rulebook, others__collective_level="HTTNV")
    assert held.level == "HTTNV"
    assert {finding.rule for finding in held.against("HTXSNV")} == {"test.under"}
    assert rated(rulebook, others__collective_level="HTXSNV").level == "HTXSNV"


@pytest.mark.parametrize(
    ("role", "key"), [("condition", "discretion"), ("trigger", "upper_bound"), ("cap", "upper_bound")]
)
def test_a_mark_stands_only_where_it_means_something(tmp_path: Path, role: str, key: str) -> None:
    wrong = rule("wrong", role, "HTNV", f"{key} = true\n" + is_true("fault.cell_tasks"))
    with pytest.raises(RulebookRefused, match=f"test.wrong, {key}: belongs to a"):
        book(tmp_path, more=wrong)
