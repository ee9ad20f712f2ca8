"""The application: one service, its JSON under /api/v1, its pages, its static files, its refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from importlib.metadata import version
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from api import docs, feeds, problems
from api.actors import NamedByTheAsker
from api.answers import PROBLEM_SCHEMA
from api.compressed import Compressed
from api.gate import gate
from api.headers import SafeHeaders
from api.limits import BodyLimits
from api.live import routes as live_pages
from api.live.feed import Feed, following
from api.pages import (
    access_routes,
    account_routes,
    accounts_routes,
    administration_page,
    audit_routes,
    board_routes,
    calendar_routes,
    campaign_routes,
    compare_page,
    decide_routes,
    delivery_routes,
    differences_page,
    insight_routes,
    layer_page,
    people_routes,
    problem_page,
    routes_cell,
    routes_frame,
    routes_inbox,
    routes_prints,
    routes_season,
    sign_in_oidc_routes,
    sign_in_routes,
    together_routes,
    work_routes,
)
from api.pages import after_routes as after_pages
from api.pages import routes as pages
from api.pages import routes_plans as plan_pages
from api.pages.rendering import STATIC_FOLDER
from api.resources import (
    access,
    board,
    calendar,
    call_lists,
    campaigns,
    commands,
    compare,
    deliveries,
    health,
    imports,
    inbox,
    meetings,
    plans,
    regulations,
    reviews,
    rewards,
    rulebooks,
    season,
    statistics,
    what_if,
)
from api.resources import feeds as own_feed
from api.settings import Settings
from api.sign_in.oidc import identity_server_of
from api.sign_in.signed_in import SignedIn
from api.ticking import timer_of
from api.wiring import Service, build
from handlers.reminding.inbox import open_counts
from workflow import clock

API = "/api/v1"
RESOURCES = (
    calendar, campaigns, board, reviews, meetings, commands, imports, rulebooks, regulations, what_if,
    compare, statistics, rewards, plans, inbox, deliveries, own_feed, call_lists, season,
    access,
)  # fmt: skip

ABOUT = """The yearly review and rating of an organisation, carried out by its regulation.

