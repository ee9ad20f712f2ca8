"""The one door to every decision: which stage function answers which command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from states import campaign as campaign_life
from workflow.commands.access import (
    ConfirmGrant,
    DeclareConflict,
    DelegateCapacity,
    EndConflict,
    EndDelegation,
    EndGrant,
    GiveAtSetUp,
    ProposeGrant,
    WithdrawGrant,
)
from workflow.commands.asking import Command, ReviewCommand
from workflow.commands.beside import AuthoriseException, ClearFlag, CorrectEntry, Pause, RaiseFlag, Resume
from workflow.commands.calendar import (
    ConfirmCalendarChange,
    ProposeCalendarChange,
    WithdrawCalendarChange,
)
from workflow.commands.campaign import (
    CloseCampaign,
    DeclareLists,
    FinishOpening,
    GrantSpecialMerit,
    OpenBatch,
    PlanCampaign,
    RateNeighbour,
    RecordListEntry,
    RecordRosterChange,
    SettleListEntry,
    StartOpening,
)
from workflow.commands.deciding import (
    Annul,
    AppraiseBundle,
    CloseConsultation,
    DecideBundle,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    StartRound,
    SubmitBundle,
)
from workflow.commands.meeting import (
    AnnounceResult,
    CancelMeeting,
    CloseUnrated,
    ConfirmCount,
    CorrectCount,
    CountBallot,
    HoldSession,
    IssueBallot,
    MarkAbsent,
    PlanMeeting,
    RecordMeeting,
    RepeatBallot,
)
from workflow.commands.plan import (
    AcceptPlan,
    AssignPlan,
    CarryPlanOver,
    ClosePlan,
    DrawUpPlan,
    FollowUpPlan,
    ReportPlan,
    ReturnPlan,
)
from workflow.commands.preparing import (
    NotifySuperior,
    Prepare,
    ProposeLevel,
    RateSelf,
    RecordFacts,
    SendDraft,
    TickItems,
)
from workflow.commands.reward import (
    DecideReward,
    ImportHistory,
    ProposeReward,
    RefuseReward,
    WithdrawReward,
)
from workflow.decision import Decision, Situation
from workflow.errors import NotFound, Refusal
from workflow.sealed import Sealed
from workflow.stages import (
    appraising,
    beside,
    calendar,
    correcting,
    counting,
    deciding,
    delegating,
    drafting,
    granting,
    interests,
    issuing,
    listing,
    meeting,
    opening,
    planning,
    preparing,
    reviewing,
    rewarding,
    submitting,
    ticking,
    voting,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extras:
    """What only some commands need: sealed private content, counts from the register, an entry of a list.

    `rulebooks` are canonical bytes kept under their hashes when the command is carried out.
    """

    sealed: Sealed | None = None
    sealed_rows: tuple[Sealed, ...] = ()
    reviews: int = 0
    exempt: int = 0
    unsettled: int = 0
    entry: listing.EntryHeld | None = None
    calendar: calendar.CalendarHeld | None = None
    access: granting.AccessHeld | None = None
    rulebooks: tuple[bytes, ...] = ()


Decider = Callable[[Any, Situation], Decision]

PLAIN: dict[type[Command], Decider] = {
    PlanCampaign: opening.plan_campaign,
    StartOpening: opening.start_opening,
    OpenBatch: opening.open_batch,
    GrantSpecialMerit: opening.grant_special_merit,
    DeclareLists: listing.declare,
    RateNeighbour: listing.rate_neighbour,
    RecordRosterChange: listing.change_roster,
    Prepare: preparing.prepare,
    RecordFacts: preparing.record_facts,
    RateSelf: preparing.rate_self,
    TickItems: ticking.tick_items,
    ProposeLevel: preparing.propose,
    SendDraft: drafting.send_draft,
    NotifySuperior: drafting.notify_superior,
    PlanMeeting: meeting.plan_meeting,
    RecordMeeting: meeting.record_meeting,
    CancelMeeting: meeting.cancel_meeting,
    HoldSession: reviewing.hold_session,
    MarkAbsent: reviewing.mark_absent,
    Pause: reviewing.pause,
    Resume: reviewing.resume,
    IssueBallot: issuing.issue_ballot,
    CountBallot: counting.count_ballot,
    ConfirmCount: counting.confirm_count,
    CorrectCount: correcting.correct_count,
    RepeatBallot: voting.repeat_ballot,
    AnnounceResult: voting.announce,
    CloseUnrated: voting.close_unrated,
    SubmitBundle: submitting.submit,
    ReturnBundle: appraising.return_bundle,
    OpenConsultation: appraising.open_consultation,
    AppraiseBundle: appraising.appraise,
    DecideBundle: deciding.decide_bundle,
    Annul: deciding.annul,
    StartRound: deciding.start_round,
    RaiseFlag: beside.raise_flag,
    ClearFlag: beside.clear_flag,
    AuthoriseException: beside.authorise_exception,
    CorrectEntry: beside.correct_entry,
    AssignPlan: planning.assign,
    ReturnPlan: planning.give_back,
    AcceptPlan: planning.accept,
    ReportPlan: planning.report,
    FollowUpPlan: planning.follow_up,
    ClosePlan: planning.close,
    CarryPlanOver: planning.carry_over,
    ProposeReward: rewarding.propose,
    DecideReward: rewarding.decide,
    RefuseReward: rewarding.refuse,
    WithdrawReward: rewarding.withdraw,
    WithdrawCalendarChange: calendar.withdraw_change,
}
"""Commands decided from the command and the situation alone."""

WITH_EXTRAS: dict[type[Command], Callable[[Any, Situation, Extras], Decision]] = {
    FinishOpening: lambda command, situation, extras: opening.finish_opening(
        command, situation, extras.reviews, extras.exempt
    ),
    CloseCampaign: lambda command, situation, extras: opening.close_campaign(
        command, situation, extras.unsettled
    ),
    RecordListEntry: lambda command, situation, extras: listing.record_entry(
        command, situation, _sealed(extras)
    ),
    SettleListEntry: lambda command, situation, extras: listing.settle_entry(
        command, situation, extras.entry
    ),
    DrawUpPlan: lambda command, situation, extras: planning.draw_up(
        command, situation, _sealed(extras).digest
    ),
    ImportHistory: lambda command, situation, extras: rewarding.import_history(
        command, situation, tuple(row.digest for row in extras.sealed_rows)
    ),
    CloseConsultation: lambda command, situation, extras: appraising.close_consultation(command, situation),
    ProposeCalendarChange: lambda command, situation, extras: calendar.propose_change(
        command, situation, _calendar(extras)
    ),
    ConfirmCalendarChange: lambda command, situation, extras: calendar.confirm_change(
        command, situation, _calendar(extras)
    ),
    ProposeGrant: lambda command, situation, extras: granting.propose_grant(
        command, situation, _access(extras)
    ),
    ConfirmGrant: lambda command, situation, extras: granting.confirm_grant(
        command, situation, _access(extras)
    ),
    WithdrawGrant: lambda command, situation, extras: granting.withdraw_grant(
        command, situation, _access(extras)
    ),
    EndGrant: lambda command, situation, extras: granting.end_grant(command, situation, _access(extras)),
    GiveAtSetUp: lambda command, situation, extras: granting.give_at_set_up(
        command, situation, _access(extras)
    ),
    DelegateCapacity: lambda command, situation, extras: delegating.delegate(
        command, situation, _access(extras)
    ),
    EndDelegation: lambda command, situation, extras: delegating.end_delegation(
        command, situation, _access(extras)
    ),
    DeclareConflict: lambda command, situation, extras: interests.declare_conflict(
        command, situation, _access(extras), extras.sealed.digest if extras.sealed else ""
    ),
    EndConflict: lambda command, situation, extras: interests.end_conflict(
        command, situation, _access(extras)
    ),
    RecordOpinion: lambda command, situation, extras: appraising.record_opinion(
        command, situation, _sealed(extras).digest
    ),
}
"""Commands that need a count from the register or sealed content besides."""

COMMANDS: tuple[type[Command], ...] = (*PLAIN, *WITH_EXTRAS)
"""Every command there is."""


def decide(situation: Situation, extras: Extras) -> Decision | Refusal:
    """What follows from the command in this situation: events with findings, or the refusal."""
    command = situation.request.command
    try:
        _check_campaign(situation)
        plain = PLAIN.get(type(command))
        if plain is not None:
            return plain(command, situation)
        return WITH_EXTRAS[type(command)](command, situation, extras)
    except Refusal as refusal:
        return refusal


def _check_campaign(situation: Situation) -> None:
    """Refuse what is about a campaign nobody planned or opened yet, or about a review of another."""
    command, campaign = situation.request.command, situation.campaign
    if campaign is None or isinstance(command, PlanCampaign | OpenBatch):
        return
    if not campaign.version:
        if isinstance(command, ReviewCommand):
            raise NotFound("review", command.review)
        raise NotFound("campaign", campaign.id)
    for review in situation.reviews.values():
        if review.version and (review.campaign != campaign.id or campaign.stage in BEFORE_OPEN):
            raise NotFound("review", review.id)


BEFORE_OPEN = (campaign_life.PLANNED, campaign_life.OPENING)
"""Stages in which a campaign and its reviews are there for nobody but the opening."""


def _calendar(extras: Extras) -> calendar.CalendarHeld:
    assert extras.calendar is not None, "the tables are read before days are decided on"
    return extras.calendar


def _access(extras: Extras) -> granting.AccessHeld:
    assert extras.access is not None, "the tables are read before a grant is decided on"
    return extras.access


def _sealed(extras: Extras) -> Sealed:
    assert extras.sealed is not None, "private content is sealed before it is decided on"
    return extras.sealed
