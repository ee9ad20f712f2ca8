"""The values that /patterns shows each element with. People and bodies are invented."""

from datetime import UTC, datetime

from api.pages.patterns_manners import manners
from api.pages.views import (
    ActionForm,
    Choice,
    Clause,
    EmptyState,
    FindingLine,
    FormField,
    Frame,
    HistoryLine,
    Link,
    OperandLine,
    PatternsPage,
    RefusalView,
    StatusText,
    Tone,
    WayOut,
)
from api.pages.views_board import HeatCell
from api.pages.views_cell import (
    AgendaItem,
    Attendee,
    BallotColumn,
    BallotGrid,
    BallotRow,
    BallotTable,
    PeopleChoice,
    Said,
)
from api.pages.views_review import Decision, Step

STATUSES: tuple[tuple[Tone, str], ...] = (
    ("done", "Đã quyết định 09/01"),
    ("working", "Đang họp, 1 người vắng"),
    ("waiting", "Thẩm định, chờ 2 ý kiến"),
    ("decided", "Chờ Đảng ủy quyết định"),
    ("risk", "Nguy cơ: tổ 2 họp 13/01"),
    ("late", "Trễ 3 ngày làm việc, còn 2 bản"),
    ("refused", "Báo cáo bị từ chối: vượt hạn mức, 5/3"),
    ("unknown", "Chưa có xếp loại người lao động"),
    ("locked", "Tạm dừng từ 05/01"),
    ("none", "Không áp dụng"),
)


def patterns_page(frame: Frame) -> PatternsPage:
    """The page that shows every element once."""
    return PatternsPage(frame=frame, samples=_samples() | manners())


def _clause(label: str) -> Clause:
    return Clause(label=label, document="24-KH/ĐUK", href="#")


def _samples() -> dict[str, object]:
    return {
        "statuses": tuple(StatusText(tone=tone, text=text) for tone, text in STATUSES),
        "heats": tuple(
            HeatCell(stage="reviewed", done=done, total=23, late=late)
            for done, late in (
                (0, False),
                (3, False),
                (8, False),
                (14, False),
                (20, False),
                (23, False),
                (21, True),
            )
        ),
        "fields": (
            FormField(
                name="day",
                label="Ngày họp",
                kind="day",
                value="18/01/2017",
                hint="Ví dụ 18/01/2017",
                required=True,
            ),
            FormField(
                name="votes",
                label="Số phiếu đồng ý",
                kind="number",
                value="12",
                error="12 + 6 = 18, thu vào 19. Thiếu 1 phiếu.",
                required=True,
            ),
            FormField(
                name="level",
                label="Mức đề nghị",
                kind="select",
                value="HTTNV",
                required=True,
                choices=(
                    Choice(value="HTXSNV", label="Hoàn thành xuất sắc nhiệm vụ"),
                    Choice(value="HTTNV", label="Hoàn thành tốt nhiệm vụ"),
                ),
            ),
            FormField(name="reason", label="Lý do", kind="textarea", value="Biên bản giấy ghi 17 phiếu."),
            FormField(name="read", label="Đã đọc nhận xét nơi cư trú", kind="tick", value="on"),
        ),
        "refusal": _refusal(),
        "findings": _findings(),
        "steps": (
            Step(stage="reviewed", state="done", lines=("11/01, 14:35",), clauses=(_clause("mục II.3.2"),)),
            Step(stage="voted", state="current", lines=("An toàn đến 18/01, trước 31/01",)),
            Step(stage="submitted", state="future", lines=("Chậm nhất 20/01",)),
        ),
        "agenda": (
            AgendaItem(
                number=1, title="Kiểm điểm tập thể chi ủy", state="done", clause=_clause("mục II.3.2")
            ),
            AgendaItem(number=2, title="Kiểm điểm bí thư", detail="Phó bí thư chủ trì", state="current"),
            AgendaItem(
                number=3,
                title="Bỏ phiếu kín và kiểm phiếu",
                state="locked",
                detail="Mở sau khi kiểm điểm xong",
            ),
        ),
        "ballot": _ballot(),
        "history": (
            HistoryLine(
                number=1,
                at=datetime(2016, 12, 19, 1, 0, tzinfo=UTC),
                sentence="Mở kỳ kiểm điểm, chốt quy định.",
                stage="open",
            ),
            HistoryLine(
                number=2,
                at=datetime(2017, 1, 3, 9, 25, tzinfo=UTC),
                sentence="Phiếu mức xuất sắc không đạt: 8/12.",
                stage="reviewed",
            ),
            HistoryLine(
                number=3,
                at=datetime(2017, 1, 3, 9, 42, tzinfo=UTC),
                sentence="Phiếu mức tốt đạt: 11/12.",
                stage="voted",
            ),
        ),
        "decision": Decision(level="HTTNV", by="Đảng ủy Công ty", paper="Số 12-QĐ/ĐU", day="09/01/2017"),
        "empty": EmptyState(
            title="Chưa có lịch họp",
            text="Chọn ngày họp, hệ thống tính ngược ngày phải gửi dự thảo và báo Đảng ủy.",
            link=Link(label="Lập lịch họp", href="#"),
        ),
    }


