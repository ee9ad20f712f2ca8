"""Colleagues act on the calendar at the same moment: nobody's day is lost and no campaign is left behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from handlers.opening import read_campaign
from handlers.rebuild import disagreements
from states.roles import Role
from tests.builders import BASE, BLOC, CAMPAIGN, OFFICER, OPENED
from tests.handlers.calendar_changing import ADMINISTRATOR, FRIDAY, calendar, off, propose
from tests.town import Town
from workflow.answer import Answer
from workflow.commands.asking import Actor, Command, Request
from workflow.commands.calendar import ConfirmCalendarChange
from workflow.commands.campaign import PlanCampaign
from workflow.database import Database
from workflow.errors import Refusal

OTHERS = [Actor(id=f"CB-{n}", role=Role.OFFICER, body=BASE) for n in range(4)]


@pytest.fixture
def town(database: Database) -> Town:
    return Town.on(database).open()


def at_once(town: Town, asked: list[tuple[Command, Actor]]) -> list[Answer | Refusal]:
    """Everything is sent at the same moment, each by a thread of its own."""
    start = Barrier(len(asked))

    def send(command: Command, actor: Actor) -> Answer | Refusal:
        start.wait()
        try:
            return town.engine.handle(Request(command=command, actor=actor))
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(asked)) as threads:
        return [future.result() for future in [threads.submit(send, *one) for one in asked]]


def test_of_many_who_confirm_one_change_one_does(town: Town) -> None:
    town.do(propose(off()), ADMINISTRATOR)
    answers = at_once(town, [(ConfirmCalendarChange(change="LICH-01"), one) for one in OTHERS])
    assert sum(isinstance(one, Answer) for one in answers) == 1
    adopted = [one for one in town.history(f"campaign/{CAMPAIGN}") if one.name == "calendar_adopted"]
    assert len(adopted) == 1


def test_changes_confirmed_at_once_are_all_in_the_calendar(town: Town) -> None:
    days = [date(2017, 1, 9) + timedelta(days=n) for n in range(4)]
    for number, day in enumerate(days):
        town.do(propose(off(day), change=f"L{number}"), ADMINISTRATOR)
    answers = at_once(town, [(ConfirmCalendarChange(change=f"L{n}"), one) for n, one in enumerate(OTHERS)])
    assert all(isinstance(one, Answer) for one in answers), answers
    found = calendar(town)
    assert not any(found.is_working_day(day) for day in days)
    with town.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []


def test_a_campaign_planned_while_a_change_is_confirmed_has_it_one_way_or_the_other(town: Town) -> None:
    """Planned before, it takes the calendar over; planned after, it pins it."""
    town.do(propose(off()), ADMINISTRATOR)
    plan = PlanCampaign(
        campaign="2016b", year=2016, rulebook="duk_2016", organisation=BASE, superior=BLOC, roster_day=OPENED
    )
    answers = at_once(town, [(ConfirmCalendarChange(change="LICH-01"), OTHERS[0]), (plan, OFFICER)])
    assert all(isinstance(one, Answer) for one in answers), answers
    assert not calendar(town, "2016b").is_working_day(FRIDAY)
    assert read_campaign(town.engine, CAMPAIGN).rulebook_hash == (
        read_campaign(town.engine, "2016b").rulebook_hash
    )
