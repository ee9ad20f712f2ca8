"""Putting a typed count right: by a second person, and the motion that rested on it is judged again."""

from __future__ import annotations

from states import review as life
from states.ballot import TABLE as BALLOT_TABLE
from states.flags import IN_DOUBT, NO_RESULT
from workflow.bodies import Ballot
from workflow.commands.meeting import CorrectCount
from workflow.decision import Change, Decision, Draft, Situation, check_body_move, not_blank
from workflow.errors import BadCounts, BadInput, NotFound
from workflow.events.meeting import CountCorrected
from workflow.events.review import (
    FlagCleared,
    FlagRaised,
    VoteCorrected,
    VoteTurnedToCarried,
    VoteTurnedToFailed,
)
from workflow.stages.voting import motion, sheet_of


def correct_count(command: CorrectCount, situation: Situation) -> Decision:
    """A second person puts a typed count right; the outcome of the motion is judged again.

    Once the result has left the organisation, a turned outcome is not changed here: the review is marked
    in doubt and the deciding body concludes.
    """
    sheet = sheet_of(situation, command.ballot)
    if not sheet.version:
        raise NotFound("ballot", command.ballot)
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "correct", sheet.organisation)
    not_blank("reason", command.reason)
    was = sheet.tallies.get((command.review, command.level))
    if was is None:
        raise NotFound("ballot", f"{command.ballot} {command.review} {command.level}")
    _second_person(situation)
    if command.now == was:
        raise BadInput("now", str(was), "trùng với số đã nhập.", "is what was entered before.")
    if not 0 <= command.now <= sheet.valid:
        raise BadCounts(
            command.ballot,
            f"{command.now} phiếu, ngoài khoảng 0 đến {sheet.valid} phiếu hợp lệ.",
            f"{command.now} papers, outside 0 to {sheet.valid} valid ones.",
        )
    draft = Draft(situation, situation.review(command.review))
    _rejudge(draft, command, sheet, was)
    corrected = CountCorrected(
        review=command.review,
        level=command.level,
        was=was,
        now=command.now,
        reason=command.reason,
        entered_by=situation.entered_by,
    )
    changes = (Change(stream=f"ballot/{command.ballot}", events=(corrected,)), draft.change)
    return Decision(changes=changes, occurred_on=situation.today)


def _rejudge(draft: Draft, command: CorrectCount, sheet: Ballot, was: int) -> None:
    review = draft.review
    held = next((m for m in review.motions if (m.ballot, m.level) == (command.ballot, command.level)), None)
    if held is None:
        raise NotFound("ballot", f"{command.ballot} {command.review} {command.level}")
    findings, failed = motion(
        draft, command.ballot, sheet.day, sheet.secret, command.level, command.now, sheet.issued
    )
    draft.find(findings)
    told = {"ballot": command.ballot, "level": command.level, "was": was, "now": command.now}
    carries = not failed
    if carries == held.carried:
        draft.add("correct_vote", VoteCorrected(**told))  # type: ignore[arg-type]  # the fields just above
    elif review.stage == life.VOTED and not carries:
        draft.add("correct_to_failed", VoteTurnedToFailed(**told))  # type: ignore[arg-type]  # as above
    elif review.stage == life.REVIEWED and carries:
        if NO_RESULT in review.flags:
            cleared = FlagCleared(flag=NO_RESULT, reason=f"{command.level} carried", on=draft.situation.today)
            draft.follow(cleared)
        draft.add("correct_to_carried", VoteTurnedToCarried(**told))  # type: ignore[arg-type]  # as above
    else:
        draft.follow(
            FlagRaised(
                flag=IN_DOUBT,
                reason=command.reason,
                rules=tuple(finding.rule for finding in failed),
                on=draft.situation.today,
            )
        )


def _second_person(situation: Situation) -> None:
    if situation.entered_by == situation.actor.id:
        raise BadInput(
            "actor",
            situation.actor.id,
            "là người đã nhập số này; người thứ hai phải là người khác.",
            "typed this figure; the second person must be another one.",
        )
