"""What changed between two looks at the database, by campaign and body and never by person.

A look is a handful of indexed statements. Positions are those of the log (decision 0007), so a look skips no
event, whichever replica wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Column, Connection, Table, func, select

from deadlines.tables import REMINDERS
from handlers.notice_tables import NOTICES
from handlers.tables import BALLOTS, BUNDLES, MEETINGS, PLANS, REVIEWS, REWARDS
from workflow.log import Log
from workflow.outbox import ATTEMPTS, OUTBOX
from workflow.tables import EVENTS

STREAMS_MAX = 500
EVENTS_MAX = 20_000
"""A look that finds more streams than this, or goes over more events, says that all may have changed."""

BODIES_MAX = 100
"""A campaign in which more bodies than this were touched is told as a whole."""

_FORM = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,18})-(\d{4}-\d\d-\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a look saw: the log, the reminders, the letters, and the day it was in Viet Nam.

    Its text is the event id of the stream; whoever comes back with it is told what came after.
    """

    position: int
    reminder: int
    sent: int
    day: date

    def __str__(self) -> str:
        return f"{self.position}-{self.reminder}-{self.sent}-{self.day.isoformat()}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark a text is; None for any other text."""
        found = _FORM.fullmatch(text)
        if found is None:
            return None
        try:
            day = date.fromisoformat(found[4])
        except ValueError:
            return None
        return cls(int(found[1]), int(found[2]), int(found[3]), day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What came up to `mark`. `bodies` are those touched, by campaign; an empty set is the whole campaign.

    Who may hear of which is said by api/live/hearing.py.
    """

    mark: Mark
    everything: bool = False
    letters: bool = False
    bodies: Mapping[str, frozenset[str]] = field(default_factory=dict)


def mark_now(connection: Connection, day: date) -> Mark:
    """How far everything is, inside `Database.watch`."""
    position = Log(connection).settled()
    newest = (
        select(func.coalesce(func.max(column), 0)).scalar_subquery()
        for column in (REMINDERS.c.reminder, OUTBOX.c.id, ATTEMPTS.c.id)
    )
    reminder, letter, attempt = connection.execute(select(*newest)).one()
    return Mark(position, reminder, letter + attempt, day)


def changes_since(connection: Connection, before: Mark, day: date) -> Changes:
    """What came after `before`, inside `Database.watch`; everything where that is too much to name.

    Everything also on another day than that of `before`, since pages count days, and where `before` is ahead
    of the log, as after a database was put back.
    """
    now = mark_now(connection, day)
    letters = now.sent != before.sent
    if day != before.day or now.position < before.position or now.reminder < before.reminder:
        return Changes(mark=now, everything=True, letters=letters)
    streams = _streams(connection, before.position, now.position)
    reminded = _reminded(connection, before.reminder, now.reminder)
    bodies = None if streams is None or reminded is None else _touched(connection, streams, reminded)
    if bodies is None:
        return Changes(mark=now, everything=True, letters=letters)
    return Changes(mark=now, letters=letters, bodies=_narrowed(bodies))


def newest_notice(connection: Connection) -> int:
    """The number of the newest notice; 0 without one."""
    return int(connection.execute(select(func.coalesce(func.max(NOTICES.c.notice), 0))).scalar_one())


def _streams(connection: Connection, after: int, upto: int) -> list[str] | None:
    """The streams with an event in after < position <= upto; None where they are too many."""
    if after == upto:
        return []
    if upto - after > EVENTS_MAX:
        return None
    found = connection.execute(
        select(EVENTS.c.stream)
        .where(EVENTS.c.position > after, EVENTS.c.position <= upto)
        .distinct()
        .limit(STREAMS_MAX + 1)
    ).scalars()
    streams = list(found)
    return streams if len(streams) <= STREAMS_MAX else None


def _reminded(connection: Connection, after: int, upto: int) -> list[tuple[str, str, str]] | None:
    """Campaign, body and superior of the reminders in after < reminder <= upto; None where too many."""
    if after == upto:
        return []
    found = connection.execute(
        select(REMINDERS.c.campaign, REMINDERS.c.organisation, REMINDERS.c.superior)
        .where(REMINDERS.c.reminder > after, REMINDERS.c.reminder <= upto)
        .distinct()
        .limit(STREAMS_MAX + 1)
    ).all()
    return [tuple(row) for row in found] if len(found) <= STREAMS_MAX else None


_CONCERNED: dict[str, tuple[Table, Column[str], tuple[Column[str], ...]]] = {
    "review": (REVIEWS, REVIEWS.c.review, (REVIEWS.c.organisation, REVIEWS.c.superior)),
    "meeting": (MEETINGS, MEETINGS.c.meeting, (MEETINGS.c.venue,)),
    "ballot": (BALLOTS, BALLOTS.c.ballot, (BALLOTS.c.organisation,)),
    "submission": (BUNDLES, BUNDLES.c.submission, (BUNDLES.c.organisation, BUNDLES.c.receiver)),
    "plan": (PLANS, PLANS.c.plan, (PLANS.c.organisation,)),
    "reward": (REWARDS, REWARDS.c.reward, (REWARDS.c.organisation, REWARDS.c.superior)),
}
"""By the first word of a stream: where its campaign stands, and the bodies whose pages show it."""


def _touched(
    connection: Connection, streams: Iterable[str], reminded: Iterable[tuple[str, str, str]]
) -> dict[str, set[str]] | None:
    """Campaign -> bodies, an empty name for the whole campaign; None for a stream no campaign has.

    The roster, the calendar and whatever is not known here concern everybody.
    """
    touched: dict[str, set[str]] = {}
    by_kind: dict[str, list[str]] = {}
    for stream in streams:
        kind, _, name = stream.partition("/")
        if kind == "campaign":
            touched.setdefault(name, set()).add("")
        elif kind == "lists":
            campaign, _, body = name.partition("/")
            touched.setdefault(campaign, set()).add(body)
        elif kind in _CONCERNED:
            by_kind.setdefault(kind, []).append(name)
        else:
            return None
    for kind, names in by_kind.items():
        table, key, columns = _CONCERNED[kind]
        rows = connection.execute(select(table.c.campaign, *columns).where(key.in_(names))).all()
        if len(rows) < len(names):
            return None
        for campaign, *bodies in rows:
            touched.setdefault(campaign, set()).update(bodies)
    for campaign, *bodies in reminded:
        touched.setdefault(campaign, set()).update(body for body in bodies if body)
    return touched


def _narrowed(touched: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {
        campaign: frozenset() if "" in bodies or len(bodies) > BODIES_MAX else frozenset(bodies)
        for campaign, bodies in touched.items()
    }
