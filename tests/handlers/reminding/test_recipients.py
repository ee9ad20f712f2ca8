"""Who is told: positions as of the day, the deputy while the head is away, then one body further up."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.reminding.absences import record_absence, withdraw_absence
from handlers.reminding.notices import unaddressed
from handlers.roster.vocabulary import Post
from tests.builders import BASE, CAMPAIGN, FIRST, SECOND, member
from tests.swept import Told, at, only, post, post_ends, row_of, swept, told
from tests.town import Town
from workflow.commands.campaign import RecordListEntry
from workflow.database import Database

TEN = date(2017, 1, 11)
FIVE = date(2017, 1, 18)
THREE = date(2017, 1, 20)
OVERDUE, THIRD_DAY, EIGHTH_DAY = date(2017, 2, 2), date(2017, 2, 6), date(2017, 2, 13)


@pytest.fixture
def town(database: Database) -> Town:
    """The base is led by 0103 with 0203 as deputy, who lead no cell; cells by their own."""
    town = Town.on(database).open()
    post(town, "0103", BASE, Post.HEAD, date(2017, 1, 1))
    post(town, "0203", BASE, Post.DEPUTY, date(2017, 1, 1))
    return town


def away(town: Town, person: str, first: date, last: date) -> int:
    with town.database.write() as connection:
        return record_absence(
            connection, person, first, last, by=person, today=date(2017, 1, 5), at=at(date(2017, 1, 5))
        )


def who(town: Town, **wanted: object) -> list[tuple[str, str, str]]:
    return [(line.recipient, line.capacity, line.body) for line in told(town.database, **wanted)]


def test_what_a_cell_owes_is_told_its_head_once_for_all_its_people(town: Town) -> None:
    only(town.database, row_of("1"), row_of("2"), row_of("3", organisation=SECOND))
    swept(town, TEN)
    assert told(town.database) == [
        Told("0101", "head", FIRST, "count_ballot", "before:10", 2),
        Told("0201", "head", SECOND, "count_ballot", "before:10", 1),
    ]


@pytest.mark.parametrize("gate", ["appraise", "decide"])
def test_what_the_superior_owes_is_told_the_head_of_the_superior(town: Town, gate: str) -> None:
    only(town.database, row_of(gate=gate))
    swept(town, TEN)
    assert who(town) == [("0103", "head", BASE)]


def test_a_consultation_is_told_the_head_of_the_body_that_was_asked(town: Town) -> None:
    only(town.database, row_of(gate="reply", organisation=SECOND, superior=BASE, subject_kind="submission"))
    swept(town, TEN)
    assert who(town) == [("0201", "head", SECOND)]


def test_a_self_review_is_told_the_person_and_the_head_of_the_cell(town: Town) -> None:
    names = [member("0104"), member("0105")]
    only(town.database, *(row_of(name, gate="prepare") for name in names))
    swept(town, TEN)
    assert sorted(told(town.database)) == [
        Told("0101", "head", FIRST, "prepare", "before:10", 2),
        Told("0104", "self", FIRST, "prepare", "before:10", 1),
        Told("0105", "self", FIRST, "prepare", "before:10", 1),
    ]


@pytest.mark.parametrize(("first", "last"), [(TEN, TEN), (date(2017, 1, 9), date(2017, 1, 15))])
def test_the_deputy_is_told_on_every_day_the_head_is_away(town: Town, first: date, last: date) -> None:
    away(town, "0101", first, last)
    only(town.database, row_of())
    swept(town, TEN)
    assert who(town) == [("0102", "deputy", FIRST)]


@pytest.mark.parametrize(
    ("first", "last"), [(date(2017, 1, 9), date(2017, 1, 10)), (date(2017, 1, 12), date(2017, 1, 20))]
)
def test_a_day_before_and_a_day_after_an_absence_the_head_is_told(
    town: Town, first: date, last: date
) -> None:
    away(town, "0101", first, last)
    only(town.database, row_of())
    swept(town, TEN)
    assert who(town) == [("0101", "head", FIRST)]


def test_an_absence_that_was_taken_back_is_none(town: Town) -> None:
    number = away(town, "0101", TEN, TEN)
    with town.database.write() as connection:
        withdraw_absence(connection, "0101", number, at=at(date(2017, 1, 6)))
    only(town.database, row_of())
    swept(town, TEN)
    assert who(town) == [("0101", "head", FIRST)]


def test_sick_leave_in_a_list_is_an_absence_for_its_days_both_counted(town: Town) -> None:
    town.now.put(date(2017, 1, 10))
    entry = RecordListEntry(
        campaign=CAMPAIGN,
        organisation=FIRST,
        list="sick_leave",
        subject="0101",
        from_day=date(2017, 1, 9),
        to_day=TEN,
    )
    town.do(entry, town.secretary(FIRST))
    only(town.database, row_of())
    swept(town, TEN)
    swept(town, FIVE)
    assert who(town) == [("0102", "deputy", FIRST), ("0101", "head", FIRST)]


def test_of_two_rungs_the_second_goes_to_the_new_head(town: Town) -> None:
    only(town.database, row_of())
    swept(town, TEN)
    post_ends(town, "0101", FIRST, Post.HEAD, date(2017, 1, 16))
    post(town, "0104", FIRST, Post.HEAD, date(2017, 1, 16))
    swept(town, FIVE)
    assert who(town) == [("0101", "head", FIRST), ("0104", "head", FIRST)]


def test_the_last_day_of_a_post_is_still_its_holders(town: Town) -> None:
    only(town.database, row_of())
    post_ends(town, "0101", FIRST, Post.HEAD, date(2017, 1, 12))
    post(town, "0104", FIRST, Post.HEAD, date(2017, 1, 12))
    swept(town, TEN)
    assert who(town) == [("0101", "head", FIRST)]


def test_while_the_post_is_vacant_the_deputy_is_told(town: Town) -> None:
    post_ends(town, "0101", FIRST, Post.HEAD, date(2017, 1, 2))
    only(town.database, row_of())
    swept(town, TEN)
    assert who(town) == [("0102", "deputy", FIRST)]


def test_with_nobody_at_the_body_the_next_above_is_told_as_such(town: Town) -> None:
    post_ends(town, "0101", FIRST, Post.HEAD, date(2017, 1, 2))
    post_ends(town, "0102", FIRST, Post.DEPUTY, date(2017, 1, 2))
    only(town.database, row_of())
    swept(town, TEN)
    assert who(town) == [("0103", "further_up", BASE)]


def test_what_is_overdue_is_told_the_superior_on_the_third_working_day(town: Town) -> None:
    only(town.database, row_of(opened_on=date(2017, 1, 26)))
    for day in (OVERDUE, date(2017, 2, 3), THIRD_DAY):
        swept(town, day)
    assert told(town.database) == [
        Told("0101", "head", FIRST, "count_ballot", "after:1", 1),
        Told("0103", "head", BASE, "count_ballot", "escalate:1", 1),
    ]


def test_where_the_tree_ends_its_highest_body_is_told_once_more(town: Town) -> None:
    """Above the base there is nobody in the roster: the second step up reaches the base again."""
    only(town.database, row_of(opened_on=date(2017, 2, 6)))
    swept(town, EIGHTH_DAY)
    assert [line.rung for line in told(town.database, recipient="0103")] == ["escalate:1", "escalate:2"]


def test_a_superior_who_is_away_is_stood_in_for(town: Town) -> None:
    away(town, "0103", THIRD_DAY, THIRD_DAY)
    only(town.database, row_of(opened_on=date(2017, 2, 6)))
    swept(town, THIRD_DAY)
    assert who(town) == [("0203", "deputy", BASE)]


def test_what_nobody_answers_for_is_listed_until_it_is_done(town: Town) -> None:
    only(town.database, row_of(gate="decide", organisation=BASE, superior="KHOI", kind="collective"))
    found = swept(town, TEN)
    assert found.unaddressed == 1 and who(town) == [("", "", "")]
    with town.database.read() as connection:
        (line,) = unaddressed(connection, CAMPAIGN)
    assert (line.organisation, line.gate, line.rung, line.items) == (BASE, "decide", "before:10", 1)
    only(
        town.database,
        row_of(gate="decide", organisation=BASE, done_on=THREE, next_on=None, kind="collective"),
    )
    with town.database.read() as connection:
        assert unaddressed(connection, CAMPAIGN) == ()


def test_more_of_the_same_found_later_that_day_joins_the_line_and_makes_it_unread(town: Town) -> None:
    only(town.database, row_of("1"))
    swept(town, TEN)
    only(town.database, row_of("1", rung=1, next_on=FIVE), row_of("2"))
    again = swept(town, TEN, 10)
    assert (again.reminders, again.notices) == (1, 0)
    assert told(town.database) == [Told("0101", "head", FIRST, "count_ballot", "before:10", 2)]
