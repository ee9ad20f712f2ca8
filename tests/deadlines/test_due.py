"""Due dates of DUK-2016 in the assessment year 2016, and what is late or near on either side of them."""

from datetime import date, timedelta

import pytest

from deadlines.due import Due, dues, late_steps
from states import review as life
from workflow.rules.rulebook import Rulebook

DUK = Rulebook.load("duk_2016")
LAST_VOTE = date(2017, 1, 30)
LAST_REPORT = date(2017, 2, 5)


def test_ratings_are_done_before_31_january_and_the_last_safe_day_is_before_tet() -> None:
    """DUK-2016, VI: `trước 31/01` leaves 30/01, which lies in the Tết holiday (C-05, C-06)."""
    due = dues(DUK, 2016, life.INDIVIDUAL)[life.VOTED]
    assert (due.last, due.safe) == (LAST_VOTE, date(2017, 1, 25))
    assert due.cite == "DUK-2016, VI"


def test_the_report_is_due_on_sunday_5_february_and_safe_on_the_friday_before() -> None:
    """`chậm nhất` counts the day itself; there is no roll-over."""
    due = dues(DUK, 2016, life.ORGANISATION)[life.SUBMITTED]
    assert (due.last, due.safe) == (LAST_REPORT, date(2017, 2, 3))


def test_collectives_are_reviewed_before_31_january_and_never_voted() -> None:
    due = dues(DUK, 2016, life.COLLECTIVE)
    assert due[life.REVIEWED].last == LAST_VOTE
    assert life.VOTED not in due


def test_a_year_outside_the_pinned_calendar_has_no_due_dates() -> None:
    assert dues(DUK, 1950, life.INDIVIDUAL) == {}


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_nothing_is_late_on_the_last_day_itself(days: int, late: bool) -> None:
    due = Due(life.VOTED, LAST_VOTE, date(2017, 1, 25), "DUK-2016, VI")
    assert due.is_late(LAST_VOTE + timedelta(days=days)) is late


def test_only_steps_with_something_left_are_late() -> None:
    due = dues(DUK, 2016, life.INDIVIDUAL)
    after = LAST_VOTE + timedelta(days=1)
    assert late_steps(due, after, {life.VOTED: 2, life.SUBMITTED: 2}.__getitem__) == (life.VOTED,)
    assert late_steps(due, after, {life.VOTED: 0, life.SUBMITTED: 2}.__getitem__) == ()
