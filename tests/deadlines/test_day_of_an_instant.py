"""Which day an instant belongs to: that of Việt Nam, whatever day it is in UTC and however late it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from deadlines.due import Due, day_of
from workflow.days import ZONE, vietnam_calendar

VIETNAM = vietnam_calendar(range(2016, 2019))
LAST = date(2017, 1, 5)


def due(hour: str = "") -> Due:
    return Due("submitted", LAST, LAST, "DUK-2016, III.2", hour)


def test_what_is_sent_at_half_past_eleven_at_night_is_sent_that_day() -> None:
    """23:30 +07:00 is 16:30 UTC of the same day; 00:30 +07:00 is 17:30 UTC of the day before."""
    late = datetime(2017, 1, 5, 23, 30, tzinfo=ZONE)
    assert day_of(late.astimezone(UTC)) == LAST
    assert not due().is_late(late.astimezone(UTC))
    after_midnight = datetime(2017, 1, 6, 0, 30, tzinfo=ZONE)
    assert after_midnight.astimezone(UTC).date() == LAST, "in UTC it is still the last day"
    assert day_of(after_midnight.astimezone(UTC)) == date(2017, 1, 6)
    assert due().is_late(after_midnight.astimezone(UTC))


def test_what_is_sent_after_hours_counts_for_its_day() -> None:
    """No clause ends a day at closing time: sent at 18:00, the whole day counts as sent (C-01)."""
    evening = datetime(2017, 1, 5, 18, 0, tzinfo=ZONE)
    assert VIETNAM.working_days_before(day_of(evening), date(2017, 1, 10)) == 3
    assert not due().is_late(evening)


@pytest.mark.parametrize(("minute", "late"), [(-1, False), (0, False), (1, True)])
def test_where_a_clause_names_an_hour_the_day_ends_with_its_minute(minute: int, late: bool) -> None:
    at = datetime(2017, 1, 5, 15, 0, tzinfo=ZONE) + timedelta(minutes=minute)
    assert due("15:00").is_late(at) is late


def test_the_last_night_of_the_year_belongs_to_the_old_year() -> None:
    night = datetime(2016, 12, 31, 23, 30, tzinfo=ZONE)
    assert day_of(night.astimezone(UTC)) == date(2016, 12, 31)
    assert day_of(night + timedelta(hours=1)) == date(2017, 1, 1)
