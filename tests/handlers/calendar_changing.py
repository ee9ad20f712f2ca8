"""A town whose calendar is changed: what is proposed, confirmed and then counted by."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.opening import read_campaign
from handlers.rebuild import disagreements
from states.roles import Role
from tests.builders import (
    BASE,
    CAMPAIGN,
    OFFICER,
)
from tests.town import Town
from workflow.commands.asking import Actor
from workflow.commands.calendar import (
    ConfirmCalendarChange,
    DatedDay,
    ProposeCalendarChange,
)
from workflow.days import Calendar

ADMINISTRATOR = Actor(id="QT-01", role=Role.ADMINISTRATOR, body=BASE)
FRIDAY = date(2017, 1, 13)
"""A working day before the session of the town."""
SATURDAY = date(2017, 1, 14)
CHANGE = "LICH-01"


def off(day: date = FRIDAY, unit: str = "", **told: Any) -> DatedDay:
    return DatedDay(day=day, what="off", unit=unit, **told)


def propose(*days: DatedDay, change: str = CHANGE) -> ProposeCalendarChange:
    return ProposeCalendarChange(change=change, days=days, document="CV 45-CV/ĐU", reason="nghỉ bù")


def calendar(town: Town, campaign: str = CAMPAIGN) -> Calendar:
    planned = read_campaign(town.engine, campaign)
    with town.database.read() as connection:
        return town.engine.rulebook(connection, planned.rulebook_hash).calendar


def decree(town: Town, *days: DatedDay, change: str = CHANGE) -> None:
    town.do(propose(*days, change=change), ADMINISTRATOR)
    town.do(ConfirmCalendarChange(change=change), OFFICER)


def agrees(town: Town) -> None:
    with town.database.read() as connection:
        assert [str(one) for one in disagreements(connection)] == []
