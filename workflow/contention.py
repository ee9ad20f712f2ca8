"""What may go wrong between two writers; whoever meets it starts again from the read.

Contention
├── Conflict   a stream is no longer at the version the writer had read
└── Retry      the database gave way to another writer: deadlock, lock wait, busy file
"""

from dataclasses import dataclass


class Contention(Exception):
    """Nothing was written. Read again, decide again, append again."""


@dataclass(eq=False)
class Conflict(Contention):
    """Somebody else appended to a stream after it was read."""

    stream: str
    expected: int
    actual: int

    def __str__(self) -> str:
        return f"{self.stream} stands at version {self.actual}, the append expected {self.expected}"


class Retry(Contention):
    """The database could not let this transaction through beside the others, in its own words."""
