"""Backward plans of a whole campaign, read from the tables; and the days proposed for a meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from deadlines.chains import HOLD, NOTIFY, PREPARE
from deadlines.planner import REFUSED, proposals
from deadlines.slack import AMBER, GREEN, RED
from handlers.roster_tables import ORGANISATIONS
from handlers.season.critical import critical_paths, final_dates
from handlers.season.days import meeting_days_of
from handlers.season.plans import CampaignPlans, body_plan, campaign_plans
from handlers.tables import REVIEWS, SESSIONS
from tests.builders import BASE, CAMPAIGN, FIRST, SECOND
from tests.statements import statements_sent
from tests.town import Town
from workflow.database import Database
from workflow.errors import RulesFail

EARLY, NEAR, TOO_LATE = date(2016, 12, 20), date(2017, 1, 13), date(2017, 1, 20)


@pytest.fixture
def town(database: Database) -> Town:
    """A town whose campaign is open."""
    return Town.on(database).open()


def plans(town: Town, day: date) -> CampaignPlans:
    with town.database.read() as connection:
        return campaign_plans(connection, CAMPAIGN, day)


def statements(town: Town, day: date) -> int:
    """How many statements one reading of all plans sends."""
    with statements_sent() as sent:
        plans(town, day)
    assert sent
    return len(sent)


def add_cells(town: Town, number: int) -> None:
    """So many cells more, each a copy of the first one's rows."""
    with town.database.write() as connection:
        body = connection.execute(select(ORGANISATIONS).where(ORGANISATIONS.c.organisation_id == FIRST)).one()
        reviews = connection.execute(select(REVIEWS).where(REVIEWS.c.organisation == FIRST)).all()
        sessions = connection.execute(select(SESSIONS).where(SESSIONS.c.venue == FIRST)).all()
        names = [f"N{n:04}" for n in range(number)]
        rows = [{**body._mapping, "organisation_id": name} for name in names]
        for row in rows:
            del row["row_id"]
        connection.execute(insert(ORGANISATIONS), rows)
        connection.execute(
            insert(REVIEWS),
            [
                {**row._mapping, "review": f"{row.review}.{name}", "organisation": name}
                for name in names
                for row in reviews
            ],
        )
        connection.execute(
            insert(SESSIONS),
            [
                {**row._mapping, "review": f"{row.review}.{name}", "venue": name}
                for name in names
                for row in sessions
            ],
        )


def test_every_body_is_green_then_amber_then_red(town: Town) -> None:
    """The superior is told by 17/01, or by 19/01 at the latest, for a review before 31/01 (DUK-2016,
    VII.1)."""
    for day, colour in ((EARLY, GREEN), (NEAR, AMBER), (TOO_LATE, RED)):
        found = plans(town, day)
        assert {found.bodies[cell].colour for cell in (FIRST, SECOND)} == {colour}


def test_what_is_done_no_longer_presses(town: Town) -> None:
    """Once report and notice are out, only the meeting itself is left, safe until 25/01."""
    town.make_ready(FIRST)
    found = plans(town, NEAR)
    first = found.bodies[FIRST].plan
    kinds = {(first.parts[step.part].role, step.gate) for step in first.steps}
    assert not {("collective", PREPARE), ("collective", NOTIFY), ("head", NOTIFY)} & kinds
    assert found.bodies[FIRST].colour == GREEN
    assert found.bodies[SECOND].colour == AMBER


def test_one_body_alone_is_told_the_same_as_among_all(town: Town) -> None:
    found = plans(town, NEAR)
    with town.database.read() as connection:
        _, alone = body_plan(connection, CAMPAIGN, FIRST, NEAR)
    assert alone is not None
    assert [(s.gate, s.last, s.safe) for s in alone.plan.steps] == [
        (s.gate, s.last, s.safe) for s in found.bodies[FIRST].plan.steps
    ]


