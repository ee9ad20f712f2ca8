"""What each life of a campaign owes, as rows of the book of deadlines: values in, rows out.

The columns that belong to the sweep (`overdue`, `rung`, `next_on`) are left to whoever writes the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from deadlines.season import NEXT_MEETING_READING, REPORTED_ABSENT_READING, Season, Values
from deadlines.standing import OF_RATING, UNDONE_BY_RETURN, done_on, is_over, undone_on, was_absent
from states import plan as plan_life
from states import review as life
from states import submission as submission_life
from workflow.bodies import Submission
from workflow.days import Calendar, DayOutsideCalendar, months_after
from workflow.plans import Plan
from workflow.review import Review
from workflow.rules.due_dates import (
    AT_LATEST,
    HOUSE,
    NEXT_MEETING,
    REMEDY,
    REPLY,
    DueDate,
    ends_at,
)
from workflow.rules.facts import VOCABULARY
from workflow.rules.rule import Rule
from workflow.standing import typed

Row = dict[str, Any]

OF_REVIEW, OF_SUBMISSION, OF_PLAN, OF_UNIT = "review", "submission", "plan", "unit"
JOIN_MEETING, SET_UNIT_DAY, REPLIES, REMEDIES = "join_meeting", "set_unit_day", "reply", "remedy"

MEETS_EVERY_MONTHS = 1
"""While no next meeting is set, whoever was absent is to be taken up within so many months: a cell meets once
a month (house default)."""


def review_rows(season: Season, review: Review, roster: Values, meetings: Iterable[date] = ()) -> list[Row]:
    """The rows of one review: its dated steps, its next meeting after an absence, the day its unit owes.

    `roster` is what the roster says of the subject as of the campaign's roster day, `meetings` the days of
    meetings planned where the review is taken.
    """
    values = {**roster, **_recorded(season, review)}
    rows = [
        _step(season, review, due)
        for due in season.dues(review.kind, values, review.organisation)
        if review.rated or due.gate not in OF_RATING
    ]
    rows += _next_meeting(season, review, meetings)
    rows += unit_rows(season, review)
    return rows


def _recorded(season: Season, review: Review) -> Values:
    return {
        name: typed(name, told[0])
        for name in season.asked
        if (told := review.facts.get(name)) is not None and name in VOCABULARY
    }


def _step(season: Season, review: Review, due: DueDate) -> Row:
    fact = season.recorded_by(due) if due.gate == "publish" else ""
    told = review.facts.get(fact) if fact else None
    done = (typed(fact, told[0]) if told is not None else None) if fact else done_on(review, due.gate)
    return {
        **_row(season, due, review.organisation, review.superior),
        "deadline": f"review/{review.id}/{due.gate}",
        "subject_kind": OF_REVIEW,
        "subject": review.id,
        "kind": review.kind,
        "opened_on": _since(season, review, due),
        "done_on": done,
        "dropped": done is None and (is_over(review) or _has_another_date(season, review, due.gate)),
        "paused": review.stage == life.PAUSED,
    }


def _since(season: Season, review: Review, due: DueDate) -> date:
    """Since when a step is owed: the opening, the day a fact its date hangs on is known, or what undid it."""
    days = [season.began, *(review.dates[fact] for fact in season.hangs_on(due) if fact in review.dates)]
    undone = undone_on(review) if due.gate in UNDONE_BY_RETURN else None
    return max(days if undone is None else [*days, undone])


def _has_another_date(season: Season, review: Review, gate: str) -> bool:
    """Whether an absence put another date, or a later report, in the place of this one (C-43, C-73)."""
    if was_absent(review) is None:
        return False
    if season.rests_on(NEXT_MEETING_READING, review.kind):
        return gate in ("hold_session", "count_ballot", "submit")
    return gate == "submit" and season.rests_on(REPORTED_ABSENT_READING, review.kind) is not None


def _next_meeting(season: Season, review: Review, meetings: Iterable[date]) -> Iterator[Row]:
    """An absent member is rated at the next meeting he attends (DUK-2016, III.2.3.5; C-73).

    Once he is, that day was it. While no meeting is set, the house asks for one within a month.
    """
    absent = was_absent(review)
    rule = season.rests_on(NEXT_MEETING_READING, review.kind) if absent is not None else None
    if absent is None or rule is None or not review.rated:
        return
    done = done_on(review, JOIN_MEETING)
    planned = min((day for day in meetings if day > absent), default=None)
    day = done or planned or months_after(absent, MEETS_EVERY_MONTHS)
    basis = NEXT_MEETING if done or planned else HOUSE
    due = _due(season, rule, JOIN_MEETING, day, basis, review.organisation)
    yield {
        **_row(season, due, review.organisation, review.superior),
        "deadline": f"review/{review.id}/{JOIN_MEETING}",
        "subject_kind": OF_REVIEW,
        "subject": review.id,
        "kind": review.kind,
        "opened_on": max(absent, season.began),
        "done_on": done,
        "dropped": done is None and is_over(review),
        "paused": review.stage == life.PAUSED,
    }


def unit_rows(season: Season, review: Review) -> Iterator[Row]:
    """The day a unit sets for itself, asked of the review that holds it, and done with the fact (C-62)."""
    for fact, due in season.set_days(review.organisation):
        if review.kind not in due.kinds:
            continue
        yield {
            **_row(season, due, review.organisation, review.superior),
            "deadline": f"unit/{review.campaign}.{review.organisation}/{SET_UNIT_DAY}/{fact}",
            "subject_kind": OF_UNIT,
            "subject": review.organisation,
            "kind": review.kind,
            "opened_on": max(due.stated_day, season.began),
            "done_on": (done := review.dates.get(fact)),
            "dropped": done is None and is_over(review),
            "paused": False,
        }


def notice_rows(
    season: Season, meeting: str, day: date, since: date, review: Review, roster: Values
) -> list[Row]:
    """What is owed for one review before a meeting planned on `day`; `since` is the day it was planned."""
    rows = []
    for due in season.notices(review.kind, day, roster, review.organisation):
        done = done_on(review, due.gate)
        rows.append(
            {
                **_row(season, due, review.organisation, review.superior),
                "deadline": f"review/{review.id}/{due.gate}/{meeting}",
                "subject_kind": OF_REVIEW,
                "subject": review.id,
                "kind": review.kind,
                "opened_on": since,
                "done_on": done,
                "dropped": done is None and is_over(review),
                "paused": review.stage == life.PAUSED,
            }
        )
    return rows


def reply_rows(season: Season, bundle: Submission, since: date) -> list[Row]:
    """One row for every body asked for its opinion on a bundle, owed until the day set has passed (C-41)."""
    if bundle.reply_until is None:
        return []
    rule = season.asking("consultation.open", life.ORGANISATION)
    over = bundle.closed or bundle.stage in (submission_life.RETURNED, submission_life.DECIDED)
    return [
        {
            **_row(season, _due(season, rule, REPLIES, bundle.reply_until, REPLY, body), body, bundle.to),
            "deadline": f"submission/{bundle.id}/{REPLIES}/{body}",
            "subject_kind": OF_SUBMISSION,
            "subject": bundle.id,
            "kind": life.ORGANISATION,
            "opened_on": since,
            "done_on": answered,
            "dropped": answered is None and over,
            "paused": False,
        }
        for body, answered in bundle.consulted.items()
    ]


def remedy_rows(season: Season, plan: Plan, review: Review) -> list[Row]:
    """One row for every shortcoming of the plan of a review, owed until the day the plan sets for it."""
    rule = season.asking("plan.drawn_up", review.kind)
    rows = []
    for key, (_, day) in plan.items.items():
        done = plan.remedied.get(key)
        due = _due(season, rule, REMEDIES, day, REMEDY, plan.organisation)
        rows.append(
            {
                **_row(season, due, plan.organisation, review.superior),
                "deadline": f"plan/{plan.id}/{REMEDIES}/{key}",
                "subject_kind": OF_PLAN,
                "subject": plan.id,
                "kind": review.kind,
                "opened_on": plan.dates["drawn_up"],
                "done_on": done,
                "dropped": done is None and plan.stage in (plan_life.CLOSED, plan_life.CARRIED_OVER),
                "paused": False,
            }
        )
    return rows


def _due(season: Season, rule: Rule | None, gate: str, day: date, basis: str, organisation: str) -> DueDate:
    """A date that people set, that day counted."""
    _, calendar = season.calendar_of(organisation)
    safe, provisional = safe_day_of(calendar, day)
    return DueDate(
        rule=rule.id if rule else "",
        cite=rule.cite if rule else "",
        gate=gate,
        kinds=rule.kinds if rule else (),
        stated_day=day,
        word=AT_LATEST,
        last_good_day=day,
        last_safe_day=safe,
        when={},
        basis=basis,
        provisional=provisional,
    )


def safe_day_of(calendar: Calendar, last: date) -> tuple[date, bool]:
    """The last safe day of a date that no working days decide, and whether it may still move.

    Where the calendar does not hold the year, which people who set a day may reach, it is the day itself.
    """
    try:
        safe = calendar.last_working_day_up_to(last)
    except DayOutsideCalendar:
        return last, True
    return safe, calendar.is_provisional_between(safe, last)


def _row(season: Season, due: DueDate, organisation: str, superior: str) -> Row:
    unit, _ = season.calendar_of(organisation)
    return {
        "campaign": season.campaign,
        "organisation": organisation,
        "superior": superior,
        "gate": due.gate,
        "rule": due.rule,
        "basis": due.basis,
        "stated_day": due.stated_day,
        "word": due.word,
        "hour": due.hour,
        "last_day": due.last_good_day,
        "ends_at": ends_at(due.last_good_day, due.word, due.hour),
        "safe_day": due.last_safe_day,
        "unit": unit,
        "provisional": due.provisional,
    }
