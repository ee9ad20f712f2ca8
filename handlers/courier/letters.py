"""What the courier carries: a letter under a lease, what came of one try, and what a channel has to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy import Connection

Verdict = Literal["sent", "later", "never"]

DETAIL_MAX = 200
"""Characters kept of what a server answered."""

_ADDRESS = re.compile(r"[^\s<>@\"',;:()\[\]]+@(?P<domain>[A-Za-z0-9.-]+)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One row of the outbox taken under a lease; `attempts` counts this try too."""

    id: int
    key: str
    channel: str
    recipient: str
    campaign: str
    language: str
    body: str
    message_id: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try. `unreachable` says that the others of this channel would fare no better now."""

    verdict: Verdict
    detail: str = ""
    unreachable: bool = False


Tried = tuple[Letter, Outcome]
Sender = Callable[[Iterable[Letter]], Generator[Tried, None, None]]
"""Sends letters one by one, in their order, and says of each what came of it before it takes the next."""


class Channel(Protocol):
    """One way out of the building."""

    @property
    def name(self) -> str:
        """The word in the outbox's column `channel`."""

    def prepare(self, connection: Connection, letters: Sequence[Letter]) -> Sender:
        """Read all that these letters need, set by set; what is returned sends without the database."""


def later(detail: str, *, unreachable: bool = False) -> Outcome:
    """It did not go out this time; try again."""
    return Outcome("later", fit(detail), unreachable)


def never(detail: str) -> Outcome:
    """It can never go out as it is: trying again would only repeat the answer."""
    return Outcome("never", fit(detail))


def sent(detail: str = "") -> Outcome:
    """The other side took it."""
    return Outcome("sent", fit(detail))


def fit(text: str) -> str:
    """What a server said, for a column that everybody on the page may read: short, on one line, and with
    every address in it masked.
    """
    return _ADDRESS.sub(_masked, _CONTROL.sub(" ", text)).strip()[:DETAIL_MAX]


def masked(address: str) -> str:
    """An address as the pages show it: n…@example.org; empty stays empty."""
    return _ADDRESS.sub(_masked, address) if "@" in address else address[:1] + "…" * bool(address)


def _masked(found: re.Match[str]) -> str:
    return f"{found[0][0]}…@{found['domain']}"
