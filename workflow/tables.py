"""What the database keeps of the log and beside it; rows are written and read through SQLAlchemy Core.

These classes describe storage and check nothing: a table class of SQLModel accepts invalid data. The log is
filled by `log.py`, idempotency, refusals and rulebooks by the modules of those names.

A table marked `info={"append_only": True}` gets a trigger, on both databases, that refuses every change and
removal of a row (`migrations/write.py`).
"""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import (
    CheckConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word

NOTABLE: Final = (
    "ballot_reopened",
    "ballot_repeated",
    "count_corrected",
    "entry_corrected",
    "exception_authorised",
    "flag_raised",
    "review_annulled",
    "review_re_rated",
    "vote_corrected",
    "vote_turned_to_carried",
    "vote_turned_to_failed",
    "vote_turned_to_level",
)
"""Events that an auditor looks at one by one: departures from the rule and corrections."""

LATE_DAYS: Final = 3
"""What was entered within so many days of its act cannot be late: a late entry is later still."""

_NOTABLE: Final = text(f"name IN ({', '.join(repr(name) for name in NOTABLE)})")
_LATE_SQLITE: Final = text(f"julianday(recorded_at) - julianday(occurred_at) > {LATE_DAYS}")
_LATE_POSTGRESQL: Final = text(f"recorded_at - occurred_at > interval '{LATE_DAYS} days'")


def notable_events() -> TextClause:
    """The condition of the index `events_of_note`, word for word, so that a database uses it."""
    return _NOTABLE


def entered_late(dialect: str) -> TextClause:
    """The condition of the index `events_late`, word for word, so that a database uses it."""
    return _LATE_POSTGRESQL if dialect == "postgresql" else _LATE_SQLITE


class EventRow(SQLModel, table=True):
    """One event of the log, never changed and never removed.

    Hashes are stored as their 32 bytes: half the size of the hexadecimal text on a table that only grows, and
    one function away from it for an auditor (`hex(event_hash)`, `encode(event_hash, 'hex')`). `verdicts` and
    `data` are text and not a JSON type, because the hash is over their exact bytes and PostgreSQL's types
    would write them anew.
    """

    __tablename__: ClassVar[Any] = "events"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("stream", "version", name="events_stream_version"),
        CheckConstraint("version >= 1", name="events_version_from_1"),
        CheckConstraint("length(event_hash) = 32", name="events_event_hash_length"),
        CheckConstraint("length(previous_hash) IN (0, 32)", name="events_previous_hash_length"),
        # what an auditor asks for first is rare: two small indexes find it, and no other event pays for them
        Index("events_of_note", "name", "position", sqlite_where=_NOTABLE, postgresql_where=_NOTABLE),
        Index("events_late", "stream", sqlite_where=_LATE_SQLITE, postgresql_where=_LATE_POSTGRESQL),
        # AUTOINCREMENT: a position is never given twice, even after the newest row was lost.
        {"sqlite_autoincrement": True, "info": {"append_only": True}},
    )

    position: int | None = Field(default=None, primary_key=True, sa_type=Number)
    stream: str = Field(sa_type=Word)
    version: int = Field(sa_type=Integer)
    name: str = Field(sa_type=Text)
    schema_version: int = Field(sa_type=Integer)
    occurred_at: datetime = Field(sa_type=Instant)
    recorded_at: datetime = Field(sa_type=Instant)
    actor: str = Field(sa_type=Text)
    capacity: str = Field(sa_type=Text)
    command_id: str = Field(sa_type=Text)
    rulebook_hash: str = Field(sa_type=Text)
    verdicts: str = Field(sa_type=Text)
    data: str = Field(sa_type=Text)
    findings_digest: bytes | None = Field(default=None, sa_type=LargeBinary)
    event_hash: bytes = Field(sa_type=LargeBinary)
    previous_hash: bytes = Field(sa_type=LargeBinary)


class FindingsRow(SQLModel, table=True):
    """The findings of one event. Its event holds SHA-256(salt || body): both can be erased together."""

    __tablename__: ClassVar[Any] = "findings"
    __table_args__: ClassVar[Any] = ({"info": {"append_only": True}},)

    stream: str = Field(primary_key=True, sa_type=Word)
    version: int = Field(primary_key=True, sa_type=Integer)
    salt: bytes = Field(sa_type=LargeBinary)
    body: str = Field(sa_type=Text)


class HeadRow(SQLModel, table=True):
    """Where a stream stands, written with each append and checked against the log by `verify`."""

    __tablename__: ClassVar[Any] = "heads"

    stream: str = Field(primary_key=True, sa_type=Word)
    version: int = Field(sa_type=Integer)
    position: int = Field(sa_type=Number)
    event_hash: bytes = Field(sa_type=LargeBinary)


class GuardRow(SQLModel, table=True):
    """A row that exists to be locked, so that two commands about the same thing wait for each other."""

    __tablename__: ClassVar[Any] = "guards"

    key: str = Field(primary_key=True, sa_type=Word)


class IdempotencyRow(SQLModel, table=True):
    """The answer an accepted command was given, for the day the same key comes again."""

    __tablename__: ClassVar[Any] = "idempotency"

    actor: str = Field(primary_key=True, sa_type=Word)
    key: str = Field(primary_key=True, sa_type=Word)
    body_digest: bytes = Field(sa_type=LargeBinary)
    answer: str = Field(sa_type=Text)
    command_id: str = Field(sa_type=Text)
    recorded_at: datetime = Field(sa_type=Instant)


class RefusalRow(SQLModel, table=True):
    """One command that was refused: who asked for what, and every rule that failed."""

    __tablename__: ClassVar[Any] = "refusals"
    __table_args__: ClassVar[Any] = ({"sqlite_autoincrement": True, "info": {"append_only": True}},)

    id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    recorded_at: datetime = Field(sa_type=Instant)
    command: str = Field(sa_type=Text)
    command_id: str = Field(sa_type=Text)
    actor: str = Field(sa_type=Text)
    capacity: str = Field(sa_type=Text)
    refusal: str = Field(sa_type=Text)
    failing: str = Field(sa_type=Text)
    body_digest: bytes = Field(sa_type=LargeBinary)


class RefusedStreamRow(SQLModel, table=True):
    """A stream that a refused command was about, so that a review can show its refusals."""

    __tablename__: ClassVar[Any] = "refused_streams"
    __table_args__: ClassVar[Any] = ({"info": {"append_only": True}},)

    stream: str = Field(primary_key=True, sa_type=Word)
    refusal: int = Field(primary_key=True, sa_type=Number, foreign_key="refusals.id")


class RulebookRow(SQLModel, table=True):
    """The canonical bytes of a composed rulebook under their hash, kept for as long as the log."""

    __tablename__: ClassVar[Any] = "rulebooks"
    __table_args__: ClassVar[Any] = ({"info": {"append_only": True}},)

    hash: str = Field(primary_key=True, sa_type=Word)
    body: str = Field(sa_type=Text)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


EVENTS: Final = _table("events")
FINDINGS: Final = _table("findings")
HEADS: Final = _table("heads")
GUARDS: Final = _table("guards")
IDEMPOTENCY: Final = _table("idempotency")
REFUSALS: Final = _table("refusals")
REFUSED_STREAMS: Final = _table("refused_streams")
RULEBOOKS: Final = _table("rulebooks")
