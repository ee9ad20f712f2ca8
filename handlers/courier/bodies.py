"""What the body of a letter holds, as whoever posts it writes it and the channels read it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec

from handlers.telling.owed import GATES

Rung = Annotated[str, msgspec.Meta(pattern=r"^((before|day|asked|after|escalate):[0-9]{1,3})?$")]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """So many items of one step of one body, at one rung: counts, days, a clause and a way in. `paused` of
    them rest in a suspended review, whose dates run on (C-34).
    """

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
    rung: Rung = ""
    rung_on: date | None = None
    late: bool = False
    paused: int = 0


RESET: Final = "reset"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A digest of one day, a week's account of a whole branch with its sums in `summary`, or the number of
    the one-time link for a forgotten password.
    """

    form: Literal["digest", "weekly", "reset"]
    day: date
    lines: tuple[Line, ...] = ()
    summary: dict[str, Any] = {}
    link: int = 0


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """Items open, overdue, safe only until the end of this week, and at risk at the present pace."""

    open: int
    overdue: int
    this_week: int
    at_risk: int


class Part(Sums, frozen=True, kw_only=True):
    """One body directly below, with everything beneath it."""

    organisation: str
    href: str


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """A day that so many bodies will miss at the present pace; the first of them are named."""

    day: date
    bodies: int
    named: tuple[str, ...] = ()


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """One campaign in the branch of one body."""

    campaign: str
    organisation: str
    href: str
    total: Sums
    children: tuple[Part, ...] = ()
    will_miss: tuple[Missed, ...] = ()


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """What `summary` of a weekly letter holds."""

    bodies: tuple[Branch, ...]


_decoder = msgspec.json.Decoder(Body)


def body_of(text: str) -> Body:
    """The body of an outbox row. Raises msgspec.MsgspecError for any other shape, or a step without words."""
    body = _decoder.decode(text.encode())
    unknown = {line.gate for line in body.lines} - set(GATES)
    if unknown:
        raise msgspec.ValidationError(f"no words for the step {min(unknown)}")
    if body.form == "weekly":
        week_of(body)
    return body


def week_of(body: Body) -> Week:
    """The sums of a weekly letter. Raises msgspec.MsgspecError where they are not what they should be."""
    return msgspec.convert(body.summary, Week)
