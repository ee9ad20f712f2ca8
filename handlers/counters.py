"""How many reviews stand where: a counter a cell, kind, stage and level, moved with each event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, text

from handlers.prepared import Prepared
from workflow.gathering import Moved
from workflow.review import Review

Key = tuple[str, str, str, str, str]

_ADD = Prepared(
    text(
        "INSERT INTO progress (campaign, organisation, kind, stage, level, reviews) "
        "VALUES (:campaign, :organisation, :kind, :stage, :level, :reviews) "
        "ON CONFLICT (campaign, organisation, kind, stage, level) "
        "DO UPDATE SET reviews = progress.reviews + excluded.reviews"
    )
)


def key_of(review: Review) -> Key:
    """Which counter a review is in."""
    return (review.campaign, review.organisation, review.kind, review.stage, review.level or "")


def differences(moved: Sequence[Moved]) -> Counter[Key]:
    """How each counter changes: minus where a review left, plus where it went."""
    change: Counter[Key] = Counter()
    for one in moved:
        if isinstance(one.after, Review) and isinstance(one.before, Review):
            change[key_of(one.after)] += 1
            if one.before.version:
                change[key_of(one.before)] -= 1
    return change


def keep_counters(connection: Connection, moved: Sequence[Moved]) -> None:
    """Move the counters, last in the transaction and in key order, so that writers do not wait crosswise."""
    rows = [
        dict(zip(("campaign", "organisation", "kind", "stage", "level", "reviews"), (*key, n), strict=True))
        for key, n in sorted(differences(moved).items())
        if n
    ]
    if rows:
        _ADD.run(connection, rows)
