"""The calendar address: public, since calendar programs send no header; its secret alone opens it."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response
from sqlalchemy import Connection, select
from starlette.exceptions import HTTPException

from api.answers import TheService
from api.resources.settings_of import TheSettings
from api.wiring import Service
from handlers.feed import feed, reader_of
from handlers.tables import CAMPAIGNS
from workflow.clock import ZONE

router = APIRouter(include_in_schema=False)

KEPT = "private, no-cache"
"""Only the reader's own program may keep it, and asks each time whether it still holds."""


@router.get("/feeds/{secret}.ics")
def calendar(
    secret: str,
    service: TheService,
    settings: TheSettings,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """One person's calendar. An unknown or revoked secret is answered like any address nobody knows."""
    today = service.engine.now().astimezone(ZONE).date()
    with service.database.read() as connection:
        reader = reader_of(connection, secret)
        if reader is None:
            raise HTTPException(404)
        content = feed(
            connection,
            reader,
            today,
            public_url=settings.public_url,
            domain=settings.mail_domain,
            cites=lambda campaign: cites_of(service, connection, campaign),
        )
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": KEPT,
        "Content-Language": reader.language,
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }
    if if_none_match is not None and tag in (
        one.strip().removeprefix("W/") for one in if_none_match.split(",")
    ):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def cites_of(service: Service, connection: Connection, campaign: str) -> dict[str, str]:
    """The clause of every rule of a campaign's pinned rulebook."""
    pinned = connection.execute(
        select(CAMPAIGNS.c.rulebook_hash).where(CAMPAIGNS.c.campaign == campaign)
    ).scalar_one()
    return {rule.id: rule.cite for rule in service.engine.rulebook(connection, pinned).rules}
