"""Samples of the page of letters and of the call list, on 11/01/2017."""

from api.pages.call_list_page import CallLine, CallListPage
from api.pages.deliveries_page import (
    SHOWN,
    CountLine,
    DeliveriesPage,
    LetterLine,
    NobodyLine,
    TryLine,
)
from api.pages.views import Choice, EmptyState, Link, StatusText
from tests.api.page_samples_base import frame

CHOICES = tuple(Choice(value=code, label=label, chosen=code == "all") for code, label in SHOWN.items())


def deliveries(language: str) -> DeliveriesPage:
    """One letter dead, one waiting too long, one sent; something nobody answers for."""
    return DeliveriesPage(
        frame=frame(language, "deliveries"),
        counts=(
            CountLine(channel="Thư điện tử", waiting=12, late=1, dead=1, sent=1204, cancelled=0),
            CountLine(channel="Webhook", waiting=0, late=0, dead=0, sent=31, cancelled=2),
        ),
        choices=CHOICES,
        letters=(
            LetterLine(
                id=1207,
                channel="Thư điện tử",
                recipient="Nguyễn Thị Minh Nguyệt",
                address="n…@example.org",
                state=StatusText(tone="refused", text="Không gửi được"),
                when="11/01/2017, 07:31",
                attempts=1,
                problem="recipient refused: 550 5.1.1 <n…@example.org> no such user",
                tries=(
                    TryLine(at="11/01/2017, 07:31", text="lần 1: bị từ chối hẳn", detail="550 no such user"),
                ),
                resend_href="/deliveries/1207/resending",
            ),
            LetterLine(
                id=1206,
                channel="Thư điện tử",
                recipient="<script>alert(1)</script>",
                address="v…@example.org",
                state=StatusText(tone="late", text="Chờ quá lâu"),
                when="11/01/2017, 09:55",
                attempts=3,
                problem="451 try later",
                tries=(),
                cancel_href="/deliveries/1206/cancellation",
            ),
            LetterLine(
                id=1205,
                channel="Webhook",
                recipient="0f3a9c21d4e5",
                address="",
                state=StatusText(tone="done", text="Đã gửi"),
                when="11/01/2017, 07:30",
                attempts=1,
                problem="",
                tries=(TryLine(at="11/01/2017, 07:30", text="lần 1: đã gửi, bên kia đã nhận", detail="200"),),
            ),
        ),
        more=Link(label="Các thư cũ hơn", href="/deliveries?show=all&before=1205"),
        nobodys=(
            NobodyLine(
                body="Chi bộ Phân xưởng Đúc",
                task="Bỏ phiếu xếp loại cho 9 cá nhân",
                due="31/01/2017",
                href="/c/2016/o/CB09",
            ),
        ),
    )


def deliveries_empty(language: str) -> DeliveriesPage:
    """Before the first letter, without a mail server."""
    return DeliveriesPage(
        frame=frame(language, "deliveries"),
        choices=CHOICES,
        no_mail=True,
        empty=EmptyState(icon="inbox", title="Chưa có thư nào", text="Thư xuất hiện khi có việc đến hạn."),
    )


def call_list(language: str) -> CallListPage:
    """Two calls, one of them about something overdue, and a body nobody answers for."""

    def line(name: str, body: str, phone: str = "", overdue: bool = False) -> CallLine:
        return CallLine(
            name=name,
            capacity="người đứng đầu" if phone else "",
            body=body,
            phone=phone,
            task="Bỏ phiếu xếp loại cho 12 cá nhân",
            safe="13/01/2017",
            due="15:00 14/01/2017",
            cite="24-KH/ĐUK, mục VI",
            overdue=overdue,
        )

    return CallListPage(
        frame=frame(language, "board"),
        title="Danh sách gọi nhắc việc, đợt 2016, ngày 11/01/2017",
        organisation="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        scope="Việc nên làm xong chậm nhất ngày 25/01/2017, cả việc quá hạn; ai không có thư điện tử.",
        inside_only="Lưu hành nội bộ: danh sách có họ tên và số điện thoại, không gửi ra ngoài.",
        lines=(
            line("Vũ Minh Đức", "Chi bộ Phòng Kỹ thuật", "0912 345 678", overdue=True),
            line("Nguyễn Thị Minh Nguyệt", "Chi bộ Phân xưởng Lắp ráp", "0987 654 321"),
            line("(chưa có người phụ trách)", "Chi bộ Phân xưởng Đúc"),
        ),
        sheet_href="/c/2016/call-list.xlsx?on=2017-01-11&everybody=false",
        on="11/01/2017",
    )
