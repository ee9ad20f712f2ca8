"""The town of the other tests with a committee that leads it and addresses for everybody who leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from deadlines.tables import REMINDERS
from handlers.notice_tables import NOTICES
from handlers.reminding.contacts import Contact, save_contact
from handlers.roster.records import PersonRecord, PositionRecord
from handlers.roster.vocabulary import PartyStatus, Post
from tests.builders import BASE, FIRST, OPENED, SECOND
from tests.reminders.counted import Told
from tests.town import Town
from workflow.clock import ZONE
from workflow.database import Database
from workflow.outbox import ATTEMPTS, OUTBOX

BASE_HEAD, BASE_DEPUTY = "9901", "9902"
HEADS = {FIRST: "0101", SECOND: "0201", BASE: BASE_HEAD}
"""Who leads each body; DB01 is above both cells, and nobody in the roster is above it."""


def reminded_town(database: Database) -> Town:
    """A campaign of 2016 that is open since 16/12/2016, with everybody's address but the second deputy's."""
    town = Town.on(database).open()
    posts = ((BASE_HEAD, Post.HEAD), (BASE_DEPUTY, Post.DEPUTY))
    town.change_roster(
        OPENED,
        new={
            "person": [
                PersonRecord(person_id=person, name="Lê Văn Cơ", status=PartyStatus.OFFICIAL, is_staff=False)
                for person, _ in posts
            ],
            "position": [
                PositionRecord(person_id=person, organisation_id=BASE, post=post, held_from=date(2015, 4, 1))
                for person, post in posts
            ],
        },
    )
    write_addresses(database, (*HEADS.values(), town.deputy(FIRST), BASE_DEPUTY))
    return town


def write_addresses(database: Database, people: Iterable[str]) -> None:
    """Everybody gets an address of their own."""
    with database.write() as connection:
        for person in people:
            contact = Contact(person=person, email=f"{person}@example.org")
            save_contact(connection, contact, by="test", at=moment(OPENED))


def moment(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """An instant of a day in Viet Nam; at eight the digest of the day is due."""
    return datetime.combine(day, time(hour, minute), ZONE)


def reminders(database: Database) -> list[Any]:
    """Every reminder ever found, in the order they were found."""
    with database.read() as connection:
        return list(connection.execute(select(REMINDERS).order_by(REMINDERS.c.reminder)).all())


def told(database: Database) -> list[Told]:
    """What was reminded of, once for each time it was."""
    return [Told(row.deadline, row.due_on, row.rung) for row in reminders(database)]


def notices(database: Database) -> list[Any]:
    """Every line of every inbox."""
    with database.read() as connection:
        return list(connection.execute(select(NOTICES).order_by(NOTICES.c.notice)).all())


def letters(database: Database) -> list[Any]:
    """Every row of the outbox."""
    with database.read() as connection:
        return list(connection.execute(select(OUTBOX).order_by(OUTBOX.c.id)).all())


def tries(database: Database) -> list[Any]:
    """Every try to send one."""
    with database.read() as connection:
        return list(connection.execute(select(ATTEMPTS).order_by(ATTEMPTS.c.id)).all())
