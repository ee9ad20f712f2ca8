"""Papers are handed out: who counts and who casts, which levels the paper offers, in which round."""

from __future__ import annotations

from datetime import date

from states.ballot import TABLE as BALLOT_TABLE
from workflow.bodies import Ballot
from workflow.commands.meeting import IssueBallot
from workflow.decision import (
    Change,
    Decision,
    Draft,
    Situation,
    belongs,
    check_body_move,
    judged,
    not_after_today,
    not_twice,
    rules_fail,
)
from workflow.errors import AlreadyThere, BadInput
from workflow.events.meeting import BallotIssued
from workflow.rules.ballots import columns_of
from workflow.rules.finding import Finding
from workflow.rules.flow import TWO_ROUNDS
from workflow.stages.conflicted import counters_refused
from workflow.stages.preparing import check_level
from workflow.stages.reviewing import irregular
from workflow.stages.voting import against, ballot_facts, round_of
from workflow.voters import Named

MOTION, COLUMNS = "motion", "columns"
FORMS = (MOTION, COLUMNS)


def issue_ballot(command: IssueBallot, situation: Situation) -> Decision:
    """Papers are handed out, one row a review; too early is refused with the clause."""
    sheet = sheet_of(situation, command.ballot)
    if sheet.version:
        raise AlreadyThere("ballot", command.ballot)
    not_after_today("day", command.day, situation.today)
    if not command.motions:
        raise BadInput("motions", "", "còn trống.", "is empty.")
    if command.form not in FORMS:
        raise BadInput("form", command.form, "phải là motion hoặc columns.", "has to be motion or columns.")
    not_twice("motions", (review for review, _ in command.motions))
    check_body_move(situation, BALLOT_TABLE, "ballot", sheet, "issue", command.organisation)
    issued = papers_out(
        situation,
        campaign=command.campaign,
        organisation=command.organisation,
        meeting=command.meeting,
        day=command.day,
        secret=command.secret,
        form=command.form,
        motions=command.motions,
        named=command,
    )
    changes: list[Change] = []
    refused: list[tuple[str, Finding]] = []
    for review_id, level in command.motions:
        draft = Draft(situation, situation.review(review_id))
        belongs(draft.review, command.organisation)
        offered = (level,) if command.form == MOTION else _columns(situation, draft)
        failed = may_vote(draft, issued, offered)
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
    if not command.took_place:
        on_sheet = (review for review, _ in command.motions)
        counters_refused(situation, command.counters, on_sheet, may_report=True)
    changes.append(Change(stream=f"ballot/{command.ballot}", events=(issued,)))
    return Decision(changes=tuple(changes), occurred_on=command.day, warnings=tuple(f for _, f in refused))


def papers_out(
    situation: Situation,
    *,
    campaign: str,
    organisation: str,
    meeting: str,
    day: date,
    secret: bool | None,
    form: str,
    motions: tuple[tuple[str, str], ...],
    named: Named,
) -> BallotIssued:
    """The sheet as it is handed out, after checking its rows, its round and its people."""
    for field in ("counters", "absent", "barred", "exempt_attending"):
        not_twice(field, getattr(named, field))
    drafts = [Draft(situation, situation.review(review)) for review, _ in motions]
    rounds = {round_of(draft) for draft in drafts}
    if len(rounds) > 1:
        raise BadInput(
            "motions",
            ", ".join(draft.review.id for draft in drafts if round_of(draft) == 2),
            "đã qua vòng 1; vòng 1 và vòng 2 bỏ phiếu bằng hai phiếu riêng.",
            "has passed the first round; the two rounds have a sheet each.",
        )
    for draft, (_, level) in zip(drafts, motions, strict=True):
        check_level(situation, draft.review.kind, level)
        check_round(draft, (level,) if form == MOTION else ())
    body, entitled, roll = _one_body(situation, drafts)
    voters = situation.voters
    strangers = voters.strangers if voters else ()
    if strangers:
        raise BadInput(
            "absent",
            ", ".join(strangers),
            "không có trong danh sách người được bỏ phiếu.",
            "is not among those who may vote.",
        )
    flow = situation.rules.flow(drafts[0].review.kind)
    if any(_counting(situation, draft) != (flow.count, flow.barred) for draft in drafts):
        raise BadInput(
            "motions",
            "",
            "gồm những người, tổ chức có cách tính phiếu khác nhau; dùng phiếu riêng.",
            "holds reviews whose papers are counted differently; use a sheet each.",
        )
    counted = len(voters.counted) if voters else entitled
    casting = len(voters.casting) if voters else entitled
    tied = {p for draft in drafts for p in situation.conflicts.among(named.counters, draft.review)}
    if casting < 1:
        raise _nobody(drafts[0].review.id)
    return BallotIssued(
        campaign=campaign,
        organisation=organisation,
        meeting=meeting,
        day=day,
        body=body,
        secret=secret,
        entitled=counted,
        on_roll=roll,
        motions=motions,
        form=form,
        count=flow.count,
        round=rounds.pop(),
        casting=casting,
        barred=len(named.barred),
        absent=len(named.absent),
        exempt_attending=len(named.exempt_attending),
        voters=voters.digest if voters else "",
        counters=named.counters,
        barred_counters=len(set(named.counters) & {*named.barred, *tied}),
    )


