"""The addresses of everybody's accounts; the table of permissions keeps them for administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from api.pages.accounts_page import account_of_page, accounts_page, links_page, name_shown
from api.pages.asking_accounts import AccountAct, on_account
from api.pages.confirming import asked_first
from api.pages.format import moment
from api.pages.problem_page import PageRoute
from api.pages.sign_in_page import field_error, plainly
from api.pages.typed import Typed
from api.pages.views_sign_in import LinkLine
from api.pages.visits import Looking, Posted, Visit
from api.settings import Settings
from api.sign_in.oidc import identity_server_at
from handlers.accounts.book import (
    Account,
    account_of,
    disable,
    enable,
    heads_without,
    make_account,
    name_of,
)
from handlers.accounts.changing import turn_codes_off
from handlers.accounts.identities import remove_identity, set_identity
from handlers.accounts.links import ADMINISTRATORS_RESET, Purpose, make_link
from handlers.accounts.sessions import revoke_all
from handlers.courier.links import link as whole_address
from workflow.errors import AlreadyThere, BadInput, NotFound

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)

AccountId = Annotated[str, Path(pattern=r"^TK-[0-9a-f]{12}$")]
Sought = Annotated[str, Query(alias="q", max_length=200)]
Start = Annotated[int, Query(ge=0, le=1_000_000)]


@router.get("/accounts")
def accounts(visit: Looking, sought: Sought = "", start: Start = 0) -> Response:
    """Everybody who may sign in."""
    return visit.answer(accounts_page(visit, sought, start))


@router.post("/accounts")
def make(visit: Looking, typed: Posted) -> Response:
    """A new account and its link, shown once."""
    person, label = typed.raw("person"), typed.raw("label")
    login = typed.raw("login") or person
    try:
        with visit.service.database.write() as connection:
            if person and name_of(connection, person, visit.today) is None:
                raise BadInput(
                    "person",
                    person[:40],
                    "không có trong danh sách hôm nay.",
                    "is not in the roster today.",
                )
            made = make_account(
                connection,
                login=login,
                person=person or login,
                label=label,
                at=visit.now,
                by=visit.known.id,
            )
            line = _link(visit, connection, made)
    except BadInput as refused:
        typed.errors.update(field_error(visit, refused))
        return visit.answer(accounts_page(visit, typed=typed), 422)
    except AlreadyThere as refused:
        _ = visit.words.gettext
        refusal = plainly(visit, refused, _("Đã có tài khoản"))
        return visit.answer(accounts_page(visit, typed=typed, refusal=refusal), 409)
    return visit.answer(account_of_page(visit, made.account, link=line))


@router.post("/accounts/heads")
def make_for_heads(visit: Looking, typed: Posted) -> Response:
    """An account for every head of a body who has none, and their links to be printed."""
    lines: list[LinkLine] = []
    with visit.service.database.write() as connection:
        heads = heads_without(connection, visit.today)
        bodies: dict[str, list[str]] = {}
        for row in heads:
            bodies.setdefault(row.person_id, []).append(row.body)
        for person, headed in bodies.items():
            made = make_account(connection, login=person, person=person, at=visit.now, by=visit.known.id)
            lines.append(_link(visit, connection, made, body="; ".join(headed)))
    return visit.answer(links_page(visit, tuple(lines)))


@router.get("/accounts/{account}")
def one(visit: Looking, account: AccountId) -> Response:
    """One account."""
    return visit.answer(account_of_page(visit, account))


@router.post("/accounts/{account}/link")
def new_link(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """A one-time link, shown once."""
    with visit.service.database.write() as connection:
        found = account_of(connection, account)
        line = _link(visit, connection, found)
    return visit.answer(account_of_page(visit, account, link=line))


@router.post("/accounts/{account}/disabling")
def do_disable(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """Nobody signs in with it any more."""

    def act(connection: Connection, by: str) -> None:
        disable(connection, account, at=visit.now, by=by)

    return _asked(visit, typed, account, "disabling") or _done(visit, account, act)


@router.post("/accounts/{account}/enabling")
def do_enable(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """It may be signed in with again."""
    return _done(visit, account, lambda connection, by: enable(connection, account, at=visit.now, by=by))


@router.post("/accounts/{account}/signing-out")
def do_sign_out(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """Every session of it ends."""

    def act(connection: Connection, by: str) -> None:
        revoke_all(connection, account, at=visit.now, by=by)

    return _asked(visit, typed, account, "signing-out") or _done(visit, account, act)


@router.post("/accounts/{account}/codes-removal")
def do_remove_codes(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """Its one-time codes are off: for somebody whose phone was lost."""

    def act(connection: Connection, by: str) -> None:
        turn_codes_off(connection, account, at=visit.now, by=by)

    return _asked(visit, typed, account, "codes-removal") or _done(visit, account, act)


@router.post("/accounts/{account}/identity")
def do_set_identity(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """As whom the office's identity server knows its person."""
    server = identity_server_at(visit.request)
    if server is None:
        raise NotFound("account", account)
    issuer = server.issuer

    def act(connection: Connection, by: str) -> None:
        set_identity(connection, account, issuer, typed.raw("identity"), at=visit.now, by=by)

    try:
        return _done(visit, account, act)
    except BadInput as refused:
        typed.errors.update(field_error(visit, refused))
        return visit.answer(account_of_page(visit, account, typed=typed), 422)


@router.post("/accounts/{account}/identity-removal")
def do_remove_identity(visit: Looking, typed: Posted, account: AccountId) -> Response:
    """No server leads into it any more."""
    return _done(
        visit, account, lambda connection, by: remove_identity(connection, account, at=visit.now, by=by)
    )


def _asked(visit: Visit, typed: Typed, account: str, act: AccountAct) -> Response | None:
    """The question before the act; None once it is confirmed."""
    return asked_first(
        visit,
        typed,
        lambda: account_of_page(visit, account),
        lambda: on_account(visit, account, act),
    )


def _done(visit: Visit, account: str, act: Callable[[Connection, str], None]) -> Response:
    with visit.service.database.write() as connection:
        account_of(connection, account)  # NotFound before anything is written
        act(connection, visit.known.id)
    return visit.go(f"/accounts/{account}", "done")


def _link(visit: Visit, connection: Connection, made: Account, body: str = "") -> LinkLine:
    purpose = Purpose.RESET if made.has_password else Purpose.INVITE
    token, until = make_link(
        connection,
        purpose,
        account=made.account,
        at=visit.now,
        by=visit.known.id,
        lasts=ADMINISTRATORS_RESET if purpose is Purpose.RESET else None,
    )
    settings: Settings = visit.request.app.state.settings
    return LinkLine(
        name=name_shown(visit, connection, made),
        body=body,
        login=made.login,
        address=whole_address(settings.public_url, f"/link/{token}"),
        until=moment(until),
    )