def _refusal() -> RefusalView:
    return RefusalView(
        title="Chưa báo cáo được: 5 người xuất sắc, hạn mức 3",
        why="15% của 21 người hoàn thành tốt trở lên là 3,15, lấy tròn xuống 3.",
        clauses=(_clause("mục III.2.3.1"),),
        ways=(
            WayOut(
                when="Nếu chọn lại được 3 người",
                what="bỏ phiếu lại mức dưới cho 2 người.",
                link=Link(label="Mở phiếu", href="#"),
            ),
            WayOut(
                when="Nếu có văn bản cho phép",
                what="ghi số văn bản.",
                form=ActionForm(
                    action="#",
                    submit="Ghi ngoại lệ",
                    fields=(FormField(name="paper", label="Số văn bản", required=True),),
                ),
            ),
        ),
        kept=True,
    )


def _findings() -> tuple[FindingLine, ...]:
    return (
        FindingLine(
            verdict="fails",
            sentence="8 phiếu trên 12 là đúng 2/3; phải trên 2/3.",
            clause=_clause("mục III.2.3.1"),
            comparison="3 × 8 = 24 không lớn hơn 2 × 12 = 24",
            reading=Clause(label="C-10", href="#"),
            operands=(
                OperandLine(name="Phiếu đồng ý", value="8", source="Sự kiện 8, tổ kiểm phiếu nhập"),
                OperandLine(
                    name="Đảng viên chính thức", value="12", source="Danh sách chi bộ ngày 03/01/2017"
                ),
            ),
        ),
        FindingLine(
            verdict="unknown", sentence="Chưa có xếp loại người lao động.", clause=_clause("mục III")
        ),
        FindingLine(
            verdict="holds",
            sentence="Báo Đảng ủy trước 6 ngày làm việc; quy định ít nhất 05.",
            clause=_clause("mục VII.1"),
        ),
        FindingLine(verdict="not_applicable", sentence="Không có tổ đảng.", clause=_clause("mục II.3.2")),
    )


def _ballot() -> BallotGrid:
    return BallotGrid(
        papers=tuple(
            FormField(name=name, label=label, kind="number", value=value, required=True)
            for name, label, value in (
                ("issued", "Phát ra", "19"),
                ("collected", "Thu vào", "19"),
                ("invalid", "Không hợp lệ", "0"),
            )
        ),
        official_members=20,
        how=(
            Said(text="Mỗi cột tính riêng, xét từ mức cao xuống; mức đầu tiên đủ tỷ lệ là kết quả."),
            Said(
                text="Đạt mức xuất sắc khi có từ 14 phiếu, các mức khác từ 11 phiếu.",
                clause=_clause("mục III.2.3"),
            ),
        ),
        people=(
            PeopleChoice(
                name="counters",
                label="Tổ kiểm phiếu (2 hoặc 3 người)",
                people=(
                    Attendee(person="0031", name="Đỗ Thị Hà"),
                    Attendee(person="0045", name="Lê Văn Minh"),
                ),
            ),
        ),
        tables=(
            BallotTable(
                caption="Đảng viên",
                columns=(
                    BallotColumn(code="HTXSNV", label="Hoàn thành xuất sắc nhiệm vụ"),
                    BallotColumn(code="HTTNV", label="Hoàn thành tốt nhiệm vụ"),
                    BallotColumn(code="HTNV", label="Hoàn thành nhiệm vụ"),
                    BallotColumn(code="KHTNV", label="Không hoàn thành nhiệm vụ"),
                ),
                rows=_ballot_rows(),
            ),
        ),
    )


def _ballot_rows() -> tuple[BallotRow, ...]:
    return (
        BallotRow(
            review="p.1",
            name="Vũ Minh Đức",
            role="Bí thư",
            level="HTXSNV",
            state="saved",
            counts=("17", "2", "0", "0"),
            result=StatusText(tone="done", text="Đạt, 17/20 (cần từ 14)"),
        ),
        BallotRow(
            review="p.2",
            name="Mai Thị Dung",
            role="Đảng viên",
            level="HTTNV",
            state="wrong",
            counts=("2", "12", "6", "0"),
            error="Các mức cộng lại 20 phiếu, nhiều hơn 19 phiếu hợp lệ. Đếm lại.",
        ),
        BallotRow(review="p.3", name="Phan Văn Giang", role="Đảng viên", level="HTNV", state="open"),
        BallotRow(
            review="p.4",
            name="Nguyễn Thị Bích Ngọc",
            role="Phó bí thư",
            level="HTXSNV",
            state="locked",
            result=StatusText(tone="locked", text="Chưa mở phiếu: thiếu kết quả xếp loại người lao động"),
            way=Link(label="Xem và bổ sung", href="#"),
        ),
    )
