"""The one door to every decision: which stage function answers which command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from states import campaign as campaign_life
from workflow import commands as asked
from workflow.commands import Command
from workflow.decision import Decision, Situation
from workflow.errors import NotFound, Refusal
from workflow.sealed import Sealed
from workflow.stages import (
    appraising,
    beside,
    correcting,
    deciding,
    drafting,
    listing,
    meeting,
    opening,
    preparing,
    reviewing,
    submitting,
    voting,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Extras:
    """What only some commands need: sealed private content, counts taken from the register."""

    sealed: Sealed | None = None
    reviews: int = 0
    exempt: int = 0
    unsettled: int = 0


Decider = Callable[[Any, Situation], Decision]

PLAIN: dict[type[Command], Decider] = {
    asked.PlanCampaign: opening.plan_campaign,
    asked.StartOpening: opening.start_opening,
    asked.OpenBatch: opening.open_batch,
    asked.GrantSpecialMerit: opening.grant_special_merit,
    asked.DeclareLists: listing.declare,
    asked.RateNeighbour: listing.rate_neighbour,
    asked.RecordRosterChange: listing.change_roster,
    asked.Prepare: preparing.prepare,
    asked.RecordFacts: preparing.record_facts,
    asked.RateSelf: preparing.rate_self,
    asked.ProposeLevel: preparing.propose,
    asked.SendDraft: drafting.send_draft,
    asked.NotifySuperior: drafting.notify_superior,
    asked.PlanMeeting: meeting.plan_meeting,
    asked.RecordMeeting: meeting.record_meeting,
    asked.CancelMeeting: meeting.cancel_meeting,
    asked.HoldSession: reviewing.hold_session,
    asked.MarkAbsent: reviewing.mark_absent,
    asked.Pause: reviewing.pause,
    asked.Resume: reviewing.resume,
    asked.IssueBallot: voting.issue_ballot,
    asked.CountBallot: voting.count_ballot,
    asked.CorrectCount: correcting.correct_count,
    asked.RepeatBallot: voting.repeat_ballot,
    asked.AnnounceResult: voting.announce,
    asked.CloseUnrated: voting.close_unrated,
    asked.SubmitBundle: submitting.submit,
    asked.ReturnBundle: appraising.return_bundle,
    asked.OpenConsultation: appraising.open_consultation,
    asked.AppraiseBundle: appraising.appraise,
    asked.DecideBundle: deciding.decide_bundle,
    asked.Annul: deciding.annul,
    asked.StartRound: deciding.start_round,
    asked.RaiseFlag: beside.raise_flag,
    asked.ClearFlag: beside.clear_flag,
    asked.AuthoriseException: beside.authorise_exception,
    asked.CorrectEntry: beside.correct_entry,
}
"""Commands decided from the command and the situation alone."""

WITH_EXTRAS: dict[type[Command], Callable[[Any, Situation, Extras], Decision]] = {
    asked.FinishOpening: lambda command, situation, extras: opening.finish_opening(
        command, situation, extras.reviews, extras.exempt
    ),
    asked.CloseCampaign: lambda command, situation, extras: opening.close_campaign(
        command, situation, extras.unsettled
    ),
    asked.RecordListEntry: lambda command, situation, extras: listing.record_entry(
        command, situation, _sealed(extras)
    ),
    asked.RecordOpinion: lambda command, situation, extras: appraising.record_opinion(
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
    if campaign is None or isinstance(command, asked.PlanCampaign | asked.OpenBatch):
        return
    if not campaign.version:
        if isinstance(command, asked.ReviewCommand):
            raise NotFound("review", command.review)
        raise NotFound("campaign", campaign.id)
    for review in situation.reviews.values():
        if review.version and (review.campaign != campaign.id or campaign.stage in BEFORE_OPEN):
            raise NotFound("review", review.id)


BEFORE_OPEN = (campaign_life.PLANNED, campaign_life.OPENING)
"""Stages in which a campaign and its reviews are there for nobody but the opening."""


def _sealed(extras: Extras) -> Sealed:
    assert extras.sealed is not None, "private content is sealed before it is decided on"
    return extras.sealed
