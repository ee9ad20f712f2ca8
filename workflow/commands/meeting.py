"""Orders about meetings and about the papers counted at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.commands.asking import Command, ReviewCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One review taken at a meeting. `counts` holds papers in favour by level, where a ballot was held.

    `ticked` names the checklist items a person confirms for this item.
    """

    review: str
    chair: str = ""
    presented: bool = True
    residence_comment: str = "read"
    concluded: bool = True
    absent: bool = False
    ticked: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Papers:
    """The sheet as counted: issued, collected, valid, invalid papers; secret, open, or None: not stated.

    `counters` are the people of the counting team. Of those who count for the ballot, `absent` were not
    there and `barred` do not cast for a conflict of interest; `exempt_attending` are exempt members who came
    and count too (C-09).
    """

    issued: int
    collected: int
    valid: int
    invalid: int
    secret: bool | None = None
    counters: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    exempt_attending: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanMeeting(Command):
    """Set the day of a meeting with its agenda; a day that breaks a rule is refused."""

    meeting: str
    campaign: str
    organisation: str
    venue: str
    day: date
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordMeeting(Command):
    """Record a whole meeting: agenda in order, chairs, attendance, conclusions and counts.

    `took_place` says that it really happened so: what breaks a rule is then kept as irregular.
    `announced` says that the result was announced at the meeting.
    """

    meeting: str
    campaign: str
    organisation: str
    venue: str
    day: date
    items: tuple[AgendaItem, ...]
    present: int
    invited: int = 0
    superior_attended: bool = False
    papers: Papers | None = None
    announced: bool = False
    took_place: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelMeeting(Command):
    """Call a planned meeting off."""

    meeting: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldSession(ReviewCommand):
    """Record one session of one review, where no whole meeting is recorded."""

    meeting: str
    venue: str
    day: date
    item: int
    chair: str = ""
    presented: bool = True
    residence_comment: str = "read"
    concluded: bool = True
    ticked: tuple[str, ...] = ()
    took_place: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkAbsent(ReviewCommand):
    """The member was not at the meeting."""

    on: date
    meeting: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueBallot(Command):
    """Hand out papers: one motion a review, the level proposed for it.

    `form` "columns": each name has a column for every level, and the level here is the one proposed; with
    "motion" the paper asks for that level alone. The people are those of `Papers`.
    """

    ballot: str
    campaign: str
    organisation: str
    meeting: str
    day: date
    motions: tuple[tuple[str, str], ...]
    secret: bool | None = None
    form: str = "motion"
    counters: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    exempt_attending: tuple[str, ...] = ()
    took_place: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CountBallot(Command):
    """Enter the count: papers, and those in favour by review and level."""

    ballot: str
    issued: int
    collected: int
    valid: int
    invalid: int
    tallies: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmCount(Command):
    """Confirm a count another person entered; `tallies` read off the paper again have to agree with it."""

    ballot: str
    tallies: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectCount(Command):
    """Put a typed count right; done by another person than the one who typed it."""

    ballot: str
    review: str
    level: str
    now: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RepeatBallot(ReviewCommand):
    """Hold the ballot on a review again, with the reason."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnounceResult(ReviewCommand):
    """The result was announced where the ballot was held."""

    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseUnrated(ReviewCommand):
    """Close a review that a clause leaves without a rating."""

    on: date
