"""Samples of the audit: lines found, nothing found, a verification running and one that found something."""

from api.pages.audit_views import AuditLine, AuditPage, CheckpointPage, VerificationView, VerifyPage
from api.pages.views import ActionForm, Choice, EmptyState, FormField, Link, StatusText
from tests.api.page_samples_base import frame

TABS = (("Sổ ghi", "/audit", True), ("Bị từ chối", "/audit/refused", False))
FILTERS = (
    FormField(name="review", label="Kỳ kiểm điểm (mã)", value="2016.member.0012", quiet=True),
    FormField(
        name="event",
        label="Sự kiện",
        kind="select",
        quiet=True,
        choices=(Choice(value="", label="mọi sự kiện"), Choice(value="draft_sent", label="Gửi dự thảo")),
    ),
    FormField(name="first", label="Nhập từ ngày", kind="day", value="16/12/2016", quiet=True),
)


def audit(language: str) -> AuditPage:
    """A late entry with its day, an exception, a name as long as names get, older lines behind."""
    return AuditPage(
        frame=frame(language, "audit"),
        heading="Sổ ghi: ai làm gì, khi nào",
        lead="Mới nhất trước; chỉ trong phạm vi được xem.",
        tabs=TABS,
        action="/audit",
        filters=FILTERS,
        filtered=True,
        about_title="Về",
        campaigns=(Link(label="2015", href="/audit/late?campaign=2015"),),
        lines=(
            AuditLine(
                when="14/02/2017, 08:00",
                about="Công Tằng Tôn Nữ Thị Minh Nguyệt",
                says="Hủy kết quả mức “Hoàn thành tốt nhiệm vụ” (văn bản QĐ 41-QĐ/ĐU): <script>.",
                by="Đoàn Mạnh Cường, cấp ủy có thẩm quyền Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
                href="/r/2016.member.0012/history?v=31",
                link="Phát lại",
                took_place="09/02/2017",
                state=StatusText(tone="refused", text="Hủy kết quả"),
                facts=("Chi bộ Phân xưởng Lắp ráp",),
            ),
            AuditLine(when="02/11/2026, 08:00", about="roster", says="Cập nhật danh sách.", by="hệ thống"),
        ),
        more=Link(label="Các dòng cũ hơn", href="/audit?before=1207"),
        newest=Link(label="Về các dòng mới nhất", href="/audit"),
        sheet_href="/audit/log.xlsx",
    )


def audit_empty(language: str) -> AuditPage:
    """Nothing found."""
    return AuditPage(
        frame=frame(language, "audit"),
        heading="Việc bị từ chối",
        lead="Ai xin làm gì và vướng quy định nào.",
        tabs=TABS,
        action="/audit/refused",
        filters=FILTERS[:1],
        empty=EmptyState(icon="search", title="Không có dòng nào như vậy", text="Bỏ bớt điều kiện."),
    )


def audit_verify(language: str) -> VerifyPage:
    """One runs, the one before found two things."""
    return VerifyPage(
        frame=frame(language, "audit"),
        heading="Đang kiểm chứng toàn bộ sổ",
        lead="Tính lại từng sự kiện, từng mã băm, từng số liệu.",
        tabs=TABS,
        ask=ActionForm(action="/audit/verifications", submit="Kiểm chứng toàn bộ sổ", style="primary"),
        verifications=(
            VerificationView(
                number=2,
                title="Lần 2",
                state=StatusText(tone="working", text="Đang chạy"),
                asked="11/01/2017, 16:40, KT-01",
                facts=(("Đang xem", "bước 2/4: số liệu dựng từ sổ"), ("Sự kiện đã đọc", "1.204.000")),
                running=True,
                done=1,
                total=4,
            ),
            VerificationView(
                number=1,
                title="Lần 1",
                state=StatusText(tone="refused", text="Có chỗ không khớp"),
                asked="10/01/2017, 16:40, KT-01",
                facts=(("Không khớp", "52"),),
                told=("reviews 2016.member.0101: decided_level is 'HTNV', the log tells 'HTXSNV'",),
                more_told=51,
            ),
        ),
        running=True,
    )


def checkpoint(language: str) -> CheckpointPage:
    """A checkpoint to print."""
    return CheckpointPage(
        frame=frame(language, "audit"),
        printed="5960.57-e3a18a9a40089b63b03cc336e135f3352014d18d838f5cdf717b67b122176af0",
        groups=("e3a18a9a", "40089b63", "b03cc336", "e135f335", "2014d18d", "838f5cdf", "717b67b1"),
        position="5.960",
        streams="435",
        beside="57",
        at="11/01/2017, 16:40",
        organisation="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        by="Nguyễn Thị Minh Nguyệt",
    )
