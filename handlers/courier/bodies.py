"""What the body of a letter holds, as whoever posts it writes it and the channels read it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """So many items of one step of one body, at one rung: counts, days, a clause and a way in."""

    campaign: str
    organisation: str
    gate: str
    kind: str
    due_on: date
    safe_on: date
    items: int
    href: str
    rule: str = ""
    cite: str = ""
    hour: str = ""
    rung: str = ""
    rung_on: date | None = None
    late: bool = False


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A digest of one day, or a week's account of a whole branch with its sums in `summary`."""

    form: Literal["digest", "weekly"]
    day: date
    lines: tuple[Line, ...] = ()
    summary: dict[str, Any] = {}


_decoder = msgspec.json.Decoder(Body)


def body_of(text: str) -> Body:
    """The body of an outbox row. Raises msgspec.ValidationError or DecodeError for any other shape."""
    return _decoder.decode(text.encode())
