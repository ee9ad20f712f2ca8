"""What a review is at any moment: the fold of its events, nobody assigns a stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from states import review as life
from states.table import NEW
from workflow import decided
from workflow.event import Event
from workflow.events import review as happened
from workflow.order import Session

FactValue = bool | int | str | date
Recorded = tuple[FactValue, int]
"""A fact's value as the log holds it, and the version of the event that told it."""

TRIGGERS: dict[type[Event], str] = {
    happened.ReviewOpened: "open_review",
    happened.SubjectExempted: "exempt",
    happened.DraftPrepared: "prepare",
    happened.DraftSent: "send_draft",
    happened.DraftPassedThrough: "send_draft",
    happened.ItemsTicked: "tick_items",
    happened.SuperiorNotified: "notify_superior",
    happened.FactRecorded: "record_fact",
    happened.SelfRated: "rate_self",
    happened.LevelProposed: "propose",
    happened.SessionHeld: "hold_session",
    happened.ReviewConcluded: "conclude_review",
    happened.MotionCarried: "carry_motion",
    happened.MotionFailed: "fail_motion",
    happened.VoteCorrected: "correct_vote",
    happened.VoteTurnedToCarried: "correct_to_carried",
    happened.VoteTurnedToFailed: "correct_to_failed",
    happened.VoteTurnedToLevel: "correct_to_level",
    happened.BallotReopened: "repeat_ballot",
    happened.ResultAnnounced: "announce",
    happened.ClosedUnrated: "close_unrated",
    happened.AbsenceRecorded: "mark_absent",
    happened.AttendedAgain: "attend",
    happened.ReviewPaused: "pause",
    happened.ReviewResumed: "resume",
    happened.ReviewSubmitted: "submit",
    happened.ReviewReturned: "return",
    happened.ReviewAppraised: "appraise",
    happened.DecisionRecorded: "record_decision",
    happened.ReviewApproved: "approve",
    happened.ReviewReRated: "re_rate",
    happened.ReviewAnnulled: "annul",
    happened.RoundStarted: "start_round",
    happened.FlagRaised: "raise_flag",
    happened.FlagCleared: "clear_flag",
    happened.ExceptionAuthorised: "authorise_exception",
    happened.EntryCorrected: "correct_entry",
}
"""The move each event records. `BasisChanged` records none: it happens to a review, whatever its stage."""


@dataclass(frozen=True, slots=True)
class Motion:
    """One level put to the vote: papers in favour of those entitled. A repeated ballot leaves it `void`."""

    ballot: str
    level: str
    in_favour: int
    entitled: int
    on: date
    carried: bool
    void: bool = False


@dataclass(slots=True)
class Review:
    """One subject's review in one campaign. Made by `fold`; changed by nothing else."""

    id: str
    version: int = 0
    stage: str = NEW
    remembered: str = ""
    campaign: str = ""
    kind: str = ""
    quality: str = ""
    subject: str = ""
    organisation: str = ""
    superior: str = ""
    rated: bool = False
    round: int = 1
    venues: tuple[tuple[str, str], ...] = ()
    sessions: dict[str, Session] = field(default_factory=dict)
    facts: dict[str, Recorded] = field(default_factory=dict)
    ticks: dict[tuple[str, str], int] = field(default_factory=dict)
    motions: tuple[Motion, ...] = ()
    flags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    excepted: tuple[str, ...] = ()
    self_level: str | None = None
    proposed_level: str | None = None
    voted_level: str | None = None
    submitted_level: str | None = None
    appraised_level: str | None = None
    appraised_reason: str | None = None
    decisions: dict[str, str] = field(default_factory=dict)
    decided_level: str | None = None
    bundle: str | None = None
    dates: dict[str, date] = field(default_factory=dict)

    @property
    def stream(self) -> str:
        """The stream its events lie in."""
        return f"review/{self.id}"

    @property
    def level(self) -> str | None:
        """The level that counts for others: decided, else voted, without a ballot submitted."""
        return self.decided_level or self.voted_level or self.submitted_level

    @property
    def pending_venues(self) -> tuple[str, ...]:
        """Venues that have not held their session in this round, in the order of the rulebook.

        Who is suspended from a committee alone has only the cell (QD366-2025, HD 43, 7.7).
        """
        told = self.facts.get("subject.suspended_from_committee")
        only_cell = told is not None and told[0] is True
        return tuple(
            body
            for body, kind in self.venues
            if body not in self.sessions and not (only_cell and kind not in ("cell", "group"))
        )

    def place_of(self, venue: str) -> str:
        """The venue of this review that a session there fills: the cell for one of its Party groups."""
        known = dict(self.venues)
        return venue if venue in known else next((b for b, kind in self.venues if kind == "cell"), venue)

    @property
    def in_group(self) -> bool:
        """Whether a Party group held the session in this round, and not the cell itself (C-39)."""
        return any(session.group for session in self.sessions.values())

    def ticked(self, venue: str = "") -> tuple[str, ...]:
        """Checklist items a person confirmed: for the whole review, and in the session of `venue`."""
        return tuple(sorted({item for item, at in self.ticks if at in ("", venue)}))

    def copy(self) -> Review:
        """A copy that can be folded further without touching this one."""
        made = object.__new__(Review)  # a quarter of the time `replace` takes, several times a command
        for name in _FIELDS:
            setattr(made, name, getattr(self, name))
        made.sessions, made.facts, made.ticks = dict(self.sessions), dict(self.facts), dict(self.ticks)
        made.flags, made.dates = dict(self.flags), dict(self.dates)
        return made


