"""Whether the service can work: the database answers and has the newest tables."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Literal

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from api.answers import TheService
from workflow.migrations.upgrade import configuration

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """`ok`, or what is wrong; `migration` is the revision the database has, `newest` what it should have.

    `last_sweep` is when this process last swept and sent with nothing failing, `last_failure` when something
    last failed; both empty before the first, and where this process does not sweep.
    """

    status: Literal["ok", "database does not answer", "database needs migrating"]
    database: str
    migration: str | None = None
    newest: str | None = None
    last_sweep: datetime | None = None
    last_failure: datetime | None = None


@router.get("/health", summary="Whether the service can work", responses={503: {"model": Health}})
def health(request: Request, response: Response, service: TheService) -> Health:
    """200 when it can, 503 when not. Asks nobody who they are and tells nothing of what is kept."""
    response.headers["Cache-Control"] = "no-store"
    newest = _newest()
    dialect = service.database.dialect
    try:
        with service.database.read() as connection:
            migration = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        response.status_code = 503
        return Health(status="database does not answer", database=dialect, newest=newest)
    if migration != newest:
        response.status_code = 503
        return Health(status="database needs migrating", database=dialect, migration=migration, newest=newest)
    timer = request.app.state.timer
    return Health(
        status="ok",
        database=dialect,
        migration=migration,
        newest=newest,
        last_sweep=timer.last_ended if timer is not None else None,
        last_failure=timer.last_failed if timer is not None else None,
    )


@lru_cache(maxsize=1)
def _newest() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()
