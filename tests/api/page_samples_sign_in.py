"""Pages of signing in and of accounts, filled in."""

from api.pages.qr_picture import qr_picture
from api.pages.views import ActionForm, Choice, EmptyState, FormField, Link, RefusalView, StatusText
from api.pages.views_sign_in import (
    AccountLine,
    AccountOfPage,
    AccountPage,
    AccountsPage,
    CapacityLine,
    CapacityPage,
    CodesPage,
    EventLine,
    LinkLine,
    LinksPage,
    SessionLine,
    SignInPage,
    TokenLine,
)
from tests.api.page_samples_base import frame

LINES = (
    CapacityLine(
        value="secretary@CB05",
        label="Bí thư Chi bộ Phòng Kỹ thuật",
        basis="Theo chức vụ trong danh sách",
        now=True,
    ),
    CapacityLine(
        value="organisation_board@DB01",
        label="Ban tổ chức Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        basis="Do được ủy quyền của Đinh Thị Hồng Vân, đến hết 31/01/2017",
    ),
)
LINK = LinkLine(
    name="Vũ Minh Đức",
    body="Chi bộ Phòng Kỹ thuật",
    login="0021",
    address="https://kiemdiem.example.org/link/Zm9yLWEtc2FtcGxlLW9ubHktbm90LWEtdG9rZW4tYXQtYWxs",
    until="25/01/2017 09:40",
)


def sign_in(language: str) -> SignInPage:
    """Name and password, wrong once."""
    return SignInPage(
        frame=frame(language, ""),
        heading="Đăng nhập",
        lead="Tên đăng nhập do người quản trị cấp, thường là mã của bạn trong danh sách.",
        form=ActionForm(
            action="/sign-in",
            submit="Đăng nhập",
            fields=(
                FormField(
                    name="login", label="Tên đăng nhập", kind="login", value="<b>0021</b>", required=True
                ),
                FormField(name="password", label="Mật khẩu", kind="password", required=True),
            ),
        ),
        refusal=RefusalView(
            title="Chưa đăng nhập được", why="Tên đăng nhập hoặc mật khẩu không đúng. Hãy thử lại."
        ),
        links=(Link(label="Quên mật khẩu", href="/forgot"),),
    )


def sign_in_office(language: str) -> SignInPage:
    """The office's own server before name and password."""
    return SignInPage(
        frame=frame(language, ""),
        heading="Đăng nhập",
        lead="Tên đăng nhập do người quản trị cấp, thường là mã của bạn trong danh sách.",
        other=Link(label="Đăng nhập bằng Cổng văn phòng Tổng công ty", href="/sign-in/oidc?next=%2Faccount"),
        form=ActionForm(
            action="/sign-in",
            submit="Đăng nhập",
            fields=(
                FormField(name="login", label="Tên đăng nhập", kind="login", required=True),
                FormField(name="password", label="Mật khẩu", kind="password", required=True),
            ),
        ),
        links=(Link(label="Quên mật khẩu", href="/forgot"),),
    )


def sign_in_unknown(language: str) -> SignInPage:
    """Somebody the office's server knows and no account here is of."""
    return SignInPage(
        frame=frame(language, ""),
        heading="Chưa có tài khoản nào gắn với bạn",
        lead="Đưa mã này cho người quản trị hệ thống để gắn vào tài khoản của bạn, rồi đăng nhập lại.",
        shown="6f0c8b1e-3d55-4b7a-9a53-1f4a0e6d2c11<b>",
        links=(Link(label="Về trang đăng nhập", href="/sign-in"),),
    )


def forgot_sent(language: str) -> SignInPage:
    """A letter is on its way, or not: the page does not say."""
    return SignInPage(
        frame=frame(language, ""),
        heading="Hãy xem hộp thư",
        told="Nếu tên này có tài khoản và có địa chỉ thư điện tử, một thư đang được gửi.",
        links=(Link(label="Đăng nhập", href="/sign-in"),),
    )


def capacity(language: str) -> CapacityPage:
    """Two capacities to choose from."""
    return CapacityPage(frame=frame(language, ""), lines=LINES)


def capacity_none(language: str) -> CapacityPage:
    """An account without any."""
    empty = EmptyState(icon="lock", title="Hôm nay chưa có tư cách nào", text="Hỏi người quản trị.")
    return CapacityPage(frame=frame(language, ""), empty=empty)


