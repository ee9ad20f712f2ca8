"""The addresses of signing in through the office's own identity server: away to it, and back from it.

Both are links, since the way leads over another site: a form of ours may lead nowhere but here (`form-action`
of the policy), and the server's answer comes as a link. Another site cannot send a browser off: it would only
find the form.
"""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from api.pages.problem_page import PageRoute
from api.pages.sign_in_oidc_page import (
    begin_again_page,
    disabled_page,
    not_known_page,
    silent_page,
    turned_away_page,
    unusable_page,
)
from api.pages.sign_in_page import held_back, sign_in_page
from api.pages.sign_in_routes import Following, address_of, signed_in, wait
from api.pages.visits import Looking, Visit
from api.settings import Settings
from api.sign_in.cookies import session_token
from api.sign_in.going_on import safe_next, with_next
from api.sign_in.oidc import (
    BEGIN,
    CALLBACK,
    browser_secret,
    give_browser_secret,
    identity_server_at,
    is_at_public_url,
    take_browser_secret,
)
from api.sign_in.signed_in import lasting_of, seat_at
from handlers.accounts.id_tokens import WrongToken
from handlers.accounts.identity_attempts import NoAttempt, begin_attempt
from handlers.accounts.identity_server import ServerRefuses, ServerSilent
from handlers.accounts.signing_in_there import Disabled, NotKnownHere, Return, TurnedAway, come_back
from handlers.accounts.throttle import HeldBack
from handlers.courier.links import link

log = structlog.get_logger()

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

State = Annotated[str, Query(max_length=200)]
Code = Annotated[str, Query(max_length=4_000)]
Error = Annotated[str, Query(max_length=200)]
Issuer = Annotated[str | None, Query(alias="iss", max_length=1_000)]


@router.get(BEGIN)
def go_there(visit: Looking, following: Following = "/") -> Response:
    """Away to the server, with an attempt begun; whoever is signed in goes on."""
    request = visit.request
    seat, server = seat_at(request), identity_server_at(request)
    if seat is not None and not seat.waits_for_code:
        return _on(safe_next(following))
    if server is None or request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _on(with_next("/sign-in", following))
    if not is_at_public_url(request):
        settings: Settings = request.app.state.settings
        return _on(link(settings.public_url, with_next("/sign-in", following)))
    try:
        attempt = begin_attempt(
            visit.service.database,
            visit.now,
            browser=browser_secret(request),
            following=safe_next(following),
            address=address_of(visit),
        )
        answer: Response = _on(server.address_for(attempt))
    except HeldBack as held:
        return wait(visit, sign_in_page(visit, following, refusal=held_back(visit, held)), held)
    except (ServerSilent, ServerRefuses) as failed:
        return _failed(visit, failed)
    give_browser_secret(answer, request, attempt.browser)
    return answer


@router.get(CALLBACK)
def come_from_there(
    visit: Looking, state: State = "", code: Code = "", error: Error = "", issuer: Issuer = None
) -> Response:
    """Back from the server: a session begins, or the page says why not and what to do."""
    request = visit.request
    server = identity_server_at(request)
    if server is None:
        return _on("/sign-in")
    came = Return(state=state, browser=browser_secret(request), code=code, error=error, issuer=issuer)
    try:
        done = come_back(
            visit.service.database,
            server,
            visit.now,
            came,
            address=address_of(visit),
            lasting=lasting_of(request),
            session_before=session_token(request),
        )
    except HeldBack as held:
        return wait(visit, sign_in_page(visit, "/", refusal=held_back(visit, held)), held)
    except NoAttempt:
        seat = seat_at(request)
        if seat is not None and not seat.waits_for_code:
            return _on("/")  # somebody went back to an address that let him in before
        return visit.answer(begin_again_page(visit), 400)
    except TurnedAway:
        return visit.answer(turned_away_page(visit), 403)
    except NotKnownHere as unknown:
        return visit.answer(not_known_page(visit, unknown.subject), 403)
    except Disabled:
        return visit.answer(disabled_page(visit), 403)
    except (ServerSilent, ServerRefuses, WrongToken) as failed:
        return _failed(visit, failed)
    answer = signed_in(visit, done.signed, done.following)
    take_browser_secret(answer, request)
    return answer


def _failed(visit: Visit, failed: ServerSilent | ServerRefuses | WrongToken) -> Response:
    """The server is silent (503), or says what we may not believe (502): the log says why, in its words."""
    if isinstance(failed, ServerSilent):
        log.warning("identity server is silent", why=str(failed))
        return visit.answer(silent_page(visit), 503)
    log.warning("identity server is not believed", why=failed.reason)
    return visit.answer(unusable_page(visit, failed.reason), 502)


def _on(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
