"""The least a log can do: load the streams of a command, fold them, append the same bytes, commit.

No rules, no facts, no read models, no guards, no heads, no hashing: the rows are those the engine wrote,
hashes and findings included, written by two prepared statements in a transaction of the same `Database`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from workflow import bodies as lives
from workflow import codec
from workflow.database import Database
from workflow.folding import nothing
from workflow.log_statements import COLUMNS
from workflow.review import Review
from workflow.review import fold as fold_review


@dataclass(slots=True)
class Rows:
    """What one command appended: its streams, the rows of its events and of their findings."""

    streams: list[str] = field(default_factory=list)
    events: list[tuple[Any, ...]] = field(default_factory=list)
    findings: list[tuple[Any, ...]] = field(default_factory=list)


def newest_position(connection: Connection) -> int:
    """Where the log ends."""
    return int(connection.execute(text("SELECT max(position) FROM events")).scalar_one())


def appended_since(connection: Connection, position: int) -> dict[str, Rows]:
    """What each command appended behind a position, by command id."""
    columns = ", ".join(f"e.{name}" for name in COLUMNS.split(", "))
    found = connection.exec_driver_sql(
        f"SELECT {columns}, f.salt, f.body FROM events e "
        "LEFT JOIN findings f ON f.stream = e.stream AND f.version = e.version "
        f"WHERE e.position > {position} ORDER BY e.position"
    ).all()
    place = COLUMNS.split(", ").index("command_id")
    told: dict[str, Rows] = {}
    for command, group in groupby(found, key=lambda row: row[place]):
        rows = told.setdefault(command, Rows())
        for row in group:
            *event, salt, body = row
            if event[0] not in rows.streams:
                rows.streams.append(event[0])
            rows.events.append(tuple(event))
            if salt is not None:
                rows.findings.append((event[0], event[1], salt, body))
    return told


class Raw:
    """Load, fold and append on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        mark = "%s" if database.dialect == "postgresql" else "?"
        self._load = (
            f"SELECT stream, name, schema_version, data FROM events WHERE stream = {mark} ORDER BY version"
        )
        self._event = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join([mark] * 15)})"
        self._findings = (
            f"INSERT INTO findings (stream, version, salt, body) VALUES ({', '.join([mark] * 4)})"
        )

    def carry_out(self, rows: Rows) -> None:
        """One command's worth of work."""
        with self._database.write() as connection:
            cursor = connection.connection.cursor()
            for stream in rows.streams:
                cursor.execute(self._load, (stream,))
                events = [codec.decode(name, schema, data) for _, name, schema, data in cursor.fetchall()]
                start = nothing(stream)
                if isinstance(start, Review):
                    fold_review(start.id, events, start)
                else:
                    lives.fold(start, events)
            cursor.executemany(self._event, rows.events)
            if rows.findings:
                cursor.executemany(self._findings, rows.findings)
            cursor.close()
