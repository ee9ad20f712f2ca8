"""The book of deadlines follows the log: each row opened, closed, opened again and moved by what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from deadlines.tables import DEADLINES
from handlers.opening import open_campaign
from handlers.rebuild import disagreements, rebuild
from tests.builders import (
    BOARD,
    CAMPAIGN,
    COMMITTEE,
    DECIDED,
    FIRST,
    MET,
    NOTIFIED,
    OFFICER,
    OPENED,
    PREPARED,
    REPORTED,
    SECOND,
    SENT,
    collective,
    member,
    organisation,
    written,
)
from tests.town import Town
from workflow.commands.campaign import CloseCampaign
from workflow.commands.deciding import Annul, OpenConsultation, RecordOpinion, ReturnBundle, StartRound
from workflow.commands.meeting import CancelMeeting, PlanMeeting, RepeatBallot
from workflow.commands.plan import AcceptPlan, AssignPlan, DrawUpPlan, FollowUpPlan, PlanItem
from workflow.commands.preparing import NotifySuperior
from workflow.database import Database

LAST_VOTE, SAFE_VOTE = date(2017, 1, 30), date(2017, 1, 25)
PERSON = "0104"


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database, first=4, second=3).open()


def row(town: Town, deadline: str) -> Mapping[str, Any]:
    found = rows(town, DEADLINES.c.deadline == deadline)
    assert len(found) == 1, f"{deadline}: {len(found)} rows"
    return found[deadline]


def rows(town: Town, *only: Any) -> dict[str, Mapping[str, Any]]:
    with town.database.read() as connection:
        found = connection.execute(select(DEADLINES).where(*only)).mappings().all()
    return {one["deadline"]: dict(one) for one in found}


def of(review: str, gate: str, *more: str) -> str:
    return "/".join(("review", review, gate, *more))


def agrees(town: Town) -> None:
    """What is kept is what the log tells, and a rebuild writes the same rows."""
    before = rows(town)
    with town.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
    with town.database.write() as connection:
        rebuild(connection)
    assert rows(town) == before


# --- opened ----------------------------------------------------------------------------------------------


def test_an_opened_campaign_owes_what_its_regulation_dates(town: Town) -> None:
    """DUK-2016, VI: members and organisations are rated and reported, committees reviewed and reported."""
    found = {(one["kind"], one["gate"], one["last_day"]) for one in rows(town).values()}
    assert found == {
        ("individual", "count_ballot", LAST_VOTE),
        ("individual", "submit", date(2017, 2, 5)),
        ("organisation", "count_ballot", LAST_VOTE),
        ("organisation", "submit", date(2017, 2, 5)),
        ("collective", "hold_session", LAST_VOTE),
        ("collective", "submit", date(2017, 2, 5)),
    }
    vote = row(town, of(member(PERSON), "count_ballot"))
    assert (vote["organisation"], vote["superior"], vote["subject_kind"]) == (FIRST, "DB01", "review")
    assert (vote["basis"], vote["word"], vote["stated_day"]) == ("yearly", "before", date(2017, 1, 31))
    assert (vote["safe_day"], vote["opened_on"], vote["next_on"]) == (SAFE_VOTE, OPENED, OPENED)
    assert (vote["done_on"], vote["dropped"], vote["paused"], vote["rung"]) == (None, False, False, 0)
    agrees(town)


def test_nobody_is_reminded_before_the_opening_is_complete(database: Database) -> None:
    town = Town.on(database, first=4)
    town.enter_roster()
    town.plan()
    with pytest.raises(RuntimeError):
        open_campaign(town.engine, OFFICER, CAMPAIGN, progress=stop)
    found = rows(town)
    assert found
    assert {one["next_on"] for one in found.values()} == {None}
    agrees(town)
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    assert {one["next_on"] for one in rows(town).values()} == {OPENED}
    agrees(town)


def stop(done: int, of_all: int) -> None:
    raise RuntimeError("the light went out")


def test_a_campaign_that_ended_reminds_of_nothing(town: Town) -> None:
    town.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    found = rows(town).values()
    assert {one["next_on"] for one in found} == {None}
    assert {one["done_on"] for one in found} == {None}
    agrees(town)


# --- closed and opened again -------------------------------------------------------------------------------


def test_a_step_taken_closes_its_row_with_its_day_and_no_other(town: Town) -> None:
    town.make_ready()
    town.meet()
    vote = row(town, of(member(PERSON), "count_ballot"))
    assert (vote["done_on"], vote["next_on"]) == (MET, None)
    assert row(town, of(collective(FIRST), "hold_session"))["done_on"] == MET
    assert row(town, of(member(PERSON), "submit"))["done_on"] is None
    assert row(town, of(organisation(SECOND), "count_ballot"))["done_on"] is None
    town.submit()
    assert row(town, of(member(PERSON), "submit"))["done_on"] == REPORTED
    agrees(town)


def test_a_return_owes_the_report_again_since_its_day_and_leaves_the_vote_done(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    town.now.put(REPORTED + timedelta(days=1))
    town.do(ReturnBundle(submission="CB01-KQ", on=REPORTED, reason="thiếu biên bản"), BOARD)
    report = row(town, of(member(PERSON), "submit"))
    assert (report["done_on"], report["opened_on"], report["next_on"]) == (None, REPORTED, REPORTED)
    assert row(town, of(member(PERSON), "count_ballot"))["done_on"] == MET
    agrees(town)


def test_a_ballot_to_be_repeated_is_owed_again_as_before(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.do(RepeatBallot(review=member(PERSON), reason="đếm sai"), town.secretary(FIRST))
    vote = row(town, of(member(PERSON), "count_ballot"))
    assert (vote["done_on"], vote["opened_on"], vote["next_on"]) == (None, OPENED, OPENED)
    agrees(town)


def test_an_annulled_level_is_owed_again_since_the_annulment(town: Town) -> None:
    town.make_ready()
    town.meet()
    town.submit()
    town.appraise()
    town.decide()
    later = DECIDED + timedelta(days=20)
    town.now.put(later)
    annul = Annul(review=member(PERSON), on=later, reason="phát hiện vi phạm", document="QĐ 40")
    town.do(annul, COMMITTEE)
    for gate in ("count_ballot", "submit"):
        again = row(town, of(member(PERSON), gate))
        assert (again["done_on"], again["opened_on"]) == (None, later)
    town.do(StartRound(review=member(PERSON), on=later), COMMITTEE)
    agrees(town)


# --- before a meeting --------------------------------------------------------------------------------------


def planned(town: Town, day: date = MET, meeting: str = "CB01-0110") -> None:
    evening = town.evening(FIRST, day=day)
    command = PlanMeeting(
        meeting=meeting,
        campaign=CAMPAIGN,
        organisation=FIRST,
        venue=FIRST,
        day=day,
        items=evening.items,
    )
    town.do(command, town.secretary(FIRST))


def prepared(town: Town) -> Town:
    """Reports are written and the day may be planned; nothing has been sent yet."""
    town.make_ready(sent=None)
    return town


def test_a_planned_meeting_owes_its_notices_since_the_day_it_was_planned(town: Town) -> None:
    """Tuesday 10/01/2017: 3 days are Saturday 07/01, 5 working days Tuesday 03/01 (C-01, C-02, C-37)."""
    town.now.put(PREPARED)
    town.do(written(collective(FIRST), PREPARED, "BC-KĐ"), town.secretary(FIRST))
    for person in town.people(FIRST):
        town.prepare(person)
    town.now.put(NOTIFIED)
    town.declare(FIRST, NOTIFIED)
    planned(town)
    found = rows(town, DEADLINES.c.basis == "before_meeting")
    by_gate = {
        (one["subject"], one["gate"]): (one["last_day"], one["safe_day"], one["opened_on"])
        for one in found.values()
    }
    leaders = {member(person) for person in town.people(FIRST)[:3]}
    assert {subject for subject, gate in by_gate if gate == "notify_superior"} == {
        collective(FIRST),
        *leaders,
    }
    assert {subject for subject, gate in by_gate if gate == "send_draft"} == {collective(FIRST)}
    assert by_gate[(collective(FIRST), "send_draft")] == (date(2017, 1, 7), date(2017, 1, 6), NOTIFIED)
    assert by_gate[(collective(FIRST), "notify_superior")] == (
        date(2017, 1, 3), date(2016, 12, 30), NOTIFIED,
    )  # fmt: skip
    assert found[of(collective(FIRST), "prepare", "CB01-0110")]["done_on"] == PREPARED
    notice = NotifySuperior(review=collective(FIRST), on=NOTIFIED, attachments=True)
    town.do(notice, town.secretary(FIRST))
    assert row(town, of(collective(FIRST), "notify_superior", "CB01-0110"))["done_on"] == NOTIFIED
    agrees(town)
    town.send(FIRST, SENT)
    assert row(town, of(collective(FIRST), "send_draft", "CB01-0110"))["done_on"] == SENT
    agrees(town)


def test_another_day_moves_the_notices_and_calling_it_off_takes_them_away(town: Town) -> None:
    town = prepared(town)
    planned(town)
    before = row(town, of(collective(FIRST), "send_draft", "CB01-0110"))
    town.now.put(SENT - timedelta(days=1))
    planned(town, date(2017, 1, 12))
    after = row(town, of(collective(FIRST), "send_draft", "CB01-0110"))
    assert (before["last_day"], after["last_day"]) == (date(2017, 1, 7), date(2017, 1, 9))
    assert after["opened_on"] == SENT - timedelta(days=1)
    agrees(town)
    town.do(CancelMeeting(meeting="CB01-0110", reason="bão số 2"), town.secretary(FIRST))
    assert rows(town, DEADLINES.c.basis == "before_meeting") == {}
    agrees(town)


def test_a_meeting_that_was_held_owes_no_notice_any_more(town: Town) -> None:
    town.make_ready()
    planned(town)
    assert rows(town, DEADLINES.c.basis == "before_meeting")
    town.meet()
    assert rows(town, DEADLINES.c.basis == "before_meeting") == {}
    agrees(town)


# --- who was absent ----------------------------------------------------------------------------------------


def test_whoever_was_absent_waits_for_the_next_meeting_and_the_unit_is_done_without_him(town: Town) -> None:
    """DUK-2016, III.2.3.5 (C-73); while no meeting is set the house asks within a month of 10/01."""
    town.make_ready()
    town.meet(absent=[PERSON])
    waits = row(town, of(member(PERSON), "join_meeting"))
    assert (waits["basis"], waits["last_day"]) == ("house", date(2017, 2, 10))
    assert waits["rule"] == "duk.absent_rated_next_time"
    for gate in ("count_ballot", "submit"):
        assert row(town, of(member(PERSON), gate))["dropped"]
        assert row(town, of(member("0103"), gate))["dropped"] is False
    agrees(town)
    town.now.put(MET + timedelta(days=1))
    again = PlanMeeting(
        meeting="CB01-2",
        campaign=CAMPAIGN,
        organisation=FIRST,
        venue=FIRST,
        day=date(2017, 1, 20),
        items=(town.item(PERSON),),
    )
    town.do(again, town.secretary(FIRST))
    waits = row(town, of(member(PERSON), "join_meeting"))
    assert (waits["basis"], waits["last_day"]) == ("next_meeting", date(2017, 1, 20))
    agrees(town)
    town.do(CancelMeeting(meeting="CB01-2", reason="mất điện"), town.secretary(FIRST))
    assert row(town, of(member(PERSON), "join_meeting"))["basis"] == "house"
    agrees(town)
    town.meet(day=date(2017, 1, 24), people=[PERSON], with_collective=False)
    came = row(town, of(member(PERSON), "join_meeting"))
    assert (came["basis"], came["last_day"], came["done_on"]) == (
        "next_meeting", date(2017, 1, 24), date(2017, 1, 24),
    )  # fmt: skip
    agrees(town)


# --- replies and remedies --------------------------------------------------------------------------------


def test_every_body_asked_owes_an_answer_until_the_day_set(town: Town) -> None:
    """C-41: that day counted; who answered is done, the decision ends the rest."""
    town.make_ready()
    town.meet()
    town.submit()
    until = REPORTED + timedelta(days=5)
    town.do(OpenConsultation(submission="CB01-KQ", bodies=("CĐ", "ĐTN"), until=until), BOARD)
    asked = rows(town, DEADLINES.c.gate == "reply")
    assert {(one["organisation"], one["last_day"], one["opened_on"]) for one in asked.values()} == {
        ("CĐ", until, REPORTED),
        ("ĐTN", until, REPORTED),
    }
    answer = RecordOpinion(submission="CB01-KQ", body="CĐ", on=REPORTED, text="Nhất trí.")
    town.do(answer, BOARD)
    assert row(town, "submission/CB01-KQ/reply/CĐ")["done_on"] == REPORTED
    assert row(town, "submission/CB01-KQ/reply/ĐTN")["done_on"] is None
    agrees(town)
    town.do(ReturnBundle(submission="CB01-KQ", on=REPORTED, reason="thiếu biên bản"), BOARD)
    assert row(town, "submission/CB01-KQ/reply/ĐTN")["dropped"]
    agrees(town)


def test_every_shortcoming_of_a_plan_is_owed_until_its_day(town: Town) -> None:
    town.make_ready()
    town.meet()
    day = MET + timedelta(days=5)
    town.now.put(day)
    items = tuple(
        PlanItem(key=key, weakness="Ít chuyên đề", remedy="Mỗi quý một", responsible="0101", due=due)
        for key, due in (("1", date(2017, 3, 5)), ("2", date(2017, 6, 30)))
    )
    secretary = town.secretary(FIRST)
    town.do(DrawUpPlan(plan="CB01-KP", review=collective(FIRST), items=items, on=day), secretary)
    found = row(town, "plan/CB01-KP/remedy/1")
    # Sunday 05/03/2017 is the day the plan says; rely on Friday 03/03
    assert (found["basis"], found["last_day"], found["safe_day"]) == (
        "remedy", date(2017, 3, 5), date(2017, 3, 3),
    )  # fmt: skip
    assert (found["organisation"], found["kind"], found["opened_on"]) == (FIRST, "collective", day)
    town.do(AssignPlan(plan="CB01-KP", monitor="0102", appraiser="DB01", on=day), BOARD)
    town.do(AcceptPlan(plan="CB01-KP", on=day), BOARD)
    town.do(FollowUpPlan(plan="CB01-KP", on=day, remedied=("1",)), secretary)
    assert row(town, "plan/CB01-KP/remedy/1")["done_on"] == day
    assert row(town, "plan/CB01-KP/remedy/2")["done_on"] is None
    agrees(town)


def test_a_row_that_differs_from_the_log_is_named(town: Town) -> None:
    with town.database.write() as connection:
        changed = DEADLINES.update().where(DEADLINES.c.deadline == of(member(PERSON), "count_ballot"))
        connection.execute(changed.values(last_day=date(2017, 3, 1)))
        connection.execute(DEADLINES.delete().where(DEADLINES.c.deadline == of(member("0103"), "submit")))
    with town.database.read() as connection:
        found = [str(one) for one in disagreements(connection)]
    assert len(found) == 2
    assert any("last_day is datetime.date(2017, 3, 1)" in one for one in found)
    with town.database.write() as connection:
        rebuild(connection)
    agrees(town)
