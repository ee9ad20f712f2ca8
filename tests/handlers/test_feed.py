"""The calendar feed, read back with icalendar: events, alarms, identity, secrets."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from deadlines.tables import DEADLINES
from handlers.feed import Reader, feed, has_secret, new_secret, reader_of, revoke_secret
from handlers.notice_tables import CONTACTS
from handlers.reminding.contacts import Contact, contact_of, save_contact
from handlers.roster_tables import ORGANISATIONS, POSITIONS
from tests.builders import BASE, CAMPAIGN, FIRST, SECOND
from tests.handlers.closing import close_rows, replace_row
from tests.town import Town
from workflow.clock import ZONE
from workflow.commands.meeting import AgendaItem, PlanMeeting
from workflow.database import Database

TODAY = date(2017, 1, 3)
NOW = datetime(2017, 1, 3, 2, 0, tzinfo=ZONE)
URL, DOMAIN = "https://kiemdiem.example.org", "kiemdiem.example.org"
CITES = {"duk.deadline_rating": "DUK-2016, VI"}


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def read(town: Town, person: str = "0101", language: str = "vi", today: date = TODAY) -> Calendar:
    """The feed of a person, parsed back from its bytes."""
    return Calendar.from_ical(written(town, person, language, today).decode())


def written(town: Town, person: str = "0101", language: str = "vi", today: date = TODAY) -> bytes:
    with town.database.read() as connection:
        return feed(
            connection,
            Reader(person, language),
            today,
            public_url=URL,
            domain=DOMAIN,
            cites=lambda campaign: CITES,
        )


def event_of(calendar: Calendar, beginning: str) -> Any:
    """The one event whose title begins so."""
    (found,) = [one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]).startswith(beginning)]
    return found


def move(town: Town, was: str, **values: object) -> None:
    with town.database.write() as connection:
        connection.execute(update(DEADLINES).where(DEADLINES.c.gate == was).values(values))


def test_a_step_stands_on_its_last_safe_day_with_the_legal_day_and_clause_in_its_text(town: Town) -> None:
    vote = event_of(read(town), "Bỏ phiếu xếp loại cho 7 cá nhân")
    assert vote["SUMMARY"] == "Bỏ phiếu xếp loại cho 7 cá nhân: Chi bộ 1"
    assert vote.decoded("DTSTART") == date(2017, 1, 25)
    assert vote.decoded("DTEND") == date(2017, 1, 26), "the end of an all-day event is exclusive"
    assert "Chậm nhất 30/01/2017" in vote["DESCRIPTION"]
    assert "Căn cứ: DUK-2016, VI" in vote["DESCRIPTION"]
    assert vote["URL"] == f"{URL}/c/{CAMPAIGN}/o/{FIRST}"
    triggers = [alarm.decoded("TRIGGER") for alarm in vote.walk("VALARM")]
    assert triggers == [timedelta(hours=-16), timedelta(hours=8)], "08:00 the day before and on the day"
    assert not read(town).walk("VTIMEZONE"), "days need no zone"


def test_a_feed_speaks_its_readers_language(town: Town) -> None:
    assert event_of(read(town, language="en"), "Vote on the level of 7 people")


def test_whoever_answers_for_nothing_has_a_calendar_without_steps(town: Town) -> None:
    assert read(town, "0107").walk("VEVENT") == []
    assert read(town, "nobody").walk("VEVENT") == []


def test_a_body_nobody_answers_for_stands_in_the_feed_of_the_nearest_above(town: Town) -> None:
    """Without head and deputy of the second cell, its steps are in the feed of whoever heads the base."""
    with town.database.write() as connection:
        close_rows(connection, POSITIONS, "organisation_id", SECOND)
        replace_row(connection, POSITIONS, "person_id", "0103", organisation_id=BASE, post="head")
    titles = [str(one["SUMMARY"]) for one in read(town, "0103").walk("VEVENT")]
    assert any(title.endswith("Chi bộ 2") for title in titles)
    assert any(title.endswith("Đảng bộ Công ty Hoa Sen") for title in titles)
    assert not any(title.endswith("Chi bộ 1") for title in titles)


def test_whoever_decides_for_many_bodies_has_one_event_for_all_of_them(town: Town) -> None:
    with town.database.write() as connection:
        replace_row(connection, POSITIONS, "person_id", "0103", organisation_id=BASE, post="head")
        connection.execute(
            update(DEADLINES).where(DEADLINES.c.organisation.in_((FIRST, SECOND))).values(superior=BASE)
        )
    move(town, "submit", gate="decide")
    decide = event_of(read(town, "0103"), "Quyết định xếp loại cho 12 cá nhân")
    assert decide["SUMMARY"].endswith("Đảng bộ Công ty Hoa Sen (2 đơn vị)")
    assert decide["URL"] == f"{URL}/c/{CAMPAIGN}"
    with town.database.write() as connection:
        done = update(DEADLINES).where(DEADLINES.c.organisation == SECOND, DEADLINES.c.gate == "decide")
        connection.execute(done.values(done_on=TODAY))
    left = event_of(read(town, "0103"), "Quyết định xếp loại cho 7 cá nhân")
    assert left["SUMMARY"].endswith("Chi bộ 1")
    assert left["UID"] == decide["UID"]


def test_a_moved_date_is_the_same_event_with_a_higher_sequence(town: Town) -> None:
    before = event_of(read(town), "Bỏ phiếu xếp loại cho 7 cá nhân")
    move(
        town,
        "count_ballot",
        last_day=date(2017, 2, 6),
        safe_day=date(2017, 2, 6),
        opened_on=date(2017, 1, 2),
    )
    after = event_of(read(town), "Bỏ phiếu xếp loại cho 7 cá nhân")
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after.decoded("DTSTAMP") == datetime(2017, 1, 2, tzinfo=ZONE)
    assert after.decoded("DTSTART") == date(2017, 2, 6)


def test_an_event_stays_the_same_one_while_its_items_get_fewer(town: Town) -> None:
    before = event_of(read(town), "Bỏ phiếu xếp loại cho 7 cá nhân")
    with town.database.write() as connection:
        connection.execute(
            update(DEADLINES)
            .where(DEADLINES.c.deadline == f"review/{CAMPAIGN}.member.0101/count_ballot")
            .values(done_on=TODAY)
        )
    assert event_of(read(town), "Bỏ phiếu xếp loại cho 6 cá nhân")["UID"] == before["UID"]


def test_no_identity_and_no_text_tells_of_a_person(town: Town) -> None:
    text = written(town).decode()
    uids = [str(one["UID"]) for one in read(town).walk("VEVENT")]
    assert len(set(uids)) == len(uids)
    assert all(uid.endswith(f"@{DOMAIN}") for uid in uids)
    assert "0101" not in text
    assert "Hoa:" not in text
    assert "Nguyễn" not in text


def test_the_same_state_gives_the_same_bytes(town: Town) -> None:
    assert written(town) == written(town)


def test_an_hour_of_the_clause_makes_a_timed_event_with_its_zone(town: Town) -> None:
    move(town, "count_ballot", last_day=date(2017, 1, 25), hour="15:00")
    calendar = read(town)
    vote = event_of(calendar, "Bỏ phiếu xếp loại cho 7 cá nhân")
    assert vote.decoded("DTEND") == datetime(2017, 1, 25, 15, 0, tzinfo=ZONE)
    assert vote["DTEND"].params["TZID"] == "Asia/Ho_Chi_Minh"
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Ho_Chi_Minh"
    assert "15:00 25/01/2017" in vote["DESCRIPTION"]


def test_a_planned_meeting_is_in_the_feed_of_every_member_until_its_day(town: Town) -> None:
    town.now.put(TODAY)
    town.do(
        PlanMeeting(
            meeting="CB01-H1",
            campaign=CAMPAIGN,
            organisation=FIRST,
            venue=FIRST,
            day=date(2017, 1, 12),
            items=(AgendaItem(review=f"{CAMPAIGN}.collective.{FIRST}"),),
        ),
        town.secretary(FIRST),
    )
    first = event_of(read(town, "0104"), "Họp kiểm điểm: Chi bộ 1")
    assert first.decoded("DTSTART") == date(2017, 1, 12)
    assert read(town, "0201").walk("VEVENT")
    assert not [e for e in read(town, "0201").walk("VEVENT") if str(e["SUMMARY"]).endswith("Chi bộ 1")]
    assert not [
        e
        for e in read(town, "0104", today=date(2017, 1, 13)).walk("VEVENT")
        if str(e["SUMMARY"]).startswith("Họp")
    ], "a day that passed is no plan"


def test_names_that_break_lines_break_no_calendar(town: Town) -> None:
    odd = "Chi bộ\r\nBEGIN:VALARM\r\n<script>; , \\"
    with town.database.write() as connection:
        replace_row(connection, ORGANISATIONS, "organisation_id", FIRST, name=odd)
    vote = event_of(read(town), "Bỏ phiếu xếp loại cho 7 cá nhân")
    assert vote["SUMMARY"].endswith("Chi bộ BEGIN:VALARM <script>; , \\")
    assert len(vote.walk("VALARM")) == 2


def test_a_secret_opens_one_feed_until_it_is_replaced_or_revoked(town: Town) -> None:
    with town.database.write() as connection:
        save_contact(
            connection, Contact(person="0101", email="hoa@example.org", language="en"), by="0101", at=NOW
        )
        first = new_secret(connection, "0101", NOW)
        assert reader_of(connection, first) == Reader("0101", "en")
        assert has_secret(connection, "0101")
        second = new_secret(connection, "0101", NOW)
        assert reader_of(connection, first) is None
        assert reader_of(connection, second) == Reader("0101", "en")
        assert contact_of(connection, "0101").email == "hoa@example.org", "the rest stays as it was"
        kept = connection.execute(select(CONTACTS.c.calendar_secret)).scalar_one()
        assert second not in kept
        assert revoke_secret(connection, "0101", NOW)
        assert not revoke_secret(connection, "0101", NOW)
        assert reader_of(connection, second) is None
        assert reader_of(connection, "") is None
        assert not has_secret(connection, "0101")


def test_a_person_without_contacts_can_have_a_feed(town: Town) -> None:
    with town.database.write() as connection:
        secret = new_secret(connection, "0104", NOW)
        assert len(secret) >= 43
        assert reader_of(connection, secret) == Reader("0104", "vi")
