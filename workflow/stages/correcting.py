"""Putting a typed count right: by a second person, and the row that rested on it is judged again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from states import review as life
from states.ballot import TABLE as BALLOT_TABLE
from states.flags import IN_DOUBT, NO_RESULT
from workflow.bodies import Ballot, fold
from workflow.commands.meeting import CorrectCount, Papers
from workflow.decision import Change, Decision, Draft, Situation, check_body_move, not_blank
from workflow.errors import BadCounts, BadInput, NotFound
from workflow.events.meeting import CountCorrected
from workflow.events.review import (
    FlagCleared,
    FlagRaised,
    VoteCorrected,
    VoteTurnedToCarried,
    VoteTurnedToFailed,
    VoteTurnedToLevel,
)
from workflow.review import Motion, Review
from workflow.rules.ballots import motions_of
from workflow.rules.finding import Finding
from workflow.stages.counting import check_sums, second_person
from workflow.stages.issuing import sheet_of
from workflow.stages.preparing import check_level
from workflow.stages.voting import carry, motion


def correct_count(command: CorrectCount, situation: Situation) -> Decision:
    """A second person puts a typed count right; the outcome of the row is judged again.

    The count then waits for a confirmation again. Once the result has left the organisation, or rests on a
    later sheet, a turned outcome is not changed here: the review is marked in doubt and the deciding body
    concludes.
    """
    sheet = sheet_of(situation, command.ballot)
    if not sheet.version:
        raise NotFound("ballot", command.ballot)
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "correct", sheet.organisation)
    not_blank("reason", command.reason)
    was = sheet.tallies.get((command.review, command.level))
    if was is None:
        raise NotFound("ballot", f"{command.ballot} {command.review} {command.level}")
    second_person(situation)
    if command.now == was:
        raise BadInput("now", str(was), "trùng với số đã nhập.", "is what was entered before.")
    if not 0 <= command.now <= sheet.valid:
        raise BadCounts(
            command.ballot,
            f"{command.now} phiếu, ngoài khoảng 0 đến {sheet.valid} phiếu hợp lệ.",
            f"{command.now} papers, outside 0 to {sheet.valid} valid ones.",
        )
    corrected = CountCorrected(
        review=command.review,
        level=command.level,
        was=was,
        now=command.now,
        reason=command.reason,
        entered_by=situation.entered_by,
    )
    after = fold(sheet, (corrected,))
    papers = Papers(issued=sheet.issued, collected=sheet.collected, valid=sheet.valid, invalid=sheet.invalid)
    check_sums(command.ballot, papers, {command.review: list(after.marks(command.review))})
    draft = Draft(situation, situation.review(command.review))
    check_level(situation, draft.review.kind, command.level)
    _rejudge(draft, command, after, was)
    changes = (Change(stream=f"ballot/{command.ballot}", events=(corrected,)), draft.change)
    return Decision(changes=changes, occurred_on=situation.today)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet: its motions as they were entered, and as the corrected figures give them."""

    held: Mapping[str, Motion]
    put: Mapping[str, int]
    before: str | None
    after: str | None
    failed: tuple[Finding, ...]

    def change(self, level: str) -> tuple[int, int]:
        """Papers in favour of a level before and now."""
        held = self.held.get(level)
        return held.in_favour if held else 0, self.put.get(level, 0)


def _rejudge(draft: Draft, command: CorrectCount, sheet: Ballot, was: int) -> None:
    """Tell what the corrected figures change; whether they may turn the outcome depends on the stage."""
    review, scale = draft.review, draft.situation.rules.scale(draft.review.kind)
    assert scale is not None, "nobody votes on a kind without a scale"
    row = _row(draft, sheet)
    turned = row.before != row.after and _is_current(review, sheet)
    if not turned:
        _figures(draft, command, row, was, told=())
        return
    from_here = _rests_on(review, sheet)
    if review.stage == life.REVIEWED and row.after is not None and sheet.round == 1:
        _figures(draft, command, row, was, told=(row.after,))
        _carried_after_all(draft, sheet, row, row.after)
    elif from_here and row.before is not None and (row.after is None or scale.better(row.before, row.after)):
        _figures(draft, command, row, was, told=(row.before, row.after))
        _fallen(draft, sheet, row, row.before)
    elif row.after is not None and (from_here or (sheet.round == 2 and review.stage == life.VOTED)):
        _figures(draft, command, row, was, told=(row.after,))
        _to_level(draft, sheet, row, row.after, row.after)
    else:
        _figures(draft, command, row, was, told=())
        rules = tuple(dict.fromkeys(finding.rule for finding in row.failed))
        draft.follow(FlagRaised(flag=IN_DOUBT, reason=command.reason, rules=rules, on=draft.situation.today))


