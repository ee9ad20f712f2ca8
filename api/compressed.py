"""Answers made smaller on their way: what is looked at, never what answers a form.

A page that says a secret once (a link, a code, a token) is the answer to a POST and goes as it is; the token
of forms is another in every page (`api/pages/forged.py`). So the length of what is compressed tells nothing
worth guessing for. See docs/decisions/0023-pages-are-compressed.md.
"""

from __future__ import annotations

from typing import Final

from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LEVEL: Final = 6
BYTES_MIN: Final = 1_000

ALREADY_SMALL: Final = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/octet-stream",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


class Compressed:
    """ASGI middleware: gzip for answers to GET, for whoever takes it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.smaller = GZipMiddleware(
            app, minimum_size=BYTES_MIN, compresslevel=LEVEL, exclude_content_types=ALREADY_SMALL
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, compressed where it only shows something."""
        shows = scope["type"] == "http" and scope["method"] == "GET"
        await (self.smaller if shows else self.app)(scope, receive, send)
