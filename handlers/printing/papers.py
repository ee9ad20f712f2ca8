"""What a paper of a meeting is made of, before it becomes a page or a workbook: plain values, no layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from handlers.names import without_marks

Cell = str | int | None
"""One cell of a table: words, a whole number, or left empty to be written in by hand."""

NAME_MAX = 80
"""How long the name of a file gets, its ending left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The block at the top: who issues it on the left, the Party's or the State's words on the right.

    The last line on the left and the first on the right stand in bold, the latter over a rule. `number` is
    the place for the document's number with its symbol, `place` the line of place and day.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    number: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table; `width` in characters of the body type, as in a workbook."""

    title: str
    width: int
    align: Literal["left", "center", "right"] = "left"
    small: bool = False
    """Only to look something up: set smaller, so that the row stays low."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with its caption, empty where the paper has one table alone."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    """Figures and sentences that belong to this table, said before it."""

    @property
    def width(self) -> int:
        """Of all columns together."""
        return sum(column.width for column in self.columns)


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """One place to sign: in which capacity, line by line, and the name below where it is known."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """The checkpoint the paper was made at: short for a look, full for a proof, in words of the reader."""

    short: str
    full: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One paper. `name` is its file's, without ending; `copies` how often it is printed, `per_sheet` how many
    fit on one A4, with a cut line between.
    """

    name: str
    head: Head
    title: str
    subtitle: str = ""
    opening: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    receivers: tuple[str, ...] = ()
    mark: Mark
    copies: int = 1
    per_sheet: int = 1

    @property
    def rows(self) -> int:
        """How many rows its tables have together."""
        return sum(len(table.rows) for table in self.tables)


def file_name(*parts: object) -> str:
    """Words as the name of a file: small letters without diacritics, digits, single hyphens.

    "Biên bản kiểm phiếu", "Chi bộ Kỹ thuật", 2025 gives "bien-ban-kiem-phieu-chi-bo-ky-thuat-2025". A name
    that is too long loses the end of its middle parts, never the last one.
    """
    plain = [_plain(str(part)) for part in parts]
    last = plain[-1]
    front = "-".join(part for part in plain[:-1] if part)[: NAME_MAX - len(last) - 1].strip("-")
    return "-".join(part for part in (front, last) if part)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", without_marks(text).lower()).strip("-")
