"""How a person wants to be told: addresses, language, quiet hours. Personal data that stands nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from handlers.notice_tables import CONTACTS
from workflow.days import ONE_DAY, ZONE
from workflow.errors import BadInput

LANGUAGES = ("vi", "en")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,24}")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LENGTH_MAX = 254


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How one person is reached. Quiet from (inclusive) to (exclusive) as "HH:MM", in Asia/Ho_Chi_Minh; both
    empty where every hour is fine. Without an address a person has the inbox and the call list.
    """

    person: str
    email: str = ""
    phone: str = ""
    chat: str = ""
    language: str = "vi"
    quiet_from: str = ""
    quiet_to: str = ""

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways out of the building that reach this person."""
        return tuple(name for name, address in (("email", self.email), ("chat", self.chat)) if address)

    def may_be_told_from(self, at: datetime) -> datetime:
        """`at` itself, or the end of the quiet hours it falls in."""
        if not self.quiet_from or self.quiet_from == self.quiet_to:
            return at
        local = at.astimezone(ZONE)
        begins, ends = time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_to)
        now = local.time()
        quiet = begins <= now < ends if begins < ends else now >= begins or now < ends
        if not quiet:
            return at
        ending = datetime.combine(local.date(), ends, ZONE)
        return ending if ending > local else ending + ONE_DAY


def contact_of(connection: Connection, person: str) -> Contact:
    """How a person is reached; a person who never said so has no addresses and reads Vietnamese."""
    row = connection.execute(
        select(
            CONTACTS.c.email,
            CONTACTS.c.phone,
            CONTACTS.c.chat,
            CONTACTS.c.language,
            CONTACTS.c.quiet_from,
            CONTACTS.c.quiet_to,
        ).where(CONTACTS.c.person == person)
    ).one_or_none()
    return Contact(person=person) if row is None else Contact(person=person, **row._mapping)


def save_contact(connection: Connection, contact: Contact, *, by: str, at: datetime) -> None:
    """Keep how a person is reached; the secret of the calendar feed stays as it was.

    Raises BadInput for an address, number, language or hour that cannot be right.
    """
    _check(contact)
    given = {
        "email": contact.email.strip(),
        "phone": contact.phone.strip(),
        "chat": contact.chat.strip(),
        "language": contact.language,
        "quiet_from": contact.quiet_from,
        "quiet_to": contact.quiet_to,
        "changed_at": at,
        "changed_by": by,
    }
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(CONTACTS).values(person=contact.person, **given)
    connection.execute(statement.on_conflict_do_update(index_elements=["person"], set_=given))


def _check(contact: Contact) -> None:
    email, phone = contact.email.strip(), contact.phone.strip()
    if email and (len(email) > _LENGTH_MAX or not _EMAIL.fullmatch(email)):
        raise BadInput(
            "email",
            email[:60],
            "không phải là địa chỉ thư điện tử; ví dụ đúng: ten@coquan.vn.",
            "is no e-mail address; one looks like name@office.vn.",
        )
    if phone and not _PHONE.fullmatch(phone):
        raise BadInput(
            "phone",
            phone[:60],
            "không phải là số điện thoại; chỉ ghi chữ số, dấu +, dấu cách.",
            "is no telephone number; write digits, + and spaces.",
        )
    if len(contact.chat) > _LENGTH_MAX or any(not mark.isprintable() for mark in contact.chat):
        raise BadInput(
            "chat",
            contact.chat[:60],
            f"không dùng được: nhiều nhất {_LENGTH_MAX} ký tự, trên một dòng.",
            f"cannot be used: at most {_LENGTH_MAX} characters, on one line.",
        )
    if contact.language not in LANGUAGES:
        raise BadInput("language", contact.language, "chỉ có vi hoặc en.", "is vi or en.")
    hours = (("quiet_from", contact.quiet_from), ("quiet_to", contact.quiet_to))
    for field, hour in hours:
        if hour and not _HOUR.fullmatch(hour):
            raise BadInput(
                field, hour, "không phải là giờ; ví dụ đúng: 21:30.", "is no hour; one looks like 21:30."
            )
    if bool(contact.quiet_from) != bool(contact.quiet_to):
        missing = "quiet_to" if contact.quiet_from else "quiet_from"
        raise BadInput(
            missing,
            "",
            "còn trống: giờ yên lặng cần cả giờ bắt đầu và giờ kết thúc.",
            "is empty: quiet hours have a beginning and an end.",
        )
