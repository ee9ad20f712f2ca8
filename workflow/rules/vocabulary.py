"""The vocabulary of facts: every name a rule may read, with its type and its name in both languages."""

from __future__ import annotations

from workflow.rules.topics import (
    around,
    ballots,
    circumstances,
    decisions,
    grades,
    lists,
    organisations,
    others,
    people,
    plans,
    points,
    preparation,
    results,
    rewards,
    session,
    subjects,
    tasks,
    transfers,
    union_work,
)
from workflow.rules.topics.choices import COMPLETIONS, LEVELS, STAFF_RATINGS
from workflow.rules.topics.fact_type import FactType

__all__ = ["COMPLETIONS", "LEVELS", "STAFF_RATINGS", "SUMS", "VOCABULARY", "FactType"]

TOPICS = (
    subjects, transfers, preparation, session, people, tasks, points, circumstances, organisations,
    lists, results, ballots, decisions, grades, around, others, plans,
    rewards, union_work,
)  # fmt: skip

VOCABULARY: dict[str, FactType] = {name: kind for topic in TOPICS for name, kind in topic.FACTS.items()}
"""Every fact a rule may read. The loader refuses a rule that names another."""

SUMS: dict[str, tuple[str, ...]] = {**organisations.SUMS, **points.SUMS}
"""Totals that are known once each of their parts is: total -> parts."""
