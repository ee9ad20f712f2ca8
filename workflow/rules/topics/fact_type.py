"""What the vocabulary says about one name."""

from __future__ import annotations

import builtins
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactType:
    """One name: its Python type, labels, closed choices, and the parts of an item when it is a tuple.

    `recordable` facts may be recorded by hand on a review; the others come from the roster, the log or the
    command. A `declared` list is known only once a body has declared it complete (C-15).
    """

    type: builtins.type
    vi: str
    en: str
    choices: tuple[str, ...] = ()
    item: tuple[builtins.type, ...] = ()
    recordable: bool = False
    declared: bool = False


def by_hand(kind: type, vi: str, en: str, choices: tuple[str, ...] = ()) -> FactType:
    return FactType(kind, vi, en, choices, recordable=True)


def listed(vi: str, en: str, *item: type, declared: bool = False) -> FactType:
    return FactType(tuple, vi, en, (), item, declared=declared)
