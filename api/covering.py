"""Coverage of the shipped regulations, with the commands this software has."""

from __future__ import annotations

from workflow.decide import PLAIN, WITH_EXTRAS
from workflow.rules.coverage import Coverage, coverage
from workflow.rules.loading import HEADER, SHIPPED
from workflow.rules.register import Register, regime_of, registers
from workflow.rules.rulebook import Rulebook

COMMANDS = frozenset(cls.__name__ for cls in (*PLAIN, *WITH_EXTRAS))


def shipped() -> dict[str, Register]:
    """The registers of the regimes whose rulebook is shipped."""
    return {name: found for name, found in registers().items() if (SHIPPED / name / HEADER).is_file()}


def regime_in(book: Rulebook) -> str | None:
    """The regime a rulebook is of, also under local layers; None where no register has it."""
    named = (regime_of(row) for rule in book.rules if not rule.layer for row in rule.rows)
    found = next(named, book.id)
    return found if found in registers() else None


def coverage_of(book: Rulebook) -> Coverage | None:
    """The coverage of one rulebook; None where no register has its regime."""
    regime = regime_in(book)
    return None if regime is None else coverage(book, registers()[regime], COMMANDS)


def covered(regime: str) -> Coverage:
    """The coverage of one shipped regime. Raises RulebookRefused; KeyError where there is no register."""
    return coverage(Rulebook.load(regime), registers()[regime], COMMANDS)
