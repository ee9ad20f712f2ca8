"""The vocabulary of facts: every name a rule may read, with its type and its name in both languages."""

from __future__ import annotations

from workflow.rules.topics import (
    ballots,
    decisions,
    lists,
    organisations,
    people,
    preparation,
    session,
    subjects,
    tasks,
    transfers,
)
from workflow.rules.topics.choices import COMPLETIONS, LEVELS, STAFF_RATINGS
from workflow.rules.topics.fact_type import FactType

__all__ = ["COMPLETIONS", "LEVELS", "STAFF_RATINGS", "VOCABULARY", "FactType"]

TOPICS = (subjects, transfers, preparation, session, people, tasks, organisations, lists, ballots, decisions)

VOCABULARY: dict[str, FactType] = {name: kind for topic in TOPICS for name, kind in topic.FACTS.items()}
"""Every fact a rule may read. The loader refuses a rule that names another."""
