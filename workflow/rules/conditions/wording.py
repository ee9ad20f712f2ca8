"""How comparisons are written: exact numbers, days as dd/mm/yyyy, the relation that is really so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def relation(left: int | Decimal, right: int | Decimal) -> str:
    """The sign that really stands between two numbers."""
    return "<" if left < right else "=" if left == right else ">"


def at_most(left: int | Decimal, right: int | Decimal) -> str:
    """≤ where the left is not greater, > where it is."""
    return "≤" if left <= right else ">"


def at_least(left: int | Decimal, right: int | Decimal) -> str:
    """≥ where the left is not smaller, < where it is."""
    return "≥" if left >= right else "<"


def more_than(left: int | Decimal, right: int | Decimal) -> str:
    """> where the left is greater, else ≤."""
    return ">" if left > right else "≤"


def points(value: Decimal) -> str:
    """89.5 as 89,5, without digits that say nothing."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
