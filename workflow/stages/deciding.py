"""The decision of the competent body: row by row, then against the quota; annulment and a new round."""

from __future__ import annotations

from collections.abc import Mapping

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
from workflow.rules.finding import Verdict
from workflow.rules.quota import JudgedList
from workflow.stages import quotas
from workflow.stages.appraising import judgements, sent
from workflow.stages.decision_rows import decide_row
from workflow.stages.resting import put_in_doubt
from workflow.stages.same_decision import Beside, leaning_on
from workflow.standing import facts_of


def decide_bundle(command: DecideBundle, situation: Situation) -> Decision:
    """Decide rows of an appraised bundle.

    Rows of one decision count for each other as approved. Rows that fail their own rules drop out with their
    outcome. If the rest exceeds a quota, none of its top-level rows on that list is taken and the message
    names numbers and candidates.
    """
    tried, chosen, lists = _tried(command, situation)
    if not tried.drafts:
        raise tried.why_none()
    outcomes = [Outcome(row=row, done=False, refusal=refusal) for row, refusal in tried.fallen.items()]
    return _decision(command, situation, tried.bundle, tried.drafts, chosen, outcomes, lists)


def fallen_rows(command: DecideBundle, situation: Situation) -> dict[str, Refusal]:
    """Why each row falls out of a decision, for a look ahead: where none stands, the command is refused with
    the first reason alone. Raises that Refusal where it is about no row.
    """
    tried, _, _ = _tried(command, situation)
    return tried.fallen


def _tried(
    command: DecideBundle, situation: Situation
) -> tuple[_Rows, dict[str, Judgement], tuple[JudgedList, ...]]:
    """The rows of a decision that may be made at all, judged until those that are left stand together."""
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
    # members first: where no row stands, what is said first is about somebody, not about a level still open
    members_first = sorted(rows, key=lambda row: situation.review(row.review).kind != life.INDIVIDUAL)
    chosen: dict[str, Judgement] = {row.review: row for row in members_first}
    tried = _Rows(command, situation, bundle, chosen)
    return tried, chosen, tried.settle()


class _Rows:
    """The rows of one decision, judged until those that are left stand together.

    Each row is judged with the levels the others are about to get. One that falls out, by its own rules or
    because a quota list has no place for it, takes its level back: who was judged on it is judged again.
    """

    def __init__(
        self,
        command: DecideBundle,
        situation: Situation,
        bundle: Submission,
        chosen: Mapping[str, Judgement],
    ) -> None:
        self.command, self.situation, self.bundle, self.chosen = command, situation, bundle, chosen
        self.beside = Beside(situation, {review: row.level for review, row in chosen.items()})
        self.drafts: dict[str, Draft] = {}
        self.fallen: dict[str, Refusal] = {}
        self.over: Refusal | None = None

    def settle(self) -> tuple[JudgedList, ...]:
        """Judge until nothing falls out any more; the quota lists as they are in the end."""
        waiting = set(self.chosen)
        while True:
            gone = {row for row in self.chosen if row in waiting and not self._stands(row)}
            if not gone:
                lists, gone = self._lists()
                if not gone:
                    return lists
            for row in gone:
                del self.beside.levels[row]
                self.drafts.pop(row, None)
            waiting = leaning_on(self.beside.used, gone) & self.beside.levels.keys()

    def why_none(self) -> Refusal:
        """What to say where every row fell out: the quota if one did, else the first reason."""
        return self.over or next(iter(self.fallen.values()))

    def _stands(self, row: str) -> bool:
        try:
            quotas.group_known(self.situation, self.situation.review(row), self.chosen[row].level)
            self.drafts[row] = decide_row(self.chosen[row], self.command, self.situation, self.beside)
        except Refusal as refusal:
            self.fallen[row] = refusal
            return False
        return True

    def _lists(self) -> tuple[tuple[JudgedList, ...], set[str]]:
        taken = {row: self.chosen[row].level for row in self.drafts}
        lists = quotas.at_decision(self.situation, self.bundle, taken)
        over = quotas.over(self.situation, lists, taken)
        if over:
            full = tuple({one.closed.name: one for one in over.values()}.values())
            self.over = quotas.too_many(self.situation, self.command.submission, full)
            self.fallen |= dict.fromkeys(over, self.over)
        return lists, set(over)


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
    lists: tuple[JudgedList, ...],
) -> Decision:
    quota = tuple(finding for one in lists for finding in one.findings)
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
    # what still waits in this bundle is judged when it is decided itself
    waiting = [row for row in bundle.rows if situation.review(row).stage not in life.SETTLED]
    changes.extend(put_in_doubt(situation, dict(decided), command.on, apart_from=waiting))
    outcomes.extend(Outcome(row=review_id, done=True) for review_id in drafts)
    return Decision(
        changes=tuple(changes),
        occurred_on=command.on,
        outcomes=tuple(outcomes),
        warnings=tuple(finding for finding in quota if finding.verdict is Verdict.FAILS),
    )


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
