"""One letter a person and day with everything the inbox has that no letter carried yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, case, or_, select, update

from deadlines.sweep import SweepDay
from handlers.among import among
from handlers.courier.bodies import Body, Line
from handlers.notice_tables import CONTACTS, NOTICES
from handlers.reminding.capacities import SELF
from handlers.reminding.contacts import Contact
from handlers.reminding.links import INBOX, body_page, campaign_page
from handlers.reminding.manner import Manner
from handlers.reminding.owing import items_owed, items_paused, set_aside_until
from handlers.reminding.posting import letter
from workflow.days import ZONE
from workflow.outbox import OUTBOX, post
from workflow.rules.rulebook import Rulebook

PEOPLE_AT_A_TIME: Final = 500
LINES_MAX: Final = 30
"""A letter of more lines sums those that differ in nothing but the body."""

NOT_SENT: Final = ""
"""Stands for the letter where there is none to send: no address, or done before the letter was written."""


def write_digests(
    connection: Connection, day: SweepDay, books: Mapping[str, Rulebook], manner: Manner
) -> int:
    """The letters of this day; how many were written. Nothing before the hour for it.

    Items set aside wait until the day they come back. Whoever had the letter of this day waits until
    tomorrow with what was found since.
    """
    if day.at.astimezone(ZONE).time() < manner.digest_at:
        return 0
    _leave_to_the_inbox(connection)
    written, last = 0, ""
    while people := _waiting(connection, day, last):
        last = people[-1].person
        written += _write(connection, day, people, books, manner)
    return written


def digest_key(channel: str, person: str, day: date) -> str:
    """The key of a day's letter to one person by one channel."""
    return f"digest:{channel}:{person}:{day.isoformat()}"


def _leave_to_the_inbox(connection: Connection) -> None:
    """Lines of people without an address go into no letter, now or later."""
    reached = (
        select(CONTACTS.c.person)
        .where(CONTACTS.c.person == NOTICES.c.recipient, _has_address())
        .correlate(NOTICES)
        .exists()
    )
    connection.execute(update(NOTICES).where(NOTICES.c.digest.is_(None), ~reached).values(digest=NOT_SENT))


def _has_address() -> ColumnElement[bool]:
    return or_(CONTACTS.c.email != "", CONTACTS.c.chat != "")


def _waiting(connection: Connection, day: SweepDay, after: str) -> list[Contact]:
    """The next people with something to be told who had no letter today, by their ids."""
    key = "digest:" + _channel() + ":" + CONTACTS.c.person + f":{day.today.isoformat()}"
    had = select(OUTBOX.c.id).where(OUTBOX.c.key == key)
    rows = connection.execute(
        select(
            CONTACTS.c.person,
            CONTACTS.c.email,
            CONTACTS.c.chat,
            CONTACTS.c.language,
            CONTACTS.c.quiet_from,
            CONTACTS.c.quiet_to,
        )
        .where(
            CONTACTS.c.person > after,
            select(NOTICES.c.notice)
            .where(NOTICES.c.recipient == CONTACTS.c.person, _to_be_told(day.today))
            .correlate(CONTACTS)
            .exists(),
            ~had.correlate(CONTACTS).exists(),
        )
        .order_by(CONTACTS.c.person)
        .limit(PEOPLE_AT_A_TIME)
    )
    return [Contact(**row._mapping) for row in rows]


def _channel() -> ColumnElement[str]:
    """The channel whose letter is named in the notices: e-mail where there is an address."""
    return case((CONTACTS.c.email != "", "email"), else_="chat")


def _to_be_told(today: date) -> ColumnElement[bool]:
    return and_(NOTICES.c.digest.is_(None), set_aside_until(today).is_(None))


@dataclass(frozen=True, slots=True)
class _Told:
    """A line with the body where its reader holds the post that makes it his."""

    line: Line
    body: str


def _write(
    connection: Connection,
    day: SweepDay,
    people: Sequence[Contact],
    books: Mapping[str, Rulebook],
    manner: Manner,
) -> int:
    lines = _lines(connection, day, [one.person for one in people], books)
    rows = []
    for contact in people:
        told = lines.get(contact.person, [])
        if not told:
            continue
        body = Body(form="digest", day=day.today, lines=tuple(_summed(told)))
        rows += [
            letter(
                digest_key(channel, contact.person, day.today),
                channel,
                contact,
                body,
                subject=day.today.isoformat(),
                at=day.at,
                mail_domain=manner.mail_domain,
            )
            for channel in contact.channels
        ]
    written = post(connection, rows)
    for channel in ("email", "chat"):
        _mark(
            connection,
            day,
            [c.person for c in people if c.channels[0] == channel and c.person in lines],
            channel,
        )
    _mark(connection, day, [contact.person for contact in people if contact.person not in lines], NOT_SENT)
    return written


def _mark(connection: Connection, day: SweepDay, people: list[str], channel: str) -> None:
    """These people's lines are in the letter of this day and go into no other."""
    if not people:
        return
    key: Any = NOT_SENT
    if channel:
        key = f"digest:{channel}:" + NOTICES.c.recipient + f":{day.today.isoformat()}"
    connection.execute(
        update(NOTICES)
        .where(among(NOTICES.c.recipient, "people"), _to_be_told(day.today))
        .values(digest=key),
        {"people": people},
    )


def _lines(
    connection: Connection, day: SweepDay, people: Sequence[str], books: Mapping[str, Rulebook]
) -> dict[str, list[_Told]]:
    """What each of these people is told, in the order of the rungs' days; done items are left out."""
    rows = connection.execute(
        select(NOTICES, items_owed().label("owed"), items_paused().label("paused"))
        .where(among(NOTICES.c.recipient, "people"), _to_be_told(day.today))
        .order_by(NOTICES.c.recipient, NOTICES.c.rung_on, NOTICES.c.notice),
        {"people": list(people)},
    )
    found: dict[str, list[_Told]] = {}
    for row in rows:
        book = books.get(row.campaign)
        if row.owed and book is not None:
            found.setdefault(row.recipient, []).append(_Told(_line(row, book), row.body))
    return found


def _line(row: Row[Any], book: Rulebook) -> Line:
    cites = {rule.id: rule.cite for rule in book.rules if rule.id == row.rule}
    return Line(
        campaign=row.campaign,
        organisation=row.organisation,
        gate=row.gate,
        kind=row.kind,
        due_on=row.due_on,
        safe_on=row.safe_on,
        items=row.owed,
        href=INBOX if row.capacity == SELF else body_page(row.campaign, row.organisation),
        rule=row.rule,
        cite=cites.get(row.rule, ""),
        hour=row.hour,
        rung=row.rung,
        rung_on=row.rung_on,
        late=row.noticed_on > row.rung_on,
        paused=row.paused,
    )


def _summed(told: list[_Told]) -> Iterable[Line]:
    """The lines as they are, or where they are too many for a letter, those of many bodies as one: under the
    body whose post makes them the reader's.
    """
    if len(told) <= LINES_MAX:
        return [one.line for one in told]
    sums: dict[Any, Line] = {}
    for one in told:
        line = msgspec.structs.replace(one.line, organisation=one.body, href=campaign_page(one.line.campaign))
        key = msgspec.structs.astuple(msgspec.structs.replace(line, items=0))
        held = sums.get(key)
        sums[key] = line if held is None else msgspec.structs.replace(held, items=held.items + line.items)
    return sums.values()
