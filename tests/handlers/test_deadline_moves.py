"""Another calendar in mid-season: which dates it moves is shown first, and the move does exactly that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from deadlines.tables import DEADLINES
from handlers.deadline_moves import MovedDate, move_dates, moved_dates
from tests.builders import CAMPAIGN, DECLARED, FIRST, MET, OPENED, SECOND, collective, member
from tests.town import Town
from workflow.commands.meeting import PlanMeeting
from workflow.database import Database
from workflow.days import UnitDays, make_calendar
from workflow.rules.rulebook import Rulebook

DUK = Rulebook.load("duk_2016")
OFF = date(2017, 1, 25)
"""The last safe day of every vote: the last day worked before Tết."""


def with_days_off(*days: date) -> Rulebook:
    return replace(DUK, calendar=DUK.calendar.with_days(days_off=days))


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database, first=4, second=3).open()


def previewed(town: Town, after: Rulebook, today: date) -> tuple[MovedDate, ...]:
    with town.database.read() as connection:
        return moved_dates(connection, CAMPAIGN, DUK, after, today)


def moved(town: Town, after: Rulebook, today: date) -> int:
    with town.database.write() as connection:
        return move_dates(connection, CAMPAIGN, after, today)


def rows(town: Town) -> dict[str, Mapping[str, Any]]:
    with town.database.read() as connection:
        return {one["deadline"]: dict(one) for one in connection.execute(select(DEADLINES)).mappings().all()}


def test_a_day_off_moves_the_safe_day_and_never_the_date_of_the_clause(town: Town) -> None:
    """25/01/2017 off: the last day worked before 31/01 is now Tuesday 24/01 (C-06)."""
    found = previewed(town, with_days_off(OFF), DECLARED)
    assert {(one.gate, one.kind, one.items) for one in found} == {
        ("count_ballot", "individual", 7),
        ("count_ballot", "organisation", 3),
        ("hold_session", "collective", 2),
    }
    for one in found:
        assert one.before_last == one.after_last == date(2017, 1, 30)
        assert (one.before_safe, one.after_safe) == (OFF, date(2017, 1, 24))
        assert (one.organisation, one.subject) == ("", "")


def test_the_move_does_what_was_shown_and_reminding_begins_anew(town: Town) -> None:
    with town.database.write() as connection:  # as a sweep leaves a row it has reminded of
        connection.execute(update(DEADLINES).values(rung=3, next_on=date(2017, 1, 20)))
    shown = previewed(town, with_days_off(OFF), DECLARED)
    assert moved(town, with_days_off(OFF), DECLARED) == sum(one.items for one in shown)
    found = rows(town)
    vote = found[f"review/{member('0104')}/count_ballot"]
    assert (vote["safe_day"], vote["last_day"]) == (date(2017, 1, 24), date(2017, 1, 30))
    assert (vote["opened_on"], vote["rung"], vote["next_on"]) == (DECLARED, 0, DECLARED)
    report = found[f"review/{member('0104')}/submit"]
    # its rungs count working days too: the next sweep looks at it, and knows what it has found already
    assert (report["opened_on"], report["rung"], report["next_on"]) == (OPENED, 3, DECLARED)
    assert previewed(town, with_days_off(OFF), DECLARED) == ()
    assert moved(town, with_days_off(OFF), DECLARED) == 0


def test_a_notice_counted_in_working_days_moves_for_its_meeting(town: Town) -> None:
    """Off on Friday 06/01/2017: 5 working days before Tuesday 10/01 are now Friday 30/12."""
    town.make_ready(sent=None)
    evening = town.evening(FIRST)
    plan = PlanMeeting(
        meeting="CB01-0110",
        campaign=CAMPAIGN,
        organisation=FIRST,
        venue=FIRST,
        day=MET,
        items=evening.items,
    )
    town.do(plan, town.secretary(FIRST))
    with town.database.write() as connection:  # as if nobody had been told yet
        connection.execute(update(DEADLINES).values(done_on=None))
    after = with_days_off(date(2017, 1, 6))
    found = [one for one in previewed(town, after, date(2017, 1, 2)) if one.subject]
    assert {(one.organisation, one.subject, one.gate, one.kind) for one in found} >= {
        (FIRST, "CB01-0110", "notify_superior", "collective"),
        (FIRST, "CB01-0110", "notify_superior", "individual"),
    }
    told = next(one for one in found if (one.gate, one.kind) == ("notify_superior", "collective"))
    assert (told.before_last, told.after_last) == (date(2017, 1, 3), date(2016, 12, 30))
    assert (told.before_safe, told.after_safe) == (date(2016, 12, 30), date(2016, 12, 29))
    draft = next(one for one in found if one.gate == "send_draft")
    assert draft.before_last == draft.after_last == date(2017, 1, 7)  # three days, whatever is worked
    assert (draft.before_safe, draft.after_safe) == (date(2017, 1, 6), date(2017, 1, 5))
    assert moved(town, after, date(2017, 1, 2))
    row = rows(town)[f"review/{collective(FIRST)}/notify_superior/CB01-0110"]
    assert (row["last_day"], row["safe_day"]) == (date(2016, 12, 30), date(2016, 12, 29))


def test_what_is_done_moves_silently_and_is_not_shown(town: Town) -> None:
    with town.database.write() as connection:
        connection.execute(
            update(DEADLINES)
            .where(DEADLINES.c.organisation == FIRST)
            .values(done_on=date(2017, 1, 10), next_on=None)
        )
    shown = previewed(town, with_days_off(OFF), DECLARED)
    assert sum(one.items for one in shown if one.kind == "individual") == 3
    assert moved(town, with_days_off(OFF), DECLARED) == 12
    assert rows(town)[f"review/{member('0104')}/count_ballot"]["next_on"] is None


def test_what_has_passed_is_not_shown(town: Town) -> None:
    assert previewed(town, with_days_off(OFF), date(2017, 1, 30))
    assert previewed(town, with_days_off(OFF), date(2017, 1, 31)) == ()


def test_days_of_a_unit_move_the_dates_of_its_branch_alone(town: Town) -> None:
    """The unit of the first cell is off on 25/01; everybody else works."""
    own = UnitDays(unit=FIRST, bodies=(FIRST,), days_off=(OFF,))
    usual = DUK.calendar
    calendar = make_calendar(
        usual.years, usual.days_off, usual.worked_days, usual.provisional_years, units=(own,)
    )
    after = replace(DUK, calendar=calendar)
    shown = previewed(town, after, DECLARED)
    assert {one.organisation for one in shown} == {FIRST}
    assert sum(one.items for one in shown) == 4 + 1 + 1
    assert moved(town, after, DECLARED) == 6
    found = rows(town).values()
    assert {
        (one["organisation"], one["unit"], one["safe_day"]) for one in found if one["gate"] != "submit"
    } >= {
        (FIRST, FIRST, date(2017, 1, 24)),
        (SECOND, "", OFF),
    }
    assert {one["unit"] for one in found if one["organisation"] == FIRST} == {FIRST}


def test_the_same_calendar_moves_nothing(town: Town) -> None:
    assert previewed(town, DUK, DECLARED) == ()
    assert moved(town, DUK, DECLARED) == 0
