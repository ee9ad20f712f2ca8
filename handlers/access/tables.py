"""Tables of who may act as what by a word of the log: grants, delegations, declared conflicts of interest."""

from datetime import date
from typing import Any, ClassVar, Final

from sqlalchemy import Date, Index, Table, Text
from sqlmodel import Field, SQLModel

from workflow.stored_types import Word


class GrantRow(SQLModel, table=True):
    """A role at a body given to a person: proposed by one, confirmed, refused or later ended by another.

    It is held from `from_day` to `until_day`, both inclusive and the latter null where it is open, and not
    from `ended_on` on. `settled_by` confirmed or withdrew the proposal, or gave the role at set-up.
    """

    __tablename__: ClassVar[Any] = "grants"
    __table_args__: ClassVar[Any] = (
        Index("grants_of", "person"),
        Index("grants_at", "body", "role"),
        {"info": {"read_model": True}},
    )

    grant_id: str = Field(primary_key=True, sa_type=Word)
    stage: str = Field(sa_type=Word)
    role: str = Field(sa_type=Word)
    body: str = Field(sa_type=Word)
    person: str = Field(sa_type=Word)
    from_day: date = Field(sa_type=Date)
    until_day: date | None = Field(default=None, sa_type=Date)
    document: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    proposed_by: str = Field(sa_type=Word)
    proposed_on: date = Field(sa_type=Date)
    settled_by: str = Field(default="", sa_type=Word)
    settled_on: date | None = Field(default=None, sa_type=Date)
    ended_by: str = Field(default="", sa_type=Word)
    ended_on: date | None = Field(default=None, sa_type=Date)


class DelegationRow(SQLModel, table=True):
    """`holder` lets `person` act in his role at a body from `from_day` to `until_day`, both inclusive.

    It gives nothing on a day the holder does not hold the role himself, and nothing from `ended_on` on.
    """

    __tablename__: ClassVar[Any] = "delegations"
    __table_args__: ClassVar[Any] = (
        Index("delegations_to", "person"),
        Index("delegations_of", "holder"),
        {"info": {"read_model": True}},
    )

    delegation_id: str = Field(primary_key=True, sa_type=Word)
    stage: str = Field(sa_type=Word)
    holder: str = Field(sa_type=Word)
    role: str = Field(sa_type=Word)
    body: str = Field(sa_type=Word)
    person: str = Field(sa_type=Word)
    from_day: date = Field(sa_type=Date)
    until_day: date = Field(sa_type=Date)
    document: str = Field(default="", sa_type=Text)
    given_on: date = Field(sa_type=Date)
    ended_by: str = Field(default="", sa_type=Word)
    ended_on: date | None = Field(default=None, sa_type=Date)


class ConflictRow(SQLModel, table=True):
    """`person` is close to `subject`, a person or a body, or has an interest in the rating.

    It counts from its declaration on and not from `ended_on` on. The reason lies in `private_texts` under
    `reason_digest`; empty where none was given.
    """

    __tablename__: ClassVar[Any] = "conflicts"
    __table_args__: ClassVar[Any] = (
        Index("conflicts_of", "person"),
        Index("conflicts_with", "subject"),
        {"info": {"read_model": True}},
    )

    conflict_id: str = Field(primary_key=True, sa_type=Word)
    stage: str = Field(sa_type=Word)
    person: str = Field(sa_type=Word)
    subject: str = Field(sa_type=Word)
    kind: str = Field(sa_type=Word)
    body: str = Field(sa_type=Word)
    reason_digest: str = Field(default="", sa_type=Word)
    declared_by: str = Field(sa_type=Word)
    declared_on: date = Field(sa_type=Date)
    ended_by: str = Field(default="", sa_type=Word)
    ended_on: date | None = Field(default=None, sa_type=Date)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


GRANTS: Final = _table("grants")
DELEGATIONS: Final = _table("delegations")
CONFLICTS: Final = _table("conflicts")