_FIELDS = tuple(one.name for one in fields(Review))


class ImpossibleHistory(Exception):
    """The log holds an event the table does not allow here: a fault in the program or the log."""


_SIDE_STATES = (life.PAUSED, life.ABSENT)
_targets: dict[tuple[str, str, str, str], str | None] = {}


def _find_target(trigger: str, stage: str, kind: str, remembered: str) -> str | None:
    step = life.TABLE.step(trigger, stage, kind, remembered)
    target = _targets[(trigger, stage, kind, remembered)] = step.target if step else None
    return target


def fold(review_id: str, events: Iterable[Event], start: Review | None = None) -> Review:
    """The review after these events, from nothing or from an earlier fold (which is left as it was)."""
    review = start.copy() if start is not None else Review(id=review_id)
    for event in events:
        apply(review, event)
    return review


def apply(review: Review, event: Event) -> None:
    """Fold one more event into the review. Raises ImpossibleHistory where the table has no such move."""
    review.version += 1
    trigger, change = _FOLDS.get(type(event), _NO_FOLD)
    if trigger is not None:
        stage = review.stage
        key = (trigger, stage, review.kind, review.remembered)
        target = _targets[key] if key in _targets else _find_target(*key)
        # an act recorded while a side state lasts leaves alone where the way back leads
        if target != stage:
            if target is None:
                raise ImpossibleHistory(f"{review.stream}#{review.version}: {trigger} from {stage}")
            review.remembered = stage if target in _SIDE_STATES else ""
            review.stage = target
    if change is not None:
        change(review, event)


def _opened(review: Review, event: happened.ReviewOpened) -> None:
    review.campaign, review.kind, review.quality = event.campaign, event.kind, event.quality
    review.subject, review.organisation, review.superior = event.subject, event.organisation, event.superior
    review.venues, review.rated = event.venues, event.rated


def _tell(review: Review, name: str, value: FactValue) -> None:
    review.facts[name] = (value, review.version)


def _prepared(review: Review, event: happened.DraftPrepared) -> None:
    review.dates["prepared"] = event.on
    _tell(review, "draft.prepared_on", event.on)


def _sent(review: Review, event: happened.DraftSent) -> None:
    review.dates["draft_sent"] = event.on
    if not event.minor or "draft.sent_on" not in review.facts:
        _tell(review, "draft.sent_on", event.on)


def _passed_through(review: Review, event: happened.DraftPassedThrough) -> None:
    review.dates["draft_sent"] = event.on


def _ticked(review: Review, event: happened.ItemsTicked) -> None:
    for item in event.ticked:
        review.ticks[(item, event.venue)] = review.version
    for item in event.unticked:
        review.ticks.pop((item, event.venue), None)


def _notified(review: Review, event: happened.SuperiorNotified) -> None:
    _tell(review, "notice.superior_on", event.on)
    _tell(review, "notice.superior_attachments", event.attachments)


def _fact(review: Review, event: happened.FactRecorded) -> None:
    _tell(review, event.fact, event.value)
    if event.fact.startswith("unit."):  # dates are counted from these, and owed since they are known
        review.dates[event.fact] = event.on


def _self_rated(review: Review, event: happened.SelfRated) -> None:
    review.self_level = event.level
    _tell(review, "self.rating", event.level)


def _proposed(review: Review, event: happened.LevelProposed) -> None:
    review.proposed_level = event.level
    _tell(review, "proposal.level", event.level)
    _tell(review, "proposal.by", event.by)


def _session(review: Review, event: happened.SessionHeld) -> None:
    place = review.place_of(event.venue)
    group = event.venue if event.venue != place else ""
    review.sessions[place] = Session(event.meeting, event.on, event.item, event.chair_role, group)
    review.dates["session"] = event.on


def _concluded(review: Review, event: happened.ReviewConcluded) -> None:
    review.dates["reviewed"] = event.on


def _carried(review: Review, event: happened.MotionCarried) -> None:
    review.motions += (
        Motion(event.ballot, event.level, event.in_favour, event.entitled, event.on, carried=True),
    )
    if review.voted_level is not None:  # a second round: what was read out before it is not the result
        _unannounced(review)
    review.voted_level = event.level
    review.dates["voted"] = event.on
    _tell(review, "ballot.day", event.on)


