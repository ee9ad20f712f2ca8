"""Refusing whoever is in conflict of interest a part in what concerns the subject of a review (C-09)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from states.roles import Role
from workflow.commands.meeting import AgendaItem
from workflow.conflicts import RULE
from workflow.decision import Draft, Situation
from workflow.errors import InConflict
from workflow.rules.finding import Finding

CHAIR_ROLE = "session.chair_role"


def chairs_refused(situation: Situation, items: Iterable[AgendaItem], *, may_report: bool = False) -> None:
    """Raise InConflict naming every item whose chair is its subject or too close to it, none excepted."""
    pairs = tuple(
        (item.chair, item.review)
        for item in items
        if item.chair
        and not item.absent
        and RULE not in situation.review(item.review).excepted
        and situation.conflicts.between(item.chair, situation.review(item.review))
    )
    if pairs:
        raise InConflict("chair", pairs, may_report)


def reported_chair(draft: Draft, chair: str, failed: Sequence[Finding]) -> tuple[str, ...]:
    """C-09 where a review was chaired by somebody in conflict, to be kept as irregular.

    Where a rule of the regime on who chairs has failed, it says so already of the subject himself.
    """
    rules, ties = draft.situation.rules, draft.situation.conflicts
    told = any(CHAIR_ROLE in rules.facts_of_rule(rules.rule(finding.rule)) for finding in failed)
    held = ties.declared(chair, draft.review) or (ties.between(chair, draft.review) and not told)
    return (RULE,) if held and RULE not in draft.review.excepted else ()


def counters_refused(
    situation: Situation, counters: Iterable[str], reviews: Iterable[str], *, may_report: bool = False
) -> None:
    """Raise InConflict naming each of the counting team with a declared tie to somebody on the sheet.

    That the sheet of a cell has the counters themselves on it is for the rules of the regime.
    """
    counters = tuple(counters)
    pairs = tuple(
        (person, review)
        for review in reviews
        for person in situation.conflicts.among(counters, situation.review(review))
        if RULE not in situation.review(review).excepted
    )
    if pairs:
        raise InConflict("count", pairs, may_report)


def counter_refused(situation: Situation, reviews: Iterable[str]) -> None:
    """Raise InConflict for a member of the counting team who has a tie to somebody on the sheet."""
    actor = situation.actor
    if actor.role is not Role.COUNTING_TEAM:
        return
    tied = (review for review in reviews if situation.conflicts.declared(actor.id, situation.review(review)))
    pairs = tuple((actor.id, review) for review in tied)
    if pairs:
        raise InConflict("enter_count", pairs)


def row_refused(draft: Draft, what: str) -> None:
    """Raise InConflict where who appraises or decides a row is its subject or too close to it."""
    actor = draft.situation.actor
    if draft.situation.conflicts.between(actor.id, draft.review):
        raise InConflict(what, ((actor.id, draft.review.id),))
