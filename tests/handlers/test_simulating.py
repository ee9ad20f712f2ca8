"""A season lived on a private copy by the very sweep of the service: what it says, and of what is tried."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from handlers.notice_tables import NOTICES
from handlers.opening import open_campaign
from handlers.reminding.run import sweep_once
from handlers.roster_tables import LIST_ENTRIES
from handlers.simulating.running import INSTANTS, Assume, lived_on_a_copy, simulate
from handlers.tables import CAMPAIGNS, REVIEWS
from states import campaign as campaign_life
from tests.builders import BASE, CAMPAIGN, FIRST, OFFICER, SECOND
from tests.handlers.simulated import (
    FROM,
    LADDER,
    RATING,
    SEASON,
    SQLITE,
    TO,
    days_of,
    open_town,
    planned,
    trial,
)
from tests.town import Town
from workflow import clock
from workflow.commands.calendar import OFF, DatedDay
from workflow.database import Database
from workflow.rules.rulebook import Rulebook

# --- what it says ---------------------------------------------------------------------------------


def test_the_simulation_says_what_the_service_then_does(database: Database) -> None:
    """The season is simulated first and lived afterwards: the same lines for the same people on each day."""
    town = open_town(database)
    season = simulate(town.engine, SEASON)
    day = FROM
    while day <= TO:
        for hour in sorted({*INSTANTS, SEASON.manner.digest_at}):
            town.now.put(day, hour.hour)
            sweep_once(town.engine, datetime.combine(day, hour, clock.ZONE))
        day += timedelta(days=1)
    with database.read() as connection:
        lived = Counter(
            (row.noticed_on, row.recipient, row.body, row.capacity, row.gate, row.kind, row.rung, row.items)
            for row in connection.execute(select(NOTICES))
        )
    told = Counter(
        (one.day, one.recipient, one.body, one.capacity, one.gate, one.kind, one.rung, one.items)
        for one in season.lines
    )
    assert told == lived
    assert sum(told.values()) > 50


@SQLITE
def test_every_rung_comes_on_its_own_day(database: Database) -> None:
    season = simulate(open_town(database).engine, SEASON)
    assert days_of(season, RATING) == LADDER
    assert all(one.found_on == one.rung_on for one in season.rungs)


@SQLITE
def test_who_is_told_follows_the_tree(database: Database) -> None:
    """The head of the cell, then the head of the base; above the base the roster has nobody to tell."""
    town = open_town(database)
    season = simulate(town.engine, SEASON)
    head, base_head = town.people(SECOND)[0], town.people(FIRST)[0]
    told = {
        (one.rung, one.recipient, one.body)
        for one in season.lines
        if (one.rule, one.kind, one.organisation) == (RATING, "individual", SECOND)
    }
    assert ("before:10", head, SECOND) in told
    assert ("after:1", head, SECOND) in told
    assert ("escalate:1", base_head, BASE) in told
    beyond = [one for one in season.lines if one.organisation == BASE and one.level > 0]
    assert beyond
    assert {one.recipient for one in beyond} == {""}
    assert season.unheard == len(beyond)
    assert not any(person == "" for _, _, person in season.letters)


@SQLITE
def test_one_digest_a_person_a_day_is_counted_however_many_lines_it_has(database: Database) -> None:
    town = open_town(database)
    season = simulate(town.engine, SEASON)
    day = LADDER["before:5"]
    lines = [one for one in season.lines if (one.day, one.recipient) == (day, town.people(SECOND)[0])]
    assert len(lines) > 1
    assert season.letters_on(day) == len({one.recipient for one in season.days[day]} - {""})


@SQLITE
def test_what_nobody_does_is_late_from_the_day_after(database: Database) -> None:
    season = simulate(open_town(database).engine, SEASON)
    late = {(one.organisation, one.kind, one.rule): one for one in season.late}
    members = late[FIRST, "individual", RATING]
    assert (members.from_day, members.last_day, members.items) == (date(2017, 1, 31), date(2017, 1, 30), 7)
    assert late[SECOND, "individual", "duk.deadline_report"].from_day == date(2017, 2, 6)


@SQLITE
def test_who_takes_every_step_on_its_last_safe_day_is_never_late(database: Database) -> None:
    season = simulate(open_town(database).engine, trial(assume=Assume.PLAN))
    assert season.late == ()
    assert days_of(season, RATING) == {
        rung: day for rung, day in LADDER.items() if rung.startswith(("before", "day"))
    }


# --- from where it starts -------------------------------------------------------------------------


def test_a_planned_campaign_is_opened_in_the_copy_alone(database: Database) -> None:
    town = planned(database)
    season = simulate(town.engine, SEASON)
    assert days_of(season, RATING) == LADDER
    with database.read() as connection:
        assert connection.execute(select(CAMPAIGNS.c.stage)).scalar_one() == campaign_life.PLANNED
        assert connection.execute(select(REVIEWS)).all() == []


@SQLITE
def test_a_planned_campaign_and_the_same_one_opened_say_the_same(database: Database) -> None:
    town = planned(database)
    before = simulate(town.engine, SEASON)
    open_campaign(town.engine, OFFICER, CAMPAIGN)
    after = simulate(town.engine, SEASON)
    assert before.lines == after.lines
    assert before.late == after.late


@SQLITE
def test_a_season_may_begin_before_the_roster_was_entered_into_the_computer(database: Database) -> None:
    """The roster holds from 15/12/2016 and is believed in the copy whenever it was typed."""
    town = planned(database)
    town.now.put(date(2017, 1, 5))
    assert days_of(simulate(town.engine, SEASON), RATING) == LADDER


@SQLITE
def test_what_is_done_is_not_reminded_of(database: Database) -> None:
    town = Town.on(database).open()
    town.make_ready()
    town.meet()
    season = simulate(town.engine, SEASON)
    voted = {one.organisation for one in season.lines if (one.rule, one.kind) == (RATING, "individual")}
    assert voted == {SECOND}


@SQLITE
def test_what_was_due_before_the_first_day_is_taken_as_told(database: Database) -> None:
    """From 19/01 on: nothing of the 18th comes late, the 20th comes on the 20th."""
    town = open_town(database)
    season = simulate(town.engine, trial(first=date(2017, 1, 19)))
    expected = {rung: day for rung, day in LADDER.items() if day >= date(2017, 1, 19)}
    assert days_of(season, RATING) == expected
    from_the_day = simulate(town.engine, trial(first=date(2017, 1, 18)))
    assert days_of(from_the_day, RATING) == expected | {"before:5": date(2017, 1, 18)}


# --- what is tried --------------------------------------------------------------------------------


@pytest.mark.parametrize("opened", [False, True])
def test_another_day_off_moves_the_reminders_before_it(database: Database, opened: bool) -> None:
    """With 24/01 off, one working day before 25/01 is 23/01, and ten before it are 10/01."""
    town = planned(database)
    if opened:
        open_campaign(town.engine, OFFICER, CAMPAIGN)
    tried = DatedDay(day=date(2017, 1, 24), what=OFF, document="thử")
    season = simulate(town.engine, trial(days=(tried,)))
    assert days_of(season, RATING)["before:1"] == date(2017, 1, 23)
    assert days_of(season, RATING)["before:10"] == date(2017, 1, 10)
    assert days_of(season, RATING)["after:1"] == LADDER["after:1"]


@pytest.mark.parametrize("opened", [False, True])
def test_another_rulebook_dates_the_campaign_anew(database: Database, opened: bool) -> None:
    """Under CDTKV-2020 nothing of 2016 has a date; under the example layer there are three."""
    town = planned(database)
    if opened:
        open_campaign(town.engine, OFFICER, CAMPAIGN)
    nothing = simulate(town.engine, trial(rulebook=Rulebook.load("cdtkv_2020")))
    assert (nothing.dates, nothing.lines) == ((), ())
    layer = Rulebook.load("vi_du_dang_uy_cong_ty")
    season = simulate(town.engine, trial(rulebook=layer))
    assert {(one.rule, one.last_day) for one in season.dates} == {
        ("vdct.deadline_submission", date(2016, 12, 10)),
        ("qd366.deadline_rating", date(2016, 12, 19)),
    }
    assert season.rulebook.id == "vi_du_dang_uy_cong_ty"


def test_the_deputy_is_told_while_the_head_is_on_sick_leave(database: Database) -> None:
    """The copy knows that the head is away and not why: sick leave goes over as an absence."""
    town = open_town(database)
    head, deputy = town.people(SECOND)[:2]
    with database.write() as connection:
        connection.execute(insert(LIST_ENTRIES), [_sick(head, date(2017, 1, 16), date(2017, 1, 22))])
    with lived_on_a_copy(town.engine, SEASON) as lived, lived.database.read() as connection:
        rows = connection.execute(select(NOTICES).where(NOTICES.c.body == SECOND)).all()
        assert connection.execute(select(LIST_ENTRIES)).all() == []
    told = {row.rung: row.recipient for row in rows if (row.rule, row.kind) == (RATING, "individual")}
    assert (told["before:10"], told["before:5"], told["before:3"]) == (head, deputy, deputy)
    assert told["before:1"] == head


def _sick(person: str, first: date, last: date) -> dict[str, Any]:
    return {
        "entry": "E1",
        "campaign": CAMPAIGN,
        "organisation": SECOND,
        "list": "sick_leave",
        "subject": person,
        "from_day": first,
        "to_day": last,
        "recorded_at": datetime.combine(FROM, time(9), clock.ZONE),
        "recorded_by": "officer",
        "salt": b"s" * 32,
        "digest": b"d" * 32,
    }
