"""Replicas of the service: processes that sweep and deliver at the instants they are handed, until killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from random import Random

from handlers.courier.run import deliver_all
from handlers.gather import FactsFromTables
from handlers.registry import react
from handlers.reminding.run import sweep_once
from tests.handlers.courier.posting import PutClock, mail_to
from tests.handlers.writing import started
from workflow.contention import Retry
from workflow.database import Database
from workflow.engine import Engine

PATIENCE_SECONDS = 120


def replica(url: str, port: int, name: str, said: Connection) -> None:
    """Sweep and deliver at every instant heard; say when both are done, or that others were in the way."""
    database = Database(url)
    clock = PutClock()
    engine = Engine(database, gather=FactsFromTables(), react=react, now=clock)
    channel = mail_to(port, clock)
    while True:
        clock.at = said.recv()
        try:
            sweep_once(engine, clock.at)
            deliver_all(database, clock, [channel], worker=name, limit=2)
        except Retry:
            said.send("gave way")
        else:
            said.send("done")


@dataclass
class Replicas:
    """So many replicas on one database and one mail server, killed and started anew at random."""

    url: str
    port: int
    random: Random
    alive: dict[str, tuple[ForkServerProcess, Connection]]
    names: int = 0
    kills: int = 0

    @classmethod
    def start(cls, url: str, port: int, number: int, random: Random) -> Replicas:
        """All of them, waiting for the first instant."""
        replicas = cls(url, port, random, {})
        for _ in range(number):
            replicas.one_more()
        return replicas

    def one_more(self) -> None:
        """A new process under a new name."""
        self.names += 1
        name = f"replica-{self.names}"
        self.alive[name] = started(replica, self.url, self.port, name)

    def live(self, at: datetime, *, kills: int = 0) -> None:
        """Hand an instant to all at once, kill some of them meanwhile, and wait for the others.

        Whoever was killed is started anew afterwards, and first hears of the next instant.
        """
        lines = {name: line for name, (_, line) in self.alive.items()}
        for line in lines.values():
            line.send(at)
        for name in self.random.sample(sorted(lines), kills):
            # a random while of counting, so that the kill comes before, in or after a transaction
            sum(range(self.random.randrange(600_000)))
            self.kill(name)
            lines.pop(name)
        for name, said in self._answers(lines).items():
            assert said in ("done", "gave way"), f"{name} says {said}"
        for _ in range(kills):
            self.one_more()

    def kill(self, name: str) -> None:
        """End a replica as a power cut does."""
        process, line = self.alive.pop(name)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join(30)
        assert process.exitcode == -signal.SIGKILL
        line.close()
        self.kills += 1

    def end(self) -> None:
        """End all of them."""
        for name in tuple(self.alive):
            self.kill(name)

    @staticmethod
    def _answers(lines: dict[str, Connection]) -> dict[str, str]:
        waiting = {line: name for name, line in lines.items()}
        found: dict[str, str] = {}
        while waiting:
            ready: Iterable[Connection] = wait(list(waiting), PATIENCE_SECONDS)  # type: ignore[assignment]  # lines
            assert ready, f"no answer from {sorted(waiting.values())}"
            for line in ready:
                found[waiting.pop(line)] = str(line.recv())
        return found
