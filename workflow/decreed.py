"""Working days swapped by decree, read from a file, each with its source."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("decreed_days.toml")


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day that is off and the Saturday or Sunday worked for it, by the document `source`."""

    day_off: date
    worked_day: date
    source: str


@dataclass(frozen=True, slots=True)
class Decreed:
    """The swaps, and the last year whose days off were announced when the file was written."""

    swaps: tuple[Swap, ...]
    last_year: int


@cache
def decreed_days() -> Decreed:
    """What the file says; it is read once."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    swaps = (Swap(one["day_off"], one["worked_day"], one["source"]) for one in told["swap"])
    return Decreed(tuple(swaps), told["last_year"])
