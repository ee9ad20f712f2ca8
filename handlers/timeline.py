"""The history of anything in the log, one plain sentence an event, in Vietnamese and in English.

The log has no names: they are handed in, as are the rulebook whose clauses are cited and the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handlers.telling import access, calendars, campaigns, meetings, plans, reviews, rewards, submissions
from handlers.telling.refused import refused_says
from handlers.telling.voice import Voice
from workflow import clock
from workflow.event import Event
from workflow.events import access as of_access
from workflow.events import calendar as of_calendar
from workflow.events import campaign as in_campaign
from workflow.events import meeting as at_meeting
from workflow.events import plan as of_plan
from workflow.events import review as in_review
from workflow.events import reward as of_reward
from workflow.events import submission as in_bundle
from workflow.log import Stored
from workflow.refusals import Refused

Sentence = Callable[[Any, Voice], str]

SENTENCES: dict[type[Event], Sentence] = {
    in_campaign.CampaignPlanned: campaigns.campaign_planned,
    in_campaign.OpeningStarted: campaigns.opening_started,
    in_campaign.BatchOpened: campaigns.batch_opened,
    in_campaign.OpeningFinished: campaigns.opening_finished,
    in_campaign.SpecialMeritGranted: campaigns.special_merit_granted,
    in_campaign.CampaignClosed: campaigns.campaign_closed,
    in_campaign.RosterChanged: campaigns.roster_changed,
    in_campaign.ListEntryRecorded: campaigns.list_entry_recorded,
    in_campaign.ListEntrySettled: campaigns.list_entry_settled,
    in_campaign.ListDeclaredComplete: campaigns.list_declared_complete,
    in_campaign.NeighbourRated: campaigns.neighbour_rated,
    of_calendar.CalendarChangeProposed: calendars.calendar_change_proposed,
    of_calendar.CalendarChangeConfirmed: calendars.calendar_change_confirmed,
    of_calendar.CalendarChangeWithdrawn: calendars.calendar_change_withdrawn,
    of_calendar.CalendarAdopted: calendars.calendar_adopted,
    of_access.GrantProposed: access.grant_proposed,
    of_access.GrantGivenAtSetUp: access.grant_given_at_set_up,
    of_access.GrantConfirmed: access.grant_confirmed,
    of_access.GrantWithdrawn: access.grant_withdrawn,
    of_access.GrantEnded: access.grant_ended,
    of_access.CapacityDelegated: access.capacity_delegated,
    of_access.DelegationEnded: access.delegation_ended,
    of_access.ConflictDeclared: access.conflict_declared,
    of_access.ConflictEnded: access.conflict_ended,
    in_review.ReviewOpened: reviews.review_opened,
    in_review.SubjectExempted: reviews.subject_exempted,
    in_review.DraftPrepared: reviews.draft_prepared,
    in_review.DraftSent: reviews.draft_sent,
    in_review.DraftPassedThrough: reviews.draft_passed_through,
    in_review.ItemsTicked: reviews.items_ticked,
    in_review.SuperiorNotified: reviews.superior_notified,
    in_review.FactRecorded: reviews.fact_recorded,
    in_review.SelfRated: reviews.self_rated,
    in_review.LevelProposed: reviews.level_proposed,
    in_review.SessionHeld: reviews.session_held,
    in_review.ReviewConcluded: reviews.review_concluded,
    in_review.MotionCarried: reviews.motion_carried,
    in_review.MotionFailed: reviews.motion_failed,
    in_review.VoteCorrected: reviews.vote_corrected,
    in_review.VoteTurnedToCarried: reviews.vote_turned_to_carried,
    in_review.VoteTurnedToFailed: reviews.vote_turned_to_failed,
    in_review.VoteTurnedToLevel: reviews.vote_turned_to_level,
    in_review.BallotReopened: reviews.ballot_reopened,
    in_review.ResultAnnounced: reviews.result_announced,
    in_review.ClosedUnrated: reviews.closed_unrated,
    in_review.AbsenceRecorded: reviews.absence_recorded,
    in_review.AttendedAgain: reviews.attended_again,
    in_review.ReviewPaused: reviews.review_paused,
    in_review.ReviewResumed: reviews.review_resumed,
    in_review.ReviewSubmitted: reviews.review_submitted,
    in_review.ReviewReturned: reviews.review_returned,
    in_review.ReviewAppraised: reviews.review_appraised,
    in_review.DecisionRecorded: reviews.decision_recorded,
    in_review.ReviewApproved: reviews.review_approved,
    in_review.ReviewReRated: reviews.review_re_rated,
    in_review.ReviewAnnulled: reviews.review_annulled,
    in_review.RoundStarted: reviews.round_started,
    in_review.FlagRaised: reviews.flag_raised,
    in_review.FlagCleared: reviews.flag_cleared,
    in_review.ExceptionAuthorised: reviews.exception_authorised,
    in_review.EntryCorrected: reviews.entry_corrected,
    in_review.BasisChanged: reviews.basis_changed,
    at_meeting.MeetingPlanned: meetings.meeting_planned,
    at_meeting.MeetingRecorded: meetings.meeting_recorded,
    at_meeting.MeetingCancelled: meetings.meeting_cancelled,
    at_meeting.BallotIssued: meetings.ballot_issued,
    at_meeting.BallotCounted: meetings.ballot_counted,
    at_meeting.CountConfirmed: meetings.count_confirmed,
    at_meeting.CountCorrected: meetings.count_corrected,
    at_meeting.BallotRepeated: meetings.ballot_repeated,
    in_bundle.BundleSubmitted: submissions.bundle_submitted,
    in_bundle.BundleReturned: submissions.bundle_returned,
    in_bundle.RowsReturned: submissions.rows_returned,
    in_bundle.LastRowsReturned: submissions.last_rows_returned,
    in_bundle.ConsultationOpened: submissions.consultation_opened,
    in_bundle.OpinionReceived: submissions.opinion_received,
    in_bundle.ConsultationClosed: submissions.consultation_closed,
    of_plan.PlanDrawnUp: plans.plan_drawn_up,
    of_plan.PlanAssigned: plans.plan_assigned,
    of_plan.PlanReturned: plans.plan_returned,
    of_plan.PlanAccepted: plans.plan_accepted,
    of_plan.PlanReported: plans.plan_reported,
    of_plan.PlanFollowedUp: plans.plan_followed_up,
    of_plan.PlanClosed: plans.plan_closed,
    of_plan.PlanCarriedOver: plans.plan_carried_over,
    of_reward.RewardProposed: rewards.reward_proposed,
    of_reward.RewardDecided: rewards.reward_decided,
    of_reward.RewardRefused: rewards.reward_refused,
    of_reward.RewardWithdrawn: rewards.reward_withdrawn,
    of_reward.HistoryImported: rewards.history_imported,
    in_bundle.BundleAppraised: submissions.bundle_appraised,
    in_bundle.RowsDecided: submissions.rows_decided,
    in_bundle.BundleDecided: submissions.bundle_decided,
}
"""The sentence of every event; a test keeps this list as long as the register of events."""


OWN_ACTS: tuple[type[Event], ...] = (in_review.DraftPrepared, in_review.SelfRated)
"""What the person under review does himself; whoever else enters it enters it for him."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a history: the day it happened, what happened, who entered it and on which day."""

    on: date
    says: str
    by: str
    entered_on: date

    def __str__(self) -> str:
        """“27/12/2016: Dự thảo đã đến tay đủ 14 người dự họp.”"""
        return f"{self.on:%d/%m/%Y}: {self.says}"


