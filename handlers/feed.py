"""A person's calendar: what is owed as all-day events with alarms, and the planned meetings of their bodies.

The address holds a secret that is kept as its SHA-256 alone; who has it reads counts, days, clauses and names
of bodies, and nothing about a person. Calendar programs ask it every hour or so: the bytes stay the same
until something changes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from icalendar import Alarm, Calendar, Event, Timezone
from sqlalchemy import Connection, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from handlers.courier.links import link
from handlers.courier.told import both, one_line
from handlers.names import Names, names_on
from handlers.notice_tables import CONTACTS
from handlers.owed_now import SHARED, Owed, owed_by, together
from handlers.roster_facts import as_of
from handlers.roster_tables import MEMBERSHIPS, POSITIONS
from handlers.tables import CAMPAIGNS, MEETINGS
from handlers.telling.owed import due_words, task
from states import campaign as campaign_life
from states import meeting as meeting_life
from workflow.days import ZONE

SECRET_BYTES: Final = 32
PRODUCT: Final = "-//kiemdiem//reminders//VI"
EPOCH: Final = date(2000, 1, 1)
"""SEQUENCE counts days from here to the day a date was last set, so that a moved date has a higher one."""

REFRESH: Final = timedelta(hours=1)
MORNING_BEFORE: Final = timedelta(hours=-16)
"""Before an all-day event: eight in the morning of the day before."""
SAME_MORNING: Final = timedelta(hours=8)
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose feed it is, and in which language."""

    person: str
    language: str


