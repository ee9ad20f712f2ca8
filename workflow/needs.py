"""Which streams a command reads and which guard rows it takes, told from the command itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from workflow.bodies import Ballot, Body, Submission
from workflow.commands.access import CONFLICT_COMMANDS, DELEGATION_COMMANDS, GRANT_COMMANDS
from workflow.commands.asking import Command, ReviewCommand
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
    AppraiseBundle,
    CloseConsultation,
    DecideBundle,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
    SubmitBundle,
)
from workflow.commands.meeting import (
    CancelMeeting,
    ConfirmCount,
    CorrectCount,
    CountBallot,
    IssueBallot,
    PlanMeeting,
    RecordMeeting,
)
from workflow.commands.plan import PLAN_COMMANDS, DrawUpPlan
from workflow.commands.reward import REWARD_COMMANDS, ImportHistory, ProposeReward
from workflow.plans import Plan
from workflow.rewards import Reward

CALENDAR_GUARD = "calendar"
"""Who plans a campaign by the calendar and who changes it come one after the other."""

ACCESS_GUARD = "access"
"""Who gives or takes roles comes one after the other: there is only one first administrator."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What to lock and to read before a command is decided.

    `organisations` asks for every review an organisation runs, found in the register after the guards are
    taken. Every organisation named is a guard row: order, quota and caps are judged inside one.
    `every_campaign` asks for every campaign that is not closed, found likewise.
    """

    campaign: str | None = None
    bodies: tuple[str, ...] = ()
    every_campaign: bool = False
    reviews: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()


def campaign_of(review: str) -> str:
    """The campaign a review's name begins with."""
    return review.split(".", 1)[0]


def first_needs(command: Command) -> Needs:
    """What is known to be needed before anything was read."""
    if isinstance(command, ReviewCommand):
        return Needs(campaign=campaign_of(command.review), reviews=(command.review,))
    told = _NEEDS.get(type(command))
    if told is None:
        raise AssertionError(f"{type(command).__name__} does not say what it needs")
    return told(command)


def _campaign(command: Any) -> Needs:
    return Needs(campaign=command.campaign)


def _lists(command: Any) -> Needs:
    return Needs(
        campaign=command.campaign,
        bodies=(f"lists/{command.campaign}/{command.organisation}",),
        guards=(f"organisation:{command.campaign}/{command.organisation}",),
    )


def _meeting(command: PlanMeeting | RecordMeeting) -> Needs:
    bodies = [f"meeting/{command.meeting}"]
    if isinstance(command, RecordMeeting) and command.papers is not None:
        bodies.append(f"ballot/{command.meeting}")
    return Needs(
        campaign=command.campaign,
        bodies=tuple(bodies),
        reviews=tuple(dict.fromkeys(item.review for item in command.items)),
        guards=(f"organisation:{command.campaign}/{command.venue}",),
    )


def _batch(command: OpenBatch) -> Needs:
    return Needs(campaign=command.campaign, reviews=tuple(subject.review for subject in command.subjects))


def _issue(command: IssueBallot) -> Needs:
    return Needs(
        campaign=command.campaign,
        bodies=(f"ballot/{command.ballot}",),
        reviews=tuple(review for review, _ in command.motions),
        guards=(f"organisation:{command.campaign}/{command.organisation}",),
    )


def _submit(command: SubmitBundle) -> Needs:
    return Needs(
        campaign=command.campaign,
        bodies=(f"submission/{command.submission}",),
        reviews=command.reviews,
        organisations=(command.organisation,),
        guards=(f"organisation:{command.campaign}/{command.organisation}",),
    )


def _roster(command: RecordRosterChange) -> Needs:
    return Needs(bodies=("roster",), reviews=tuple(dict.fromkeys(review for review, _ in command.touched)))


def _calendar(command: Any) -> Needs:
    return Needs(bodies=(f"calendar/{command.change}",), guards=(CALENDAR_GUARD,))