def line(event: Event, stored: Stored, voice: Voice) -> Line:
    """The line of a stored event. The day is that of the act in the world, in Vietnam."""
    told = getattr(event, "on", None)
    entered_on = stored.recorded_at.astimezone(clock.ZONE).date()
    owner = _person_of(stored.stream) if isinstance(event, OWN_ACTS) else ""
    return Line(
        on=told if isinstance(told, date) else stored.occurred_at.astimezone(clock.ZONE).date(),
        says=says(event, replace(voice, about=stored.stream)),
        by=voice.entered(stored.actor, stored.capacity, entered_on, owner),
        entered_on=entered_on,
    )


def says(event: Event, voice: Voice) -> str:
    """What happened, without day and person; ends with a full stop."""
    return SENTENCES[type(event)](event, voice)


def refused_line(refused: Refused, voice: Voice) -> Line:
    """The line of a refused command: what was wanted and which rules or state held it."""
    on = refused.recorded_at.astimezone(clock.ZONE).date()
    by = voice.entered(refused.actor, refused.capacity, on)
    return Line(on=on, says=refused_says(refused, voice), by=by, entered_on=on)


def people_of(events: Iterable[Event], stored: Iterable[Stored | Refused]) -> set[str]:
    """The ids whose names a history needs: who acted, who typed before, whose review is named."""
    found = {one.actor for one in stored}
    found |= {_person_of(one.stream) for one in stored if isinstance(one, Stored)}
    for event in events:
        for name in ("entered_by", "by", "subject", "person", "holder"):
            found.add(str(getattr(event, name, "")))
        for name in ("review", "agenda", "rows"):
            found.update(_subjects(getattr(event, name, ())))
    return found - {""}


def bodies_of(events: Iterable[Event], stored: Iterable[Stored | Refused]) -> set[str]:
    """The ids of bodies whose names a history needs: venues, senders, receivers, capacities."""
    found = {one.capacity.partition("@")[2] for one in stored}
    for event in events:
        for name in ("organisation", "superior", "venue", "to", "body", "by", "neighbour", "subject"):
            found.add(str(getattr(event, name, "")))
        found.update(getattr(event, "bodies", ()))
        found.update(venue for venue, *_ in getattr(event, "venues", ()))
        for name in ("review", "agenda", "rows"):
            found.update(_subjects(getattr(event, name, ())))
    return found - {""}


def _subjects(named: str | Iterable[str | tuple[str, str]]) -> set[str]:
    rows = (named,) if isinstance(named, str) else tuple(named)
    ids = (row if isinstance(row, str) else row[0] for row in rows)
    return {review.split(".", 2)[2] for review in ids if review.count(".") >= 2}


def _person_of(stream: str) -> str:
    """The person a review's stream is about; empty for a review of a body and for every other stream."""
    kind, _, name = stream.partition("/")
    of_person = kind == "review" and name.split(".", 2)[1:2] in (["member"], ["leader"])
    return name.split(".", 2)[2] if of_person else ""
