"""Rows of a regulation that the machine itself carries out: a move, a command, a report, a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from states import (
    ballot,
    calendar,
    campaign,
    conflict,
    delegation,
    grant,
    meeting,
    plan,
    review,
    reward,
    submission,
)
from workflow.rules.rule import KINDS, Both

TABLES = (
    ballot.TABLE,
    calendar.TABLE,
    campaign.TABLE,
    conflict.TABLE,
    delegation.TABLE,
    grant.TABLE,
    meeting.TABLE,
    plan.TABLE,
    review.TABLE,
    reward.TABLE,
    submission.TABLE,
)

WAYS = (
    "move", "command", "scale", "flow", "report", "reward", "plan", "page", "deadline_page", "citation",
    "no_rule",
)  # fmt: skip
"""What may carry a row beside a rule or a venue.

`citation` is a row that only points to another document, `no_rule` one that orders nothing (the register
marks those).
"""
REPORTS = ("statistics", "summary", "levels_by_kind", "not_completed_and_disciplined")
NAMED = frozenset({"move", "command", "scale", "flow", "report"})
"""The ways that need a name: without it nobody could find what carries the row."""
KEYS = frozenset({"rows", "by", "name", "says"})


@dataclass(frozen=True, slots=True)
class Carried:
    """`rows` are carried out by the thing `by` called `name`; `says` tells how and where a user meets it."""

    rows: tuple[str, ...]
    by: str
    name: str
    says: Both


def read_carried(table: Mapping[str, Any], say: Callable[[str, str], None]) -> Carried | None:
    """The entry in one `[[carried]]` table; None after `say(key, what)` was called for each thing wrong.

    A command's name is not looked up here, because rules know no commands; coverage does it.
    """
    wrong: list[str] = []

    def complain(key: str, what: str) -> None:
        wrong.append(key)
        say(key, what)

    rows, by, name, says = (table.get(key) for key in ("rows", "by", "name", "says"))
    for key in sorted(set(table) - KEYS):
        complain(key, f"is none of {', '.join(sorted(KEYS))}")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, str) for row in rows):
        complain("rows", "must be a list: which rows of the register are carried out?")
    if by not in WAYS:
        complain("by", f"{by!r} is none of {', '.join(WAYS)}")
    elif by in NAMED and not isinstance(name, str):
        complain("name", f"is missing: which {by} carries the rows?")
    elif name is not None and not isinstance(name, str):
        complain("name", "must be a text")
    elif (known := known_names(str(by))) is not None and name not in known:
        complain("name", f"{name!r} is no {by}; there are {', '.join(sorted(known))}")
    if not (
        isinstance(says, Mapping)
        and set(says) == {"vi", "en"}
        and all(isinstance(text, str) and text.strip() for text in says.values())
    ):
        complain("says", "needs a text in vi and in en: how and where does a user meet it?")
    if wrong or not isinstance(rows, list) or not isinstance(says, Mapping):
        return None
    return Carried(tuple(rows), str(by), str(name or ""), Both(says["vi"], says["en"]))


def known_names(way: str) -> frozenset[str] | None:
    """The names a way may have; None where the name is free or is looked up elsewhere."""
    if way == "move":
        return frozenset(row.trigger for table in TABLES for row in table.rows)
    if way == "report":
        return frozenset(REPORTS)
    return frozenset(KINDS) if way in ("scale", "flow") else None
