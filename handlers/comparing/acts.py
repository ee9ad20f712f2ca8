"""The acts of a review as its log tells them: each with its gate, its day and the review as it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workflow import codec
from workflow.event import Event
from workflow.events import review as happened
from workflow.log import Told
from workflow.review import Review, apply

BEFORE: dict[type[Event], str] = {
    happened.DraftSent: "send_draft",
    happened.LevelProposed: "propose",
    happened.SessionHeld: "hold_session",
    happened.MotionCarried: "count_ballot",
    happened.MotionFailed: "count_ballot",
    happened.ResultAnnounced: "publish",
    happened.ReviewSubmitted: "submit",
    happened.ReviewAppraised: "appraise",
    happened.DecisionRecorded: "decide",
    happened.ReviewApproved: "decide",
    happened.ReviewReRated: "decide",
    happened.ReviewAnnulled: "annul",
}
"""Acts judged on the review as it stood before them."""

AFTER: dict[type[Event], str] = {
    happened.DraftPrepared: "prepare",
    happened.SuperiorNotified: "notify_superior",
    happened.FactRecorded: "record_fact",
}
"""Acts judged with what they tell already known."""

MARKS = (happened.FlagRaised, happened.ExceptionAuthorised)
"""Events that say a review did not go by the rules alone."""

RATED_AT = ("decide", "appraise", "submit", "count_ballot")
"""The acts at which a level is computed, the last one first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One act: `before` is the review its rules were asked about, `version` the event that tells it.

    `named` are the facts recorded together, `first` says whether a motion is the first of its sheet.
    """

    gate: str
    on: date
    version: int
    before: Review
    event: Event
    named: frozenset[str] = frozenset()
    first: bool = True


@dataclass(frozen=True, slots=True)
class Lived:
    """A review with the acts that are to be judged, and when each gate was passed last.

    `irregular` where something passed against a rule.
    """

    review: Review
    acts: tuple[Act, ...]
    done: Mapping[str, date]
    irregular: bool = False

    def last(self, *gates: str) -> Act | None:
        """The last act at one of these gates, the gate named first winning."""
        for gate in gates:
            found = next((act for act in reversed(self.acts) if act.gate == gate), None)
            if found is not None:
                return found
        return None


def lived(review_id: str, told: Iterable[Told], wanted: Callable[[str, str], bool]) -> Lived:
    """The review and its acts, from what its events tell.

    `wanted` says of a gate and a kind whether acts there are to be judged; the last act at which a level was
    computed is kept in any case.
    """
    review = Review(id=review_id)
    acts: list[Act] = []
    done: dict[str, date] = {}
    irregular = False
    named: frozenset[str] = frozenset()
    events = list(told)
    for one, following in zip(events, [*events[1:], None], strict=True):
        event: Any = codec.decode(one.name, one.schema_version, one.data)
        kind = type(event)
        irregular = irregular or kind in MARKS
        if kind in CORRECTS:
            CORRECTS[kind](acts, event)
        gate = BEFORE.get(kind)
        if gate is not None:
            done[gate] = event.on
            kept = gate in RATED_AT or wanted(gate, review.kind)
            if kept and not _follows_a_decision(acts, kind):
                acts.append(_act(gate, one.version, review.copy(), event, acts))
        apply(review, event)
        gate = AFTER.get(kind)
        if gate is None:
            continue
        done[gate] = event.on
        if kind is happened.FactRecorded:
            named = named | {event.fact}
            if following is not None and following.name == one.name:
                continue  # facts recorded one after the other are judged together
        if wanted(gate, review.kind):
            acts.append(replace(_act(gate, one.version, review.copy(), event, acts), named=named))
        named = frozenset()
    whole = Lived(review, tuple(acts), done, irregular)
    last = whole.last(*RATED_AT)
    judged = tuple(act for act in acts if act is last or wanted(act.gate, review.kind))
    return replace(whole, acts=judged)


def _act(gate: str, version: int, before: Review, event: Any, acts: list[Act]) -> Act:
    first = True
    if gate == "count_ballot":
        first = not any(act.gate == gate and _ballot(act) == event.ballot for act in acts)
    return Act(gate=gate, on=event.on, version=version, before=before, event=event, first=first)


def _follows_a_decision(acts: list[Act], kind: type[Event]) -> bool:
    """Whether an approval only says what the decision recorded right before it has said."""
    approves = kind in (happened.ReviewApproved, happened.ReviewReRated)
    return approves and bool(acts) and isinstance(acts[-1].event, happened.DecisionRecorded)


def _ballot(act: Act) -> str:
    return str(getattr(act.event, "ballot", ""))


def _count(carried: bool | None) -> Callable[[list[Act], Any], None]:
    """A corrected count: the motion is judged by the number that is on the paper."""

    def change(acts: list[Act], event: Any) -> None:
        for place, act in enumerate(acts):
            motion = act.event
            if not isinstance(motion, happened.MotionCarried | happened.MotionFailed):
                continue
            if (motion.ballot, motion.level) != (event.ballot, event.level):
                continue
            told: dict[str, Any] = {
                "ballot": motion.ballot,
                "level": motion.level,
                "in_favour": event.now,
                "entitled": motion.entitled,
                "on": motion.on,
            }
            stands = isinstance(motion, happened.MotionCarried) if carried is None else carried
            made = happened.MotionCarried(**told) if stands else happened.MotionFailed(**told)
            acts[place] = replace(act, event=made)

    return change


CORRECTS: dict[type[Event], Callable[[list[Act], Any], None]] = {
    happened.VoteCorrected: _count(None),
    happened.VoteTurnedToCarried: _count(True),
    happened.VoteTurnedToFailed: _count(False),
}
