"""The language an answer is written in: Vietnamese unless the asker prefers English."""

from __future__ import annotations

from typing import Literal

from starlette.requests import HTTPConnection

Language = Literal["vi", "en"]


def language_of(request: HTTPConnection) -> Language:
    """The language `Accept-Language` prefers of the two; the header may be anything at all."""
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> Language:
    """`en` where English is wanted more than Vietnamese, else `vi`. RFC 9110, 12.5.4."""
    wanted: dict[str, float] = {}
    for part in header.split(","):
        tag, _, parameters = part.strip().partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in ("vi", "en", "*"):
            wanted[name] = max(wanted.get(name, 0.0), _quality(parameters))
    vietnamese = wanted.get("vi", 0.0)
    return "en" if wanted.get("en", 0.0) > vietnamese else "vi"


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if name.strip() == "q" and 0 <= quality <= 1 else 0.0