def may_vote(draft: Draft, sheet: BallotIssued, levels: tuple[str, ...]) -> tuple[Finding, ...]:
    """Judge whether papers may be handed out on this review; the rules that refuse.

    Where one level alone is put, what stands against that level refuses it too. A paper with several columns
    offers levels nobody may carry here; such a level's own motion then fails when it is counted.
    """
    facts = ballot_facts(draft, sheet.day, sheet.secret, levels[0])
    findings, failed = judged(draft.situation, draft.review, "issue_ballot", facts)
    draft.find(findings)
    if len(levels) == 1:
        failed = (*failed, *against(draft, facts, levels[0]))
    return failed


def check_round(draft: Draft, levels: tuple[str, ...]) -> None:
    """Refuse levels that have no place in this round of a ballot of two (a layer's choice beside C-12)."""
    situation, review = draft.situation, draft.review
    scale = situation.rules.scale(review.kind)
    assert scale is not None, "checked with the level"
    flow = situation.rules.flow(review.kind)
    if flow.rounds != TWO_ROUNDS:
        return
    second = scale.levels[1]
    number = round_of(draft)
    if number == 2 and review.voted_level != second:
        raise BadInput(
            "motions",
            review.id,
            f"không qua vòng 1 với mức {second}; vòng 2 chỉ dành cho ai được mức ấy.",
            f"did not pass the first round with {second}; the second round is for those alone who did.",
        )
    if number == 2 and any(m.level == scale.top and not m.void for m in review.motions):
        raise BadInput(
            "motions",
            review.id,
            "đã bỏ phiếu vòng 2; bỏ phiếu lại thì phải ghi lý do trước.",
            "has had its second round; to vote again the reason is recorded first.",
        )
    offered = columns_of(scale, flow, number)
    for level in levels:
        if level not in offered:
            raise BadInput(
                "level",
                level,
                f"không bỏ phiếu ở vòng {number}; vòng này bỏ phiếu cho: {', '.join(offered)}.",
                f"is not voted on in round {number}; this round is about: {', '.join(offered)}.",
            )


def entitled_to_vote(situation: Situation, review: str) -> tuple[int, int]:
    """Official members who count in the denominator, and all on the roll, as gathered for the day."""
    facts = situation.known(review)
    official, roll = facts.get("ballot.official_members"), facts.get("ballot.members_on_roll")
    entitled = official.value if official else 0
    if not isinstance(entitled, int) or entitled < 1:
        raise _nobody(review)
    return entitled, roll.value if roll and isinstance(roll.value, int) else entitled


def sheet_of(situation: Situation, ballot: str) -> Ballot:
    """The folded sheet, new where no papers were issued under that name."""
    sheet = situation.bodies[f"ballot/{ballot}"]
    assert isinstance(sheet, Ballot), "a ballot stream folds to a ballot"
    return sheet


def _nobody(review: str) -> BadInput:
    return BadInput(
        "ballot",
        review,
        "– không có ai được bỏ phiếu: danh sách đảng viên chính thức đang trống.",
        "– nobody may vote: the roll of official members is empty.",
    )


def _one_body(situation: Situation, drafts: list[Draft]) -> tuple[str, int, int]:
    """Who votes on all rows of a sheet, how many count, how many are on the roll."""
    found = {(draft.review.organisation, _body(situation, draft)) for draft in drafts}
    if len(found) > 1:
        raise BadInput(
            "motions",
            "",
            "gồm nhiều nơi bỏ phiếu; mỗi nơi bỏ phiếu dùng phiếu riêng.",
            "holds rows that different bodies vote on; each body has a sheet of its own.",
        )
    entitled, roll = entitled_to_vote(situation, drafts[0].review.id)
    return _body(situation, drafts[0]), entitled, roll


def _body(situation: Situation, draft: Draft) -> str:
    body = situation.known(draft.review.id).value("ballot.body")
    return body if isinstance(body, str) else "cell_members"


def _counting(situation: Situation, draft: Draft) -> tuple[str, str]:
    flow = situation.rules.flow(draft.review.kind)
    return flow.count, flow.barred


def _columns(situation: Situation, draft: Draft) -> tuple[str, ...]:
    scale = situation.rules.scale(draft.review.kind)
    assert scale is not None, "checked with the level"
    return columns_of(scale, situation.rules.flow(draft.review.kind), round_of(draft))
