"""A change of the calendar: proposed by one, confirmed by another, taken over by every campaign."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from handlers.calendar_tables import CALENDAR_CHANGES, CALENDAR_DAYS
from handlers.opening import read_campaign
from handlers.rebuild import rebuild
from states.roles import Role
from tests.builders import (
    BASE,
    BLOC,
    CAMPAIGN,
    COMMITTEE,
    FIRST,
    NOTIFIED,
    OFFICER,
    OPENED,
    SECOND,
    collective,
)
from tests.handlers.calendar_changing import (
    ADMINISTRATOR,
    CHANGE,
    FRIDAY,
    SATURDAY,
    agrees,
    calendar,
    decree,
    off,
    propose,
)
from tests.town import Town
from workflow.codec import decode
from workflow.commands.asking import Actor
from workflow.commands.calendar import (
    ConfirmCalendarChange,
    DatedDay,
    WithdrawCalendarChange,
)
from workflow.commands.campaign import CloseCampaign, PlanCampaign
from workflow.database import Database
from workflow.errors import AlreadyThere, BadInput, NotAllowed, NotFound, WrongStage
from workflow.events.calendar import CalendarAdopted


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def test_a_proposed_day_changes_nothing_before_another_person_confirms_it(town: Town) -> None:
    town.do(propose(off()), ADMINISTRATOR)
    assert calendar(town).is_working_day(FRIDAY)
    town.do(ConfirmCalendarChange(change=CHANGE), OFFICER)
    assert not calendar(town).is_working_day(FRIDAY)
    agrees(town)


def test_who_proposed_cannot_confirm(town: Town) -> None:
    town.do(propose(off()), OFFICER)
    refused = town.refused(BadInput, ConfirmCalendarChange(change=CHANGE), OFFICER)
    assert "người khác" in refused.vi
    town.do(ConfirmCalendarChange(change=CHANGE), Actor(id="CB-02", role=Role.OFFICER, body=BASE))


def test_an_administrator_proposes_and_an_officer_confirms(town: Town) -> None:
    town.refused(NotAllowed, propose(off()), COMMITTEE)
    town.do(propose(off()), OFFICER)
    town.refused(NotAllowed, ConfirmCalendarChange(change=CHANGE), ADMINISTRATOR)
    assert calendar(town).is_working_day(FRIDAY)


def test_what_was_withdrawn_or_confirmed_is_over(town: Town) -> None:
    town.do(propose(off()), ADMINISTRATOR)
    town.refused(BadInput, WithdrawCalendarChange(change=CHANGE, reason=" "), ADMINISTRATOR)
    town.do(WithdrawCalendarChange(change=CHANGE, reason="ghi nhầm"), ADMINISTRATOR)
    town.refused(WrongStage, ConfirmCalendarChange(change=CHANGE), OFFICER)
    town.refused(AlreadyThere, propose(off()), ADMINISTRATOR)
    town.refused(NotFound, ConfirmCalendarChange(change="LICH-99"), OFFICER)
    with town.database.read() as connection:
        row = connection.execute(select(CALENDAR_CHANGES)).one()
        assert connection.execute(select(CALENDAR_DAYS)).all() == []
    assert (row.stage, row.ended_by, row.proposed_by) == ("withdrawn", ADMINISTRATOR.id, ADMINISTRATOR.id)
    agrees(town)


def test_an_open_campaign_tells_which_calendar_it_took_over(town: Town) -> None:
    was = read_campaign(town.engine, CAMPAIGN).rulebook_hash
    decree(town, off())
    stored = town.history(f"campaign/{CAMPAIGN}")[-1]
    told = decode(stored.name, stored.schema_version, stored.data)
    assert isinstance(told, CalendarAdopted)
    assert (told.change, told.was_hash, told.document) == (CHANGE, was, "CV 45-CV/ĐU")
    assert told.rulebook_hash == read_campaign(town.engine, CAMPAIGN).rulebook_hash != was
    assert told.calendar_version != told.was_version
    agrees(town)


def test_the_rules_stay_and_only_the_calendar_is_another(town: Town) -> None:
    was = read_campaign(town.engine, CAMPAIGN).rulebook_hash
    decree(town, off())
    now = read_campaign(town.engine, CAMPAIGN).rulebook_hash
    with town.database.read() as connection:
        before, after = (town.engine.rulebook(connection, one) for one in (was, now))
    assert before.rules == after.rules
    assert before.calendar.is_working_day(FRIDAY)
    assert not after.calendar.is_working_day(FRIDAY)


def test_what_is_taken_back_gives_the_calendar_it_was_before(town: Town) -> None:
    was = read_campaign(town.engine, CAMPAIGN).rulebook_hash
    decree(town, off())
    decree(town, DatedDay(day=FRIDAY, what="usual"), change="LICH-02")
    assert read_campaign(town.engine, CAMPAIGN).rulebook_hash == was
    agrees(town)


def test_a_campaign_that_is_closed_keeps_its_calendar(town: Town) -> None:
    town.do(CloseCampaign(campaign=CAMPAIGN), OFFICER)
    decree(town, off())
    assert calendar(town).is_working_day(FRIDAY)


def test_a_year_no_open_campaign_counts_in_moves_nothing(town: Town) -> None:
    before = len(town.history(f"campaign/{CAMPAIGN}"))
    decree(town, off(date(2030, 1, 2)))
    assert len(town.history(f"campaign/{CAMPAIGN}")) == before


def plan(town: Town, campaign: str, year: int) -> None:
    command = PlanCampaign(
        campaign=campaign,
        year=year,
        rulebook="duk_2016",
        organisation=BASE,
        superior=BLOC,
        roster_day=OPENED,
    )
    town.do(command, OFFICER)


def test_a_campaign_planned_later_pins_the_confirmed_days(town: Town) -> None:
    decree(town, off(), DatedDay(day=SATURDAY, what="worked", unit=SECOND))
    plan(town, "2016b", 2016)
    pinned = calendar(town, "2016b")
    assert not pinned.is_working_day(FRIDAY)
    assert pinned.of_unit(SECOND).is_working_day(SATURDAY)
    assert pinned == calendar(town)


def test_a_campaign_of_a_year_the_rulebook_was_not_read_for_gets_that_year(town: Town) -> None:
    plan(town, "2019", 2019)
    years = calendar(town, "2019").years
    assert {2019, 2020} <= set(years)
    assert years == tuple(range(2015, 2022))


def test_a_worked_saturday_of_one_unit_is_worked_there_alone(town: Town) -> None:
    decree(town, DatedDay(day=SATURDAY, what="worked", unit=SECOND))
    pinned = calendar(town)
    assert not pinned.is_working_day(SATURDAY)
    assert not pinned.of_unit(FIRST).is_working_day(SATURDAY)
    assert pinned.of_unit(SECOND).is_working_day(SATURDAY)
    assert (pinned.unit_of(FIRST), pinned.unit_of(SECOND), pinned.unit_of(BASE)) == ("", SECOND, "")
    agrees(town)


def test_a_day_of_a_unit_holds_for_its_branch_and_the_nearer_word_stands(town: Town) -> None:
    decree(town, off(unit=BASE), DatedDay(day=FRIDAY, what="half", unit=FIRST))
    pinned = calendar(town)
    assert pinned.is_working_day(FRIDAY)
    assert not pinned.of_unit(SECOND).is_working_day(FRIDAY)
    assert pinned.of_unit(FIRST).is_half_day(FRIDAY)
    assert (pinned.unit_of(BASE), pinned.unit_of(SECOND), pinned.unit_of(FIRST)) == (BASE, BASE, FIRST)


def test_the_later_confirmed_word_stands_whatever_was_proposed_first(town: Town) -> None:
    town.do(propose(off(), change="A"), ADMINISTRATOR)
    town.do(propose(DatedDay(day=FRIDAY, what="half"), change="B"), ADMINISTRATOR)
    town.do(ConfirmCalendarChange(change="B"), OFFICER)
    town.do(ConfirmCalendarChange(change="A"), OFFICER)
    assert not calendar(town).is_working_day(FRIDAY)
    agrees(town)
    with town.database.write() as connection:
        kept = connection.execute(select(CALENDAR_DAYS)).all()
        rebuild(connection)
        assert connection.execute(select(CALENDAR_DAYS)).all() == kept
    agrees(town)


def test_what_became_pointless_meanwhile_is_not_confirmed(town: Town) -> None:
    town.do(propose(off(), change="A"), ADMINISTRATOR)
    town.do(propose(off(), change="B"), ADMINISTRATOR)
    town.do(ConfirmCalendarChange(change="A"), OFFICER)
    refused = town.refused(BadInput, ConfirmCalendarChange(change="B"), OFFICER)
    assert "đã là ngày nghỉ" in refused.vi


TET, MONDAY = date(2017, 1, 27), date(2017, 1, 16)
WRONG = [
    ("off", TET, "", "đã là ngày nghỉ", "a day off already"),
    ("off", SATURDAY, "", "đã là ngày nghỉ", "a day off already"),
    ("worked", MONDAY, "", "đã là ngày làm việc", "a working day already"),
    ("usual", MONDAY, "", "không có mục nào", "no entry to take back"),
    ("off", MONDAY, "CB99", "không có trong danh sách", "not on the roster"),
    ("holiday", MONDAY, "", "không phải một loại ngày", "no kind of day"),
    ("off", date(1970, 1, 5), "", "nằm ngoài", "lies outside"),
    ("announced", date(2017, 1, 1), "", "đã có lịch nghỉ chính thức", "announced already"),
    ("announced", date(2027, 2, 1), "", "01/01", "give 01/01"),
]


@pytest.mark.parametrize(("what", "day", "unit", "vi", "en"), WRONG)
def test_a_day_that_cannot_be_right_gets_one_clear_answer(
    town: Town, what: str, day: date, unit: str, vi: str, en: str
) -> None:
    refused = town.refused(BadInput, propose(DatedDay(day=day, what=what, unit=unit)), ADMINISTRATOR)
    assert vi in refused.vi
    assert en in refused.en


def test_the_same_day_twice_and_two_words_on_a_day_are_told_apart_and_told_at_once(town: Town) -> None:
    twice = town.refused(BadInput, propose(off(), off()), ADMINISTRATOR)
    assert "already in line 1" in twice.en
    two = town.refused(BadInput, propose(off(), DatedDay(day=FRIDAY, what="half")), ADMINISTRATOR)
    assert "two words" in two.en
    both = town.refused(BadInput, propose(off(TET), off(), off(unit="CB99")), ADMINISTRATOR)
    assert "(1)" in both.en and "(3)" in both.en and "(2)" not in both.en


def test_the_same_day_for_everyone_and_for_a_unit_is_one_word_each(town: Town) -> None:
    decree(town, off(), DatedDay(day=FRIDAY, what="worked", unit=FIRST))
    assert calendar(town).of_unit(FIRST).is_working_day(FRIDAY)
    assert not calendar(town).is_working_day(FRIDAY)


def test_an_entry_may_first_be_provisional_and_later_be_certain(town: Town) -> None:
    decree(town, off(provisional=True))
    assert calendar(town).is_provisional(FRIDAY)
    decree(town, off(), change="LICH-02")
    assert not calendar(town).is_provisional(FRIDAY)
    assert not calendar(town).is_working_day(FRIDAY)


def test_two_campaigns_take_the_change_over_in_one_act(town: Town) -> None:
    plan(town, "2016b", 2016)
    town.do(propose(off()), ADMINISTRATOR)
    answer = town.do(ConfirmCalendarChange(change=CHANGE), OFFICER)
    assert set(answer.streams) == {f"calendar/{CHANGE}", f"campaign/{CAMPAIGN}", "campaign/2016b"}


def test_the_same_key_confirms_once(town: Town) -> None:
    town.do(propose(off()), ADMINISTRATOR)
    first = town.do(ConfirmCalendarChange(change=CHANGE), OFFICER, key="k1")
    again = town.do(ConfirmCalendarChange(change=CHANGE), OFFICER, key="k1")
    assert (again.command_id, again.repeated) == (first.command_id, True)


def test_the_review_goes_on_after_the_change(town: Town) -> None:
    """Every later command is judged with the bytes the campaign now names."""
    decree(town, off(), DatedDay(day=SATURDAY, what="worked", unit=FIRST))
    town.make_ready(FIRST)
    town.meet(FIRST)
    assert town.review(collective(FIRST)).version > 0
    assert NOTIFIED < FRIDAY
    agrees(town)
