"""Addresses, quiet hours and absences: what is kept, and what cannot be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from handlers.notice_tables import CONTACTS
from handlers.reminding.absences import absences_of, record_absence, withdraw_absence
from handlers.reminding.contacts import Contact, contact_of, save_contact
from tests.swept import at
from workflow.database import Database
from workflow.errors import BadInput, NotFound

DAY = date(2017, 1, 11)
FULL = Contact(
    person="0101", email="bithu@huyen.vn", phone="+84 912 345 678", chat="tgram://1/2", language="en",
    quiet_from="21:00", quiet_to="06:30",
)  # fmt: skip


def save(database: Database, contact: Contact) -> None:
    with database.write() as connection:
        save_contact(connection, contact, by="0101", at=at(DAY))


def test_a_contact_is_kept_and_changed_and_the_calendar_secret_stays(database: Database) -> None:
    save(database, FULL)
    with database.write() as connection:
        connection.execute(update(CONTACTS).values(calendar_secret="ab" * 32))
        assert contact_of(connection, "0101") == FULL
    save(database, replace(FULL, email="", language="vi"))
    with database.read() as connection:
        assert contact_of(connection, "0101") == replace(FULL, email="", language="vi")
        assert connection.execute(select(CONTACTS.c.calendar_secret)).scalar_one() == "ab" * 32


def test_who_never_said_how_reads_vietnamese_and_has_no_address(database: Database) -> None:
    with database.read() as connection:
        assert (
            contact_of(connection, "0199") == Contact(person="0199") and Contact(person="0199").channels == ()
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "bithu"),
        ("email", "bithu@huyen"),
        ("email", "a@b.vn, c@d.vn"),
        ("email", "a@b.vn\nBcc: c@d.vn"),
        ("phone", "gọi số cũ"),
        ("chat", "tgram://1\n2"),
        ("language", "fr"),
        ("quiet_from", "24:00"),
        ("quiet_to", "7:00"),
        ("quiet_to", ""),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_field(database: Database, field: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        save(database, replace(FULL, **{field: value}))
    assert refused.value.field == field and refused.value.vi and refused.value.en


def test_an_absence_is_kept_and_can_be_taken_back_once_by_its_person_alone(database: Database) -> None:
    with database.write() as connection:
        number = record_absence(connection, "0101", DAY, DAY, by="0101", today=DAY, at=at(DAY))
        (held,) = absences_of(connection, "0101", DAY)
        assert (held.id, held.from_day, held.to_day) == (number, DAY, DAY)
        assert absences_of(connection, "0101", date(2017, 1, 12)) == ()
        with pytest.raises(NotFound):
            withdraw_absence(connection, "0102", number, at=at(DAY))
        withdraw_absence(connection, "0101", number, at=at(DAY))
        assert absences_of(connection, "0101", DAY) == ()
        with pytest.raises(NotFound):
            withdraw_absence(connection, "0101", number, at=at(DAY))


@pytest.mark.parametrize(("first", "last"), [(date(2017, 1, 12), DAY), (date(2017, 1, 9), date(2017, 1, 10))])
def test_an_absence_that_ends_before_it_begins_or_is_over_is_refused(
    database: Database, first: date, last: date
) -> None:
    with database.write() as connection, pytest.raises(BadInput) as refused:
        record_absence(connection, "0101", first, last, by="0101", today=DAY, at=at(DAY))
    assert refused.value.field == "to_day"
