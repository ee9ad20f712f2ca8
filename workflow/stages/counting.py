"""Counting: what cannot be is refused by the sum that is wrong, and a second person confirms the entry."""

from __future__ import annotations

from collections.abc import Mapping

from states.ballot import TABLE as BALLOT_TABLE
from workflow.bodies import Ballot, fold
from workflow.commands.meeting import ConfirmCount, CountBallot, Papers
from workflow.decision import Change, Decision, Draft, Situation, check_body_move
from workflow.errors import BadCounts, BadInput, NotFound
from workflow.events.meeting import BallotCounted, CountConfirmed
from workflow.rules.ballots import columns_of
from workflow.rules.finding import Finding, Force, Verdict
from workflow.stages.conflicted import counter_refused
from workflow.stages.issuing import COLUMNS, check_round, sheet_of
from workflow.stages.preparing import check_level
from workflow.stages.voting import vote


def count_ballot(command: CountBallot, situation: Situation) -> Decision:
    """The count is entered, reconciled, and decides the motions of its sheet."""
    sheet = sheet_of(situation, command.ballot)
    if not sheet.version:
        raise NotFound("ballot", command.ballot)
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "count", sheet.organisation)
    counter_refused(situation, (review for review, _ in sheet.motions))
    papers = Papers(
        issued=command.issued,
        collected=command.collected,
        valid=command.valid,
        invalid=command.invalid,
        secret=sheet.secret,
    )
    reconcile(command.ballot, papers, sheet.casting, [(f"{r} {level}", n) for r, level, n in command.tallies])
    put = {review for review, _ in sheet.motions}
    counts: dict[str, list[tuple[str, int]]] = {}
    for review_id, level, in_favour in command.tallies:
        if review_id not in put:
            raise BadInput(
                "tallies", review_id, "không có trên phiếu này.", "is not on this sheet of papers."
            )
        check_level(situation, situation.review(review_id).kind, level)
        counts.setdefault(review_id, []).append((level, in_favour))
    drafts = {review: Draft(situation, situation.review(review)) for review, _ in sheet.motions}
    for review_id, level in sheet.motions:
        _complete(sheet, drafts[review_id], level, dict(counts.get(review_id, ())))
    check_sums(command.ballot, papers, counts)
    counted = BallotCounted(
        issued=command.issued,
        collected=command.collected,
        valid=command.valid,
        invalid=command.invalid,
        tallies=command.tallies,
    )
    sheet = fold(sheet, (counted,))
    changes = [Change(stream=f"ballot/{command.ballot}", events=(counted,))]
    for draft in drafts.values():
        vote(draft, sheet)
        if draft.events:
            changes.append(draft.change)
    return Decision(changes=tuple(changes), occurred_on=sheet.day, warnings=warned(changes))


def _complete(sheet: Ballot, draft: Draft, level: str, counted: Mapping[str, int]) -> None:
    """Refuse a row that lacks the count of a level the paper offers."""
    check_round(draft, tuple(counted))
    offered: tuple[str, ...] = (level,)
    if sheet.form == COLUMNS:
        rules, kind = draft.situation.rules, draft.review.kind
        scale = rules.scale(kind)
        assert scale is not None, "checked when the papers were handed out"
        offered = columns_of(scale, rules.flow(kind), sheet.round)
    for one in offered:
        if one not in counted:
            raise BadCounts(
                sheet.id,
                f"thiếu số phiếu của {draft.review.id} cho mức {one}.",
                f"the count of {draft.review.id} for {one} is missing.",
            )


def warned(changes: list[Change]) -> tuple[Finding, ...]:
    """What failed and refused nothing: rules that warn, each finding once."""
    findings = (finding for change in changes for held in change.findings for finding in held)
    return tuple(
        dict.fromkeys(
            finding
            for finding in findings
            if finding.force is Force.WARN and finding.verdict is Verdict.FAILS
        )
    )


