"""Everybody's accounts, for an administrator: the list, one account, links to be handed out."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection

from api.pages.account_identity import identity_acts, identity_facts, is_known_there
from api.pages.audit_security import HAPPENED
from api.pages.capacities_told import capacity_lines
from api.pages.format import N_, moment
from api.pages.typed import Typed
from api.pages.views import ActionForm, EmptyState, FormField, Link, RefusalView, StatusText
from api.pages.views_sign_in import (
    AccountLine,
    AccountOfPage,
    AccountsPage,
    EventLine,
    LinkLine,
    LinksPage,
)
from api.pages.visits import Visit
from api.sign_in.signed_in import held_by, lasting_of
from handlers.accounts.book import Account, Listed, account_of, heads_without, listed
from handlers.accounts.security_log import Entry, entries
from handlers.accounts.sessions import open_sessions
from handlers.names import Names, names_on

PAGE_MAX: Final = 100
EVENTS_MAX: Final = 20
NOT_PEOPLE: Final = {
    "set-up": N_("từ dòng lệnh của máy chủ"),
    "demo": N_("khi bản thử khởi động"),
    "forgot": N_("qua trang quên mật khẩu"),
}
"""Who does something around accounts without being a person."""


def accounts_page(
    visit: Visit,
    sought: str = "",
    start: int = 0,
    *,
    typed: Typed | None = None,
    refusal: RefusalView | None = None,
) -> AccountsPage:
    """The list from a place on; after a refused new account with what was typed still there."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "administration")
        found = listed(connection, visit.today, visit.now, sought)
        heads = len(heads_without(connection, visit.today))
    shown = found[start : start + PAGE_MAX]
    more = None
    if len(found) > start + PAGE_MAX:
        query = urlencode({"q": sought, "start": start + PAGE_MAX})
        more = Link(label=_("Xem tiếp"), href=f"/accounts?{query}")
    nobody = EmptyState(
        icon="people",
        title=_("Không có tài khoản nào như vậy"),
        text=_("Tìm theo họ tên có dấu hoặc không dấu, tên đăng nhập hoặc mã trong danh sách."),
    )
    return AccountsPage(
        frame=frame,
        count=len(found),
        sought=sought,
        lines=tuple(_line(visit, one) for one in shown),
        more=more,
        make=_make_form(visit, typed),
        heads=ActionForm(
            action="/accounts/heads", submit=_("Mở tài khoản cho tất cả, in đường dẫn"), style="primary"
        )
        if heads
        else None,
        heads_count=heads,
        empty=None if shown else nobody,
        refusal=refusal,
    )


def account_of_page(
    visit: Visit,
    account: str,
    *,
    link: LinkLine | None = None,
    refusal: RefusalView | None = None,
    typed: Typed | None = None,
) -> AccountOfPage:
    """One account; after a refused identity with what was typed still there. Raises NotFound."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        found = account_of(connection, account)
        frame = visit.frame(connection, "administration")
        name = name_shown(visit, connection, found)
        held = held_by(visit.request, connection, found.person)
        lines = capacity_lines(visit, connection, held)
        sessions = open_sessions(connection, account, visit.now, lasting_of(visit.request))
        told = entries(connection, account=account, limit=EVENTS_MAX)
        people = {one.by for one in told if one.by}
        names = names_on(connection, visit.today, people=people)
    return AccountOfPage(
        frame=frame,
        crumbs=(Link(label=_("Tài khoản của mọi người"), href="/accounts"), Link(label=name, href="")),
        name=name,
        login=found.login,
        person=found.person,
        state=state_of(visit, found, has_link=False),
        facts=(
            (_("Tên đăng nhập"), found.login),
            (_("Mã"), found.person),
            (_("Mã một lần trên điện thoại"), _("Đang bật") if found.totp_on else _("Chưa bật")),
            (_("Nơi đang đăng nhập"), str(len(sessions))),
            *identity_facts(visit, found),
        ),
        lines=lines,
        acts=tuple(_acts(visit, found, typed)),
        events=tuple(_event(visit, one, names) for one in told),
        link=link,
        refusal=refusal,
    )


def links_page(visit: Visit, lines: tuple[LinkLine, ...]) -> LinksPage:
    """Links to be printed and handed out."""
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "administration")
    return LinksPage(frame=frame, lines=lines)


def name_shown(visit: Visit, connection: Connection, found: Account) -> str:
    """What an account's person is called: by the roster, else by the label, else by the sign-in name."""
    named = names_on(connection, visit.today, people=[found.person]).people.get(found.person)
    return named or found.label or found.login


