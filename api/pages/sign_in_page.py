"""The pages of signing in: name and password, one-time code, a link used once, a forgotten password."""

from __future__ import annotations

from api.pages.views import ActionForm, FormField, Link, RefusalView
from api.pages.views_sign_in import SignInPage
from api.pages.visits import Visit
from api.settings import Settings
from api.sign_in.going_on import with_next
from api.sign_in.oidc import BEGIN, identity_server_at
from handlers.accounts import passwords
from handlers.accounts.links import Link as OneTimeLink
from handlers.accounts.links import Purpose
from handlers.accounts.sessions import Seat
from handlers.accounts.throttle import HeldBack
from workflow.errors import BadInput, Refusal


def sign_in_page(
    visit: Visit, following: str, *, login: str = "", refusal: RefusalView | None = None
) -> SignInPage:
    """Name and password."""
    _ = visit.words.gettext
    fields = (
        FormField(name="login", label=_("Tên đăng nhập"), kind="login", value=login, required=True),
        FormField(name="password", label=_("Mật khẩu"), kind="password", required=True),
    )
    return _page(
        visit,
        heading=_("Đăng nhập"),
        lead=_("Tên đăng nhập do người quản trị cấp, thường là mã của bạn trong danh sách."),
        form=ActionForm(action=with_next("/sign-in", following), submit=_("Đăng nhập"), fields=fields),
        refusal=refusal,
        other=_through_the_office(visit, following),
        links=(
            Link(label=_("Quên mật khẩu"), href="/forgot"),
            Link(label=_("Đọc quy định, không cần đăng nhập"), href="/rulebooks"),
        ),
    )


def code_page(visit: Visit, following: str, refusal: RefusalView | None = None) -> SignInPage:
    """The one-time code after a right password."""
    _ = visit.words.gettext
    code = FormField(
        name="code",
        label=_("Mã một lần"),
        kind="code",
        hint=_("Sáu số đang hiện trong ứng dụng xác thực. Mất điện thoại: nhập một mã dự phòng."),
        required=True,
    )
    return _page(
        visit,
        heading=_("Nhập mã một lần"),
        lead=_("Bước đầu đã xong. Còn một bước nữa; bước này chờ năm phút."),
        form=ActionForm(action=with_next("/sign-in/code", following), submit=_("Tiếp tục"), fields=(code,)),
        refusal=refusal,
        links=(Link(label=_("Đăng nhập bằng tên khác"), href="/sign-in"),),
    )


def link_page(
    visit: Visit,
    token: str,
    link: OneTimeLink,
    *,
    login: str = "",
    errors: dict[str, str] | None = None,
    refusal: RefusalView | None = None,
) -> SignInPage:
    """Set a password by a one-time link; the first administrator also chooses his name."""
    _ = visit.words.gettext
    wrong = errors or {}
    fields = list(_new_password(visit, wrong))
    if link.purpose is Purpose.FIRST_ADMINISTRATOR:
        heading, lead = (
            _("Người quản trị đầu tiên"),
            _(
                "Đặt tên và mật khẩu cho người quản trị hệ thống. Người này mở tài khoản cho người khác, "
                "không xem nội dung kiểm điểm."
            ),
        )
        fields.insert(
            0,
            FormField(
                name="login",
                label=_("Tên đăng nhập"),
                kind="login",
                value=login or "quan-tri",
                error=wrong.get("login", ""),
                required=True,
            ),
        )
    else:
        heading = _("Đặt mật khẩu")
        lead = _("Tên đăng nhập của bạn: %(login)s. Đường dẫn này chỉ dùng được một lần.") % {
            "login": link.login
        }
    return _page(
        visit,
        heading=heading,
        lead=lead,
        form=ActionForm(
            action=f"/link/{token}",
            submit=_("Đặt mật khẩu và đăng nhập"),
            fields=tuple(fields),
            notes=(_advice(visit),),
        ),
        refusal=refusal,
    )


def link_over_page(visit: Visit) -> SignInPage:
    """The link leads nowhere: used, over, or mistyped; which of them is not told."""
    _ = visit.words.gettext
    return _page(
        visit,
        heading=_("Đường dẫn không dùng được nữa"),
        lead=_(
            "Đường dẫn đã dùng, đã quá hạn, đã có đường dẫn mới hơn, hoặc bị chép thiếu. Xin người quản trị "
            "cấp lại."
        ),
        links=(Link(label=_("Đăng nhập"), href="/sign-in"), Link(label=_("Quên mật khẩu"), href="/forgot")),
    )


def forgot_page(visit: Visit, *, sent: bool = False, refusal: RefusalView | None = None) -> SignInPage:
    """Ask for a letter with a link; without a mail server, whom to ask instead."""
    _ = visit.words.gettext
    back = (Link(label=_("Đăng nhập"), href="/sign-in"),)
    settings: Settings = visit.request.app.state.settings
    if not settings.smtp_host:
        return _page(
            visit,
            heading=_("Quên mật khẩu"),
            lead=_(
                "Hệ thống này chưa gửi thư điện tử. Hãy nhờ người quản trị cấp một đường dẫn dùng một lần "
                "để đặt mật khẩu mới."
            ),
            links=back,
        )
    if sent:
        return _page(
            visit,
            heading=_("Hãy xem hộp thư"),
            told=_(
                "Nếu tên này có tài khoản và có địa chỉ thư điện tử, một thư đang được gửi; đường dẫn "
                "trong thư dùng được 30 phút."
            ),
            lead=_("Không thấy thư thì nhờ người quản trị cấp một đường dẫn dùng một lần."),
            links=back,
        )
    field = FormField(name="login", label=_("Tên đăng nhập"), kind="login", required=True)
    return _page(
        visit,
        heading=_("Quên mật khẩu"),
        lead=_("Một đường dẫn dùng một lần sẽ được gửi tới địa chỉ thư điện tử của bạn."),
        form=ActionForm(action="/forgot", submit=_("Gửi thư"), fields=(field,)),
        refusal=refusal,
        links=back,
    )


