"""The addresses of signing in and out, of one-time links and of a forgotten password: open to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import RedirectResponse, Response
from starlette.background import BackgroundTask

from api.channels import deliver
from api.pages.problem_page import PageRoute
from api.pages.sign_in_page import (
    code_page,
    field_error,
    forgot_page,
    held_back,
    link_over_page,
    link_page,
    plainly,
    sign_in_page,
    wrong_code,
    wrong_password,
)
from api.pages.typed import Typed
from api.pages.views_sign_in import SignInPage
from api.pages.visits import Looking, Posted, Visit
from api.settings import Settings
from api.sign_in.cookies import give_session, session_token, take_session
from api.sign_in.going_on import safe_next, with_next
from api.sign_in.signed_in import lasting_of, seat_at
from handlers.access.first import grant_first_administrator
from handlers.accounts.changing import LinkOver, use_link
from handlers.accounts.forgotten import ask_for_reset
from handlers.accounts.links import link_of
from handlers.accounts.sessions import sign_out
from handlers.accounts.signing_in import Signed, WrongCode, WrongPassword, give_code, sign_in
from handlers.accounts.throttle import HeldBack
from workflow import clock
from workflow.errors import AlreadyThere, BadInput

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

Following = Annotated[str, Query(alias="next", max_length=2_000)]
LinkToken = Annotated[str, Path(min_length=20, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]

SECRET_MAX = 4_000
"""Characters read of a password field; what is longer than a password may be is refused as one."""


@router.get("/sign-in")
def ask_to_sign_in(visit: Looking, following: Following = "/") -> Response:
    """The form; whoever is signed in goes on."""
    seat = seat_at(visit.request)
    if seat is not None and not seat.waits_for_code:
        return _on(safe_next(following))
    return visit.answer(sign_in_page(visit, following))


@router.post("/sign-in")
def do_sign_in(visit: Looking, typed: Posted, following: Following = "/") -> Response:
    """Name and password. Whatever is wrong, the answer is the same."""
    login = typed.raw("login")[:200]
    try:
        signed = sign_in(
            visit.service.database,
            visit.now,
            login=login,
            password=secret(typed, "password"),
            address=address_of(visit),
            lasting=lasting_of(visit.request),
            session_before=session_token(visit.request),
        )
    except WrongPassword:
        page = sign_in_page(visit, following, login=login, refusal=wrong_password(visit))
        return visit.answer(page, 422)
    except HeldBack as held:
        page = sign_in_page(visit, following, login=login, refusal=held_back(visit, held))
        return wait(visit, page, held)
    return signed_in(visit, signed, following)


@router.get("/sign-in/code")
def ask_for_code(visit: Looking, following: Following = "/") -> Response:
    """The second step, for whoever passed the first."""
    seat = seat_at(visit.request)
    if seat is None or not seat.waits_for_code:
        return _on(with_next("/sign-in", following))
    return visit.answer(code_page(visit, following))


@router.post("/sign-in/code")
def do_give_code(visit: Looking, typed: Posted, following: Following = "/") -> Response:
    """A one-time code, or a recovery code."""
    seat = seat_at(visit.request)
    if seat is None or not seat.waits_for_code:
        return _on(with_next("/sign-in", following))
    try:
        signed = give_code(
            visit.service.database,
            visit.now,
            code_time(visit),
            seat=seat,
            token=session_token(visit.request),
            code=typed.raw("code")[:40],
            lasting=lasting_of(visit.request),
        )
    except WrongCode:
        return visit.answer(code_page(visit, following, wrong_code(visit)), 422)
    except HeldBack as held:
        return wait(visit, code_page(visit, following, held_back(visit, held)), held)
    return signed_in(visit, signed, following)


@router.post("/sign-out")
def do_sign_out(visit: Looking, typed: Posted) -> Response:
    """The session ends on the server; its cookie is taken as well."""
    seat = seat_at(visit.request)
    if seat is not None:
        with visit.service.database.write() as connection:
            sign_out(connection, seat, visit.now)
    answer = _on("/sign-in")
    take_session(answer, visit.request)
    return answer


@router.get("/link/{token}")
def show_link(visit: Looking, token: LinkToken) -> Response:
    """What a one-time link is for; looking at it does not use it up, as programs that check mail do."""
    with visit.service.database.read() as connection:
        link = link_of(connection, token, visit.now)
    page = link_over_page(visit) if link is None else link_page(visit, token, link)
    return visit.answer(page, 200 if link is not None else 404)


@router.post("/link/{token}")
def do_use_link(visit: Looking, typed: Posted, token: LinkToken) -> Response:
    """The password is set, once, and whoever set it is signed in."""
    with visit.service.database.read() as connection:
        link = link_of(connection, token, visit.now)
    if link is None:
        return visit.answer(link_over_page(visit), 404)
    login = typed.raw("login")[:200]
    _ = visit.words.gettext
    if secret(typed, "password") != secret(typed, "again"):
        wrong = {"again": _("Hai lần nhập không giống nhau.")}
        return visit.answer(link_page(visit, token, link, login=login, errors=wrong), 422)
    try:
        signed = use_link(
            visit.service.database,
            visit.now,
            token=token,
            password=secret(typed, "password"),
            lasting=lasting_of(visit.request),
            login=login,
            grant=lambda person: _make_administrator(visit, person),
            session_before=session_token(visit.request),
        )
    except LinkOver:
        return visit.answer(link_over_page(visit), 404)
    except BadInput as refused:
        page = link_page(visit, token, link, login=login, errors=field_error(visit, refused))
        return visit.answer(page, 422)
    except AlreadyThere as refused:
        page = link_page(visit, token, link, login=login, refusal=plainly(visit, refused, _("Tên này đã có")))
        return visit.answer(page, 409)
    return signed_in(visit, signed, "/")


@router.get("/forgot")
def ask_for_letter(visit: Looking) -> Response:
    """The form, or whom to ask where no mail goes out."""
    return visit.answer(forgot_page(visit))


@router.post("/forgot")
def do_ask_for_letter(visit: Looking, typed: Posted) -> Response:
    """The same answer whether the name exists; the letter is seen to after the answer has gone."""
    settings: Settings = visit.request.app.state.settings
    if not settings.smtp_host:
        return visit.answer(forgot_page(visit))
    login, address, now = typed.raw("login")[:200], address_of(visit), visit.now
    service = visit.service

    def write_and_send() -> None:
        asked = ask_for_reset(
            service.database, now, login=login, address=address, mail_domain=settings.mail_domain
        )
        if asked:
            deliver(service, settings)()

    answer = visit.answer(forgot_page(visit, sent=True))
    answer.background = BackgroundTask(write_and_send)
    return answer


# --- what the routes of an account share -----------------------------------------------------------


def secret(typed: Typed, name: str) -> str:
    """A password as it was typed: spaces and all."""
    value = typed.form.get(name, "")
    return value[:SECRET_MAX] if isinstance(value, str) else ""


def address_of(visit: Visit) -> str:
    """Where the request comes from; behind a trusted proxy the server has put the asker's address here."""
    return visit.request.client.host if visit.request.client is not None else ""


def code_time(visit: Visit) -> datetime:
    """The moment phones have: the service's own, but in a demo, whose clock stands on another day."""
    settings: Settings = visit.request.app.state.settings
    return clock.now() if settings.demo else visit.now


def signed_in(visit: Visit, signed: Signed, following: str) -> Response:
    """On with a new session: to the one-time code where it waits for one, else to the page asked for."""
    answer = _on(with_next("/sign-in/code", following) if signed.waits_for_code else safe_next(following))
    give_session(answer, visit.request, signed.token)
    return answer


def wait(visit: Visit, page: SignInPage, held: HeldBack) -> Response:
    """429, with the time to wait."""
    answer = visit.answer(page, 429)
    answer.headers["Retry-After"] = str(held.seconds)
    return answer


def _on(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def _make_administrator(visit: Visit, person: str) -> None:
    grant_first_administrator(visit.service.engine, person, document="kiemdiem account admin-link")
