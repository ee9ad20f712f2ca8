"""What follows for judging, replay and the book when a campaign takes another calendar over."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from deadlines.tables import DEADLINES, REMINDERS
from handlers.rebuild import rebuild
from handlers.reminding.run import sweep_once
from handlers.replay import replay
from tests.builders import (
    CAMPAIGN,
    FIRST,
    MET,
    NOTIFIED,
    OPENED,
    PREPARED,
    SECOND,
    collective,
    written,
)
from tests.handlers.calendar_changing import (
    agrees,
    calendar,
    decree,
    off,
)
from tests.town import Town
from workflow.commands.calendar import (
    DatedDay,
)
from workflow.commands.meeting import AgendaItem, PlanMeeting
from workflow.commands.preparing import NotifySuperior
from workflow.database import Database
from workflow.errors import RulesFail


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def told(town: Town, cell: str, on: date) -> None:
    """The superior is told on a day of the review of a cell's committee."""
    secretary = town.secretary(cell)
    town.now.put(PREPARED)
    town.do(written(collective(cell), PREPARED, "BC-KĐ"), secretary)
    town.now.put(on)
    town.do(NotifySuperior(review=collective(cell), on=on, attachments=True), secretary)


def planned(cell: str, day: date) -> PlanMeeting:
    items = (AgendaItem(review=collective(cell), chair=f"{cell[-2:]}01"),)
    return PlanMeeting(
        meeting=f"{cell}-H", campaign=CAMPAIGN, organisation=cell, venue=cell, day=day, items=items
    )


NOTICE = "duk.notice_to_superior_collective"


def test_notice_is_judged_by_the_days_of_the_unit(town: Town) -> None:
    """Told on Saturday 07/01 for Friday 13/01: five working days where that Saturday is worked, else four."""
    saturday, friday = date(2017, 1, 7), date(2017, 1, 13)
    decree(town, DatedDay(day=saturday, what="worked", unit=FIRST))
    for cell in (FIRST, SECOND):
        told(town, cell, saturday)
    town.do(planned(FIRST, friday), town.secretary(FIRST))
    refused = town.refused(RulesFail, planned(SECOND, friday), town.secretary(SECOND))
    assert [one.rule for one in refused.findings] == [NOTICE]
    with town.database.read() as connection:
        chosen = select(DEADLINES.c.last_day, DEADLINES.c.unit).where(
            DEADLINES.c.organisation == FIRST, DEADLINES.c.rule == NOTICE
        )
        assert {tuple(row) for row in connection.execute(chosen)} == {(saturday, FIRST)}
    agrees(town)


def judged(town: Town) -> tuple[dict[str, object], bool]:
    """What the notice of the first cell's committee read when its review was held, and whether it holds."""
    with town.database.read() as connection:
        told = replay(connection, collective(FIRST))
    found = [one.stored for frame in told.frames for one in frame.findings if one.stored.rule == NOTICE]
    return {one.name: one.value for one in found[-1].operands}, not told.differs


def test_a_finding_names_the_unit_whose_days_it_counted_and_is_replayed_by_them(town: Town) -> None:
    decree(town, DatedDay(day=date(2017, 1, 7), what="worked", unit=FIRST))
    town.make_ready(FIRST)
    town.meet(FIRST)
    read, agreed = judged(town)
    assert agreed
    assert read["calendar.unit"] == FIRST


def test_a_finding_from_before_the_change_is_replayed_by_the_calendar_of_then(town: Town) -> None:
    town.make_ready(FIRST)
    town.meet(FIRST)
    before, _ = judged(town)
    decree(town, off(date(2017, 1, 6)))
    after, agreed = judged(town)
    assert agreed
    assert after == before
    assert calendar(town).working_days_before(NOTIFIED, MET) == before["days"] - 1  # type: ignore[operator]  # a number


def test_the_book_of_deadlines_is_dated_anew_and_owed_since_that_day(town: Town) -> None:
    """Before 31/01/2017 is safe on 25/01, the day before Tết; with the 25th off, on the 24th."""
    before_tet = date(2017, 1, 25)

    def safe_days() -> set[tuple[date, date, date]]:
        with town.database.read() as connection:
            chosen = select(DEADLINES.c.last_day, DEADLINES.c.safe_day, DEADLINES.c.opened_on)
            rows = connection.execute(chosen.where(DEADLINES.c.last_day == date(2017, 1, 30))).all()
        return {(row.last_day, row.safe_day, row.opened_on) for row in rows}

    assert safe_days() == {(date(2017, 1, 30), before_tet, OPENED)}
    town.now.put(NOTIFIED)
    decree(town, off(before_tet))
    assert safe_days() == {(date(2017, 1, 30), date(2017, 1, 24), NOTIFIED)}
    with town.database.write() as connection:
        rebuild(connection)
    assert safe_days() == {(date(2017, 1, 30), date(2017, 1, 24), NOTIFIED)}
    agrees(town)


def test_a_calendar_changed_in_mid_season_reminds_by_the_new_days_and_of_nothing_twice(town: Town) -> None:
    """Ten working days before 25/01 is 11/01; the 25th off on 12/01, the five are counted from the 24th."""

    def sweep(day: date) -> list[tuple[date, str, date]]:
        town.now.put(day)
        sweep_once(town.engine, town.engine.now())
        with town.database.read() as connection:
            chosen = select(REMINDERS.c.safe_on, REMINDERS.c.rung, REMINDERS.c.rung_on, REMINDERS.c.deadline)
            rows = connection.execute(chosen.where(REMINDERS.c.due_on == date(2017, 1, 30))).all()
        assert len({(row.deadline, row.rung) for row in rows}) == len(rows), "nothing is reminded of twice"
        return sorted({(row.safe_on, row.rung, row.rung_on) for row in rows})

    before_tet, new = date(2017, 1, 25), date(2017, 1, 24)
    first = sweep(date(2017, 1, 11))
    assert first == [(before_tet, "before:10", date(2017, 1, 11))]
    town.now.put(date(2017, 1, 12))
    decree(town, off(before_tet))
    assert sweep(date(2017, 1, 12)) == first
    assert sweep(date(2017, 1, 17)) == sorted([*first, (new, "before:5", date(2017, 1, 17))])
    assert sweep(date(2017, 1, 18)) == sorted([*first, (new, "before:5", date(2017, 1, 17))])
