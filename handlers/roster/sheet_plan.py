"""What a sheet of a roster file is made of: columns, what each holds, and when it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a column holds, and so how its cells are read."""

    IDENTIFIER = "identifier"
    NAME = "name"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes_no"
    TYPE = "type"
    STATUS = "status"
    STAFF = "staff"
    POST = "post"
    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: its field name, the header we print, and other headers it is known by."""

    field: str
    header: str
    kind: Kind
    required: bool = False
    # Needed of members of the Party only: not where the row names the union a person belongs to.
    party_only: bool = False
    also: tuple[str, ...] = ()
    hint: str = ""

    @property
    def is_starred(self) -> bool:
        """Whether the printed header has a star: needed, of Party members at least."""
        return self.required or self.party_only


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPlan:
    """A sheet: its purpose, the title we print, other titles, and its columns in the template's order."""

    purpose: str
    title: str
    also: tuple[str, ...]
    columns: tuple[Column, ...]
    # A row with none of these filled is a note or a signature under the list, not an entry.
    telling: tuple[str, ...]

    def column(self, field: str) -> Column:
        """The column of a field; every field asked for exists."""
        return next(column for column in self.columns if column.field == field)
