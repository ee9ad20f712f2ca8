"""The commands about who may sign in, for whoever has the machine the service runs on.

Links and tokens are printed here and nowhere else: no log line holds one.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.settings import Settings
from api.terminal.output import (
    DEFAULT_DATABASE,
    ActorOption,
    DatabaseOption,
    JsonOption,
    Language,
    LanguageOption,
    Refused,
    answer_json,
    both,
    opened,
    terminal,
)
from api.wiring import Service
from handlers.access.capacities import capacities_of
from handlers.access.first import there_is_an_administrator
from handlers.accounts import book
from handlers.accounts.api_tokens import TokenScope, make_token
from handlers.accounts.identities import remove_identity, set_identity
from handlers.accounts.links import ADMINISTRATORS_RESET, Purpose, make_link
from handlers.accounts.sessions import Lasting, open_sessions, revoke_all
from handlers.courier.links import link as whole_address
from workflow.clock import ZONE

account = typer.Typer(no_args_is_help=True, help="Who may sign in.")

SET_UP = "set-up"
LoginArgument = Annotated[str, typer.Argument(help="The sign-in name.")]


def first_link(service: Service) -> str | None:
    """A one-time link for the first administrator; None where there is one already."""
    if there_is_an_administrator(service.engine):
        return None
    with service.database.write() as connection:
        token, _ = make_link(connection, Purpose.FIRST_ADMINISTRATOR, at=service.engine.now(), by=SET_UP)
    return _address(token)


@account.command("admin-link", epilog="Example: kiemdiem account admin-link")
def admin_link(database: DatabaseOption = DEFAULT_DATABASE, language: LanguageOption = Language.VI) -> None:
    """Print a one-time link that makes the first administrator; it holds for 24 hours."""
    with opened(database, create=True) as service:
        link = first_link(service)
    if link is None:
        raise Refused(
            "Đã có người quản trị. Cấp đường dẫn cho người đó: kiemdiem account link <tên đăng nhập>.",
            "There is an administrator. Hand that one a link: kiemdiem account link <sign-in name>.",
        )
    terminal().print(link, markup=False)


@account.command("create", epilog="Example: kiemdiem account create 0012 --person 0012")
def create(
    login: LoginArgument,
    person: Annotated[
        str, typer.Option("--person", help="The person's id in the roster; left out for one outside it.")
    ] = "",
    label: Annotated[str, typer.Option("--label", help="The name of a person outside the roster.")] = "",
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Make an account and print its one-time link, good for 14 days."""
    with opened(database) as service:
        at = service.engine.now()
        with service.database.write() as connection:
            day = at.astimezone(ZONE).date()
            if person and book.name_of(connection, person, day) is None:
                raise Refused(
                    f"Không có {person} trong danh sách hôm nay.",
                    f"There is no {person} in the roster today.",
                )
            made = book.make_account(
                connection, login=login, person=person or login, label=label, at=at, by=actor
            )
            token, _ = make_link(connection, Purpose.INVITE, account=made.account, at=at, by=actor)
    terminal().print(_address(token), markup=False)


