"""The decision of the competent body: row by row, then against the quota; annulment and a new round."""

from __future__ import annotations

from states import review as life
from states.submission import TABLE as SUBMISSION_TABLE
from workflow.bodies import Submission
from workflow.commands.deciding import Annul, DecideBundle, Judgement, StartRound
from workflow.decision import (
    Change,
    Decision,
    Draft,
    Outcome,
    Situation,
    check_body_move,
    check_move,
    judged,
    not_after_today,
    not_before,
    not_blank,
    one_change,
    rules_fail,
)
from workflow.errors import BadInput, Refusal
from workflow.events.review import ReviewAnnulled, ReviewApproved, ReviewReRated, RoundStarted
from workflow.events.submission import BundleDecided, RowsDecided
from workflow.rules.facts import FactValue
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import blocking
from workflow.rules.rating import rate
from workflow.stages.appraising import after_ballot, judgements, sent
from workflow.stages.preparing import check_level
from workflow.stages.submitting import closed_list, judge_closed_list
from workflow.standing import facts_of, stated


def decide_bundle(command: DecideBundle, situation: Situation) -> Decision:
    """Decide rows of an appraised bundle.

    Members first, organisations after, so that rows of one decision count for each other. Rows that fail
    their own rules drop out with their outcome. If the rest exceeds the quota, none of its top-level rows
    is taken and the message names numbers and candidates.
    """
    bundle = sent(situation, command.submission)
    check_body_move(
        situation, SUBMISSION_TABLE, "submission", bundle, "decide", bundle.organisation, bundle.to
    )
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, bundle.on, "ngày báo cáo", "the day it was submitted")
    not_blank("document", command.document)
    waiting = {review: level for review, level in bundle.appraised.items() if review not in bundle.decided}
    rows = judgements(bundle, command.rows, waiting)
    if not rows:
        raise BadInput("rows", command.submission, "không còn dòng nào để quyết định.", "has no row left.")
    drafts: dict[str, Draft] = {}
    outcomes: list[Outcome] = []
    chosen: dict[str, Judgement] = {row.review: row for row in rows}
    for row in sorted(rows, key=lambda row: situation.review(row.review).kind != life.INDIVIDUAL):
        try:
            drafts[row.review] = _row(row, command, situation, drafts)
        except Refusal as refusal:
            if len(rows) == 1:
                raise
            outcomes.append(Outcome(row=row.review, done=False, refusal=refusal))
    quota, over = _quota(situation, bundle, drafts, chosen, command.submission)
    if over:
        top = _top_rows(situation, drafts, chosen)
        if len(top) == len(drafts):
            raise over
        for review_id in top:
            outcomes.append(Outcome(row=review_id, done=False, refusal=over))
            del drafts[review_id]
    if not drafts:
        raise next(outcome.refusal for outcome in outcomes if outcome.refusal)
    return _decision(command, situation, bundle, drafts, chosen, outcomes, quota)


def _decision(
    command: DecideBundle,
    situation: Situation,
    bundle: Submission,
    drafts: dict[str, Draft],
    chosen: dict[str, Judgement],
    outcomes: list[Outcome],
    quota: tuple[Finding, ...],
) -> Decision:
    decided = tuple((review_id, chosen[review_id].level) for review_id in drafts)
    rated = {row for row in bundle.rows if situation.review(row).rated}
    complete = rated <= set(bundle.decided) | set(drafts)
    told = {"on": command.on, "document": command.document, "rows": decided}
    event = BundleDecided(**told) if complete else RowsDecided(**told)  # type: ignore[arg-type]  # the fields just above
    changes = [Change(stream=f"submission/{command.submission}", events=(event,), findings=(quota,))]
    changes.extend(draft.change for draft in drafts.values())
    outcomes.extend(Outcome(row=review_id, done=True) for review_id in drafts)
    return Decision(
        changes=tuple(changes),
        occurred_on=command.on,
        outcomes=tuple(outcomes),
        warnings=tuple(finding for finding in quota if finding.verdict is Verdict.FAILS),
    )