def _row(draft: Draft, sheet: Ballot) -> _Row:
    scale = draft.situation.rules.scale(draft.review.kind)
    assert scale is not None, "nobody votes on a kind without a scale"
    held = {m.level: m for m in draft.review.motions if m.ballot == sheet.id and not m.void}
    put = dict(motions_of(scale, sheet.marks(draft.review.id), sheet.count))
    before = next((level for level, m in held.items() if m.carried), None)
    barring: list[Finding] = []
    for level, in_favour in put.items():
        findings, failed = motion(draft, sheet, level, in_favour)
        draft.find(findings)
        if not failed:
            return _Row(held, put, before, level, tuple(barring))
        barring.extend(failed)
    return _Row(held, put, before, None, tuple(barring))


def _is_current(review: Review, sheet: Ballot) -> bool:
    """Whether the sheet still counts: no later round of the review, no ballot repeated since."""
    reviewed = review.dates.get("reviewed")
    repeated = any(m.void for m in review.motions if m.ballot == sheet.id)
    return reviewed is not None and sheet.day >= reviewed and not repeated


def _rests_on(review: Review, sheet: Ballot) -> bool:
    """Whether the level voted, not yet reported, is the one of this sheet."""
    carried = [m.ballot for m in review.motions if m.carried and not m.void]
    return review.stage == life.VOTED and bool(carried) and carried[-1] == sheet.id


def _figures(draft: Draft, command: CorrectCount, row: _Row, was: int, told: tuple[str | None, ...]) -> None:
    """The figures that change and turn nothing; those of a level in `told` come with the turn itself."""
    changed = {
        level: row.change(level)
        for level in row.held
        if level not in told and len(set(row.change(level))) > 1
    }
    if command.level not in changed and command.level not in told:
        changed[command.level] = (was, command.now)
    for level, (before, now) in changed.items():
        draft.add("correct_vote", VoteCorrected(ballot=command.ballot, level=level, was=before, now=now))


def _carried_after_all(draft: Draft, sheet: Ballot, row: _Row, level: str) -> None:
    if NO_RESULT in draft.review.flags:
        cleared = FlagCleared(flag=NO_RESULT, reason=f"{level} carried", on=draft.situation.today)
        draft.follow(cleared)
    was, now = row.change(level)
    if level in row.held:
        turned = VoteTurnedToCarried(ballot=sheet.id, level=level, was=was, now=now)
        draft.add("correct_to_carried", turned)
    else:
        carry(draft, sheet, level, now)


def _fallen(draft: Draft, sheet: Ballot, row: _Row, level: str) -> None:
    """The level voted is not reached: the level of the first round stands, or a lower one, or none."""
    scale = draft.situation.rules.scale(draft.review.kind)
    assert scale is not None, "nobody votes on a kind without a scale"
    if sheet.round == 2:
        _to_level(draft, sheet, row, level, scale.levels[1])
        return
    was, now = row.change(level)
    draft.add("correct_to_failed", VoteTurnedToFailed(ballot=sheet.id, level=level, was=was, now=now))
    if row.after is not None:
        _carried_after_all(draft, sheet, row, row.after)


def _to_level(draft: Draft, sheet: Ballot, row: _Row, level: str, to: str) -> None:
    was, now = row.change(level)
    turned = VoteTurnedToLevel(ballot=sheet.id, level=level, was=was, now=now, voted=to)
    draft.add("correct_to_level", turned)