def password_page(
    visit: Visit,
    following: str,
    *,
    seat: Seat,
    errors: dict[str, str] | None = None,
    refusal: RefusalView | None = None,
) -> SignInPage:
    """Another password, the one in use given; without one, who helps to the first."""
    _ = visit.words.gettext
    wrong, must = errors or {}, seat.must_change
    if not seat.has_password:
        return _page(
            visit,
            heading=_("Chưa có mật khẩu"),
            lead=_(
                "Tài khoản này đăng nhập bằng tài khoản cơ quan và chưa có mật khẩu ở đây. Muốn có thì nhờ "
                "người quản trị cấp một đường dẫn dùng một lần."
            ),
            links=(Link(label=_("Về tài khoản"), href="/account"),),
        )
    old = FormField(
        name="old", label=_("Mật khẩu đang dùng"), kind="password", error=wrong.get("old", ""), required=True
    )
    lead = (
        _("Mật khẩu đang dùng do người khác đặt. Đổi xong mới vào được các trang khác.")
        if must
        else _("Đổi xong, mọi nơi khác đang đăng nhập bằng tài khoản này đều phải đăng nhập lại.")
    )
    return _page(
        visit,
        heading=_("Đổi mật khẩu"),
        lead=lead,
        form=ActionForm(
            action=with_next("/account/password", following),
            submit=_("Đổi mật khẩu"),
            fields=(old, *_new_password(visit, wrong)),
            notes=(_advice(visit),),
        ),
        refusal=refusal,
        links=() if must else (Link(label=_("Về tài khoản"), href="/account"),),
    )


def wrong_password(visit: Visit) -> RefusalView:
    """Name and password do not go together: the same words whatever is wrong."""
    _ = visit.words.gettext
    return RefusalView(
        title=_("Chưa đăng nhập được"),
        why=_(
            "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."
        ),
    )


def held_back(visit: Visit, held: HeldBack) -> RefusalView:
    """Too many attempts: how long to wait."""
    _, ngettext = visit.words.gettext, visit.words.ngettext
    minutes = -(-held.seconds // 60)
    for_so_long = (
        ngettext("%(num)d giây", "%(num)d giây", held.seconds) % {"num": held.seconds}
        if held.seconds < 60
        else ngettext("%(num)d phút", "%(num)d phút", minutes) % {"num": minutes}
    )
    return RefusalView(
        title=_("Hãy chờ rồi thử lại"),
        why=_("Đã thử sai nhiều lần. Chờ %(wait)s rồi thử lại; không ai bị khóa hẳn.")
        % {"wait": for_so_long},
    )


def wrong_code(visit: Visit) -> RefusalView:
    """The one-time code does not hold."""
    _ = visit.words.gettext
    return RefusalView(
        title=_("Mã không đúng"),
        why=_("Mã đã đổi, đã dùng rồi, hoặc đồng hồ điện thoại lệch. Đợi mã mới hiện ra rồi nhập lại."),
    )


def field_error(visit: Visit, refused: BadInput) -> dict[str, str]:
    """What is wrong with a field, to be said beside it."""
    text = refused.wrong_en if visit.language == "en" else refused.wrong_vi
    return {refused.field: text[:1].upper() + text[1:]}


def plainly(visit: Visit, refused: Refusal, title: str) -> RefusalView:
    """A refusal above the form."""
    return RefusalView(title=title, why=refused.en if visit.language == "en" else refused.vi)


def _through_the_office(visit: Visit, following: str) -> Link | None:
    if identity_server_at(visit.request) is None:
        return None
    _ = visit.words.gettext
    settings: Settings = visit.request.app.state.settings
    label = (
        _("Đăng nhập bằng %(label)s") % {"label": settings.oidc_label}
        if settings.oidc_label
        else _("Đăng nhập bằng tài khoản cơ quan")
    )
    return Link(label=label, href=with_next(BEGIN, following))


def _new_password(visit: Visit, wrong: dict[str, str]) -> tuple[FormField, ...]:
    _ = visit.words.gettext
    return (
        FormField(
            name="password",
            label=_("Mật khẩu mới"),
            kind="new_password",
            hint=_("Ít nhất %(min)d ký tự.") % {"min": passwords.LENGTH_MIN},
            error=wrong.get("password", ""),
            required=True,
        ),
        FormField(
            name="again",
            label=_("Nhập lại mật khẩu mới"),
            kind="new_password",
            error=wrong.get("again", ""),
            required=True,
        ),
    )


def _advice(visit: Visit) -> str:
    _ = visit.words.gettext
    return _(
        "Bốn từ không liên quan với nhau, có dấu hay không dấu, vừa dễ nhớ vừa khó đoán. Không dùng lại "
        "mật khẩu nơi khác."
    )


def _page(
    visit: Visit,
    *,
    heading: str,
    lead: str = "",
    form: ActionForm | None = None,
    refusal: RefusalView | None = None,
    told: str = "",
    other: Link | None = None,
    links: tuple[Link, ...] = (),
) -> SignInPage:
    with visit.service.database.read() as connection:
        frame = visit.frame(connection, "")
    return SignInPage(
        frame=frame,
        heading=heading,
        lead=lead,
        form=form,
        refusal=refusal,
        told=told,
        other=other,
        links=links,
    )
