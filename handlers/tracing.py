"""Why a review has the level it has: the steps of C-16 as they were at the decision, or as they are today."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.replay import Frame, Replay
from states.flags import IN_DOUBT
from workflow.events.review import ReviewApproved, ReviewReRated
from workflow.log import Log
from workflow.rules.facts import VOCABULARY, Fact, Facts
from workflow.rules.finding import Finding
from workflow.rules.finding_codec import findings_from_bytes
from workflow.rules.rating import Rating, rate
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook
from workflow.rules.trace import Step


@dataclass(frozen=True, kw_only=True, slots=True)
class Traced:
    """A rating with the whole way to its level, what people did afterwards included.

    `as_decided`: judged on what the decision was made on, not on what is known today. `reason` is the one the
    decider gave.
    """

    rating: Rating
    steps: tuple[Step, ...]
    as_decided: bool = False
    reason: str = ""
    in_doubt: bool = False


def traced(connection: Connection, told: Replay, rulebook: Rulebook, today: Rating | None) -> Traced | None:
    """The way to the level of a review; None for a kind nobody rates.

    `today` is the rating on what is known today; of a decided review it is rated again on the values the
    findings of its decision hold.
    """
    review = told.review
    scale = rulebook.scale(review.kind)
    if scale is None or today is None:
        return None
    frame = _decision(told) if review.decided_level else None
    rating = rate(rulebook, review.kind, _read_by(frame)) if frame and frame.findings else today
    steps = rating.after(
        scale,
        voted=review.voted_level,
        quota=_quota(connection, review.bundle, rulebook),
        decided=review.decided_level,
    )
    reason = frame.event.reason if frame and isinstance(frame.event, ReviewApproved | ReviewReRated) else ""
    return Traced(
        rating=rating,
        steps=steps,
        as_decided=frame is not None,
        reason=reason or "",
        in_doubt=IN_DOUBT in review.flags,
    )


def _decision(told: Replay) -> Frame | None:
    """The event that gave the level that stands."""
    return next(
        (one for one in reversed(told.frames) if isinstance(one.event, ReviewApproved | ReviewReRated)), None
    )


def _read_by(frame: Frame) -> Facts:
    """Every fact the findings of an event read, with where it came from."""
    return Facts(
        {
            operand.name: Fact(operand.value, operand.source)
            for one in frame.findings
            for operand in one.stored.operands
            if operand.name in VOCABULARY
        }
    )


def _quota(connection: Connection, bundle: str | None, rulebook: Rulebook) -> tuple[Finding, ...]:
    """What the quotas said of the list the review was last reported or decided in."""
    if not bundle:
        return ()
    log, stream = Log(connection), f"submission/{bundle}"
    for one in reversed(log.read([stream])[stream]):
        body = log.findings_of(stream, one.version) if one.findings_digest else None
        found = tuple(f for f in findings_from_bytes(body) if _is_quota(f, rulebook)) if body else ()
        if found:
            return found
    return ()


def _is_quota(finding: Finding, rulebook: Rulebook) -> bool:
    return rulebook.rule(finding.rule).role is Role.QUOTA