def state_of(visit: Visit, found: Account, *, has_link: bool) -> StatusText:
    """Whether and how one may sign in with it."""
    _ = visit.words.gettext
    if found.disabled:
        return StatusText(tone="locked", text=_("Đã khóa"))
    if found.has_password and found.must_change:
        return StatusText(tone="risk", text=_("Chưa đổi mật khẩu lần đầu"))
    if found.has_password or is_known_there(visit, found):
        return StatusText(tone="done", text=_("Dùng được"))
    if has_link:
        return StatusText(tone="waiting", text=_("Chờ đặt mật khẩu"))
    return StatusText(tone="unknown", text=_("Chưa đặt mật khẩu"))


def _line(visit: Visit, one: Listed) -> AccountLine:
    return AccountLine(
        name=one.name,
        href=f"/accounts/{one.account.account}",
        login=one.account.login,
        person=one.account.person,
        state=state_of(visit, one.account, has_link=one.link_until is not None),
        seen=moment(one.seen_at) if one.seen_at else "–",
    )


def _event(visit: Visit, entry: Entry, names: Names) -> EventLine:
    _ = visit.words.gettext
    text = _(HAPPENED[entry.what])
    by = _(NOT_PEOPLE[entry.by]) if entry.by in NOT_PEOPLE else names.person(entry.by)
    return EventLine(at=moment(entry.at), text=f"{text} ({by})" if entry.by else text)


def _acts(visit: Visit, found: Account, typed: Typed | None) -> list[tuple[str, str, ActionForm]]:
    _ = visit.words.gettext
    base = f"/accounts/{found.account}"
    if found.disabled:
        return [
            (
                _("Mở khóa"),
                _("Người này đăng nhập lại được bằng mật khẩu cũ."),
                ActionForm(action=f"{base}/enabling", submit=_("Mở khóa")),
            )
        ]
    acts = [
        (
            _("Cấp đường dẫn dùng một lần"),
            _("Để đặt mật khẩu mới. Đường dẫn cấp trước đó hết hiệu lực."),
            ActionForm(action=f"{base}/link", submit=_("Cấp đường dẫn"), style="primary"),
        ),
        (
            _("Đăng xuất mọi nơi"),
            _("Mọi trình duyệt đang dùng tài khoản này phải đăng nhập lại."),
            ActionForm(action=f"{base}/signing-out", submit=_("Đăng xuất")),
        ),
    ]
    if found.totp_on:
        acts.append(
            (
                _("Tắt mã một lần"),
                _("Chỉ khi người này mất điện thoại và đã gặp trực tiếp."),
                ActionForm(action=f"{base}/codes-removal", submit=_("Tắt mã một lần")),
            )
        )
    acts.extend(identity_acts(visit, found, typed))
    acts.append(
        (
            _("Khóa tài khoản"),
            _("Không đăng nhập được nữa, mọi nơi bị đăng xuất, khóa API thôi dùng được. Mở lại được."),
            ActionForm(action=f"{base}/disabling", submit=_("Khóa"), style="seal"),
        )
    )
    return acts


def _make_form(visit: Visit, typed: Typed | None) -> ActionForm:
    _ = visit.words.gettext

    def entry(name: str, label: str, hint: str) -> FormField:
        return FormField(
            name=name,
            label=label,
            hint=hint,
            value=typed.raw(name) if typed else "",
            error=typed.errors.get(name, "") if typed else "",
            quiet=True,
        )

    return ActionForm(
        action="/accounts",
        submit=_("Mở tài khoản và cấp đường dẫn"),
        fields=(
            entry("person", _("Mã trong danh sách"), _("Để trống cho người ngoài danh sách.")),
            entry("login", _("Tên đăng nhập"), _("Để trống thì lấy theo mã.")),
            entry("label", _("Họ tên người ngoài danh sách"), _("Ví dụ cán bộ kỹ thuật của cơ quan.")),
        ),
    )
