"""What can be asked of the service: orders, each naming the streams it concerns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from states.roles import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who enters the command and the capacity acted in: a role held at a body."""

    id: str
    role: Role
    body: str

    @property
    def capacity(self) -> str:
        """`secretary@CB03`, as the log keeps it."""
        return f"{self.role}@{self.body}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """An order. What has a day of its own carries it; the day of entry is the machine's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewCommand(Command):
    """An order about one review."""

    review: str


# --- campaign -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanCampaign(Command):
    """Plan a campaign of a year or quarter for an organisation, under a rulebook."""

    campaign: str
    year: int
    period: str = "year"
    quarter: int | None = None
    rulebook: str
    organisation: str
    superior: str
    roster_day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class StartOpening(Command):
    """Begin to expand the roster, as it was believed at an instant, into so many reviews."""

    campaign: str
    subjects: int
    believed_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """One review to open, as the rulebook read the roster."""

    review: str
    kind: str
    quality: str
    subject: str
    organisation: str
    superior: str
    venues: tuple[tuple[str, str], ...]
    rated: bool
    exempt_by: str | None = None
    roster_rows: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenBatch(Command):
    """Open one batch of subjects; batches count from 1 and come in order."""

    campaign: str
    batch: int
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FinishOpening(Command):
    """Make the campaign visible once every batch is there."""

    campaign: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseCampaign(Command):
    """End the campaign."""

    campaign: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantSpecialMerit(Command):
    """The superior recognises specially excellent achievements of one organisation."""

    campaign: str
    organisation: str
    document: str


# --- lists ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordListEntry(Command):
    """Enter something known: a discipline, a violation, a spell of sick leave, a complaint ..."""

    campaign: str
    organisation: str
    list: str
    subject: str
    from_day: date | None = None
    to_day: date | None = None
    decided_on: date | None = None
    cause: str | None = None
    self_detected: bool | None = None
    term_ends: date | None = None
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclareLists(Command):
    """Declare lists of an organisation complete as of a day, that day included."""

    campaign: str
    organisation: str
    lists: tuple[str, ...]
    as_of: date


@dataclass(frozen=True, kw_only=True, slots=True)
class RateNeighbour(Command):
    """Record the rating of the administration or a mass organisation of the same level."""

    campaign: str
    organisation: str
    neighbour: str
    neighbour_kind: str
    rank: int
    scale_length: int
    rated_on: date
    document: str


# --- preparation ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepare(ReviewCommand):
    """The collective report or self-review is written."""

    on: date
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FactEntry:
    """One fact from the vocabulary; points and days as text (`"38.5"`, `"2016-12-20"`)."""

    fact: str
    value: bool | int | str
    on: date
    document: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordFacts(ReviewCommand):
    """Record facts the rules ask for: points, completion, staff rating ..."""

    facts: tuple[FactEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RateSelf(ReviewCommand):
    """The member rates himself."""

    level: str
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeLevel(ReviewCommand):
    """The proposing body puts a level forward for the ballot."""

    level: str
    on: date
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SendDraft(ReviewCommand):
    """Send the draft to those invited; `on` is the day the last of them had it.

    `ticked` names the checklist items a person confirms.
    """

    on: date
    recipients: int
    minor: bool = False
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NotifySuperior(ReviewCommand):
    """Tell the superior the day of the review, with the drafts attached or not."""

    on: date
    attachments: bool


# --- meetings -------------------------------------------------------------------------------------


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
    """The sheet as counted: issued, collected, valid, invalid papers; secret, open or not stated."""

    issued: int
    collected: int
    valid: int
    invalid: int
    secret: bool | None = None


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


# --- ballots --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueBallot(Command):
    """Hand out papers: one motion a review, the level proposed for it."""

    ballot: str
    campaign: str
    organisation: str
    meeting: str
    day: date
    motions: tuple[tuple[str, str], ...]
    secret: bool | None = None
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


# --- submission, appraisal, decision --------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class SubmitBundle(Command):
    """Report an organisation's results to its superior; empty `reviews` takes all that are ready."""

    submission: str
    campaign: str
    organisation: str
    on: date
    reviews: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kind: str = "results"


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
class Judgement:
    """The level advised or decided for one review, with a reason where it departs from the computed one."""

    review: str
    level: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AppraiseBundle(Command):
    """The organisation board's advice, a level a review; empty `rows` takes the voted levels."""

    submission: str
    on: date
    rows: tuple[Judgement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DecideBundle(Command):
    """The competent body's decision; empty `rows` takes what was advised.

    `by` says who decided: the standing committee (`btv`), the `committee`, or an `other` body.
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


# --- beside the stage -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause(ReviewCommand):
    """Stop the review for inspection."""

    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume(ReviewCommand):
    """Go on after the conclusion, which is cited."""

    on: date
    conclusion: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RaiseFlag(ReviewCommand):
    """Open a flag beside the stage."""

    flag: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearFlag(ReviewCommand):
    """Close a flag beside the stage."""

    flag: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthoriseException(ReviewCommand):
    """The competent body allows a departure from rules, by a document."""

    rules: tuple[str, ...]
    on: date
    reason: str
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectEntry(ReviewCommand):
    """Put a typed fact right; done by another person than the one who typed it."""

    entry: str
    now: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRosterChange(Command):
    """Cover roster rows just written by their digests, and tell the reviews they touch how."""

    source: str
    digests: tuple[str, ...]
    closed: int
    on: date
    touched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A command with who asks, the idempotency key and the version the asker saw, where given."""

    command: Command
    actor: Actor
    key: str | None = None
    expected_version: int | None = None
    language: str = field(default="vi")
