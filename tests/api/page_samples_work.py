"""Samples of long work, and of the page on which a campaign is planned."""

from dataclasses import replace

from api.pages.views import (
    ActionForm,
    Choice,
    Clause,
    EmptyState,
    FindingLine,
    FormField,
    Link,
    RefusalView,
    StatusText,
)
from api.pages.views_campaign import CampaignPlanPage, ExemptLine, ForeseenView
from api.pages.views_compare import ComparedRow, ComparePage, CountLine
from api.pages.views_work import WorkLine, WorkPage, WorkReason, WorkRow, WorksPage
from tests.api.page_samples_base import clause, frame

RUNS = StatusText(tone="working", text="Đang chạy")
OFF = StatusText(tone="late", text="Dừng giữa chừng")
REFUSED = StatusText(tone="refused", text="Bị từ chối")
FACTS = (
    ("Người giao việc", "Vũ Minh Đức, cán bộ phụ trách đợt Đảng bộ Than Mạo Khê"),
    ("Bắt đầu", "11/01/2017, 09:12"),
)
STEPS = (("Đọc danh sách", False), ("Lập các kỳ kiểm điểm", True), ("Soát lại và cho hiện đợt", False))


def work(language: str) -> WorkPage:
    """A campaign is being opened, in the middle."""
    return WorkPage(
        frame=frame(language, "work"),
        crumbs=(Link(label="Việc chạy lâu", href="/jobs"), Link(label="Việc số 7", href="")),
        title="Đang làm: mở đợt kiểm điểm",
        lead="Đang chạy trên máy chủ. Có thể rời trang này rồi quay lại; tải lại trang không làm mất.",
        here="/jobs/7",
        state=RUNS,
        running=True,
        done=1500,
        total=4210,
        told="1.500 trên 4.210 kỳ kiểm điểm",
        steps=STEPS,
        facts=FACTS,
    )


def work_at_once(language: str) -> WorkPage:
    """A roster is being taken over in one transaction: nobody knows how far it is."""
    return replace(
        work(language),
        title="Đang làm: nhập danh sách",
        done=0,
        total=0,
        told="340 thay đổi, ghi một lần trọn vẹn",
        steps=(("Ghi các thay đổi vào danh sách", True),),
    )


def work_broken_off(language: str) -> WorkPage:
    """The process ended in the middle; it is gone on with from where it stopped."""
    return replace(
        work(language),
        title="Dừng giữa chừng: mở đợt kiểm điểm",
        lead="Máy chủ không còn làm việc này. Phần đã ghi vẫn còn nguyên; làm tiếp thì đi từ chỗ dừng.",
        state=OFF,
        running=False,
        facts=(*FACTS, ("Nghe lần cuối", "11/01/2017, 09:13")),
        go_on=ActionForm(action="/jobs/7/continuation", submit="Làm tiếp", style="primary"),
    )


def work_done(language: str) -> WorkPage:
    """Many rows were recorded, one was refused with its clause, one was changed by somebody else."""
    rows = (
        WorkRow(
            name="đồng chí Phạm Quốc Dũng",
            href="/r/2016.member.0104",
            state=REFUSED,
            reasons=(WorkReason(text="Chưa có ý kiến nơi cư trú.", clause=Clause(label="mục III.1.4")),),
        ),
        WorkRow(
            name="đồng chí Đặng Thị Hường",
            href="/r/2016.member.0107",
            state=StatusText(tone="unknown", text="Bỏ qua: có người khác vừa sửa"),
        ),
    )
    done = WorkRow(
        name="đồng chí Lê Thị Mai",
        href="/r/2016.member.0103",
        state=StatusText(tone="done", text="Đã ghi"),
    )
    return WorkPage(
        frame=frame(language, "work"),
        title="Đã xong: thẩm định, quyết định nhiều kỳ",
        lead="Đã ghi 60 dòng, chưa ghi 2.",
        here="/jobs/8",
        state=StatusText(tone="done", text="Đã xong"),
        running=False,
        done=62,
        total=62,
        steps=(("Ghi từng báo cáo", True),),
        facts=(*FACTS, ("Kết thúc", "11/01/2017, 09:13"), ("Mất", "14 giây")),
        open_rows=rows,
        done_rows=(done,) * 60,
        leads_to=Link(label="Xem phần còn lại", href="/c/2016/decide"),
    )


def work_refused(language: str) -> WorkPage:
    """Refused as a whole: nothing was recorded."""
    return replace(
        work(language),
        title="Không làm được: nhập danh sách",
        lead="Lý do ở dưới. Sửa rồi gửi lại từ trang cũ.",
        state=REFUSED,
        running=False,
        refused="Danh sách đã đổi từ lúc xem trước. Tải tệp lên lại.",
        steps=(("Ghi các thay đổi vào danh sách", True),),
        leads_to=Link(label="Xem danh sách", href="/people"),
    )


def works(language: str) -> WorksPage:
    """One runs, one broke off, one is done."""
    return WorksPage(
        frame=frame(language, "work"),
        heading="1 việc đang chạy",
        lead="Những việc chạy lâu của đồng chí, mới nhất trước; giữ trong 30 ngày.",
        lines=(
            WorkLine(
                title="Mở đợt kiểm điểm",
                href="/jobs/7",
                state=RUNS,
                told="1.500 trên 4.210 kỳ kiểm điểm",
                asked="11/01/2017, 09:12",
            ),
            WorkLine(
                title="Đối chiếu với quy định khác",
                href="/jobs/6",
                state=OFF,
                told="900 trên 4.210 kỳ kiểm điểm",
                asked="10/01/2017, 16:40",
            ),
        ),
    )


