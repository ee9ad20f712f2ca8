"""One's own account: capacities, one-time codes, sessions, tokens."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, func, select

from api.pages.capacities_told import capacity_lines
from api.pages.format import N_, day, moment
from api.pages.qr_picture import qr_picture
from api.pages.typed import Typed
from api.pages.views import ActionForm, Choice, EmptyState, FormField, RefusalView, StatusText
from api.pages.views_sign_in import (
    AccountPage,
    CapacityLine,
    CapacityPage,
    CodesPage,
    SessionLine,
    TokenLine,
)
from api.pages.visits import Visit
from api.sign_in.going_on import safe_next
from api.sign_in.signed_in import held_by, lasting_of
from handlers.accounts.api_tokens import DAYS_MAX, SCOPES, OwnToken, own_tokens
from handlers.accounts.codes import address_for_apps, written
from handlers.accounts.sessions import OpenSession, Seat, open_sessions
from handlers.accounts.tables import RECOVERY_CODES
from handlers.names import names_on
from states.roles import Role

SCOPE_WORDS: Final = {"read": N_("chỉ đọc"), "act": N_("đọc và thực hiện")}
DAYS_OFFERED: Final = 90


def account_page(
    visit: Visit,
    seat: Seat,
    *,
    refusal: RefusalView | None = None,
    typed: Typed | None = None,
    new_token: str = "",
) -> AccountPage:
    """The page; after a refused token with what was typed still there."""
    _, ngettext = visit.words.gettext, visit.words.ngettext
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
        held = held_by(visit.request, connection, seat.person)
        lines = capacity_lines(visit, connection, held, seat.capacity)
        sessions = open_sessions(connection, seat.account, visit.now, lasting_of(visit.request))
        tokens = own_tokens(connection, seat.account, visit.now)
        name = names_on(connection, visit.today, people=[seat.person]).people.get(seat.person)
        left = _recovery_left(connection, seat.account)
    return AccountPage(
        frame=frame,
        name=name or seat.label or seat.login,
        login=seat.login,
        lines=lines,
        came_in=_(
            "Đã vào bằng tài khoản cơ quan. Đăng xuất ở đây không đăng xuất khỏi máy chủ của cơ quan: trên "
            "máy dùng chung, hãy đăng xuất cả ở đó."
        )
        if seat.by_identity
        else "",
        codes=StatusText(tone="done", text=_("Đang bật"))
        if seat.totp_on
        else StatusText(tone="none", text=_("Chưa bật")),
        codes_off=_codes_off(visit) if seat.totp_on else None,
        codes_note=_("Tài khoản này chưa có mật khẩu để xác nhận, nên muốn tắt thì nhờ người quản trị.")
        if seat.totp_on and not seat.has_password
        else "",
        recovery_left=ngettext("Còn %(num)d mã dự phòng.", "Còn %(num)d mã dự phòng.", left) % {"num": left},
        sessions=tuple(_session(visit, one, seat) for one in sessions),
        end_others=ActionForm(action="/account/sessions/revocation", submit=_("Đăng xuất mọi nơi khác"))
        if len(sessions) > 1
        else None,
        tokens=tuple(_token(visit, one, lines) for one in tokens),
        token=_token_form(visit, lines, typed) if lines else None,
        new_token=new_token,
        manages=any(one.role is Role.ADMINISTRATOR for one in held),
        refusal=refusal,
    )


def capacity_page(visit: Visit, seat: Seat, following: str) -> CapacityPage:
    """As what one may work today, to choose from."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
        held = held_by(visit.request, connection, seat.person)
        lines = capacity_lines(visit, connection, held, seat.capacity)
    empty = EmptyState(
        icon="lock",
        title=_("Hôm nay chưa có tư cách nào"),
        text=_("Tài khoản này không giữ chức vụ trong danh sách và chưa được giao vai. Hỏi người quản trị."),
    )
    return CapacityPage(frame=frame, lines=lines, back=safe_next(following), empty=None if lines else empty)