@account.command("link", epilog="Example: kiemdiem account link 0012")
def link(
    login: LoginArgument,
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Print a one-time link to set another password, good for 3 days; earlier links end."""
    with opened(database) as service, service.database.write() as connection:
        found = book.by_login(connection, login)
        token, _ = make_link(
            connection,
            Purpose.RESET,
            account=found.account,
            at=service.engine.now(),
            by=actor,
            lasts=ADMINISTRATORS_RESET,
        )
    terminal().print(_address(token), markup=False)


@account.command("disable", epilog="Example: kiemdiem account disable 0012")
def disable(
    login: LoginArgument,
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Let nobody sign in with an account any more, and sign it out everywhere."""
    with opened(database) as service, service.database.write() as connection:
        found = book.by_login(connection, login)
        book.disable(connection, found.account, at=service.engine.now(), by=actor)
    terminal().print(both(language, f"Đã khóa {found.login}.", f"Disabled {found.login}."), markup=False)


@account.command("enable", epilog="Example: kiemdiem account enable 0012")
def enable(
    login: LoginArgument,
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Let an account be signed in with again."""
    with opened(database) as service, service.database.write() as connection:
        found = book.by_login(connection, login)
        book.enable(connection, found.account, at=service.engine.now(), by=actor)
    terminal().print(both(language, f"Đã mở khóa {found.login}.", f"Enabled {found.login}."), markup=False)


@account.command("identity", epilog="Example: kiemdiem account identity 0012 248289761001")
def identity(
    login: LoginArgument,
    subject: Annotated[
        str, typer.Argument(help="As whom the office's identity server knows the person: its `sub`.")
    ] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take it away instead.")] = False,
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Let an account be signed in with through the server of KIEMDIEM_OIDC_ISSUER, or no more."""
    issuer = Settings().oidc_issuer
    if remove == bool(subject):
        raise Refused(
            "Ghi mã định danh, hoặc --remove để gỡ, một trong hai.",
            "Give the identifier, or --remove to take it away, one of the two.",
        )
    if not remove and not issuer:
        raise Refused(
            "Chưa đặt KIEMDIEM_OIDC_ISSUER, nên chưa biết mã định danh là của máy chủ nào.",
            "KIEMDIEM_OIDC_ISSUER is not set, so it is not known which server's identifier this is.",
        )
    with opened(database) as service, service.database.write() as connection:
        found, at = book.by_login(connection, login), service.engine.now()
        if remove:
            remove_identity(connection, found.account, at=at, by=actor)
        else:
            set_identity(connection, found.account, issuer, subject, at=at, by=actor)
    vi, en = f"Đã gắn mã định danh cho {found.login}.", f"Set the identifier of {found.login}."
    if remove:
        vi, en = f"Đã gỡ mã định danh của {found.login}.", f"Removed the identifier of {found.login}."
    terminal().print(both(language, vi, en), markup=False)


@account.command("list", epilog="Example: kiemdiem account list nguyen")
def list_(
    sought: Annotated[str, typer.Argument(help="Part of a name, sign-in name or id.")] = "",
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
    as_json: JsonOption = False,
) -> None:
    """List the accounts in the order of a roll."""
    with opened(database) as service, service.database.read() as connection:
        now = service.engine.now()
        found = book.listed(connection, now.astimezone(ZONE).date(), now, sought)
    if as_json:
        answer_json(
            [
                {
                    "login": one.account.login,
                    "person": one.account.person,
                    "has_password": one.account.has_password,
                    "identity": one.account.identity_subject or None,
                    "one_time_codes": one.account.totp_on,
                    "disabled": one.account.disabled,
                    "seen_at": one.seen_at,
                }
                for one in found
            ]
        )
        return
    heads = both(language, "Họ tên|Tên đăng nhập|Mã|Tình trạng", "Name|Sign-in name|Id|State").split("|")
    table = Table(*heads)
    for one in found:
        table.add_row(one.name, one.account.login, one.account.person, _state(one.account, language))
    terminal().print(table)


@account.command("sessions", epilog="Example: kiemdiem account sessions 0012 --end")
def sessions(
    login: LoginArgument,
    end: Annotated[bool, typer.Option("--end", help="End every one of them.")] = False,
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """List where an account is signed in, or sign it out everywhere."""
    settings = Settings()
    with opened(database) as service, service.database.write() as connection:
        now = service.engine.now()
        found = book.by_login(connection, login)
        lasting: Lasting = settings.session_lasting
        shown = open_sessions(connection, found.account, now, lasting)
        if end:
            revoke_all(connection, found.account, at=now, by=actor)
    for one in shown:
        since, seen = (moment.astimezone(ZONE) for moment in (one.created_at, one.seen_at))
        vi = f"từ {since:%d/%m/%Y %H:%M}, dùng lần cuối {seen:%d/%m/%Y %H:%M}"
        en = f"since {since:%d/%m/%Y %H:%M}, last used {seen:%d/%m/%Y %H:%M}"
        terminal().print(both(language, vi, en), markup=False)
    vi, en = f"{len(shown)} nơi đang đăng nhập", f"{len(shown)} sessions"
    ended = both(language, ", đã đăng xuất hết", ", all ended") if end else ""
    terminal().print(f"{both(language, vi, en)}{ended}.", markup=False)


@account.command("token", epilog="Example: kiemdiem account token 0012 --for report --capacity auditor@DB01")
def token(
    login: LoginArgument,
    purpose: Annotated[str, typer.Option("--for", help="What the token is for.")],
    capacity: Annotated[str, typer.Option("--capacity", help="In which capacity, as role@body.")],
    acts: Annotated[bool, typer.Option("--acts", help="It may also act; else it only reads.")] = False,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="For how many days it holds.")] = 90,
    actor: ActorOption = SET_UP,
    database: DatabaseOption = DEFAULT_DATABASE,
    language: LanguageOption = Language.VI,
) -> None:
    """Print a new token for a program, good for /api/v1 in one capacity."""
    scope: TokenScope = "act" if acts else "read"
    with opened(database) as service, service.database.write() as connection:
        now = service.engine.now()
        found = book.by_login(connection, login)
        held = capacities_of(connection, found.person, now.astimezone(ZONE).date())
        if capacity not in {f"{one.role}@{one.body}" for one in held}:
            raise Refused(
                f"Hôm nay {found.login} không giữ tư cách {capacity}.",
                f"{found.login} does not hold the capacity {capacity} today.",
            )
        made = make_token(
            connection,
            found.account,
            name=purpose,
            scope=scope,
            capacity=capacity,
            days=days,
            at=now,
            by=actor,
        )
    terminal().print(made, markup=False)


def _address(token: str) -> str:
    return whole_address(Settings().public_url, f"/link/{token}")


def _state(found: book.Account, language: Language) -> str:
    if found.disabled:
        return both(language, "đã khóa", "disabled")
    if not found.has_password and not found.identity_subject:
        return both(language, "chưa đặt mật khẩu", "no password yet")
    return both(language, "dùng được", "in use")
