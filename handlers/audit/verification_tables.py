"""The table of verifications: how far each has come, and what it found."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Integer, Table, Text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word


class VerificationRow(SQLModel, table=True):
    """One verification of the whole log; `touched_at` is when it last said how far it is.

    `step` counts from 1; `events` and `rows` are what was read so far, `told` the first things that do not
    hold, one a line, ids alone.
    """

    __tablename__: ClassVar[Any] = "verifications"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("state IN ('running', 'holds', 'broken', 'failed')", name="verifications_state"),
        {"sqlite_autoincrement": True},
    )

    verification: int | None = Field(default=None, primary_key=True, sa_type=Number)
    asked_at: datetime = Field(sa_type=Instant)
    asked_by: str = Field(sa_type=Word)
    touched_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    state: str = Field(sa_type=Word)
    step: int = Field(default=1, sa_type=Integer)
    events: int = Field(default=0, sa_type=Number)
    events_total: int = Field(default=0, sa_type=Number)
    rows: int = Field(default=0, sa_type=Number)
    broken: int = Field(default=0, sa_type=Number)
    told: str = Field(default="", sa_type=Text)


VERIFICATIONS: Final[Table] = SQLModel.metadata.tables["verifications"]
