"""Samples of the pages of a cohort: looked at, tried, about to be recorded, recorded, on paper, empty."""

from dataclasses import replace

from api.pages.views import (
    ActionForm,
    Choice,
    EmptyState,
    FindingLine,
    FormField,
    Link,
    RefusalView,
    StatusText,
    WayOut,
)
from api.pages.views_decide import (
    CohortPage,
    ConfirmLine,
    ConfirmPage,
    Count,
    DifferingLine,
    Fold,
    JudgedRow,
    OutcomePage,
    OutcomeRow,
    PaperBody,
    PaperPage,
    PaperRow,
    QuotaCard,
    RowNote,
)
from tests.api.page_samples_base import LEVELS, clause, frame

CRUMBS = (Link(label="Tiến độ", href="/board"),)
CONSEQUENCE = "Sau bước này chi bộ được báo kết quả. Muốn đổi phải hủy và xếp loại lại, có lý do."
ANNULLING = "Mở kỳ kiểm điểm của người đó, hủy kết quả rồi mở vòng mới."

QUOTAS = (
    QuotaCard(
        name="Chi bộ Phân xưởng Đúc",
        used=3,
        ceiling=3,
        formula="15% × 21 = 3,15 → 3",
        detail="3 ở mức cao nhất, 18 ở mức tốt, 21 được xếp loại",
        clauses=(clause("mục III.2.3.1"),),
    ),
    QuotaCard(
        name="Chi bộ Văn phòng",
        used=3,
        ceiling=2,
        formula="15% × 16 = 2,4 → 2",
        notes=("Theo số phiếu: Cao Văn Phúc 15/16, Lưu Bá Thành 13/16, Dương Thị Oanh 11/16.",),
    ),
    QuotaCard(name="Nhóm cấp ủy", used=1, ceiling=None, notes=("Nhóm nằm ngoài đợt này.",)),
    QuotaCard(name="Nhóm tổ chức", used=0, ceiling=0, formula="20% × 1 = 0,2 → 0"),
)


def _fields(review: str, level: str, error: str = "") -> tuple[FormField, ...]:
    return (
        FormField(
            name=f"level.{review}",
            label="Mức",
            kind="select",
            quiet=True,
            value=level,
            choices=(Choice(value="", label="để lại"), *LEVELS),
        ),
        FormField(name=f"reason.{review}", label="Lý do, khi khác mức đề nghị", quiet=True, error=error),
    )


def _row(review: str, name: str, body: str, level: str, **more: object) -> JudgedRow:
    told = {
        "self_level": level,
        "voted_level": level,
        "votes": "15/21, cần từ 15",
        "computed": level,
        "advised": level,
        "fields": _fields(review, level),
    }
    return JudgedRow(
        review=review,
        name=name,
        href=f"/r/{review}",
        body=body,
        kind="Đảng viên",
        version=20,
        **(told | more),  # type: ignore[arg-type]  # fields of a row
    )


