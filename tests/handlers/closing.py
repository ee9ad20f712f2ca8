"""Roster rows changed as the roster changes: the old row is closed, a new one takes its place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from tests.handlers.courier.posting import START


def replace_row(connection: Connection, table: Table, key: str, value: str, **changed: Any) -> None:
    """Close every standing row of this key and enter it again with other values."""
    standing = (table.c[key] == value, table.c.superseded_at.is_(None))
    old = connection.execute(select(table).where(*standing)).mappings().all()
    close_rows(connection, table, key, value)
    for row in old:
        kept = {name: entry for name, entry in row.items() if name != "row_id"}
        connection.execute(insert(table).values({**kept, **changed}))


def close_rows(connection: Connection, table: Table, key: str, value: str) -> None:
    """Close every standing row of this key."""
    connection.execute(
        update(table)
        .where(table.c[key] == value, table.c.superseded_at.is_(None))
        .values(superseded_at=START)
    )
