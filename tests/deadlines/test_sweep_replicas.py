"""Several processes sweep one database at once: what they find together is what one alone finds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Connection, func, select

from deadlines.sweep import SweepDay, sweep
from deadlines.tables import REMINDERS
from handlers.gather import FactsFromTables
from handlers.registry import react
from handlers.reminding.run import SweepResult, sweep_once
from handlers.tables import CAMPAIGNS
from tests.builders import CAMPAIGN
from tests.swept import at, everything, reached, reminders
from tests.town import Town
from workflow.database import Database
from workflow.engine import Engine
from workflow.rules.rulebook import Rulebook

DAYS = (date(2017, 1, 11), date(2017, 1, 18), date(2017, 1, 25), date(2017, 2, 2), date(2017, 2, 6))


def test_five_replicas_at_once_find_what_one_finds(database_url: str) -> None:
    with opened(database_url) as town:
        town.now.put(date(2017, 2, 10))
        with ThreadPoolExecutor(5) as threads:
            barrier = Barrier(5)
            engines = [threads.submit(_replica, database_url, town, barrier) for _ in range(5)]
            found = [one.result() for one in engines]
        held = everything(town.database)
    days = [[results[n] for results in found] for n in range(len(DAYS))]
    for results in days:
        assert sum(result.reminders > 0 for result in results) == 1  # one found them, the others nothing
    assert len(held["reminders"]) == len({(name, rung) for name, rung, _, _ in held["reminders"]})
    assert len({key for key, _ in held["letters"]}) == len(held["letters"])
    assert sum(result.letters for results in found for result in results) == len(held["letters"])


def test_three_processes_at_once_find_what_one_finds(database_url: str) -> None:
    with opened(database_url) as town:
        for day in DAYS[:1]:
            running = [_process(database_url, day) for _ in range(3)]
            ended = [(process.wait(timeout=120), process) for process in running]
            for code, process in ended:
                assert process.stderr is not None
                assert code == 0, process.stderr.read()
                process.stderr.close()
        told = reminders(town.database)
    assert len(told) == len(set(told)) > 0
    assert {found for _, _, _, found in told} == {DAYS[0]}


def test_a_sweep_that_dies_before_its_commit_leaves_nothing_and_the_next_finds_all(
    database: Database,
) -> None:
    town = Town.on(database).open(base_committee=True)
    before = everything(database)

    def books(connection: Connection) -> dict[str, Rulebook]:
        pinned = connection.execute(select(CAMPAIGNS.c.rulebook_hash)).scalar_one()
        return {CAMPAIGN: town.engine.rulebook(connection, pinned)}

    def dies(connection: Connection, day: SweepDay) -> None:
        found = connection.execute(select(func.count()).where(REMINDERS.c.reminder > day.after)).scalar_one()
        raise SystemExit(f"gone with {found} reminders found")

    with pytest.raises(SystemExit, match="gone with 18 reminders"):
        sweep(database, at(DAYS[0]), open_books=books, follow=dies)
    assert everything(database) == before
    assert sweep_once(town.engine, at(DAYS[0])).reminders == 18


@contextmanager
def opened(database_url: str) -> Iterator[Town]:
    """The town on its database, two of its people with an address."""
    database = Database(database_url)
    try:
        town = Town.on(database).open(base_committee=True)
        reached(town, "0101")
        reached(town, "0201", language="en")
        yield town
    finally:
        database.close()


def _replica(database_url: str, town: Town, barrier: Barrier) -> list[SweepResult]:
    database = Database(database_url)
    try:
        engine = Engine(database, gather=FactsFromTables(), react=react, now=town.now)
        found = []
        for day in DAYS:
            barrier.wait(timeout=60)
            found.append(sweep_once(engine, at(day)))
        return found
    finally:
        database.close()


def _process(database_url: str, day: date) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from api.cli import main; main()", "sweep"]
    return subprocess.Popen(
        [*command, "--as-of", f"{day:%d/%m/%Y} 08:00", "--database", database_url],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
