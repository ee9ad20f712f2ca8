"""Every worked example is judged, and every rule that decides something has cases on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from tests.examples.reading import FOLDER, facts_from, read, rule_files
from workflow.rules.facts import VOCABULARY, Facts
from workflow.rules.finding import Force, Verdict
from workflow.rules.finding_codec import findings_from_bytes, findings_to_bytes
from workflow.rules.judge import blocking, judge_rule, recompute
from workflow.rules.quota import judge_quota, quota_room
from workflow.rules.rating import rate
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence

OUTCOMES = [verdict.value for verdict in Verdict]
DECIDE = {
    Role.CONDITION, Role.TRIGGER, Role.CAP, Role.THRESHOLD, Role.QUOTA, Role.EXEMPTION, Role.DEADLINE,
}  # fmt: skip
NEVER_FAIL = ("known@1", "neighbours_rated@1")


@cache
def duk() -> Rulebook:
    return Rulebook.load("duk_2016")


def cases() -> Iterator[Any]:
    for path in rule_files():
        for rule_id, table in read(path).items():
            for outcome in OUTCOMES:
                for number, case in enumerate(table.get(outcome, ()), start=1):
                    facts = {key: value for key, value in case.items() if key not in ("because", "missing")}
                    yield pytest.param(
                        rule_id,
                        facts_from(table.get("given", {}), facts),
                        outcome,
                        tuple(case.get("missing", ())),
                        id=f"{rule_id}-{outcome}-{number}",
                    )


CASES = list(cases())


@pytest.mark.parametrize(("rule_id", "facts", "outcome", "missing"), CASES)
def test_the_rule_comes_out_as_the_example_says(
    rule_id: str, facts: Facts, outcome: str, missing: tuple[str, ...]
) -> None:
    finding = judge_rule(duk(), duk().rule(rule_id), facts)
    assert finding.verdict == outcome, f"{finding.comparison} {finding.missing}"
    if missing:
        assert finding.missing == missing


def test_a_stored_finding_is_judged_again_from_its_operands_alone() -> None:
    """Replay compares the two; a difference would accuse somebody of changing the record."""
    for case in CASES:
        rule_id, facts, *_ = case.values
        finding = judge_rule(duk(), duk().rule(rule_id), facts)
        (stored,) = findings_from_bytes(findings_to_bytes([finding]))
        assert stored == finding, case.id
        assert recompute(stored, duk()) == finding, case.id


def test_a_rule_reads_no_fact_it_does_not_announce() -> None:
    """A caller gathers what `facts_of_rule` lists; what else a rule read would never be known."""
    for case in CASES:
        rule = duk().rule(str(case.values[0]))
        finding = judge_rule(duk(), rule, case.values[1])
        read = {operand.name for operand in finding.operands if operand.name in VOCABULARY}
        assert read | set(finding.missing) <= duk().facts_of_rule(rule), case.id


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_is_a_sentence_with_its_clause(language: str) -> None:
    for case in CASES:
        rule_id, facts, *_ = case.values
        finding = judge_rule(duk(), duk().rule(rule_id), facts)
        words = sentence(finding, duk(), language)
        assert finding.cite in words, case.id
        assert "{" not in words or "∈" in words or "∉" in words, words
        if finding.verdict is not Verdict.UNKNOWN:
            assert "…" not in words, f"a place in the sentence has no value: {words}"


def test_every_example_is_for_a_rule_there_is() -> None:
    known = {rule.id for rule in duk().rules}
    told = {rule_id for path in rule_files() for rule_id in read(path)}
    assert told <= known


@pytest.mark.parametrize("rule", [r for r in Rulebook.load("duk_2016").rules if r.role is not Role.GUIDANCE])
def test_every_rule_that_decides_has_a_case_on_both_sides(rule: Rule) -> None:
    if rule.force not in (Force.REFUSE, Force.ASK_PERSON, Force.WARN) and rule.role not in DECIDE:
        return
    tables = [table for path in rule_files() for rule_id, table in read(path).items() if rule_id == rule.id]
    assert len(tables) == 1, "one table of examples a rule"
    other = "unknown" if rule.condition in NEVER_FAIL else "fails"
    assert tables[0].get("holds"), "no example that holds"
    assert tables[0].get(other), f"no example of {other}"


def level_cases(name: str) -> Iterator[Any]:
    content = read(FOLDER / f"{name}.toml")
    for case in content["case"]:
        facts = {**content["given"], **case.get("facts", {})}
        for left_out in case.get("without", ()):
            del facts[left_out]
        yield pytest.param(name.split("s-")[0], facts_from(facts), case, id=case["because"])


@pytest.mark.parametrize(
    ("whose", "facts", "case"), [*level_cases("members-levels"), *level_cases("organisations-levels")]
)
def test_the_whole_case_comes_to_the_level_the_example_says(
    whose: str, facts: Facts, case: dict[str, Any]
) -> None:
    rating = rate(duk(), "individual" if whose == "member" else "organisation", facts)
    assert rating.standing == case.get("standing", "level")
    assert rating.level == case.get("level")
    for name in ("suggestion", "ceiling", "possible", "effect"):
        if name in case:
            assert getattr(rating, name) == case[name], name
    if "missing" in case:
        assert set(rating.missing) == set(case["missing"])


@pytest.mark.parametrize("case", read(FOLDER / "quota-lists.toml")["list"], ids=lambda case: case["because"])
def test_the_closed_list_stands_or_falls_as_the_example_says(case: dict[str, Any]) -> None:
    facts = facts_from(case["facts"])
    assert [finding.rule for finding in blocking(judge_quota(duk(), facts))] == case["refused_by"]
    assert quota_room(duk(), facts) == case.get("room")
