"""Sign-ins and exports: who came in, and who took which file out."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from api.asking import scope_of
from api.pages.audit_page import PAGE_MAX, tabs
from api.pages.audit_views import AuditLine, AuditPage
from api.pages.format import N_, moment, number
from api.pages.views import EmptyState, FormField, Link
from api.pages.visits import Visit
from handlers.accounts.security_log import Entry, Happened, entries, entries_seen
from handlers.audit.export_tables import EXPORTS
from handlers.audit.exports import NAMES as EXPORT_NAMES
from handlers.audit.exports import Export, exports
from handlers.names import names_on

HAPPENED: Final[dict[Happened, str]] = {
    Happened.SIGNED_IN: N_("Đăng nhập."),
    Happened.SIGN_IN_REFUSED: N_("Đăng nhập không được: tên hoặc mật khẩu sai."),
    Happened.CODE_REFUSED: N_("Mã một lần không đúng."),
    Happened.RECOVERY_CODE_USED: N_("Dùng một mã dự phòng để đăng nhập."),
    Happened.SIGNED_OUT: N_("Đăng xuất."),
    Happened.SESSION_REVOKED: N_("Thu hồi một phiên đăng nhập."),
    Happened.SESSIONS_REVOKED: N_("Thu hồi mọi phiên đăng nhập của tài khoản."),
    Happened.SESSION_ROTATED: N_("Đổi mã phiên đăng nhập."),
    Happened.CAPACITY_CHOSEN: N_("Chọn tư cách làm việc."),
    Happened.PASSWORD_CHANGED: N_("Đổi mật khẩu."),
    Happened.PASSWORD_CHANGE_REFUSED: N_("Đổi mật khẩu không được."),
    Happened.PASSWORD_SET_AT_START: N_("Đặt mật khẩu lần đầu."),
    Happened.RESET_ASKED: N_("Xin đặt lại mật khẩu."),
    Happened.LINK_MADE: N_("Cấp một đường dẫn dùng một lần."),
    Happened.LINK_USED: N_("Dùng đường dẫn một lần."),
    Happened.CODES_TURNED_ON: N_("Bật mã một lần."),
    Happened.CODES_TURNED_OFF: N_("Tắt mã một lần."),
    Happened.TOKEN_MADE: N_("Cấp một khóa API."),
    Happened.TOKEN_FIRST_USED: N_("Khóa API được dùng lần đầu."),
    Happened.TOKEN_REVOKED: N_("Thu hồi một khóa API."),
    Happened.ACCOUNT_MADE: N_("Lập tài khoản."),
    Happened.ACCOUNT_DISABLED: N_("Khóa tài khoản."),
    Happened.ACCOUNT_ENABLED: N_("Mở lại tài khoản."),
    Happened.IDENTITY_SET: N_("Gắn mã định danh của máy chủ cơ quan."),
    Happened.IDENTITY_REMOVED: N_("Gỡ mã định danh của máy chủ cơ quan."),
    Happened.IDENTITY_REFUSED: N_("Đăng nhập qua máy chủ cơ quan không được."),
}
FILTERS: Final = {
    "campaign": N_("đợt"),
    "organisation": N_("đơn vị"),
    "review": N_("kỳ kiểm điểm"),
    "body": N_("đơn vị"),
    "person": N_("người"),
    "actor": N_("người thao tác"),
    "event": N_("sự kiện"),
    "text": N_("mã"),
    "first": N_("từ ngày"),
    "last": N_("đến ngày"),
}


def sign_ins_page(visit: Visit, account: str, before: int | None) -> AuditPage:
    """What happened around signing in, newest first."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        only = entries_seen(visit.scope)
        found = entries(connection, account=account.strip(), after=before, limit=PAGE_MAX + 1, only=only)
        names = names_on(connection, visit.today, people={one.by for one in found})
        frame = visit.frame(connection, "audit")
    shown = found[:PAGE_MAX]
    return AuditPage(
        frame=frame,
        heading=_("Đăng nhập và tài khoản"),
        lead=_("Chỉ giữ mã, không giữ tên, mật khẩu hay địa chỉ đã gõ. Mỗi dòng móc vào dòng trước."),
        tabs=tabs(visit, "sign-ins"),
        action="/audit/sign-ins",
        filters=(FormField(name="account", label=_("Tài khoản (mã)"), value=account, quiet=True),),
        filtered=bool(account.strip()),
        lines=tuple(_entry(visit, one, names.person(one.by)) for one in shown),
        about_title=_("Tài khoản"),
        more=Link(label=_("Các dòng cũ hơn"), href=_next("/audit/sign-ins", account, shown[-1].position))
        if len(found) > PAGE_MAX
        else None,
        empty=None
        if shown
        else EmptyState(
            icon="lock", title=_("Chưa ai đăng nhập"), text=_("Lần đăng nhập đầu tiên hiện ở đây.")
        ),
    )


def exports_page(visit: Visit, before: int | None) -> AuditPage:
    """Who took which file out, when, cut down to what and how long."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        found = _exports(connection, visit, before)
        people = {one.actor for one in found}
        bodies = {one.capacity.partition("@")[2] for one in found}
        names = names_on(connection, visit.today, people=people, bodies=bodies)
        frame = visit.frame(connection, "audit")
    voice = visit.voice(names, None)
    shown = found[:PAGE_MAX]
    at = 1 if visit.language == "en" else 0
    return AuditPage(
        frame=frame,
        heading=_("Tệp đã lấy ra"),
        lead=_("Mỗi lần tải một tệp có tên người đều được ghi lại trước khi tệp rời hệ thống."),
        tabs=tabs(visit, "exports"),
        lines=tuple(
            AuditLine(
                when=moment(one.at),
                about=EXPORT_NAMES.get(one.what, (one.what, one.what))[at],
                says=_told(visit, one),
                by=voice.actor(one.actor, one.capacity),
            )
            for one in shown
        ),
        about_title=_("Tệp"),
        more=Link(label=_("Các dòng cũ hơn"), href=f"/audit/exports?before={shown[-1].export}")
        if len(found) > PAGE_MAX
        else None,
        empty=None
        if shown
        else EmptyState(
            icon="download", title=_("Chưa ai lấy tệp nào ra"), text=_("Lần tải đầu tiên hiện ở đây.")
        ),
    )


def _exports(connection: Connection, visit: Visit, before: int | None) -> list[Export]:
    scope = scope_of(visit.service, visit.known)
    only = scope.own_bodies(EXPORTS.c.body)
    return list(exports(connection, before=before, limit=PAGE_MAX + 1, only=only))


def _told(visit: Visit, one: Export) -> str:
    _, ngettext = visit.words.gettext, visit.words.ngettext
    rows = ngettext("%(num)s dòng", "%(num)s dòng", one.rows) % {"num": number(one.rows, visit.language)}
    asked = ", ".join(f"{_(FILTERS.get(name, name))} {value}" for name, value in one.filter)
    return f"{rows}; {asked}." if asked else f"{rows}."


def _entry(visit: Visit, one: Entry, by: str) -> AuditLine:
    _ = visit.words.gettext
    return AuditLine(
        when=moment(one.at),
        about=one.account or "–",
        says=_(HAPPENED[one.what]),
        by=by or _("hệ thống"),
        facts=tuple(f"{name}: {value}" for name, value in sorted(one.detail.items())),
    )


def _next(address: str, account: str, before: int) -> str:
    return f"{address}?account={account.strip()}&before={before}"