def _failed(review: Review, event: happened.MotionFailed) -> None:
    review.motions += (
        Motion(event.ballot, event.level, event.in_favour, event.entitled, event.on, carried=False),
    )


def _turn(carried: bool | None) -> Callable[[Review, Any], None]:
    def change(review: Review, event: happened.VoteCorrected) -> None:
        review.motions = tuple(
            replace(motion, in_favour=event.now, carried=motion.carried if carried is None else carried)
            if (motion.ballot, motion.level) == (event.ballot, event.level)
            else motion
            for motion in review.motions
        )
        if carried is True:
            review.voted_level = event.level
            review.dates["voted"] = next(m.on for m in review.motions if m.ballot == event.ballot)
            _tell(review, "ballot.day", review.dates["voted"])
        elif carried is False:
            _unvote(review)

    return change


def _turned_to_level(review: Review, event: happened.VoteTurnedToLevel) -> None:
    held = [motion for motion in review.motions if motion.ballot == event.ballot]
    put = {motion.level: motion for motion in held}
    for like_it in held[:1]:  # a level nobody had marked is put only now
        put[event.level] = replace(put.get(event.level, like_it), level=event.level, in_favour=event.now)
    turned = (replace(motion, carried=motion.level == event.voted) for motion in put.values())
    review.motions = (*(motion for motion in review.motions if motion.ballot != event.ballot), *turned)
    review.voted_level = event.voted
    _unannounced(review)


def _unvote(review: Review) -> None:
    """No ballot stands any more: its level, its day and its announcement go with it."""
    review.voted_level = None
    review.dates.pop("voted", None)
    review.facts.pop("ballot.day", None)
    _unannounced(review)


def _unannounced(review: Review) -> None:
    review.dates.pop("announced", None)
    review.facts.pop("result.announced_on", None)


def _reopened_ballot(review: Review, event: happened.BallotReopened) -> None:
    review.motions = tuple(replace(motion, void=True) for motion in review.motions)
    _unvote(review)


def _announced(review: Review, event: happened.ResultAnnounced) -> None:
    review.dates["announced"] = event.on
    _tell(review, "result.announced_on", event.on)


def _flagged(review: Review, event: happened.FlagRaised) -> None:
    review.flags[event.flag] = tuple(dict.fromkeys((*review.flags.get(event.flag, ()), *event.rules)))


def _cleared(review: Review, event: happened.FlagCleared) -> None:
    review.flags.pop(event.flag, None)


def _excepted(review: Review, event: happened.ExceptionAuthorised) -> None:
    review.excepted = tuple(dict.fromkeys((*review.excepted, *event.rules)))


def _closed_unrated(review: Review, event: happened.ClosedUnrated) -> None:
    review.dates["closed"] = event.on


def _absent(review: Review, event: happened.AbsenceRecorded) -> None:
    review.dates["absent"] = event.on


def _corrected(review: Review, event: happened.EntryCorrected) -> None:
    if event.entry in review.facts:
        _tell(review, event.entry, like(review.facts[event.entry][0], event.now))


def like(held: FactValue, text: str) -> bool | int | str:
    """A correction is written as text; it takes the type of what it corrects, or stays text."""
    if isinstance(held, bool) and text in ("true", "false"):
        return text == "true"
    if isinstance(held, int) and not isinstance(held, bool) and text.removeprefix("-").isdecimal():
        return int(text)
    return text


_CHANGES: dict[type[Event], Callable[[Review, Any], None]] = {
    happened.ReviewOpened: _opened,
    happened.DraftPrepared: _prepared,
    happened.DraftSent: _sent,
    happened.DraftPassedThrough: _passed_through,
    happened.ItemsTicked: _ticked,
    happened.SuperiorNotified: _notified,
    happened.FactRecorded: _fact,
    happened.SelfRated: _self_rated,
    happened.LevelProposed: _proposed,
    happened.SessionHeld: _session,
    happened.ReviewConcluded: _concluded,
    happened.MotionCarried: _carried,
    happened.MotionFailed: _failed,
    happened.VoteCorrected: _turn(None),
    happened.VoteTurnedToCarried: _turn(True),
    happened.VoteTurnedToFailed: _turn(False),
    happened.VoteTurnedToLevel: _turned_to_level,
    happened.BallotReopened: _reopened_ballot,
    happened.ResultAnnounced: _announced,
    happened.FlagRaised: _flagged,
    happened.FlagCleared: _cleared,
    happened.ExceptionAuthorised: _excepted,
    happened.ClosedUnrated: _closed_unrated,
    happened.AbsenceRecorded: _absent,
    happened.EntryCorrected: _corrected,
    **decided.CHANGES,
}

_NO_FOLD: tuple[str | None, Callable[[Review, Any], None] | None] = (None, None)
_FOLDS = {kind: (TRIGGERS.get(kind), _CHANGES.get(kind)) for kind in TRIGGERS.keys() | _CHANGES.keys()}
"""The move and the change of every event: one look an event where a replay makes hundreds of thousands."""
