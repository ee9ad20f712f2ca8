"""Conditions over one fact: it is so, it is one of, it lies within, it is known, a person ticked it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from workflow.rules.case import Case, Outcome, verdict
from workflow.rules.conditions import wording
from workflow.rules.conditions.registry import (
    AnyFact,
    FlagFact,
    NumberFact,
    PointsFact,
    TextFact,
    Tighter,
    condition,
)
from workflow.rules.finding import Verdict


@condition("is_true", 1)
def is_true(case: Case, *, fact: FlagFact) -> Outcome:
    """The fact is so."""
    so = case.flag(fact)
    return Outcome(verdict(so), f"{fact}: {'✓' if so else '✗'}")


@condition("one_of", 1)
def one_of(case: Case, *, fact: TextFact, values: tuple[str, ...]) -> Outcome:
    """The fact is one of the values."""
    found = case.text(fact)
    holds = found in values
    return Outcome(verdict(holds), f"{found} {'∈' if holds else '∉'} {{{', '.join(values)}}}")


@condition("at_most", 1)
def at_most(case: Case, *, fact: NumberFact, most: Annotated[int, Tighter.LOWER]) -> Outcome:
    """The number is `most` or less."""
    found = case.number(fact)
    return Outcome(verdict(found <= most), f"{found} {wording.at_most(found, most)} {most}")


@condition("points_within", 1)
def points_within(
    case: Case, *, fact: PointsFact, least: int, most: Annotated[int, Tighter.LOWER]
) -> Outcome:
    """The points lie from `least` to `most`, both counted; compared exactly (C-32)."""
    found = case.points(fact)
    lower, upper = Decimal(least), Decimal(most)
    if found < lower:
        return Outcome(Verdict.FAILS, f"{wording.points(found)} < {least}")
    return Outcome(verdict(found <= upper), f"{wording.points(found)} {wording.at_most(found, upper)} {most}")


@condition("known", 1)
def known(case: Case, *, fact: AnyFact) -> Outcome:
    """The fact is there, whatever it says; not known yet otherwise."""
    case.need(fact)
    return Outcome(Verdict.HOLDS, f"{fact}: ✓")


@condition("ticked", 1, reads=("checklist.ticked",))
def ticked(case: Case, *, item: str) -> Outcome:
    """A person has ticked this item of the checklist; software only asks."""
    holds = item in case.items("checklist.ticked")
    return Outcome(verdict(holds), f"{item}: {'✓' if holds else '✗'}")


@condition("otherwise", 1)
def otherwise(case: Case) -> Outcome:
    """Whatever reaches no better level: asked only where every condition of the higher levels was judged."""
    return Outcome(Verdict.HOLDS, "")


@condition("guidance", 1)
def guidance(case: Case) -> Outcome:
    """Nothing to check: the clause is shown to people."""
    return Outcome(Verdict.NOT_APPLICABLE, "")
