"""A comparison as it is kept: counts, and the first rows by their ids; what the rules say is read anew.

What a rule read of a review is not kept: the sentence of the rule is told instead of the finding's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from handlers.comparing.results import Difference, Row, Summary, What
from handlers.comparing.run import Comparison
from workflow.bodies import Campaign
from workflow.rules.rulebook import Rulebook

_COUNTED = ("by_what", "by_rule", "missing", "foreign", "unticked", "due")


def kept_comparison(found: Comparison, rulebook: str) -> dict[str, Any]:
    """The comparison as JSON; `rulebook` is the name the other one was asked for by."""
    summary = found.summary
    counted = {
        name: [[key, count] for key, count in getattr(summary, name).most_common()] for name in _COUNTED
    }
    return {
        "campaign": found.campaign.id,
        "rulebook": rulebook,
        "reviews": summary.reviews,
        "different": summary.different,
        **counted,
        "rows": [_kept_row(row) for row in found.rows],
    }


def comparison_kept(
    kept: Mapping[str, Any], campaign: Campaign, own: Rulebook, other: Rulebook
) -> Comparison:
    """The comparison as it was kept, between the same two rulebooks."""
    summary = Summary(reviews=kept["reviews"], different=kept["different"])
    for name in _COUNTED:
        counter: Counter[Any] = getattr(summary, name)
        for key, count in kept[name]:
            counter[tuple(key) if isinstance(key, list) else key] = count
    summary.by_what = Counter({What(what): count for what, count in summary.by_what.items()})
    summary.by_rule = Counter(
        {(What(what), rule, of_own): count for (what, rule, of_own), count in summary.by_rule.items()}
    )
    rows = tuple(_row(row) for row in kept["rows"])
    return Comparison(campaign=campaign, own=own, other=other, summary=summary, rows=rows)


def _kept_row(row: Row) -> dict[str, Any]:
    return {
        "review": row.review,
        "kind": row.kind,
        "subject": row.subject,
        "organisation": row.organisation,
        "differences": [_kept_difference(one) for one in row.differences],
    }


def _row(kept: Mapping[str, Any]) -> Row:
    return Row(**{**kept, "differences": tuple(_difference(one) for one in kept["differences"])})


def _difference(kept: Mapping[str, Any]) -> Difference:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    told["what"] = What(kept["what"])
    return Difference(**told)


def _kept_difference(one: Difference) -> dict[str, Any]:
    names = ("what", "gate", "rules", "of_own", "own", "other", "cite", "missing", "foreign", "unticked")
    return {name: getattr(one, name) for name in names if getattr(one, name)}
