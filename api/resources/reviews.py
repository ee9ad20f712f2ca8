"""Reviews: the register in pages, one review with what may follow, its replay and what was refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from api.actors import Acting
from api.answers import READ_REFUSED, TheService, etag
from api.asking import scope_of
from api.board_filter import StrictLevel, StrictSearch
from api.bodies import ID, Kind, one_of
from api.language import language_of
from api.resources.review_views import EventOut, RefusalOut, ReviewOut, event_out, refusal_out, review_out
from handlers.access.acting_for import with_delegations
from handlers.names import names_on
from handlers.replay import replay
from handlers.review_list import ReviewsAsked, review_rows
from handlers.telling.voice import Voice
from handlers.timeline import bodies_of, people_of
from states import review as life
from states.flags import FLAGS
from workflow import clock
from workflow.refusals import refusals_of
from workflow.rules.rulebook import Rulebook

router = APIRouter(tags=["reviews"], responses=READ_REFUSED)

PAGE_MAX = 500

ReviewId = Annotated[str, Path(pattern=ID)]
Stage = Annotated[str | None, one_of(life.EVERY), Query(json_schema_extra={"enum": [*life.EVERY]})]
Flag = Annotated[str | None, one_of(FLAGS), Query(json_schema_extra={"enum": [*FLAGS]})]
Show = Literal["late", "risk"]
SHOW: Final = (
    "late: a step of it is owed whose date has passed; risk: its last safe day has come, its date is ahead"
)


class ReviewRow(BaseModel):
    """One line of the register."""

    review: str
    campaign: str
    kind: str
    quality: str
    subject: str
    organisation: str
    superior: str
    stage: str
    rated: bool
    round: int
    level: str | None
    flags: list[str]
    version: int


class ReviewPage(BaseModel):
    """Some lines of the register, by review id; `next` is what `after` takes for the following page."""

    items: list[ReviewRow]
    next: str | None = None


class Events(BaseModel):
    """The replay of a review; `agrees` is false as soon as one finding comes out otherwise today."""

    review: str
    agrees: bool
    items: list[EventOut]


class Refusals(BaseModel):
    """Refused commands about a review, oldest first."""

    items: list[RefusalOut]


@router.get("/reviews", summary="The register, in pages")
def reviews(
    actor: Acting,
    service: TheService,
    campaign: Annotated[str | None, Query(pattern=ID)] = None,
    regime: Annotated[str | None, Query(pattern=ID, description="The rulebook of the campaign")] = None,
    kind: Kind | None = None,
    stage: Stage = None,
    organisation: Annotated[str | None, Query(pattern=ID)] = None,
    superior: Annotated[str | None, Query(pattern=ID)] = None,
    subject: Annotated[str | None, Query(pattern=ID)] = None,
    level: Annotated[StrictLevel, Query(description="Decided, else voted")] = None,
    flag: Flag = None,
    show: Annotated[Show | None, Query(description=SHOW)] = None,
    q: Annotated[StrictSearch, Query(description="Name or id of whom the review is about")] = None,
    after: Annotated[str | None, Query(pattern=ID, description="The last review of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 100,
) -> ReviewPage:
    """Every filter narrows; without one, all reviews the asker may see."""
    asked = ReviewsAsked(
        campaign=campaign,
        regime=regime,
        kind=kind,
        stage=stage,
        organisation=organisation,
        superior=superior,
        subject=subject,
        level=level,
        flag=flag,
        show=show,
        query=q,
        after=after,
    )
    scope = scope_of(service, actor)
    with service.database.read() as connection:
        rows = review_rows(connection, scope, asked, service.engine.now(), limit + 1)
    items = [
        ReviewRow.model_validate({**row, "flags": [name for name in row["flags"].split(",") if name]})
        for row in rows[:limit]
    ]
    return ReviewPage(items=items, next=items[-1].review if len(rows) > limit else None)


@router.get("/reviews/{review}", summary="One review, and what may follow by whom")
def review(
    review: ReviewId, request: Request, response: Response, actor: Acting, service: TheService
) -> ReviewOut:
    """The fold of its events, with its version as `ETag`."""
    today = service.engine.now().astimezone(clock.ZONE).date()
    shown = review_out(service.engine, review, actor, today, language_of(request))
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.get("/reviews/{review}/events", summary="The replay: every event, its findings judged again")
def events(
    review: ReviewId, request: Request, response: Response, actor: Acting, service: TheService
) -> Events:
    """The stage after each event, and each stored finding beside what it gives today."""
    with service.database.read() as connection:
        told = replay(connection, review)
        stored = [frame.stored for frame in told.frames]
        happened = [frame.event for frame in told.frames]
        day: date = stored[0].recorded_at.date()
        names = names_on(
            connection, day, people=people_of(happened, stored), bodies=bodies_of(happened, stored)
        )
        names = with_delegations(connection, names, stored, day)
        rulebooks: dict[str, Rulebook] = {
            rulebook: service.engine.rulebook(connection, rulebook)
            for rulebook in {one.rulebook_hash for one in stored} - {""}
        }
    language = language_of(request)
    items = []
    for frame in told.frames:
        rulebook = rulebooks.get(frame.stored.rulebook_hash)
        voice = Voice(language=language, names=names, rulebook=rulebook)
        items.append(event_out(frame, rulebook, voice))
    response.headers["ETag"] = etag(told.review.version)
    return Events(review=review, agrees=not told.differs, items=items)


@router.get("/reviews/{review}/refusals", summary="Commands about this review that were refused")
def refusals(review: ReviewId, actor: Acting, service: TheService) -> Refusals:
    """Who asked for what and which rules failed; the texts sent are not kept."""
    with service.database.read() as connection:
        return Refusals(items=[refusal_out(one) for one in refusals_of(connection, [f"review/{review}"])])