def _row(row: Judgement, command: DecideBundle, situation: Situation, drafts: dict[str, Draft]) -> Draft:
    """Judge and decide one row.

    The decider may always go lower, with a reason. Higher than what was voted there is no way without a
    majority; higher than the computed level only by an authorised exception to the rule that failed (C-16).
    """
    draft = Draft(situation, situation.review(row.review))
    review = draft.review
    check_level(situation, review.kind, row.level)
    trigger = "re_rate" if review.round > 1 else "approve"
    check_move(situation, review, trigger)
    not_before("on", command.on, review.dates.get("appraised"), "ngày thẩm định", "the day of the appraisal")
    facts = stated(
        facts_of(review, situation.known(row.review)),
        {
            "decision.level": row.level,
            "decision.by": command.by,
            "ballot.level": review.voted_level,
        },
    )
    if review.kind == life.ORGANISATION:
        facts = stated(facts, _levels_with(situation, review.organisation, drafts), "approved levels")
    rating = rate(situation.rules, review.kind, facts)
    computed = after_ballot(situation, review, rating)
    facts = facts.merged(computed)
    findings, failed = judged(situation, review, "decide", facts)
    scale = situation.rules.scale(review.kind)
    assert scale is not None, "a rated review has a scale"
    if review.voted_level and scale.better(row.level, review.voted_level):
        raise BadInput(
            "level",
            row.level,
            f"cao hơn mức đã bỏ phiếu ({review.voted_level}); không quyết định cao hơn kết quả bỏ phiếu.",
            f"is above the level that was voted ({review.voted_level}); no decision goes above a majority.",
        )
    failed = (*failed, *(f for f in rating.against(row.level) if f.rule not in review.excepted))
    if failed:
        raise rules_fail(situation, row.review, failed)
    if row.level not in (review.voted_level, computed.value("computed.level")):
        not_blank("reason", row.reason or "")
    told = {"level": row.level, "on": command.on, "document": command.document, "reason": row.reason}
    event = ReviewReRated(**told) if review.round > 1 else ReviewApproved(**told)  # type: ignore[arg-type]  # the fields just above
    draft.add(trigger, event)
    draft.find((*findings, *rating.findings))
    return draft


def _levels_with(
    situation: Situation, organisation: str, drafts: dict[str, Draft]
) -> dict[str, FactValue | None]:
    """Approved levels of the organisation's members, rows of this decision included."""
    held = {
        review.id: review.decided_level
        for review in situation.reviews.values()
        if review.kind == life.INDIVIDUAL
        and review.organisation == organisation
        and review.rated
        and review.stage not in (life.EXEMPT, life.REVIEWED_UNRATED)
    }
    if not held:
        return {}
    held.update({key: draft.review.decided_level for key, draft in drafts.items() if key in held})
    return {
        "members.levels": tuple(level for level in held.values() if level),
        "members.pending": sum(1 for level in held.values() if not level),
    }


def _top_rows(situation: Situation, drafts: dict[str, Draft], chosen: dict[str, Judgement]) -> list[str]:
    scale = situation.rules.scale(life.INDIVIDUAL)
    return [
        review_id
        for review_id, draft in drafts.items()
        if draft.review.kind == life.INDIVIDUAL and scale and chosen[review_id].level == scale.top
    ]


def _quota(
    situation: Situation,
    bundle: Submission,
    drafts: dict[str, Draft],
    chosen: dict[str, Judgement],
    name: str,
) -> tuple[tuple[Finding, ...], Refusal | None]:
    taken = {review_id: chosen[review_id].level for review_id in drafts}
    levels = closed_list(situation, taken)
    findings = judge_closed_list(situation, bundle.organisation, levels)
    failed = blocking(findings)
    return findings, rules_fail(situation, name, failed) if failed else None


def annul(command: Annul, situation: Situation) -> Decision:
    """Cancel a recognised level after a shortcoming was found (DUK-2016, III.1.3.5, III.2.3.5)."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_before(
        "on", command.on, draft.review.dates.get("decided"), "ngày quyết định", "the day of the decision"
    )
    not_blank("reason", command.reason)
    not_blank("document", command.document)
    check_move(situation, draft.review, "annul")
    findings, failed = judged(
        situation, draft.review, "annul", facts_of(draft.review, situation.known(command.review))
    )
    if failed:
        raise rules_fail(situation, command.review, failed)
    draft.add(
        "annul",
        ReviewAnnulled(
            level=draft.review.decided_level or "",
            reason=command.reason,
            document=command.document,
            on=command.on,
        ),
    )
    draft.find(findings)
    return one_change(draft, command.on)


def start_round(command: StartRound, situation: Situation) -> Decision:
    """Back to `prepared` of a new round, linked to the annulled one (C-35). annulled -> prepared."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, draft.review.dates.get("annulled"), "ngày hủy kết quả", "the annulment")
    draft.add("start_round", RoundStarted(round=draft.review.round + 1, on=command.on))
    return one_change(draft, command.on)
