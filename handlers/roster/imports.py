"""Keeps each uploaded file as read until it is confirmed or turned down, and afterwards as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from handlers.roster.parsed import ParsedRoster
from handlers.roster.problems import ImportDecided, NoSuchImport
from handlers.roster_tables import IMPORTS

PREVIEWED, CONFIRMED, REJECTED = "previewed", "confirmed", "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredImport:
    """One upload. `parsed` is None once its content was erased."""

    import_id: str
    effective_on: date
    state: str
    parsed: ParsedRoster | None
    recorded_at: datetime
    recorded_by: str
    decided_at: datetime | None
    decided_by: str | None


def save_preview(
    connection: Connection, import_id: str, parsed: ParsedRoster, *, effective_on: date, at: datetime, by: str
) -> None:
    """Keeps a file that was read, problems included, for the page that shows what it would change."""
    connection.execute(
        insert(IMPORTS).values(
            import_id=import_id,
            file_name=parsed.file_name,
            file_sha256=parsed.file_sha256,
            effective_on=effective_on,
            state=PREVIEWED,
            content=parsed.to_json(),
            recorded_at=at,
            recorded_by=by,
        )
    )


def load_import(connection: Connection, import_id: str) -> StoredImport:
    """One upload by its id; raises `NoSuchImport`."""
    row = connection.execute(select(IMPORTS).where(IMPORTS.c.import_id == import_id)).mappings().first()
    if row is None:
        raise NoSuchImport(import_id)
    return StoredImport(
        import_id=row["import_id"],
        effective_on=row["effective_on"],
        state=row["state"],
        parsed=None if row["content"] is None else ParsedRoster.from_json(row["content"]),
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
    )


def decide_import(connection: Connection, import_id: str, state: str, *, at: datetime, by: str) -> None:
    """Marks an upload `confirmed` or `rejected`, once; raises `NoSuchImport` and `ImportDecided`."""
    assert state in (CONFIRMED, REJECTED), state
    done = connection.execute(
        update(IMPORTS)
        .where(IMPORTS.c.import_id == import_id, IMPORTS.c.state == PREVIEWED)
        .values(state=state, decided_at=at, decided_by=by)
    )
    if done.rowcount != 1:
        raise ImportDecided(import_id, load_import(connection, import_id).state)
