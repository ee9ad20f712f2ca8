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

from api.actors import Actors, NobodyActs
from api.answers import TheService
from api.permissions import may_open
from workflow.migrations.upgrade import configuration

router = APIRouter(tags=["health"])

Problem = Literal["database does not answer", "database needs migrating"]


class Health(BaseModel):
    """Whether it works; the rest is told to those who look after it.

    `migration` is the revision the database has, `newest` what it should have. `last_sweep` is when this
    process last swept and sent with nothing failing, `last_failure` when something last failed; both are left
    out before the first, and where this process does not sweep.
    """

    status: Literal["ok", "not ok"]
    problem: Problem | None = None
    database: str | None = None
    migration: str | None = None
    newest: str | None = None
    last_sweep: datetime | None = None
    last_failure: datetime | None = None


@router.get(
    "/health",
    summary="Whether the service can work",
    responses={503: {"model": Health}},
    response_model_exclude_none=True,
)
def health(request: Request, response: Response, service: TheService) -> Health:
    """200 when it can, 503 when not. Asks nobody who they are; why not, only those hear who look after it."""
    response.headers["Cache-Control"] = "no-store"
    problem, migration = _looked(service)
    status: Literal["ok", "not ok"] = "ok" if problem is None else "not ok"
    if problem is not None:
        response.status_code = 503
    if not _hears_details(request):
        return Health(status=status)
    timer = request.app.state.timer
    return Health(
        status=status,
        problem=problem,
        database=service.database.dialect,
        migration=migration,
        newest=_newest(),
        last_sweep=timer.last_ended if timer is not None else None,
        last_failure=timer.last_failed if timer is not None else None,
    )


def _looked(service: TheService) -> tuple[Problem | None, str | None]:
    """What is wrong, and the revision the database has."""
    try:
        with service.database.read() as connection:
            migration = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError:
        return "database does not answer", None
    return (None if migration == _newest() else "database needs migrating"), migration


def _hears_details(request: Request) -> bool:
    """Whether who asks looks after the service; nobody does while the database cannot tell who it is."""
    actors: Actors = request.app.state.actors
    try:
        return may_open(actors.of(request).role, "see_health_in_detail")
    except (NobodyActs, SQLAlchemyError):
        return False


@lru_cache(maxsize=1)
def _newest() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()