Every refusal is an `application/problem+json` document in Vietnamese, or English where `Accept-Language`
prefers it; where rules failed it carries the findings with clause, facts read and comparison.
`Idempotency-Key` makes sending twice harmless; `If-Match` with the `ETag` seen keeps colleagues from
overwriting each other. Days are yyyy-mm-dd.
"""


ANSWERED_AT_ONCE = 10
"""So many requests are worked on in one process at a time, as many as it keeps connections to PostgreSQL; the
others wait in the order they came. More would only take turns on one core, each opening a connection for a
moment.
"""

WORK_ENDS_SECONDS = 5.0
"""So long a server that stops waits for long work; what takes longer is gone on with from its page."""


class KeptFiles(StaticFiles):
    """Static files; one asked for by its sum never changes and may be kept for ever."""

    def file_response(
        self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, with how long it may be kept."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        lasting = b"v=" in scope.get("query_string", b"")
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return answer


class Application(FastAPI):
    """FastAPI with problem documents in its OpenAPI description, and headers on every answer."""

    def build_middleware_stack(self) -> ASGIApp:
        """The usual one, and the headers around it, so that an answer to a failure carries them too."""
        return SafeHeaders(super().build_middleware_stack(), self.state.settings, problems.plain)

    def openapi(self) -> dict[str, Any]:
        """The document at /openapi.json, made once."""
        if not self.openapi_schema:
            made = get_openapi(
                title=self.title, version=self.version, description=self.description, routes=self.routes
            )
            schemas = made["components"]["schemas"]
            schemas["Problem"] = PROBLEM_SCHEMA
            _describe_refused_fields(made["paths"])
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            self.openapi_schema = made
        return self.openapi_schema


def create_app(service: Service | str | None = None, settings: Settings | None = None) -> FastAPI:
    """The application on a service or the database of an address; without either, on that of the settings.

    A service made here is closed when the application ends; one handed in stays its giver's.
    """
    settings = settings or Settings()
    handed_in = isinstance(service, Service)
    if isinstance(service, Service):
        held = service
    else:
        held = build(service or settings.database_url, now=_clock(settings), shelf=settings.rulebook_shelf)

    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = ANSWERED_AT_ONCE
        # the clock of a service handed in is its giver's business, and so is what happens by it
        timer = timer_of(held, settings) if settings.timer and not handed_in else None
        feed = Feed(
            held.database,
            held.engine.now,
            open_counts,
            every_seconds=settings.live_every_milliseconds / 1000,
            followers_max=settings.live_pages_max,
        )
        async with following(feed):
            application.state.live = feed
            application.state.timer = timer
            if timer is not None:
                timer.start()
            yield
        if timer is not None:
            await run_in_threadpool(timer.stop)  # a tick that runs is let end
        await run_in_threadpool(held.work.wait, WORK_ENDS_SECONDS)
        if not handed_in:
            held.close()

    app = Application(
        title="kiemdiem",
        version=version("kiemdiem"),
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        dependencies=[Depends(gate)],
        lifespan=lifespan,
        middleware=[
            Middleware(Compressed),
            Middleware(BodyLimits, settings=settings, refuse=problems.plain),
        ],
    )
    app.state.service = held
    app.state.timer = None  # until the lifespan begins, and without one where others sweep
    app.state.live = None  # until the lifespan begins: without a server nothing is followed
    app.state.settings = settings
    app.state.identity_server = identity_server_of(settings, clock.now if settings.demo else held.engine.now)
    app.state.actors = NamedByTheAsker() if settings.development else SignedIn()
    problems.install(app)
    problem_page.install(app)
    resources = APIRouter(prefix=API)
    for module in RESOURCES:
        resources.include_router(module.router)
    app.include_router(resources)
    app.include_router(health.router)
    app.include_router(feeds.router)
    app.include_router(docs.router)
    app.include_router(live_pages.router)
    app.include_router(calendar_routes.router)
    app.include_router(access_routes.router)
    app.include_router(plan_pages.router)  # before those of a review, whose last address takes any noun
    app.include_router(board_routes.router)
    app.include_router(layer_page.router)  # before those of the regulations, whose address takes any name
    app.include_router(differences_page.router)  # likewise
    app.include_router(pages.router)
    app.include_router(compare_page.router)
    app.include_router(campaign_routes.router)
    app.include_router(after_pages.router)
    app.include_router(delivery_routes.router)
    app.include_router(insight_routes.router)
    app.include_router(audit_routes.router)
    app.include_router(people_routes.router)
    app.include_router(administration_page.router)
    app.include_router(routes_cell.router)
    app.include_router(routes_frame.router)
    app.include_router(sign_in_routes.router)
    app.include_router(sign_in_oidc_routes.router)
    app.include_router(account_routes.router)
    app.include_router(accounts_routes.router)
    app.include_router(routes_inbox.router)
    app.include_router(routes_prints.router)
    app.include_router(routes_season.router)
    app.include_router(together_routes.router)
    app.include_router(work_routes.router)
    app.include_router(decide_routes.router)
    app.mount("/static", KeptFiles(directory=STATIC_FOLDER), name="static")
    return app


def _clock(settings: Settings) -> Callable[[], datetime]:
    """The machine's clock; in development and in a demo it may start on another day."""
    if (settings.development or settings.demo) and settings.clock_starts_at is not None:
        return clock.running_from(settings.clock_starts_at)
    return clock.now


def _describe_refused_fields(paths: Mapping[str, Mapping[str, Any]]) -> None:
    """FastAPI describes its own form of 422; ours is a problem document like every other."""
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for operations in paths.values():
        for operation in operations.values():
            if "422" in operation["responses"]:
                operation["responses"]["422"]["content"] = {problems.MEDIA_TYPE: reference}