URGENT = (
    _row(
        "r1",
        "Tạ Đình Khôi",
        "Chi bộ Phân xưởng Đúc",
        "HTXSNV",
        advised="HTTNV",
        take=FormField(name="take.r1", label="Chọn Tạ Đình Khôi", kind="tick", value="on"),
        notes=(
            RowNote(
                state=StatusText(tone="risk", text="Thẩm định thấp hơn phiếu: để xảy ra tai nạn lao động.")
            ),
        ),
    ),
    _row(
        "r2",
        "Nguyễn Hoàng Phương Bích Ngọc Anh Thư Trâm",
        "Chi bộ Phòng Tài chính – Kế toán và Kiểm toán nội bộ",
        "HTTNV",
        computed=None,
        computed_note="Chưa đủ dữ kiện",
        take=FormField(name="take.r2", label="Chọn Bích Ngọc", kind="tick"),
        fields=_fields("r2", "HTNV", "Khác mức đã đề nghị: ghi lý do."),
        notes=(
            RowNote(
                state=StatusText(tone="refused", text="Nghỉ ốm 94 ngày."), clause=clause("mục III.2.3.5")
            ),
        ),
        trial=StatusText(tone="refused", text="Sẽ bị từ chối: vượt hạn mức."),
    ),
)
FOLDS = (
    Fold(
        name="Chi bộ Phân xưởng Đúc",
        href="/cell",
        detail="2 xuất sắc, 18 tốt",
        take=FormField(name="all.b1", label="Chi bộ Phân xưởng Đúc: 2 kỳ", kind="tick", value="on"),
        rows=(
            _row("r3", "Lưu Bá Thành", "Chi bộ Phân xưởng Đúc", "HTTNV"),
            _row(
                "r4",
                "Tập thể cấp ủy Chi bộ Phân xưởng Đúc",
                "Chi bộ Phân xưởng Đúc",
                "HTTNV",
                rated=False,
                self_level=None,
                voted_level=None,
                votes="",
                computed=None,
                advised=None,
                fields=(),
            ),
        ),
        state=StatusText(tone="unknown", text="1 kỳ chưa ghi được"),
        open=True,
    ),
)
JUDGE = ActionForm(
    action="#",
    submit="Xem hệ quả rồi ghi",
    style="primary",
    command_id="0",
    fields=(
        FormField(name="document", label="Số quyết định", required=True, error="Còn trống, hãy điền."),
        FormField(name="on", label="Ngày", kind="day", value="11/01/2017", required=True),
    ),
)


def decide(language: str) -> CohortPage:
    """A standing committee before its decision, after a look ahead."""
    return CohortPage(
        frame=frame(language, "board"),
        crumbs=CRUMBS,
        act="decide",
        title="Quyết định xếp loại: 4 kỳ, 2 cần xem",
        lead="2 báo cáo đang chờ. 2 kỳ có phiếu, quy định và thẩm định khớp nhau.",
        here="/c/2016/decide",
        bodies=(
            Link(label="Chi bộ Phân xưởng Đúc", href="CB01"),
            Link(label="Chi bộ Văn phòng", href="CB02"),
        ),
        judge=JUDGE,
        trial="#",
        confirm="#",
        quotas=QUOTAS,
        counts=(Count(level="HTXSNV", rows=7), Count(level="HTTNV", rows=43)),
        urgent=URGENT,
        folds=FOLDS,
        refusal=RefusalView(
            title="3 trên 4 kỳ chưa quyết định được",
            why="Lý do chung được nói một lần ở đây.",
            findings=(
                FindingLine(
                    verdict="unknown",
                    sentence="Tạ Đình Khôi, Lưu Bá Thành: còn thiếu danh sách khiếu nại.",
                    clause=clause("Điều 12.1"),
                ),
            ),
            ways=(WayOut(when="Nếu thiếu dữ kiện", what="bổ sung ở trang chi bộ."),),
        ),
        looked=StatusText(tone="refused", text="Đang thử, chưa lưu: chọn 4 kỳ, ghi được 3, sẽ bị từ chối 1."),
        consequence=CONSEQUENCE,
        annulling=ANNULLING,
        annul_clauses=(clause("mục III.2.3.5"),),
        elsewhere=(Link(label="Chi bộ Kho vận: 16 kỳ, chờ Ban Tổ chức thẩm định", href="/cell"),),
        paper="/c/2016/decide?paper=on",
        further=Link(label="Còn 12 báo cáo nữa", href="?page=2"),
    )


def appraise(language: str) -> CohortPage:
    """An organisation board: the same, one column less."""
    return replace(
        decide(language),
        act="appraise",
        title="Thẩm định: 2 kỳ, không ai phải xem riêng",
        urgent=(),
        quotas=(),
        refusal=None,
        looked=None,
        annulling="",
        annul_clauses=(),
    )


def decide_empty(language: str) -> CohortPage:
    """Nothing waits."""
    return CohortPage(
        frame=frame(language, "board"),
        crumbs=CRUMBS,
        act="decide",
        title="Quyết định xếp loại",
        lead="",
        here="/c/2016/decide",
        empty=EmptyState(
            title="Chưa có gì chờ quyết định",
            text="Báo cáo hiện ở đây khi đã thẩm định.",
            link=Link(label="Xem tiến độ", href="/board"),
            icon="scales",
        ),
    )


