"""The pages of a sign-in through the office's own server that did not come to an end: why, and what to do."""

from __future__ import annotations

from dataclasses import replace

from api.pages.views import Link
from api.pages.views_sign_in import SignInPage
from api.pages.visits import Visit


def begin_again_page(visit: Visit) -> SignInPage:
    """Nobody is expected with this answer; which of the reasons it is, is not told."""
    _ = visit.words.gettext
    return _page(
        visit,
        _("Hãy đăng nhập lại từ đầu"),
        _(
            "Lần đăng nhập này đã dùng rồi, đã quá mười phút, hoặc bắt đầu ở một trình duyệt khác. Quay lại "
            "trang đăng nhập và bắt đầu lần mới."
        ),
    )


def turned_away_page(visit: Visit) -> SignInPage:
    """The person or the server said no."""
    _ = visit.words.gettext
    return _page(
        visit,
        _("Máy chủ của cơ quan không cho đăng nhập"),
        _(
            "Bạn đã dừng lại ở đó, hoặc máy chủ chưa cho bạn dùng hệ thống kiểm điểm. Thử lại; nếu vẫn vậy, "
            "hỏi người quản lý máy chủ của cơ quan."
        ),
    )


def silent_page(visit: Visit) -> SignInPage:
    """The server does not answer."""
    _ = visit.words.gettext
    return _page(
        visit,
        _("Máy chủ của cơ quan chưa trả lời"),
        _(
            "Thử lại sau ít phút. Ai có mật khẩu của hệ thống này thì đăng nhập bằng mật khẩu; ai chưa có "
            "thì nhờ người quản trị cấp một đường dẫn dùng một lần."
        ),
    )


def unusable_page(visit: Visit, reason: str) -> SignInPage:
    """The server's answer is none we may believe: a fault of the settings, of the server, or an attack."""
    _ = visit.words.gettext
    return _page(
        visit,
        _("Không dùng được câu trả lời của máy chủ cơ quan"),
        _(
            "Chưa ai được đăng nhập. Bắt đầu lại một lần; nếu vẫn vậy, báo người quản trị hệ thống thời điểm "
            "này và mã lỗi: %(reason)s."
        )
        % {"reason": reason},
    )


def not_known_page(visit: Visit, subject: str) -> SignInPage:
    """The server knows who this is, and no account here says so."""
    _ = visit.words.gettext
    return _page(
        visit,
        _("Chưa có tài khoản nào gắn với bạn"),
        _(
            "Máy chủ của cơ quan đã nhận ra bạn, nhưng chưa tài khoản nào ở đây mang mã định danh dưới đây. "
            "Đưa mã này cho người quản trị hệ thống để gắn vào tài khoản của bạn, rồi đăng nhập lại."
        ),
        shown=subject,
    )


def disabled_page(visit: Visit) -> SignInPage:
    """The account of this person is disabled."""
    _ = visit.words.gettext
    return _page(
        visit,
        _("Tài khoản của bạn đang bị khóa"),
        _("Máy chủ của cơ quan đã nhận ra bạn, nhưng tài khoản ở đây đang bị khóa. Hỏi người quản trị."),
    )


def _page(visit: Visit, heading: str, lead: str, *, shown: str = "") -> SignInPage:
    """Whatever is chosen on it leads to the first step: the address of an answer is good for one use."""
    _ = visit.words.gettext
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
    languages = tuple((code, f"/sign-in?language={code}") for code, _href in frame.language_hrefs)
    frame = replace(frame, path="/sign-in", language_hrefs=languages)
    return SignInPage(
        frame=frame,
        heading=heading,
        lead=lead,
        shown=shown,
        links=(Link(label=_("Về trang đăng nhập"), href="/sign-in"),),
    )
