"""Ballots on paper: papers issued, counted and reconciled, a motion a level, corrected or repeated."""

from __future__ import annotations

from datetime import date

from states import review as life
from states.ballot import TABLE as BALLOT_TABLE
from states.flags import NO_RESULT
from workflow.bodies import Ballot
from workflow.commands.meeting import (
    AnnounceResult,
    CloseUnrated,
    CountBallot,
    IssueBallot,
    Papers,
    RepeatBallot,
)
from workflow.decision import (
    Change,
    Decision,
    Draft,
    Situation,
    belongs,
    check_body_move,
    judged,
    not_after_today,
    not_before,
    not_blank,
    not_twice,
    one_change,
    rules_fail,
)
from workflow.errors import AlreadyThere, BadCounts, BadInput, NotFound
from workflow.events.meeting import BallotCounted, BallotIssued
from workflow.events.review import (
    BallotReopened,
    ClosedUnrated,
    FlagCleared,
    FlagRaised,
    MotionCarried,
    MotionFailed,
    ResultAnnounced,
)
from workflow.rules.ballots import next_motion
from workflow.rules.exemption import unrated_by
from workflow.rules.facts import Facts, FactValue
from workflow.rules.finding import Finding
from workflow.rules.rating import rate
from workflow.stages.counting import check_sums, reconcile
from workflow.stages.preparing import check_level
from workflow.stages.reviewing import irregular
from workflow.standing import facts_of, stated


def ballot_facts(draft: Draft, day: date, secret: bool | None, level: str | None = None) -> Facts:
    """What the rules may ask about a ballot on one review."""
    review = draft.review
    return stated(
        facts_of(review, draft.situation.known(review.id)),
        {
            "ballot.day": day,
            "ballot.secret": secret,
            "ballot.level": level,
            "session.venue_kind": "group" if "group" in dict(review.venues).values() else "cell",
            "order.other_venues_pending": len(review.pending_venues),
        },
    )


def may_vote(
    draft: Draft, day: date, secret: bool | None, counts: tuple[tuple[str, int], ...]
) -> tuple[Finding, ...]:
    """Judge whether papers may be handed out on this review; the rules that refuse.

    Where one level alone is put, what stands against that level refuses it too. A paper with four columns
    offers levels nobody may carry here; such a level's own motion then fails when it is counted.
    """
    levels = tuple(level for level, _ in counts)
    facts = ballot_facts(draft, day, secret, levels[0])
    findings, failed = judged(draft.situation, draft.review, "issue_ballot", facts)
    draft.find(findings)
    if len(levels) == 1:
        failed = (*failed, *_against(draft, facts, levels[0]))
    return failed


def _against(draft: Draft, facts: Facts, level: str) -> tuple[Finding, ...]:
    rating = rate(draft.situation.rules, draft.review.kind, facts)
    excepted = draft.review.excepted
    return tuple(finding for finding in rating.against_motion(level) if finding.rule not in excepted)


