"""What a decision would come to: its quota lists with formula, room and candidates. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from states import review as life
from workflow import clock
from workflow.bodies import Submission
from workflow.commands.asking import Actor, Request
from workflow.commands.deciding import DecideBundle, Judgement
from workflow.decision import Decision, Situation
from workflow.engine import Engine
from workflow.errors import BadInput, NotFound, Refusal
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.review import Review
from workflow.rules.finding import Finding, Force, Verdict
from workflow.rules.quota import JudgedList, room_of
from workflow.rules.rating import Rating, rate
from workflow.rules.rule import Role
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import clause, lies_outside, sentence
from workflow.stages import quotas
from workflow.stages.preparing import check_level
from workflow.standing import facts_of, stated


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A review at the top of a list; votes are None where none was held for that level."""

    review: str
    in_favour: int | None
    entitled: int | None
    in_this_decision: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One quota rule on one list: its formula with numbers, whether it holds, its clause.

    The formula is empty where the group lies outside the campaign, so that nothing is counted.
    """

    rule: str
    verdict: str
    formula: str
    says_vi: str
    says_en: str
    clause_vi: str
    clause_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListSeen:
    """One quota list as it would be: `room` more could be at the top, negative where there are too many.

    None where no quota that refuses binds the list, or a number is not known yet.
    """

    name: str
    kind: str
    label_vi: str
    label_en: str
    top: int
    good: int
    rated: int
    room: int | None
    candidates: tuple[Candidate, ...]
    tie_at_the_edge: bool
    lines: tuple[Line, ...]

    def room_in(self, language: str) -> str:
        """How many more there is a place for, as one sentence; empty where no quota binds."""
        if self.room is None:
            return ""
        vi, en = _room(self.room)
        return en if language == "en" else vi


@dataclass(frozen=True, kw_only=True, slots=True)
class RowSeen:
    """One row of the decision asked about: the level, whether it would be taken, and why not.

    `told` are the faults and caps that are there, whatever becomes of the row: what bounds its level.
    """

    review: str
    level: str
    taken: bool
    reason_vi: str = ""
    reason_en: str = ""
    told: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class WhatIf:
    """The whole answer."""

    submission: str
    rows: tuple[RowSeen, ...]
    lists: tuple[ListSeen, ...]


def what_if(
    engine: Engine,
    submission: str,
    levels: Mapping[str, str],
    *,
    actor: Actor,
    on: date | None = None,
    by: str = "committee",
) -> WhatIf:
    """What deciding a bundle would come to if the rows named got these levels and the others what is advised.

    NotFound for a bundle nobody sent, BadInput for a row that is not in it or a level that is not on its
    scale. Where the one who asks may not decide, or a row would be refused, the row says why.
    """
    day = on or engine.now().astimezone(clock.ZONE).date()
    asked = DecideBundle(submission=submission, on=day, document="–", by=by)
    situation, outcome = engine.consider(Request(command=asked, actor=actor))
    bundle = situation.bodies.get(f"submission/{submission}")
    if not isinstance(bundle, Submission) or not bundle.version:
        raise NotFound("submission", submission)
    rows = _rows(situation, bundle, levels)
    if levels:
        asked = replace(asked, rows=rows)
        situation, outcome = engine.consider(Request(command=asked, actor=actor))
    chosen = {row.review: row.level for row in rows}
    return WhatIf(
        submission=submission,
        rows=tuple(replace(_row(row, outcome), told=_bounds(situation, row)) for row in rows),
        lists=seen_lists(engine, situation, bundle, chosen),
    )


def seen_lists(
    engine: Engine, situation: Situation, bundle: Submission, chosen: Mapping[str, str]
) -> tuple[ListSeen, ...]:
    """Every quota list that rows of a bundle are counted in, with those rows at the levels chosen."""
    judged = quotas.at_decision(situation, bundle, dict(chosen))
    situation = replace(
        situation, reviews={**_others_at_the_top(engine, situation, judged), **situation.reviews}
    )
    return tuple(_seen(situation, one, chosen) for one in judged)


def _rows(situation: Situation, bundle: Submission, levels: Mapping[str, str]) -> tuple[Judgement, ...]:
    waiting = {}
    for row, submitted in bundle.rows.items():
        review = situation.review(row)
        if review.rated and review.stage in (life.SUBMITTED, life.APPRAISED):
            waiting[row] = bundle.appraised.get(row, submitted)
    for row, level in levels.items():
        if row not in waiting:
            raise BadInput("rows", row, "không chờ quyết định trong báo cáo này.", "does not wait here.")
        check_level(situation, situation.review(row).kind, level)
    reason = "–"  # a reason is asked when it is decided
    return tuple(
        Judgement(review=row, level=levels.get(row, level), reason=reason)
        for row, level in sorted(waiting.items())
        if levels.get(row, level)
    )


def _row(row: Judgement, outcome: Decision | Refusal) -> RowSeen:
    refusal: Refusal | None = outcome if isinstance(outcome, Refusal) else None
    if isinstance(outcome, Decision):
        refusal = next((one.refusal for one in outcome.outcomes if one.row == row.review), None)
    if refusal is None:
        return RowSeen(review=row.review, level=row.level, taken=True)
    return RowSeen(
        review=row.review, level=row.level, taken=False, reason_vi=refusal.vi, reason_en=refusal.en
    )


def rating_at(situation: Situation, review: Review, level: str) -> Rating | None:
    """What the rules come to for a review that would be decided at a level; None for a kind nobody rates."""
    if not review.rated or situation.rules.scale(review.kind) is None:
        return None
    sent = review.voted_level or review.submitted_level
    facts = stated(
        facts_of(review, situation.known(review.id)), {"decision.level": level, "ballot.level": sent}
    )
    return rate(situation.rules, review.kind, facts)


def weighty(rules: Rulebook, rating: Rating | None) -> tuple[Finding, ...]:
    """The faults and caps that are there: what a decider should have read before he agrees."""
    return tuple(
        finding
        for finding in (rating.findings if rating is not None else ())
        if finding.verdict is Verdict.HOLDS and rules.rule(finding.rule).role in (Role.TRIGGER, Role.CAP)
    )


def _bounds(situation: Situation, row: Judgement) -> tuple[Line, ...]:
    rating = rating_at(situation, situation.review(row.review), row.level)
    return tuple(_line(situation, finding) for finding in weighty(situation.rules, rating))


def _others_at_the_top(
    engine: Engine, situation: Situation, judged: Iterable[JudgedList]
) -> dict[str, Review]:
    """The candidates of other organisations, for their votes."""
    wanted = {
        review
        for one in judged
        for review, in_favour, _ in quotas.ranking(situation, one)
        if review not in situation.reviews
    }
    if not wanted:
        return {}
    with engine.database.read() as connection:
        told = Log(connection).tell(f"review/{review}" for review in sorted(wanted))
    folded = (fold_stored(stream, events) for stream, events in told.items())
    return {review.id: review for review in folded if isinstance(review, Review)}


def _seen(situation: Situation, one: JudgedList, chosen: Mapping[str, str]) -> ListSeen:
    rules = situation.rules
    ranked = quotas.ranking(situation, one)
    label_vi, label_en = quotas.label(rules, one.closed)
    room, top = room_of(one.findings, one.facts), len(ranked)
    good = one.facts.value("quota.good")
    return ListSeen(
        name=one.closed.name,
        kind=one.closed.kind,
        label_vi=label_vi.removesuffix(": ") or one.closed.body,
        label_en=label_en.removesuffix(": ") or one.closed.body,
        top=top,
        good=good if isinstance(good, int) else 0,
        rated=len(one.closed.levels),
        room=room,
        candidates=tuple(
            Candidate(
                review=review, in_favour=in_favour, entitled=entitled, in_this_decision=review in chosen
            )
            for review, in_favour, entitled in ranked
        ),
        tie_at_the_edge=room is not None and quotas.tied_at_the_edge(ranked, top + room),
        lines=tuple(_line(situation, finding) for finding in _telling(one.findings)),
    )


def _telling(findings: Iterable[Finding]) -> list[Finding]:
    """What says something about the list; that its group lies outside the campaign is said once."""
    binding = [finding for finding in findings if _binds(finding)]
    again = [finding for finding in binding if lies_outside(finding)][1:]
    return [finding for finding in binding if finding not in again]


def _binds(finding: Finding) -> bool:
    """Whether a rule says anything about this list; a warning that is met need not be said."""
    if finding.verdict is Verdict.NOT_APPLICABLE and lies_outside(finding):
        return True
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return bool(finding.force == Force.REFUSE and finding.operands and finding.comparison[:1].isdigit())
    return finding.force == Force.REFUSE or finding.verdict is not Verdict.HOLDS


def _line(situation: Situation, finding: Finding) -> Line:
    rules = situation.rules
    return Line(
        rule=finding.rule,
        verdict=finding.verdict.value,
        formula="" if lies_outside(finding) else finding.comparison,
        says_vi=sentence(finding, rules, "vi"),
        says_en=sentence(finding, rules, "en"),
        clause_vi=clause(finding, rules, "vi"),
        clause_en=clause(finding, rules, "en"),
    )


def _room(room: int) -> tuple[str, str]:
    if room > 0:
        more = "one more is" if room == 1 else f"{room} more are"
        return (
            f"Danh sách này còn xếp được thêm {room} ở mức cao nhất.",
            f"{more.capitalize()} possible in this group.",
        )
    if room == 0:
        return "Danh sách này đã đủ số ở mức cao nhất.", "No more are possible in this group."
    return f"Danh sách này thừa {-room} ở mức cao nhất.", f"This group has {-room} too many at the top."
