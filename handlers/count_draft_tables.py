"""The tables of a count that is being typed: rows that add up, kept until the count is recorded as a whole.

They are neither log nor read model: what lies here is work in progress of a counting team, changed and thrown
away freely. It holds how many papers a level got in all, as the minutes do, and nothing of any voter.
"""

from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Index, Integer, Table, Text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Word


class CountDraftRow(SQLModel, table=True):
    """The papers of one level of one row of a sheet."""

    __tablename__: ClassVar[Any] = "count_drafts"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("papers >= 0", name="count_drafts_papers"),
        Index("count_drafts_of", "campaign", "organisation"),
    )

    review: str = Field(primary_key=True, sa_type=Word)
    level: str = Field(primary_key=True, sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    papers: int = Field(sa_type=Integer)
    saved_by: str = Field(sa_type=Word)
    saved_at: datetime = Field(sa_type=Instant)


class CountDraftSheet(SQLModel, table=True):
    """The head of the sheet: what was handed out and collected, who counts, as fields of the form."""

    __tablename__: ClassVar[Any] = "count_draft_sheets"

    campaign: str = Field(primary_key=True, sa_type=Word)
    organisation: str = Field(primary_key=True, sa_type=Word)
    fields: str = Field(sa_type=Text)
    saved_by: str = Field(sa_type=Word)
    saved_at: datetime = Field(sa_type=Instant)


COUNT_DRAFTS: Final[Table] = SQLModel.metadata.tables["count_drafts"]
COUNT_DRAFT_SHEETS: Final[Table] = SQLModel.metadata.tables["count_draft_sheets"]
