"""Replay: every stream of a large log read, decoded and folded from its first event, in one thread."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import URL

from bench.lives import life_of_cell
from bench.places import new_database
from bench.town import CAMPAIGN, opened
from handlers.folds import every_life
from workflow.commands.asking import Request
from workflow.database import Database
from workflow.event_hash import event_hash
from workflow.log_statements import COLUMNS
from workflow.review import Review

MEMBERS = 12
AT_ONCE = 20_000
TIMES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """The best of some replays of the same log."""

    database: str
    events: int
    streams: int
    seconds: float

    @property
    def a_second(self) -> float:
        """Events a second."""
        return self.events / self.seconds


def measure(kind: str, server: URL | None, *, events: int) -> Replayed:
    """A log of about so many events of reviews that were decided, each a copy of one the engine wrote."""
    with new_database(kind, server) as url:
        service = opened(url, cells=1, members=MEMBERS)
        for command, actor in life_of_cell(0, MEMBERS):
            service.engine.handle(Request(command=command, actor=actor))
        _multiply(service.database, events)
        seconds = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            with service.database.read() as connection:
                told = streams = 0
                for life in every_life(connection):
                    assert not life.broken, f"{life.stream}: {life.broken}"
                    told += life.body.version if isinstance(life.body, Review) else len(life.events)
                    streams += 1
            seconds.append(time.perf_counter() - begun)
        service.close()
    return Replayed(database=kind, events=told, streams=streams, seconds=min(seconds))


def _multiply(database: Database, events: int) -> None:
    """Copies of the reviews' streams under other names. Nothing but the fold reads them here."""
    postgresql = database.dialect == "postgresql"
    with database.read() as connection:
        found = connection.exec_driver_sql(
            f"SELECT {COLUMNS} FROM events WHERE stream LIKE 'review/{CAMPAIGN}.member.%' ".replace(
                "%", "%%" if postgresql else "%"
            )
            + "ORDER BY stream, version"
        ).all()
    lives: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in found:
        lives[row[0]].append(tuple(row))
    mark = "%s" if postgresql else "?"
    insert = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join([mark] * 15)})"
    copies = (
        (f"{stream}-{number}", *row[1:13], event_hash(f"{stream}{number}".encode()), row[14])
        for number in range(events // len(found) + 1)
        for stream, rows in lives.items()
        for row in rows
    )
    while part := list(islice(copies, AT_ONCE)):
        with database.write() as connection:
            cursor = connection.connection.cursor()
            cursor.executemany(insert, part)
            cursor.close()
