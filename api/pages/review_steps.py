"""The steps of one review: what happened when, until when the rest is owed, by which clause."""

from __future__ import annotations

from datetime import date

from api.pages.addresses import rule_address
from api.pages.counted import PASSED, STEP, STEPS, steps_of
from api.pages.findings_told import cited_rule
from api.pages.format import day, short_day
from api.pages.lateness import how_late
from api.pages.review_offers import About
from api.pages.views import Clause, StatusText
from api.pages.views_review import Step
from deadlines.due import ANNOUNCED, Due
from handlers.replay import Replay
from states import review as life
from workflow.review import Review
from workflow.rules.finding import Verdict


def steps_shown(about: About, due: dict[str, Due], told: Replay) -> tuple[Step, ...]:
    """The steps this review takes under its rulebook; one that has no step in its document is not there."""
    review = about.outlook.review
    steps = _steps_of(about, due)
    if review.stage == life.EXEMPT:
        return tuple(Step(stage=stage, state="skipped") for stage in steps)
    passed = _passed(review)
    found: list[Step] = []
    current_found = False
    for stage in steps:
        on = _done_on(review, stage)
        if on is not None if stage == ANNOUNCED else STEP[stage] <= passed:
            found.append(_done(about, told, stage, on, due.get(stage)))
            continue
        if review.stage == life.REVIEWED_UNRATED:
            found.append(Step(stage=stage, state="skipped"))
            continue
        one = due.get(stage)
        found.append(
            Step(
                stage=stage,
                state="future" if current_found else "current",
                lines=(_until(about, one),) if one else (),
                note=_note(about, one, current=not current_found),
                clauses=(Clause(label=one.cite, href=rule_address(about.rulebook.hash, one.rule)),)
                if one
                else (),
            )
        )
        current_found = True
    return tuple(found)


def _done(about: About, told: Replay, stage: str, on: date | None, due: Due | None) -> Step:
    """A step behind the review: its day beside the day it was owed by, and that it was late.

    A round after an annulment comes when it comes: the dates are those of the first one.
    """
    _ = about.words.gettext
    lines: tuple[str, ...] = (day(on),) if on else ()
    note = None
    if on and due and about.outlook.review.round == 1:
        lines = (_("%(day)s, hạn %(last)s") % {"day": day(on), "last": day(due.last)},)
        if on > due.last:
            note = StatusText(tone="late", text=_("Làm sau hạn"))
    return Step(stage=stage, state="done", lines=lines, note=note, clauses=_cited(about, told, stage))


def _steps_of(about: About, due: dict[str, Due]) -> tuple[str, ...]:
    """The steps of the kind; of somebody who is not rated without ballot and decision."""
    review = about.outlook.review
    steps = steps_of(about.rulebook, review.kind)
    if not review.rated:
        steps = tuple(step for step in steps if step not in ("voted", "approved"))
    return (*steps, ANNOUNCED) if review.rated and ANNOUNCED in due else steps


def _passed(review: Review) -> int:
    """The number of the last step behind the review."""
    if review.stage == life.REVIEWED_UNRATED:
        return len(STEPS) if review.kind == life.COLLECTIVE else STEP["reviewed"]
    return PASSED.get(review.remembered or review.stage, 0)


def _done_on(review: Review, stage: str) -> date | None:
    return review.dates.get({"approved": "decided"}.get(stage, stage))


def _until(about: About, one: Due) -> str:
    _ = about.words.gettext
    if one.hour:
        return _("Hạn %(hour)s ngày %(last)s") % {"hour": one.hour, "last": day(one.last)}
    return _("An toàn đến %(safe)s, hạn %(last)s") % {
        "safe": short_day(one.safe),
        "last": short_day(one.last),
    }


def _note(about: About, one: Due | None, *, current: bool) -> StatusText | None:
    words = about.words
    _ = words.gettext
    if one and one.is_late(about.now):
        return StatusText(tone="late", text=how_late(one, about.today, words))
    if current and about.outlook.missing:
        return StatusText(tone="refused", text=_("Còn thiếu, xem bên"))
    return None


def _cited(about: About, told: Replay, stage: str) -> tuple[Clause, ...]:
    """The clauses the act that reached a stage was held against, at most two; a house default is none."""
    for frame in told.frames:
        if frame.stage == stage and frame.findings:
            held = (one.stored for one in frame.findings if one.stored.verdict is Verdict.HOLDS)
            rules = {one.cite: about.rulebook.rule(one.rule) for one in held}
            cited = [rule for rule in rules.values() if not rule.house_default]
            return tuple(cited_rule(rule, about.rulebook, about.language) for rule in cited[:2])
    return ()
