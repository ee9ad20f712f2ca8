"""The addresses of one's own account: for whoever is signed in, in whatever capacity or none."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response
from starlette.requests import Request

from api.actors import NobodyActs
from api.pages.account_page import account_page, capacity_page, codes_page, recovery_page
from api.pages.problem_page import PageRoute
from api.pages.sign_in_page import (
    field_error,
    held_back,
    password_page,
    wrong_code,
    wrong_password,
)
from api.pages.sign_in_routes import Following, code_time, secret
from api.pages.typed import NOT_OFFERED
from api.pages.views import RefusalView
from api.pages.visits import Looking, Posted
from api.sign_in.cookies import give_session, session_token
from api.sign_in.going_on import safe_next
from api.sign_in.signed_in import capacity_text, held_by, lasting_of, seated
from handlers.accounts.api_tokens import SCOPES, TokenScope, make_token, revoke_token
from handlers.accounts.changing import (
    change_password,
    confirm_password,
    propose_codes,
    proposed_secret,
    turn_codes_off,
    turn_codes_on,
)
from handlers.accounts.sessions import Seat, choose, revoke, revoke_all
from handlers.accounts.signing_in import WrongCode, WrongPassword
from handlers.accounts.throttle import HeldBack
from workflow.errors import BadInput, NotFound

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)


def _seated(request: Request) -> Seat:
    return seated(request)


def _settled(request: Request) -> Seat:
    """Who is signed in with a password of his own. Raises NobodyActs, which leads to where it is changed."""
    seat = seated(request)
    if seat.must_change:
        raise NobodyActs(
            "Đổi mật khẩu trước khi làm việc.",
            "Change the password before you go on.",
            leads_to="/account/password",
        )
    return seat


Seated = Annotated[Seat, Depends(_seated)]
Settled = Annotated[Seat, Depends(_settled)]
Number = Annotated[int, Path(ge=1, lt=2**53)]


@router.get("/account")
def account(visit: Looking, seat: Settled) -> Response:
    """One's own account."""
    return visit.answer(account_page(visit, seat))


# --- capacity --------------------------------------------------------------------------------------


@router.get("/capacity")
def capacities(visit: Looking, seat: Settled, following: Following = "/") -> Response:
    """As what one may work today."""
    return visit.answer(capacity_page(visit, seat, following))


@router.post("/capacity")
def choose_capacity(visit: Looking, typed: Posted, seat: Settled) -> Response:
    """Work in another capacity from now on. NotFound for one that is not held today."""
    wanted = typed.raw("capacity")
    with visit.service.database.read() as connection:
        held = {capacity_text(one) for one in held_by(visit.request, connection, seat.person)}
    if wanted not in held:
        raise NotFound("capacity", wanted[:80])
    with visit.service.database.write() as connection:
        choose(connection, seat, wanted, visit.now)
    return visit.go(safe_next(typed.raw("back")))


# --- password --------------------------------------------------------------------------------------


@router.get("/account/password")
def ask_for_password(visit: Looking, seat: Seated, following: Following = "/account") -> Response:
    """The form for another password."""
    return visit.answer(password_page(visit, following, seat=seat))


@router.post("/account/password")
def do_change_password(
    visit: Looking, typed: Posted, seat: Seated, following: Following = "/account"
) -> Response:
    """Another password: every session ends, this one goes on under a new token."""
    _ = visit.words.gettext
    new = secret(typed, "password")
    errors: dict[str, str] = {}
    refusal: RefusalView | None = None
    if new != secret(typed, "again"):
        errors = {"again": _("Hai lần nhập không giống nhau.")}
    else:
        try:
            signed = change_password(
                visit.service.database,
                visit.now,
                seat=seat,
                token=session_token(visit.request),
                old=secret(typed, "old"),
                new=new,
                lasting=lasting_of(visit.request),
            )
        except WrongPassword:
            errors = {"old": _("Không đúng mật khẩu đang dùng.")}
        except BadInput as refused:
            errors = field_error(visit, refused)
        except HeldBack as held:
            refusal = held_back(visit, held)
        else:
            answer = visit.go(safe_next(following), "done")
            give_session(answer, visit.request, signed.token)
            return answer
    page = password_page(visit, following, seat=seat, errors=errors, refusal=refusal)
    return visit.answer(page, 429 if refusal else 422)


