"""Real servers for the tests of the live stream: processes of their own, and somebody who listens to them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx2

from api.actors import HEADER, actor_text
from workflow.commands.asking import Actor

WAIT_SECONDS = 120
"""How long a test waits for what has to come; nothing that works needs a tenth of it."""


@dataclass
class Server:
    """One running server, its address and its process."""

    address: str
    process: subprocess.Popen[bytes]

    def asking(self, actor: Actor | None) -> httpx2.Client:
        """A client that acts as this person."""
        headers = {HEADER: actor_text(actor)} if actor is not None else {}
        return httpx2.Client(base_url=self.address, headers=headers, timeout=WAIT_SECONDS)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop, as whoever runs it does, and wait: how it ended."""
        self.process.send_signal(number)
        return self.process.wait(WAIT_SECONDS)


@contextmanager
def serving(url: str, day: date, *options: str, **settings: object) -> Iterator[Server]:
    """A server on the database of this address whose clock starts in the morning of a day.

    It is given a socket that listens already, so whoever asks early waits in line rather than being refused.
    """
    told: dict[str, object] = {
        "DATABASE_URL": url,
        "DEVELOPMENT": 1,
        "CLOCK_STARTS_AT": f"{day.isoformat()}T10:00:00+07:00",
        "LIVE_EVERY_MILLISECONDS": 50,
    }
    given = {name.upper(): value for name, value in settings.items()}
    environment = os.environ | {f"KIEMDIEM_{name}": str(value) for name, value in (told | given).items()}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "--factory",
            "api.app:create_app",
            "--log-level",
            "warning",
        ]
        process = subprocess.Popen(
            [*command, "--fd", str(listening.fileno()), *options],
            env=environment,
            pass_fds=[listening.fileno()],
        )
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield Server(address, process)
    finally:
        process.kill()
        process.wait(WAIT_SECONDS)


@dataclass
class Heard:
    """One event of a stream."""

    id: str
    name: str
    data: dict[str, Any]


@dataclass
class Listener:
    """Somebody who listens to /live: what they heard, one event after the other."""

    answer: httpx2.Response
    heard: list[Heard] = field(default_factory=list)
    _lines: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._lines = self.answer.iter_lines()

    def next(self) -> Heard | None:
        """The next event; None where the stream has ended."""
        found: dict[str, str] = {}
        for line in self._lines:
            if line.startswith((":", "retry")):
                continue
            if line:
                name, _, value = line.partition(": ")
                found[name] = value
            elif found:
                self.heard.append(Heard(found["id"], found["event"], json.loads(found["data"])))
                return self.heard[-1]
        return None

    def until(self, name: str) -> Heard:
        """The next event of this name, whatever comes before it."""
        while (event := self.next()) is not None:
            if event.name == name:
                return event
        raise AssertionError(f"the stream ended before any {name}: {self.heard}")


@contextmanager
def listening(client: httpx2.Client, *, after: str = "", last: str = "") -> Iterator[Listener]:
    """An open stream, whose first events are not read yet."""
    headers = {"Last-Event-ID": last} if last else {}
    with client.stream("GET", "/live", params={"after": after} if after else {}, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        yield Listener(answer)