def works_empty(language: str) -> WorksPage:
    """Nothing ran yet."""
    return WorksPage(
        frame=frame(language, "work"),
        heading="Không có việc nào đang chạy",
        lead="Những việc chạy lâu của đồng chí, mới nhất trước; giữ trong 30 ngày.",
        empty=EmptyState(
            icon="clock",
            title="Chưa có việc nào chạy lâu",
            text="Mở đợt, nhập danh sách lớn hay ghi cho nhiều người thì hiện ở đây.",
        ),
    )


FIELDS = (
    FormField(
        name="organisation",
        label="Tổ chức thực hiện",
        kind="select",
        required=True,
        value="DB01",
        choices=(Choice(value="DB01", label="Đảng bộ Than Mạo Khê (DB01)"),),
    ),
    FormField(
        name="rulebook",
        label="Quy định",
        kind="select",
        required=True,
        value="duk_2016",
        choices=(Choice(value="duk_2016", label="Kế hoạch 24-KH/ĐUK"),),
    ),
    FormField(name="year", label="Năm kiểm điểm", kind="number", required=True, value="2016"),
    FormField(
        name="roster_day",
        label="Danh sách chốt ngày",
        kind="day",
        required=True,
        value="16/12/2016",
        hint="Ai có tên trong danh sách ngày này thì có kỳ kiểm điểm.",
    ),
    FormField(name="campaign", label="Mã đợt", hint="Để trống thì đặt theo năm."),
)


def campaign_plan(language: str) -> CampaignPlanPage:
    """Looked at: what would follow, and the two forms."""
    hidden = (FormField(name="year", label="", kind="hidden", value="2016"),)
    return CampaignPlanPage(
        frame=frame(language, "campaigns"),
        crumbs=(Link(label="Các đợt", href="/campaigns"), Link(label="Đợt mới", href="")),
        heading="Lập và mở đợt kiểm điểm",
        lead="Điền, xem trước sẽ có bao nhiêu kỳ kiểm điểm, rồi mới chốt. Xem trước không ghi gì.",
        fields=FIELDS,
        terms=(("Mã đợt", "2016"), ("Tổ chức thực hiện", "Đảng bộ Than Mạo Khê")),
        rulebook=Link(label="Kế hoạch 24-KH/ĐUK", href="/rulebooks/duk_2016"),
        foreseen=ForeseenView(
            title="Sẽ lập 412 kỳ kiểm điểm",
            lead="3 được miễn, 12 không xếp loại",
            facts=(("Cá nhân", "380", ""), ("Tập thể", "12", ""), ("Tổ chức", "20", "")),
            exempt=(
                ExemptLine(
                    says="Đảng viên được miễn công tác và sinh hoạt đảng không phải kiểm điểm.",
                    clause=clause("mục II.1"),
                    reviews=3,
                ),
            ),
        ),
        forms=(
            ActionForm(
                action="/campaigns",
                submit="Lập và mở đợt: 412 kỳ kiểm điểm",
                style="primary",
                fields=hidden,
                notes=("Việc mở chạy trên máy chủ; đợt hiện ra khi đã lập đủ mọi kỳ.",),
            ),
            ActionForm(action="/campaigns", submit="Chỉ lập kế hoạch, mở sau", fields=hidden),
        ),
    )


def campaign_plan_refused(language: str) -> CampaignPlanPage:
    """The regime leaves values to a local layer nobody has set."""
    return replace(
        campaign_plan(language),
        terms=(),
        foreseen=None,
        forms=(),
        rulebook=None,
        refusal=RefusalView(
            title="Cần lớp quy định địa phương",
            why="Quy định này còn 2 giá trị do địa phương đặt.",
            findings=(
                FindingLine(verdict="fails", sentence="Tỷ lệ tối đa chưa đặt.", clause=clause("mục V.2")),
            ),
            kept=True,
        ),
    )


def campaign_opening(language: str) -> CampaignPlanPage:
    """A planned campaign whose opening runs."""
    return replace(
        campaign_plan(language),
        heading="Mở đợt kiểm điểm 2016",
        lead="1.500 trên 4.210 kỳ kiểm điểm đã lập; mở tiếp thì đi từ chỗ dừng.",
        fields=(),
        forms=(),
        running=Link(label="Xem đã đến đâu", href="/jobs/7"),
    )


def compared(language: str) -> ComparePage:
    """A campaign under another rulebook: the counts and the first row."""
    return ComparePage(
        frame=frame(language, "board"),
        action="/c/2016/compare",
        own="Kế hoạch 24-KH/ĐUK",
        books=(Choice(value="tkv_2018", label="Quy định 1085-QĐ/TKV", chosen=True),),
        lead="12 trên 412 kỳ kiểm điểm khác đi nếu áp dụng Quy định 1085-QĐ/TKV. Không ghi gì.",
        outcomes=(CountLine(says="bị từ chối", reviews=12),),
        rules=(CountLine(says="Gửi dự thảo trước 5 ngày.", reviews=12, clause=clause("mục IV.2")),),
        rows=(
            ComparedRow(
                name="đồng chí Lê Thị Mai",
                href="/r/2016.member.0103",
                differences=(("Bị từ chối, gửi dự thảo", ("Gửi dự thảo trước 5 ngày.",)),),
            ),
        ),
        left_off=11,
    )


def compare_large(language: str) -> ComparePage:
    """A campaign that is compared as long work."""
    return replace(
        compared(language),
        lead="",
        outcomes=(),
        rules=(),
        rows=(),
        left_off=0,
        begin=ActionForm(
            action="/c/2016/comparisons",
            submit="Đối chiếu 4.210 kỳ kiểm điểm",
            style="primary",
            notes=("Đợt này có 4.210 kỳ kiểm điểm nên việc đối chiếu chạy trên máy chủ.",),
        ),
    )
