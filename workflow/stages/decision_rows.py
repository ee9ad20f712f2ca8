"""One row of a decision: what may be decided, with which reason, counted and agreed by whom (C-16, C-52)."""

from __future__ import annotations

from states.flags import DECISIONS_DIFFER
from states.levels import Scale
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.decision import Draft, Situation, check_move, judged, not_before, not_blank, rules_fail
from workflow.errors import BadCounts, BadInput
from workflow.events.review import DecisionRecorded, FlagCleared, FlagRaised, ReviewApproved, ReviewReRated
from workflow.review import Review
from workflow.rules.facts import Facts, FactValue
from workflow.rules.finding import Finding, Force
from workflow.rules.flow import Flow
from workflow.rules.rating import Rating, Standing, rate
from workflow.rules.rule import Role
from workflow.stages.appraising import after_ballot, sent
from workflow.stages.conflicted import row_refused
from workflow.stages.preparing import check_level
from workflow.stages.same_decision import Beside
from workflow.standing import facts_of, stated


def decide_row(
    row: Judgement,
    command: DecideBundle,
    situation: Situation,
    beside: Beside,
) -> Draft:
    """Judge and decide one row, with the levels of the rows `beside` it.

    The decider may always go lower than the computed level, with a reason. Higher only where what failed was
    a judgement, a gap between the levels or a clause that gives discretion; above a majority, a defect, a
    condition or a cap only by an authorised exception (C-16).
    """
    draft = Draft(situation, situation.review(row.review))
    review, flow = draft.review, situation.rules.flow(draft.review.kind)
    check_level(situation, review.kind, row.level)
    trigger = "re_rate" if review.round > 1 else "approve"
    _may_be_decided(situation, review, trigger)
    row_refused(draft, "decide")
    not_before("on", command.on, review.dates.get("appraised"), "ngày thẩm định", "the day of the appraisal")
    _check_count(row, flow)
    bundle = sent(situation, command.submission)
    facts = stated(
        facts_of(review, situation.known(row.review)),
        {
            # opinions may come in beside the appraisal and are waited for here (BG-2019, ¶6; C-41)
            "consultation.held": bool(bundle.consulted),
            "consultation.open": len(bundle.silent(situation.today)),
            "decision.on": command.on,
            "decision.level": row.level,
            "decision.by": command.by,
            "decision.reason_given": bool((row.reason or "").strip()),
            "decision.by_ballot": row.entitled is not None,
            "decision.ballot_in_favour": row.in_favour,
            "decision.ballot_entitled": row.entitled,
            "ballot.level": review.voted_level or review.submitted_level,
        },
    )
    facts = beside.facts(review, facts)
    deciders = flow.deciders_of(_collective(facts))
    agreed = _agreement(row, command.by, review, deciders)
    rating = rate(situation.rules, review.kind, facts)
    computed = after_ballot(situation, review, rating)
    findings, failed = judged(situation, review, "decide", facts.merged(computed))
    scale = situation.rules.scale(review.kind)
    assert scale is not None, "a rated review has a scale"
    _not_above_the_majority(situation, review, scale, row.level)
    failed = (*failed, *(f for f in _against(rating, scale, row.level) if f.rule not in review.excepted))
    if failed:
        raise rules_fail(situation, row.review, failed)
    reason = row.reason
    if _needs_reason(rating, review, row.level, computed.value("computed.level")):
        carried = review.appraised_reason if row.level == review.appraised_level else None
        reason = row.reason or carried
        not_blank("reason", reason or "")
    draft.find((*findings, *rating.findings))
    if flow.decided_by_ballot or deciders > 1:
        _record(draft, row, command, reason)
    if agreed:
        told = {"level": row.level, "on": command.on, "document": command.document, "reason": reason}
        event = ReviewReRated(**told) if review.round > 1 else ReviewApproved(**told)  # type: ignore[arg-type]  # the fields just above
        draft.add(trigger, event)
        draft.find((*findings, *rating.findings))
    else:
        _note_difference(draft, command)
    return draft


def _may_be_decided(situation: Situation, review: Review, trigger: str) -> None:
    """Table, office and flags; that two deciders differ is settled by one of them deciding again."""
    probe = review.copy()
    probe.flags.pop(DECISIONS_DIFFER, None)
    check_move(situation, probe, trigger)


