"""Which streams a command reads and which guard rows it takes, told from the command itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow import commands as asked
from workflow.bodies import Ballot, Body, Submission
from workflow.commands import Command, ReviewCommand


@dataclass(frozen=True, kw_only=True, slots=True)
class Needs:
    """What to lock and to read before a command is decided.

    `organisations` asks for every review an organisation runs, found in the register after the guards are
    taken. Every organisation named is a guard row: order, quota and caps are judged inside one.
    """

    campaign: str | None = None
    bodies: tuple[str, ...] = ()
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


def _meeting(command: asked.PlanMeeting | asked.RecordMeeting) -> Needs:
    bodies = [f"meeting/{command.meeting}"]
    if isinstance(command, asked.RecordMeeting) and command.papers is not None:
        bodies.append(f"ballot/{command.meeting}")
    return Needs(
        campaign=command.campaign,
        bodies=tuple(bodies),
        reviews=tuple(dict.fromkeys(item.review for item in command.items)),
        guards=(f"organisation:{command.campaign}/{command.venue}",),
    )


def _batch(command: asked.OpenBatch) -> Needs:
    return Needs(campaign=command.campaign, reviews=tuple(subject.review for subject in command.subjects))


def _issue(command: asked.IssueBallot) -> Needs:
    return Needs(
        campaign=command.campaign,
        bodies=(f"ballot/{command.ballot}",),
        reviews=tuple(review for review, _ in command.motions),
        guards=(f"organisation:{command.campaign}/{command.organisation}",),
    )


def _submit(command: asked.SubmitBundle) -> Needs:
    return Needs(
        campaign=command.campaign,
        bodies=(f"submission/{command.submission}",),
        reviews=command.reviews,
        organisations=(command.organisation,),
        guards=(f"organisation:{command.campaign}/{command.organisation}",),
    )


def _roster(command: asked.RecordRosterChange) -> Needs:
    return Needs(bodies=("roster",), reviews=tuple(dict.fromkeys(review for review, _ in command.touched)))


_NEEDS: dict[type[Command], Callable[[Any], Needs]] = {
    asked.PlanCampaign: _campaign,
    asked.StartOpening: _campaign,
    asked.OpenBatch: _batch,
    asked.FinishOpening: _campaign,
    asked.CloseCampaign: _campaign,
    asked.GrantSpecialMerit: _campaign,
    asked.RecordListEntry: _lists,
    asked.DeclareLists: _lists,
    asked.RateNeighbour: _lists,
    asked.PlanMeeting: _meeting,
    asked.RecordMeeting: _meeting,
    asked.CancelMeeting: lambda command: Needs(bodies=(f"meeting/{command.meeting}",)),
    asked.IssueBallot: _issue,
    asked.CountBallot: lambda command: Needs(bodies=(f"ballot/{command.ballot}",)),
    asked.CorrectCount: lambda command: Needs(
        bodies=(f"ballot/{command.ballot}",), reviews=(command.review,)
    ),
    asked.SubmitBundle: _submit,
    asked.ReturnBundle: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    asked.OpenConsultation: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    asked.RecordOpinion: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    asked.AppraiseBundle: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    asked.DecideBundle: lambda command: Needs(bodies=(f"submission/{command.submission}",)),
    asked.RecordRosterChange: _roster,
}


def further_needs(command: Command, bodies: dict[str, Body]) -> Needs:
    """What a ballot sheet or a bundle, once read, says is needed besides."""
    for body in bodies.values():
        if (
            isinstance(body, Ballot)
            and body.version
            and isinstance(command, asked.CountBallot | asked.CorrectCount)
        ):
            return Needs(
                campaign=body.campaign,
                reviews=tuple(review for review, _ in body.motions)
                if isinstance(command, asked.CountBallot)
                else (command.review,),
                guards=(f"organisation:{body.campaign}/{body.organisation}",),
            )
        if isinstance(body, Submission) and body.version:
            return Needs(
                campaign=body.campaign,
                reviews=tuple(body.rows),
                organisations=(body.organisation,),
                guards=(f"organisation:{body.campaign}/{body.organisation}",),
            )
    return Needs()
