"""Processes that handle commands and say each answer only once they have it; tests run and kill them.

They are forked from one that has read the program once, so that a kill costs no more than what it kills.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from handlers import opening
from tests.builders import CAMPAIGN, OFFICER, OPENED, PREPARED, member
from tests.town import Town
from workflow.commands.preparing import FactEntry, RecordFacts
from workflow.database import Database

PRELOADED = [__name__, "tests.reminders.replicas"]
"""All work that is started here, wherever it stands: the first test that starts any reads it for all."""


def write(url: str, writer: int, times: int, said: Connection) -> None:
    """Record so many facts on one review, saying the id of each acknowledged command."""
    database = Database(url)
    town = Town.on(database)
    town.now.put(PREPARED)
    for number in range(times):
        document = f"BB {writer * 1_000_000 + number}"
        entry = FactEntry(fact="task.completion", value="good", on=PREPARED, document=document)
        command = RecordFacts(review=member("0104"), facts=(entry,))
        said.send(town.do(command, town.secretary("CB01")).command_id)
    database.close()


def open_so_far(url: str, batch: int, upto: int, said: Connection) -> None:
    """Open the campaign in small batches; say when so many reviews are there, and wait for ever."""
    opening.BATCH = batch

    def progress(done: int, _: int) -> None:
        if done >= upto:
            said.send(done)
            said.recv()

    town = Town.on(Database(url))
    town.now.put(OPENED)
    opening.open_campaign(town.engine, OFFICER, CAMPAIGN, progress)


def started(work: object, *told: object) -> tuple[ForkServerProcess, Connection]:
    """A process doing this work, and the end of the line on which it is heard."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    hears, says = context.Pipe()
    process = context.Process(target=work, args=(*told, says), daemon=True)  # type: ignore[arg-type]  # a function
    process.start()
    says.close()
    return process, hears


def heard(line: Connection) -> list[str]:
    """Everything still on the line until its other end is gone."""
    found: list[str] = []
    while True:
        try:
            found.append(line.recv())
        except (EOFError, ConnectionResetError):
            line.close()
            return found
