"""Between events and the bytes the log keeps: canonical JSON out, any shape ever written back in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec

from workflow.event import EVENTS, NAMES, VERSIONS, Event
from workflow.events import (  # noqa: F401 - they enter the register
    access,
    calendar,
    campaign,
    meeting,
    plan,
    review,
    reward,
    submission,
)

_encoder = msgspec.json.Encoder(order="sorted")
_decode: dict[str, Callable[[bytes | str], Event]] = {
    name: msgspec.json.Decoder(cls).decode for name, cls in EVENTS.items()
}

Lift = Callable[[dict[str, Any]], dict[str, Any]]


def _without_an_hour(fields: dict[str, Any]) -> dict[str, Any]:
    """A bundle sent before the hour could be told."""
    return {**fields, "hour": None}


def _one_list_of_voters(fields: dict[str, Any]) -> dict[str, Any]:
    """A sheet issued before who counts and who casts were told apart, and before a team was named."""
    return {
        **fields,
        "form": "motion",
        "count": "per_level",
        "round": 1,
        "casting": fields["entitled"],
        "barred": 0,
        "absent": 0,
        "exempt_attending": 0,
        "voters": "",
        "counters": (),
        "barred_counters": 0,
    }


def _in_time_or_not_told(fields: dict[str, Any]) -> dict[str, Any]:
    """An opinion kept before it was told whether it came after its day."""
    return {**fields, "late": False}


LIFTS: dict[tuple[str, int], Lift] = {
    ("bundle_submitted", 1): _without_an_hour,
    ("ballot_issued", 1): _one_list_of_voters,
    ("opinion_received", 1): _in_time_or_not_told,
}
"""How an old shape becomes the next one: (event name, old schema version) -> function on its JSON object."""


class UnknownEvent(Exception):
    """The log holds an event this program does not know: a newer program wrote it, or it is no event."""


def encode(event: Event) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, no spaces; the same event gives the same bytes for ever."""
    return _encoder.encode(event)


def schema_of(event: Event) -> tuple[str, int]:
    """The stored name and the schema version an event is written with."""
    return NAMES[type(event)], VERSIONS[type(event)]


def decode(name: str, schema_version: int, data: bytes | str) -> Event:
    """The event as today's program knows it; older shapes are lifted step by step. UnknownEvent otherwise."""
    cls = EVENTS.get(name)
    newest = VERSIONS[cls] if cls is not None else 0
    if schema_version == newest:
        return _decode[name](data)
    if cls is None or schema_version > newest:
        raise UnknownEvent(f"{name} in shape {schema_version} is not known to this program")
    fields = json.loads(data)
    for version in range(schema_version, newest):
        fields = LIFTS[(name, version)](fields)
    return msgspec.convert(fields, cls)


def canonical(value: object) -> bytes:
    """Canonical JSON of a command or any plain value, for digests and stored answers."""
    return _encoder.encode(value)
