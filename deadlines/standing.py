"""Which steps a review has behind it, and since when; what a return or an annulment undoes is owed again."""

from __future__ import annotations

from datetime import date
from typing import Final

from states import review as life
from workflow.review import Review
from workflow.standing import typed

PLACES: Final[dict[str, int]] = {
    life.OPEN: 0,
    life.PREPARED: 1,
    life.DRAFT_SENT: 2,
    life.REVIEWED: 3,
    life.REVIEWED_UNRATED: 3,
    life.VOTED: 4,
    life.RETURNED: 4,
    life.SUBMITTED: 5,
    life.APPRAISED: 6,
    life.APPROVED: 7,
    life.RE_RATED: 7,
    life.ANNULLED: 2,
}
"""How many steps lie behind a stage; what was returned is submitted anew, what was annulled reviewed anew."""

STEPS: Final[dict[str, tuple[int, str]]] = {
    "prepare": (1, "prepared"),
    "send_draft": (2, "draft_sent"),
    "hold_session": (3, "reviewed"),
    "count_ballot": (4, "voted"),
    "submit": (5, "submitted"),
    "appraise": (6, "appraised"),
    "decide": (7, "decided"),
}
"""For each gate, its place among the steps and the name its day has in the fold."""

UNDONE_BY_RETURN: Final = ("hold_session", "count_ballot", "submit", "appraise", "decide", "publish")
"""Steps a return or an annulment can make owed again; they are then owed since that day."""

OF_RATING: Final = ("count_ballot", "appraise", "decide", "publish", "join_meeting")
"""Steps nobody owes for a subject that is not rated."""


def done_on(review: Review, gate: str) -> date | None:
    """Since when the step of a gate is done; None while it is not, or no longer.

    A notice to the superior is a fact, not a step of the life; an announcement has a day and no stage.
    """
    if gate == "notify_superior":
        return _day(review, "notice.superior_on")
    if gate == "publish":
        return review.dates.get("announced")
    place, name = STEPS["count_ballot" if gate == "join_meeting" else gate]
    if PLACES.get(_main_stage(review), 0) < place:
        # whoever is reviewed without a rating kept the report he was in
        reported = gate == "submit" and review.stage == life.REVIEWED_UNRATED
        return review.dates.get("submitted") if reported else None
    if gate == "send_draft":
        return _day(review, "draft.sent_on") or review.dates.get(name)
    later = (review.dates.get(other) for _, other in list(STEPS.values())[place - 1 :])
    return next((day for day in later if day is not None), None)


def is_over(review: Review) -> bool:
    """Whether nothing more is owed than what was done: an exempt subject, or one that is not rated."""
    return review.stage in (life.EXEMPT, life.REVIEWED_UNRATED)


def was_absent(review: Review) -> date | None:
    """The day of the last session the subject was not at, in this round; None where there is none."""
    return review.dates.get("absent")


def undone_on(review: Review) -> date | None:
    """The day of the last return or annulment that the fold still tells; None where there is none."""
    days = (review.dates.get("returned"), review.dates.get("annulled"))
    return max((day for day in days if day is not None), default=None)


def _main_stage(review: Review) -> str:
    return review.remembered or review.stage


def _day(review: Review, fact: str) -> date | None:
    told = review.facts.get(fact)
    day = typed(fact, told[0]) if told is not None else None  # a corrected entry is text
    return day if isinstance(day, date) else None
