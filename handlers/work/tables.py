"""The table of long work: who asked for what, how far it is, how it ended."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Index, Integer, Table, Text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word


class JobRow(SQLModel, table=True):
    """One piece of long work. `capacity` is "role@body" as whoever asked held it then.

    `orders` are what was asked for, as JSON, kept until it is done so that it can be gone on with; `attempt`
    counts the processes that took it. `step` counts from 1, `done` and `total` are what the step counts
    (0 of 0 where it cannot know). `outcome` is JSON of ids, numbers and sentences of refusals.
    """

    __tablename__: ClassVar[Any] = "jobs"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("state IN ('running', 'done', 'refused', 'failed')", name="jobs_state"),
        Index("jobs_key", "asked_by", "key", unique=True),
        Index("jobs_kind", "kind", "job"),
        {"sqlite_autoincrement": True},
    )

    job: int | None = Field(default=None, primary_key=True, sa_type=Number)
    kind: str = Field(sa_type=Word)
    key: str = Field(sa_type=Word)
    asked_at: datetime = Field(sa_type=Instant)
    asked_by: str = Field(sa_type=Word)
    capacity: str = Field(sa_type=Word)
    language: str = Field(sa_type=Word)
    orders: str = Field(sa_type=Text)
    leads_to: str = Field(default="", sa_type=Text)
    attempt: int = Field(default=1, sa_type=Integer)
    touched_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    state: str = Field(sa_type=Word)
    step: int = Field(default=1, sa_type=Integer)
    done: int = Field(default=0, sa_type=Number)
    total: int = Field(default=0, sa_type=Number)
    outcome: str = Field(default="{}", sa_type=Text)


JOBS: Final[Table] = SQLModel.metadata.tables["jobs"]
