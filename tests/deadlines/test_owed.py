"""What one review owes under each regime, and what it no longer does: from its events alone."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from deadlines.due import Due
from deadlines.owed import Row, notice_rows, review_rows
from deadlines.season import Season
from states import review as life
from workflow.days import ZONE
from workflow.event import Event
from workflow.events import review as happened
from workflow.review import Review, fold
from workflow.rules.due_dates import AT_LATEST, FIXED
from workflow.rules.rulebook import Rulebook

BEGAN = date(2016, 12, 16)


def season(rulebook: str, year: int, began: date = BEGAN) -> Season:
    return Season(campaign="C", year=year, rulebook=Rulebook.load(rulebook), began=began)


def lived(kind: str, *events: Event, rated: bool = True) -> Review:
    opened = happened.ReviewOpened(
        campaign="C", kind=kind, quality="member", subject="P1", organisation="CB", superior="DB",
        venues=(("CB", "cell"),), rated=rated,
    )  # fmt: skip
    return fold("C.member.P1", (opened, *events))


def owed(found: Season, review: Review, *meetings: date, **roster: Any) -> dict[str, Row]:
    told = {name.replace("__", "."): value for name, value in roster.items()}
    return {row["gate"]: row for row in review_rows(found, review, told, meetings)}


def fact(name: str, value: bool | date, on: date) -> happened.FactRecorded:
    """A fact as the log holds it: a day is text there."""
    return happened.FactRecorded(
        fact=name, value=value.isoformat() if isinstance(value, date) else value, on=on
    )


PREPARED = happened.DraftPrepared(on=date(2016, 12, 20))
ABSENT = happened.AbsenceRecorded(on=date(2017, 1, 10))

# --- whose date it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rulebook", "year", "kind", "roster", "gates"),
    [
        # DUK-2016, VI: a base's committee by 30/01, the Bloc's standing committee by 19/02/2017
        ("duk_2016", 2016, life.COLLECTIVE, "dang_uy_co_so", {"hold_session": 30, "submit": 5}),
        ("duk_2016", 2016, life.COLLECTIVE, "btv_khoi", {"hold_session": 19, "submit": 28}),
        ("duk_2016", 2016, life.INDIVIDUAL, None, {"count_ballot": 30, "submit": 5}),
        # TKV-2018 and BG-2019 date nothing by themselves
        ("tkv_2018", 2018, life.INDIVIDUAL, None, {}),
        ("bg_2019", 2019, life.INDIVIDUAL, None, {}),
        # CDTKV-2020, III.1: unions under Công đoàn TKV report, its own standing committee does not
        ("cdtkv_2020", 2020, life.COLLECTIVE, "bch_cong_doan_co_so", {"submit": 14}),
        ("cdtkv_2020", 2020, life.COLLECTIVE, "btv_cong_doan_nganh", {}),
        # STC-2024, ¶6 and ¶9
        ("stc_2024", 2024, life.INDIVIDUAL, None, {"count_ballot": 16, "submit": 13}),
        # QD366-2025, HD 43, 4.1 to 4.3: only a provincial standing committee owes a dossier and a report
        ("qd366_2025", 2026, life.COLLECTIVE, "dang_uy_co_so", {"decide": 30}),
        ("qd366_2025", 2026, life.COLLECTIVE, "btv_tinh", {"decide": 30, "submit": 31, "publish": 28}),
    ],
)
def test_a_review_owes_what_is_dated_for_it(
    rulebook: str, year: int, kind: str, roster: str | None, gates: dict[str, int]
) -> None:
    values = {"collective__type": roster} if roster else {}
    found = owed(season(rulebook, year), lived(kind), **values)
    assert {gate: row["last_day"].day for gate, row in found.items()} == gates


@pytest.mark.parametrize(
    ("staff", "gate"), [("full_time", "submit"), ("none", "submit"), ("specialist", "decide")]
)
def test_cadres_report_and_office_staff_are_decided_on(staff: str, gate: str) -> None:
    """CDTKV-2020, III.1 and III.2."""
    found = owed(season("cdtkv_2020", 2020), lived(life.INDIVIDUAL), subject__staff_kind=staff)
    assert set(found) == {gate}


def test_a_special_unit_has_its_own_date_since_it_was_known_to_be_one() -> None:
    """QD366-2025, HD 43, 4.1: before 15/01 instead of before 31/12."""
    found = season("qd366_2025", 2026, date(2026, 11, 2))
    usual = owed(found, lived(life.INDIVIDUAL))["decide"]
    special = owed(found, lived(life.INDIVIDUAL, PREPARED, fact("unit.closes_late", True, date(2026, 12, 1))))
    ordinary = owed(
        found, lived(life.INDIVIDUAL, PREPARED, fact("unit.closes_late", False, date(2026, 12, 1)))
    )
    assert (usual["last_day"], usual["opened_on"]) == (date(2026, 12, 30), date(2026, 11, 2))
    assert special["decide"]["last_day"] == date(2027, 1, 14)
    assert special["decide"]["opened_on"] == date(2026, 12, 1)
    assert (ordinary["decide"]["last_day"], ordinary["decide"]["opened_on"]) == (
        date(2026, 12, 30), date(2026, 11, 2),
    )  # fmt: skip


def test_the_report_to_the_politburo_is_done_when_it_is_recorded_and_not_when_a_result_is_announced() -> None:
    """QD366-2025, HD 43, 4.3."""
    told = fact("report.politburo_on", date(2027, 2, 20), date(2027, 2, 21))
    found = owed(
        season("qd366_2025", 2026), lived(life.COLLECTIVE, PREPARED, told), collective__type="btv_tinh"
    )
    assert found["publish"]["done_on"] == date(2027, 2, 20)


# --- a day of the unit -----------------------------------------------------------------------------------


def test_a_unit_is_asked_for_its_day_and_then_owes_its_rating_before_it() -> None:
    """TKV-2018, KẾT ¶2 (C-62)."""
    found = season("tkv_2018", 2018, date(2018, 11, 12))
    asked = owed(found, lived(life.ORGANISATION))
    assert set(asked) == {"set_unit_day"}
    row = asked["set_unit_day"]
    assert (row["basis"], row["opened_on"], row["done_on"]) == ("house", date(2018, 12, 1), None)
    assert (row["subject_kind"], row["subject"]) == ("unit", "CB")
    told = fact("unit.summing_up_on", date(2018, 12, 28), date(2018, 12, 10))
    set_ = owed(found, lived(life.ORGANISATION, PREPARED, told))
    assert set_["set_unit_day"]["done_on"] == date(2018, 12, 10)
    vote = set_["count_ballot"]
    assert (vote["basis"], vote["last_day"], vote["opened_on"]) == (
        "unit_day", date(2018, 12, 27), date(2018, 12, 10),
    )  # fmt: skip


def test_a_campaign_opened_after_1_december_asks_from_its_opening() -> None:
    late = owed(season("tkv_2018", 2018, date(2018, 12, 3)), lived(life.ORGANISATION))
    assert late["set_unit_day"]["opened_on"] == date(2018, 12, 3)


# --- absent, paused, exempt, unrated ---------------------------------------------------------------------


def test_an_absent_member_of_2024_is_left_out_of_the_report_and_rated_before_17_december() -> None:
    """STC-2024, ¶6 and ¶9 (C-43)."""
    found = owed(season("stc_2024", 2024), lived(life.INDIVIDUAL, PREPARED, ABSENT))
    assert found["submit"]["dropped"] is True
    assert (found["count_ballot"]["dropped"], found["count_ballot"]["last_day"]) == (
        False, date(2024, 12, 16),
    )  # fmt: skip
    assert "join_meeting" not in found


@pytest.mark.parametrize(
    ("meetings", "basis", "last"),
    [
        ((), "house", date(2017, 2, 10)),  # none is set: within a month of 10/01
        ((date(2017, 1, 10),), "house", date(2017, 2, 10)),  # that meeting was the one he missed
        ((date(2017, 2, 14), date(2017, 2, 3)), "next_meeting", date(2017, 2, 3)),  # the nearest, after 31/01
    ],
)
def test_an_absent_member_of_2016_is_rated_at_the_nearest_meeting(
    meetings: tuple[date, ...], basis: str, last: date
) -> None:
    """DUK-2016, III.2.3.5 (C-73): his date is that meeting, the unit keeps its own with the rest."""
    found = owed(season("duk_2016", 2016), lived(life.INDIVIDUAL, PREPARED, ABSENT), *meetings)
    assert (found["join_meeting"]["basis"], found["join_meeting"]["last_day"]) == (basis, last)
    assert {gate for gate, row in found.items() if row["dropped"]} == {"count_ballot", "submit"}


def test_an_absent_member_where_no_document_says_anything_keeps_the_dates_of_all() -> None:
    """C-92: no citation, no date of one's own."""
    found = owed(season("cdtkv_2020", 2020), lived(life.INDIVIDUAL, PREPARED, ABSENT))
    assert "join_meeting" not in found
    assert not any(row["dropped"] for row in found.values())


