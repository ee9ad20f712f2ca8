"""One address that takes a command: where it is, what it says, an example of what it takes."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.commands.asking import Command


@dataclass(frozen=True, slots=True)
class Door:
    """One POST address. What the path names in braces is left out of the body; `ETag` counts `stream`."""

    command: type[Command]
    path: str
    stream: str
    says: str
    example: Mapping[str, Any]
    makes: bool = False

    @property
    def in_path(self) -> tuple[str, ...]:
        """The fields of the command that stand in the address."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.path) if name)

    @property
    def tag(self) -> str:
        """The first noun of the address."""
        return self.path.split("/")[1]
