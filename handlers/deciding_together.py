"""Several reports judged in one go: what would come of it, and doing it. One command a report.

Reports of one body can share a quota list, so the order counts: a report whose rows have no place yet waits
until the others have made room, and is tried again as long as that brings anybody further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from handlers.access.scope import scope_on
from handlers.access.things import check
from states import review as life
from workflow.bodies import Submission
from workflow.clock import ZONE
from workflow.commands.asking import Actor, Request
from workflow.commands.deciding import AppraiseBundle, DecideBundle, Judgement
from workflow.decide import Extras, decide
from workflow.decision import Decision, Situation, traits
from workflow.engine import Engine
from workflow.errors import NotFound, Refusal
from workflow.folding import grown
from workflow.order import Listed
from workflow.review import Review
from workflow.stages.deciding import fallen_rows

Act = Literal["appraise", "decide"]
Levels = Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What holds for every report judged in one go; `document` and `by` count for a decision alone."""

    act: Act
    on: date
    document: str = "–"
    by: str = "committee"

    def command(self, submission: str, rows: tuple[Judgement, ...]) -> AppraiseBundle | DecideBundle:
        """The order for one report."""
        if self.act == "appraise":
            return AppraiseBundle(submission=submission, on=self.on, rows=rows)
        return DecideBundle(submission=submission, on=self.on, document=self.document, by=self.by, rows=rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One report with everything known about it; `waiting` are its rows and the level each waits with."""

    bundle: Submission
    situation: Situation
    waiting: Levels


@dataclass(frozen=True, kw_only=True, slots=True)
class RowDone:
    """What became of one row: done, refused, or skipped because somebody changed it meanwhile."""

    review: str
    level: str
    refusal: Refusal | None = None
    stale: bool = False

    @property
    def done(self) -> bool:
        """Whether it is in the log now."""
        return self.refusal is None and not self.stale


def report_of(engine: Engine, submission: str, terms: Terms, actor: Actor) -> Report:
    """A report as it is now, with the rows this act could be done on. NotFound where nobody sent it."""
    # a row of no report is refused before any row is judged: here only what is gathered is wanted
    asked = Request(command=terms.command(submission, (Judgement(review="", level=""),)), actor=actor)
    situation, _ = engine.consider(asked)
    bundle = situation.bodies.get(f"submission/{submission}")
    if not isinstance(bundle, Submission) or not bundle.version:
        raise NotFound("submission", submission)
    return Report(bundle=bundle, situation=situation, waiting=_waiting(situation, bundle, terms.act))


def _waiting(situation: Situation, bundle: Submission, act: Act) -> dict[str, str]:
    """The rows an appraisal, or a decision, could be about, with the level advised so far."""
    found = {}
    for row, submitted in bundle.rows.items():
        review = situation.review(row)
        held = traits(situation, review)
        appraised = life.WITH_APPRAISAL in held
        if act == "appraise":
            if review.stage == life.SUBMITTED and (appraised or not review.rated):
                found[row] = submitted
        elif review.rated and review.stage == (life.APPRAISED if appraised else life.SUBMITTED):
            found[row] = bundle.appraised.get(row, submitted)
    return found


# --- what would come of it ------------------------------------------------------------------------


@dataclass
class _Trial:
    """One report as it would be by now; what was taken in it is folded in."""

    situation: Situation
    left: tuple[Judgement, ...]
    refused: dict[str, Refusal] = field(default_factory=dict)


def foresee(
    reports: Iterable[Report], asked: Mapping[str, tuple[Judgement, ...]], terms: Terms
) -> dict[str, Refusal]:
    """Which of the rows asked about would be refused, and why; nothing is locked or written.

    `asked` holds the rows of each report by its name. The others would be done, as long as nobody acts
    between this look and the commands. What a report of another body changes is taken from the quota lists
    alone: a member judged on his own committee's level has both in the same report.
    """
    trials = [
        _Trial(situation=one.situation, left=asked[one.bundle.id])
        for one in reports
        if asked.get(one.bundle.id)
    ]
    levels: dict[str, str] = {}
    moved = True
    while moved:
        moved = False
        for trial in trials:
            if not trial.left:
                continue
            taken, trial.refused = _tried(trial, terms, levels)
            if taken:
                moved = True
                levels |= {row.review: row.level for row in trial.left if row.review in taken}
                trial.left = tuple(row for row in trial.left if row.review not in taken)
    return {row: refusal for trial in trials for row, refusal in trial.refused.items()}


def _tried(trial: _Trial, terms: Terms, levels: Levels) -> tuple[set[str], dict[str, Refusal]]:
    """The rows that would be taken now, folded into the trial, and the refusals of the others."""
    situation = with_levels(trial.situation, levels)
    submission = _submission(situation)
    outcome = _decided(situation, terms, submission, trial.left)
    if isinstance(outcome, Refusal):
        return set(), each_refused(situation, terms, submission, trial.left, outcome)
    reviews, bodies = dict(situation.reviews), dict(situation.bodies)
    for change in outcome.changes:
        kind, _, name = change.stream.partition("/")
        if kind == "review" and name in reviews:
            after = grown(reviews[name], change.events)
            assert isinstance(after, Review), "a review grows into a review"
            reviews[name] = after
        elif change.stream in bodies:
            body = grown(bodies[change.stream], change.events)
            assert not isinstance(body, Review), "a body grows into a body"
            bodies[change.stream] = body
    trial.situation = replace(situation, reviews=reviews, bodies=bodies)
    refused = {one.row: one.refusal for one in outcome.outcomes if one.refusal is not None}
    return {one.row for one in outcome.outcomes if one.done}, refused


def with_levels(situation: Situation, levels: Levels) -> Situation:
    """The situation with other organisations' reviews at these levels on the quota lists they share."""
    if not any(row.review in levels for row in situation.across.listed):
        return situation
    listed = tuple(
        Listed(row.review, row.kind, row.group, levels.get(row.review, row.level))
        for row in situation.across.listed
    )
    return replace(situation, across=replace(situation.across, listed=listed))


def each_refused(
    situation: Situation, terms: Terms, submission: str, rows: tuple[Judgement, ...], whole: Refusal
) -> dict[str, Refusal]:
    """Why each row falls where all of them do: the engine says the first reason, a page says every row's."""
    if terms.act == "decide":
        request = replace(situation.request, command=terms.command(submission, rows))
        command = request.command
        assert isinstance(command, DecideBundle), "a decision was asked for"
        try:
            fallen = fallen_rows(command, replace(situation, request=request))
        except Refusal as refusal:
            return {row.review: refusal for row in rows}
        return {row.review: fallen.get(row.review, whole) for row in rows}
    found = {}
    for row in rows:
        alone = _decided(situation, terms, submission, (row,))
        found[row.review] = alone if isinstance(alone, Refusal) else whole
    return found


def _decided(
    situation: Situation, terms: Terms, submission: str, rows: tuple[Judgement, ...]
) -> Decision | Refusal:
    request = replace(situation.request, command=terms.command(submission, rows))
    return decide(replace(situation, request=request), Extras())


def _submission(situation: Situation) -> str:
    return next(body.id for body in situation.bodies.values() if isinstance(body, Submission))


# --- doing it -------------------------------------------------------------------------------------


def carry_out(
    engine: Engine,
    asked: Mapping[str, tuple[Judgement, ...]],
    terms: Terms,
    *,
    actor: Actor,
    seen: Mapping[str, int],
    key: str,
    language: str = "vi",
    progress: Callable[[int], None] = lambda rows: None,
) -> tuple[RowDone, ...]:
    """Judge these rows, one command a report, and tell what became of each.

    `seen` is the version of each review as it was shown: a row that has moved since is skipped, not judged.
    A refusal is kept with its command, as always. `key` makes sending the same form twice harmless.
    `progress` is told, report by report, how many rows have their outcome. A report the actor does not see
    on the day it is carried out is refused like one that is not there.
    """
    left, told = _in_scope(engine, asked, actor)
    turn, moved = 0, True
    while moved and left:
        turn, moved = turn + 1, False
        for submission, rows in list(left.items()):
            rows, stale = _unchanged(engine, submission, rows, terms, actor, seen)
            told |= {row.review: RowDone(review=row.review, level=row.level, stale=True) for row in stale}
            ready = _ready(engine, submission, rows, terms, actor)
            if ready:
                done = _one(engine, submission, ready, terms, actor, f"{key}.{submission}.{turn}", language)
                told |= done
                moved = moved or any(row.done for row in done.values())
            left[submission] = tuple(row for row in rows if row.review not in told)
            progress(len(told))
        left = {submission: rows for submission, rows in left.items() if rows}
    for submission, rows in left.items():
        told |= _one(engine, submission, rows, terms, actor, f"{key}.{submission}.0", language)
        progress(len(told))
    order = [row.review for rows in asked.values() for row in rows]
    return tuple(told[review] for review in order)


def _in_scope(
    engine: Engine, asked: Mapping[str, tuple[Judgement, ...]], actor: Actor
) -> tuple[dict[str, tuple[Judgement, ...]], dict[str, RowDone]]:
    """The reports the actor sees, and the rows of the others, each refused."""
    scope = scope_on(actor, engine.now().astimezone(ZONE).date())
    left: dict[str, tuple[Judgement, ...]] = {}
    told: dict[str, RowDone] = {}
    with engine.database.read() as connection:
        for submission, rows in asked.items():
            try:
                check(connection, scope, "submission", submission)
            except NotFound as refusal:
                told |= {
                    row.review: RowDone(review=row.review, level=row.level, refusal=refusal) for row in rows
                }
            else:
                left[submission] = rows
    return left, told


def _unchanged(
    engine: Engine,
    submission: str,
    rows: tuple[Judgement, ...],
    terms: Terms,
    actor: Actor,
    seen: Mapping[str, int],
) -> tuple[tuple[Judgement, ...], tuple[Judgement, ...]]:
    """The rows that are as they were shown, and those that are not."""
    situation = report_of(engine, submission, terms, actor).situation
    same = {
        row.review
        for row in rows
        if row.review in situation.reviews and situation.reviews[row.review].version == seen.get(row.review)
    }
    return (
        tuple(row for row in rows if row.review in same),
        tuple(row for row in rows if row.review not in same),
    )


def _ready(
    engine: Engine, submission: str, rows: tuple[Judgement, ...], terms: Terms, actor: Actor
) -> tuple[Judgement, ...]:
    """The rows that would be taken now: the rest waits, as another report may still make room for it."""
    if not rows:
        return ()
    _, outcome = engine.consider(Request(command=terms.command(submission, rows), actor=actor))
    if isinstance(outcome, Refusal):
        return ()
    taken = {one.row for one in outcome.outcomes if one.done}
    return tuple(row for row in rows if row.review in taken)


def _one(
    engine: Engine,
    submission: str,
    rows: Sequence[Judgement],
    terms: Terms,
    actor: Actor,
    key: str,
    language: str,
) -> dict[str, RowDone]:
    """One command for one report, and what the engine said of each row."""
    command = terms.command(submission, tuple(rows))
    levels = {row.review: row.level for row in rows}
    situation, outcome = engine.consider(Request(command=command, actor=actor))
    reasons: dict[str, Refusal] = {}
    if isinstance(outcome, Refusal):
        reasons = each_refused(situation, terms, submission, tuple(rows), outcome)
    else:
        reasons = {one.row: one.refusal for one in outcome.outcomes if one.refusal is not None}
    try:
        answer = engine.handle(Request(command=command, actor=actor, key=key, language=language))
    except Refusal as refusal:
        return {
            review: RowDone(review=review, level=level, refusal=reasons.get(review, refusal))
            for review, level in levels.items()
        }
    done = {row.row for row in answer.rows if row.done}
    # a row that neither was done nor had a reason a moment ago met a colleague in between
    return {
        review: RowDone(review=review, level=level)
        if review in done
        else RowDone(review=review, level=level, refusal=reasons.get(review), stale=review not in reasons)
        for review, level in levels.items()
    }
