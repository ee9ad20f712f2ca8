"""What a worked story left behind, for tests that look at pages under a regime other than that of 2016."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from handlers.cases.living import Life, StoryClock
from handlers.cases.running import read
from handlers.cases.shelves import Shelf
from handlers.gather import FactsFromTables
from handlers.registry import react
from workflow import clock
from workflow.database import Database
from workflow.engine import Engine
from workflow.folding import fold_stored
from workflow.log import Log
from workflow.review import Review

EXAMPLES = Path(__file__).parents[1] / "examples"


@dataclass
class Lived:
    """A story lived on a database: go on from where it ended."""

    database: Database
    engine: Engine
    now: StoryClock

    def put(self, day: date) -> None:
        """Go on to ten in the morning of a later day."""
        self.now.put(datetime.combine(day, time(10), clock.ZONE))

    def review(self, review: str) -> Review:
        """A review as its log tells it."""
        stream = f"review/{review}"
        with self.database.read() as connection:
            found = fold_stored(stream, Log(connection).read([stream])[stream])
        assert isinstance(found, Review), stream
        return found


def lived(database: Database, file: str, story: str, *, steps: int | None = None) -> Lived:
    """Live a story of tests/examples, or its first steps, those of its setting among them."""
    shelf = Shelf()
    found = read(EXAMPLES / file, shelf)
    assert not found.problems, found.problems
    chosen = next(one for one in found.stories if one.name == story)
    now = StoryClock()
    engine = Engine(database, gather=FactsFromTables(), react=react, now=now, load_rulebook=shelf.load)
    life = Life(chosen, engine, now)
    for step in chosen.steps[:steps]:
        wrong = life.step(step).wrong
        assert not wrong, wrong
    return Lived(database, engine, now)