def _access(word: str) -> Callable[[Any], Needs]:
    def needs(command: Any) -> Needs:
        return Needs(bodies=(f"{word}/{getattr(command, word)}",), guards=(ACCESS_GUARD,))

    return needs


_NEEDS: dict[type[Command], Callable[[Any], Needs]] = {
    PlanCampaign: lambda command: Needs(campaign=command.campaign, guards=(CALENDAR_GUARD,)),
    StartOpening: _campaign,
    OpenBatch: _batch,
    FinishOpening: _campaign,
    CloseCampaign: _campaign,
    GrantSpecialMerit: _campaign,
    RecordListEntry: _lists,
    SettleListEntry: _lists,
    DeclareLists: _lists,
    RateNeighbour: _lists,
    PlanMeeting: _meeting,
    RecordMeeting: _meeting,
    CancelMeeting: lambda command: Needs(bodies=(f"meeting/{command.meeting}",)),
    IssueBallot: _issue,
    CountBallot: lambda command: Needs(bodies=(f"ballot/{command.ballot}",)),
    ConfirmCount: lambda command: Needs(bodies=(f"ballot/{command.ballot}",)),
    CorrectCount: lambda command: Needs(bodies=(f"ballot/{command.ballot}",), reviews=(command.review,)),
    SubmitBundle: _submit,
    ReturnBundle: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    OpenConsultation: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    CloseConsultation: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    RecordOpinion: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    AppraiseBundle: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    DecideBundle: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    RecordRosterChange: _roster,
    **dict.fromkeys(PLAN_COMMANDS, lambda command: Needs(bodies=(f"plan/{command.plan}",))),
    DrawUpPlan: lambda command: Needs(
        campaign=campaign_of(command.review), bodies=(f"plan/{command.plan}",), reviews=(command.review,)
    ),
    **dict.fromkeys(REWARD_COMMANDS, lambda command: Needs(bodies=(f"reward/{command.reward}",))),
    ProposeReward: lambda command: Needs(
        campaign=campaign_of(command.review),
        bodies=(f"reward/{command.reward}",),
        reviews=(command.review,),
        guards=(f"reward:{command.review}",),
    ),
    ProposeCalendarChange: _calendar,
    ConfirmCalendarChange: lambda command: replace(_calendar(command), every_campaign=True),
    WithdrawCalendarChange: _calendar,
    **dict.fromkeys(GRANT_COMMANDS, _access("grant")),
    **dict.fromkeys(DELEGATION_COMMANDS, _access("delegation")),
    **dict.fromkeys(CONFLICT_COMMANDS, _access("conflict")),
    ImportHistory: lambda command: Needs(bodies=(f"history/{command.history}",)),
}


def further_needs(command: Command, bodies: dict[str, Body]) -> Needs:
    """What a ballot sheet or a bundle, once read, says is needed besides."""
    for body in bodies.values():
        if (
            isinstance(body, Ballot)
            and body.version
            and isinstance(command, CountBallot | ConfirmCount | CorrectCount)
        ):
            return Needs(
                campaign=body.campaign,
                reviews=(command.review,)
                if isinstance(command, CorrectCount)
                else tuple(review for review, _ in body.motions),
                guards=(f"organisation:{body.campaign}/{body.organisation}",),
            )
        if isinstance(body, Plan) and body.version:
            return Needs(campaign=body.campaign, reviews=(body.review,))
        if isinstance(body, Reward) and body.version:
            # the share of titles is judged within the granting body
            return Needs(
                campaign=body.campaign,
                reviews=(body.review,),
                guards=(f"organisation:{body.campaign}/{body.by}",),
            )
        if isinstance(body, Submission) and body.version:
            return Needs(
                campaign=body.campaign,
                reviews=tuple(body.rows),
                organisations=(body.organisation,),
                guards=(f"organisation:{body.campaign}/{body.organisation}",),
            )
    return Needs()
