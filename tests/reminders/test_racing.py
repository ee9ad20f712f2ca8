"""A sweep and a command about one step at one moment: a step taken is not reminded of afterwards."""

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from api.demo.season import SetClock
from deadlines.sweep import SweepDay, sweep
from deadlines.tables import DEADLINES, REMINDERS
from handlers.gather import FactsFromTables
from handlers.registry import react
from handlers.reminding.run import sweep_once
from tests.builders import CAMPAIGN, FIRST
from tests.reminders.town import moment, reminded_town, reminders
from tests.town import Town
from workflow.commands.asking import Request
from workflow.database import Database
from workflow.decide import Extras
from workflow.engine import Engine
from workflow.gathering import Moved, React
from workflow.rules.rulebook import Rulebook

SWEPT, MET = date(2017, 1, 25), date(2017, 1, 19)
PATIENCE_SECONDS = 30.0


def ready(database: Database) -> Town:
    """The first cell is ready to meet; nothing was swept since before the first rung."""
    town = reminded_town(database)
    town.make_ready()
    sweep_once(town.engine, moment(date(2017, 1, 10)))
    return town


def open_votes(database: Database) -> int:
    """Votes of the first cell that are still owed."""
    with database.read() as connection:
        found = connection.execute(
            select(DEADLINES.c.deadline).where(
                DEADLINES.c.organisation == FIRST,
                DEADLINES.c.gate == "count_ballot",
                DEADLINES.c.kind == "individual",
                DEADLINES.c.done_on.is_(None),
            )
        )
        return len(found.all())


def votes_reminded(database: Database) -> Counter[str]:
    """How many votes of the first cell were reminded of at each rung."""
    return Counter(
        row.rung
        for row in reminders(database)
        if (row.organisation, row.gate, row.kind) == (FIRST, "count_ballot", "individual")
    )


def test_a_sweep_beside_a_step_being_taken_waits_or_passes_it_over(
    database: Database, database_url: str
) -> None:
    """The command has closed its rows and not committed when the sweep comes: they are not reminded of."""
    town = ready(database)
    written, go_on = threading.Event(), threading.Event()

    def held(connection: Connection, moved: Sequence[Moved], request: Request, extras: Extras) -> None:
        react(connection, moved, request, extras)
        written.set()
        assert go_on.wait(PATIENCE_SECONDS)

    with neighbour(town, database_url, held) as other, ThreadPoolExecutor(2) as threads:
        evening = town.evening(day=MET)
        step = threads.submit(other.do, evening, town.secretary(FIRST))
        assert written.wait(PATIENCE_SECONDS)
        swept = threads.submit(sweep_once, town.engine, moment(SWEPT))
        settle(swept)
        go_on.set()
        step.result(PATIENCE_SECONDS)
        swept.result(PATIENCE_SECONDS)
    assert open_votes(database) == 0
    assert votes_reminded(database) == {}
    # what was passed over and is still owed is found by the next sweep
    sweep_once(town.engine, moment(SWEPT))
    assert votes_reminded(database) == {}
    reported = [r.rung for r in reminders(database) if r.deadline == "review/2016.member.0104/submit"]
    assert reported == ["before:10", "before:5", "before:3"]


def test_a_step_taken_beside_a_sweep_comes_after_it(database: Database, database_url: str) -> None:
    """The sweep has written its reminders and not committed when the command comes: one, then the other."""
    town = ready(database)
    written, go_on = threading.Event(), threading.Event()

    def held(_connection: Connection, _day: SweepDay) -> None:
        written.set()
        assert go_on.wait(PATIENCE_SECONDS)

    book = {CAMPAIGN: Rulebook.load("duk_2016")}
    with neighbour(town, database_url, react) as other, ThreadPoolExecutor(2) as threads:
        swept = threads.submit(sweep, town.database, moment(SWEPT), open_books=lambda _: book, follow=held)
        assert written.wait(PATIENCE_SECONDS)
        step = threads.submit(other.do, town.evening(day=MET), town.secretary(FIRST))
        settle(step)
        assert not step.done(), "the rows of the sweep are its own until it is done"
        with database.read() as connection:
            assert connection.execute(select(REMINDERS.c.reminder)).all() == []
        go_on.set()
        result = swept.result(PATIENCE_SECONDS)
        step.result(PATIENCE_SECONDS)
    assert result.reminders > 0
    rungs = ("before:10", "before:5", "before:3", "before:1", "day:0")
    assert votes_reminded(database) == dict.fromkeys(rungs, 7)
    assert open_votes(database) == 0


@contextmanager
def neighbour(town: Town, url: str, react_: React) -> Iterator[Town]:
    """The same town on connections of its own, whose commands are followed by this."""
    database, now = Database(url), SetClock()
    now.put(MET, 20)
    engine = Engine(database, gather=FactsFromTables(), react=react_, now=now)
    yield Town(database, now, engine, town.cells)
    database.close()


def settle(future: Future[Any]) -> None:
    """Give the other one a moment to get as far as it can; it need not get far."""
    try:
        future.result(1.0)
    except TimeoutError:
        return