def account(language: str) -> AccountPage:
    """Somebody's own account, with a key just made."""
    return AccountPage(
        frame=frame(language, ""),
        name="Vũ Minh Đức",
        login="0021",
        lines=LINES,
        codes=StatusText(tone="done", text="Đang bật"),
        codes_off=ActionForm(
            action="/account/codes/removal",
            submit="Tắt mã một lần",
            fields=(FormField(name="password", label="Mật khẩu", kind="password", required=True),),
        ),
        recovery_left="Còn 9 mã dự phòng.",
        sessions=(
            SessionLine(
                text="Đăng nhập lúc 11/01/2017 08:02", note="Dùng lần cuối 09:39", here=True, end=None
            ),
            SessionLine(
                text="Đăng nhập lúc 10/01/2017 20:15",
                note="Dùng lần cuối 10/01/2017 21:00",
                here=False,
                end=ActionForm(action="/account/sessions/7/revocation", submit="Đăng xuất nơi này"),
            ),
        ),
        end_others=ActionForm(action="/account/sessions/revocation", submit="Đăng xuất mọi nơi khác"),
        tokens=(
            TokenLine(
                name="Báo cáo tuần của văn phòng",
                note="chỉ đọc; Bí thư Chi bộ Phòng Kỹ thuật; đến 11/04/2017; chưa dùng",
                revoke=ActionForm(action="/account/tokens/3/revocation", submit="Thu hồi", style="seal"),
            ),
        ),
        token=ActionForm(
            action="/account/tokens",
            submit="Tạo khóa API",
            fields=(
                FormField(name="name", label="Dùng để làm gì", required=True),
                FormField(
                    name="scope",
                    label="Được làm gì",
                    kind="select",
                    required=True,
                    choices=(Choice(value="read", label="chỉ đọc", chosen=True),),
                ),
                FormField(
                    name="days", label="Dùng trong bao nhiêu ngày", kind="number", value="90", required=True
                ),
            ),
        ),
        new_token="kd_Zm9yLWEtc2FtcGxlLW9ubHktbm90LWEtdG9rZW4",
        manages=True,
    )


def account_office(language: str) -> AccountPage:
    """Somebody who came in by the office's own server and has no password here."""
    return AccountPage(
        frame=frame(language, ""),
        name="Vũ Minh Đức",
        login="0021",
        lines=LINES,
        came_in="Đã vào bằng tài khoản cơ quan. Đăng xuất ở đây không đăng xuất khỏi máy chủ của cơ quan.",
        codes=StatusText(tone="done", text="Đang bật"),
        codes_note="Tài khoản này chưa có mật khẩu để xác nhận, nên muốn tắt thì nhờ người quản trị.",
    )


def account_codes(language: str) -> CodesPage:
    """A phone being set up."""
    return CodesPage(
        frame=frame(language, ""),
        secret="JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
        address="otpauth:sample",
        picture=qr_picture("otpauth:sample"),
        form=ActionForm(
            action="/account/codes/confirmation",
            submit="Bật",
            fields=(
                FormField(
                    name="code", label="Mã sáu số đang hiện trong ứng dụng", kind="code", required=True
                ),
            ),
        ),
    )


def account_recovery(language: str) -> CodesPage:
    """Recovery codes, once."""
    return CodesPage(frame=frame(language, ""), recovery=tuple(f"abcd{n}-efgh{n}" for n in range(2, 10)))


def accounts(language: str) -> AccountsPage:
    """A list with somebody in every state."""
    states = (
        StatusText(tone="done", text="Dùng được"),
        StatusText(tone="waiting", text="Chờ đặt mật khẩu"),
        StatusText(tone="locked", text="Đã khóa"),
    )
    names = ("Vũ Minh Đức", "Đinh Thị Hồng Vân", "Tôn Nữ Thị Hoàng Ngọc Phương Thảo")
    return AccountsPage(
        frame=frame(language, "roster"),
        count=3,
        lines=tuple(
            AccountLine(
                name=name,
                href="/accounts/TK-0123456789ab",
                login=f"00{number}",
                person=f"00{number}",
                state=state,
                seen="11/01/2017 09:39",
            )
            for number, (name, state) in enumerate(zip(names, states, strict=True), start=21)
        ),
        more=Link(label="Xem tiếp", href="/accounts?start=100"),
        make=ActionForm(
            action="/accounts",
            submit="Mở tài khoản và cấp đường dẫn",
            fields=(FormField(name="person", label="Mã trong danh sách", quiet=True),),
        ),
        heads=ActionForm(action="/accounts/heads", submit="Mở tài khoản cho tất cả, in đường dẫn"),
        heads_count=9,
    )


def account_of(language: str) -> AccountOfPage:
    """One account with a link just made."""
    return AccountOfPage(
        frame=frame(language, "roster"),
        name="Vũ Minh Đức",
        login="0021",
        person="0021",
        state=StatusText(tone="unknown", text="Chưa đặt mật khẩu"),
        facts=(("Tên đăng nhập", "0021"), ("Nơi đang đăng nhập", "0")),
        lines=LINES,
        acts=(
            (
                "Khóa tài khoản",
                "Không đăng nhập được nữa.",
                ActionForm(action="/accounts/TK-0123456789ab/disabling", submit="Khóa", style="seal"),
            ),
        ),
        events=(EventLine(at="11/01/2017 09:40", text="Lập tài khoản (Cao Minh Nhật)"),),
        link=LINK,
    )


def account_links(language: str) -> LinksPage:
    """Slips to be cut."""
    return LinksPage(frame=frame(language, "roster"), lines=(LINK, LINK))
