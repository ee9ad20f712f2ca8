"""Another rulebook, or another calendar, for a campaign that is open in the copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import Connection, delete, select, update

from deadlines.tables import DEADLINES
from handlers.deadline_moves import move_dates
from handlers.deadline_rows import keep_deadlines
from handlers.tables import CAMPAIGNS
from workflow import codec, kept_rulebooks
from workflow.folding import grown, nothing
from workflow.gathering import Moved
from workflow.log import Log
from workflow.rules.rulebook import Rulebook
from workflow.tables import HEADS

PART: Final = 500
"""Lives written into the book at a time."""


def swap_calendar(connection: Connection, campaign: str, after: Rulebook, today: date) -> None:
    """From this day on the campaign is dated by `after`: the same rulebook with another calendar."""
    _pin(connection, campaign, after)
    move_dates(connection, campaign, after, today)


def swap_rulebook(connection: Connection, campaign: str, after: Rulebook) -> None:
    """The campaign as it would be dated had it been opened under `after`; what was done stays done.

    The book is written anew from the events in the copy, all but the campaign's own, which pin the old one.
    """
    _pin(connection, campaign, after)
    connection.execute(delete(DEADLINES).where(DEADLINES.c.campaign == campaign))
    streams = connection.execute(
        select(HEADS.c.stream).where(HEADS.c.stream != f"campaign/{campaign}").order_by(HEADS.c.stream)
    )
    names = iter(streams.scalars().all())
    while part := list(islice(names, PART)):
        keep_deadlines(connection, list(_told(connection, part)))


def _pin(connection: Connection, campaign: str, after: Rulebook) -> None:
    kept = kept_rulebooks.keep(connection, after.canonical_bytes())
    connection.execute(update(CAMPAIGNS).where(CAMPAIGNS.c.campaign == campaign).values(rulebook_hash=kept))


def _told(connection: Connection, streams: list[str]) -> Iterator[Moved]:
    """Each life from its beginning to where it stands, in one step."""
    for stream, stored in Log(connection).read(streams).items():
        events = tuple(codec.decode(one.name, one.schema_version, one.data) for one in stored)
        before = nothing(stream)
        yield Moved(
            stream=stream, before=before, after=grown(before, events), events=events, stored=tuple(stored)
        )
