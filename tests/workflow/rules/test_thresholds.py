"""The least number of papers that is printed is the number the rules themselves begin to let through."""

from __future__ import annotations

import pytest

from states import review as life
from workflow.rules.facts import Facts
from workflow.rules.finding import Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.thresholds import thresholds, votes_needed

DUK = Rulebook.load("duk_2016")
LEVELS = ("HTXSNV", "HTTNV", "HTNV", "KHTNV")


@pytest.mark.parametrize(
    ("members", "excellent", "good"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (3, 3, 2),  # two of three are exactly two thirds, which is not more
        (6, 5, 4),  # three of six are exactly half
        (7, 5, 4),
        (20, 14, 11),
        (21, 15, 11),  # fourteen of twenty-one are exactly two thirds
        (300, 201, 151),
    ],
)
def test_strictly_more_than_two_thirds_and_than_half(members: int, excellent: int, good: int) -> None:
    """DUK-2016, III.2.3.1 to III.2.3.4."""
    found = {
        one.level: one.least for one in thresholds(DUK, life.INDIVIDUAL, LEVELS, members=members, year=2016)
    }
    assert found == {"HTXSNV": excellent, "HTTNV": good, "HTNV": good, "KHTNV": good}


@pytest.mark.parametrize("rulebook", ["duk_2016", "tkv_2018", "stc_2024", "bg_2019"])
@pytest.mark.parametrize("members", [1, 2, 5, 12, 21, 40])
def test_one_paper_fewer_fails_by_the_rule_that_will_judge_the_count(rulebook: str, members: int) -> None:
    book = Rulebook.load(rulebook)
    scale = book.scale(life.INDIVIDUAL)
    assert scale is not None
    found = thresholds(book, life.INDIVIDUAL, scale.levels, members=members, year=book.in_force.year)
    assert {one.level for one in found} == set(scale.levels)
    for one in found:
        assert one.least is not None
        for in_favour, verdict in ((one.least, Verdict.HOLDS), (one.least - 1, Verdict.FAILS)):
            facts = Facts.of(
                "test",
                {
                    "ballot.level": one.level,
                    "ballot.in_favour": in_favour,
                    "ballot.official_members": members,
                    "ballot.round": 1,
                    "campaign.year": book.in_force.year,
                },
            )
            assert {judge_rule(book, rule, facts).verdict for rule in one.rules} == {verdict}, one


def test_where_nobody_counts_no_number_is_enough() -> None:
    found = thresholds(DUK, life.INDIVIDUAL, LEVELS, members=0, year=2016)
    assert {one.least for one in found} == {None}


def test_a_regime_without_ballot_has_no_threshold() -> None:
    book = Rulebook.load("qd366_2025")
    assert thresholds(book, life.INDIVIDUAL, LEVELS, members=21, year=2025) == ()


def test_a_page_names_the_number_the_rules_let_through() -> None:
    """Eight of twelve are exactly two thirds, six exactly half: one more is needed (DUK-2016, III.2.3)."""
    asked = {level: votes_needed(DUK, life.INDIVIDUAL, level, members=12, year=2016) for level in LEVELS[:2]}
    assert asked == {"HTXSNV": 9, "HTTNV": 7}


def test_where_no_rule_asks_for_votes_no_number_is_named() -> None:
    """CDTKV-2020 has no ballot."""
    book = Rulebook.load("cdtkv_2020")
    scale = book.scale(life.INDIVIDUAL)
    assert scale is not None
    assert votes_needed(book, life.INDIVIDUAL, scale.levels[0], members=12, year=2020) is None
