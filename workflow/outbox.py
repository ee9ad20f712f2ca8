"""The outbox: what is to leave the building, written in the transaction that decided it.

A row is keyed by what it is about, to whom and through which channel, so that deciding twice writes once.
Couriers take rows under a lease and send after the commit; sending twice is harmless, because every attempt
carries the same Message-ID.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, Index, Integer, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word

QUEUED, SENT, DEAD, CANCELLED = "queued", "sent", "dead", "cancelled"
STATES: Final = (QUEUED, SENT, DEAD, CANCELLED)

_WAITING: Final = text("state = 'queued'")


class OutboxRow(SQLModel, table=True):
    """One letter, webhook call or other word to the world.

    `body` is canonical JSON of counts, days, clauses and links: no name, level or opinion. It is rendered
    when it is sent, in `language`.
    """

    __tablename__: ClassVar[Any] = "outbox"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("key", name="outbox_once"),
        Index("outbox_waiting", "not_before", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("outbox_of_recipient", "recipient"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    key: str = Field(sa_type=Word)
    channel: str = Field(sa_type=Word)
    recipient: str = Field(sa_type=Word)
    campaign: str = Field(sa_type=Word)
    subject: str = Field(sa_type=Word)
    language: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)
    message_id: str = Field(sa_type=Word)
    created_at: datetime = Field(sa_type=Instant)
    not_before: datetime = Field(sa_type=Instant)
    state: str = Field(sa_type=Word)
    attempts: int = Field(sa_type=Integer)
    leased_by: str | None = Field(default=None, sa_type=Word)
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    problem: str = Field(default="", sa_type=Text)


class AttemptRow(SQLModel, table=True):
    """One try to send one row: when, by which process, and what came of it."""

    __tablename__: ClassVar[Any] = "delivery_attempts"
    __table_args__: ClassVar[Any] = (
        Index("delivery_attempts_of", "outbox"),
        {"sqlite_autoincrement": True, "info": {"append_only": True}},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    outbox: int = Field(sa_type=Number)
    number: int = Field(sa_type=Integer)
    at: datetime = Field(sa_type=Instant)
    by: str = Field(sa_type=Word)
    outcome: str = Field(sa_type=Word)
    detail: str = Field(sa_type=Text)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


OUTBOX: Final = _table("outbox")
ATTEMPTS: Final = _table("delivery_attempts")


def post(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows in the caller's transaction, all columns but `id` given; how many were new.

    A row whose key stands already is left as it is.
    """
    given = list(rows)
    if not given:
        return 0
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(OUTBOX).on_conflict_do_nothing(index_elements=["key"]).returning(OUTBOX.c.id)
    return len(connection.execute(statement, given).all())
