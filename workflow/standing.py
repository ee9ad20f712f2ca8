"""What is known about a review: facts from its own log, from what was gathered, from the command itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from workflow.review import Review
from workflow.rules.facts import VOCABULARY, Fact, Facts, FactValue

COMMAND = "command"


def facts_of(review: Review, gathered: Facts) -> Facts:
    """Gathered facts under those of the review's own log, which is nearer to it."""
    own: dict[str, Fact] = {"review.stage": Fact(review.stage, f"fold {review.stream}#{review.version}")}
    for name, (value, version) in review.facts.items():
        if name in VOCABULARY:
            own[name] = Fact(typed(name, value), f"event {review.stream}#{version}")
    score = tuple(fact.value for name, fact in own.items() if name.startswith("score."))
    if len(score) == len(SCORE_PARTS) and "score.total" not in own:
        own["score.total"] = Fact(
            sum((Decimal(str(part)) for part in score), Decimal(0)), f"sum of points, {review.stream}"
        )
    return gathered.merged(Facts(own))


SCORE_PARTS = tuple(name for name in VOCABULARY if name.startswith("score.") and name != "score.total")
"""The parts of the score sheet; the total is known once every part is."""


def typed(name: str, value: object) -> FactValue:
    """A stored value in the type of its vocabulary: points are Decimal, days are dates."""
    kind = VOCABULARY[name].type
    if kind is Decimal:
        return Decimal(str(value))
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    return value  # type: ignore[return-value]  # bool, int, str and tuple are stored as they are


def stated(facts: Facts, values: Mapping[str, FactValue | None], source: str = COMMAND) -> Facts:
    """The facts with what a command (or another source) states on top; None states nothing."""
    return facts.merged(
        Facts({name: Fact(value, source) for name, value in values.items() if value is not None})
    )
