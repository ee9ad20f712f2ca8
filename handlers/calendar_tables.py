"""Tables of the administrator's calendar: dated entries over the public holidays, told by the log."""

from datetime import date
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, Date, Index, Table, Text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Word


class CalendarChangeRow(SQLModel, table=True):
    """Every change of the calendar: proposed by one person, confirmed or withdrawn by another."""

    __tablename__: ClassVar[Any] = "calendar_changes"
    __table_args__: ClassVar[Any] = ({"info": {"read_model": True}},)

    change: str = Field(primary_key=True, sa_type=Word)
    stage: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    proposed_by: str = Field(sa_type=Word)
    proposed_on: date = Field(sa_type=Date)
    ended_by: str = Field(default="", sa_type=Word)
    ended_on: date | None = Field(default=None, sa_type=Date)


class CalendarDayRow(SQLModel, table=True):
    """One day as confirmed changes have it; of two words on a day and unit the later one stands.

    `what` is "off", "worked", "half" or "usual" (an earlier entry is taken back). `unit` is empty for
    everyone, else the body whose whole branch it is for.
    """

    __tablename__: ClassVar[Any] = "calendar_days"
    __table_args__: ClassVar[Any] = (
        Index("calendar_days_of", "unit", "day"),
        {"info": {"read_model": True}},
    )

    day: date = Field(primary_key=True, sa_type=Date)
    unit: str = Field(primary_key=True, sa_type=Word)
    what: str = Field(sa_type=Word)
    document: str = Field(sa_type=Text)
    provisional: bool = Field(sa_type=Boolean)
    change: str = Field(sa_type=Word)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


CALENDAR_CHANGES: Final = _table("calendar_changes")
CALENDAR_DAYS: Final = _table("calendar_days")