def test_bodies_that_are_alike_are_counted_once_and_read_in_as_many_queries(town: Town) -> None:
    before, shapes = statements(town, NEAR), plans(town, NEAR).shapes
    add_cells(town, 200)
    assert statements(town, NEAR) == before
    found = plans(town, NEAR)
    assert len(found.bodies) >= 202
    assert found.shapes <= shapes + 2


def test_the_tightest_way_leads_from_the_report_over_the_notice_to_the_meeting(town: Town) -> None:
    paths = critical_paths(plans(town, NEAR))
    first = paths[0]
    assert [link.step.gate for link in first.links][:3] == [PREPARE, NOTIFY, HOLD]
    assert first.slack == 2
    assert [path.slack for path in paths] == sorted(path.slack for path in paths)
    assert {one.owed.last for one in final_dates(plans(town, NEAR))} == {date(2017, 1, 30), date(2017, 2, 5)}


def test_a_body_that_owes_nothing_has_no_plan(town: Town) -> None:
    with town.database.read() as connection:
        assert body_plan(connection, CAMPAIGN, "NOBODY", NEAR)[1] is None


# --- the meeting planner --------------------------------------------------------------------------


def test_a_day_is_refused_by_the_planner_exactly_where_planning_it_is_refused(town: Town) -> None:
    """On 12/01 nothing was sent: 5 working days (VII.1) and 3 days (II.3.1) still have to pass."""
    today = date(2017, 1, 12)
    town.now.put(today)
    found = meeting_days_of(town.engine, CAMPAIGN, FIRST, today, today, date(2017, 2, 3))
    command = found.command
    assert command is not None
    secretary = town.secretary(FIRST)
    for one in found.days:
        asked = replace(command, day=one.day)
        if one.verdict == REFUSED:
            refusal = town.refused(RulesFail, asked, secretary)
            assert {f.rule for f in refusal.findings} == {f.rule for _, f in one.refused}
        else:
            town.do(asked, secretary)
    assert min(one.day for one in found.days if one.verdict != REFUSED) == date(2017, 1, 19)
    assert proposals(found.days)[0].day == date(2017, 1, 19)


@pytest.mark.parametrize("enough", [1, 3, 100])
@pytest.mark.parametrize("today", [date(2017, 1, 12), date(2017, 1, 23)])
def test_looking_for_enough_days_finds_those_proposed_of_all(town: Town, today: date, enough: int) -> None:
    """Before the safe day there are best days; on 23/01 only days that come too late for a date are left."""
    town.now.put(today)
    last = today + timedelta(days=20)
    every = meeting_days_of(town.engine, CAMPAIGN, FIRST, today, today, last)
    some = meeting_days_of(town.engine, CAMPAIGN, FIRST, today, today, last, enough=enough)
    assert proposals(some.days) == proposals(every.days)[:enough]
    assert proposals(some.days)
    assert set(some.days) <= set(every.days)
    assert some.left_out == (len(some.days) < len(every.days)) == (enough < len(proposals(every.days)))
    assert not every.left_out


def test_a_planned_day_does_not_narrow_what_else_is_proposed(town: Town) -> None:
    today = date(2017, 1, 12)
    town.now.put(today)
    found = meeting_days_of(town.engine, CAMPAIGN, FIRST, today, today, date(2017, 2, 3))
    assert found.command is not None
    town.do(replace(found.command, day=date(2017, 1, 19)), town.secretary(FIRST))
    again = meeting_days_of(town.engine, CAMPAIGN, FIRST, today, today, date(2017, 2, 3))
    assert (again.last, again.safe) == (date(2017, 1, 30), date(2017, 1, 25))
    assert [one.verdict for one in again.days] == [one.verdict for one in found.days]


def test_the_cells_are_rated_before_their_base(town: Town) -> None:
    """DUK-2016, III.1: the base votes on itself once its cells have their level."""
    with town.database.read() as connection:
        _, found = body_plan(connection, CAMPAIGN, FIRST, NEAR)
    assert found is not None
    bounds = {bound.body for part in found.plan.parts for bound in part.bounds}
    assert bounds == {BASE}
