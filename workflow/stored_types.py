"""Column types that mean the same on SQLite and on PostgreSQL, for every table of the service."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

Word: Final[TypeEngine[str]] = Text().with_variant(Text(collation="C"), "postgresql")
"""Ids and keys. Both databases compare them by their bytes, so an order, or a digest over one, agrees."""

Number: Final[TypeEngine[int]] = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits. SQLite counts a primary key up by itself only under the name INTEGER."""


def instant_text(instant: datetime) -> str:
    """The one written form of an instant: UTC, six digits of a second, `2016-12-01T03:04:05.000000Z`.

    Sorts as text in the order of time. Raises ValueError for an instant without a zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a zone: {instant!r}")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def instant_of(text: str) -> datetime:
    """The instant of a written form, in UTC. Raises ValueError for text that is none."""
    return datetime.fromisoformat(text)


class Instant(TypeDecorator[datetime]):
    """An aware instant: `timestamptz` on PostgreSQL, `instant_text` on SQLite; always read in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        chosen: TypeEngine[Any] = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(chosen)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | datetime | None:
        if value is None:
            return None
        text = instant_text(value)
        return text if dialect.name == "sqlite" else value

    def process_result_value(self, value: str | datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return instant_of(value) if isinstance(value, str) else value.astimezone(UTC)
