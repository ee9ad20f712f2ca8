"""One letter a person and day: what it holds, when it leaves, in which language, and whom it leaves out."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from handlers.reminding.contacts import Contact
from handlers.reminding.digests import LINES_MAX
from handlers.reminding.inbox import notices_of
from handlers.reminding.manner import Manner
from handlers.reminding.snoozing import snooze
from handlers.roster.vocabulary import Post
from tests.builders import BASE, FIRST, NAMES, SECOND, member
from tests.swept import DUE, SAFE, at, letters, only, post, reached, row_of, swept, swept_daily, told
from tests.town import Town
from workflow.database import Database
from workflow.days import ZONE
from workflow.rules.rulebook import Rulebook

TEN, FIVE, THREE = date(2017, 1, 11), date(2017, 1, 18), date(2017, 1, 20)


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open; nobody leads the base, so nobody has a weekly letter."""
    return Town.on(database).open()


def body(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.body)
    return found


def test_a_letter_tells_counts_days_clause_and_link(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of("1"), row_of("2"))
    swept(town, TEN)
    (row,) = letters(town.database)
    assert (row.key, row.channel, row.recipient) == ("digest:email:0101:2017-01-11", "email", "0101")
    assert (row.language, row.state, row.campaign) == ("vi", "queued", "2016")
    assert row.message_id.startswith("<") and row.message_id.endswith("@kiemdiem.invalid>")
    assert body(row) == {
        "form": "digest",
        "day": "2017-01-11",
        "link": 0,
        "summary": {},
        "lines": [
            {
                "campaign": "2016",
                "organisation": FIRST,
                "gate": "count_ballot",
                "kind": "individual",
                "rule": "duk.deadline_rating",
                "cite": clause(),
                "due_on": DUE.isoformat(),
                "safe_on": SAFE.isoformat(),
                "hour": "",
                "rung": "before:10",
                "rung_on": "2017-01-11",
                "late": False,
                "items": 2,
                "paused": 0,
                "href": "/c/2016/o/CB01",
            }
        ],
    }


def clause() -> str:
    return Rulebook.load("duk_2016").rule("duk.deadline_rating").cite


def test_no_name_no_level_and_no_person_is_in_a_letter(town: Town) -> None:
    reached(town, "0104")
    reached(town, "0101")
    only(town.database, row_of(member("0104"), gate="prepare"))
    swept(town, TEN)
    for row in letters(town.database):
        assert not any(name in row.body for name in (*NAMES, "0104", "0101", "example.org", "HTTNV"))
    assert {body(row)["lines"][0]["href"] for row in letters(town.database)} == {"/inbox", "/c/2016/o/CB01"}


def test_before_the_hour_of_digests_nothing_is_written_and_from_it_on_it_is(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of())
    assert swept(town, TEN, 7, 29).letters == 0
    assert swept(town, TEN, 7, 30).letters == 1


def test_the_hour_can_be_set(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of())
    late = Manner(digest_at=time(16), mail_domain="huyen.example.vn")
    assert swept(town, TEN, 15, 59, manner=late).letters == 0
    assert swept(town, TEN, 16, 0, manner=late).letters == 1
    assert letters(town.database)[0].message_id.endswith("@huyen.example.vn>")


def test_a_person_has_one_letter_a_day_and_the_rest_comes_tomorrow(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of("1"))
    swept(town, TEN)
    only(town.database, row_of("1", rung=1, next_on=FIVE), row_of("2", organisation=FIRST, gate="submit"))
    swept(town, TEN, 14)
    assert len(letters(town.database)) == 1 and len(told(town.database)) == 2
    swept(town, date(2017, 1, 12))
    first, second = letters(town.database)
    assert [line["gate"] for line in body(first)["lines"]] == ["count_ballot"]
    assert [line["gate"] for line in body(second)["lines"]] == ["submit"]
    assert body(second)["lines"][0]["late"] is False  # the inbox had it on its day
    assert swept(town, date(2017, 1, 13)).letters == 0


