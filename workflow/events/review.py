"""What happens to a review, in the order it is lived."""

from datetime import date

from workflow.event import Event, event


@event("review_opened")
class ReviewOpened(Event):
    """The roster put a subject into the campaign. new -> open."""

    campaign: str
    kind: str
    quality: str
    subject: str
    organisation: str
    superior: str
    venues: tuple[tuple[str, str], ...]
    rated: bool
    roster_rows: tuple[int, ...] = ()


@event("subject_exempted")
class SubjectExempted(Event):
    """The subject is excused by a clause. open -> exempt."""

    rule: str


@event("draft_prepared")
class DraftPrepared(Event):
    """The collective report or self-review is written. open, prepared or returned -> prepared."""

    on: date
    document: str | None = None


@event("draft_sent")
class DraftSent(Event):
    """The draft was with the last of those invited. prepared -> draft_sent."""

    on: date
    recipients: int
    minor: bool = False


@event("draft_passed_through")
class DraftPassedThrough(Event):
    """No clause asks that this draft be sent ahead; the stage is passed. prepared -> draft_sent."""

    on: date


@event("items_ticked")
class ItemsTicked(Event):
    """A person confirmed items of the checklists, or took ticks back. The stage stays.

    A tick given in a session counts for its `venue`; without one it counts wherever the item is asked for.
    """

    on: date
    ticked: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()
    venue: str = ""


@event("superior_notified")
class SuperiorNotified(Event):
    """The superior was told the day of the review. The stage stays."""

    on: date
    attachments: bool


@event("fact_recorded")
class FactRecorded(Event):
    """A fact the rules ask for became known, with the day it holds from and where it stands."""

    fact: str
    value: bool | int | str
    on: date
    document: str | None = None


@event("self_rated")
class SelfRated(Event):
    """The member rated himself."""

    level: str
    on: date


@event("level_proposed")
class LevelProposed(Event):
    """The proposing body put a level forward for the ballot."""

    level: str
    on: date
    by: str


@event("session_held")
class SessionHeld(Event):
    """The review was taken at one of its venues. The stage stays until the last venue is done."""

    venue: str
    meeting: str
    on: date
    item: int
    chair_role: str
    presented: bool
    residence_comment: str
    concluded: bool


@event("review_concluded")
class ReviewConcluded(Event):
    """The last venue concluded. draft_sent -> reviewed."""

    on: date


@event("motion_carried")
class MotionCarried(Event):
    """Enough papers were in favour of the level. reviewed -> voted; in a second round the level rises."""

    ballot: str
    level: str
    in_favour: int
    entitled: int
    on: date


@event("motion_failed")
class MotionFailed(Event):
    """Too few papers were in favour of the level; the review stays reviewed, in a second round as voted."""

    ballot: str
    level: str
    in_favour: int
    entitled: int
    on: date


@event("vote_corrected")
class VoteCorrected(Event):
    """A corrected count changes the papers in favour and leaves the outcome as it was."""

    ballot: str
    level: str
    was: int
    now: int


@event("vote_turned_to_carried")
class VoteTurnedToCarried(Event):
    """A corrected count carries a motion that was entered as failed. reviewed -> voted."""

    ballot: str
    level: str
    was: int
    now: int


@event("vote_turned_to_failed")
class VoteTurnedToFailed(Event):
    """A corrected count fails a motion that was entered as carried. voted -> reviewed."""

    ballot: str
    level: str
    was: int
    now: int


@event("vote_turned_to_level")
class VoteTurnedToLevel(Event):
    """A corrected count of `level` makes `voted` the level voted; the review stays voted."""

    ballot: str
    level: str
    was: int
    now: int
    voted: str


@event("ballot_reopened")
class BallotReopened(Event):
    """The level is to be voted again. voted or returned -> reviewed."""

    reason: str


@event("result_announced")
class ResultAnnounced(Event):
    """The result of the ballot was announced where it was held."""

    on: date


@event("closed_unrated")
class ClosedUnrated(Event):
    """Reviewed, and by a clause not rated. reviewed or submitted -> reviewed_unrated."""

    rule: str
    on: date


@event("absence_recorded")
class AbsenceRecorded(Event):
    """The member was not there; the next meeting with him present takes him up. -> absent_pending."""

    on: date
    meeting: str | None = None


@event("attended_again")
class AttendedAgain(Event):
    """The absent member is present again. absent_pending -> the stage before."""

    on: date


@event("review_paused")
class ReviewPaused(Event):
    """The review was stopped for inspection. -> paused."""

    reason: str
    on: date


@event("review_resumed")
class ReviewResumed(Event):
    """A conclusion is there and the review goes on. paused -> the stage before."""

    conclusion: str
    on: date


@event("review_submitted")
class ReviewSubmitted(Event):
    """The result went to the superior inside a bundle. voted, reviewed or returned -> submitted."""

    bundle: str
    level: str | None
    on: date


@event("review_returned")
class ReviewReturned(Event):
    """The superior sent the review back. submitted or appraised -> returned."""

    reason: str
    on: date


@event("review_appraised")
class ReviewAppraised(Event):
    """The organisation board appraised it and advises a level. submitted -> appraised."""

    level: str
    computed: str | None
    on: date
    reason: str | None = None


@event("decision_recorded")
class DecisionRecorded(Event):
    """One deciding body's word on the level, with the count of its own ballot if it voted. The stage stays.

    The approval follows from it: at once, or when the second of two deciding bodies agrees.
    """

    level: str
    by: str
    on: date
    document: str
    in_favour: int | None = None
    entitled: int | None = None
    reason: str | None = None


@event("review_approved")
class ReviewApproved(Event):
    """The competent body decided the level. appraised -> approved."""

    level: str
    on: date
    document: str
    reason: str | None = None


@event("review_re_rated")
class ReviewReRated(Event):
    """The competent body decided the level of a later round. appraised -> re_rated."""

    level: str
    on: date
    document: str
    reason: str | None = None


@event("review_annulled")
class ReviewAnnulled(Event):
    """The competent body cancelled the recognised level. approved or re_rated -> annulled."""

    level: str
    reason: str
    document: str
    on: date


@event("round_started")
class RoundStarted(Event):
    """A new round begins, linked to the annulled one. annulled -> prepared."""

    round: int
    on: date


@event("flag_raised")
class FlagRaised(Event):
    """Something stays open beside the stage and blocks what its flag names."""

    flag: str
    reason: str
    rules: tuple[str, ...]
    on: date


@event("flag_cleared")
class FlagCleared(Event):
    """What was open beside the stage is settled."""

    flag: str
    reason: str
    on: date


@event("exception_authorised")
class ExceptionAuthorised(Event):
    """The competent body allowed a departure from a rule; the review carries it for ever."""

    rules: tuple[str, ...]
    reason: str
    document: str
    on: date


@event("entry_corrected")
class EntryCorrected(Event):
    """A typed value differed from the paper; both values, the reason and the second person are kept."""

    entry: str
    was: str
    now: str
    reason: str
    entered_by: str


@event("basis_changed")
class BasisChanged(Event):
    """Something this review rested on changed: a roster row or the level of another review."""

    what: str
    source: str
    on: date
