"""Orders about the calendar: dated entries over the public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from workflow.commands.asking import Command

OFF: Final = "off"
WORKED: Final = "worked"
HALF: Final = "half"
USUAL: Final = "usual"
ANNOUNCED: Final = "announced"
WORDS: Final[tuple[str, ...]] = (OFF, WORKED, HALF, USUAL, ANNOUNCED)


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedDay:
    """One day and what it is, for everyone or for a unit with its whole branch.

    `usual` takes the earlier entry of that day and unit back. `announced`, on 01/01 and for everyone, says
    that the days off of the year are announced and no longer a forecast. `document` is left empty where it is
    the one of the whole change.
    """

    day: date
    what: str
    unit: str = ""
    provisional: bool = False
    document: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposeCalendarChange(Command):
    """Propose days of the calendar, by a document; nothing changes before another person confirms it."""

    change: str
    days: tuple[DatedDay, ...]
    document: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConfirmCalendarChange(Command):
    """Confirm proposed days: every campaign not yet closed takes the calendar with them, and dates move."""

    change: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawCalendarChange(Command):
    """Withdraw proposed days that nobody has confirmed."""

    change: str
    reason: str
