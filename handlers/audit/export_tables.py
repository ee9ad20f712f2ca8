"""The table of exports: every time something left the service as a file, and on whose word."""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Index, Integer, Table, Text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word


class ExportRow(SQLModel, table=True):
    """One file that was made and handed out: who, acting as what, which file, cut down by what, how long.

    `filter` holds what was asked for as canonical JSON, ids and codes alone; `rows` counts the lines of the
    file that are about somebody or something, its head not counted.
    """

    __tablename__: ClassVar[Any] = "exports"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("rows >= 0", name="exports_rows"),
        Index("exports_of_actor", "actor", "at"),
        {"sqlite_autoincrement": True, "info": {"append_only": True}},
    )

    export: int | None = Field(default=None, primary_key=True, sa_type=Number)
    at: datetime = Field(sa_type=Instant, index=True)
    actor: str = Field(sa_type=Word)
    capacity: str = Field(sa_type=Text)
    body: str = Field(sa_type=Word)
    what: str = Field(sa_type=Word)
    filter: str = Field(sa_type=Text)
    rows: int = Field(sa_type=Integer)


EXPORTS: Final[Table] = SQLModel.metadata.tables["exports"]
