"""What every answer carries, pages, JSON, files and failures alike, and which names the service answers to.

A route that needs another value sets its own; what is here is added where it did not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import Settings

ALWAYS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What is said of an answer that says nothing itself: it loads nothing, is in no frame and kept nowhere."""

STRICT_TRANSPORT: Final = "max-age=31536000"
"""A year of https alone, said where the service is reached by https; subdomains are not ours to speak for."""

_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.IGNORECASE)

Refuse = Callable[[Request, int, str, str], Response]
"""Makes the answer for a status with the reason in Vietnamese and English; given by `api/problems.py`."""


class SafeHeaders:
    """ASGI application around the whole of ours, so that even an answer to a fault goes through it."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Refuse) -> None:
        self.app = app
        self.refuse = refuse
        self.secure = urlsplit(settings.public_url).scheme == "https"
        public = urlsplit(settings.public_url).hostname or ""
        self.names = frozenset(name.lower() for name in (public, *settings.allowed_hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421 to a name that is not ours; the headers are on either."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                if self.secure or scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
            await send(message)

        if self.answers_to(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, with_headers)
            return
        answer = self.refuse(
            Request(scope),
            421,
            "Dịch vụ này không có tên đó. Dùng địa chỉ mà người quản trị đã cho.",
            "This service has no such name. Use the address the administrator gave.",
        )
        await answer(scope, receive, with_headers)

    def answers_to(self, host: str) -> bool:
        """Whether a Host header names this service: by a name of the settings, a number, or one word.

        A page of somebody else can have its own name lead to our number (DNS rebinding); that name has a dot,
        which no number and no name of a machine in one's own network is.
        """
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found["name"].lower()
        return name in self.names or "." not in name or _is_number(name)


def _is_number(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
