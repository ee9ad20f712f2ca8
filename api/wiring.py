"""Builds the service: one database, one engine, handed what it needs from above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.gather import FactsFromTables
from handlers.registry import react
from workflow import clock
from workflow.database import Database
from workflow.engine import Engine


@dataclass(frozen=True, slots=True)
class Service:
    """What the API, the pages and the command line share."""

    database: Database
    engine: Engine

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()


def build(url: str, *, now: Callable[[], datetime] = clock.now) -> Service:
    """The service on the database of this address; tables are brought to the newest revision first."""
    database = Database(url)
    database.migrate()
    return Service(database, Engine(database, gather=FactsFromTables(), react=react, now=now))
