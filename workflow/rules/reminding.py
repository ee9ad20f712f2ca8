"""On which days people are reminded of a deadline, and when the bodies above them hear of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Say = Callable[[str, str], None]
STEPS = ("before", "after", "escalate")
KEYS = frozenset({*STEPS, "on_day", "cite"})
STEPS_MAX, DAYS_MAX = 12, 250
"""So many rungs of one sort, and so many working days (about a year), are the most a ladder may have."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminding:
    """The ladder of reminders, in working days.

    `before` counts back from the last safe day, `on_day` is that day itself, `after` and `escalate` count on
    from the last legal day. The n-th number of `escalate` is when the n-th superior is told. No regulation
    says so: without `cite` it is this service's own default; a layer that sets another names its document.
    """

    before: tuple[int, ...] = (10, 5, 3, 1)
    on_day: bool = True
    after: tuple[int, ...] = (1,)
    escalate: tuple[int, ...] = (3, 8)
    cite: str = ""
    layer: str = ""


HOUSE = Reminding()


def read_reminding(table: Mapping[str, Any], below: Reminding, layer: str, say: Say) -> Reminding | None:
    """What a `[reminding]` table makes of the ladder below it; what it does not name stays as it was.

    None after `say(key, what)` was called for each thing wrong. `layer` is the folder that sets it.
    """
    wrong: list[str] = []

    def complain(key: str, what: str) -> None:
        wrong.append(key)
        say(key, what)

    for key in sorted(table.keys() - KEYS):
        complain(key, f"is none of {', '.join(sorted(KEYS))}")
    cite = table.get("cite")
    if not isinstance(cite, str) or not cite.strip():
        complain("cite", "is missing: whoever sets other days of reminding names the document")
    on_day = table.get("on_day", below.on_day)
    if not isinstance(on_day, bool):
        complain("on_day", "is true or false")
    steps = {name: _steps(name, table.get(name), getattr(below, name), complain) for name in STEPS}
    if not wrong and not (on_day or any(steps.values())):
        complain("before", "leaves no day at all: nobody would ever be reminded")
    if wrong:
        return None
    return Reminding(**steps, on_day=on_day, cite=str(cite), layer=layer)


def _steps(name: str, given: Any, below: tuple[int, ...], complain: Say) -> tuple[int, ...]:
    if given is None:
        return below
    if not isinstance(given, list) or any(type(days) is not int for days in given):
        complain(name, "is a list of whole numbers of working days")
        return below
    if any(days < 1 or days > DAYS_MAX for days in given):
        complain(name, f"counts working days from 1 to {DAYS_MAX}; the day itself is `on_day`")
    if len(given) > STEPS_MAX:
        complain(name, f"has {len(given)} days; {STEPS_MAX} are the most")
    falling = name == "before"
    if given != sorted(set(given), reverse=falling):
        order = "the longest first" if falling else "the shortest first"
        complain(name, f"gives each number once, {order}")
    return tuple(given)