def motion(
    draft: Draft, ballot: str, day: date, secret: bool | None, level: str, in_favour: int, issued: int
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """All findings of one motion, and those that keep it from carrying: bars to the level, then its share."""
    counts: dict[str, FactValue | None] = {"ballot.in_favour": in_favour, "ballot.issued": issued}
    facts = stated(ballot_facts(draft, day, secret, level), counts, ballot)
    counted, failed = judged(draft.situation, draft.review, "count_ballot", facts)
    barred = _against(draft, facts, level)
    return (*barred, *counted), (*barred, *failed)


def vote(
    draft: Draft,
    ballot: str,
    day: date,
    secret: bool | None,
    counts: tuple[tuple[str, int], ...],
    entitled: int,
    issued: int,
) -> None:
    """Put each level of the sheet to its own motion, best level first; the first that carries decides.

    Papers for one level never count for another (C-12). A level nobody marked is not put, unless it is the
    only one.
    """
    situation, review = draft.situation, draft.review
    scale = situation.rules.scale(review.kind)
    assert scale is not None, "checked when the sheet was read"
    not_before(
        "day", day, review.dates.get("reviewed"), "ngày kiểm điểm xong", "the day the review concluded"
    )
    put = [(level, n) for level, n in counts if n or len(counts) == 1]
    for level, in_favour in sorted(put, key=lambda count: scale.place(count[0])):
        findings, failed = motion(draft, ballot, day, secret, level, in_favour, issued)
        draft.find(findings)
        told = {"ballot": ballot, "level": level, "in_favour": in_favour, "entitled": entitled, "on": day}
        if not failed:
            if NO_RESULT in draft.review.flags:
                draft.follow(FlagCleared(flag=NO_RESULT, reason=f"{level} carried", on=day))
            draft.add("carry_motion", MotionCarried(**told))  # type: ignore[arg-type]  # the fields just above
            return
        draft.add("fail_motion", MotionFailed(**told))  # type: ignore[arg-type]  # the fields just above
    if NO_RESULT not in draft.review.flags and not _can_be_put(draft, day, put):
        draft.follow(FlagRaised(flag=NO_RESULT, reason="no level reached its share", rules=(), on=day))


def _can_be_put(draft: Draft, day: date, put: list[tuple[str, int]]) -> bool:
    """Whether a lower level is left for a new ballot; the lowest needs a fault (C-12, C-27)."""
    rules, kind = draft.situation.rules, draft.review.kind
    scale = rules.scale(kind)
    assert scale is not None, "checked when the sheet was read"
    if not put:
        return False
    following = next_motion(rules, kind, max(put, key=lambda count: scale.place(count[0]))[0])
    if following is None:
        return False
    return following != scale.lowest or not _against(
        draft, ballot_facts(draft, day, None, following), following
    )


def entitled_to_vote(situation: Situation, review: str) -> tuple[int, int]:
    """Official members who count in the denominator, and all on the roll, as gathered for the day."""
    facts = situation.known(review)
    official, roll = facts.get("ballot.official_members"), facts.get("ballot.members_on_roll")
    entitled = official.value if official else 0
    if not isinstance(entitled, int) or entitled < 1:
        raise BadInput(
            "ballot",
            review,
            "– không có ai được bỏ phiếu: danh sách đảng viên chính thức đang trống.",
            "– nobody may vote: the roll of official members is empty.",
        )
    return entitled, roll.value if roll and isinstance(roll.value, int) else entitled


def leave_unrated(draft: Draft, day: date) -> bool:
    """Close the review unrated where a clause says so as of the day of the ballot (C-07)."""
    rule = unrated_by(draft.situation.rules, draft.review.kind, ballot_facts(draft, day, None))
    if rule is None or draft.review.stage != life.REVIEWED:
        return False
    draft.add("close_unrated", ClosedUnrated(rule=rule.rule, on=day))
    draft.find((rule,))
    return True


def issue_ballot(command: IssueBallot, situation: Situation) -> Decision:
    """Papers are handed out, one motion a review; too early is refused with the clause."""
    sheet = sheet_of(situation, command.ballot)
    if sheet.version:
        raise AlreadyThere("ballot", command.ballot)
    not_after_today("day", command.day, situation.today)
    if not command.motions:
        raise BadInput("motions", "", "còn trống.", "is empty.")
    not_twice("motions", (review for review, _ in command.motions))
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "issue", command.organisation)
    entitled, roll = entitled_to_vote(situation, command.motions[0][0])
    changes: list[Change] = []
    refused: list[tuple[str, Finding]] = []
    for review_id, level in command.motions:
        draft = Draft(situation, situation.review(review_id))
        belongs(draft.review, command.organisation)
        check_level(situation, draft.review.kind, level)
        failed = may_vote(draft, command.day, command.secret, ((level, 0),))
        refused.extend((review_id, finding) for finding in failed)
        irregular(draft, failed, command.day, place=())
        if draft.events:
            changes.append(draft.change)
    if refused and not command.took_place:
        raise rules_fail(
            situation,
            command.ballot,
            (finding for _, finding in refused),
            about=(review for review, _ in refused),
            may_report=True,
        )
    issued = BallotIssued(
        campaign=command.campaign,
        organisation=command.organisation,
        meeting=command.meeting,
        day=command.day,
        body="cell_members",
        secret=command.secret,
        entitled=entitled,
        on_roll=roll,
        motions=command.motions,
    )
    changes.append(Change(stream=f"ballot/{command.ballot}", events=(issued,)))
    return Decision(changes=tuple(changes), occurred_on=command.day, warnings=tuple(f for _, f in refused))


