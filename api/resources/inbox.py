"""The inbox of whoever asks as JSON: reminders, marking them read, putting what they are about aside."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api.actors import Acting
from api.answers import READ_REFUSED, REFUSED, TheService
from api.bodies import Body, Day, Text
from handlers.reminding.inbox import mark_read, notices_of, open_count
from handlers.reminding.snoozing import snooze
from workflow import clock

router = APIRouter()

NUMBER_MAX = 2**62
Number = Annotated[int, Field(strict=True, ge=1, le=NUMBER_MAX)]


class NoticeOut(BaseModel):
    """So many items of one step of one body, at one rung of the ladder; `due_on` is the last day that counts.

    `level` 0 is told to those responsible, n to the n-th superior. `rung_on` is the day the reminder was for,
    `noticed_on` the day it was found.
    """

    model_config = ConfigDict(from_attributes=True)

    id: int
    campaign: str
    organisation: str
    body: str
    capacity: str
    kind: str
    gate: str
    rule: str
    due_on: date
    safe_on: date
    hour: str
    rung: str
    level: int
    rung_on: date
    noticed_on: date
    items: int
    is_read: bool
    is_owed: bool
    snoozed_until: date | None


class InboxOut(BaseModel):
    """Newest first; `open` counts what is unread, owed and not put aside. Go on with `before` = `next`."""

    open: int
    items: list[NoticeOut]
    next: int | None


class ReadIn(Body):
    """The notices that were read."""

    notices: list[Number] = Field(min_length=1, max_length=500)


class ReadOut(BaseModel):
    """How many of them were unread; those of other people are left as they are."""

    read: int


class SnoozeIn(Body):
    """What a notice is about is put aside: `until` itself reminds again, at the latest its last safe day."""

    notice: Number
    until: Day
    reason: Text = Field(min_length=1)


class SnoozeOut(BaseModel):
    """Until when it is put aside."""

    notice: int
    until: date


@router.get("/inbox", tags=["inbox"], responses=READ_REFUSED, summary="What the asker is reminded of")
def inbox(
    actor: Acting,
    service: TheService,
    owed_only: bool = False,
    before: Annotated[int | None, Query(ge=1, le=NUMBER_MAX)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> InboxOut:
    """The asker's own notices alone; `owed_only` leaves out what is done meanwhile or put aside."""
    today = service.engine.now().astimezone(clock.ZONE).date()
    with service.database.read() as connection:
        found = notices_of(connection, actor.id, today, owed_only=owed_only, before=before, limit=limit)
        count = open_count(connection, actor.id, today)
    return InboxOut(
        open=count,
        items=[NoticeOut.model_validate(notice) for notice in found],
        next=found[-1].id if len(found) == limit else None,
    )


@router.post("/inbox/reads", tags=["inbox"], responses=REFUSED, summary="Notices were read")
def read(body: ReadIn, actor: Acting, service: TheService) -> ReadOut:
    """Sending it twice is harmless."""
    with service.database.write() as connection:
        return ReadOut(read=mark_read(connection, actor.id, body.notices, service.engine.now()))


@router.post(
    "/inbox/snoozes", tags=["inbox"], status_code=201, responses=REFUSED, summary="Put a thing owed aside"
)
def put_aside(body: SnoozeIn, actor: Acting, service: TheService) -> SnoozeOut:
    """With a reason; superiors are told all the same, and nothing is put aside past its last safe day."""
    now = service.engine.now()
    with service.database.write() as connection:
        snooze(
            connection,
            actor.id,
            body.notice,
            until=body.until,
            reason=body.reason,
            today=now.astimezone(clock.ZONE).date(),
            at=now,
        )
    return SnoozeOut(notice=body.notice, until=body.until)
