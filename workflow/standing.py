"""What is known about a review: facts from its own log, from what was gathered, from the command itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from workflow.review import Review
from workflow.rules.facts import VOCABULARY, Fact, Facts, FactValue
from workflow.rules.vocabulary import SUMS

COMMAND = "command"


def facts_of(review: Review, gathered: Facts) -> Facts:
    """Gathered facts under those of the review's own log, which is nearer to it."""
    fold = f"fold {review.stream}#{review.version}"
    own: dict[str, Fact] = {
        "review.stage": Fact(review.stage, fold),
        "checklist.ticked": Fact(review.ticked(), fold),
    }
    if review.quality:
        own["review.quality"] = Fact(review.quality, fold)
    if "reviewed" in review.dates:
        own["review.reviewed_on"] = Fact(review.dates["reviewed"], fold)
    for name, (value, version) in review.facts.items():
        if name in VOCABULARY:
            own[name] = Fact(typed(name, value), f"event {review.stream}#{version}")
    for total, parts in SUMS.items():
        if total not in own and all(part in own for part in parts):
            added = sum((Decimal(str(own[part].value)) for part in parts), Decimal(0))
            own[total] = Fact(added, f"sum of points, {review.stream}")
    return gathered.merged(Facts(own))


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
