"""Who acts, by sign-in: the session of a browser or the token of a program, and a capacity held today.

Both are looked up anew for every request: a session that was revoked, an account that was disabled and a
capacity that ended count at once.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection
from starlette.requests import Request

from api.actors import NobodyActs, TokenReadsOnly
from api.pages.forged import comes_from_here
from api.settings import Settings
from api.sign_in.cookies import session_token
from api.wiring import Service
from handlers.access.capacities import Capacity, capacities_of
from handlers.accounts.api_tokens import USED_EVERY, Bearer, bearer_of, used
from handlers.accounts.sessions import SEEN_EVERY, Lasting, Seat, seat_of, seen
from workflow.clock import ZONE
from workflow.commands.asking import Actor

CAPACITY_HEADER: Final = "X-Kiemdiem-Capacity"
_SEAT, _ACTOR = "kiemdiem_seat", "kiemdiem_acting"
_READING: Final = ("GET", "HEAD")


class SignedIn:
    """The person of the session, else of the token, in the capacity chosen."""

    def of(self, request: Request) -> Actor:
        """Who acts. Raises NobodyActs, which says where to go for it."""
        known: Actor | None = getattr(request.state, _ACTOR, None)
        if known is None:
            bearer = request.headers.get("authorization", "")
            known = _by_token(request, bearer) if bearer else _by_session(request)
            setattr(request.state, _ACTOR, known)
        return known


def seat_at(request: Request) -> Seat | None:
    """Whose session the browser came with, also one that waits for its one-time code; None without one."""
    if not hasattr(request.state, _SEAT):
        setattr(request.state, _SEAT, _looked_up(request))
    found: Seat | None = getattr(request.state, _SEAT)
    return found


def seated(request: Request) -> Seat:
    """Who is signed in, in whatever capacity or none. Raises NobodyActs."""
    seat = seat_at(request)
    if seat is None:
        raise sign_in_first()
    if seat.waits_for_code:
        raise NobodyActs(
            "Còn một bước: nhập mã một lần trên điện thoại.",
            "One step is left: type the one-time code of your phone.",
            leads_to="/sign-in/code",
        )
    return seat


def lasting_of(request: Request) -> Lasting:
    """How long sessions last here."""
    settings: Settings = request.app.state.settings
    return settings.session_lasting


def held_by(request: Request, connection: Connection, person: str) -> tuple[Capacity, ...]:
    """As what a person may act today."""
    service: Service = request.app.state.service
    return capacities_of(connection, person, service.engine.now().astimezone(ZONE).date())


def capacity_text(capacity: Capacity) -> str:
    """`secretary@CB03`, as a session keeps it and a header says it."""
    return f"{capacity.role.value}@{capacity.body}"


def sign_in_first() -> NobodyActs:
    """What whoever is not signed in is told."""
    return NobodyActs(
        "Cần đăng nhập để dùng dịch vụ này.", "Sign in to use this service.", leads_to="/sign-in"
    )


def _by_session(request: Request) -> Actor:
    seat = seated(request)
    if seat.must_change:
        raise NobodyActs(
            "Mật khẩu này do người khác đặt; hãy đổi mật khẩu trước khi làm việc.",
            "This password was set by somebody else; change it before you go on.",
            leads_to="/account/password",
        )
    if request.url.path.startswith("/api/") and request.method not in _READING:
        _check_browser(request)
    wanted = request.headers.get(CAPACITY_HEADER, "") or seat.capacity
    return _in_capacity(request, seat.person, wanted)


def _by_token(request: Request, header: str) -> Actor:
    scheme, _, token = header.partition(" ")
    service: Service = request.app.state.service
    now = service.engine.now()
    bearer: Bearer | None = None
    if scheme.lower() == "bearer" and request.url.path.startswith("/api/"):
        with service.database.read() as connection:
            bearer = bearer_of(connection, token.strip(), now)
    if bearer is None:
        raise NobodyActs(
            "Khóa API không đúng, đã hết hạn hoặc đã thu hồi; khóa chỉ dùng cho /api/v1.",
            "The token is wrong, over or revoked; tokens are good for /api/v1 alone.",
        )
    if bearer.scope == "read" and request.method not in _READING:
        raise TokenReadsOnly("Khóa API này chỉ để đọc.", "This token is for reading only.")
    said = request.headers.get(CAPACITY_HEADER, "")
    if said and said != bearer.capacity:
        raise NobodyActs(
            f"Khóa API này dùng cho tư cách {bearer.capacity}.",
            f"This token is for the capacity {bearer.capacity}.",
        )
    if bearer.used_at is None or now - bearer.used_at >= USED_EVERY:
        with service.database.write() as connection:
            used(connection, bearer, now)
    return _in_capacity(request, bearer.person, bearer.capacity)


def _in_capacity(request: Request, person: str, wanted: str) -> Actor:
    service: Service = request.app.state.service
    with service.database.read() as connection:
        held = held_by(request, connection, person)
    if not wanted and held:
        return held[0].actor(person)
    for capacity in held:
        if capacity_text(capacity) == wanted:
            return capacity.actor(person)
    if held:
        raise NobodyActs(
            "Tư cách đang dùng không còn hiệu lực hôm nay. Chọn tư cách khác.",
            "The capacity in use is not held today. Choose another one.",
            leads_to="/capacity",
        )
    raise NobodyActs(
        "Hôm nay tài khoản này không giữ chức vụ hay vai nào. Hỏi người quản trị.",
        "This account holds no post and no role today. Ask the administrator.",
        leads_to="/account",
    )


def _looked_up(request: Request) -> Seat | None:
    token = session_token(request)
    if not token:
        return None
    service: Service = request.app.state.service
    now = service.engine.now()
    with service.database.read() as connection:
        seat = seat_of(connection, token, now, lasting_of(request))
    if seat is not None and now - seat.seen_at >= SEEN_EVERY:
        with service.database.write() as connection:
            seen(connection, seat.session, now)
    return seat


def _check_browser(request: Request) -> None:
    """A cookie comes with whatever a browser sends: what is to be done has to come from a page of ours."""
    site = request.headers.get("sec-fetch-site")
    here = comes_from_here(request)
    if site not in (None, "same-origin") or here is False or (site is None and here is None):
        raise NobodyActs(
            "Yêu cầu này không đến từ trang của hệ thống. Chương trình thì dùng khóa API.",
            "This request does not come from a page of the service. Programs use a token.",
        )
