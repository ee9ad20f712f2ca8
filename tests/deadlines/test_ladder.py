"""The rungs of one date: which working days they fall on, and in which order they are told."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from deadlines.ladder import rungs
from workflow.days import make_calendar, vietnam_calendar
from workflow.rules.reminding import HOUSE, Reminding

CALENDAR = vietnam_calendar(range(2016, 2019))


def told(reminding: Reminding, safe: date, last: date) -> list[tuple[str, int, date]]:
    return [(rung.name, rung.level, rung.day) for rung in rungs(reminding, CALENDAR, safe, last)]


def test_the_house_ladder_of_before_31_01_2017_goes_round_tet() -> None:
    """Tết 2017: 26/01 to 01/02 are days off, so the last safe day of 30/01 is Wednesday 25/01 (C-06)."""
    assert told(HOUSE, date(2017, 1, 25), date(2017, 1, 30)) == [
        ("before:10", 0, date(2017, 1, 11)),
        ("before:5", 0, date(2017, 1, 18)),
        ("before:3", 0, date(2017, 1, 20)),
        ("before:1", 0, date(2017, 1, 24)),
        ("day:0", 0, date(2017, 1, 25)),
        ("after:1", 0, date(2017, 2, 2)),
        ("escalate:1", 1, date(2017, 2, 6)),
        ("escalate:2", 2, date(2017, 2, 13)),
    ]


def test_a_layer_without_the_day_itself_has_no_rung_on_it() -> None:
    reminding = Reminding(before=(2,), on_day=False, after=(), escalate=(1,))
    assert told(reminding, date(2017, 3, 1), date(2017, 3, 1)) == [
        ("before:2", 0, date(2017, 2, 27)),
        ("escalate:1", 1, date(2017, 3, 2)),
    ]


def test_on_one_day_those_responsible_hear_before_their_superior() -> None:
    reminding = Reminding(before=(), on_day=False, after=(3,), escalate=(3,))
    names = [name for name, _, _ in told(reminding, date(2017, 3, 1), date(2017, 3, 1))]
    assert names == ["after:3", "escalate:1"]


def test_beyond_the_years_of_the_calendar_monday_to_friday_are_counted() -> None:
    """A plan's shortcoming may be due years later; a reminder decides nothing, a stopped sweep would."""
    calendar = make_calendar([2017])
    found = {rung.name: rung.day for rung in rungs(HOUSE, calendar, date(2017, 12, 29), date(2017, 12, 31))}
    assert found["after:1"] == date(2018, 1, 1)  # a Monday nobody has entered as a day off
    assert found["escalate:1"] == date(2018, 1, 3)


@given(
    safe=st.dates(date(2016, 3, 1), date(2018, 6, 30)).filter(CALENDAR.is_working_day),
    later=st.integers(0, 9),
    reminding=st.builds(
        Reminding,
        before=st.sets(st.integers(1, 20), max_size=5).map(lambda days: tuple(sorted(days, reverse=True))),
        on_day=st.booleans(),
        after=st.sets(st.integers(1, 20), max_size=3).map(lambda days: tuple(sorted(days))),
        escalate=st.sets(st.integers(1, 20), max_size=3).map(lambda days: tuple(sorted(days))),
    ),
)
def test_every_rung_falls_on_a_working_day_in_order_and_once(
    safe: date, later: int, reminding: Reminding
) -> None:
    last = safe + (date(2016, 1, 2) - date(2016, 1, 1)) * later
    found = rungs(reminding, CALENDAR, safe, last)
    wanted = len(reminding.before) + reminding.on_day + len(reminding.after) + len(reminding.escalate)
    assert len(found) == len({rung.name for rung in found}) == wanted
    assert all(CALENDAR.is_working_day(rung.day) for rung in found)
    assert [rung.day for rung in found] == sorted(rung.day for rung in found)
    for rung in found:
        sort, _, number = rung.name.partition(":")
        n = int(number)
        match sort:
            case "before":
                assert rung.day == CALENDAR.nth_working_day_before(safe, n)
            case "day":
                assert rung.day == safe
            case "after":
                assert rung.day == CALENDAR.nth_working_day_after(last, n)
            case _:
                days = reminding.escalate[rung.level - 1]
                assert rung.day == CALENDAR.nth_working_day_after(last, days) and rung.level == n
