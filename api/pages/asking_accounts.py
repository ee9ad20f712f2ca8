"""What an administrator is asked before an act on somebody else's account that no button takes back."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from api.pages.accounts_page import name_shown
from api.pages.confirming import Question
from api.pages.visits import Visit
from api.sign_in.signed_in import lasting_of
from handlers.accounts.api_tokens import own_tokens
from handlers.accounts.book import account_of
from handlers.accounts.sessions import open_sessions

AccountAct = Literal["disabling", "signing-out", "codes-removal"]


def on_account(visit: Visit, account: str, act: AccountAct) -> Question:
    """The question, with how many sessions and keys it is about. Raises NotFound."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        name = name_shown(visit, connection, account_of(connection, account))
        sessions, keys = _ended(visit, connection, account), _keys(visit, connection, account)
    told = {"name": name}
    if act == "codes-removal":
        return Question(
            title=_("Tắt mã một lần của %(name)s?") % told,
            consequences=(
                _("Đăng nhập chỉ còn cần mật khẩu; ai biết mật khẩu là vào được."),
                _("Khóa trên điện thoại và các mã dự phòng bị bỏ hẳn; %(name)s phải tự bật lại từ đầu.")
                % told,
            ),
            submit=_("Tắt mã một lần"),
        )
    if act == "signing-out":
        return Question(
            title=_("Đăng xuất %(name)s ở mọi nơi?") % told,
            consequences=(
                sessions,
                _("Chữ đang nhập dở ở đó chưa gửi thì không gửi được; phải đăng nhập lại."),
            ),
            submit=_("Đăng xuất mọi nơi"),
        )
    return Question(
        title=_("Khóa tài khoản của %(name)s?") % told,
        consequences=(
            _("%(name)s không đăng nhập được cho tới khi có người mở khóa.") % told,
            sessions,
            keys,
            _("Đường dẫn đặt mật khẩu đã cấp mà chưa dùng hết hiệu lực; mở khóa rồi phải cấp lại."),
        ),
        submit=_("Khóa tài khoản"),
    )


def _ended(visit: Visit, connection: Connection, account: str) -> str:
    count = len(open_sessions(connection, account, visit.now, lasting_of(visit.request)))
    _ = visit.words.gettext
    if not count:
        return _("Hiện không đăng nhập ở nơi nào.")
    said = visit.words.ngettext(
        "%(num)d nơi đang đăng nhập bị đăng xuất ngay.",
        "%(num)d nơi đang đăng nhập bị đăng xuất ngay.",
        count,
    )
    return said % {"num": count}


def _keys(visit: Visit, connection: Connection, account: str) -> str:
    count = len(own_tokens(connection, account, visit.now))
    _ = visit.words.gettext
    if not count:
        return _("Không có khóa API nào.")
    said = visit.words.ngettext(
        "%(num)d khóa API thôi dùng được cho tới khi mở khóa tài khoản.",
        "%(num)d khóa API thôi dùng được cho tới khi mở khóa tài khoản.",
        count,
    )
    return said % {"num": count}
