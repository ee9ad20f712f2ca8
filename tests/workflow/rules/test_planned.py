"""Rules of a plan judged by one look at the case give what each of them gives when it is judged alone."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from workflow.rules.facts import VOCABULARY, Fact, Facts, FactValue
from workflow.rules.judge import blocking, failing, judge_rule
from workflow.rules.planned import FORESEEABLE
from workflow.rules.rulebook import Rulebook

SHIPPED = ("bg_2019", "cdtkv_2020", "duk_2016", "qd366_2025", "stc_2024", "tkv_2018")
KINDS = ("individual", "collective", "organisation")
FIRST = date(2017, 1, 3)


def drawn(chance: Random, names: frozenset[str]) -> Facts:
    """Values for most of these facts, of few cases, so that cases come twice."""
    found: dict[str, Fact] = {}
    for name in sorted(names):
        if chance.random() < 0.15:
            continue
        kind = VOCABULARY[name]
        value: FactValue
        if name == "session.at" or name.endswith("_at"):
            value = f"{FIRST + timedelta(days=chance.randrange(3))}#00{chance.randrange(3)}"
        elif kind.choices:
            value = chance.choice(sorted(kind.choices))
        elif kind.type is date:
            value = FIRST + timedelta(days=chance.randrange(-4, 6))
        elif kind.type is bool:
            value = chance.random() < 0.7
        elif kind.type is int:
            value = chance.randrange(3)
        else:
            continue
        found[name] = Fact(value, f"drawn {name}")
    return Facts(found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("book", SHIPPED)
def test_what_stops_a_plan_is_what_each_rule_says_alone(book: str, kind: str) -> None:
    remembering, fresh = Rulebook.load(book), Rulebook.load(book)
    planned = remembering.rules_of_plan(kind)
    chance = Random(f"{book} {kind}")
    cases = [drawn(chance, planned.names) for _ in range(60)]
    for facts in (*cases, *cases):
        alone = blocking(judge_rule(fresh, fresh.rule(rule.id), facts) for rule in planned.rules)
        assert failing(remembering, planned, facts) == alone


def test_a_case_that_stops_nothing_is_remembered_and_one_that_stops_is_not() -> None:
    """DUK-2016, II.3.2: who leads is reviewed before the other members."""
    book = Rulebook.load("duk_2016")
    planned = book.rules_of_plan("individual")
    day = date(2017, 1, 10)
    known = _of_a_member(day)
    in_turn = Facts(known)
    too_early = Facts(known | {"order.leaders_pending": Fact(1, "said here")})
    for _ in range(2):
        assert failing(book, planned, in_turn) == ()
        assert [finding.rule for finding in failing(book, planned, too_early)] == [
            "duk.leaders_before_members"
        ]
    assert planned.passed(planned.case.key(in_turn))
    assert not planned.passed(planned.case.key(too_early))


def test_the_moment_of_a_session_is_judged_for_each() -> None:
    """DUK-2016, II.3.2: what is remembered from after the collective's session lets none before it pass."""
    book = Rulebook.load("duk_2016")
    planned = book.rules_of_plan("individual")
    day = date(2017, 1, 10)
    after = Facts(_of_a_member(day))
    before = Facts(_of_a_member(day) | {"session.at": Fact(f"{day.isoformat()}#000", "said here")})
    assert failing(book, planned, after) == ()
    assert planned.case.key(after) == planned.case.key(before)
    assert "duk.collective_first_in_cell" in {finding.rule for finding in failing(book, planned, before)}


def test_a_plan_is_judged_by_rules_of_planning_and_by_what_can_be_foreseen() -> None:
    for name in SHIPPED:
        book = Rulebook.load(name)
        for kind in KINDS:
            planned = book.rules_of_plan(kind)
            own = book.rules_at("plan_session", kind)
            assert planned.rules[: len(own)] == own
            assert all(book.facts_of_rule(rule) <= FORESEEABLE for rule in planned.rules[len(own) :])
            assert len({rule.id for rule in planned.rules}) == len(planned.rules)
            assert all("session.at" in book.facts_of_rule(rule) for rule in planned.anew)


def _of_a_member(day: date) -> dict[str, Fact]:
    values: dict[str, FactValue] = {
        "campaign.year": 2016,
        "today": day,
        "meeting.day": day,
        "session.at": f"{day.isoformat()}#002",
        "session.venue_kind": "cell",
        "session.chair_role": "head",
        "subject.is_leader": False,
        "subject.is_head": False,
        "subject.is_staff": True,
        "organisation.type": "chi_bo_truc_thuoc",
        "cell.has_groups": False,
        "cell.is_joint": False,
        "order.collective_exists": True,
        "order.collective_at": f"{day.isoformat()}#001",
        "order.leaders_pending": 0,
        "order.other_venues_pending": 0,
        "order.deputies_here": 1,
    }
    return {name: Fact(value, "said here") for name, value in values.items()}