def confirm_count(command: ConfirmCount, situation: Situation) -> Decision:
    """A second person confirms what the first entered; a figure read differently is named, not taken."""
    sheet = sheet_of(situation, command.ballot)
    if not sheet.version:
        raise NotFound("ballot", command.ballot)
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "confirm", sheet.organisation)
    second_person(situation)
    counter_refused(situation, (review for review, _ in sheet.motions))
    for review, level, read in command.tallies:
        entered = sheet.tallies.get((review, level))
        if entered is None:
            raise NotFound("ballot", f"{command.ballot} {review} {level}")
        if read != entered:
            raise BadCounts(
                command.ballot,
                f"{review} {level}: người thứ hai đọc {read} phiếu, đã nhập {entered}; sửa số phiếu trước.",
                f"{review} {level}: the second person reads {read} papers, {entered} were entered; "
                "correct the count first.",
            )
    confirmed = CountConfirmed(entered_by=situation.entered_by)
    change = Change(stream=f"ballot/{command.ballot}", events=(confirmed,))
    return Decision(changes=(change,), occurred_on=situation.today)


def second_person(situation: Situation) -> None:
    """Refuse who entered the figures himself."""
    if situation.entered_by == situation.actor.id:
        raise BadInput(
            "actor",
            situation.actor.id,
            "là người đã nhập số này; người thứ hai phải là người khác.",
            "typed this figure; the second person must be another one.",
        )


def reconcile(name: str, papers: Papers, casting: int, tallies: list[tuple[str, int]]) -> None:
    """Refuse counts that cannot be: the sum that is wrong is named.

    `casting` is how many were to get a paper. Blank and invalid papers count among those issued, never in
    favour (C-10).
    """
    figures = {
        "issued": papers.issued,
        "collected": papers.collected,
        "valid": papers.valid,
        "invalid": papers.invalid,
    }
    for field, figure in figures.items():
        if figure < 0:
            raise BadCounts(name, f"{field} = {figure} là số âm.", f"{field} = {figure} is negative.")
    if papers.issued > casting:
        raise BadCounts(
            name,
            f"phát ra {papers.issued} phiếu nhưng chỉ có {casting} người được bỏ phiếu.",
            f"{papers.issued} papers issued, but only {casting} people may vote.",
        )
    if papers.collected > papers.issued:
        raise BadCounts(
            name,
            f"thu về {papers.collected} phiếu, nhiều hơn {papers.issued} phiếu phát ra.",
            f"{papers.collected} papers collected, more than the {papers.issued} issued.",
        )
    if papers.valid + papers.invalid != papers.collected:
        raise BadCounts(
            name,
            f"{papers.valid} hợp lệ + {papers.invalid} không hợp lệ ≠ {papers.collected} thu về.",
            f"{papers.valid} valid + {papers.invalid} invalid ≠ {papers.collected} collected.",
        )
    for row, in_favour in tallies:
        if in_favour < 0 or in_favour > papers.valid:
            raise BadCounts(
                name,
                f"{row}: {in_favour} phiếu, ngoài khoảng 0 đến {papers.valid} phiếu hợp lệ.",
                f"{row}: {in_favour} papers, outside 0 to {papers.valid} valid ones.",
            )


def check_sums(name: str, papers: Papers, counts: dict[str, list[tuple[str, int]]]) -> None:
    """One paper carries one mark a person: all levels of a person together stay within the valid papers."""
    for review, tallies in counts.items():
        total = sum(in_favour for _, in_favour in tallies)
        if total > papers.valid:
            raise BadCounts(
                name,
                f"{review}: các mức cộng lại {total} phiếu, nhiều hơn {papers.valid} phiếu hợp lệ.",
                f"{review}: the levels add up to {total}, more than {papers.valid} valid papers.",
            )
        if len({level for level, _ in tallies}) != len(tallies):
            raise BadCounts(
                name, f"{review}: một mức được ghi hai lần.", f"{review}: a level is given twice."
            )
