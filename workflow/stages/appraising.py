"""What the superior does with a bundle before the decision: send back, consult, appraise."""

from __future__ import annotations

from collections.abc import Mapping

from states import review as life
from states.submission import TABLE as SUBMISSION_TABLE
from workflow.bodies import Submission
from workflow.commands.deciding import (
    AppraiseBundle,
    CloseConsultation,
    Judgement,
    OpenConsultation,
    RecordOpinion,
    ReturnBundle,
)
from workflow.days import ONE_DAY
from workflow.decision import (
    Change,
    Decision,
    Draft,
    Outcome,
    Situation,
    check_body_move,
    judged,
    not_after_today,
    not_before,
    not_blank,
    not_twice,
    rules_fail,
)
from workflow.errors import BadInput, NotFound, Refusal
from workflow.errors import day as written
from workflow.events.review import ClosedUnrated, ReviewAppraised, ReviewReturned
from workflow.events.submission import (
    BundleAppraised,
    BundleReturned,
    ConsultationClosed,
    ConsultationOpened,
    LastRowsReturned,
    OpinionReceived,
    RowsReturned,
)
from workflow.review import Review
from workflow.rules.facts import Facts
from workflow.rules.rating import Rating, Standing, rate
from workflow.stages.conflicted import row_refused
from workflow.stages.preparing import check_level
from workflow.stages.submitting import bundle_of
from workflow.standing import facts_of, stated


def return_bundle(command: ReturnBundle, situation: Situation) -> Decision:
    """Send a bundle back with the reason: whole, or only the rows named.

    Whole means every row that still waits: one that was decided, or closed without a rating when the board
    took note of it, stays as it is. When the last waiting row goes back, the bundle does not wait either.
    """
    bundle = sent(situation, command.submission)
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, bundle.on, "ngày báo cáo", "the day it was submitted")
    not_blank("reason", command.reason)
    not_twice("reviews", command.reviews)
    waiting = tuple(row for row in bundle.rows if situation.review(row).stage in WAITING)
    rows = command.reviews or waiting
    for row in rows:
        if row not in bundle.rows:
            raise BadInput("reviews", row, "không có trong báo cáo này.", "is not in this bundle.")
    event = _returned(command, situation, bundle, rows, bool(set(waiting) - set(rows)))
    changes = [Change(stream=f"submission/{command.submission}", events=(event,))]
    for row in rows:
        draft = Draft(situation, situation.review(row))
        draft.add("return", ReviewReturned(reason=command.reason, on=command.on))
        changes.append(draft.change)
    return Decision(
        changes=tuple(changes),
        occurred_on=command.on,
        outcomes=tuple(Outcome(row=row, done=True) for row in rows),
    )


WAITING = (life.SUBMITTED, life.APPRAISED)
"""Stages of a row the superior still has to do something about."""


def _returned(
    command: ReturnBundle, situation: Situation, bundle: Submission, rows: tuple[str, ...], some_wait: bool
) -> BundleReturned | RowsReturned | LastRowsReturned:
    """What the bundle remembers, once its table lets the actor send it back."""
    told = {"rows": rows, "reason": command.reason, "on": command.on}
    trigger: str
    event: BundleReturned | RowsReturned | LastRowsReturned
    if some_wait:
        trigger, event = "return_rows", RowsReturned(**told)  # type: ignore[arg-type]  # the fields just above
    elif any(row not in rows for row in bundle.decided):
        trigger, event = "return_last", LastRowsReturned(**told)  # type: ignore[arg-type]  # the fields just above
    else:
        trigger, event = "return", BundleReturned(reason=command.reason, on=command.on)
    check_body_move(
        situation, SUBMISSION_TABLE, "submission", bundle, trigger, bundle.organisation, bundle.to
    )
    return event


def open_consultation(command: OpenConsultation, situation: Situation) -> Decision:
    """Ask bodies for their opinion, open in parallel until a day (DUK-2016, III.1.3.5; C-41)."""
    bundle = sent(situation, command.submission)
    check_body_move(
        situation,
        SUBMISSION_TABLE,
        "submission",
        bundle,
        "open_consultation",
        bundle.organisation,
        bundle.to,
    )
    if not command.bodies:
        raise BadInput("bodies", "", "còn trống: chưa chọn nơi nào để lấy ý kiến.", "is empty: ask somebody.")
    if command.until < situation.today:
        raise BadInput(
            "until",
            written(command.until),
            "đã qua; hạn trả lời phải từ hôm nay trở đi.",
            "has passed; the reply day must be today or later.",
        )
    opened = ConsultationOpened(bodies=command.bodies, until=command.until)
    return Decision(
        changes=(Change(stream=f"submission/{command.submission}", events=(opened,)),),
        occurred_on=situation.today,
    )


def record_opinion(command: RecordOpinion, situation: Situation, digest: str) -> Decision:
    """Keep the opinion of one consulted body; its text lies apart under the digest.

    One that comes after the day set for it is kept as well, and marked late.
    """
    bundle = sent(situation, command.submission)
    check_body_move(
        situation,
        SUBMISSION_TABLE,
        "submission",
        bundle,
        "record_opinion",
        bundle.organisation,
        bundle.to,
    )
    not_after_today("on", command.on, situation.today)
    not_blank("text", command.text)
    if command.body not in bundle.consulted:
        raise BadInput(
            "body",
            command.body,
            f"không nằm trong các nơi được hỏi ({', '.join(bundle.consulted) or 'chưa mở lấy ý kiến'}).",
            f"was not asked ({', '.join(bundle.consulted) or 'no consultation is open'}).",
        )
    late = bundle.reply_until is not None and command.on > bundle.reply_until
    received = OpinionReceived(body=command.body, on=command.on, digest=digest, late=late)
    return Decision(
        changes=(Change(stream=f"submission/{command.submission}", events=(received,)),),
        occurred_on=command.on,
    )