def test_without_an_address_there_is_the_inbox_alone_and_no_letter_later(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    assert letters(town.database) == [] and len(told(town.database)) == 1
    reached(town, "0101")
    assert swept(town, date(2017, 1, 12)).letters == 0


def test_who_gives_a_chat_address_too_has_the_same_letter_there(town: Town) -> None:
    reached(town, "0101", chat="tgram://1/2")
    reached(town, "0201", email="", chat="tgram://1/3")
    only(town.database, row_of("1"), row_of("2", organisation=SECOND))
    swept(town, TEN)
    found = letters(town.database)
    assert [(row.recipient, row.channel) for row in found] == [
        ("0101", "email"), ("0101", "chat"), ("0201", "chat"),
    ]  # fmt: skip
    assert found[0].body == found[1].body and found[0].message_id != found[1].message_id
    assert swept(town, date(2017, 1, 12)).letters == 0


def test_the_letter_is_in_the_language_of_its_reader(town: Town) -> None:
    reached(town, "0101", language="en")
    only(town.database, row_of())
    swept(town, TEN)
    assert [row.language for row in letters(town.database)] == ["en"]


def test_missed_rungs_stand_in_order_and_are_marked_late(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of())
    swept(town, SAFE)
    lines = body(letters(town.database)[0])["lines"]
    assert [(line["rung"], line["late"]) for line in lines] == [
        ("before:10", True), ("before:5", True), ("before:3", True), ("before:1", True), ("day:0", False),
    ]  # fmt: skip


def test_what_is_done_before_the_letter_is_written_is_not_in_it(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of("1"), row_of("2"), row_of("3", gate="submit"))
    swept(town, TEN, 0)
    only(
        town.database,
        row_of("1", done_on=TEN, next_on=None, rung=1),
        row_of("2", rung=1, next_on=FIVE),
        row_of("3", gate="submit", done_on=TEN, next_on=None, rung=1),
    )
    swept(town, TEN)
    (line,) = body(letters(town.database)[0])["lines"]
    assert (line["gate"], line["items"]) == ("count_ballot", 1)


def test_a_suspended_review_is_said_to_be_the_reason(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of("1", paused=True), row_of("2"))
    swept(town, TEN)
    (line,) = body(letters(town.database)[0])["lines"]
    assert (line["items"], line["paused"]) == (2, 1)


@pytest.mark.parametrize(
    ("quiet", "hour", "minute", "leaves"),
    [
        (("21:00", "07:30"), 7, 30, time(7, 30)),
        (("21:00", "07:31"), 7, 30, time(7, 31)),
        (("21:00", "09:00"), 8, 0, time(9)),
        (("08:00", "09:00"), 8, 0, time(9)),
        (("08:01", "09:00"), 8, 0, time(8)),
        (("00:00", "08:00"), 8, 0, time(8)),
        (("", ""), 8, 0, time(8)),
        (("06:00", "06:00"), 8, 0, time(8)),
    ],
)
def test_a_letter_waits_until_the_quiet_hours_end(
    town: Town, quiet: tuple[str, str], hour: int, minute: int, leaves: time
) -> None:
    """Quiet from (inclusive) to (exclusive)."""
    reached(town, "0101", quiet_from=quiet[0], quiet_to=quiet[1])
    only(town.database, row_of())
    swept(town, TEN, hour, minute)
    assert [row.not_before for row in letters(town.database)] == [datetime.combine(TEN, leaves, ZONE)]


def test_quiet_hours_over_midnight_end_on_the_next_day() -> None:
    contact = Contact(person="0101", quiet_from="21:00", quiet_to="07:00")
    assert contact.may_be_told_from(at(TEN, 22)) == at(date(2017, 1, 12), 7)
    assert contact.may_be_told_from(at(TEN, 20, 59)) == at(TEN, 20, 59)
    assert contact.may_be_told_from(at(TEN, 21)) == at(date(2017, 1, 12), 7)
    assert contact.may_be_told_from(at(TEN, 6, 59)) == at(TEN, 7)
    assert contact.may_be_told_from(at(TEN, 7)) == at(TEN, 7)


def test_what_is_set_aside_comes_back_on_its_day(town: Town) -> None:
    reached(town, "0101")
    only(town.database, row_of("1"), row_of("2", gate="submit", last=date(2017, 2, 5), safe=date(2017, 2, 3)))
    swept(town, TEN, 6)
    with town.database.write() as connection:
        notice = next(one.id for one in notices_of(connection, "0101", TEN) if one.gate == "count_ballot")
        snooze(
            connection,
            "0101",
            notice,
            until=date(2017, 1, 16),
            reason="bí thư đi công tác",
            today=TEN,
            at=at(TEN),
        )
    swept_daily(town, TEN, date(2017, 1, 15))
    gates = [line["gate"] for row in letters(town.database) for line in body(row)["lines"]]
    assert gates == ["submit"]
    swept(town, date(2017, 1, 16))
    (line,) = body(letters(town.database)[-1])["lines"]
    assert (line["gate"], line["rung"]) == ("count_ballot", "before:10")


def test_a_reader_of_very_many_bodies_has_them_summed(town: Town) -> None:
    post(town, "0103", BASE, Post.HEAD, date(2017, 1, 1))
    reached(town, "0103")
    many = LINES_MAX + 1
    only(
        town.database,
        *(row_of(f"{n}", gate="decide", organisation=f"X{n:02d}") for n in range(many)),
        *(row_of(f"{n}b", gate="decide", organisation=f"X{n:02d}") for n in range(many)),
    )
    swept(town, TEN)
    (letter,) = letters(town.database, "digest")
    (line,) = body(letter)["lines"]
    assert (line["organisation"], line["items"], line["href"]) == (BASE, 2 * many, "/c/2016")


def test_as_many_lines_as_a_letter_holds_stay_apart(town: Town) -> None:
    post(town, "0103", BASE, Post.HEAD, date(2017, 1, 1))
    reached(town, "0103")
    only(town.database, *(row_of(f"{n}", gate="decide", organisation=f"X{n:02d}") for n in range(LINES_MAX)))
    swept(town, TEN)
    (letter,) = letters(town.database, "digest")
    assert len(body(letter)["lines"]) == LINES_MAX
