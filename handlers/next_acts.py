"""What may follow for a review now: its possible moves for an actor, and the rules the next one meets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from states import review as life
from workflow.commands.asking import Actor, Request
from workflow.commands.meeting import AgendaItem, CloseUnrated, HoldSession
from workflow.decision import Draft, Situation, check_move, judged, traits
from workflow.engine import Engine
from workflow.errors import NotAllowed, Refusal
from workflow.review import Review
from workflow.rules.exemption import unrated_by
from workflow.rules.facts import Facts
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import blocking
from workflow.rules.rating import Rating, rate
from workflow.stages.reviewing import session_facts
from workflow.stages.submitting import level_of_source
from workflow.stages.voting import ballot_facts
from workflow.standing import facts_of, stated

TOLD_BY_THE_ACT = (
    "session.",
    "checklist.",
    "ballot.day",
    "ballot.in_favour",
    "ballot.secret",
    "consultation.",
    "decision.",
)
"""Facts that come with the act itself: that they are not known before it is nothing that is missing."""

RATED_AT = frozenset({"issue_ballot", "submit", "appraise", "decide"})
"""Gates at which the level is looked at; what they are told beside belongs to it."""

BY_THEMSELVES = frozenset(
    {
        "open_review",
        "exempt",
        "conclude_review",
        "attend",
        "correct_to_carried",
        "correct_to_failed",
        "fail_motion",
        "record_decision",
    }
)
"""Moves that follow from another act; nobody asks for them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One act the table knows from here. `held` says why this actor may not do it yet."""

    trigger: str
    held: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What may follow: the moves, the gate that comes next, its findings, and of them those that refuse.

    `known` is everything known about the review today, with what the next gate would be told.
    """

    review: Review
    situation: Situation
    moves: tuple[Move, ...]
    known: Facts
    gate: str = ""
    findings: tuple[Finding, ...] = ()
    missing: tuple[Finding, ...] = ()

    @property
    def triggers(self) -> frozenset[str]:
        """The acts this actor may do now, as far as table, office and flags go."""
        return frozenset(move.trigger for move in self.moves if move.held is None)

    def rating(self) -> Rating | None:
        """What the level comes to on what is known today; None for a kind nobody rates."""
        if self.situation.rules.scale(self.review.kind) is None:
            return None
        return rate(self.situation.rules, self.review.kind, self.known)


def outlook(engine: Engine, review_id: str, actor: Actor, today: date) -> Outlook:
    """What may follow for a review on this day. NotFound for a review the log does not have."""
    everything, situation = _situations(engine, review_id, actor, today)
    review = situation.review(review_id)
    gate, facts = next_gate(situation, review, today)
    known = facts if gate in RATED_AT else facts_of(review, everything.known(review_id))
    allowed = moves(situation, review)
    if not gate:
        return Outlook(review=review, situation=situation, moves=allowed, known=known)
    findings, _ = judged(situation, review, gate, facts)
    findings = tuple(f for f in findings if not _told_by_the_act(f))
    if gate == "issue_ballot" and review.rated:
        findings = (*findings, *_against(situation, review, today))
    missing = tuple(f for f in blocking(findings) if f.rule not in review.excepted)
    return Outlook(
        review=review,
        situation=situation,
        moves=allowed,
        known=known,
        gate=gate,
        findings=findings,
        missing=missing,
    )


def moves(situation: Situation, review: Review) -> tuple[Move, ...]:
    """Every act that leads on or records something from this stage, in table order, for the asking actor.

    An act that is another office's is left out; one that a flag holds is there with its reason.
    """
    found: list[Move] = []
    venues = tuple(venue for venue, _ in review.venues)
    held = traits(situation, review)
    rows = life.TABLE.open_to(review.stage, review.kind)
    triggers = dict.fromkeys(row.trigger for row in rows if not row.where or row.where in held)
    for trigger in triggers:
        if trigger in BY_THEMSELVES:
            continue
        try:
            check_move(situation, review, trigger, place=venues)
        except NotAllowed:
            continue
        except Refusal as refusal:
            found.append(Move(trigger=trigger, held=refusal))
        else:
            found.append(Move(trigger=trigger))
    return tuple(found)


