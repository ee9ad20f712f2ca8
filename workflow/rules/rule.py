"""A rule as data: its clause, what it says, where and for whom it is judged, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from workflow.rules.finding import Force

GATES = (
    "open_campaign", "prepare", "record_fact", "send_draft", "notify_superior", "plan_session",
    "hold_session", "issue_ballot", "count_ballot", "propose", "submit", "return", "appraise", "decide",
    "annul", "publish", "propose_reward", "decide_reward",
)  # fmt: skip
KINDS = ("individual", "collective", "organisation")


class Role(StrEnum):
    """What part a rule plays.

    gate, document, deadline, threshold and reward rules are judged by `judge` at their gates; a threshold
    only for the level voted on, a reward rule for whoever is put forward. The others have their own
    functions: exemption, condition, trigger, otherwise (the level of whoever meets no better one's
    conditions) and cap in `rating`, quota in `quota`.
    guidance is shown, never judged.
    """

    GATE = "gate"
    DOCUMENT = "document"
    DEADLINE = "deadline"
    EXEMPTION = "exemption"
    CONDITION = "condition"
    TRIGGER = "trigger"
    OTHERWISE = "otherwise"
    CAP = "cap"
    THRESHOLD = "threshold"
    QUOTA = "quota"
    REWARD = "reward"
    GUIDANCE = "guidance"


JUDGED_AT_GATES = frozenset({Role.GATE, Role.DOCUMENT, Role.DEADLINE, Role.THRESHOLD, Role.REWARD})
LEVELLED = frozenset({Role.CONDITION, Role.TRIGGER, Role.OTHERWISE, Role.CAP, Role.THRESHOLD})
EFFECTS = ("exempt", "reviewed_unrated")


@dataclass(frozen=True, slots=True)
class Both:
    """One text in Vietnamese and in English."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "vi" or "en"."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One row of a rulebook.

    `when` narrows whom the rule is for: fact name -> a value, a tuple of values, or ("below", n) and
    ("at_least", n). `replaces` names rules that do not apply where this one does. `judgement` marks a
    condition that is a person's judgement, which a decider may see otherwise (C-16). `by_reading` names the
    parameters whose value is the choice of a reading, parameter -> C-number. `ceiling` and
    `needs_ballot` belong to a trigger that leads to its level only with a majority (C-27). `discretion`
    marks a trigger or cap whose clause lets the decider go higher with a reason; `upper_bound` a condition
    that only keeps its level apart from the one above, which in a gap between levels binds nobody.
    """

    id: str
    cite: str
    says: Both
    in_force: date
    condition: str
    role: Role
    force: Force
    kinds: tuple[str, ...]
    rows: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    in_force_until: date | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    when: Mapping[str, Any] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    level: str | None = None
    ceiling: str | None = None
    effect: str | None = None
    reading: str | None = None
    help: Both | None = None
    fails: Both | None = None
    judgement: bool = False
    needs_ballot: bool = False
    discretion: bool = False
    upper_bound: bool = False
    house_default: bool = False
    assessment_years: tuple[int, ...] = ()
    layer: str = ""
    by_reading: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_in_force(self) -> tuple[date, date]:
        """First and last day on which the rule is valid, both counted."""
        return self.in_force, self.in_force_until or date.max
