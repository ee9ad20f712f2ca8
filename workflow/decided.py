"""How a review folds on its way upwards: submitted, returned, appraised, decided, annulled, begun anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workflow.event import Event
from workflow.events import review as happened

if TYPE_CHECKING:
    from workflow.review import Review


def _submitted(review: Review, event: happened.ReviewSubmitted) -> None:
    review.bundle = event.bundle
    review.dates["submitted"] = event.on
    # where there was a ballot, the level voted is the one that counts for others
    review.submitted_level = None if review.voted_level else event.level


def _returned(review: Review, event: happened.ReviewReturned) -> None:
    review.dates["returned"] = event.on
    review.submitted_level = review.appraised_level = None
    review.decisions = {}


def _appraised(review: Review, event: happened.ReviewAppraised) -> None:
    review.appraised_level, review.appraised_reason = event.level, event.reason
    review.dates["appraised"] = event.on


def _recorded(review: Review, event: happened.DecisionRecorded) -> None:
    review.decisions = {**review.decisions, event.by: event.level}


def _decided(review: Review, event: happened.ReviewApproved | happened.ReviewReRated) -> None:
    review.decided_level = event.level
    review.dates["decided"] = event.on


def _annulled(review: Review, event: happened.ReviewAnnulled) -> None:
    # what was voted or submitted led to the level cancelled: it counts for nobody any more
    review.decided_level = review.voted_level = review.submitted_level = None
    review.dates["annulled"] = event.on


KEPT_ACROSS_ROUNDS = ("prepared", "draft_sent", "annulled")


def _round(review: Review, event: happened.RoundStarted) -> None:
    review.round = event.round
    review.sessions.clear()
    review.ticks.clear()
    review.motions = ()
    review.voted_level = review.submitted_level = review.appraised_level = review.proposed_level = None
    review.appraised_reason = review.bundle = None
    review.decisions = {}
    kept = (*KEPT_ACROSS_ROUNDS, *review.facts)
    review.dates = {name: day for name, day in review.dates.items() if name in kept}
    for name in ("result.announced_on", "ballot.day", "draft.sent_on", "notice.superior_on"):
        review.facts.pop(name, None)


CHANGES: dict[type[Event], Callable[[Review, Any], None]] = {
    happened.ReviewSubmitted: _submitted,
    happened.ReviewReturned: _returned,
    happened.ReviewAppraised: _appraised,
    happened.DecisionRecorded: _recorded,
    happened.ReviewApproved: _decided,
    happened.ReviewReRated: _decided,
    happened.ReviewAnnulled: _annulled,
    happened.RoundStarted: _round,
}
"""What each of these events changes in the fold."""
