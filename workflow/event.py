"""What an event is, and the register every event class enters under its stored name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened and can be told in one sentence. Subclasses hold what was known then."""


E = TypeVar("E", bound=Event)

EVENTS: dict[str, type[Event]] = {}
"""Every event class by its stored name."""

VERSIONS: dict[type[Event], int] = {}
"""The schema version each class is written with today."""

NAMES: dict[type[Event], str] = {}
"""The stored name of every event class."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str, *, version: int = 1) -> Callable[[type[E]], type[E]]:
    """Make a frozen event class and enter it in the register; a name is given only once."""

    def enter(cls: type[E]) -> type[E]:
        if name in EVENTS:
            raise ValueError(f"two events are called {name}")
        made = dataclass(frozen=True, kw_only=True, slots=True)(cls)
        EVENTS[name] = made
        VERSIONS[made] = version
        NAMES[made] = name
        return made

    return enter
