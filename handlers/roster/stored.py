"""How records of the roster stand in its tables: which table, which columns, and a record back from a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Column, RowMapping, Table

from handlers.roster.records import (
    MembershipRecord,
    OrganisationRecord,
    PersonRecord,
    PositionRecord,
    Record,
)
from handlers.roster_tables import MEMBERSHIPS, ORGANISATIONS, PEOPLE, POSITIONS

AnyRecord = TypeVar("AnyRecord", bound=Record, covariant=True)

ERASED_NAME: Final = "(đã xóa)"
"""What is shown in place of a name that was erased."""


@dataclass(frozen=True, slots=True)
class StoredRow(Generic[AnyRecord]):
    """A record as one row says it. Valid from `valid_from` (inclusive) to `valid_to` (exclusive, None while
    open).
    """

    row_id: int
    record: AnyRecord
    valid_from: date
    valid_to: date | None
    digest: bytes

    @property
    def source(self) -> str:
        """How a finding names this row."""
        return f"roster row {self.row_id}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The table of one kind of record and its natural id."""

    table: Table
    key: Column[str]
    record: type[Record]


KEPT: Final[Mapping[str, Kept]] = {
    "organisation": Kept(ORGANISATIONS, ORGANISATIONS.c.organisation_id, OrganisationRecord),
    "person": Kept(PEOPLE, PEOPLE.c.person_id, PersonRecord),
    "membership": Kept(MEMBERSHIPS, MEMBERSHIPS.c.membership_id, MembershipRecord),
    "position": Kept(POSITIONS, POSITIONS.c.position_id, PositionRecord),
}


_NOT_READ = {"recorded_at", "recorded_by", "source", "superseded_at", "erased_at", "salt"}


def read_columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns `stored_row` needs; instants and salts are left where they are."""
    return tuple(column for column in table.columns if column.name not in _NOT_READ)


def stored_row(kind: str, row: RowMapping) -> StoredRow[Any]:
    """The record of a database row; an erased name is said to be erased."""
    values = {**row, "name": ERASED_NAME} if kind == "person" and row["name"] is None else row
    return StoredRow(
        row["row_id"], KEPT[kind].record.of(values), row["valid_from"], row["valid_to"], row["digest"]
    )


def new_row(
    kind: str,
    record: Record,
    *,
    valid_from: date,
    valid_to: date | None,
    at: datetime,
    by: str,
    source: str,
    salt: bytes,
    digest: bytes,
) -> dict[str, Any]:
    """The columns of a row to insert."""
    row = record.values()
    if kind in ("position", "membership"):
        row[f"{kind}_id"] = record.key
    return row | {
        "valid_from": valid_from,
        "valid_to": valid_to,
        "recorded_at": at,
        "recorded_by": by,
        "source": source,
        "superseded_at": None,
        "erased_at": None,
        "salt": salt,
        "digest": digest,
    }
