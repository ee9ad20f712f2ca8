"""What if another rulebook ruled: a decided campaign judged under its own and a wholly different regime."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, Table, delete, insert, select

from api.wiring import Service
from bench.lives import life_of_cell
from bench.places import new_database
from bench.town import CAMPAIGN, cell_name, opened
from handlers.comparing.run import compare_rulebooks
from handlers.tables import BALLOTS, BUNDLES, DECLARATIONS, MEETINGS, REVIEWS, SESSIONS
from workflow.commands.asking import Request
from workflow.tables import EVENTS, FINDINGS

OTHER = "tkv_2018"
FIRST = cell_name(0)
MEMBER_OF_FIRST = re.compile(r"(?<![A-Za-z0-9])0000(\d{3})(?![0-9])")
CELLS_AT_ONCE = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """How long it took to judge a whole campaign under two regimes, in one thread."""

    database: str
    reviews: int
    different: int
    seconds: float


def measure(kind: str, server: URL | None, *, cells: int, members: int) -> Compared:
    """A town whose first cell is lived by commands; the lives of the other cells are copies of it."""
    with new_database(kind, server) as url:
        service = opened(url, cells=cells, members=members)
        for command, actor in life_of_cell(0, members):
            service.engine.handle(Request(command=command, actor=actor))
        _multiply(service, cells)
        other = service.books.load(OTHER)
        begun = time.perf_counter()
        found = compare_rulebooks(service.engine, CAMPAIGN, other, limit=100)
        seconds = time.perf_counter() - begun
        service.close()
    return Compared(
        database=kind, reviews=found.summary.reviews, different=found.summary.different, seconds=seconds
    )


def _multiply(service: Service, cells: int) -> None:
    """Give every cell the log, the findings and the rows of the first, under its own ids."""
    tables = (REVIEWS, SESSIONS, MEETINGS, BALLOTS, BUNDLES, DECLARATIONS)
    with service.database.read() as connection:
        events = _rows(connection, EVENTS, "stream", lambda row: row["version"] > 1 or _is_beside(row))
        findings = _rows(connection, FINDINGS, "stream", lambda row: True)
        rows = {table: _rows(connection, table, _key(table), lambda row: True) for table in tables}
    for start in range(1, cells, CELLS_AT_ONCE):
        part = range(start, min(start + CELLS_AT_ONCE, cells))
        with service.database.write() as connection:
            for table in (REVIEWS, SESSIONS):
                names = [row[_key(table)] for number in part for row in _moved(rows[table], number)]
                connection.execute(delete(table).where(table.c[_key(table)].in_(names)))
            for table, copied in ((EVENTS, events), (FINDINGS, findings), *rows.items()):
                fresh = [row for number in part for row in _moved(copied, number)]
                for row in fresh:
                    row.pop("position", None)
                if fresh:
                    connection.execute(insert(table), fresh)


def _key(table: Table) -> str:
    return next(iter(table.primary_key.columns)).name if table is not DECLARATIONS else "organisation"


def _is_beside(row: dict[str, Any]) -> bool:
    return not str(row["stream"]).startswith("review/")


def _rows(connection: Connection, table: Table, key: str, wanted: Any) -> list[dict[str, Any]]:
    """The rows about the first cell and its people."""
    found = (dict(row) for row in connection.execute(select(table)).mappings())
    return [row for row in found if _is_of_first(str(row[key])) and wanted(row)]


def _is_of_first(name: str) -> bool:
    return FIRST in name or MEMBER_OF_FIRST.search(name) is not None


def _moved(rows: list[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    code = cell_name(number)
    for row in rows:
        yield {
            name: MEMBER_OF_FIRST.sub(rf"{number:04}\1", value.replace(FIRST, code))
            if isinstance(value, str)
            else value
            for name, value in row.items()
        }
