"""Tables of the roster: what is believed of bodies and people, since when it holds and since when we know it.

Every row keeps both times. `valid_from` (inclusive) and `valid_to` (exclusive, null while open) say when
it holds in the world; `recorded_at` and `superseded_at` say when we believed it. A row is never
overwritten: it is closed once, by `superseded_at`, and other rows are written beside it. Names, birth
dates and card numbers stand nowhere else, so that they can be erased together with the salt of the
digest the log keeps.

`info["closing"]` names the columns a closing may set, the first of which must go from null to a value;
`info["erasing"]` those an erasure sets to null, after its own mark. `closing_only` turns both into triggers.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from workflow.stored_types import Instant, Number, Word

_CURRENT: Final = text("superseded_at IS NULL")
_ENTRY_ERASED: Final = (
    "cause",
    "decided_on",
    "from_day",
    "to_day",
    "term_ends",
    "document",
    "violation",
    "charged",
    "disciplined",
    "duty_related",
)


def _arguments(name: str, natural: str, *extra: Any, erasing: Sequence[str] = ()) -> tuple[Any, ...]:
    """Constraints and indexes all roster tables share; `natural` is the column of the natural id."""
    return (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name=f"{name}_valid_period"),
        CheckConstraint("erased_at IS NOT NULL OR length(salt) = 32", name=f"{name}_salt_length"),
        CheckConstraint("length(digest) = 32", name=f"{name}_digest_length"),
        Index(f"{name}_{natural}", natural, "valid_from"),
        # One belief at a time of what began on a day.
        Index(
            f"{name}_current",
            natural,
            "valid_from",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        *extra,
        {
            "sqlite_autoincrement": True,
            "info": {"closing": ("superseded_at",), "erasing": ("erased_at", "salt", *erasing)},
        },
    )


class _Row(SQLModel):
    """The columns all roster tables share."""

    row_id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    valid_from: date = Field(sa_type=Date)
    valid_to: date | None = Field(default=None, sa_type=Date)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(sa_type=Text)
    source: str = Field(sa_type=Word)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)
    salt: bytes | None = Field(sa_type=LargeBinary, nullable=True)
    digest: bytes = Field(sa_type=LargeBinary)


class OrganisationRow(_Row, table=True):
    """A body of the tree over some days; `superior_id` is null at the top."""

    __tablename__: ClassVar[Any] = "roster_organisations"
    __table_args__: ClassVar[Any] = _arguments(
        "roster_organisations",
        "organisation_id",
        Index("roster_organisations_superior", "superior_id"),
    )

    organisation_id: str = Field(sa_type=Word)
    name: str = Field(sa_type=Text)
    type: str = Field(sa_type=Word)
    superior_id: str | None = Field(default=None, sa_type=Word)
    founded_on: date | None = Field(default=None, sa_type=Date)
    has_committee: bool | None = Field(default=None, sa_type=Boolean)
    is_joint: bool | None = Field(default=None, sa_type=Boolean)


class PersonRow(_Row, table=True):
    """A person over some days; the name is null only after an erasure, the status where it is not known."""

    __tablename__: ClassVar[Any] = "roster_people"
    __table_args__: ClassVar[Any] = _arguments(
        "roster_people",
        "person_id",
        CheckConstraint("erased_at IS NOT NULL OR name IS NOT NULL", name="roster_people_name"),
        erasing=("name", "birth_date", "card_number"),
    )

    person_id: str = Field(sa_type=Word)
    name: str | None = Field(sa_type=Text, nullable=True)
    status: str | None = Field(default=None, sa_type=Word)
    card_number: str | None = Field(default=None, sa_type=Word)
    birth_date: date | None = Field(default=None, sa_type=Date)
    admitted_on: date | None = Field(default=None, sa_type=Date)
    official_on: date | None = Field(default=None, sa_type=Date)
    is_staff: bool | None = Field(default=None, sa_type=Boolean)
    staff_kind: str | None = Field(default=None, sa_type=Word)
    direct_contact: bool | None = Field(default=None, sa_type=Boolean)


class MembershipRow(_Row, table=True):
    """On which roll a person stands over some days: a cell and the Party group inside it, or a union."""

    __tablename__: ClassVar[Any] = "roster_memberships"
    __table_args__: ClassVar[Any] = _arguments(
        "roster_memberships",
        "membership_id",
        Index("roster_memberships_organisation", "organisation_id"),
        Index("roster_memberships_person", "person_id"),
        CheckConstraint("kind IN ('official', 'temporary', 'union')", name="roster_memberships_kind"),
    )

    membership_id: str = Field(sa_type=Word)
    person_id: str = Field(sa_type=Word)
    organisation_id: str = Field(sa_type=Word)
    group_id: str | None = Field(default=None, sa_type=Word)
    joined_on: date | None = Field(default=None, sa_type=Date)
    kind: str = Field(default="official", sa_type=Word)


class PositionRow(_Row, table=True):
    """A post a person holds in a body; `held_from` and `held_to` (both inclusive) as the source states
    them.
    """

    __tablename__: ClassVar[Any] = "roster_positions"
    __table_args__: ClassVar[Any] = _arguments(
        "roster_positions",
        "position_id",
        Index("roster_positions_organisation", "organisation_id"),
        Index("roster_positions_person", "person_id"),
    )

    position_id: str = Field(sa_type=Word)
    person_id: str = Field(sa_type=Word)
    organisation_id: str = Field(sa_type=Word)
    post: str = Field(sa_type=Word)
    held_from: date | None = Field(default=None, sa_type=Date)
    held_to: date | None = Field(default=None, sa_type=Date)
    title: str | None = Field(default=None, sa_type=Text)


class ImportRow(SQLModel, table=True):
    """One uploaded file: what was read from it, and whether it was taken over or turned down."""

    __tablename__: ClassVar[Any] = "roster_imports"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("state IN ('previewed', 'confirmed', 'rejected')", name="roster_imports_state"),
        CheckConstraint("(state = 'previewed') = (decided_at IS NULL)", name="roster_imports_decided"),
        {
            "info": {
                "closing": ("decided_at", "decided_by", "state"),
                "erasing": ("erased_at", "content"),
            }
        },
    )

    import_id: str = Field(primary_key=True, sa_type=Word)
    file_name: str = Field(sa_type=Text)
    file_sha256: str = Field(sa_type=Word)
    effective_on: date = Field(sa_type=Date)
    state: str = Field(default="previewed", sa_type=Word)
    content: str | None = Field(sa_type=Text, nullable=True)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(sa_type=Text)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: str | None = Field(default=None, sa_type=Text)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)


class ListEntryRow(SQLModel, table=True):
    """An entry of a list whose emptiness counts as a fact once it is declared complete.

    `decided_on` (the day of a decision or conclusion, the day a complaint was received, a shortcoming found,
    a suggestion made) or the period `from_day`–`to_day` (both inclusive) says when; which of them is filled
    depends on the list. Decisions on one violation share its key in `violation` (C-60). `entry` is the id
    by which the log and a later settlement name the entry.
    """

    __tablename__: ClassVar[Any] = "list_entries"
    __table_args__: ClassVar[Any] = (
        CheckConstraint(
            "list IN ('discipline', 'violation', 'complaint', 'open_finding', 'sick_leave', 'suggestion', "
            "'mass_organisation', 'administration', 'subordinate')",
            name="list_entries_list",
        ),
        CheckConstraint(
            "from_day IS NULL OR to_day IS NULL OR to_day >= from_day", name="list_entries_period"
        ),
        CheckConstraint("erased_at IS NOT NULL OR length(salt) = 32", name="list_entries_salt_length"),
        CheckConstraint("length(digest) = 32", name="list_entries_digest_length"),
        UniqueConstraint("entry", name="list_entries_entry"),
        Index("list_entries_of", "campaign", "organisation", "list"),
        Index("list_entries_at", "organisation", "list"),
        Index("list_entries_violation", "violation"),
        Index("list_entries_subject", "subject"),
        {
            "sqlite_autoincrement": True,
            "info": {
                "closing": ("superseded_at",),
                "erasing": ("erased_at", "salt", *_ENTRY_ERASED),
            },
        },
    )

    row_id: int | None = Field(default=None, primary_key=True, sa_type=Number)
    entry: str = Field(sa_type=Word)
    campaign: str = Field(sa_type=Word)
    organisation: str = Field(sa_type=Word)
    list: str = Field(sa_type=Word)
    subject: str = Field(sa_type=Word)
    decided_on: date | None = Field(default=None, sa_type=Date)
    from_day: date | None = Field(default=None, sa_type=Date)
    to_day: date | None = Field(default=None, sa_type=Date)
    cause: str | None = Field(default=None, sa_type=Text)
    self_detected: bool | None = Field(default=None, sa_type=Boolean)
    term_ends: date | None = Field(default=None, sa_type=Date)
    document: str | None = Field(default=None, sa_type=Text)
    violation: str | None = Field(default=None, sa_type=Word)
    charged: str | None = Field(default=None, sa_type=Word)
    disciplined: bool | None = Field(default=None, sa_type=Boolean)
    duty_related: bool | None = Field(default=None, sa_type=Boolean)
    recorded_at: datetime = Field(sa_type=Instant)
    recorded_by: str = Field(sa_type=Text)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)
    salt: bytes | None = Field(sa_type=LargeBinary, nullable=True)
    digest: bytes = Field(sa_type=LargeBinary)


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


ORGANISATIONS: Final = _table("roster_organisations")
PEOPLE: Final = _table("roster_people")
MEMBERSHIPS: Final = _table("roster_memberships")
POSITIONS: Final = _table("roster_positions")
IMPORTS: Final = _table("roster_imports")
LIST_ENTRIES: Final = _table("list_entries")

ROSTER_TABLES: Final = (ORGANISATIONS, PEOPLE, MEMBERSHIPS, POSITIONS, IMPORTS, LIST_ENTRIES)
"""Tables whose rows may only be closed or erased, by trigger, on both databases."""


def closing_only(dialect: str, tables: Sequence[Table] = ROSTER_TABLES) -> Iterator[str]:
    """The statements that let rows be added, closed once and erased once, and nothing else."""
    for table in tables:
        closing: tuple[str, ...] = table.info["closing"]
        erasing: tuple[str, ...] = table.info["erasing"]
        same = [column.name for column in table.columns if column.name not in closing + erasing]
        allowed = " AND ".join(
            [
                *(_unchanged(name, dialect) for name in same),
                _only_with(closing[0], closing[1:], dialect, to_null=False),
                _only_with(erasing[0], erasing[1:], dialect, to_null=True),
            ]
        )
        write = _postgresql if dialect == "postgresql" else _sqlite
        yield from write(table.name, allowed)


def _only_with(mark: str, names: Sequence[str], dialect: str, *, to_null: bool) -> str:
    """The mark goes from null to a value, and these columns change with it; or none of them changes."""
    still = " AND ".join(_unchanged(name, dialect) for name in (mark, *names))
    marked = [f"OLD.{mark} IS NULL", f"NEW.{mark} IS NOT NULL"]
    if to_null:
        marked += [f"NEW.{name} IS NULL" for name in names]
    return f"(({still}) OR ({' AND '.join(marked)}))"


def _unchanged(name: str, dialect: str) -> str:
    same = "IS NOT DISTINCT FROM" if dialect == "postgresql" else "IS"
    return f'NEW."{name}" {same} OLD."{name}"'


def _sqlite(table: str, allowed: str) -> Iterator[str]:
    yield f"""
CREATE TRIGGER {table}_closing_only BEFORE UPDATE ON {table} WHEN NOT ({allowed})
BEGIN SELECT RAISE(ABORT, '{table} rows are closed, never changed'); END
"""
    yield f"""
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} rows are closed, never removed'); END
"""


def _postgresql(table: str, allowed: str) -> Iterator[str]:
    yield f"""
CREATE FUNCTION {table}_closing_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} rows are closed, never changed: % refused', TG_OP;
END $$
"""
    yield f"""
CREATE TRIGGER {table}_closing_only BEFORE UPDATE ON {table}
FOR EACH ROW WHEN (NOT ({allowed})) EXECUTE FUNCTION {table}_closing_only()
"""
    yield f"""
CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_closing_only()
"""
