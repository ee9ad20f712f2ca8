"""Tables of who is told what: inbox notices, how a person wants to be told, who is away, where calls go.

None of them is a read model: a rebuild sends nothing and forgets nothing. Addresses are personal data and
stand here alone.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, CheckConstraint, Date, Index, Integer, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word


class NoticeRow(SQLModel, table=True):
    """One line in one person's inbox: so many items of one step of one body, at one rung.

    `key` is who, what and which sweep day, so that a second sweep adds nothing. `body` is where the person
    holds the position that makes them responsible. `digest` is the key of the letter that carried the line.
    """

    __tablename__: ClassVar[Any] = "notices"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("key", name="notices_once"),
        Index("notices_of_recipient", "recipient", "noticed_on"),
        {"sqlite_autoincrement": True},
    )

    notice: int | None = Field(default=None, primary_key=True, sa_type=Number)
    key: str = Field(sa_type=Word)
    recipient: str = Field(sa_type=Word)
    body: str = Field(sa_type=Word)
    capacity: str = Field(sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    gate: str = Field(sa_type=Word)
    rule: str = Field(sa_type=Word)
    due_on: date = Field(sa_type=Date)
    safe_on: date = Field(sa_type=Date)
    hour: str = Field(default="", sa_type=Text)
    rung: str = Field(sa_type=Word)
    level: int = Field(sa_type=Integer)
    rung_on: date = Field(sa_type=Date)
    noticed_on: date = Field(sa_type=Date)
    items: int = Field(sa_type=Integer)
    created_at: datetime = Field(sa_type=Instant)
    read_at: datetime | None = Field(default=None, sa_type=Instant)
    digest: str | None = Field(default=None, sa_type=Word, index=True)


class SnoozeRow(SQLModel, table=True):
    """A person put one item aside until a day, with a reason; that day itself reminds again.

    Of several rows of one item the newest counts. One until the day it was written, without a reason, brings
    the item back.
    """

    __tablename__: ClassVar[Any] = "snoozes"
    __table_args__: ClassVar[Any] = (
        Index("snoozes_of", "recipient", "until"),
        {"sqlite_autoincrement": True, "info": {"append_only": True}},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    recipient: str = Field(sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    gate: str = Field(sa_type=Word)
    rule: str = Field(sa_type=Word)
    due_on: date = Field(sa_type=Date)
    until: date = Field(sa_type=Date)
    reason: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_type=Instant)


class ContactRow(SQLModel, table=True):
    """How a person wants to be told. Hours are "HH:MM" in Asia/Ho_Chi_Minh; quiet from (inclusive) to
    (exclusive), both empty where every hour is fine. `calendar_secret` is SHA-256 of the feed's secret.
    """

    __tablename__: ClassVar[Any] = "contacts"
    __table_args__: ClassVar[Any] = (Index("contacts_by_secret", "calendar_secret", unique=True),)

    person: str = Field(primary_key=True, sa_type=Word)
    email: str = Field(default="", sa_type=Text)
    phone: str = Field(default="", sa_type=Text)
    chat: str = Field(default="", sa_type=Text)
    language: str = Field(default="vi", sa_type=Text)
    quiet_from: str = Field(default="", sa_type=Text)
    quiet_to: str = Field(default="", sa_type=Text)
    calendar_secret: str | None = Field(default=None, sa_type=Word)
    changed_at: datetime = Field(sa_type=Instant)
    changed_by: str = Field(sa_type=Text)


class AbsenceRow(SQLModel, table=True):
    """Days on which a person is away and the deputy is told instead; both ends counted."""

    __tablename__: ClassVar[Any] = "absences"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("to_day >= from_day", name="absences_in_order"),
        Index("absences_of", "person", "from_day"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    person: str = Field(sa_type=Word)
    from_day: date = Field(sa_type=Date)
    to_day: date = Field(sa_type=Date)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(sa_type=Text)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


class WebhookRow(SQLModel, table=True):
    """Where a committee's own system is called, about which branch of the tree, signed with which secret."""

    __tablename__: ClassVar[Any] = "webhooks"

    webhook: str = Field(primary_key=True, sa_type=Word)
    url: str = Field(sa_type=Text)
    secret: str = Field(sa_type=Text)
    organisation: str = Field(sa_type=Word)
    active: bool = Field(sa_type=Boolean)
    created_at: datetime = Field(sa_type=Instant)
    created_by: str = Field(sa_type=Text)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


NOTICES: Final = _table("notices")
SNOOZES: Final = _table("snoozes")
CONTACTS: Final = _table("contacts")
ABSENCES: Final = _table("absences")
WEBHOOKS: Final = _table("webhooks")
