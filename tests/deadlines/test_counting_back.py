"""Days counted back from a meeting or a date, on any calendar: the book and the judging agree, day by day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.owed import safe_day_of
from workflow.days import Calendar, make_calendar
from workflow.rules.due_dates import DueDate, due_dates, notice_due_dates
from workflow.rules.facts import Facts
from workflow.rules.finding import Verdict
from workflow.rules.judge import judge_rule
from workflow.rules.rulebook import Rulebook

YEARS = (2016, 2017, 2018)
ONE_DAY = timedelta(days=1)
DUK, TKV = Rulebook.load("duk_2016"), Rulebook.load("tkv_2018")
MEETINGS = st.dates(date(2017, 2, 1), date(2017, 12, 28))
FACTS = {"send_draft": "draft.sent_on", "notify_superior": "notice.superior_on"}


@st.composite
def calendars(draw: Callable[..., set[date]]) -> Calendar:
    """Any calendar of a few days off, worked weekends and half days around a year."""
    days = st.sets(st.dates(date(2016, 12, 1), date(2018, 1, 10)), max_size=40)
    off = draw(days)
    worked = draw(days) - off
    half = draw(days) - off - worked
    return make_calendar(YEARS, off, worked, half_days=half)


def by(rulebook: Rulebook, calendar: Calendar) -> Rulebook:
    return replace(rulebook, calendar=calendar)


def judged(book: Rulebook, due: DueDate, on: date) -> Verdict:
    """How the rule of a notice judges an act of this day."""
    told = Facts.of("test", {FACTS[due.gate]: on, "meeting.day": due.stated_day, "subject.is_leader": True})
    return judge_rule(book, book.rule(due.rule), told).verdict


@pytest.mark.parametrize(
    ("rulebook", "kind"), [(DUK, "collective"), (DUK, "individual"), (TKV, "individual")]
)
@given(calendar=calendars(), meeting=MEETINGS)
def test_the_last_day_of_a_notice_is_the_last_its_rule_lets_pass(
    rulebook: Rulebook, kind: str, calendar: Calendar, meeting: date
) -> None:
    book = by(rulebook, calendar)
    for due in notice_due_dates(book, kind, meeting):
        if due.gate != "prepare":
            assert judged(book, due, due.last_good_day) is Verdict.HOLDS
            assert judged(book, due, due.last_good_day + ONE_DAY) is Verdict.FAILS


@given(calendar=calendars(), meeting=MEETINGS)
def test_a_notice_in_working_days_leaves_so_many_worked_days_and_reminds_for_one_more(
    calendar: Calendar, meeting: date
) -> None:
    """C-01: the meeting day is not counted, the day of sending is; a half day is worked and not relied on."""
    due = next(
        due
        for due in notice_due_dates(by(DUK, calendar), "collective", meeting)
        if due.gate == "notify_superior"
    )
    assert worked(calendar, due.last_good_day, meeting) == 5
    assert calendar.is_working_day(due.last_good_day)
    assert worked(calendar, due.last_safe_day, meeting) >= 6
    relied_on(calendar, due.last_safe_day)
    between = days(due.last_safe_day + ONE_DAY, due.last_good_day)
    assert all(calendar.is_half_day(day) for day in between if calendar.is_working_day(day))


@given(calendar=calendars(), meeting=MEETINGS)
def test_a_notice_in_days_counts_every_day(calendar: Calendar, meeting: date) -> None:
    """C-02: DUK-2016, II.3.1 says “ngày”."""
    found = notice_due_dates(by(DUK, calendar), "collective", meeting)
    due = next(due for due in found if due.gate == "send_draft")
    assert meeting - due.last_good_day == timedelta(days=3)
    relied_on(calendar, due.last_safe_day)
    assert due.last_safe_day <= due.last_good_day
    assert not any(
        calendar.is_working_day(day) and not calendar.is_half_day(day)
        for day in days(due.last_safe_day + ONE_DAY, due.last_good_day + ONE_DAY)
    )


@given(calendar=calendars(), meeting=MEETINGS)
def test_a_draft_the_superior_gets_is_ready_for_whichever_goes_out_first(
    calendar: Calendar, meeting: date
) -> None:
    """C-37."""
    found = {due.gate: due for due in notice_due_dates(by(DUK, calendar), "collective", meeting)}
    others = (found["send_draft"], found["notify_superior"])
    assert found["prepare"].last_good_day == min(due.last_good_day for due in others)
    assert found["prepare"].last_safe_day == min(due.last_safe_day for due in others)


@given(calendar=calendars())
def test_no_day_off_moves_a_date_of_a_clause(calendar: Calendar) -> None:
    """C-06: no roll-over; what moves is the last working day up to it."""
    usual = {due.rule: due for due in due_dates(DUK, 2016)}
    for due in due_dates(by(DUK, calendar), 2016):
        assert due.last_good_day == usual[due.rule].last_good_day
        assert due.last_safe_day <= due.last_good_day
        relied_on(calendar, due.last_safe_day)
        assert safe_day_of(calendar, due.last_good_day)[0] == due.last_safe_day


@pytest.mark.parametrize(
    ("rulebook", "year"),
    [("duk_2016", 2016), ("cdtkv_2020", 2020), ("stc_2024", 2024), ("vi_du_dang_uy_cong_ty", 2026)],
)
def test_the_last_day_of_a_clause_is_the_last_its_rule_lets_pass(rulebook: str, year: int) -> None:
    book = Rulebook.load(rulebook)
    for due in due_dates(book, year):
        rule = book.rule(due.rule)
        told = {
            "campaign.year": year,
            **{n: v[0] if isinstance(v, tuple) else v for n, v in due.when.items()},
        }
        if due.hour:
            told["submission.hour"] = due.hour
        for day, verdict in (
            (due.last_good_day, Verdict.HOLDS),
            (due.last_good_day + ONE_DAY, Verdict.FAILS),
        ):
            facts = Facts.of("test", {**told, str(rule.parameters["fact"]): day})
            assert judge_rule(book, rule, facts).verdict is verdict, (due.rule, day)


def worked(calendar: Calendar, first: date, until: date) -> int:
    """Worked days from the first, counted, to the last, not counted: one by one."""
    return sum(calendar.is_working_day(day) for day in days(first, until))


def days(first: date, until: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((until - first).days)]


def relied_on(calendar: Calendar, day: date) -> None:
    assert calendar.is_working_day(day)
    assert not calendar.is_half_day(day)


# --- each ugly day by its name ---------------------------------------------------------------------------


def notified(meeting: date, book: Rulebook = DUK) -> tuple[date, date]:
    """Last and last safe day of the 5 working days of DUK-2016, VII.1."""
    found = notice_due_dates(book, "collective", meeting)
    due = next(due for due in found if due.gate == "notify_superior")
    return due.last_good_day, due.last_safe_day


def test_a_weekend_is_stepped_over() -> None:
    """Meeting Monday 20/03/2017: 17(1), 16(2), 15(3), 14(4), 13(5); for reminding Friday 10/03."""
    assert notified(date(2017, 3, 20)) == (date(2017, 3, 13), date(2017, 3, 10))


def test_a_meeting_on_a_sunday_is_counted_from_like_any_day() -> None:
    """Meeting Sunday 19/03/2017: the same worked days as for the Monday after it."""
    assert notified(date(2017, 3, 19)) == notified(date(2017, 3, 20))


def test_tet_takes_a_whole_week_out() -> None:
    """Meeting Thursday 02/02/2017, the first day after Tết: 25/01(1), 24(2), 23(3), 20(4), 19(5), 18."""
    assert notified(date(2017, 2, 2)) == (date(2017, 1, 19), date(2017, 1, 18))


def test_a_swapped_saturday_is_worked_and_its_friday_is_not() -> None:
    """12729/VPCP-KGVX: 02/01/2026 off, 10/01 worked.

    Meeting Tuesday 13/01: 12(1), Saturday 10(2), 09(3), 08(4), 07(5), 06. Meeting Monday 05/01: 31/12(1),
    30(2), 29(3), 26(4), 25(5), 24/12.
    """
    book = replace(DUK, calendar=Rulebook.load("qd366_2025").calendar)
    assert notified(date(2026, 1, 13), book) == (date(2026, 1, 7), date(2026, 1, 6))
    assert notified(date(2026, 1, 5), book) == (date(2025, 12, 25), date(2025, 12, 24))


def test_the_turn_of_the_year_is_crossed() -> None:
    """Meeting Wednesday 04/01/2017: 03(1), 02/01 off for the Sunday, 30/12(2), 29(3), 28(4), 27(5), 26/12."""
    assert notified(date(2017, 1, 4)) == (date(2016, 12, 27), date(2016, 12, 26))


def test_29_february_is_a_day_like_any() -> None:
    """Meeting Monday 04/03/2024: 01/03(1), 29/02(2), 28(3), 27(4), 26(5), Friday 23/02; 3 days are 01/03."""
    book = replace(DUK, calendar=Rulebook.load("stc_2024").calendar)
    assert notified(date(2024, 3, 4), book) == (date(2024, 2, 26), date(2024, 2, 23))
    found = {due.gate: due for due in notice_due_dates(book, "collective", date(2024, 3, 4))}
    assert found["send_draft"].last_good_day == date(2024, 3, 1)
    in_leap_year = {due.gate: due for due in notice_due_dates(book, "collective", date(2024, 3, 3))}
    assert in_leap_year["send_draft"].last_good_day == date(2024, 2, 29)


def test_a_half_day_counts_for_the_clause_and_is_not_relied_on() -> None:
    """Friday 10/03/2017 is half a day: it is the sixth worked day before 20/03, so rely on Thursday 09/03."""
    half = replace(DUK, calendar=DUK.calendar.with_days(half_days=[date(2017, 3, 10)]))
    assert notified(date(2017, 3, 20), half) == (date(2017, 3, 13), date(2017, 3, 9))


def test_a_day_not_decreed_yet_makes_a_date_provisional_wherever_it_is_counted() -> None:
    """2027 is not decreed: a notice counted over New Year's Day says so, one inside 2026 does not."""
    book = Rulebook.load("qd366_2025")
    for meeting, provisional in ((date(2026, 12, 30), False), (date(2027, 1, 4), True)):
        found = notice_due_dates(book, "collective", meeting)
        assert [due.provisional for due in found] == [provisional]
    dated = {due.rule: due.provisional for due in due_dates(book, 2026)}
    assert dated["qd366.deadline_rating"] is False
    assert dated["qd366.deadline_special_unit"] is True


def test_a_day_people_set_beyond_the_calendar_is_its_own_safe_day_and_provisional() -> None:
    assert safe_day_of(DUK.calendar, date(2031, 5, 3)) == (date(2031, 5, 3), True)
    assert safe_day_of(DUK.calendar, date(2017, 3, 5)) == (date(2017, 3, 3), False)