def _check_count(row: Judgement, flow: Flow) -> None:
    """The deciding body's own count, where the regime has it decide by ballot (BG-2019.20)."""
    if not flow.decided_by_ballot:
        if row.in_favour is not None or row.entitled is not None:
            raise BadInput(
                "entitled",
                row.review,
                "– quy định này không có bước bỏ phiếu khi quyết định.",
                "– this regime has no ballot at the decision.",
            )
        return
    if row.in_favour is None or row.entitled is None:
        raise BadInput(
            "entitled",
            row.review,
            "– nơi quyết định bỏ phiếu: ghi số phiếu tán thành và số người được bỏ phiếu.",
            "– the deciding body votes: give the votes in favour and those entitled.",
        )
    if row.entitled < 1 or not 0 <= row.in_favour <= row.entitled:
        raise BadCounts(
            row.review,
            f"{row.in_favour} phiếu tán thành, ngoài khoảng 0 đến {row.entitled} người được bỏ phiếu.",
            f"{row.in_favour} in favour, outside 0 to {row.entitled} entitled.",
        )


def _collective(facts: Facts) -> str | None:
    found = facts.value("collective.type")
    return found if isinstance(found, str) else None


def _agreement(row: Judgement, by: str, review: Review, deciders: int) -> bool:
    """Whether every decider the regime wants is on this level, the one who decides now included (C-52)."""
    if deciders == 1:
        return True
    others = {body: level for body, level in review.decisions.items() if body != by}
    if len(others) >= deciders:
        raise BadInput(
            "by",
            by,
            f"không phải một trong hai nơi đã quyết định ({', '.join(others)}).",
            f"is neither of the two bodies that decided ({', '.join(others)}).",
        )
    return len(others) == deciders - 1 and set(others.values()) == {row.level}


def _not_above_the_majority(situation: Situation, review: Review, scale: Scale, level: str) -> None:
    """No decision goes above what was voted, unless an exception to its majority was authorised (C-16).

    What only warns about a count needs no exception.
    """
    if not review.voted_level or not scale.better(level, review.voted_level):
        return
    thresholds = situation.rules.rules_of(Role.THRESHOLD, review.kind, level)
    majorities = {rule.id for rule in thresholds if rule.force is Force.REFUSE}
    if majorities and majorities <= set(review.excepted):
        return
    raise BadInput(
        "level",
        level,
        f"cao hơn mức đã bỏ phiếu ({review.voted_level}); không quyết định cao hơn kết quả bỏ phiếu.",
        f"is above the level that was voted ({review.voted_level}); no decision goes above a majority.",
    )


def _against(rating: Rating, scale: Scale, level: str) -> tuple[Finding, ...]:
    """What stands against the level; nothing against one that is not above the computed level."""
    if rating.level is not None and not scale.better(level, rating.level):
        return ()
    return rating.against(level)


def _needs_reason(rating: Rating, review: Review, level: str, computed: FactValue | None) -> bool:
    """Whether the decider has to say why: the level is not the computed one, or none was computed."""
    if rating.standing is Standing.ENTERED or rating.choices:
        return True
    return level != (computed or review.voted_level or review.submitted_level)


def _record(draft: Draft, row: Judgement, command: DecideBundle, reason: str | None) -> None:
    draft.add(
        "record_decision",
        DecisionRecorded(
            level=row.level,
            by=command.by,
            on=command.on,
            document=command.document,
            in_favour=row.in_favour,
            entitled=row.entitled,
            reason=reason,
        ),
    )
    if DECISIONS_DIFFER in draft.review.flags and len(set(draft.review.decisions.values())) == 1:
        draft.follow(FlagCleared(flag=DECISIONS_DIFFER, reason=command.document, on=command.on))


def _note_difference(draft: Draft, command: DecideBundle) -> None:
    """Two decisions that differ are both kept, and nobody wins by itself (C-52)."""
    differ = len(set(draft.review.decisions.values())) > 1
    if differ and DECISIONS_DIFFER not in draft.review.flags:
        said = "; ".join(f"{body}: {held}" for body, held in draft.review.decisions.items())
        draft.follow(FlagRaised(flag=DECISIONS_DIFFER, reason=said, rules=(), on=command.on))
