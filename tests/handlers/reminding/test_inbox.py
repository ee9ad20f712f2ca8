"""The inbox: what is shown, what counts as open, what may be set aside until when."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from handlers.notice_tables import SNOOZES
from handlers.reminding.inbox import Notice, mark_read, notices_of, open_count
from handlers.reminding.snoozing import REASON_LENGTH_MAX, bring_back, snooze
from handlers.roster.vocabulary import Post
from tests.builders import BASE, FIRST, member
from tests.swept import SAFE, at, only, post, row_of, swept, told
from tests.town import Town
from workflow.database import Database
from workflow.errors import BadInput, NotFound

TEN, FIVE = date(2017, 1, 11), date(2017, 1, 18)


@pytest.fixture
def town(database: Database) -> Town:
    """The town with its campaign open."""
    return Town.on(database).open()


def seen(town: Town, person: str = "0101", day: date = TEN, **how: object) -> tuple[Notice, ...]:
    with town.database.read() as connection:
        return notices_of(connection, person, day, **how)  # type: ignore[arg-type]  # handed on as they came


def count(town: Town, person: str = "0101", day: date = TEN) -> int:
    with town.database.read() as connection:
        return open_count(connection, person, day)


def set_aside(
    town: Town, until: date, *, day: date = TEN, reason: str = "họp huyện", person: str = "0101"
) -> None:
    notice = seen(town, person, day)[0].id
    with town.database.write() as connection:
        snooze(connection, person, notice, until=until, reason=reason, today=day, at=at(day))


def test_the_newest_notice_stands_first_and_older_ones_follow_page_by_page(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    swept(town, FIVE)
    newest, older = seen(town, day=FIVE)
    assert (newest.rung, older.rung, newest.body, newest.is_late) == ("before:5", "before:10", FIRST, False)
    assert seen(town, day=FIVE, limit=1) == (newest,)
    assert seen(town, day=FIVE, before=newest.id) == (older,)
    assert seen(town, day=FIVE, campaign="2015") == ()


def test_another_person_sees_nothing_of_it(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    assert seen(town, "0102") == () and count(town, "0102") == 0


def test_what_is_read_or_done_is_open_no_more(town: Town) -> None:
    only(town.database, row_of("1"), row_of("2", gate="submit"), row_of("3", gate="hold_session"))
    swept(town, TEN)
    assert count(town) == 3
    number = {one.gate: one.id for one in seen(town)}
    with town.database.write() as connection:
        assert mark_read(connection, "0101", [number["hold_session"]], at(TEN)) == 1
        assert mark_read(connection, "0102", [number["submit"]], at(TEN)) == 0
    assert count(town) == 2
    only(
        town.database,
        row_of("1", rung=1, next_on=FIVE),
        row_of("2", gate="submit", done_on=TEN, next_on=None),
        row_of("3", gate="hold_session", rung=1, next_on=FIVE),
    )
    assert count(town) == 1
    assert {one.gate: one.is_owed for one in seen(town)} == {
        "hold_session": True, "submit": False, "count_ballot": True,
    }  # fmt: skip
    assert {one.gate for one in seen(town, owed_only=True)} == {"hold_session", "count_ballot"}


def test_a_self_review_is_done_for_its_writer_while_others_still_owe_theirs(town: Town) -> None:
    mine, other = member("0104"), member("0105")
    only(town.database, row_of(mine, gate="prepare"), row_of(other, gate="prepare"))
    swept(town, TEN)
    only(
        town.database,
        row_of(mine, gate="prepare", done_on=TEN, next_on=None, rung=1),
        row_of(other, gate="prepare", rung=1, next_on=FIVE),
    )
    assert (count(town, "0104"), count(town, "0105"), count(town, "0101")) == (0, 1, 1)


def test_an_item_may_be_set_aside_until_its_safe_day_and_not_longer(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    notice = seen(town)[0].id
    with town.database.write() as connection:
        with pytest.raises(BadInput) as refused:
            snooze(connection, "0101", notice, until=date(2017, 1, 26), reason="x", today=TEN, at=at(TEN))
        assert "25/01/2017" in refused.value.vi and "25/01/2017" in refused.value.en
        snooze(connection, "0101", notice, until=SAFE, reason="x", today=TEN, at=at(TEN))
    assert count(town) == 0 and seen(town)[0].snoozed_until == SAFE
    assert count(town, day=date(2017, 1, 24)) == 0
    assert count(town, day=SAFE) == 1


def test_an_item_set_aside_is_so_at_its_later_rungs_too(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    set_aside(town, date(2017, 1, 19))
    swept(town, FIVE)
    assert len(told(town.database)) == 2 and count(town, day=FIVE) == 0
    assert seen(town, day=FIVE, owed_only=True) == ()
    assert count(town, day=date(2017, 1, 19)) == 2


def test_what_was_said_last_of_an_item_counts(town: Town) -> None:
    """Until another day, also an earlier one, or taken back; every row stays."""
    only(town.database, row_of())
    swept(town, TEN)
    set_aside(town, SAFE)
    set_aside(town, date(2017, 1, 19))
    assert seen(town)[0].snoozed_until == date(2017, 1, 19)
    with town.database.write() as connection:
        bring_back(connection, "0101", [seen(town)[0].id], today=TEN, at=at(TEN))
    assert seen(town)[0].snoozed_until is None
    assert count(town) == 1
    set_aside(town, SAFE)
    assert seen(town)[0].snoozed_until == SAFE
    with town.database.read() as connection:
        assert len(connection.execute(select(SNOOZES)).all()) == 4
    with town.database.write() as connection, pytest.raises(NotFound):
        bring_back(connection, "0102", [seen(town)[0].id], today=TEN, at=at(TEN))


@pytest.mark.parametrize("until", [TEN, date(2017, 1, 10)])
def test_an_item_is_set_aside_until_tomorrow_at_the_earliest(town: Town, until: date) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    with pytest.raises(BadInput, match="after today"):
        set_aside(town, until)
    set_aside(town, date(2017, 1, 12))


@pytest.mark.parametrize(("reason", "why"), [("  ", "say why"), ("x" * (REASON_LENGTH_MAX + 1), "shorten")])
def test_setting_aside_wants_a_reason_of_bearable_length(town: Town, reason: str, why: str) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    with pytest.raises(BadInput, match=why):
        set_aside(town, date(2017, 1, 12), reason=reason)
    set_aside(town, date(2017, 1, 12), reason="x" * REASON_LENGTH_MAX)


def test_nobody_sets_another_persons_item_aside(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    notice = seen(town)[0].id
    with town.database.write() as connection, pytest.raises(NotFound):
        snooze(connection, "0102", notice, until=FIVE, reason="x", today=TEN, at=at(TEN))


def test_a_superior_hears_of_what_was_set_aside_and_cannot_set_it_aside(town: Town) -> None:
    post(town, "0103", BASE, Post.HEAD, date(2017, 1, 1))
    only(town.database, row_of())
    swept(town, TEN)
    set_aside(town, SAFE)
    swept(town, date(2017, 2, 6))
    (escalated,) = seen(town, "0103", date(2017, 2, 6))
    assert escalated.level == 1 and count(town, "0103", date(2017, 2, 6)) == 1
    with pytest.raises(BadInput, match="tells a superior"):
        set_aside(town, date(2017, 2, 7), day=date(2017, 2, 6), person="0103")


def test_items_of_a_suspended_review_say_so(town: Town) -> None:
    only(town.database, row_of("1", paused=True), row_of("2"))
    swept(town, TEN)
    (line,) = seen(town)
    assert (line.items, line.paused) == (2, 1)
