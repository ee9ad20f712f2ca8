"""What counts as entered late: the third working day after the act is in time, the fourth is not."""

from datetime import date

import pytest

from handlers.late_entries import is_late
from workflow.days import vietnam_calendar

CALENDAR = vietnam_calendar((2016, 2017))


@pytest.mark.parametrize(
    ("took_place", "entered", "late"),
    [
        (date(2017, 1, 9), date(2017, 1, 9), False),  # the same Monday
        (date(2017, 1, 9), date(2017, 1, 12), False),  # Thursday is the third working day
        (date(2017, 1, 9), date(2017, 1, 13), True),  # Friday is the fourth
        (date(2017, 1, 6), date(2017, 1, 11), False),  # over a weekend: Monday, Tuesday, Wednesday
        (date(2017, 1, 6), date(2017, 1, 12), True),
        (date(2017, 1, 25), date(2017, 2, 6), False),  # Tết: the next working days are 02, 03 and 06/02
        (date(2017, 1, 25), date(2017, 2, 7), True),
    ],
)
def test_an_entry_is_late_after_the_third_working_day(took_place: date, entered: date, late: bool) -> None:
    """A house default without a clause (design: plans are refused, reports are recorded)."""
    assert is_late(CALENDAR, took_place, entered) is late
