"""A process that opens a campaign as long work, and is killed by a test in the middle of it."""

from __future__ import annotations

from multiprocessing.connection import Connection

from handlers import opening
from handlers.work import running
from handlers.work.book import OPENING
from handlers.work.carrying import Hands, carry
from handlers.work.orders import OpenCampaign
from handlers.work.running import Progress, carry_out
from tests.builders import CAMPAIGN, OPENED
from tests.town import Town
from tests.work.asking import asked
from workflow.database import Database
from workflow.rules.books import Books


class Told(Progress):
    """Says on a line when so many reviews are open, and waits for ever."""

    def __init__(self, said: Connection, upto: int) -> None:
        super().__init__()
        self._said, self._upto = said, upto

    def count(self, done: int, total: int) -> None:
        """As usual, until there are so many."""
        super().count(done, total)
        if done >= self._upto:
            self._said.recv()


def open_as_work(url: str, batch: int, upto: int, said: Connection) -> None:
    """Ask for the opening, say its number, carry it out up to so many reviews and hang."""
    opening.BATCH = batch
    running.TICK_SECONDS = 0.01  # type: ignore[misc]  # a process of the test alone
    town = Town.on(Database(url))
    town.now.put(OPENED)
    job, _ = asked(town, OPENING, OpenCampaign(campaign=CAMPAIGN))
    said.send(job.job)
    told = Told(said, upto)
    hands = Hands(engine=town.engine, books=Books())
    carry_out(town.database, town.engine.now, job.job, job.attempt, told, lambda: carry(hands, job, told))
