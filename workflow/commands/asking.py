"""Who asks, for what, and in which capacity: what every command has in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from states.roles import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who enters the command and the capacity acted in: a role held at a body."""

    id: str
    role: Role
    body: str

    @property
    def capacity(self) -> str:
        """`secretary@CB03`, as the log keeps it."""
        return f"{self.role}@{self.body}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """An order. What has a day of its own carries it; the day of entry is the machine's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewCommand(Command):
    """An order about one review."""

    review: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A command with who asks, the idempotency key and the version the asker saw, where given."""

    command: Command
    actor: Actor
    key: str | None = None
    expected_version: int | None = None
    language: str = field(default="vi")
