"""Prints docs/events.md: every event the log can hold, its fields, its move and what reacts to it."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator

from handlers.registry import REACTIONS
from workflow import bodies, review
from workflow.event import EVENTS, VERSIONS, Event
from workflow.events import access as of_access
from workflow.events import calendar as of_calendar
from workflow.events import campaign as in_campaign
from workflow.events import meeting as at_meeting
from workflow.events import plan as of_plan
from workflow.events import review as in_review
from workflow.events import reward as of_reward
from workflow.events import submission as in_bundle

GROUPS = (
    ("Campaign, roster and lists", in_campaign),
    ("Review", in_review),
    ("Meeting and ballot", at_meeting),
    ("Submission", in_bundle),
    ("Remediation plan", of_plan),
    ("Reward", of_reward),
    ("Calendar", of_calendar),
    ("Grants, delegations, conflicts of interest", of_access),
)


def events() -> str:
    """The page."""
    parts = [
        "# Events",
        "",
        "Everything the log can hold. Printed from the code by `kiemdiem docs`.",
        "",
        "An event keeps what was known then. It has no names and no opinions: ids, days, levels and digests.",
    ]
    for title, module in GROUPS:
        parts += ["", f"## {title}"]
        for name, cls in EVENTS.items():
            if cls.__module__ == module.__name__:
                parts += ["", *_event(name, cls)]
    return "\n".join(parts) + "\n"


def _event(name: str, cls: type[Event]) -> Iterator[str]:
    yield f"### `{name}` ({cls.__name__}, version {VERSIONS[cls]})"
    yield ""
    yield (inspect.getdoc(cls) or "").replace("->", "→")
    yield ""
    yield f"Move: {_move(cls)}. Reactions: {_reactions(cls)}."
    fields = dataclasses.fields(cls)
    if fields:
        yield ""
        yield "| field | type | default |"
        yield "|---|---|---|"
        for field in fields:
            default = "" if field.default is dataclasses.MISSING else f"`{field.default!r}`"
            yield f"| `{field.name}` | `{_type(field.type)}` | {default} |"


def _move(cls: type[Event]) -> str:
    trigger = review.TRIGGERS.get(cls) or bodies.trigger_of(cls)
    return f"`{trigger}`" if trigger else "none"


def _reactions(cls: type[Event]) -> str:
    return ", ".join(f"`{reaction.__name__}`" for reaction in REACTIONS[cls]) or "none"


def _type(annotation: object) -> str:
    """The type as it is written; a bar would end the cell."""
    written = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    plain = str(annotation) if "[" in str(annotation) or "|" in str(annotation) else written
    return plain.replace("|", "or")
