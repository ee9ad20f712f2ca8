"""Reporting to the superior: the closed list of an organisation, judged row by row, then as a whole."""

from __future__ import annotations

import re

from states import review as life
from states.submission import TABLE as SUBMISSION_TABLE
from workflow.bodies import Submission
from workflow.commands.deciding import SubmitBundle
from workflow.decision import (
    Change,
    Decision,
    Draft,
    Outcome,
    Situation,
    belongs,
    check_body_move,
    check_move,
    judged,
    not_after_today,
    not_before,
    not_twice,
    rules_fail,
)
from workflow.errors import AlreadyThere, BadInput, Refusal
from workflow.events.review import ReviewSubmitted
from workflow.events.submission import BundleSubmitted
from workflow.review import Review
from workflow.rules.finding import Verdict
from workflow.rules.flow import SELF, Flow
from workflow.rules.rating import rate
from workflow.stages import quotas
from workflow.standing import facts_of, stated

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def submit(command: SubmitBundle, situation: Situation) -> Decision:
    """Send a bundle. Rows that fail their own rules drop out; the rest stands or falls with the quota."""
    bundle = bundle_of(situation, command.submission)
    superior = _superior(command, situation)
    check_body_move(situation, SUBMISSION_TABLE, "submission", bundle, "submit", command.organisation)
    not_after_today("on", command.on, situation.today)
    _check_hour(command.hour)
    not_twice("reviews", command.reviews)
    if bundle.version and bundle.organisation != command.organisation:
        raise AlreadyThere("submission", command.submission)
    chosen = command.reviews or tuple(
        review.id
        for review in situation.reviews.values()
        if is_ready(review, situation.rules.flow(review.kind))
    )
    drafts: dict[str, Draft] = {}
    outcomes: list[Outcome] = []
    for review_id in chosen:
        try:
            drafts[review_id] = _row(command, situation, review_id, superior)
        except Refusal as refusal:
            if len(chosen) == 1:
                raise
            outcomes.append(Outcome(row=review_id, done=False, refusal=refusal))
    if not drafts:
        if outcomes and outcomes[0].refusal:
            raise outcomes[0].refusal
        raise BadInput(
            "reviews",
            command.organisation,
            "chưa có kết quả nào đã bỏ phiếu để báo cáo.",
            "has no result that was voted and could be submitted.",
        )
    sent = {key: level_to_submit(situation, draft.review) for key, draft in drafts.items()}
    lists = quotas.at_submission(situation, command.organisation, sent)
    too_full = [one for one in lists if one.failed and not quotas.excepted(situation, one)]
    if too_full:
        raise quotas.too_many(situation, command.submission, too_full)
    quota = tuple(finding for one in lists for finding in one.findings)
    rows = tuple((review_id, level or "") for review_id, level in sent.items())
    for review_id, draft in drafts.items():
        draft.add("submit", ReviewSubmitted(bundle=command.submission, level=sent[review_id], on=command.on))
    submitted = BundleSubmitted(
        campaign=command.campaign,
        organisation=command.organisation,
        to=superior,
        kind=command.kind,
        on=command.on,
        rows=rows,
        documents=command.documents,
        hour=command.hour,
    )
    changes = [Change(stream=f"submission/{command.submission}", events=(submitted,), findings=(quota,))]
    changes.extend(draft.change for draft in drafts.values())
    outcomes.extend(Outcome(row=review_id, done=True) for review_id in drafts)
    return Decision(
        changes=tuple(changes),
        occurred_on=command.on,
        outcomes=tuple(outcomes),
        warnings=tuple(f for f in quota if f.verdict is Verdict.FAILS),
    )


def is_ready(review: Review, flow: Flow) -> bool:
    """Whether a review can go into a bundle now: reviewed, and with the level its regime wants by then."""
    if not review.rated:
        return review.stage in (life.REVIEWED, life.RETURNED)
    if flow.has_ballot:
        return review.stage in (life.VOTED, life.RETURNED) and review.voted_level is not None
    return review.stage in (life.REVIEWED, life.RETURNED) and (
        not flow.computed or level_of_source(review, flow) is not None
    )


def level_of_source(review: Review, flow: Flow) -> str | None:
    """The level a review goes up with: voted, or without a ballot its own rating or the proposal."""
    match flow.source:
        case "self":
            return review.self_level
        case "proposal":
            return review.proposed_level
        case _:
            return review.voted_level


def level_to_submit(situation: Situation, review: Review) -> str | None:
    """The level submitted; None for a kind without levels, or where the decider enters the level alone.

    BadInput where the level the regime submits is not there yet.
    """
    if not review.rated:
        return None
    flow = situation.rules.flow(review.kind)
    level = level_of_source(review, flow)
    if level is None and not flow.has_ballot and flow.computed:
        vi, en = ("tự xếp loại", "own rating") if flow.source == SELF else ("mức đề nghị", "proposed level")
        raise BadInput(
            "reviews",
            review.id,
            f"chưa có {vi}; quy định này báo cáo theo {vi}, không bỏ phiếu.",
            f"has no {en} yet; this regime submits the {en}, there is no ballot.",
        )
    return level


def _row(command: SubmitBundle, situation: Situation, review_id: str, superior: str) -> Draft:
    draft = Draft(situation, situation.review(review_id))
    belongs(draft.review, command.organisation)
    last = max(
        (draft.review.dates[name] for name in ("voted", "reviewed") if name in draft.review.dates),
        default=None,
    )
    not_before("on", command.on, last, "ngày bỏ phiếu", "the day of the ballot")
    facts = stated(
        facts_of(draft.review, situation.known(review_id)),
        {
            "submission.on": command.on,
            "submission.hour": command.hour,
            "submission.to_direct_superior": superior == draft.review.superior,
            "ballot.level": level_of_source(draft.review, situation.rules.flow(draft.review.kind)),
        },
    )
    if draft.review.rated:
        facts = facts.merged(rate(situation.rules, draft.review.kind, facts).facts("computed"))
    findings, failed = judged(situation, draft.review, "submit", facts)
    if failed:
        raise rules_fail(situation, review_id, failed)
    draft.find(findings)
    # the table, the actor and open flags are asked before the list is closed
    check_move(situation, draft.review, "submit")
    level_to_submit(situation, draft.review)
    return draft


def _check_hour(hour: str | None) -> None:
    if hour is not None and not HOUR.fullmatch(hour):
        raise BadInput(
            "hour",
            hour,
            "không phải giờ và phút trong ngày; ví dụ: 15:00.",
            "is not an hour and minute of a day; for example: 15:00.",
        )


def _superior(command: SubmitBundle, situation: Situation) -> str:
    above = situation.superiors.get(command.organisation, ())
    if above:
        return above[0]
    return situation.campaign.superior if situation.campaign else ""


def bundle_of(situation: Situation, submission: str) -> Submission:
    """The folded submission, new where nothing was sent yet."""
    body = situation.bodies[f"submission/{submission}"]
    assert isinstance(body, Submission), "a submission stream folds to a submission"
    return body
