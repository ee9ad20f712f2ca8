"""Meetings, ballot sheets and submissions of a campaign: their lists, and one as its events tell it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel
from sqlalchemy import Connection, select

from api.actors import Acting
from api.answers import READ_REFUSED, TheService, etag
from api.asking import scope_of
from api.bodies import ID
from handlers.access.scope import Scope
from handlers.access.things import THINGS
from workflow.bodies import Ballot, Body, Meeting, Submission
from workflow.folding import fold_stored
from workflow.log import Log

router = APIRouter(responses=READ_REFUSED)

SomeId = Annotated[str, Path(pattern=ID)]
SomeCampaign = Annotated[str, Query(pattern=ID)]
SomeBody = Annotated[str | None, Query(pattern=ID)]
LIST_MAX = 5_000


class MeetingRow(BaseModel):
    """One meeting: where, when, how many items, planned or held."""

    meeting: str
    campaign: str
    venue: str
    day: date
    stage: str
    items: int
    version: int


class MeetingOut(BaseModel):
    """One meeting with its agenda in order and the chair of each item."""

    meeting: str
    version: int
    stage: str
    campaign: str
    organisation: str
    venue: str
    day: date
    agenda: list[str]
    chairs: list[str]


class BallotRow(BaseModel):
    """One sheet of papers."""

    ballot: str
    campaign: str
    organisation: str
    meeting: str
    day: date
    stage: str
    entitled: int
    valid: int
    version: int


class BallotOut(BaseModel):
    """One sheet with its rows and, once counted, papers in favour by review and level.

    `entitled` count in the denominator, `casting` were to get a paper; `secret` is null where the minutes do
    not state the form. `form` is "motion" or "columns", `count` "per_level" or "cumulative".
    """

    ballot: str
    version: int
    stage: str
    campaign: str
    organisation: str
    meeting: str
    day: date
    secret: bool | None
    form: str
    count: str
    round: int
    counters: list[str]
    entitled: int
    casting: int
    barred: int
    absent: int
    exempt_attending: int
    on_roll: int
    issued: int
    collected: int
    valid: int
    invalid: int
    motions: list[tuple[str, str]]
    tallies: list[tuple[str, str, int]]


class SubmissionRow(BaseModel):
    """One bundle and how far it is."""

    submission: str
    campaign: str
    organisation: str
    receiver: str
    stage: str
    kind: str
    sent_on: date
    rows: int
    decided: int
    version: int


class SubmissionOut(BaseModel):
    """One bundle: levels as voted, advised and decided by review; who was asked and who answered when."""

    submission: str
    version: int
    stage: str
    campaign: str
    organisation: str
    to: str
    kind: str
    on: date
    rows: dict[str, str]
    appraised: dict[str, str]
    decided: dict[str, str]
    returned: list[str]
    consulted: dict[str, date | None]
    reply_until: date | None


class Meetings(BaseModel):
    """Meetings by day."""

    items: list[MeetingRow]


class Ballots(BaseModel):
    """Sheets by day."""

    items: list[BallotRow]


class Submissions(BaseModel):
    """Bundles by the day they were sent."""

    items: list[SubmissionRow]


@router.get("/meetings", tags=["meetings"], summary="Meetings of a campaign")
def meetings(actor: Acting, service: TheService, campaign: SomeCampaign, venue: SomeBody = None) -> Meetings:
    """Planned and held, by day."""
    with service.database.read() as connection:
        rows = _rows(connection, "meeting", scope_of(service, actor), campaign, "day", {"venue": venue})
    return Meetings(items=[MeetingRow.model_validate(row) for row in rows])


@router.get("/meetings/{meeting}", tags=["meetings"], summary="One meeting")
def meeting(meeting: SomeId, response: Response, actor: Acting, service: TheService) -> MeetingOut:
    """With its version as `ETag`."""
    with service.database.read() as connection:
        found = _body(connection, f"meeting/{meeting}")
    assert isinstance(found, Meeting), "a meeting stream folds to a meeting"
    response.headers["ETag"] = etag(found.version)
    return MeetingOut(
        meeting=found.id,
        version=found.version,
        stage=found.stage,
        campaign=found.campaign,
        organisation=found.organisation,
        venue=found.venue,
        day=found.day,
        agenda=list(found.agenda),
        chairs=list(found.chairs),
    )


@router.get("/ballots", tags=["ballots"], summary="Ballot sheets of a campaign")
def ballots(
    actor: Acting, service: TheService, campaign: SomeCampaign, organisation: SomeBody = None
) -> Ballots:
    """Issued and counted, by day."""
    with service.database.read() as connection:
        rows = _rows(
            connection, "ballot", scope_of(service, actor), campaign, "day", {"organisation": organisation}
        )
    return Ballots(items=[BallotRow.model_validate(row) for row in rows])


@router.get("/ballots/{ballot}", tags=["ballots"], summary="One ballot sheet")
def ballot(ballot: SomeId, response: Response, actor: Acting, service: TheService) -> BallotOut:
    """Counts alone: who voted what is nowhere."""
    with service.database.read() as connection:
        found = _body(connection, f"ballot/{ballot}")
    assert isinstance(found, Ballot), "a ballot stream folds to a ballot"
    response.headers["ETag"] = etag(found.version)
    return BallotOut(
        ballot=found.id,
        version=found.version,
        stage=found.stage,
        campaign=found.campaign,
        organisation=found.organisation,
        meeting=found.meeting,
        day=found.day,
        secret=found.secret,
        form=found.form,
        count=found.count,
        round=found.round,
        counters=list(found.counters),
        entitled=found.entitled,
        casting=found.casting,
        barred=found.barred,
        absent=found.absent,
        exempt_attending=found.exempt_attending,
        on_roll=found.on_roll,
        issued=found.issued,
        collected=found.collected,
        valid=found.valid,
        invalid=found.invalid,
        motions=list(found.motions),
        tallies=[(review, level, votes) for (review, level), votes in found.tallies.items()],
    )


@router.get("/submissions", tags=["submissions"], summary="Submissions of a campaign")
def submissions(
    actor: Acting, service: TheService, campaign: SomeCampaign, organisation: SomeBody = None
) -> Submissions:
    """Sent, returned, appraised and decided, by the day they were sent."""
    with service.database.read() as connection:
        rows = _rows(
            connection,
            "submission",
            scope_of(service, actor),
            campaign,
            "sent_on",
            {"organisation": organisation},
        )
    return Submissions(items=[SubmissionRow.model_validate(row) for row in rows])


@router.get("/submissions/{submission}", tags=["submissions"], summary="One submission")
def submission(submission: SomeId, response: Response, actor: Acting, service: TheService) -> SubmissionOut:
    """Opinions are named by body and day; their texts are not shown here."""
    with service.database.read() as connection:
        found = _body(connection, f"submission/{submission}")
    assert isinstance(found, Submission), "a submission stream folds to a submission"
    response.headers["ETag"] = etag(found.version)
    return SubmissionOut(
        submission=found.id,
        version=found.version,
        stage=found.stage,
        campaign=found.campaign,
        organisation=found.organisation,
        to=found.to,
        kind=found.kind,
        on=found.on,
        rows=found.rows,
        appraised=found.appraised,
        decided=found.decided,
        returned=list(found.returned),
        consulted=found.consulted,
        reply_until=found.reply_until,
    )


def _rows(
    connection: Connection, what: str, scope: Scope, campaign: str, day: str, only: dict[str, str | None]
) -> list[dict[str, object]]:
    """The rows of a campaign in scope, by day."""
    thing = THINGS[what]
    table = thing.table
    chosen = (
        select(table)
        .where(table.c.campaign == campaign, thing.seen(scope))
        .order_by(table.c[day], thing.key)
        .limit(LIST_MAX)
    )
    for name, value in only.items():
        if value is not None:
            chosen = chosen.where(table.c[name] == value)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _body(connection: Connection, stream: str) -> Body:
    """The fold of a stream that is there and in scope, which the gate has seen to."""
    body = fold_stored(stream, Log(connection).read([stream])[stream])
    assert isinstance(body, Meeting | Ballot | Submission), "only these three are asked for here"
    return body