def next_gate(situation: Situation, review: Review, today: date) -> tuple[str, Facts]:
    """The gate the review meets next and what is known there, as if the act were done today."""
    facts = facts_of(review, situation.known(review.id))
    if review.stage in (life.OPEN, life.ANNULLED):
        return "prepare", facts
    if review.stage in (life.PREPARED, life.DRAFT_SENT, life.ABSENT):
        venue = next(iter(review.pending_venues), review.organisation)
        order = situation.order.get(venue)
        if order is None:
            return "", facts
        draft, item = Draft(situation, review), AgendaItem(review=review.id)
        told = session_facts(draft, item, venue=venue, day=today, number=999, order=order, role="")
        return "hold_session", _without_the_act(told)
    flow = situation.rules.flow(review.kind)
    if review.stage == life.REVIEWED and review.rated and flow.has_ballot:
        told = ballot_facts(Draft(situation, review), today, None, _level_asked(review))
        return "issue_ballot", told
    if review.stage in (life.VOTED, life.REVIEWED, life.RETURNED):
        told = stated(facts, {"submission.on": today, "submission.to_direct_superior": True})
        told = stated(told, {"ballot.level": level_of_source(review, flow) if review.rated else None})
        if review.rated:
            told = told.merged(rate(situation.rules, review.kind, told).facts("computed"))
        return "submit", told
    sent = review.voted_level or review.submitted_level
    if review.stage == life.SUBMITTED and review.rated and flow.appraisal:
        return "appraise", stated(facts, {"decision.level": sent, "ballot.level": sent})
    if review.stage == life.APPRAISED or (review.stage == life.SUBMITTED and review.rated):
        level = review.appraised_level or sent
        told = stated(facts, {"decision.level": level, "ballot.level": sent})
        rating = rate(situation.rules, review.kind, told)
        return "decide", told.merged(rating.facts("computed"))
    return "", facts


def _situations(engine: Engine, review_id: str, actor: Actor, today: date) -> tuple[Situation, Situation]:
    """Everything gathered for an act today; and the same, or where a session comes next what it asks for."""
    probe = Request(command=CloseUnrated(review=review_id, on=today), actor=actor)
    everything, _ = engine.consider(probe)
    review = everything.review(review_id)
    if review.stage not in (life.PREPARED, life.DRAFT_SENT, life.ABSENT):
        return everything, everything
    venue = next(iter(review.pending_venues), review.organisation)
    session = HoldSession(review=review_id, meeting="", venue=venue, day=today, item=1)
    situation, _ = engine.consider(replace(probe, command=session))
    return everything, situation


def _against(situation: Situation, review: Review, today: date) -> tuple[Finding, ...]:
    """What stands against the level that is asked for, and whether no level is given at all."""
    facts = ballot_facts(Draft(situation, review), today, None, _level_asked(review))
    unrated = unrated_by(situation.rules, review.kind, facts)
    if unrated is not None:
        return (unrated,)
    level = _level_asked(review)
    if level is None:
        return ()
    told = {finding.rule for finding in judged(situation, review, "issue_ballot", facts)[0]}
    against = rate(situation.rules, review.kind, facts).against_motion(level)
    return tuple(finding for finding in against if finding.rule not in told)


def _level_asked(review: Review) -> str | None:
    return review.proposed_level or review.self_level


def _without_the_act(facts: Facts) -> Facts:
    """What is known before the session: what the session itself will tell is not taken for told."""
    return Facts(
        {
            name: fact
            for name, fact in facts.items()
            if not name.startswith(TOLD_BY_THE_ACT) or name in ("session.venue_kind", "session.at")
        }
    )


def _told_by_the_act(finding: Finding) -> bool:
    return (
        finding.verdict is Verdict.UNKNOWN
        and bool(finding.missing)
        and all(name.startswith(TOLD_BY_THE_ACT) for name in finding.missing)
    )