def count_ballot(command: CountBallot, situation: Situation) -> Decision:
    """The count is entered, reconciled, and decides the motions of its sheet."""
    sheet = sheet_of(situation, command.ballot)
    if not sheet.version:
        raise NotFound("ballot", command.ballot)
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "count", sheet.organisation)
    papers = Papers(
        issued=command.issued,
        collected=command.collected,
        valid=command.valid,
        invalid=command.invalid,
        secret=sheet.secret,
    )
    reconcile(
        command.ballot, papers, sheet.entitled, [(f"{r} {level}", n) for r, level, n in command.tallies]
    )
    put = {review for review, _ in sheet.motions}
    counts: dict[str, list[tuple[str, int]]] = {}
    for review_id, level, in_favour in command.tallies:
        if review_id not in put:
            raise BadInput(
                "tallies", review_id, "không có trên phiếu này.", "is not on this sheet of papers."
            )
        check_level(situation, situation.review(review_id).kind, level)
        counts.setdefault(review_id, []).append((level, in_favour))
    for review_id, level in sheet.motions:
        if level not in dict(counts.get(review_id, ())):
            raise BadCounts(
                command.ballot,
                f"thiếu số phiếu của {review_id} cho mức {level}.",
                f"the count of {review_id} for {level} is missing.",
            )
    check_sums(command.ballot, papers, counts)
    changes = [
        Change(
            stream=f"ballot/{command.ballot}",
            events=(
                BallotCounted(
                    issued=command.issued,
                    collected=command.collected,
                    valid=command.valid,
                    invalid=command.invalid,
                    tallies=command.tallies,
                ),
            ),
        )
    ]
    for review_id, tallies in counts.items():
        draft = Draft(situation, situation.review(review_id))
        vote(draft, command.ballot, sheet.day, sheet.secret, tuple(tallies), sheet.entitled, command.issued)
        if draft.events:
            changes.append(draft.change)
    return Decision(changes=tuple(changes), occurred_on=sheet.day)


def repeat_ballot(command: RepeatBallot, situation: Situation) -> Decision:
    """The ballot on one review is held again, with its reason. voted or returned -> reviewed."""
    draft = Draft(situation, situation.review(command.review))
    not_blank("reason", command.reason)
    draft.add("repeat_ballot", BallotReopened(reason=command.reason))
    return one_change(draft, situation.today)


def announce(command: AnnounceResult, situation: Situation) -> Decision:
    """The result is made public, where and when the regime says (C-70)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, draft.review.dates.get("voted"), "ngày bỏ phiếu", "the day of the ballot")
    findings, failed = judged_for_publishing(draft, command.on)
    if failed:
        raise rules_fail(situation, draft.review.id, failed)
    draft.find(findings)
    draft.add("announce", ResultAnnounced(on=command.on))
    return one_change(draft, command.on)


def judged_for_publishing(draft: Draft, on: date) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """All findings on making the result public that day, and those that refuse it."""
    review = draft.review
    facts = facts_of(review, draft.situation.known(review.id))
    return judged(draft.situation, review, "publish", stated(facts, {"result.announced_on": on}))


def close_unrated(command: CloseUnrated, situation: Situation) -> Decision:
    """Close a review that is not rated: by a clause, or because its kind carries no level."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    if not draft.review.rated:
        draft.add("close_unrated", ClosedUnrated(rule="", on=command.on))
    elif not leave_unrated(draft, command.on):
        raise BadInput(
            "review",
            command.review,
            "phải được xếp loại; không điều khoản nào cho phép kết thúc mà không xếp loại.",
            "has to be rated; no clause lets it end without a level.",
        )
    return one_change(draft, command.on)


def sheet_of(situation: Situation, ballot: str) -> Ballot:
    """The folded sheet, new where no papers were issued under that name."""
    sheet = situation.bodies[f"ballot/{ballot}"]
    assert isinstance(sheet, Ballot), "a ballot stream folds to a ballot"
    return sheet
