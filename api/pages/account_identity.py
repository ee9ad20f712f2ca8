"""As whom the office's own identity server knows an account: what is told of it, and how it is set."""

from __future__ import annotations

from api.pages.typed import Typed
from api.pages.views import ActionForm, FormField
from api.pages.visits import Visit
from api.sign_in.oidc import identity_server_at
from handlers.accounts.book import Account

Act = tuple[str, str, ActionForm]


def is_known_there(visit: Visit, found: Account) -> bool:
    """Whether the server people may sign in through today leads into this account."""
    server = identity_server_at(visit.request)
    return server is not None and bool(found.identity_subject) and found.identity_issuer == server.issuer


def identity_facts(visit: Visit, found: Account) -> tuple[tuple[str, str], ...]:
    """The identity, and the server it is of where that is not the one of today."""
    _ = visit.words.gettext
    label = _("Mã định danh ở máy chủ cơ quan")
    if is_known_there(visit, found):
        return ((label, found.identity_subject),)
    if found.identity_subject:
        other = _("%(subject)s, của máy chủ %(issuer)s hiện không dùng")
        return ((label, other % {"subject": found.identity_subject, "issuer": found.identity_issuer}),)
    return ((label, _("Chưa gắn")),) if identity_server_at(visit.request) is not None else ()


def identity_acts(visit: Visit, found: Account, typed: Typed | None) -> list[Act]:
    """Set it, change it, remove it; after a refusal with what was typed still there."""
    _ = visit.words.gettext
    base = f"/accounts/{found.account}"
    acts: list[Act] = []
    if identity_server_at(visit.request) is not None:
        field = FormField(
            name="identity",
            label=_("Mã định danh"),
            value=typed.raw("identity") if typed else "",
            error=typed.errors.get("identity", "") if typed else "",
            required=True,
        )
        acts.append(
            (
                _("Cho đăng nhập bằng tài khoản cơ quan"),
                _(
                    "Người này đăng nhập ở máy chủ của cơ quan, trang hiện ra mã định danh; nhận mã tận tay "
                    "rồi gắn vào đây. Người mang mã ấy vào được tài khoản này; mọi nơi đang đăng nhập bị "
                    "đăng xuất."
                ),
                ActionForm(action=f"{base}/identity", submit=_("Gắn mã"), fields=(field,)),
            )
        )
    if found.identity_subject:
        acts.append(
            (
                _("Gỡ mã định danh"),
                _("Không vào được qua máy chủ của cơ quan nữa; mọi nơi đang đăng nhập bị đăng xuất."),
                ActionForm(action=f"{base}/identity-removal", submit=_("Gỡ mã")),
            )
        )
    return acts