def test_dates_run_on_while_a_review_is_paused() -> None:
    """C-34: no clause suspends a deadline; the row says why it rests."""
    paused = happened.ReviewPaused(reason="kiểm tra", on=date(2016, 12, 28))
    found = owed(season("duk_2016", 2016), lived(life.INDIVIDUAL, PREPARED, paused))
    vote = found["count_ballot"]
    assert (vote["paused"], vote["dropped"], vote["last_day"]) == (True, False, date(2017, 1, 30))


def test_an_exempt_subject_owes_nothing() -> None:
    exempt = happened.SubjectExempted(rule="duk.exempt")
    found = owed(season("duk_2016", 2016), lived(life.INDIVIDUAL, exempt))
    assert found
    assert all(row["dropped"] for row in found.values())


def test_who_is_not_rated_owes_a_review_and_no_rating() -> None:
    found = owed(season("duk_2016", 2016), lived(life.INDIVIDUAL, rated=False))
    assert set(found) == {"submit"}


# --- late to the minute ----------------------------------------------------------------------------------


def test_a_day_that_was_corrected_still_tells_that_a_notice_went_out() -> None:
    """What was typed is corrected in text; the fold keeps it so."""
    planned = date(2017, 1, 10)
    told = happened.SuperiorNotified(on=date(2016, 12, 29), attachments=True)
    put_right = happened.EntryCorrected(
        entry="notice.superior_on", was="2016-12-29", now="2016-12-28", reason="gõ sai", entered_by="0101"
    )
    review = lived(life.INDIVIDUAL, PREPARED, told, put_right)
    found = notice_rows(season("duk_2016", 2016), "M1", planned, BEGAN, review, {"subject.is_leader": True})
    assert {row["gate"]: row["done_on"] for row in found} == {
        "notify_superior": date(2016, 12, 28), "prepare": date(2016, 12, 20),
    }  # fmt: skip


@pytest.mark.parametrize(("minute", "late"), [("14:59", False), ("15:00", False), ("15:01", True)])
def test_what_has_an_hour_is_late_from_the_next_minute_on_and_by_the_day_from_the_next_day(
    minute: str, late: bool
) -> None:
    """STC-2024, ¶9: at the latest 15:00 on 13/11/2024, in Hà Nội."""
    last = date(2024, 11, 13)
    due = Due(life.SUBMITTED, last, last, "STC-2024, ¶9", "15:00", "stc.deadline_report", AT_LATEST, FIXED)
    assert due.is_late(datetime.combine(last, time.fromisoformat(minute), ZONE)) is late
    assert due.is_late(last) is False
    assert due.is_late(date(2024, 11, 14)) is True
