"""A person's own calendar address: made, and taken back. Reading it is in `api/feeds.py`."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.actors import Acting
from api.answers import REFUSED, TheService
from api.resources.settings_of import TheSettings
from handlers.feed import new_secret, revoke_secret

router = APIRouter(tags=["feed"])


class FeedOut(BaseModel):
    """The address to give to a calendar program. It is in this answer and in no other."""

    address: str = Field(examples=["https://kiemdiem.example.org/feeds/….ics"])


class RevokedOut(BaseModel):
    """Whether there was a feed."""

    revoked: bool


@router.post("/feed", status_code=201, responses=REFUSED, summary="A new calendar address of one's own")
def make_feed(actor: Acting, service: TheService, settings: TheSettings) -> FeedOut:
    """The address before it leads nowhere from now on."""
    with service.database.write() as connection:
        secret = new_secret(connection, actor.id, service.engine.now())
    return FeedOut(address=feed_address(settings.public_url, secret))


@router.post("/feed/revocation", responses=REFUSED, summary="Take the calendar address back")
def end_feed(actor: Acting, service: TheService) -> RevokedOut:
    """It leads nowhere from now on."""
    with service.database.write() as connection:
        return RevokedOut(revoked=revoke_secret(connection, actor.id, service.engine.now()))


def feed_address(public_url: str, secret: str) -> str:
    """The address a calendar program is given."""
    return f"{public_url.rstrip('/')}/feeds/{secret}.ics"
