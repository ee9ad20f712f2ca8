"""Every dated deadline of one season of each regime, counted by hand, and the instant each is over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflow.days import ZONE
from workflow.rules.due_dates import (
    AT_LATEST,
    BASES,
    BEFORE,
    DueDate,
    asked_due_dates,
    due_dates,
    ends_at,
    notice_due_dates,
    own_due_dates,
)
from workflow.rules.facts import Facts
from workflow.rules.rulebook import Rulebook

Line = tuple[str, str, str, date, str, str, date, date]

# rule, gate, basis, stated day, word, hour, last good day, last safe day
TABLE: dict[tuple[str, int], set[Line]] = {
    # VI: "trước ngày 31 tháng 01" leaves Monday 30/01; Tết 2017 was off from 26/01 to 01/02, so Wednesday
    # 25/01 is the last day worked. "chậm nhất ngày 05 tháng 02" takes in a Sunday; the Friday before is
    # 03/02. 20/02/2017 is a Monday: before it is Sunday 19/02, worked last on Friday 17/02. 28/02/2017 is a
    # Tuesday.
    ("duk_2016", 2016): {
        ("duk.deadline_review", "hold_session", "yearly", date(2017, 1, 31), "before", "",
         date(2017, 1, 30), date(2017, 1, 25)),
        ("duk.deadline_rating", "count_ballot", "yearly", date(2017, 1, 31), "before", "",
         date(2017, 1, 30), date(2017, 1, 25)),
        ("duk.deadline_report", "submit", "yearly", date(2017, 2, 5), "at_latest", "",
         date(2017, 2, 5), date(2017, 2, 3)),
        ("duk.deadline_report_collective", "submit", "yearly", date(2017, 2, 5), "at_latest", "",
         date(2017, 2, 5), date(2017, 2, 3)),
        ("duk.deadline_bloc_review", "hold_session", "fixed", date(2017, 2, 20), "before", "",
         date(2017, 2, 19), date(2017, 2, 17)),
        ("duk.deadline_bloc_report", "submit", "fixed", date(2017, 2, 28), "at_latest", "",
         date(2017, 2, 28), date(2017, 2, 28)),
    },
    # C-38: what is written with 2017 is for the assessment year 2016 alone; 31/01/2018 is a Wednesday,
    # 05/02/2018 a Monday, Tết 2018 came on 16/02.
    ("duk_2016", 2017): {
        ("duk.deadline_review", "hold_session", "yearly", date(2018, 1, 31), "before", "",
         date(2018, 1, 30), date(2018, 1, 30)),
        ("duk.deadline_rating", "count_ballot", "yearly", date(2018, 1, 31), "before", "",
         date(2018, 1, 30), date(2018, 1, 30)),
        ("duk.deadline_report", "submit", "yearly", date(2018, 2, 5), "at_latest", "",
         date(2018, 2, 5), date(2018, 2, 5)),
        ("duk.deadline_report_collective", "submit", "yearly", date(2018, 2, 5), "at_latest", "",
         date(2018, 2, 5), date(2018, 2, 5)),
    },
    # TKV-2018 and BG-2019 name no day of the year: a unit's own day and the days people set are theirs.
    ("tkv_2018", 2018): set(),
    ("bg_2019", 2019): set(),
    # III.1, III.2: "trước ngày 15/12/2020", a Tuesday, leaves Monday 14/12.
    ("cdtkv_2020", 2020): {
        ("cdtkv.deadline_unions", "submit", "fixed", date(2020, 12, 15), "before", "",
         date(2020, 12, 14), date(2020, 12, 14)),
        ("cdtkv.deadline_cadres", "submit", "fixed", date(2020, 12, 15), "before", "",
         date(2020, 12, 14), date(2020, 12, 14)),
        ("cdtkv.deadline_office", "decide", "fixed", date(2020, 12, 15), "before", "",
         date(2020, 12, 14), date(2020, 12, 14)),
    },
    # ¶9: "chậm nhất 15 giờ ngày 13/11/2024", a Wednesday. ¶6: "trước ngày 17/12", a Tuesday, leaves Monday
    # 16/12.
    ("stc_2024", 2024): {
        ("stc.deadline_report", "submit", "fixed", date(2024, 11, 13), "at_latest", "15:00",
         date(2024, 11, 13), date(2024, 11, 13)),
        ("stc.deadline_stragglers", "count_ballot", "yearly", date(2024, 12, 17), "before", "",
         date(2024, 12, 16), date(2024, 12, 16)),
    },
    # HD 43, 4.1: before 31/12/2026, a Thursday: Wednesday 30/12. Special units before 15/01/2027, a Friday.
    # 4.2: before 01/02/2027, a Monday: Sunday 31/01, worked last on Friday 29/01. 4.3: before 01/03/2027, a
    # Monday: Sunday 28/02, worked last on Friday 26/02.
    ("qd366_2025", 2026): {
        ("qd366.deadline_rating", "decide", "yearly", date(2026, 12, 31), "before", "",
         date(2026, 12, 30), date(2026, 12, 30)),
        ("qd366.deadline_special_unit", "decide", "yearly", date(2027, 1, 15), "before", "",
         date(2027, 1, 14), date(2027, 1, 14)),
        ("qd366.deadline_central_dossier", "submit", "yearly", date(2027, 2, 1), "before", "",
         date(2027, 1, 31), date(2027, 1, 29)),
        ("qd366.deadline_politburo", "publish", "yearly", date(2027, 3, 1), "before", "",
         date(2027, 2, 28), date(2027, 2, 26)),
    },
    # The example layer: ratings before 20/12/2026, a Sunday: Saturday 19/12, worked last on Friday 18/12.
    # Cells report at the latest on Thursday 10/12.
    ("vi_du_dang_uy_cong_ty", 2026): {
        ("qd366.deadline_rating", "decide", "yearly", date(2026, 12, 20), "before", "",
         date(2026, 12, 19), date(2026, 12, 18)),
        ("vdct.deadline_submission", "submit", "yearly", date(2026, 12, 10), "at_latest", "",
         date(2026, 12, 10), date(2026, 12, 10)),
        ("qd366.deadline_special_unit", "decide", "yearly", date(2027, 1, 15), "before", "",
         date(2027, 1, 14), date(2027, 1, 14)),
        ("qd366.deadline_central_dossier", "submit", "yearly", date(2027, 2, 1), "before", "",
         date(2027, 1, 31), date(2027, 1, 29)),
        ("qd366.deadline_politburo", "publish", "yearly", date(2027, 3, 1), "before", "",
         date(2027, 2, 28), date(2027, 2, 26)),
    },
}  # fmt: skip


def line(due: DueDate) -> Line:
    return (
        due.rule,
        due.gate,
        due.basis,
        due.stated_day,
        due.word,
        due.hour,
        due.last_good_day,
        due.last_safe_day,
    )


@pytest.mark.parametrize(("rulebook", "year"), TABLE)
def test_the_dated_deadlines_of_a_season(rulebook: str, year: int) -> None:
    assert {line(due) for due in due_dates(Rulebook.load(rulebook), year)} == TABLE[(rulebook, year)]


@pytest.mark.parametrize(("rulebook", "year"), TABLE)
def test_a_date_ends_in_the_first_minute_that_no_longer_meets_it(rulebook: str, year: int) -> None:
    """On both sides, at +07:00: midnight after the last day, or the end of the minute a clause names."""
    for due in due_dates(Rulebook.load(rulebook), year):
        local = due.ends_at.astimezone(ZONE)
        assert due.ends_at.tzinfo is UTC
        assert (local - timedelta(seconds=1)).date() == due.last_good_day
        if due.hour:
            assert f"{local - timedelta(minutes=1):%H:%M}" == due.hour
        else:
            assert (local.hour, local.minute, local.date()) == (0, 0, due.last_good_day + timedelta(days=1))


def test_every_basis_is_one_the_book_knows() -> None:
    for (rulebook, year), _ in TABLE.items():
        assert {due.basis for due in due_dates(Rulebook.load(rulebook), year)} <= set(BASES)


# --- an hour ------------------------------------------------------------------------------------------------


def utc(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """An instant of November 2024."""
    return datetime(2024, 11, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "hour", "last_in_time", "first_too_late"),
    [
        # C-05 and C-43: at the latest 15:00 takes that minute in, before 15:00 does not; 15:00 at +07:00 is
        # 08:00 UTC
        (AT_LATEST, "15:00", utc(13, 8, 0, 59), utc(13, 8, 1)),
        (BEFORE, "15:00", utc(13, 7, 59, 59), utc(13, 8, 0)),
        # without an hour a day ends at midnight in Hà Nội, 17:00 UTC: sent after hours is sent that day
        (AT_LATEST, "", utc(13, 16, 59, 59), utc(13, 17, 0)),
        # the first minute of the day, which in UTC is the day before
        (AT_LATEST, "00:00", utc(12, 17, 0, 59), utc(12, 17, 1)),
        # the last minute of the day belongs to it, and the next day begins
        (AT_LATEST, "23:59", utc(13, 16, 59, 59), utc(13, 17, 0)),
    ],
)
def test_an_hour_ends_a_day_in_its_minute(
    word: str, hour: str, last_in_time: datetime, first_too_late: datetime
) -> None:
    found = ends_at(date(2024, 11, 13), word, hour)
    assert last_in_time < found
    assert found == first_too_late


def test_a_day_of_29_february_ends_with_it() -> None:
    assert ends_at(date(2024, 2, 29), AT_LATEST) == datetime(2024, 2, 29, 17, tzinfo=UTC)


def test_the_last_day_of_a_year_ends_with_it() -> None:
    assert ends_at(date(2026, 12, 31), AT_LATEST) == datetime(2026, 12, 31, 17, tzinfo=UTC)


# --- before a meeting ---------------------------------------------------------------------------------------

# rulebook, kind, meeting, rule, gate, last good day, last safe day
NOTICES = [
    # II.3.1 and VII.1 with a meeting on Tuesday 10/01/2017. 03 days: Saturday 07/01 counts, and is no day to
    # rely on: Friday 06/01. 05 working days back from 10/01, itself not counted: 09(1), 06(2), 05(3), 04(4),
    # 03(5); 02/01 was off for New Year's Day on a Sunday. Reminded for one more (C-01): Friday 30/12. The
    # superior gets the drafts with it, so they are ready by the earlier day (C-37).
    ("duk_2016", "collective", date(2017, 1, 10), "duk.notice_to_participants", "send_draft",
     date(2017, 1, 7), date(2017, 1, 6)),
    ("duk_2016", "collective", date(2017, 1, 10), "duk.notice_to_superior_collective", "notify_superior",
     date(2017, 1, 3), date(2016, 12, 30)),
    ("duk_2016", "collective", date(2017, 1, 10), "duk.notice_has_documents_collective", "prepare",
     date(2017, 1, 3), date(2016, 12, 30)),
    # Nobody asks for a member's draft ahead; a leader's day is told, and his document with it (C-90).
    ("duk_2016", "individual", date(2017, 1, 10), "duk.notice_to_superior_leader", "notify_superior",
     date(2017, 1, 3), date(2016, 12, 30)),
    ("duk_2016", "individual", date(2017, 1, 10), "duk.notice_has_documents_leader", "prepare",
     date(2017, 1, 3), date(2016, 12, 30)),
    # Over Tết: a meeting on Friday 03/02/2017, worked days back: 02/02(1), then off to 26/01, 25(2), 24(3),
    # 23(4), 20(5), and 19/01 for reminding. 03 days before is Tuesday 31/01, in the holiday: rely on 25/01.
    ("duk_2016", "collective", date(2017, 2, 3), "duk.notice_to_superior_collective", "notify_superior",
     date(2017, 1, 20), date(2017, 1, 19)),
    ("duk_2016", "collective", date(2017, 2, 3), "duk.notice_to_participants", "send_draft",
     date(2017, 1, 31), date(2017, 1, 25)),
    ("duk_2016", "collective", date(2017, 2, 3), "duk.notice_has_documents_collective", "prepare",
     date(2017, 1, 20), date(2017, 1, 19)),
    ("duk_2016", "individual", date(2017, 2, 3), "duk.notice_to_superior_leader", "notify_superior",
     date(2017, 1, 20), date(2017, 1, 19)),
    ("duk_2016", "individual", date(2017, 2, 3), "duk.notice_has_documents_leader", "prepare",
     date(2017, 1, 20), date(2017, 1, 19)),
    # Bước 1, 3 working days, reports and self-reviews (C-63). Thursday 10/01/2019: 09(1), 08(2), 07(3), and
    # Saturday 05/01, worked for Monday 31/12, for reminding.
    ("tkv_2018", "collective", date(2019, 1, 10), "tkv.notice_collective", "send_draft",
     date(2019, 1, 7), date(2019, 1, 5)),
    ("tkv_2018", "individual", date(2019, 1, 10), "tkv.notice_individual", "send_draft",
     date(2019, 1, 7), date(2019, 1, 5)),
    # HD 43, 2: 3 working days, collectives alone. Monday 12/01/2026: Saturday 10/01 was worked for Friday
    # 02/01, so 10(1), 09(2), 08(3), and 07/01 for reminding.
    ("qd366_2025", "collective", date(2026, 1, 12), "qd366.notice_collective", "send_draft",
     date(2026, 1, 8), date(2026, 1, 7)),
    # Over the swapped day itself: Monday 05/01/2026; 02/01 and 01/01 off, 31/12(1), 30(2), 29(3), 26/12.
    ("qd366_2025", "collective", date(2026, 1, 5), "qd366.notice_collective", "send_draft",
     date(2025, 12, 29), date(2025, 12, 26)),
    # The example layer asks for 5: Monday 14/12/2026: 11(1), 10(2), 09(3), 08(4), 07(5), Friday 04/12.
    ("vi_du_dang_uy_cong_ty", "collective", date(2026, 12, 14), "qd366.notice_collective", "send_draft",
     date(2026, 12, 7), date(2026, 12, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("rulebook", "kind", "meeting"), sorted({line[:3] for line in NOTICES}))
def test_what_is_out_before_a_meeting_and_by_when(rulebook: str, kind: str, meeting: date) -> None:
    expected = {line[3:] for line in NOTICES if line[:3] == (rulebook, kind, meeting)}
    found = notice_due_dates(Rulebook.load(rulebook), kind, meeting)
    assert {(due.rule, due.gate, due.last_good_day, due.last_safe_day) for due in found} == expected
    assert {(due.basis, due.word, due.stated_day) for due in found} == {
        ("before_meeting", "at_latest", meeting)
    }


@pytest.mark.parametrize("rulebook", ["bg_2019", "cdtkv_2020", "stc_2024"])
@pytest.mark.parametrize("kind", ["collective", "individual", "organisation"])
def test_three_regimes_ask_for_no_notice(rulebook: str, kind: str) -> None:
    """C-02: none is found in their texts, so none is invented."""
    assert notice_due_dates(Rulebook.load(rulebook), kind, date(2020, 12, 10)) == ()


# --- a day a unit sets for itself ---------------------------------------------------------------------------


def test_a_unit_is_reviewed_and_rated_before_the_day_it_sums_its_year_up() -> None:
    """TKV-2018, KẾT ¶2 (C-62): Friday 28/12/2018 is left out, so Thursday 27/12."""
    told = Facts.of("event", {"unit.summing_up_on": date(2018, 12, 28)})
    book = Rulebook.load("tkv_2018")
    collective = {(due.gate, due.last_good_day, due.basis) for due in own_due_dates(book, "collective", told)}
    organisation = {due.gate: due.last_good_day for due in own_due_dates(book, "organisation", told)}
    assert ("hold_session", date(2018, 12, 27), "unit_day") in collective
    assert organisation["count_ballot"] == date(2018, 12, 27)
    assert own_due_dates(book, "organisation", Facts()) == ()


def test_a_unit_is_asked_for_its_day_from_1_december_which_no_clause_says() -> None:
    ((fact, due),) = asked_due_dates(Rulebook.load("tkv_2018"), 2018)
    assert (fact, due.gate, due.basis) == ("unit.summing_up_on", "set_unit_day", "house")
    assert (due.stated_day, due.last_good_day) == (date(2018, 12, 1), date(2018, 12, 1))
    assert asked_due_dates(Rulebook.load("duk_2016"), 2016) == ()
