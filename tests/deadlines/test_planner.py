"""Days weighed for a meeting: the best first, worked days before days off, none that a rule refuses."""

from __future__ import annotations

from datetime import date, timedelta

from deadlines.planner import (
    AFTER_LAST,
    AFTER_SAFE,
    BEST,
    HALF_DAY,
    NOT_WORKED,
    POSSIBLE,
    REFUSED,
    proposals,
    weigh,
)
from workflow.days import make_calendar
from workflow.rules.finding import Finding, Force, Verdict

# Monday 16/01 to Sunday 29/01/2017, Tết from Thursday 26/01; Saturday 21/01 worked, Friday 20/01 half of it
CALENDAR = make_calendar(
    (2016, 2017),
    days_off=(date(2017, 1, 26), date(2017, 1, 27)),
    worked_days=(date(2017, 1, 21),),
    half_days=(date(2017, 1, 20),),
)
LAST, SAFE = date(2017, 1, 27), date(2017, 1, 25)
DAYS = tuple(date(2017, 1, 16) + timedelta(days=n) for n in range(14))
NOTICE = Finding(
    rule="duk.notice_to_superior_collective",
    cite="DUK-2016, VII.1",
    verdict=Verdict.FAILS,
    force=Force.REFUSE,
    operands=(),
    comparison="",
)
TOO_SOON = dict.fromkeys(DAYS[:2], (("2016.collective.CB01", NOTICE),))


def test_every_day_says_what_speaks_against_it() -> None:
    found = {one.day.day: one for one in weigh(DAYS, TOO_SOON, CALENDAR, LAST, SAFE)}
    assert found[16].verdict == REFUSED
    assert (found[18].verdict, found[18].concerns) == (BEST, ())
    assert (found[20].verdict, found[20].concerns) == (POSSIBLE, (HALF_DAY,))
    assert (found[21].verdict, found[21].concerns) == (BEST, ()), "a worked Saturday is a day like others"
    assert found[22].concerns == (NOT_WORKED,), "no clause forbids to meet on a Sunday"
    assert found[25].verdict == BEST, "the last safe day itself is safe"
    assert found[26].concerns == (NOT_WORKED, AFTER_SAFE)
    assert found[27].concerns == (NOT_WORKED, AFTER_SAFE), "the last legal day itself is legal"
    assert found[28].concerns == (NOT_WORKED, AFTER_LAST)


def test_the_earliest_good_day_is_proposed_first_and_no_refused_day_at_all() -> None:
    listed = proposals(weigh(DAYS, TOO_SOON, CALENDAR, LAST, SAFE))
    assert [one.day.day for one in listed] == [18, 19, 21, 23, 24, 25, 20, 22, 26, 27, 28, 29]


def test_slack_is_counted_from_the_day_to_the_last_safe_day() -> None:
    found = {one.day.day: one.slack for one in weigh(DAYS, {}, CALENDAR, LAST, SAFE)}
    assert (found[24], found[25], found[27]) == (1, 0, 0)
    assert {one.slack for one in weigh(DAYS, {}, CALENDAR, None, None)} == {None}