# --- one-time codes --------------------------------------------------------------------------------


@router.post("/account/codes")
def propose(visit: Looking, typed: Posted, seat: Settled) -> Response:
    """A new secret to be set up on the phone."""
    if seat.totp_on:
        return visit.go("/account")
    with visit.service.database.write() as connection:
        made = propose_codes(connection, seat.account)
    return visit.answer(codes_page(visit, seat, made))


@router.post("/account/codes/confirmation")
def confirm(visit: Looking, typed: Posted, seat: Settled) -> Response:
    """The first code of the phone turns them on."""
    with visit.service.database.read() as connection:
        proposed = proposed_secret(connection, seat.account)
    if proposed is None:
        return visit.go("/account")
    try:
        codes = turn_codes_on(
            visit.service.database, visit.now, code_time(visit), seat=seat, code=typed.raw("code")[:40]
        )
    except WrongCode:
        return visit.answer(codes_page(visit, seat, proposed, wrong_code(visit)), 422)
    except HeldBack as held:
        return visit.answer(codes_page(visit, seat, proposed, held_back(visit, held)), 429)
    return visit.answer(recovery_page(visit, codes))


@router.post("/account/codes/removal")
def remove(visit: Looking, typed: Posted, seat: Settled) -> Response:
    """No one-time codes any more; whoever sits here has to know the password."""
    try:
        confirm_password(visit.service.database, visit.now, seat=seat, password=secret(typed, "password"))
    except WrongPassword:
        return visit.answer(account_page(visit, seat, refusal=wrong_password(visit)), 422)
    except HeldBack as held:
        return visit.answer(account_page(visit, seat, refusal=held_back(visit, held)), 429)
    with visit.service.database.write() as connection:
        turn_codes_off(connection, seat.account, at=visit.now, by=seat.person)
    return visit.go("/account#codes", "done")


# --- sessions and tokens ---------------------------------------------------------------------------


@router.post("/account/sessions/revocation")
def end_others(visit: Looking, typed: Posted, seat: Settled) -> Response:
    """Everywhere else this account is signed out."""
    with visit.service.database.write() as connection:
        revoke_all(connection, seat.account, at=visit.now, by=seat.person, but=seat.session)
    return visit.go("/account#sessions", "done")


@router.post("/account/sessions/{session}/revocation")
def end_one(visit: Looking, typed: Posted, seat: Settled, session: Number) -> Response:
    """One other place is signed out. NotFound for what is no session of this account."""
    with visit.service.database.write() as connection:
        ended = revoke(connection, seat.account, session, at=visit.now, by=seat.person)
    if not ended:
        raise NotFound("session", str(session))
    return visit.go("/account#sessions", "done")


@router.post("/account/tokens")
def new_token(visit: Looking, typed: Posted, seat: Settled) -> Response:
    """A token for a program, shown once."""
    scope, wanted, days = typed.one_of("scope", SCOPES), typed.raw("capacity"), typed.number("days")
    with visit.service.database.read() as connection:
        held = {capacity_text(one) for one in held_by(visit.request, connection, seat.person)}
    if wanted not in held:
        typed.wrong("capacity", NOT_OFFERED)
    made = ""
    if not typed.errors:
        try:
            with visit.service.database.write() as connection:
                made = make_token(
                    connection,
                    seat.account,
                    name=typed.raw("name"),
                    scope=cast("TokenScope", scope),
                    capacity=wanted,
                    days=days,
                    at=visit.now,
                    by=seat.person,
                )
        except BadInput as refused:
            typed.errors.update(field_error(visit, refused))
    if typed.errors:
        return visit.answer(account_page(visit, seat, typed=typed), 422)
    return visit.answer(account_page(visit, seat, new_token=made))


@router.post("/account/tokens/{token}/revocation")
def end_token(visit: Looking, typed: Posted, seat: Settled, token: Number) -> Response:
    """A token is taken back. NotFound for what is no token of this account."""
    with visit.service.database.write() as connection:
        ended = revoke_token(connection, seat.account, token, at=visit.now, by=seat.person)
    if not ended:
        raise NotFound("api_token", str(token))
    return visit.go("/account#tokens", "done")
