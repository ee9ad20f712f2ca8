"""Orders that carry results upwards: submission, appraisal, decision, annulment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import Command, ReviewCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmitBundle(Command):
    """Report an organisation's results to its superior; empty `reviews` takes all that are ready.

    `hour` is the hour and minute of that day, "15:00", in Asia/Ho_Chi_Minh; only a deadline with an hour
    asks for it.
    """

    submission: str
    campaign: str
    organisation: str
    on: date
    reviews: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: str = "results"
    hour: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnBundle(Command):
    """Send a bundle back, whole or the rows named."""

    submission: str
    on: date
    reason: str
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenConsultation(Command):
    """Ask bodies for their opinion until a day, that day included."""

    submission: str
    bodies: tuple[str, ...]
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordOpinion(Command):
    """Keep the opinion of one consulted body."""

    submission: str
    body: str
    on: date
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseConsultation(Command):
    """Record that the period set for the answers, `until` included, is over; sent by the clock alone."""

    submission: str
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The level advised or decided for one review, with a reason where it departs from the computed one.

    `in_favour` of `entitled` is the count of the deciding body's own ballot, where it holds one.
    """

    review: str
    level: str
    reason: str | None = None
    in_favour: int | None = None
    entitled: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AppraiseBundle(Command):
    """The organisation board's advice, a level a review; empty `rows` takes the voted levels."""

    submission: str
    on: date
    rows: tuple[Judgement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideBundle(Command):
    """The competent body's decision; empty `rows` takes what was advised.

    `by` says who decided, a choice of the fact `decision.by`: the standing committee (`btv`), the
    `committee`, a union's `chairman`, and so on.
    """

    submission: str
    on: date
    document: str
    by: str = "committee"
    rows: tuple[Judgement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Annul(ReviewCommand):
    """Cancel a recognised level after a shortcoming was found."""

    on: date
    reason: str
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StartRound(ReviewCommand):
    """Begin the new round of an annulled review."""

    on: date
