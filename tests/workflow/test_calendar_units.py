"""Half days, units with days of their own, and the bytes a calendar is kept in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.commands.calendar import WORDS, DatedDay
from workflow.dated_days import Branch, HeldDays, compose, wrong_days
from workflow.days import Calendar, UnitDays, make_calendar, vietnam_calendar
from workflow.rules.facts import Facts, FactValue
from workflow.rules.finding import Verdict
from workflow.rules.judge import judge_rule, recompute
from workflow.rules.rulebook import Rulebook
from workflow.rules.sentences import sentence

YEARS = range(2016, 2028)
VIETNAM = vietnam_calendar(YEARS)
FRIDAY, SATURDAY, MONDAY = date(2017, 1, 6), date(2017, 1, 7), date(2017, 1, 9)
OWN = UnitDays(unit="DB02", bodies=("CB21", "CB22", "DB02"), worked_days=(SATURDAY,), days_off=(MONDAY,))
WITH_UNIT = make_calendar(
    VIETNAM.years, VIETNAM.days_off, VIETNAM.worked_days, VIETNAM.provisional_years, units=(OWN,)
)

days_of_2017 = st.dates(date(2017, 1, 1), date(2017, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Vietnam's calendar with entries an administrator might make, for everyone and for one unit."""
    entries = draw(
        st.lists(
            st.builds(
                DatedDay,
                day=days_of_2017,
                what=st.sampled_from(WORDS[:3]),
                unit=st.sampled_from(("", "DB02")),
                provisional=st.booleans(),
            ),
            max_size=25,
            unique_by=lambda one: (one.day, one.unit),
        )
    )
    branch = Branch(unit="DB02", bodies=("CB21", "DB02"))
    return compose(range(2016, 2020), entries, (branch,)).of_unit(draw(st.sampled_from(("", "CB21"))))


# --- counting ------------------------------------------------------------------------------------------


@given(calendars(), days_of_2017, st.integers(1, 15))
def test_counting_back_and_counting_on_undo_each_other(calendar: Calendar, day: date, n: int) -> None:
    """From a working day n back and n on is the same day; from any other it is the next working day."""
    back = calendar.nth_working_day_before(day, n)
    on = calendar.nth_working_day_after(back, n)
    if calendar.is_working_day(day):
        assert on == day
    else:
        assert on == calendar.nth_working_day_after(day, 1)
    assert calendar.nth_working_day_before(calendar.nth_working_day_after(day, n), n) == (
        day if calendar.is_working_day(day) else calendar.nth_working_day_before(day, 1)
    )


@given(calendars(), days_of_2017, st.integers(1, 15))
def test_more_days_are_never_nearer_and_a_later_day_never_counts_back_further(
    calendar: Calendar, day: date, n: int
) -> None:
    next_day = day + timedelta(days=1)
    assert calendar.nth_working_day_before(day, n + 1) < calendar.nth_working_day_before(day, n) < day
    assert calendar.nth_working_day_before(day, n) <= calendar.nth_working_day_before(next_day, n)
    assert calendar.nth_working_day_after(day, n) <= calendar.nth_working_day_after(next_day, n)
    assert calendar.is_working_day(calendar.nth_working_day_before(day, n))


@given(calendars(), days_of_2017, st.integers(0, 40), st.integers(1, 10))
def test_so_many_days_before_is_the_same_as_on_or_before_the_nth(
    calendar: Calendar, meeting: date, earlier: int, n: int
) -> None:
    sent = meeting - timedelta(days=earlier)
    enough = calendar.working_days_before(sent, meeting) >= n
    assert enough == (sent <= calendar.nth_working_day_before(meeting, n))


@given(calendars(), days_of_2017)
def test_the_last_safe_day_is_a_whole_working_day_with_none_between(calendar: Calendar, day: date) -> None:
    safe = calendar.last_working_day_up_to(day)
    assert safe <= day
    assert calendar.is_working_day(safe) and not calendar.is_half_day(safe)
    between = (safe + timedelta(days=n) for n in range(1, (day - safe).days + 1))
    assert all(not calendar.is_working_day(one) or calendar.is_half_day(one) for one in between)


@settings(max_examples=25)
@given(calendars())
def test_a_calendar_comes_back_from_its_bytes(calendar: Calendar) -> None:
    book = replace(Rulebook.load("duk_2016"), calendar=replace(calendar, units=(OWN,)))
    again = Rulebook.from_bytes(book.canonical_bytes())
    assert again.calendar == book.calendar
    assert again.hash == book.hash
    assert again.canonical_bytes() == book.canonical_bytes()


# --- half days -----------------------------------------------------------------------------------------


def test_a_half_day_is_worked_for_a_clause_and_passed_over_for_the_last_safe_day() -> None:
    half = VIETNAM.with_days(half_days=[FRIDAY])
    assert half.is_working_day(FRIDAY)
    assert half.working_days_before(FRIDAY, MONDAY) == VIETNAM.working_days_before(FRIDAY, MONDAY) == 1
    assert half.last_working_day_up_to(FRIDAY) == date(2017, 1, 5)
    assert VIETNAM.last_working_day_up_to(FRIDAY) == FRIDAY