def new_secret(connection: Connection, person: str, now: datetime) -> str:
    """A new secret for a person's feed, which nobody is shown again; the one before ends with it."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    kept = {"calendar_secret": _digest(secret), "changed_at": now, "changed_by": person}
    empty = dict.fromkeys(("email", "phone", "chat", "quiet_from", "quiet_to"), "") | {"language": "vi"}
    connection.execute(
        make(CONTACTS)
        .values(person=person, **empty, **kept)
        .on_conflict_do_update(index_elements=["person"], set_=kept)
    )
    return secret


def revoke_secret(connection: Connection, person: str, now: datetime) -> bool:
    """Whether there was a feed: from now on its address leads nowhere."""
    revoked = connection.execute(
        update(CONTACTS)
        .where(CONTACTS.c.person == person, CONTACTS.c.calendar_secret.is_not(None))
        .values(calendar_secret=None, changed_at=now, changed_by=person)
    )
    return bool(revoked.rowcount)


def has_secret(connection: Connection, person: str) -> bool:
    """Whether a person has a feed that can be read."""
    kept = select(CONTACTS.c.calendar_secret).where(CONTACTS.c.person == person)
    return connection.execute(kept).scalar() is not None


def reader_of(connection: Connection, secret: str) -> Reader | None:
    """Whose feed a secret opens; None for one that is unknown, revoked or of another length."""
    row = connection.execute(
        select(CONTACTS.c.person, CONTACTS.c.language).where(CONTACTS.c.calendar_secret == _digest(secret))
    ).one_or_none()
    return None if row is None else Reader(row.person, row.language)


def feed(
    connection: Connection,
    reader: Reader,
    today: date,
    *,
    public_url: str,
    domain: str,
    cites: Callable[[str], dict[str, str]],
) -> bytes:
    """The calendar as bytes. `cites` gives the clause of each rule of a campaign."""
    owed = owed_by(connection, reader.person, today)
    meetings = _meetings(connection, reader.person, today)
    bodies = {body for one in owed for body in (one.organisation, one.body)}
    bodies |= {row.venue for row in meetings}
    names = names_on(connection, today, bodies=bodies)
    calendar = _calendar(reader.language)
    clauses = {campaign: cites(campaign) for campaign in sorted({one.campaign for one in owed})}
    events = [*_of_steps(owed, reader.language, names, public_url, domain, clauses)]
    events += _of_meetings(meetings, reader.language, names, today, public_url, domain)
    if any(isinstance(event.decoded("DTSTART"), datetime) for event in events):
        calendar.add_component(Timezone.from_tzinfo(ZONE))
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _calendar(language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", both(language, "Việc kiểm điểm, xếp loại", "Reviews and ratings"))
    calendar.add("X-WR-CALNAME", both(language, "Việc kiểm điểm, xếp loại", "Reviews and ratings"))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    return calendar


def _of_steps(
    owed: Iterable[Owed],
    language: str,
    names: Names,
    public_url: str,
    domain: str,
    clauses: dict[str, dict[str, str]],
) -> Iterator[Event]:
    """One event a step of a body and date, on the last safe day, with the legal day in its text."""
    used: set[str] = set()
    for one, bodies in together(owed):
        uid = _uid(one, domain)
        if uid in used:  # one step with two dates, such as two halves of a body with days of their own
            uid = _hashed(f"{uid}/{one.due_on.isoformat()}", domain)
        used.add(uid)
        where = one_line(names.body(one.organisation if bodies == 1 else one.body))
        if bodies > 1:
            where += both(language, f" ({bodies} đơn vị)", f" ({bodies} bodies)")
        what = f"{task(one.gate, one.kind, one.items, language)}: {where}"
        due = due_words(one.due_on, one.safe_on, one.hour, language)
        said = [due[:1].upper() + due[1:]]
        cite = clauses.get(one.campaign, {}).get(one.rule, "")
        if cite:
            said.append(both(language, f"Căn cứ: {cite}", f"Clause: {cite}"))
        if one.provisional:
            said.append(
                both(
                    language,
                    "Ngày tạm tính: lịch nghỉ của năm ấy chưa công bố",
                    "Provisional: the holidays of that year are not announced yet",
                )
            )
        yield _event(
            uid,
            what,
            "\n".join(said),
            link(public_url, f"/c/{one.campaign}" + (f"/o/{one.organisation}" if bodies == 1 else "")),
            sequence=(one.since - EPOCH).days,
            stamp=one.since,
            day=one.safe_on,
            hour=one.hour if one.safe_on == one.due_on else "",
        )


def _of_meetings(
    rows: Iterable[Any], language: str, names: Names, today: date, public_url: str, domain: str
) -> Iterator[Event]:
    for row in rows:
        venue = one_line(names.body(row.venue))
        yield _event(
            _hashed(f"meeting/{row.meeting}", domain),
            both(language, f"Họp kiểm điểm: {venue}", f"Review meeting: {venue}"),
            both(language, f"{row.items} nội dung", f"{row.items} on the agenda"),
            link(public_url, f"/c/{row.campaign}/o/{row.venue}"),
            sequence=row.version,
            stamp=today,
            day=row.day,
        )


def _event(
    uid: str,
    what: str,
    said: str,
    address: str,
    *,
    sequence: int,
    stamp: date,
    day: date,
    hour: str = "",
) -> Event:
    """An all-day event, or where the clause names an hour of that day the hour up to it."""
    event = Event()
    event.add("UID", uid)
    event.add("SEQUENCE", sequence)
    event.add("DTSTAMP", datetime.combine(stamp, time(), ZONE).astimezone(UTC))
    event.add("SUMMARY", what)
    event.add("DESCRIPTION", f"{said}\n{address}")
    event.add("URL", address)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")
    if hour:
        ends = datetime.combine(day, time.fromisoformat(hour), ZONE)
        event.add("DTSTART", ends - HOUR)
        event.add("DTEND", ends)
        alarms = (timedelta(days=-1), timedelta(0))
    else:
        event.add("DTSTART", day)
        event.add("DTEND", day + timedelta(days=1))
        alarms = (MORNING_BEFORE, SAME_MORNING)
    for when in alarms:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", what)
        alarm.add("TRIGGER", when)
        event.add_component(alarm)
    return event


def _uid(one: Owed, domain: str) -> str:
    """The same for a step of a body while its date moves and its items get fewer."""
    body = one.organisation if one.organisation == one.body else f"below {one.body}"
    seed = "/".join((one.campaign, body, one.kind, one.gate, one.rule, one.capacity))
    return _hashed(seed if one.basis in SHARED else f"{seed}/{one.one_of}", domain)


def _hashed(seed: str, domain: str) -> str:
    return f"{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{domain}"


def _meetings(connection: Connection, person: str, today: date) -> Sequence[Any]:
    """Planned meetings from today on, of the bodies a person is on the roll of or holds a post in."""
    bodies = union(
        select(MEMBERSHIPS.c.organisation_id).where(
            MEMBERSHIPS.c.person_id == person, as_of(MEMBERSHIPS, today)
        ),
        select(POSITIONS.c.organisation_id).where(POSITIONS.c.person_id == person, as_of(POSITIONS, today)),
    )
    return connection.execute(
        select(MEETINGS)
        .join(CAMPAIGNS, CAMPAIGNS.c.campaign == MEETINGS.c.campaign)
        .where(
            CAMPAIGNS.c.stage == campaign_life.OPEN,
            MEETINGS.c.venue.in_(bodies),
            MEETINGS.c.stage == meeting_life.PLANNED,
            MEETINGS.c.day >= today,
        )
        .order_by(MEETINGS.c.day, MEETINGS.c.meeting)
    ).all()
