"""One poll of the database a process, fanned out to everybody whose page is open.

Nothing is shared between processes but the database: what another replica wrote is met by the next look here.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

import psycopg
import structlog
from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from api.live.changes import Changes, Mark, changes_since, mark_now, newest_notice
from api.live.hearing import NOTHING, Hearing, hearing_of
from api.live.stopping import told_of_the_end
from handlers.access.scope import scope_on
from workflow import clock
from workflow.commands.asking import Actor
from workflow.database import Database

log = structlog.get_logger()

WAITING_MAX = 16
"""How many changes wait for one slow page; of more the oldest are lost, and it hears that all may differ."""

COUNT_ANEW_LOOKS = 10
"""Every so many looks open notices are counted even if none came: some may have been read elsewhere."""

PAUSE_SECONDS_MAX = 30.0
"""How long at most until the next look while the database does not answer."""

DATABASE_FAILS = (SQLAlchemyError, sqlite3.Error, psycopg.Error)

CountOpen = Callable[[Connection, Collection[str], date], Mapping[str, int]]
"""How many open notices each of these people has on a day; people without one may be left out."""


class FeedFull(Exception):
    """As many pages are followed already as this process allows, or it is about to end."""


@dataclass(eq=False)
class Follower:
    """One open page: who looks and hears what, what waits, how many open notices were told last."""

    actor: Actor
    hearing: Hearing = NOTHING
    open: int = 0
    lost: bool = False
    waiting: deque[Changes] = field(default_factory=lambda: deque(maxlen=WAITING_MAX))
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def person(self) -> str:
        """Whose notices are counted."""
        return self.actor.id

    def give(self, changes: Changes) -> None:
        """Let it hear of these changes; the oldest is lost where too many wait."""
        self.lost = self.lost or len(self.waiting) == WAITING_MAX
        self.waiting.append(changes)
        self.stirred.set()

    def take(self) -> list[Changes]:
        """What waits, in order; everything where something was lost."""
        taken = list(self.waiting)
        if self.lost:
            taken = [Changes(mark=taken[-1].mark, everything=True, letters=True)]
        self.waiting.clear()
        self.lost = False
        self.stirred.clear()
        return taken

    def count(self, open_notices: int) -> None:
        """Let it hear how many notices are open, if that is another number."""
        if open_notices != self.open:
            self.open = open_notices
            self.stirred.set()


class Feed:
    """Follows the database and tells every follower what concerns it."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        count_open: CountOpen,
        *,
        every_seconds: float,
        followers_max: int,
    ) -> None:
        self._database = database
        self._now = now
        self._count_open = count_open
        self._every = every_seconds
        self._followers_max = followers_max
        self._followers: set[Follower] = set()
        self._closed = asyncio.Event()
        # Threads of their own: requests that fill the common ones do not hold up the look, and many pages
        # that come back at once do not take every connection of the database.
        self._looking = CapacityLimiter(1)
        self._joining = CapacityLimiter(4)
        self._notice = 0
        self._looks = 0
        self.mark: Mark | None = None

    @property
    def closed(self) -> bool:
        """Whether nothing will be told any more."""
        return self._closed.is_set()

    def join(self, actor: Actor) -> Follower:
        """A new follower; raises FeedFull where there is no room."""
        if self.closed or len(self._followers) >= self._followers_max:
            raise FeedFull
        follower = Follower(actor)
        self._followers.add(follower)
        return follower

    def leave(self, follower: Follower) -> None:
        """It is told nothing any more."""
        self._followers.discard(follower)

    def close(self) -> None:
        """End every stream; no follower is taken any more. Safe to call twice."""
        self._closed.set()
        for follower in self._followers:
            follower.stirred.set()

    def since(self, before: Mark | None, actor: Actor) -> tuple[Changes, Hearing, int]:
        """What came after a mark, nothing without one, what of it this person hears, and how many open
        notices he has. Blocks.
        """
        with self._database.watch() as connection:
            found = self._changes(connection, before)
            hearing = hearing_of(connection, scope_on(actor, found.mark.day))
            counts = self._count_open(connection, (actor.id,), found.mark.day)
        return found, hearing, counts.get(actor.id, 0)

    async def begin(self, follower: Follower, before: Mark | None) -> Changes:
        """What a follower is told first: what came after its mark. What it hears and its count are set."""
        found, follower.hearing, follower.open = await to_thread.run_sync(
            self.since, before, follower.actor, limiter=self._joining
        )
        return found

    async def run(self) -> None:
        """Look until closed. A database that does not answer is asked again, less and less often."""
        pause = self._every
        try:
            while not await self._closed_within(pause):
                try:
                    await self.look()
                    pause = self._every
                except DATABASE_FAILS as error:
                    log.warning("live look failed", why=type(error).__name__)
                    pause = min(pause * 2, PAUSE_SECONDS_MAX)
        finally:
            self.close()

    async def look(self) -> None:
        """Look once and tell every follower what concerns it."""
        actors = frozenset(follower.actor for follower in self._followers)
        people = frozenset(actor.id for actor in actors)
        found, hearings, counts = await to_thread.run_sync(self._look, actors, people, limiter=self._looking)
        self.mark = found.mark
        for follower in self._followers:
            follower.hearing = hearings.get(follower.actor, follower.hearing)
        if found.everything or found.bodies or found.letters:
            for follower in self._followers:
                follower.give(found)
        if counts is not None:
            for follower in self._followers:
                if follower.person in people:
                    follower.count(counts.get(follower.person, 0))

    async def _closed_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._closed.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def _look(
        self, actors: Collection[Actor], people: Collection[str]
    ) -> tuple[Changes, Mapping[Actor, Hearing], Mapping[str, int] | None]:
        self._looks += 1
        with self._database.watch() as connection:
            found = self._changes(connection, self.mark)
            hearings = {}
            if found.everything or not all(found.bodies.values()):  # the roster, or a campaign as such
                hearings = {one: hearing_of(connection, scope_on(one, found.mark.day)) for one in actors}
            notice = newest_notice(connection)
            counts = None
            if notice != self._notice or found.everything or self._looks % COUNT_ANEW_LOOKS == 0:
                counts = self._count_open(connection, people, found.mark.day) if people else {}
                self._notice = notice
        return found, hearings, counts

    def _changes(self, connection: Connection, before: Mark | None) -> Changes:
        day = self._now().astimezone(clock.ZONE).date()
        if before is None:
            return Changes(mark=mark_now(connection, day))
        return changes_since(connection, before, day)


@asynccontextmanager
async def following(feed: Feed) -> AsyncIterator[None]:
    """The feed runs as long as the application; its streams end when the server is told to stop."""
    await feed.look()
    running = asyncio.create_task(feed.run(), name="live")
    try:
        with told_of_the_end(feed.close):
            yield
    finally:
        feed.close()
        await running
