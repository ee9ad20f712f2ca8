"""Grades of criteria under both readings and a unit's own marks; violations once; a unit's own day."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.rules.shelf import layer
from workflow.rules.conditions.grades import CORE, DEFENCE, ORGANISATION, PARTY_BUILDING
from workflow.rules.conditions.shipped import find_condition
from workflow.rules.facts import FactError, Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.loading import SHIPPED, load_rulebook
from workflow.rules.rating import Standing, rate
from workflow.rules.rulebook import Rulebook
from workflow.rules.topics.grades import CRITERIA, GRADES


@cache
def tkv() -> Rulebook:
    return Rulebook.load("tkv_2018")


def found(rule_id: str, facts: dict[str, Any], **parameters: Any) -> Finding:
    rule = tkv().rule(rule_id)
    changed = replace(rule, parameters={**rule.parameters, **parameters})
    return judge_rule(tkv(), changed, Facts.of("test", facts))


def grades(**other: str) -> dict[str, str]:
    """Every criterion of an organisation Xuất sắc, but for those named."""
    return dict.fromkeys(ORGANISATION, "XUAT_SAC") | {f"grade.{name}": grade for name, grade in other.items()}


def test_the_whole_group_is_core_where_a_unit_reads_it_so() -> None:
    facts = grades(ideology="TOT")
    assert found("tkv.excellent_core_grades", facts).verdict is Verdict.HOLDS
    assert found("tkv.excellent_core_grades", facts, core="whole_group").verdict is Verdict.FAILS
    assert found("tkv.excellent_other_core", facts).verdict is Verdict.FAILS
    assert found("tkv.excellent_other_core", facts, core="whole_group").verdict is Verdict.FAILS


def test_criteria_a_unit_marks_in_its_form_are_the_core_instead() -> None:
    marked = ("grade.inspection",)
    facts = grades(task_production="TOT")
    assert found("tkv.excellent_core_grades", facts, marked=marked).verdict is Verdict.HOLDS
    assert found("tkv.excellent_other_grades", facts, marked=marked).verdict is Verdict.HOLDS
    low = grades(inspection="TOT")
    assert found("tkv.excellent_core_grades", low, marked=marked).verdict is Verdict.FAILS


def test_a_mark_that_is_no_criterion_is_refused_when_the_layer_is_read() -> None:
    registered = find_condition("core_grades_at_least@1")
    assert registered is not None
    assert registered.parameters["marked"].problem(("grade.inspection",)) is None
    assert "not in the vocabulary" in str(registered.parameters["marked"].problem(("grade.nothing",)))
    assert "a bool, where a str is read" in str(registered.parameters["marked"].problem(("merit.product",)))


@pytest.mark.parametrize("with_defence", [True, False])
def test_core_and_remaining_criteria_are_all_there_are(with_defence: bool) -> None:
    core = (*CORE, DEFENCE) if with_defence else CORE
    assert set(core) <= set(ORGANISATION)
    assert set(PARTY_BUILDING) < set(ORGANISATION) <= set(CRITERIA)


def test_one_grade_too_low_decides_before_what_is_missing_does() -> None:
    low = found("tkv.done_grades", {"grade.inspection": "KEM"})
    assert low.verdict is Verdict.FAILS
    assert low.comparison == "grade.inspection = KEM < TRUNG_BINH"
    open_yet = found("tkv.done_grades", {"grade.inspection": "TOT"})
    assert open_yet.verdict is Verdict.UNKNOWN
    assert "tasks.defence_assigned" in open_yet.missing
    assert DEFENCE not in open_yet.missing, "whether it was assigned is asked first"


def test_the_yearly_commitment_is_basic_where_a_unit_reads_it_so() -> None:
    facts = dict.fromkeys(
        (
            "grade.political_ideology",
            "grade.ethics",
            "grade.discipline",
            "grade.working_style",
            "grade.task_results",
        ),
        "TRUNG_BINH",
    ) | {"grade.commitment": "KEM"}
    assert found("tkv.member_done_basic", facts).verdict is Verdict.HOLDS
    assert found("tkv.member_done_basic", facts, basic="all").verdict is Verdict.FAILS


def test_a_grade_has_one_of_four_names() -> None:
    assert GRADES == ("XUAT_SAC", "TOT", "TRUNG_BINH", "KEM")
    with pytest.raises(FactError):
        Facts.of("test", {"grade.ethics": "KHA"})


def test_a_layer_takes_the_other_reading_with_its_own_document(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "tkv_2018", tmp_path / "tkv_2018")
    layer(
        tmp_path,
        "mo_than",
        "tkv_2018",
        """
