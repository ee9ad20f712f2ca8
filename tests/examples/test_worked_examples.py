"""Every worked example of every regime comes out as it says, and every rule that decides has both sides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handlers.cases.judged import DueCase, RuleCase
from handlers.cases.living import live
from handlers.cases.results import Result
from handlers.cases.running import Read, read
from handlers.cases.shelves import Shelf, shipped
from handlers.cases.stories import Story
from workflow.database import Database
from workflow.rules.facts import VOCABULARY
from workflow.rules.finding import Force, Verdict
from workflow.rules.finding_codec import findings_from_bytes, findings_to_bytes
from workflow.rules.judge import judge_rule, recompute
from workflow.rules.rule import Role, Rule
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import cited, sentence

FOLDER = Path(__file__).parent
DECIDE = {
    Role.CONDITION, Role.TRIGGER, Role.CAP, Role.THRESHOLD, Role.QUOTA, Role.EXEMPTION, Role.DEADLINE,
}  # fmt: skip
NEVER_FAIL = ("known@1", "neighbours_rated@1", "graded_if_listed@1", "merged_if_small@1")
SHELF = Shelf()


@cache
def files() -> tuple[Read, ...]:
    """Every file of examples, read once."""
    return tuple(read(path, SHELF, str(path.relative_to(FOLDER))) for path in sorted(FOLDER.glob("*/*.toml")))


@cache
def book(name: str) -> Rulebook:
    """The rulebook, loaded once."""
    return SHELF.load(name)


def own_rules(name: str) -> list[Rule]:
    """The rules a regime or layer brings itself; what it takes over has its examples there."""
    return [rule for rule in book(name).rules if not book(name).layers or rule.layer == name]


def told_of(name: str) -> list[Read]:
    return [one for one in files() if one.file.path.parent.name == name]


def cases() -> Iterator[Any]:
    for one in files():
        for case in one.cases:
            if not isinstance(case, Story):
                name = str(case.place).replace(":", "-")
                yield pytest.param(one, case, id=f"{name} {case.because}".strip())


def stories() -> Iterator[Any]:
    for one in files():
        for story in one.stories:
            yield pytest.param(one, story, id=f"{one.file.path.parent.name}-{story.name}")


RULE_CASES = [(one, case) for one in files() for case in one.cases if isinstance(case, RuleCase)]


def test_every_file_of_examples_can_be_run() -> None:
    assert [problem.sentence("en") for one in files() for problem in one.problems] == []


@pytest.mark.parametrize(("one", "case"), list(cases()))
def test_the_case_comes_out_as_it_says(one: Read, case: Any) -> None:
    assert one.file.rulebook is not None
    assert differences(case.run(one.file.rulebook)) == []


@pytest.mark.parametrize(("one", "story"), list(stories()))
def test_the_story_goes_as_it_says(one: Read, story: Story, database_url: str) -> None:
    @contextmanager
    def databases() -> Iterator[Database]:
        database = Database(database_url)
        yield database
        database.close()

    assert differences(live(story, one.file.shelf, databases)) == []


def differences(result: Result) -> list[str]:
    """What came otherwise, as `kiemdiem check` shows it."""
    return [
        f"{result.place}: {wrong.what}: expected {wrong.expected}, got {wrong.got} "
        + " ".join(sentence.en for sentence in wrong.because)
        for wrong in result.wrong
    ]


@pytest.mark.parametrize("name", shipped())
def test_every_rule_that_decides_has_a_case_on_both_sides(name: str) -> None:
    outcomes: dict[str, set[str]] = {}
    for one in told_of(name):
        for case in one.file.cases:
            if isinstance(case, RuleCase):
                outcomes.setdefault(case.rule, set()).add(case.outcome)
    lacking = [
        rule.id
        for rule in own_rules(name)
        if decides(rule) and not outcomes.get(rule.id, set()) >= {"holds", other_side(rule)}
    ]
    assert lacking == [], "rules without an example on both sides"


@pytest.mark.parametrize("name", shipped())
def test_every_reading_is_shown_by_a_case(name: str) -> None:
    """A reading of a rule is shown by the rule's cases; another by a case that names it in `shows`."""
    shown: set[str] = set()
    for one in told_of(name):
        for case in one.cases:
            shown |= set(case.shows)
            if isinstance(case, RuleCase):
                rule = book(name).rule(case.rule)
                shown |= {rule.reading or "", *rule.by_reading.values()}
            if isinstance(case, DueCase):
                shown |= {book(name).rule(rule).reading or "" for rule in case.expected}
    named = {rule.reading for rule in own_rules(name) if rule.reading} | set(own_readings(name))
    assert sorted(named - shown) == [], "readings no case shows"


def own_readings(name: str) -> set[str]:
    """The readings a regime settles; a layer repeats what it takes over."""
    return set(book(name).settings) if not book(name).layers else set()


def decides(rule: Rule) -> bool:
    """Whether a rule has two sides; guidance has none, an otherwise-clause is asked on one side only.

    A rule whose open value no document gives judges nothing until a layer sets it (C-40).
    """
    return (
        set(rule.open) <= set(rule.parameters)
        and rule.role not in (Role.GUIDANCE, Role.OTHERWISE)
        and (rule.force in (Force.REFUSE, Force.ASK_PERSON, Force.WARN) or rule.role in DECIDE)
    )


def other_side(rule: Rule) -> str:
    return "unknown" if rule.condition in NEVER_FAIL else "fails"


@pytest.mark.parametrize("name", shipped())
def test_a_rule_has_its_examples_in_one_table(name: str) -> None:
    """Two tables of one rule in two files would each look complete."""
    tables = [key for one in told_of(name) for key in one.file.shows]
    assert sorted({key for key in tables if tables.count(key) > 1}) == []


def test_a_stored_finding_is_judged_again_from_its_operands_alone() -> None:
    """Replay compares the two; a difference would accuse somebody of changing the record."""
    for one, case in RULE_CASES:
        rulebook = one.file.rulebook
        assert rulebook is not None
        finding = judge_rule(rulebook, rulebook.rule(case.rule), case.facts)
        (stored,) = findings_from_bytes(findings_to_bytes([finding]))
        assert stored == finding, case.place
        assert recompute(stored, rulebook) == finding, case.place


def test_a_rule_reads_no_fact_it_does_not_announce() -> None:
    """A caller gathers what `facts_of_rule` lists; what else a rule read would never be known."""
    for one, case in RULE_CASES:
        rulebook = one.file.rulebook
        assert rulebook is not None
        rule = rulebook.rule(case.rule)
        finding = judge_rule(rulebook, rule, case.facts)
        read_facts = {operand.name for operand in finding.operands if operand.name in VOCABULARY}
        assert read_facts | set(finding.missing) <= rulebook.facts_of_rule(rule), case.place


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_is_a_sentence_with_its_clause(language: str) -> None:
    for one, case in RULE_CASES:
        rulebook = one.file.rulebook
        assert rulebook is not None
        finding = judge_rule(rulebook, rulebook.rule(case.rule), case.facts)
        words = sentence(finding, rulebook, language)
        assert cited(rulebook.rule(case.rule), language) in words, case.place
        assert "{" not in words or "∈" in words or "∉" in words, words
        if finding.verdict is not Verdict.UNKNOWN:
            assert "…" not in words, f"a place in the sentence has no value: {words}"