def decide_confirm(language: str) -> ConfirmPage:
    """The last look before it is recorded."""
    return ConfirmPage(
        frame=frame(language, "board"),
        crumbs=CRUMBS,
        act="decide",
        title="Ghi quyết định cho 51 kỳ?",
        lead="Chưa ghi gì. Xem lại lần cuối.",
        record=ActionForm(
            action="#",
            submit="Ghi quyết định: 51 kỳ",
            style="seal",
            command_id="0",
            fields=(FormField(name="level.r1", label="", kind="hidden", value="HTTNV"),),
        ),
        back="#",
        lines=(
            ConfirmLine(name="Chi bộ Phân xưởng Đúc", rows=21, detail="2 xuất sắc, 18 tốt, 1 hoàn thành"),
        ),
        differing=(
            DifferingLine(
                name="Cao Văn Phúc",
                href="/r/r5",
                before="HTXSNV",
                after="HTTNV",
                reason="Chọn theo số phiếu <b>",
            ),
        ),
        refusal=RefusalView(title="1 kỳ sẽ không được ghi", why="Các kỳ khác vẫn ghi được."),
        quotas=QUOTAS[:2],
        terms=(("Số quyết định", "QĐ 12-QĐ/ĐU"), ("Ngày", "11/01/2017")),
        consequence=CONSEQUENCE,
        annulling=ANNULLING,
        annul_clauses=(clause("mục III.2.3.5"),),
    )


def decide_outcome(language: str) -> OutcomePage:
    """What became of every row."""
    return OutcomePage(
        frame=frame(language, "board"),
        crumbs=CRUMBS,
        act="decide",
        title="Đã ghi 49 kỳ",
        lead="Bị từ chối 1, bỏ qua vì có người khác vừa sửa 1.",
        open_rows=(
            OutcomeRow(
                name="Cao Văn Phúc",
                href="/r/r5",
                body="Chi bộ Văn phòng",
                level="Hoàn thành xuất sắc nhiệm vụ",
                state=StatusText(tone="refused", text="Bị từ chối"),
                reasons=(
                    RowNote(
                        state=StatusText(tone="refused", text="Vượt hạn mức: 3, được 2."),
                        clause=clause("mục III.2.3.1"),
                    ),
                ),
            ),
            OutcomeRow(
                name="Lưu Bá Thành",
                href="/r/r3",
                body="Chi bộ Phân xưởng Đúc",
                level="",
                state=StatusText(tone="unknown", text="Bỏ qua: có người khác vừa sửa"),
            ),
        ),
        done_rows=(
            OutcomeRow(
                name="Tạ Đình Khôi",
                href="/r/r1",
                body="Chi bộ Phân xưởng Đúc",
                level="Hoàn thành tốt nhiệm vụ",
                state=StatusText(tone="done", text="Đã ghi"),
            ),
        ),
        again=Link(label="Xem phần còn lại", href="/c/2016/decide"),
        annulling=ANNULLING,
    )


def decide_paper(language: str) -> PaperPage:
    """The list put before the committee."""
    return PaperPage(
        frame=frame(language, "board"),
        act="decide",
        title="Tờ trình về việc xếp loại năm 2016",
        lead="2 kỳ của 1 tổ chức, theo số liệu ngày 11/01/2017.",
        issuer="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        above="Đảng bộ Khối",
        bodies=(
            PaperBody(
                name="Chi bộ Phân xưởng Đúc",
                detail="1 xuất sắc",
                rows=(
                    PaperRow(
                        number=1,
                        name="Tạ Đình Khôi",
                        self_level="HTXSNV",
                        voted_level="HTXSNV",
                        votes="15/21, cần từ 15",
                        computed="HTXSNV",
                        advised="HTTNV",
                        note="Để xảy ra tai nạn lao động.",
                    ),
                    PaperRow(
                        number=2,
                        name="Tập thể cấp ủy Chi bộ Phân xưởng Đúc",
                        self_level=None,
                        voted_level=None,
                        votes="",
                        computed=None,
                        advised=None,
                        rated=False,
                    ),
                ),
            ),
        ),
        quotas=QUOTAS,
        counts=(Count(level="HTXSNV", rows=1),),
        back="/c/2016/decide",
    )
