"""Motions on paper: each level put to its own vote, announced, repeated, or left unrated by a clause."""

from __future__ import annotations

from datetime import date
from typing import Any

from states import review as life
from states.flags import NO_RESULT
from workflow.bodies import Ballot
from workflow.commands.meeting import AnnounceResult, CloseUnrated, RepeatBallot
from workflow.decision import (
    Decision,
    Draft,
    Situation,
    judged,
    not_after_today,
    not_before,
    not_blank,
    one_change,
    rules_fail,
)
from workflow.errors import BadInput
from workflow.events.review import (
    BallotReopened,
    ClosedUnrated,
    FlagCleared,
    FlagRaised,
    MotionCarried,
    MotionFailed,
    ResultAnnounced,
)
from workflow.rules.ballots import motions_of, next_motion
from workflow.rules.exemption import unrated_by
from workflow.rules.facts import Facts, FactValue
from workflow.rules.finding import Finding
from workflow.rules.flow import TWO_ROUNDS
from workflow.rules.rating import rate
from workflow.standing import facts_of, stated


def round_of(draft: Draft) -> int:
    """2 for who is voted already under a ballot of two rounds: only the top level is left to ask for."""
    two = draft.situation.rules.flow(draft.review.kind).rounds == TWO_ROUNDS
    return 2 if two and draft.review.stage == life.VOTED else 1


def ballot_facts(draft: Draft, day: date, secret: bool | None, level: str | None = None) -> Facts:
    """What the rules may ask about a ballot on one review."""
    review, number = draft.review, round_of(draft)
    told: dict[str, FactValue | None] = {
        "ballot.day": day,
        "ballot.secret": secret,
        "ballot.level": level,
        "ballot.round": number,
        "session.venue_kind": "group" if review.in_group else "cell",
        **({"order.reviewed_in_group": True} if review.in_group else {}),
        "order.other_venues_pending": len(review.pending_venues),
    }
    facts = stated(facts_of(review, draft.situation.known(review.id)), told)
    if number == 2:  # both rounds are one rating: what was asked before the first is not asked of its outcome
        facts = stated(facts, {"review.stage": life.REVIEWED}, "second round of the ballot")
    return facts


def sheet_facts(draft: Draft, sheet: Ballot, level: str | None = None) -> Facts:
    """The same on the sheet as it was handed out and counted: its own denominator, its counting team."""
    facts = ballot_facts(draft, sheet.day, sheet.secret, level)
    told: dict[str, FactValue | None] = {
        "ballot.issued": sheet.issued,
        "ballot.round": sheet.round,
    }
    if sheet.entitled != facts.value("ballot.official_members"):
        told["ballot.official_members"] = sheet.entitled
    exempt = facts.value("ballot.exempt_members")
    if sheet.exempt_attending and isinstance(exempt, int):
        told["ballot.exempt_members"] = max(exempt - sheet.exempt_attending, 0)
    if sheet.counters:
        told["ballot.counters"] = len(sheet.counters)
        told["ballot.counter_rated"] = draft.review.subject in sheet.counters
        told["ballot.counter_barred"] = sheet.barred_counters > 0
    return stated(facts, told, f"ballot/{sheet.id}")


def against(draft: Draft, facts: Facts, level: str) -> tuple[Finding, ...]:
    """What stands against a vote on the level and is not excepted for this review."""
    rating = rate(draft.situation.rules, draft.review.kind, facts)
    excepted = draft.review.excepted
    return tuple(finding for finding in rating.against_motion(level) if finding.rule not in excepted)


def motion(
    draft: Draft, sheet: Ballot, level: str, in_favour: int
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """All findings of one motion, and those that keep it from carrying: bars to the level, then its share."""
    facts = stated(sheet_facts(draft, sheet, level), {"ballot.in_favour": in_favour}, f"ballot/{sheet.id}")
    counted, failed = judged(draft.situation, draft.review, "count_ballot", facts)
    barred = against(draft, facts, level)
    return (*barred, *counted), (*barred, *failed)


def vote(draft: Draft, sheet: Ballot) -> None:
    """Put each level marked for this review to its own motion, best level first; the first that carries wins.

    Papers for one level count for another only where a layer counts them so (C-12). In a second round only
    the top level is put; where it fails the level of the first round stands.
    """
    review, scale = draft.review, draft.situation.rules.scale(draft.review.kind)
    assert scale is not None, "checked when the sheet was read"
    not_before(
        "day", sheet.day, review.dates.get("reviewed"), "ngày kiểm điểm xong", "the day the review concluded"
    )
    put = motions_of(scale, sheet.marks(review.id), sheet.count)
    for level, in_favour in put:
        findings, failed = motion(draft, sheet, level, in_favour)
        draft.find(findings)
        if not failed:
            if NO_RESULT in draft.review.flags:
                draft.follow(FlagCleared(flag=NO_RESULT, reason=f"{level} carried", on=sheet.day))
            carry(draft, sheet, level, in_favour)
            return
        draft.add("fail_motion", MotionFailed(**_told(sheet, level, in_favour)))
    if sheet.round == 1 and NO_RESULT not in draft.review.flags and not _can_be_put(draft, sheet, put):
        draft.follow(FlagRaised(flag=NO_RESULT, reason="no level reached its share", rules=(), on=sheet.day))


def carry(draft: Draft, sheet: Ballot, level: str, in_favour: int) -> None:
    """The level is the one voted."""
    draft.add("carry_motion", MotionCarried(**_told(sheet, level, in_favour)))


def _told(sheet: Ballot, level: str, in_favour: int) -> dict[str, Any]:
    return {
        "ballot": sheet.id,
        "level": level,
        "in_favour": in_favour,
        "entitled": sheet.entitled,
        "on": sheet.day,
    }


def _can_be_put(draft: Draft, sheet: Ballot, put: tuple[tuple[str, int], ...]) -> bool:
    """Whether a lower level is left for a new ballot; the lowest needs a fault (C-12, C-27)."""
    rules, kind = draft.situation.rules, draft.review.kind
    scale = rules.scale(kind)
    assert scale is not None, "checked when the sheet was read"
    if not put:
        return False
    following = next_motion(rules, kind, put[-1][0])
    if following is None:
        return False
    return following != scale.lowest or not against(
        draft, ballot_facts(draft, sheet.day, None, following), following
    )


def leave_unrated(draft: Draft, day: date) -> bool:
    """Close the review unrated where a clause says so as of the day of the ballot (C-07)."""
    rule = unrated_by(draft.situation.rules, draft.review.kind, ballot_facts(draft, day, None))
    if rule is None or draft.review.stage != life.REVIEWED:
        return False
    draft.add("close_unrated", ClosedUnrated(rule=rule.rule, on=day))
    draft.find((rule,))
    return True


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
