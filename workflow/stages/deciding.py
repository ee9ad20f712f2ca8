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
    traits,
)
from workflow.errors import BadInput, Refusal
from workflow.events.review import ReviewAnnulled, RoundStarted
from workflow.events.submission import BundleDecided, RowsDecided
from workflow.rules.finding import Finding, Verdict
from workflow.rules.judge import blocking
from workflow.stages.appraising import judgements, sent
from workflow.stages.decision_rows import decide_row
from workflow.stages.resting import put_in_doubt
from workflow.stages.submitting import closed_list, judge_closed_list
from workflow.standing import facts_of


def decide_bundle(command: DecideBundle, situation: Situation) -> Decision:
    """Decide rows of an appraised bundle.

    Members first, organisations after, so that rows of one decision count for each other. Rows that fail
    their own rules drop out with their outcome. If the rest exceeds the quota, none of its top-level rows
    is taken and the message names numbers and candidates.
    """
    bundle = sent(situation, command.submission)
    held = frozenset(trait for row in bundle.rows for trait in traits(situation, situation.review(row)))
    check_body_move(
        situation,
        SUBMISSION_TABLE,
        "submission",
        bundle,
        "decide",
        bundle.organisation,
        bundle.to,
        flow=held,
    )
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, bundle.on, "ngày báo cáo", "the day it was submitted")
    not_blank("document", command.document)
    rows = judgements(bundle, command.rows, _waiting(situation, bundle))
    if not rows:
        raise BadInput("rows", command.submission, "không còn dòng nào để quyết định.", "has no row left.")
    drafts: dict[str, Draft] = {}
    outcomes: list[Outcome] = []
    chosen: dict[str, Judgement] = {row.review: row for row in rows}
    for row in sorted(rows, key=lambda row: situation.review(row.review).kind != life.INDIVIDUAL):
        try:
            drafts[row.review] = decide_row(row, command, situation, drafts, chosen)
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


def _waiting(situation: Situation, bundle: Submission) -> dict[str, str]:
    """Rows that wait for the decision, with the level advised; submitted, where there is no appraisal."""
    waiting = {row: level for row, level in bundle.appraised.items() if row not in bundle.decided}
    for row, level in bundle.rows.items():
        review = situation.review(row)
        if review.stage == life.SUBMITTED and life.WITHOUT_APPRAISAL in traits(situation, review):
            waiting[row] = level
    return waiting


def _decision(
    command: DecideBundle,
    situation: Situation,
    bundle: Submission,
    drafts: dict[str, Draft],
    chosen: dict[str, Judgement],
    outcomes: list[Outcome],
    quota: tuple[Finding, ...],
) -> Decision:
    # the word of one of two deciders is kept with its review; the bundle is decided when they agree
    decided = tuple(
        (review_id, chosen[review_id].level)
        for review_id, draft in drafts.items()
        if draft.review.stage in life.SETTLED
    )
    rated = {row for row in bundle.rows if situation.review(row).rated}
    complete = rated <= set(bundle.decided) | {row for row, _ in decided}
    changes: list[Change] = []
    if decided:
        told = {"on": command.on, "document": command.document, "rows": decided}
        event = BundleDecided(**told) if complete else RowsDecided(**told)  # type: ignore[arg-type]  # the fields just above
        changes.append(Change(stream=f"submission/{command.submission}", events=(event,), findings=(quota,)))
    changes.extend(draft.change for draft in drafts.values())
    changes.extend(put_in_doubt(situation, dict(decided), command.on, apart_from=bundle.rows))
    outcomes.extend(Outcome(row=review_id, done=True) for review_id in drafts)
    return Decision(
        changes=tuple(changes),
        occurred_on=command.on,
        outcomes=tuple(outcomes),
        warnings=tuple(finding for finding in quota if finding.verdict is Verdict.FAILS),
    )


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
    rested = put_in_doubt(situation, {command.review: None}, command.on)
    return Decision(changes=(draft.change, *rested), occurred_on=command.on)


def start_round(command: StartRound, situation: Situation) -> Decision:
    """Back to `prepared` of a new round, linked to the annulled one (C-35). annulled -> prepared."""
    draft = Draft(situation, situation.review(command.review))
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, draft.review.dates.get("annulled"), "ngày hủy kết quả", "the annulment")
    draft.add("start_round", RoundStarted(round=draft.review.round + 1, on=command.on))
    return one_change(draft, command.on)