def test_a_half_saturday_is_worked_although_it_is_a_weekend() -> None:
    half = VIETNAM.with_days(half_days=[SATURDAY])
    assert half.is_working_day(SATURDAY) and half.is_half_day(SATURDAY)
    assert half.last_working_day_up_to(date(2017, 1, 8)) == FRIDAY


def test_a_day_is_not_off_and_half_worked() -> None:
    with pytest.raises(ValueError, match="06/01/2017"):
        Calendar("x", (2017,), (FRIDAY,), half_days=(FRIDAY,))


def test_a_later_word_replaces_a_half_day_as_it_does_a_day_off() -> None:
    half = VIETNAM.with_days(half_days=[FRIDAY], provisional_days=[FRIDAY])
    assert not half.with_days(days_off=[FRIDAY]).is_working_day(FRIDAY)
    assert not half.with_days(worked_days=[FRIDAY]).is_half_day(FRIDAY)
    assert half.is_provisional(FRIDAY)
    assert not half.with_days(worked_days=[FRIDAY]).is_provisional(FRIDAY)


# --- units ---------------------------------------------------------------------------------------------


def test_a_body_counts_by_the_unit_it_belongs_to_and_others_by_everyones() -> None:
    own = WITH_UNIT.of_unit("CB21")
    assert own == WITH_UNIT.of_unit("DB02")
    assert (WITH_UNIT.unit_of("CB21"), WITH_UNIT.unit_of("CB31")) == ("DB02", "")
    assert own.is_working_day(SATURDAY) and not own.is_working_day(MONDAY)
    assert WITH_UNIT.of_unit("CB31") is WITH_UNIT
    assert WITH_UNIT.of_unit("") is WITH_UNIT
    assert not WITH_UNIT.is_working_day(SATURDAY)


def test_without_units_every_body_has_the_very_same_calendar() -> None:
    assert VIETNAM.of_unit("CB21") is VIETNAM
    assert VIETNAM.unit_of("CB21") == ""


def test_a_worked_saturday_of_one_unit_moves_its_notice_and_no_others() -> None:
    """Three working days before Tuesday 10/01/2017: 05/01; with Saturday worked and Monday off as well."""
    tuesday = date(2017, 1, 10)
    assert VIETNAM.nth_working_day_before(tuesday, 3) == date(2017, 1, 5)
    worked = replace(WITH_UNIT, units=(replace(OWN, days_off=()),))
    assert worked.of_unit("CB21").nth_working_day_before(tuesday, 3) == FRIDAY
    assert worked.of_unit("CB31").nth_working_day_before(tuesday, 3) == date(2017, 1, 5)


RULE = "duk.notice_to_superior_collective"
READ: dict[str, FactValue | None] = {
    "notice.superior_on": SATURDAY,
    "meeting.day": date(2017, 1, 12),
    "collective.type": "chi_uy_truc_thuoc",
}


def book_with_units() -> Rulebook:
    return replace(Rulebook.load("duk_2016"), calendar=replace(WITH_UNIT, units=(replace(OWN, days_off=()),)))


def test_a_rule_is_judged_by_the_calendar_of_the_unit_and_replayed_from_what_it_read() -> None:
    """Told on Saturday for a meeting on Thursday: 4 working days where Saturday is worked, else 3."""
    book = book_with_units()
    rule = book.rule(RULE)
    by_unit = {}
    for unit in ("DB02", ""):
        finding = judge_rule(book, rule, Facts.of("x", {**READ, "calendar.unit": unit}))
        assert recompute(finding, book) == finding
        assert "calendar.unit" in {one.name for one in finding.operands}
        by_unit[unit] = {one.name: one.value for one in finding.operands}["days"]
    assert by_unit == {"DB02": 4, "": 3}


def test_whose_days_count_is_never_guessed() -> None:
    book = book_with_units()
    finding = judge_rule(book, book.rule(RULE), Facts.of("x", dict(READ)))
    assert (finding.verdict, finding.missing) == (Verdict.UNKNOWN, ("calendar.unit",))


def test_where_no_unit_has_days_of_its_own_a_finding_reads_what_it_always_read() -> None:
    book = Rulebook.load("duk_2016")
    finding = judge_rule(book, book.rule(RULE), Facts.of("x", {**READ, "calendar.unit": ""}))
    assert "calendar.unit" not in {one.name for one in finding.operands}


# --- bytes ---------------------------------------------------------------------------------------------


def test_a_calendar_pinned_before_keeps_its_bytes_and_its_version() -> None:
    stored = Rulebook.load("duk_2016").canonical_bytes()
    for key in (b'"half_days"', b'"provisional_days"', b'"units"'):
        assert key not in stored
    assert Rulebook.from_bytes(stored).canonical_bytes() == stored
    assert make_calendar((2017,), (MONDAY,)).version == (
        "vn-" + hashlib.sha256(b"2017|2017-01-09|").hexdigest()[:12]
    )