[[set]]
reading = "C-93"
value = "whole_group"
cite = "Kế hoạch 05-KH/ĐU"

[[set]]
rule = "tkv.vote_threshold"
off = true
cite = "Kế hoạch 05-KH/ĐU"
""",
    )
    book = load_rulebook("mo_than", shelf=tmp_path)
    rule = book.rule("tkv.excellent_core_grades")
    assert rule.parameters["core"] == "whole_group"
    assert judge_rule(book, rule, Facts.of("test", grades(ideology="TOT"))).verdict is Verdict.FAILS
    with pytest.raises(KeyError):
        book.rule("tkv.vote_threshold")


def test_nobody_who_reaches_no_level_is_left_without_one() -> None:
    """The document says otherwise: whoever does not reach completed is not completed (MỨC-ĐV KHTNV)."""
    known: dict[str, Any] = dict.fromkeys(CRITERIA, "KEM") | {
        "subject.status": "official",
        "subject.is_leader": False,
        "campaign.year": 2018,
        "tasks.assigned": 4,
        "tasks.done": 4,
        "lists.violations": (),
        "lists.open_findings": (),
        "lists.suggestions": (),
    }
    rating = rate(tkv(), "individual", Facts.of("test", known))
    assert (rating.standing, rating.level) == (Standing.LEVEL, "KHTNV")
    del known["grade.ethics"]
    known["grade.task_results"] = "TRUNG_BINH"
    low_elsewhere = rate(tkv(), "individual", Facts.of("test", known))
    assert (low_elsewhere.standing, low_elsewhere.level) == (Standing.LEVEL, "KHTNV")


def violation(who: str, key: str, on: date, *, disciplined: bool = True, self_detected: bool = False) -> Any:
    return (who, key, "", on, "other", disciplined, self_detected, False)


def test_a_violation_counts_in_the_year_of_its_first_decision_and_for_each_person_once() -> None:
    facts: dict[str, Any] = {"campaign.year": 2018}
    twice = (violation("0004", "V1", date(2018, 3, 1)), violation("0004", "V1", date(2018, 5, 1)))
    one = found("tkv.member_disciplined", facts | {"lists.violations": twice})
    assert (one.verdict, one.comparison) == (Verdict.HOLDS, "1 > 0")
    earlier = (violation("0004", "V1", date(2017, 12, 31)), *twice)
    assert found("tkv.member_disciplined", facts | {"lists.violations": earlier}).verdict is Verdict.FAILS
    another = (*earlier, violation("0004", "V2", date(2018, 1, 1)))
    assert found("tkv.member_disciplined", facts | {"lists.violations": another}).verdict is Verdict.HOLDS


def test_two_people_in_one_case_are_two_violations() -> None:
    facts: dict[str, Any] = {"campaign.year": 2018, "organisation.type": "chi_bo_truc_thuoc"}
    both = (
        violation("0004", "V1", date(2017, 3, 1)),
        violation("0005", "V1", date(2018, 3, 1)),
    )
    held = found("tkv.done_members_not_disciplined", facts | {"lists.violations": both})
    assert (held.verdict, held.comparison) == (Verdict.FAILS, "1 > 0")


@pytest.mark.parametrize(
    ("reviewed", "ballot", "days"),
    [
        (date(2018, 12, 10), date(2018, 12, 10), 0),
        (date(2018, 12, 7), date(2018, 12, 8), 0),  # a Saturday
        (date(2018, 12, 7), date(2018, 12, 10), 1),
        (date(2018, 12, 28), date(2019, 1, 2), 1),  # 31/12 and 01/01 are days off
    ],
)
def test_the_ballot_follows_the_review_at_once(reviewed: date, ballot: date, days: int) -> None:
    finding = found("tkv.rated_at_once", {"review.reviewed_on": reviewed, "ballot.day": ballot})
    assert finding.verdict is (Verdict.HOLDS if days == 0 else Verdict.FAILS)
    assert {operand.name: operand.value for operand in finding.operands}["days"] == days


def test_a_ballot_before_the_review_ended_does_not_follow_it() -> None:
    facts = {"review.reviewed_on": date(2018, 12, 10), "ballot.day": date(2018, 12, 9)}
    assert found("tkv.rated_at_once", facts).verdict is Verdict.FAILS
