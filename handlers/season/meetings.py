"""The meetings of a campaign: which kinds of reviews each planned one takes, and what a month holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from handlers.tables import MEETINGS
from states import meeting as meeting_life
from states import review as life
from workflow.bodies import Meeting
from workflow.folding import fold_stored
from workflow.log import Log

_KINDS = {"collective": life.COLLECTIVE, "organisation": life.ORGANISATION}


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingDay:
    """One meeting planned or held."""

    meeting: str
    venue: str
    day: date
    stage: str
    items: int


def planned_kinds(connection: Connection, campaign: str) -> Mapping[tuple[str, str], date]:
    """The day planned for the reviews of a kind at each venue, of several the first."""
    rows = connection.execute(
        select(MEETINGS.c.meeting).where(
            MEETINGS.c.campaign == campaign, MEETINGS.c.stage == meeting_life.PLANNED
        )
    ).scalars()
    streams = [f"meeting/{meeting}" for meeting in rows]
    found: dict[tuple[str, str], date] = {}
    for stream, told in (Log(connection).tell(streams) if streams else {}).items():
        meeting = fold_stored(stream, told)
        assert isinstance(meeting, Meeting), "a meeting stream folds to a meeting"
        for kind in {kind_of(review) for review in meeting.agenda}:
            key = (meeting.venue, kind)
            found[key] = min(meeting.day, found.get(key, meeting.day))
    return found


def meeting_days(connection: Connection, campaign: str, first: date, last: date) -> Iterator[MeetingDay]:
    """The meetings of a campaign between two days, both counted, by day and venue; none called off."""
    rows = connection.execute(
        select(MEETINGS.c.meeting, MEETINGS.c.venue, MEETINGS.c.day, MEETINGS.c.stage, MEETINGS.c["items"])
        .where(
            MEETINGS.c.campaign == campaign,
            MEETINGS.c.day.between(first, last),
            MEETINGS.c.stage.in_((meeting_life.PLANNED, meeting_life.HELD)),
        )
        .order_by(MEETINGS.c.day, MEETINGS.c.venue, MEETINGS.c.meeting)
    )
    for row in rows:
        yield MeetingDay(meeting=row.meeting, venue=row.venue, day=row.day, stage=row.stage, items=row.items)


def kind_of(review: str) -> str:
    """The kind of a review, from its id: 2016.member.0012 is about a person."""
    _, quality, *_ = (*review.split(".", 2), "")
    return _KINDS.get(quality, life.INDIVIDUAL)
