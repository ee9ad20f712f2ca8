"""What a body may be, told before anything reads it: its size, its type, how deep its JSON goes.

A body that is too long is refused from its Content-Length, or, sent in chunks, at the chunk that crosses the
limit; no more than the limit is ever held.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import MEGABYTE, Settings

JSON = "application/json"
UPLOAD = "multipart/form-data"
API = "/api/"
UPLOADS = re.compile(r"/api/v1/(imports|calendar/readings)/?")
TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)

Refuse = Callable[[Request, int, str, str], Response]
"""Makes the answer for a status with the reason in Vietnamese and English; given by `api/problems.py`."""


class BodyLimits:
    """ASGI middleware in front of everything else."""

    def __init__(self, app: ASGIApp, settings: Settings, refuse: Refuse) -> None:
        self.app = app
        self.settings = settings
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body read, or answer 400, 413 or 415."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        limit = self._limit(kind)
        stated = headers.get("content-length", "")
        if stated.isdecimal() and (len(stated) > 18 or int(stated) > limit):
            await self._too_large(limit, scope, receive, send)
            return
        body = await _read(receive, limit)
        if body is None:
            await self._too_large(limit, scope, receive, send)
            return
        if body and scope["path"].startswith(API):
            wanted = UPLOAD if UPLOADS.fullmatch(scope["path"]) else JSON
            if kind != wanted:
                await self._wrong_type(wanted, scope, receive, send)
                return
            if kind == JSON and await run_in_threadpool(deeper_than, body, self.settings.json_depth_max):
                await self._too_deep(scope, receive, send)
                return
        await self.app(scope, _again(body, receive), send)

    def _limit(self, kind: str) -> int:
        if kind == UPLOAD:
            return self.settings.upload_bytes_max + MEGABYTE  # the envelope around the file
        return self.settings.json_bytes_max if kind == JSON else self.settings.form_bytes_max

    async def _too_large(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        megabytes = f"{limit / MEGABYTE:.1f}".rstrip("0").rstrip(".")
        answer = self.refuse(
            Request(scope),
            413,
            f"Nội dung gửi lên lớn hơn mức {megabytes} MB. Chia nhỏ rồi gửi từng phần.",
            f"The body is larger than the {megabytes} MB allowed. Send it in smaller parts.",
        )
        answer.headers["Connection"] = "close"
        await answer(scope, receive, send)

    async def _wrong_type(self, wanted: str, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.refuse(
            Request(scope),
            415,
            f"Nội dung gửi lên phải có Content-Type: {wanted}.",
            f"The body must be sent with Content-Type: {wanted}.",
        )
        await answer(scope, receive, send)

    async def _too_deep(self, scope: Scope, receive: Receive, send: Send) -> None:
        depth = self.settings.json_depth_max
        answer = self.refuse(
            Request(scope),
            400,
            f"JSON lồng nhau quá {depth} tầng.",
            f"The JSON is nested deeper than {depth} levels.",
        )
        await answer(scope, receive, send)


def deeper_than(body: bytes, limit: int) -> bool:
    """Whether more than `limit` brackets of a JSON text are open at once; those in strings do not count."""
    if body.count(b"[") + body.count(b"{") <= limit:
        return False
    depth = 0
    for token in TOKENS.finditer(body):
        first = token.group()[:1]
        if first in b"[{":
            depth += 1
            if depth > limit:
                return True
        elif first in b"]}":
            depth -= 1
    return False


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The whole body, None as soon as it is longer than the limit."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """Hands the body out once, then whatever the server says next (that the asker has gone)."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once
