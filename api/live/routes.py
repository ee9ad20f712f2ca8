"""The addresses of the live stream: /live tells what changed as it happens, /live/state when asked.

Both tell campaigns, codes of bodies and a count, and nothing about anybody. A page goes on from its mark: the
`Last-Event-ID` of a stream that broke off, or `after`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api import problems
from api.live.changes import Changes, Mark
from api.live.feed import Feed, FeedFull, Follower
from api.pages.visits import Looking

HEARTBEAT_SECONDS = 15.0
"""A comment is sent at least so often, so that neither proxy nor browser takes the stream for dead."""

RETRY_SECONDS = 15
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}

router = APIRouter(include_in_schema=False)

After = Annotated[str, Query(max_length=80)]


@router.get("/live", response_class=Response)
async def live(visit: Looking, after: After = "") -> Response:
    """What changes, as server-sent events; 503 where no more pages can be followed, and pages then ask.

    `change` says which campaigns and bodies, `notices` how many notices of the asker are open. The first
    events say what came after the mark given, and the count.
    """
    feed = _feed(visit.request)
    if feed is None:
        return _no_room(visit.request)
    try:
        follower = feed.join(visit.known)
    except FeedFull:
        return _no_room(visit.request)
    before = Mark.read(visit.request.headers.get("last-event-id", "")) or Mark.read(after)
    try:
        first = await feed.begin(follower, before)
    except BaseException:
        feed.leave(follower)
        raise
    return EventStream(feed, follower, first)


@router.get("/live/state", response_class=JSONResponse)
def live_state(visit: Looking, after: After = "") -> Response:
    """The same for those who ask: the mark now, what came after the one given, how many notices are open."""
    feed = _feed(visit.request)
    if feed is None:
        return _no_room(visit.request)
    found, hearing, count = feed.since(Mark.read(after), visit.known)
    told = hearing.told(found) or {"all": False, "campaigns": {}, "letters": False}
    return JSONResponse(
        {"mark": str(found.mark), "position": found.mark.position, "notices": count, **told}, headers=HEADERS
    )


class EventStream(StreamingResponse):
    """The stream of one follower, who leaves with it however it ends."""

    def __init__(self, feed: Feed, follower: Follower, first: Changes) -> None:
        super().__init__(_events(feed, follower, first), media_type="text/event-stream", headers=HEADERS)
        self._feed, self._follower = feed, follower

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the asker goes or the server stops."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._feed.leave(self._follower)


async def _events(feed: Feed, follower: Follower, first: Changes) -> AsyncIterator[str]:
    mark, told = str(first.mark), follower.open
    yield f"retry: {RETRY_SECONDS * 1000}\n\n" + _event(mark, "notices", {"open": told})
    if news := _news(first, follower):
        yield news
    while not feed.closed:
        try:
            await asyncio.wait_for(follower.stirred.wait(), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield ": \n\n"
            continue
        for changes in follower.take():
            mark = str(changes.mark)
            if news := _news(changes, follower):
                yield news
        if follower.open != told:
            told = follower.open
            yield _event(mark, "notices", {"open": told})


def _news(changes: Changes, follower: Follower) -> str:
    told = follower.hearing.told(changes)
    return _event(str(changes.mark), "change", told) if told else ""


def _event(mark: str, name: str, told: dict[str, Any]) -> str:
    return f"id: {mark}\nevent: {name}\ndata: {json.dumps(told, separators=(',', ':'))}\n\n"


def _feed(request: Request) -> Feed | None:
    """The feed while it runs."""
    feed: Feed | None = request.app.state.live
    return None if feed is None or feed.closed else feed


def _no_room(request: Request) -> Response:
    refused = problems.plain(
        request,
        503,
        f"Hiện không theo dõi trực tiếp thêm được. Trang sẽ tự hỏi lại; thử lại sau {RETRY_SECONDS} giây.",
        f"No more pages can be followed live now. Ask /live/state, or try again in {RETRY_SECONDS} seconds.",
    )
    refused.headers["Retry-After"] = str(RETRY_SECONDS)
    return refused