def close_consultation(command: CloseConsultation, situation: Situation) -> Decision:
    """Record that the day set for the answers has passed, and who was silent (C-41).

    Refused while that day lasts, for another day than the one set, and where it is recorded already.
    """
    bundle = sent(situation, command.submission)
    check_body_move(
        situation,
        SUBMISSION_TABLE,
        "submission",
        bundle,
        "close_consultation",
        bundle.organisation,
        bundle.to,
    )
    if bundle.awaited_until != command.until:
        raise BadInput(
            "until",
            written(command.until),
            "không phải là hạn trả lời đang chờ của báo cáo này.",
            "is not the reply day this bundle waits for.",
        )
    if situation.today <= command.until:
        raise BadInput(
            "until",
            written(command.until),
            "chưa qua; ngày đó vẫn còn được trả lời.",
            "has not passed; that day still counts.",
        )
    silent = tuple(body for body, answered in bundle.consulted.items() if answered is None)
    closed = ConsultationClosed(until=command.until, silent=silent)
    return Decision(
        changes=(Change(stream=f"submission/{command.submission}", events=(closed,)),),
        occurred_on=command.until + ONE_DAY,
    )


def appraise(command: AppraiseBundle, situation: Situation) -> Decision:
    """The organisation board advises a level a row, beside the computed one. submitted -> appraised.

    A collective carries no level: the board takes note of its report and the review is closed.
    """
    bundle = sent(situation, command.submission)
    check_body_move(
        situation, SUBMISSION_TABLE, "submission", bundle, "appraise", bundle.organisation, bundle.to
    )
    not_after_today("on", command.on, situation.today)
    not_before("on", command.on, bundle.on, "ngày báo cáo", "the day it was submitted")
    waiting = {
        review: level
        for review, level in bundle.rows.items()
        if situation.review(review).stage == life.SUBMITTED
    }
    advice = judgements(bundle, command.rows, waiting)
    if not advice:
        raise BadInput("rows", command.submission, "không còn dòng nào chờ thẩm định.", "has no row left.")
    changes: list[Change] = []
    outcomes: list[Outcome] = []
    advised: list[tuple[str, str]] = []
    for row in advice:
        try:
            draft = _appraise_row(row, command, situation, bundle)
        except Refusal as refusal:
            if len(advice) == 1:
                raise
            outcomes.append(Outcome(row=row.review, done=False, refusal=refusal))
            continue
        changes.append(draft.change)
        outcomes.append(Outcome(row=row.review, done=True))
        if draft.review.appraised_level:
            advised.append((row.review, draft.review.appraised_level))
    if not changes:
        raise next(outcome.refusal for outcome in outcomes if outcome.refusal)
    event = BundleAppraised(on=command.on, rows=tuple(advised))
    changes.insert(0, Change(stream=f"submission/{command.submission}", events=(event,)))
    return Decision(changes=tuple(changes), occurred_on=command.on, outcomes=tuple(outcomes))


def _appraise_row(row: Judgement, command: AppraiseBundle, situation: Situation, bundle: Submission) -> Draft:
    draft = Draft(situation, situation.review(row.review))
    row_refused(draft, "appraise")
    if not draft.review.rated:
        draft.add("close_unrated", ClosedUnrated(rule="", on=command.on))
        return draft
    check_level(situation, draft.review.kind, row.level)
    facts = stated(
        facts_of(draft.review, situation.known(row.review)),
        {
            "consultation.held": bool(bundle.consulted),
            "consultation.open": len(bundle.silent(situation.today)),
            "decision.level": row.level,
            "ballot.level": draft.review.voted_level or draft.review.submitted_level,
        },
    )
    findings, failed = judged(situation, draft.review, "appraise", facts)
    if failed:
        raise rules_fail(situation, row.review, failed)
    rating = rate(situation.rules, draft.review.kind, facts)
    level = after_ballot(situation, draft.review, rating).value("computed.level")
    if row.level not in (level, draft.review.voted_level or draft.review.submitted_level):
        not_blank("reason", row.reason or "")
    draft.add(
        "appraise",
        ReviewAppraised(
            level=row.level, computed=str(level) if level else None, on=command.on, reason=row.reason
        ),
    )
    draft.find((*findings, *rating.findings))
    return draft


def after_ballot(situation: Situation, review: Review, rating: Rating) -> Facts:
    """The computed.* facts once the ballot has spoken: never above what was voted (C-16, step 5)."""
    facts = rating.facts("computed")
    if rating.standing is Standing.ENTERED:
        return facts  # nothing was computed that a ballot could keep or lower
    scale = situation.rules.scale(review.kind)
    voted = review.voted_level
    if scale is not None and voted and (rating.level is None or scale.better(rating.level, voted)):
        facts = stated(facts, {"computed.level": voted}, "ballot")
    return facts


def judgements(
    bundle: Submission, rows: tuple[Judgement, ...], waiting: Mapping[str, str]
) -> tuple[Judgement, ...]:
    """The rows judged: those named, else all that wait at the level they wait with."""
    not_twice("rows", (row.review for row in rows))
    for row in rows:
        if row.review not in bundle.rows:
            raise BadInput("rows", row.review, "không có trong báo cáo này.", "is not in this bundle.")
    return rows or tuple(Judgement(review=review, level=level) for review, level in waiting.items())


def sent(situation: Situation, submission: str) -> Submission:
    """The bundle; NotFound where nothing was ever sent under that name."""
    bundle = bundle_of(situation, submission)
    if not bundle.version:
        raise NotFound("submission", submission)
    return bundle
