"""The other lives folded from events: campaign, meeting, ballot sheet, submission, lists, roster."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from states import ballot as ballot_life
from states import calendar as calendar_life
from states import campaign as campaign_life
from states import conflict as conflict_life
from states import delegation as delegation_life
from states import grant as grant_life
from states import meeting as meeting_life
from states import plan as plan_life
from states import reward as reward_life
from states import submission as submission_life
from states.table import NEW, Table
from workflow.access import FOLDS as ACCESS_FOLDS
from workflow.access import Conflict, Delegation, Grant
from workflow.calendar_changes import FOLDS as CALENDAR_FOLDS
from workflow.calendar_changes import CalendarChange
from workflow.event import Event
from workflow.events import calendar as of_calendar
from workflow.events import campaign as in_campaign
from workflow.events import meeting as at_meeting
from workflow.events import submission as in_bundle
from workflow.plans import FOLDS as PLAN_FOLDS
from workflow.plans import Plan
from workflow.review import ImpossibleHistory
from workflow.rewards import FOLDS as REWARD_FOLDS
from workflow.rewards import History, Reward


@dataclass(slots=True)
class Campaign:
    """A year or quarter of reviews under one pinned rulebook."""

    id: str
    version: int = 0
    stage: str = NEW
    year: int = 0
    period: str = "year"
    rulebook: str = ""
    rulebook_hash: str = ""
    organisation: str = ""
    superior: str = ""
    roster_day: date = date.min
    subjects: int = 0
    believed_at: str = ""
    batches: int = 0
    special_merit: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Meeting:
    """One meeting of one venue: planned for a day, then recorded as it was held."""

    id: str
    version: int = 0
    stage: str = NEW
    campaign: str = ""
    organisation: str = ""
    venue: str = ""
    day: date = date.min
    agenda: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()


@dataclass(slots=True)
class Ballot:
    """One sheet of papers at one meeting, one row a review: a single level, or a column for every level.

    `entitled` count in the denominator, `casting` were to get a paper. `valid` and `tallies` hold what was
    counted; nothing says who voted what.
    """

    id: str
    version: int = 0
    stage: str = NEW
    campaign: str = ""
    organisation: str = ""
    meeting: str = ""
    day: date = date.min
    body: str = ""
    secret: bool | None = None
    entitled: int = 0
    on_roll: int = 0
    motions: tuple[tuple[str, str], ...] = ()
    form: str = "motion"
    count: str = "per_level"
    round: int = 1
    casting: int = 0
    barred: int = 0
    absent: int = 0
    exempt_attending: int = 0
    counters: tuple[str, ...] = ()
    barred_counters: int = 0
    issued: int = 0
    collected: int = 0
    valid: int = 0
    invalid: int = 0
    tallies: dict[tuple[str, str], int] = field(default_factory=dict)

    def marks(self, review: str) -> tuple[tuple[str, int], ...]:
        """The row of one review: papers by level, as counted."""
        return tuple((level, papers) for (one, level), papers in self.tallies.items() if one == review)


@dataclass(slots=True)
class Submission:
    """What one organisation sent to its superior, returned whole or by row, appraised, decided."""

    id: str
    version: int = 0
    stage: str = NEW
    campaign: str = ""
    organisation: str = ""
    to: str = ""
    kind: str = ""
    on: date = date.min
    rows: dict[str, str] = field(default_factory=dict)
    consulted: dict[str, date | None] = field(default_factory=dict)
    reply_until: date | None = None
    late: tuple[str, ...] = ()
    closed: bool = False
    appraised: dict[str, str] = field(default_factory=dict)
    decided: dict[str, str] = field(default_factory=dict)
    returned: tuple[str, ...] = ()

    @property
    def awaited_until(self) -> date | None:
        """The day set for answers whose passing is not recorded yet; None where nothing is waited for."""
        waits = self.stage in (submission_life.SUBMITTED, submission_life.APPRAISED) and not self.closed
        return self.reply_until if waits else None

    def silent(self, today: date) -> tuple[str, ...]:
        """Bodies that still owe an opinion while the day set for it has not passed."""
        if self.reply_until is None or today > self.reply_until:
            return ()
        return tuple(body for body, answered in self.consulted.items() if answered is None)


@dataclass(slots=True)
class Lists:
    """The lists of one organisation in one campaign: digests of entries and declarations."""

    id: str
    version: int = 0
    stage: str = NEW
    declared: dict[str, date] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Roster:
    """The stream that covers the roster rows: only its length matters to the engine."""

    id: str
    version: int = 0
    stage: str = NEW


Body = (
    Campaign
    | Meeting
    | Ballot
    | Submission
    | Plan
    | Reward
    | Lists
    | Roster
    | History
    | CalendarChange
    | Grant
    | Delegation
    | Conflict
)


def _planned_campaign(campaign: Campaign, event: in_campaign.CampaignPlanned) -> None:
    campaign.year, campaign.period = event.year, event.period
    campaign.rulebook, campaign.rulebook_hash = event.rulebook, event.rulebook_hash
    campaign.organisation, campaign.superior = event.organisation, event.superior
    campaign.roster_day = event.roster_day


def _started_opening(campaign: Campaign, event: in_campaign.OpeningStarted) -> None:
    campaign.subjects, campaign.believed_at = event.subjects, event.believed_at


def _batch(campaign: Campaign, event: in_campaign.BatchOpened) -> None:
    campaign.batches = event.batch


def _merit(campaign: Campaign, event: in_campaign.SpecialMeritGranted) -> None:
    campaign.special_merit[event.organisation] = event.document


def _adopted(campaign: Campaign, event: of_calendar.CalendarAdopted) -> None:
    campaign.rulebook_hash = event.rulebook_hash


def _meeting(meeting: Meeting, event: at_meeting.MeetingPlanned | at_meeting.MeetingRecorded) -> None:
    meeting.campaign, meeting.organisation, meeting.venue = event.campaign, event.organisation, event.venue
    meeting.day, meeting.agenda, meeting.chairs = event.day, event.agenda, event.chairs


def _issued(ballot: Ballot, event: at_meeting.BallotIssued) -> None:
    ballot.campaign, ballot.organisation, ballot.meeting = event.campaign, event.organisation, event.meeting
    ballot.day, ballot.body, ballot.secret = event.day, event.body, event.secret
    ballot.entitled, ballot.on_roll, ballot.motions = event.entitled, event.on_roll, event.motions
    ballot.form, ballot.count, ballot.round = event.form, event.count, event.round
    ballot.casting, ballot.barred, ballot.absent = event.casting, event.barred, event.absent
    ballot.exempt_attending = event.exempt_attending
    ballot.counters, ballot.barred_counters = event.counters, event.barred_counters


def _counted(ballot: Ballot, event: at_meeting.BallotCounted) -> None:
    ballot.issued, ballot.collected = event.issued, event.collected
    ballot.valid, ballot.invalid = event.valid, event.invalid
    ballot.tallies = {(review, level): votes for review, level, votes in event.tallies}


def _count_corrected(ballot: Ballot, event: at_meeting.CountCorrected) -> None:
    ballot.tallies[(event.review, event.level)] = event.now


def _submitted(bundle: Submission, event: in_bundle.BundleSubmitted) -> None:
    bundle.campaign, bundle.organisation, bundle.to = event.campaign, event.organisation, event.to
    bundle.kind, bundle.on, bundle.rows = event.kind, event.on, dict(event.rows)
    bundle.appraised, bundle.returned = {}, ()
    bundle.consulted, bundle.reply_until, bundle.closed = {}, None, False


def _rows_returned(bundle: Submission, event: in_bundle.RowsReturned | in_bundle.LastRowsReturned) -> None:
    for row in event.rows:
        bundle.rows.pop(row, None)
        bundle.appraised.pop(row, None)
    bundle.returned += event.rows


def _consulted(bundle: Submission, event: in_bundle.ConsultationOpened) -> None:
    bundle.consulted = dict.fromkeys(event.bodies)
    bundle.reply_until, bundle.late, bundle.closed = event.until, (), False


def _opinion(bundle: Submission, event: in_bundle.OpinionReceived) -> None:
    bundle.consulted[event.body] = event.on
    if event.late:
        bundle.late = (*bundle.late, event.body)


def _consultation_closed(bundle: Submission, event: in_bundle.ConsultationClosed) -> None:
    bundle.closed = True


def _appraised(bundle: Submission, event: in_bundle.BundleAppraised) -> None:
    bundle.appraised.update(event.rows)


def _decided(bundle: Submission, event: in_bundle.RowsDecided | in_bundle.BundleDecided) -> None:
    bundle.decided.update(event.rows)


def _entry(lists: Lists, event: in_campaign.ListEntryRecorded) -> None:
    lists.entries[event.list] = lists.entries.get(event.list, 0) + 1


def _declared(lists: Lists, event: in_campaign.ListDeclaredComplete) -> None:
    lists.declared[event.list] = max(event.as_of, lists.declared.get(event.list, date.min))


_RULES: dict[type[Event], tuple[str | None, Callable[[Any, Any], None] | None]] = {
    in_campaign.CampaignPlanned: ("plan", _planned_campaign),
    in_campaign.OpeningStarted: ("start_opening", _started_opening),
    in_campaign.BatchOpened: ("open_batch", _batch),
    in_campaign.OpeningFinished: ("finish_opening", None),
    in_campaign.SpecialMeritGranted: ("grant_special_merit", _merit),
    in_campaign.CampaignClosed: ("close", None),
    in_campaign.RosterChanged: (None, None),
    in_campaign.ListEntryRecorded: (None, _entry),
    in_campaign.ListEntrySettled: (None, None),
    in_campaign.ListDeclaredComplete: (None, _declared),
    in_campaign.NeighbourRated: (None, None),
    at_meeting.MeetingPlanned: ("plan", _meeting),
    at_meeting.MeetingRecorded: ("record", _meeting),
    at_meeting.MeetingCancelled: ("cancel", None),
    at_meeting.BallotIssued: ("issue", _issued),
    at_meeting.BallotCounted: ("count", _counted),
    at_meeting.CountConfirmed: ("confirm", None),
    at_meeting.CountCorrected: ("correct", _count_corrected),
    at_meeting.BallotRepeated: ("repeat", None),
    in_bundle.BundleSubmitted: ("submit", _submitted),
    in_bundle.BundleReturned: ("return", None),
    in_bundle.RowsReturned: ("return_rows", _rows_returned),
    in_bundle.LastRowsReturned: ("return_last", _rows_returned),
    in_bundle.ConsultationOpened: ("open_consultation", _consulted),
    in_bundle.OpinionReceived: ("record_opinion", _opinion),
    in_bundle.ConsultationClosed: ("close_consultation", _consultation_closed),
    in_bundle.BundleAppraised: ("appraise", _appraised),
    in_bundle.RowsDecided: ("decide_rows", _decided),
    in_bundle.BundleDecided: ("decide", _decided),
    of_calendar.CalendarAdopted: ("adopt_calendar", _adopted),
    **PLAN_FOLDS,
    **REWARD_FOLDS,
    **CALENDAR_FOLDS,
    **ACCESS_FOLDS,
}


def trigger_of(event: type[Event]) -> str | None:
    """The move an event of these lives records, None where it records none."""
    return _RULES.get(event, (None, None))[0]


TABLES: dict[type[Any], Table] = {
    Campaign: campaign_life.TABLE,
    Meeting: meeting_life.TABLE,
    Ballot: ballot_life.TABLE,
    Submission: submission_life.TABLE,
    Plan: plan_life.TABLE,
    Reward: reward_life.TABLE,
    CalendarChange: calendar_life.TABLE,
    Grant: grant_life.TABLE,
    Delegation: delegation_life.TABLE,
    Conflict: conflict_life.TABLE,
}

FACTORIES: dict[str, type[Body]] = {
    "campaign": Campaign,
    "meeting": Meeting,
    "ballot": Ballot,
    "submission": Submission,
    "plan": Plan,
    "reward": Reward,
    "history": History,
    "lists": Lists,
    "roster": Roster,
    "calendar": CalendarChange,
    "grant": Grant,
    "delegation": Delegation,
    "conflict": Conflict,
}
"""Which life a stream tells, by the first word of its name."""


B = TypeVar("B", bound=Body)


def fold(body: B, events: Iterable[Event]) -> B:
    """The body after these events; the one given is left as it was."""
    folded = replace(body)
    for name in (
        "special_merit",
        "items",
        "remedied",
        "dates",
        "tallies",
        "rows",
        "consulted",
        "appraised",
        "decided",
        "declared",
        "entries",
    ):
        held = getattr(folded, name, None)
        if isinstance(held, dict):
            setattr(folded, name, dict(held))
    table = TABLES.get(type(body))
    for event in events:
        trigger, change = _RULES[type(event)]
        folded.version += 1
        if trigger is not None and table is not None:
            step = table.step(trigger, folded.stage)
            if step is None:
                raise ImpossibleHistory(f"{folded.id}#{folded.version}: {trigger} from {folded.stage}")
            folded.stage = step.target
        if change is not None:
            change(folded, event)
    return folded
