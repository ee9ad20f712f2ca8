"""What a condition is given and what it returns: facts and calendar in, an outcome out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from workflow.days import Calendar
from workflow.rules.facts import VOCABULARY, FactError, Facts
from workflow.rules.finding import Operand, Verdict
from workflow.rules.values import FactValue

CALENDAR_UNIT: Final = "calendar.unit"
"""The fact that names the unit whose own days count, empty where everyone's do."""


class Missing(Exception):
    """Facts a condition needs are not known; judging turns it into the verdict UNKNOWN."""

    def __init__(self, *names: str) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with the comparison that led to it, and the names still missing if it is UNKNOWN."""

    verdict: Verdict
    comparison: str
    missing: tuple[str, ...] = ()


Condition = Callable[..., Outcome]


class Case:
    """Facts and calendar for judging one rule. It remembers every fact that was read, in order.

    What is remembered is all the condition can have used, so the finding can be judged again from it.
    """

    __slots__ = ("_calendar", "_facts", "_read", "sought")

    def __init__(self, facts: Facts, calendar: Calendar) -> None:
        self._calendar = calendar
        self._facts = facts
        self._read: dict[str, Operand] = {}
        self.sought: set[str] = set()
        """Facts that were asked for and are not known."""

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Everything read or noted so far, in the order it was first used."""
        return tuple(self._read.values())

    @property
    def calendar(self) -> Calendar:
        """The calendar days are counted by: where units have days of their own, the one of this unit.

        Which unit that is, is a fact like others and stays among the operands. Missing when it is not known.
        """
        if not self._calendar.units:
            return self._calendar
        return self._calendar.of_unit(self.text(CALENDAR_UNIT))

    def get(self, name: str) -> FactValue | None:
        """The value of a fact, None when it is not known. FactError for a name nobody defined."""
        read = self._read.get(name)
        if read is not None:
            return read.value
        if name not in self._facts:
            if name not in VOCABULARY:
                raise FactError(f"{name} is not a fact of the vocabulary.")
            self.sought.add(name)
            return None
        fact = self._facts[name]
        self._read[name] = Operand(name=name, value=fact.value, source=fact.source)
        return fact.value

    def note(self, name: str, value: FactValue, source: str) -> None:
        """Keep a derived value (a day counted back, a total) beside the facts it came from."""
        self._read[name] = Operand(name=name, value=value, source=source)

    def need(self, *names: str) -> None:
        """Read several facts at once; Missing names all that are not known."""
        missing = tuple(name for name in names if self.get(name) is None)
        if missing:
            raise Missing(*missing)

    def day(self, name: str) -> date:
        """A day; Missing when it is not known."""
        value = self._known(name)
        if isinstance(value, date):
            return value
        raise _wrong(name, value)

    def flag(self, name: str) -> bool:
        """Yes or no; Missing when it is not known."""
        value = self._known(name)
        if isinstance(value, bool):
            return value
        raise _wrong(name, value)

    def number(self, name: str) -> int:
        """A whole number; Missing when it is not known."""
        value = self._known(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise _wrong(name, value)

    def points(self, name: str) -> Decimal:
        """Exact points; Missing when they are not known."""
        value = self._known(name)
        if isinstance(value, Decimal):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        raise _wrong(name, value)

    def text(self, name: str) -> str:
        """A word; Missing when it is not known."""
        value = self._known(name)
        if isinstance(value, str):
            return value
        raise _wrong(name, value)

    def items(self, name: str) -> tuple[Any, ...]:
        """A list; Missing when it is not known, which an empty list is not."""
        value = self._known(name)
        if isinstance(value, tuple):
            return value
        raise _wrong(name, value)

    def _known(self, name: str) -> FactValue:
        value = self.get(name)
        if value is None:
            raise Missing(name)
        return value


def verdict(holds: bool) -> Verdict:
    """HOLDS or FAILS."""
    return Verdict.HOLDS if holds else Verdict.FAILS


def _wrong(name: str, value: FactValue) -> FactError:
    return FactError(f"{name} is a {VOCABULARY[name].type.__name__}, not {value!r}.")
