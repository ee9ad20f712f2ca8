"""The book of deadlines: a row for every step that is owed, and one for every reminder that was due.

`deadlines` is a read model: what it says of a step follows from the log, the roster and the calendar of the
campaign. Three columns belong to the sweep and are set anew after a rebuild: `overdue`, `rung` and `next_on`.
`reminders` is what the sweep found, kept for ever, so that no rebuild and no second sweep reminds twice.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import Boolean, Date, Index, Integer, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word

_OPEN: Final = text("next_on IS NOT NULL")

STILL_OPEN: Final = text("done_on IS NULL AND NOT dropped")
"""Rows somebody still owes: the words of the index, which a query repeats so that it is used."""


class DeadlineRow(SQLModel, table=True):
    """One step owed by one review, meeting, submission, plan or unit, with the basis of its date.

    `deadline` is "{subject_kind}/{subject}/{gate}", followed by "/{rule}" where a step has several dates.
    `last_day` is the last day that meets the clause, itself counted; `ends_at` the first instant that does
    not; `safe_day` the last working day up to it (C-06). `unit` is the body whose own calendar days the dates
    were computed with, empty where everyone's were. `done_on` closes the row; `dropped` does where nothing is
    owed any more (an exempt person, a meeting called off).
    """

    __tablename__: ClassVar[Any] = "deadlines"
    __table_args__: ClassVar[Any] = (
        Index("deadlines_next", "campaign", "next_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "deadlines_ending",
            "campaign",
            "overdue",
            "ends_at",
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
        Index("deadlines_of_organisation", "campaign", "organisation", "gate"),
        Index("deadlines_of_subject", "subject_kind", "subject"),
        {"info": {"read_model": True}},
    )

    deadline: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    superior: str = Field(sa_type=Word)
    subject_kind: str = Field(sa_type=Word)
    subject: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    gate: str = Field(sa_type=Word)
    rule: str = Field(sa_type=Word)
    basis: str = Field(sa_type=Word)
    stated_day: date = Field(sa_type=Date)
    word: str = Field(sa_type=Text)
    hour: str = Field(default="", sa_type=Text)
    last_day: date = Field(sa_type=Date)
    ends_at: datetime = Field(sa_type=Instant)
    safe_day: date = Field(sa_type=Date)
    unit: str = Field(default="", sa_type=Word)
    provisional: bool = Field(sa_type=Boolean)
    opened_on: date = Field(sa_type=Date)
    done_on: date | None = Field(default=None, sa_type=Date)
    dropped: bool = Field(sa_type=Boolean)
    paused: bool = Field(sa_type=Boolean)
    overdue: bool = Field(sa_type=Boolean)
    rung: int = Field(sa_type=Integer)
    next_on: date | None = Field(default=None, sa_type=Date)


class ReminderRow(SQLModel, table=True):
    """One rung of the ladder of one deadline, found by the sweep; never changed.

    `rung` is "before:5", "day:0", "after:1" or "escalate:1"; `level` 0 means those responsible, n the n-th
    superior. `rung_on` is the day it was for, `found_on` the day it was found: later where nobody swept.
    """

    __tablename__: ClassVar[Any] = "reminders"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("deadline", "due_on", "rung", name="reminders_once"),
        Index("reminders_found", "found_on", "campaign", "organisation"),
        {"sqlite_autoincrement": True, "info": {"append_only": True}},
    )

    reminder: int | None = Field(default=None, primary_key=True, sa_type=Number)
    deadline: str = Field(sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    superior: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    gate: str = Field(sa_type=Word)
    rule: str = Field(sa_type=Word)
    due_on: date = Field(sa_type=Date)
    safe_on: date = Field(sa_type=Date)
    hour: str = Field(default="", sa_type=Text)
    rung: str = Field(sa_type=Word)
    level: int = Field(sa_type=Integer)
    rung_on: date = Field(sa_type=Date)
    found_on: date = Field(sa_type=Date)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


DEADLINES: Final = _table("deadlines")
REMINDERS: Final = _table("reminders")
