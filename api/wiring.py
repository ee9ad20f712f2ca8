"""Builds the service: one database, one engine, handed what it needs from above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from handlers.boards.tree import RememberedTrees
from handlers.gather import FactsFromTables
from handlers.registry import react
from handlers.season.remembered import RememberedPlans
from handlers.work.running import Workers
from workflow import clock
from workflow.database import Database
from workflow.engine import Engine
from workflow.rules.books import Books


@dataclass(frozen=True, slots=True)
class Service:
    """What the API, the pages and the command line share."""

    database: Database
    engine: Engine
    books: Books = field(default_factory=Books)
    plans: RememberedPlans = field(default_factory=RememberedPlans)
    trees: RememberedTrees = field(default_factory=RememberedTrees)
    work: Workers = field(default_factory=Workers)

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()


def build(url: str, *, now: Callable[[], datetime] = clock.now, shelf: Path | None = None) -> Service:
    """The service on the database of this address; tables are brought to the newest revision first.

    `shelf` is a folder with layers of one's own beside the shipped rulebooks.
    """
    books = Books(shelf)
    database = Database(url)
    database.migrate()
    engine = Engine(database, gather=FactsFromTables(), react=react, now=now, load_rulebook=books.load)
    return Service(database, engine, books)
