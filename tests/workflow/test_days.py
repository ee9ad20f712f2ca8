"""Days are counted as C-01 to C-08 and C-30 say; each ugly day has its own test."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.days import (
    Calendar,
    DayOutsideCalendar,
    calendar_days_before,
    last_good_day,
    make_calendar,
    months_after,
    months_between,
    sick_spells_total,
    vietnam_calendar,
)

VIETNAM = vietnam_calendar(range(2016, 2028))
DAYS = st.dates(date(2016, 4, 1), date(2027, 9, 30))


def test_the_meeting_day_is_out_and_the_sending_day_is_in() -> None:
    """A meeting on Monday 16/01/2017 with three working days is told on Wednesday 11/01 (C-01)."""
    assert VIETNAM.nth_working_day_before(date(2017, 1, 16), 3) == date(2017, 1, 11)
    assert VIETNAM.working_days_before(date(2017, 1, 11), date(2017, 1, 16)) == 3
    assert VIETNAM.working_days_before(date(2017, 1, 12), date(2017, 1, 16)) == 2


def test_a_weekend_counts_as_calendar_days_and_not_as_working_days() -> None:
    friday, monday = date(2017, 1, 6), date(2017, 1, 9)
    assert calendar_days_before(friday, monday) == 3
    assert VIETNAM.working_days_before(friday, monday) == 1


def test_what_is_sent_on_saturday_counts_from_monday() -> None:
    assert VIETNAM.working_days_before(date(2017, 1, 7), date(2017, 1, 10)) == 1


def test_nothing_is_before_a_meeting_on_the_same_day_or_after_it() -> None:
    day = date(2017, 1, 10)
    assert VIETNAM.working_days_before(day, day) == 0
    assert VIETNAM.working_days_before(day + timedelta(days=2), day) == 0
    assert calendar_days_before(day + timedelta(days=2), day) == -2


def test_tet_2017_lasts_from_26_january_to_1_february() -> None:
    tet = [date(2017, 1, 26) + timedelta(days=n) for n in range(7)]
    assert not any(VIETNAM.is_working_day(day) for day in tet)
    assert VIETNAM.is_working_day(date(2017, 1, 25))
    assert VIETNAM.is_working_day(date(2017, 2, 2))


def test_the_last_working_day_before_31_january_2017_is_the_25th() -> None:
    assert VIETNAM.nth_working_day_before(date(2017, 1, 31), 1) == date(2017, 1, 25)
    assert VIETNAM.last_working_day_up_to(date(2017, 1, 30)) == date(2017, 1, 25)


def test_5_february_2017_is_a_sunday_and_the_reminder_is_on_friday() -> None:
    assert date(2017, 2, 5).weekday() == 6
    assert VIETNAM.last_working_day_up_to(date(2017, 2, 5)) == date(2017, 2, 3)


def test_the_turn_of_the_year_loses_the_new_year_holiday() -> None:
    """01/01/2017 is a Sunday, so Monday 02/01 is off."""
    assert VIETNAM.nth_working_day_before(date(2017, 1, 3), 1) == date(2016, 12, 30)
    assert calendar_days_before(date(2016, 12, 30), date(2017, 1, 2)) == 3


def test_29_february_is_a_day_like_others_and_a_year_later_it_is_the_28th() -> None:
    assert calendar_days_before(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_between(date(2024, 2, 29), date(2025, 2, 28)) == 12
    assert months_between(date(2023, 8, 31), date(2024, 2, 29)) == 6
    assert months_between(date(2023, 8, 31), date(2024, 2, 28)) == 5


def test_exactly_six_months_is_six() -> None:
    assert months_between(date(2016, 7, 10), date(2017, 1, 10)) == 6
    assert months_between(date(2016, 7, 11), date(2017, 1, 10)) == 5
    assert months_between(date(2016, 8, 31), date(2017, 2, 28)) == 6
    assert months_between(date(2017, 1, 10), date(2016, 7, 10)) == 0


def test_before_leaves_the_day_out_and_at_the_latest_keeps_it() -> None:
    assert last_good_day("before", date(2017, 1, 31)) == date(2017, 1, 30)
    assert last_good_day("at_latest", date(2017, 2, 5)) == date(2017, 2, 5)


def test_the_swap_of_january_2026_is_in_the_calendar() -> None:
    """The holidays package does not carry it."""
    assert not VIETNAM.is_working_day(date(2026, 1, 2))
    assert VIETNAM.is_working_day(date(2026, 1, 10))
    assert VIETNAM.nth_working_day_before(date(2026, 1, 5), 1) == date(2025, 12, 31)


def test_years_nobody_decreed_are_provisional() -> None:
    assert VIETNAM.provisional_years == (2027,)


def test_a_day_outside_the_calendar_is_not_guessed() -> None:
    with pytest.raises(DayOutsideCalendar, match="01/01/2016"):
        vietnam_calendar([2017]).is_working_day(date(2016, 1, 1))
    with pytest.raises(DayOutsideCalendar, match="Add the year 2016"):
        vietnam_calendar([2017]).nth_working_day_before(date(2017, 1, 2), 1)


def test_dated_additions_replace_what_was_said_before() -> None:
    monday, saturday = date(2017, 3, 6), date(2017, 3, 11)
    changed = VIETNAM.with_days(days_off=[monday], worked_days=[saturday])
    assert not changed.is_working_day(monday)
    assert changed.is_working_day(saturday)
    assert changed.version != VIETNAM.version
    back = changed.with_days(worked_days=[monday], days_off=[saturday])
    assert back.is_working_day(monday)
    assert not back.is_working_day(saturday)


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="06/03/2017"):
        Calendar("x", (2017,), (date(2017, 3, 6),), (date(2017, 3, 6),))


def test_equal_calendars_have_equal_versions() -> None:
    assert vietnam_calendar([2017, 2016]) == vietnam_calendar([2016, 2017])
    assert make_calendar([2017]).version != make_calendar([2018]).version


def test_zero_working_days_before_is_refused() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        VIETNAM.nth_working_day_before(date(2017, 1, 10), 0)


def test_three_full_months_in_one_spell_are_enough_with_89_days() -> None:
    total = sick_spells_total([(date(2017, 2, 1), date(2017, 4, 30))], 2017)
    assert (total.days, total.longest_spell_months) == (89, 3)
    assert total.reaches(3, 90)


def test_44_and_45_days_are_not_enough_and_45_and_45_are() -> None:
    second = (date(2017, 9, 1), date(2017, 10, 15))
    assert not sick_spells_total([(date(2017, 3, 1), date(2017, 4, 13)), second], 2017).reaches(3, 90)
    assert sick_spells_total([(date(2017, 3, 1), date(2017, 4, 14)), second], 2017).reaches(3, 90)


def test_sick_leave_outside_the_year_is_left_out_and_touching_spells_are_one() -> None:
    assert sick_spells_total([(date(2016, 11, 1), date(2017, 1, 10))], 2017).days == 10
    joined = sick_spells_total(
        [(date(2017, 2, 1), date(2017, 2, 28)), (date(2017, 3, 1), date(2017, 4, 30))], 2017
    )
    assert joined.longest_spell_months == 3
    doubled = sick_spells_total([(date(2017, 2, 1), date(2017, 2, 10))] * 2, 2017)
    assert doubled.days == 10, "the same day is not counted twice"


@given(DAYS, st.integers(1, 15), st.integers(0, 40))
def test_enough_working_days_is_the_same_as_not_after_the_nth_day(meeting: date, n: int, back: int) -> None:
    sent = meeting - timedelta(days=back)
    in_time = sent <= VIETNAM.nth_working_day_before(meeting, n)
    assert in_time == (VIETNAM.working_days_before(sent, meeting) >= n)


@given(DAYS, st.integers(1, 10))
def test_counting_back_and_forth_meets_on_working_days(day: date, n: int) -> None:
    found = VIETNAM.nth_working_day_before(day, n)
    assert VIETNAM.is_working_day(found)
    assert VIETNAM.working_days_before(found, day) == n
    if VIETNAM.is_working_day(day):
        assert VIETNAM.nth_working_day_after(found, n) == day


@given(DAYS, st.integers(0, 30))
def test_a_month_reached_is_a_month_counted(start: date, months: int) -> None:
    reached = months_after(start, months)
    assert months_between(start, reached) == months
    if months:
        assert months_between(start, reached - timedelta(days=1)) == months - 1


@given(st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=6), st.integers(2016, 2027))
def test_sick_days_never_exceed_the_year_and_more_spells_never_count_less(
    spells: list[tuple[date, int]], year: int
) -> None:
    given_spells = [(start, start + timedelta(days=length)) for start, length in spells]
    total = sick_spells_total(given_spells, year)
    assert 0 <= total.days <= 366
    assert total.longest_spell_months <= 12
    for left_out in range(len(given_spells)):
        fewer = sick_spells_total(given_spells[:left_out] + given_spells[left_out + 1 :], year)
        assert fewer.days <= total.days
