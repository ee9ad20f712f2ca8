"""Exact values of facts and their canonical JSON: whole numbers, Decimals, dates, texts, tuples of them."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# Tuples hold FactValues again; the type is written without recursion so that it stays readable.
FactValue = bool | int | Decimal | str | date | tuple[Any, ...]


def canonical(value: object) -> bytes:
    """Canonical JSON: sorted keys, UTF-8, no spaces, no floats. The same value gives the same bytes."""
    text = json.dumps(to_json(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def to_json(value: object) -> Any:
    """A value as JSON can hold it: Decimals and dates become one-key objects, tuples become lists."""
    if value is None or isinstance(value, (bool, str)):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_json(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form here: {value!r}")


def from_json(value: Any) -> Any:
    """The reverse of `to_json`; lists become tuples, other objects stay dicts."""
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if isinstance(value, dict):
        if value.keys() == {"decimal"}:
            return Decimal(value["decimal"])
        if value.keys() == {"date"}:
            return date.fromisoformat(value["date"])
        return {key: from_json(item) for key, item in value.items()}
    return value