# --- what is provisional -------------------------------------------------------------------------------


def test_a_provisional_entry_and_a_year_without_decree_are_provisional() -> None:
    unsure = VIETNAM.with_days(days_off=[FRIDAY], provisional_days=[FRIDAY])
    assert unsure.is_provisional(FRIDAY) and not unsure.is_provisional(SATURDAY)
    assert unsure.is_provisional_between(date(2017, 1, 3), MONDAY)
    assert not unsure.is_provisional_between(SATURDAY, MONDAY)
    assert VIETNAM.is_provisional(date(2027, 3, 1))
    assert VIETNAM.is_provisional_between(date(2026, 12, 30), date(2027, 1, 2))
    assert not VIETNAM.is_provisional_between(date(2026, 12, 1), date(2026, 12, 31))


def test_a_year_that_is_announced_is_provisional_no_longer() -> None:
    announced = DatedDay(day=date(2027, 1, 1), what="announced")
    assert compose((2026, 2027), (announced,)).provisional_years == ()
    assert compose((2026, 2027), ()).provisional_years == (2027,)
    assert wrong_days([announced], HeldDays(above={})) == ()
    again = wrong_days([announced], HeldDays(days=(announced,), above={}))
    assert [one.field for one in again] == ["day"]


def test_an_announcement_is_not_overwritten_by_a_word_on_its_day_nor_the_other_way_round() -> None:
    announced, half = (DatedDay(day=date(2027, 1, 1), what=what) for what in ("announced", "half"))
    for new, held in ((half, announced), (announced, half)):
        wrong = wrong_days([new], HeldDays(days=(held,), above={}))
        assert "Take that back first" in wrong[0].en
    usual = DatedDay(day=date(2027, 1, 1), what="usual")
    assert wrong_days([usual], HeldDays(days=(announced,), above={})) == ()


# --- the days people are wronged by --------------------------------------------------------------------


def test_the_swapped_days_of_january_2026_change_places() -> None:
    """Friday 02/01 is off and Saturday 10/01 is worked (12729/VPCP-KGVX of 25/12/2025)."""
    assert VIETNAM.working_days_before(date(2026, 1, 2), date(2026, 1, 5)) == 0
    assert VIETNAM.working_days_before(date(2026, 1, 9), date(2026, 1, 12)) == 2
    assert VIETNAM.nth_working_day_before(date(2026, 1, 12), 1) == date(2026, 1, 10)
    assert VIETNAM.last_working_day_up_to(date(2026, 1, 4)) == date(2025, 12, 31)


def test_a_swap_over_the_turn_of_the_year_is_in_both_years() -> None:
    """Monday 31/12/2018 is off, Saturday 05/01/2019 is worked for it."""
    assert not VIETNAM.is_working_day(date(2018, 12, 31))
    assert VIETNAM.is_working_day(date(2019, 1, 5))
    assert vietnam_calendar([2019]).is_working_day(date(2019, 1, 5))
    assert not vietnam_calendar([2018]).is_working_day(date(2018, 12, 31))


def test_29_february_2024_is_a_thursday_that_is_worked() -> None:
    assert VIETNAM.is_working_day(date(2024, 2, 29))
    assert VIETNAM.nth_working_day_before(date(2024, 3, 1), 1) == date(2024, 2, 29)
    assert VIETNAM.nth_working_day_after(date(2024, 2, 28), 1) == date(2024, 2, 29)


def test_counting_over_tet_2017_leaves_out_seven_days() -> None:
    assert VIETNAM.nth_working_day_before(date(2017, 2, 2), 1) == date(2017, 1, 25)
    assert VIETNAM.working_days_before(date(2017, 1, 25), date(2017, 2, 2)) == 1


def test_a_finding_over_provisional_days_says_so_and_one_over_decreed_days_does_not() -> None:
    book = Rulebook.load("duk_2016")
    unsure = replace(book, calendar=book.calendar.with_days(days_off=[MONDAY], provisional_days=[MONDAY]))
    facts = Facts.of("x", dict(READ))
    for rulebook, provisional in ((book, False), (unsure, True)):
        finding = judge_rule(rulebook, rulebook.rule(RULE), facts)
        assert ("Tạm tính" in sentence(finding, rulebook)) is provisional
        assert ("Provisional" in sentence(finding, rulebook, "en")) is provisional
    elsewhere = Facts.of(
        "x", {**READ, "notice.superior_on": date(2017, 1, 18), "meeting.day": date(2017, 1, 20)}
    )
    assert "Tạm tính" not in sentence(judge_rule(unsure, unsure.rule(RULE), elsewhere), unsure)


def test_what_counts_no_working_days_is_never_provisional() -> None:
    book = Rulebook.load("duk_2016")
    unsure = replace(book, calendar=replace(book.calendar, provisional_years=(2017,)))
    facts = Facts.of("x", {"draft.sent_on": date(2017, 1, 5), "meeting.day": date(2017, 1, 10)})
    assert "Tạm tính" not in sentence(
        judge_rule(unsure, unsure.rule("duk.notice_to_participants"), facts), unsure
    )
