"""A rating names its reasons and what stands against a level; motions, due dates, venues follow the data."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from workflow.rules.ballots import next_motion
from workflow.rules.due_dates import due_dates
from workflow.rules.facts import Facts, FactValue
from workflow.rules.judge import blocking, judge
from workflow.rules.rating import rate
from workflow.rules.rulebook import Rulebook


@cache
def duk() -> Rulebook:
    return Rulebook.load("duk_2016", opened_on=date(2016, 12, 1))


def test_a_motion_that_fails_is_followed_by_the_next_lower_level() -> None:
    assert next_motion(duk(), "individual", "HTXSNV") == "HTTNV"
    assert next_motion(duk(), "individual", "KHTNV") is None


def test_counting_judges_only_the_threshold_of_the_level_voted_on() -> None:
    facts = Facts.of(
        "ballot/b1",
        {
            "ballot.level": "HTTNV",
            "ballot.in_favour": 10,
            "ballot.official_members": 19,
            "ballot.exempt_members": 0,
            "ballot.day": date(2017, 1, 10),
            "campaign.year": 2016,
        },
    )
    assert blocking(judge(duk(), "count_ballot", "individual", facts)) == ()


def test_what_stands_against_a_level_names_the_rule_that_could_be_excepted() -> None:
    known: dict[str, FactValue | None] = {
        "subject.status": "official",
        "subject.admitted_on": date(1998, 5, 19),
        "subject.is_staff": False,
        "campaign.year": 2016,
        "ballot.day": date(2017, 1, 10),
        "task.completion": "good",
        "fault.cell_tasks": False,
        "fault.prohibited_conduct": False,
        "fault.refused_assignment": False,
        "fault.disunity": False,
        "lists.discipline": (),
        "lists.sick_leave": ((date(2016, 2, 1), date(2016, 4, 30)),),
    }
    rating = rate(duk(), "individual", Facts.of("x", known))
    assert rating.level == "HTNV"
    assert [finding.rule for finding in rating.against("HTTNV")] == ["duk.sick_leave_cap"]
    assert rating.against("HTNV") == ()
    assert rating.against_motion("KHTNV"), "no fault is there, so the lowest level is not put to the vote"
    at_fault = rate(duk(), "individual", Facts.of("x", {**known, "fault.disunity": True}))
    assert at_fault.against_motion("KHTNV") == ()
    assert "duk.fault_disunity" in {finding.rule for finding in at_fault.against("HTTNV")}


def test_a_kind_without_a_scale_has_no_computed_level() -> None:
    with pytest.raises(LookupError, match="computes no level for collective"):
        rate(duk(), "collective", Facts())


def test_the_due_dates_of_2016_and_their_last_safe_working_days() -> None:
    found = {due.rule: due for due in due_dates(duk(), 2016)}
    rating, report = found["duk.deadline_rating"], found["duk.deadline_report"]
    assert (rating.last_good_day, rating.last_safe_day) == (date(2017, 1, 30), date(2017, 1, 25))
    assert (report.last_good_day, report.last_safe_day) == (date(2017, 2, 5), date(2017, 2, 3))
    assert found["duk.deadline_bloc_review"].last_good_day == date(2017, 2, 19)
    assert found["duk.deadline_bloc_report"].last_good_day == date(2017, 2, 28)


def test_the_dated_deadlines_are_for_2016_alone() -> None:
    rulebook = Rulebook.load("duk_2016", opened_on=date(2017, 12, 1))
    assert {due.rule for due in due_dates(rulebook, 2017)} == {
        "duk.deadline_review",
        "duk.deadline_rating",
        "duk.deadline_report",
        "duk.deadline_report_collective",
    }


@pytest.mark.parametrize(
    ("posts", "venues"),
    [
        ([], ["cell"]),
        ([("dang_bo_co_so", "head"), ("leadership_collective", "head")], ["committee", "leadership", "cell"]),
        (
            [("dang_bo_co_so", "committee_member"), ("leadership_collective", "deputy")],
            ["leadership", "cell"],
        ),
        ([("dang_bo_co_so", "committee_member"), ("chi_bo_truc_thuoc", "head")], ["cell"]),
        ([("chi_bo_truc_thuoc", "deputy")], ["committee", "cell"]),
        ([("dang_bo_khoi", "standing_member"), ("leadership_collective", "head")], ["committee", "cell"]),
        ([("leadership_collective", "leading_member")], ["leadership", "cell"]),
        ([("mass_organisation", "head")], ["cell"]),
    ],
)
def test_the_specific_list_of_venues_governs(posts: list[tuple[str, str]], venues: list[str]) -> None:
    """DUK-2016, II.1.2.2; reading C-33. The cell comes last (C-79)."""
    assert [venue.kind for venue in duk().venues_for(posts)] == venues
