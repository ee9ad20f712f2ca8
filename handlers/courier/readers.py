"""Where letters go and what the bodies in them are called, read for a whole batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from handlers.courier.letters import Letter
from handlers.courier.mail_words import bodies_named
from handlers.names import Names, names_on
from handlers.notice_tables import CONTACTS


def readers_of(
    connection: Connection, letters: Sequence[Letter], address: ColumnElement[str], today: date
) -> tuple[dict[str, str], Names]:
    """The address of each recipient, from that column of the contacts, and the names of bodies as of today.

    Who has never said how to be told has no address.
    """
    people = {letter.recipient for letter in letters}
    rows = connection.execute(select(CONTACTS.c.person, address).where(CONTACTS.c.person.in_(people)))
    addresses: dict[str, str] = {row[0]: row[1] for row in rows}
    return addresses, names_on(connection, today, bodies=bodies_named(letter.body for letter in letters))
