"""What a rule gave before is given again on the same values, with the sources of the review at hand."""

from __future__ import annotations

from decimal import Decimal

from workflow.rules.facts import Fact, Facts, FactValue
from workflow.rules.judge import judge_rule, recompute
from workflow.rules.known import KEPT, Known
from workflow.rules.rulebook import Rulebook

BOOK = Rulebook.load("duk_2016")


def told(review: str, **values: FactValue) -> Facts:
    """Facts of one review, each with the review as its source."""
    return Facts(
        {name.replace("__", "."): Fact(value, f"event {review}#2") for name, value in values.items()}
    )


def test_the_same_values_give_the_same_finding_with_their_own_sources() -> None:
    rule = BOOK.rule("duk.points_ideology")
    first = judge_rule(BOOK, rule, told("a", score__ideology=Decimal("16.5")))
    second = judge_rule(BOOK, rule, told("b", score__ideology=Decimal("16.5")))
    assert (first.verdict, first.comparison) == (second.verdict, second.comparison)
    assert {operand.source for operand in first.operands} == {"event a#2"}
    assert {operand.source for operand in second.operands} == {"event b#2"}
    assert recompute(second, BOOK) == second


def test_another_value_is_judged_anew_and_unknown_stays_unknown() -> None:
    rule = BOOK.rule("duk.points_ideology")
    high = judge_rule(BOOK, rule, told("a", score__ideology=Decimal("20.5")))
    low = judge_rule(BOOK, rule, told("a", score__ideology=Decimal("16.5")))
    assert (high.verdict.value, low.verdict.value) == ("fails", "holds")
    assert judge_rule(BOOK, rule, Facts()).missing == ("score.ideology",)
    assert judge_rule(BOOK, rule, told("a", score__ideology=Decimal("16.5"))) == low


def test_numbers_written_otherwise_are_told_apart() -> None:
    known = Known(("score.ideology",))
    keys = {known.key(told("a", score__ideology=Decimal(text))) for text in ("16.5", "16.50")}
    assert len(keys) == 2


def test_a_finding_that_read_more_than_the_key_holds_is_not_remembered() -> None:
    rule = BOOK.rule("duk.points_ideology")
    facts = told("a", score__ideology=Decimal("16.5"))
    finding = judge_rule(BOOK, rule, facts)
    known = Known(("score.ideology",))
    known.keep(known.key(facts), finding, ("score.ideology", "today"))
    assert known.find(known.key(facts), facts) is None
    known.keep(known.key(facts), finding, ("score.ideology",))
    assert known.find(known.key(facts), facts) == finding


def test_no_more_than_so_many_cases_are_kept() -> None:
    rule = BOOK.rule("duk.points_ideology")
    known = Known(("score.ideology",))
    first = told("a", score__ideology=Decimal(0))
    for number in range(KEPT + 1):
        facts = told("a", score__ideology=Decimal(number))
        known.keep(known.key(facts), judge_rule(BOOK, rule, facts), ("score.ideology",))
    assert known.find(known.key(first), first) is None