def codes_page(visit: Visit, seat: Seat, secret: bytes, refusal: RefusalView | None = None) -> CodesPage:
    """The secret for the phone, and where its first code is typed."""
    _ = visit.words.gettext
    address = address_for_apps(secret, seat.login)
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
    code = FormField(
        name="code",
        label=_("Mã sáu số đang hiện trong ứng dụng"),
        kind="code",
        hint=_("Nhập đúng mã đầu tiên thì mã một lần mới được bật."),
        required=True,
    )
    return CodesPage(
        frame=frame,
        secret=written(secret),
        address=address,
        picture=qr_picture(address),
        form=ActionForm(action="/account/codes/confirmation", submit=_("Bật"), fields=(code,)),
        refusal=refusal,
    )


def recovery_page(visit: Visit, codes: tuple[str, ...]) -> CodesPage:
    """The recovery codes, once."""
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
    return CodesPage(frame=frame, recovery=codes)


def _codes_off(visit: Visit) -> ActionForm:
    _ = visit.words.gettext
    password = FormField(name="password", label=_("Mật khẩu"), kind="password", required=True)
    return ActionForm(action="/account/codes/removal", submit=_("Tắt mã một lần"), fields=(password,))


def _session(visit: Visit, one: OpenSession, seat: Seat) -> SessionLine:
    _ = visit.words.gettext
    here = one.session == seat.session
    end = ActionForm(action=f"/account/sessions/{one.session}/revocation", submit=_("Đăng xuất nơi này"))
    return SessionLine(
        text=_("Đăng nhập lúc %(at)s") % {"at": moment(one.created_at)},
        note=_("Dùng lần cuối %(seen)s; hết hạn %(until)s")
        % {"seen": moment(one.seen_at), "until": moment(one.expires_at)},
        here=here,
        end=None if here else end,
    )


def _token(visit: Visit, one: OwnToken, lines: tuple[CapacityLine, ...]) -> TokenLine:
    _ = visit.words.gettext
    held = {line.value: line.label for line in lines}
    ends = _("không còn giữ tư cách %(capacity)s") % {"capacity": one.capacity}
    parts = [
        _(SCOPE_WORDS[one.scope]),
        held.get(one.capacity, ends),
        _("đến %(until)s") % {"until": day(one.expires_at)},
        _("dùng lần cuối %(at)s") % {"at": moment(one.used_at)} if one.used_at else _("chưa dùng"),
    ]
    return TokenLine(
        name=one.name,
        note="; ".join(parts),
        revoke=ActionForm(
            action=f"/account/tokens/{one.token}/revocation", submit=_("Thu hồi"), style="seal"
        ),
    )


def _token_form(visit: Visit, lines: tuple[CapacityLine, ...], typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext

    def value(name: str, otherwise: str) -> str:
        return typed.raw(name) if typed else otherwise

    def error(name: str) -> str:
        return typed.errors.get(name, "") if typed else ""

    fields = (
        FormField(
            name="name",
            label=_("Dùng để làm gì"),
            value=value("name", ""),
            error=error("name"),
            required=True,
        ),
        FormField(
            name="scope",
            label=_("Được làm gì"),
            kind="select",
            value=value("scope", "read"),
            error=error("scope"),
            required=True,
            choices=tuple(Choice(value=scope, label=_(SCOPE_WORDS[scope])) for scope in SCOPES),
        ),
        FormField(
            name="capacity",
            label=_("Với tư cách"),
            kind="select",
            value=value("capacity", lines[0].value),
            error=error("capacity"),
            required=True,
            choices=tuple(Choice(value=line.value, label=line.label) for line in lines),
        ),
        FormField(
            name="days",
            label=_("Dùng trong bao nhiêu ngày"),
            kind="number",
            value=value("days", str(DAYS_OFFERED)),
            hint=_("Từ 1 đến %(max)d.") % {"max": DAYS_MAX},
            error=error("days"),
            required=True,
        ),
    )
    return ActionForm(action="/account/tokens", submit=_("Tạo khóa API"), fields=fields)


def _recovery_left(connection: Connection, account: str) -> int:
    chosen = select(func.count()).select_from(RECOVERY_CODES).where(RECOVERY_CODES.c.account == account)
    return int(connection.execute(chosen).scalar_one())
