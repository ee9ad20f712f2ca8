"""Samples of a review's page and of its replay."""

from dataclasses import replace
from datetime import UTC, date, datetime

from api.pages.views import (
    ActionForm,
    Choice,
    Clause,
    FindingLine,
    FormField,
    HistoryLine,
    Link,
    OperandLine,
    RefusalView,
    StatusText,
    WayOut,
)
from api.pages.views_history import (
    Change,
    EventDetail,
    HistoryPage,
    Integrity,
    JudgedLine,
    RefusedLine,
    StageBand,
)
from api.pages.views_review import (
    Answer,
    Decision,
    DocumentLine,
    LevelLine,
    NextAct,
    OpinionLine,
    ReviewPage,
    Step,
)
from tests.api.page_samples_base import LEVELS, STAGES, clause, frame


def _event(number: int, day: date, hour: int, sentence: str, stage: str, **more: object) -> HistoryLine:
    at = datetime(day.year, day.month, day.day, hour - 7, 25, tzinfo=UTC)
    return HistoryLine(number=number, at=at, sentence=sentence, stage=stage, href=f"?event={number}", **more)  # type: ignore[arg-type]


EVENTS = (
    _event(1, date(2016, 12, 19), 8, "Mở kỳ kiểm điểm, chốt quy định", "open"),
    _event(2, date(2016, 12, 23), 20, "Nộp tự kiểm điểm, tự xếp loại xuất sắc", "prepared"),
    _event(3, date(2016, 12, 27), 14, "Gửi dự thảo cho người dự họp", "draft_sent"),
    _event(4, date(2017, 1, 3), 15, "Kiểm điểm xong, chủ trì kết luận", "reviewed", late_entry=True),
    _event(5, date(2017, 1, 3), 16, "Phiếu mức xuất sắc không đạt: 8/12", "reviewed"),
    _event(6, date(2017, 1, 3), 17, "Phiếu mức tốt đạt: 11/12", "voted"),
    _event(7, date(2017, 1, 4), 8, "Báo cáo Đảng ủy", "submitted"),
    _event(8, date(2017, 1, 5), 10, "Trả lại: thiếu biên bản kiểm phiếu", "returned"),
    _event(9, date(2017, 1, 6), 16, "Báo cáo lại và thẩm định: nhất trí", "appraised"),
    _event(10, date(2017, 1, 9), 9, "Quyết định: Hoàn thành tốt nhiệm vụ", "approved"),
)


FAILED = FindingLine(
    verdict="fails",
    sentence="Phải trên 2/3 số đảng viên chính thức đồng ý.",
    clause=clause("mục III.2.3.1"),
    comparison="3 × 8 = 24 không lớn hơn 2 × 12 = 24",
    reading=Clause(label="C-10", href="#"),
    operands=(
        OperandLine(name="Phiếu đồng ý", value="8", source="Sự kiện 5, tổ kiểm phiếu nhập"),
        OperandLine(
            name="Đảng viên chính thức", value="12", source="Danh sách chi bộ ngày 03/01 (14 người, 2 dự bị)"
        ),
    ),
)


def review(language: str) -> ReviewPage:
    """A deputy secretary whose ballot waits for her rating as an employee."""
    levels = (Choice(value="", label="Chọn mức xếp loại người lao động"), *LEVELS)
    return ReviewPage(
        frame=frame(language, "review"),
        crumbs=(Link(label="Tiến độ", href="/board"), Link(label="Chi bộ Phòng Kỹ thuật", href="/cell")),
        name="Nguyễn Thị Bích Ngọc",
        role="Phó bí thư chi bộ, Phó trưởng phòng Kỹ thuật",
        kind="individual",
        stage="reviewed",
        self_level="HTXSNV",
        flags=("under_verification",),
        answer=Answer(
            tone="refused",
            title="Chưa bỏ phiếu được: 8 điều còn thiếu",
            text="Bí thư hoặc tổ kiểm phiếu ghi kết quả kiểm phiếu.",
            findings=(FAILED,),
            more=7,
            ways=(
                WayOut(when="Nếu đã có giấy tờ", what="ghi dữ kiện:", link=Link(label="Dữ kiện", href="#")),
            ),
        ),
        steps=(
            Step(
                stage="prepared",
                state="done",
                lines=("Nộp 04/01, hạn 06/01",),
                clauses=(Clause(label="mục II.3.1"),),
            ),
            Step(
                stage="draft_sent",
                state="done",
                lines=("Đảng ủy 03/01, người dự 06/01",),
                clauses=(Clause(label="mục VII.1"), Clause(label="II.3.1")),
            ),
            Step(
                stage="reviewed",
                state="done",
                lines=("11/01, 14:35. Chủ trì: Vũ Minh Đức",),
                clauses=(Clause(label="mục II.3.2.b"),),
            ),
            Step(
                stage="voted",
                state="current",
                note=StatusText(tone="refused", text="Chưa mở được"),
                lines=("An toàn đến 18/01, trước 31/01",),
                clauses=(Clause(label="mục III.2.3.1, VI"),),
            ),
            Step(
                stage="submitted",
                state="future",
                lines=("Chậm nhất 20/01",),
                clauses=(Clause(label="mục V.2"),),
            ),
            Step(stage="appraised", state="future", lines=("Ban Tổ chức, đến 24/01",)),
            Step(
                stage="approved",
                state="future",
                lines=("Đảng ủy, đến 25/01",),
                clauses=(Clause(label="mục III.2.3.5"),),
            ),
        ),
        refusal=RefusalView(
            title="Chưa bỏ phiếu được: thiếu xếp loại người lao động năm 2016",
            why="Cán bộ, công chức, viên chức, người lao động được xếp loại trước đảng viên. "
            "Đồng chí Ngọc là người lao động của công ty và chưa có kết quả.",
            clauses=(clause("mục III"),),
            ways=(
                WayOut(
                    when="Nếu đã có giấy tờ",
                    what="nhập kết quả:",
                    form=ActionForm(
                        action="#",
                        submit="Lưu và mở phiếu",
                        style="primary",
                        fields=(
                            FormField(
                                name="rating",
                                label="Mức xếp loại người lao động",
                                kind="select",
                                required=True,
                                choices=levels,
                            ),
                        ),
                    ),
                ),
                WayOut(
                    when="Nếu chưa có",
                    what="nhắc Phòng Tổ chức – Hành chính, đã chờ 4 ngày làm việc.",
                    link=Link(label="Gửi lời nhắc", href="#"),
                ),
                WayOut(
                    when="Nếu không thể chờ",
                    what="đề nghị Đảng ủy cho phép ngoại lệ bằng văn bản.",
                    link=Link(label="Soạn đề nghị", href="#"),
                ),
            ),
        ),
        next_acts=(
            NextAct(title="Mở phiếu", blocked="Thiếu xếp loại người lao động", clause=clause("mục III")),
            NextAct(
                title="Ghi kết luận xác minh",
                text="Đang xác minh từ 05/01",
                form=ActionForm(
                    action="#",
                    submit="Ghi",
                    fields=(FormField(name="paper", label="Số văn bản", required=True),),
                ),
            ),
        ),
        findings=(
            FindingLine(
                verdict="holds",
                sentence="Tập thể chi ủy kiểm điểm xong lúc 14:20, trước cá nhân.",
                clause=Clause(label="mục II.3.2"),
            ),
            FindingLine(
                verdict="unknown",
                sentence="Đã xếp loại người lao động trước khi xếp loại đảng viên: chưa có kết quả năm 2016.",
                clause=Clause(label="mục III"),
            ),
            FindingLine(
                verdict="not_applicable",
                sentence="Nghỉ ốm từ 3 tháng: trong năm không nghỉ ốm.",
                clause=Clause(label="mục III.2.3.5"),
            ),
            FAILED,
        ),
        documents=(
            DocumentLine(
                name="Bản tự kiểm điểm",
                day="04/01/2017",
                state=StatusText(tone="done", text="Bản hoàn chỉnh"),
                href="#",
            ),
            DocumentLine(
                name="Kết quả xếp loại người lao động",
                day="–",
                state=StatusText(tone="unknown", text="Chưa có"),
            ),
        ),
        history=EVENTS[:4],
        history_href="/history",
    )


def review_decided(language: str) -> ReviewPage:
    """A rating that was decided."""
    return ReviewPage(
        frame=frame(language, "review"),
        name="Hoàng Thị Mai Lan",
        kind="individual",
        stage="approved",
        level="HTTNV",
        steps=tuple(Step(stage=stage, state="done") for stage in STAGES),
        decision=Decision(level="HTTNV", by="Đảng ủy Công ty", paper="Số 12-QĐ/ĐU", day="09/01/2017"),
        answer=Answer(
            tone="working",
            title="Việc tới: quyết định mức xếp loại",
            text="Cấp có thẩm quyền quyết định cùng cả báo cáo.",
            link=Link(label="Mở trang quyết định", href="#"),
        ),
        levels=(
            LevelLine(who="Tự xếp loại", level="HTXSNV", differs=True),
            LevelLine(who="Bỏ phiếu", level="HTTNV", note="11/12 phiếu, cần từ 7"),
            LevelLine(who="Theo quy định", level=None, note="Nơi quyết định chọn"),
        ),
        opinions=(
            OpinionLine(
                body="Công đoàn", state=StatusText(tone="done", text="Trả lời 05/01/2017"), text="<b>"
            ),
            OpinionLine(body="Đoàn Thanh niên", state=StatusText(tone="waiting", text="Chờ đến 09/01/2017")),
        ),
        history=(*EVENTS, *(replace(one, number=one.number + 10) for one in EVENTS)),
        history_href="/history",
    )


def history(language: str) -> HistoryPage:
    """Replay at the motion that failed at exactly two thirds."""
    bands = (
        ("open", 1),
        ("prepared", 1),
        ("draft_sent", 1),
        ("reviewed", 2),
        ("voted", 1),
        ("submitted", 1),
        ("returned", 1),
        ("appraised", 1),
        ("approved", 1),
    )
    return HistoryPage(
        frame=frame(language, "history"),
        crumbs=(Link(label="Chi bộ Kho vận", href="/cell"), Link(label="Đảng viên", href="")),
        name="Hoàng Thị Mai Lan",
        lead="Kết quả Hoàn thành tốt nhiệm vụ, quyết định 09/01/2017, qua 10 sự kiện.",
        action="/history",
        review_href="/review",
        events=EVENTS,
        bands=tuple(
            StageBand(
                stage=stage, events=n, href="?v=4", current=stage == "reviewed", narrow=stage == "returned"
            )
            for stage, n in bands
        ),
        event=EventDetail(
            number=5,
            sentence="phiếu mức xuất sắc không đạt",
            name="ballot_counted",
            stage="reviewed",
            stage_note="không đổi",
            level_note="tự xếp loại: xuất sắc",
            flags=("irregular",),
            known=12,
            changes=(Change(what="Mức bỏ phiếu", before="chưa có", after="Hoàn thành tốt nhiệm vụ"),),
            failing=(JudgedLine(finding=FAILED),),
            passing=(
                JudgedLine(finding=replace(FAILED, verdict="holds")),
                JudgedLine(finding=replace(FAILED, verdict="holds"), agrees=False, again=FAILED),
            ),
            refused=(
                RefusedLine(
                    at=datetime(2017, 1, 3, 8, 55, tzinfo=UTC),
                    sentence="Chưa phát phiếu được: tổ kiểm phiếu thiếu người.",
                    by="Kiều Văn Lâm, bí thư Chi bộ Kho vận",
                ),
            ),
            refused_since=(
                RefusedLine(at=datetime(2017, 1, 4, 1, 0, tzinfo=UTC), sentence="Chưa báo cáo được.", by=""),
            ),
            actor="Kiều Văn Lâm",
            capacity="Bí thư Chi bộ Kho vận",
            occurred_at=datetime(2017, 1, 3, 9, 25, tzinfo=UTC),
            recorded_at=datetime(2017, 1, 3, 9, 27, tzinfo=UTC),
            event_hash="b2e741d09a63" * 5 + "5f18",
            previous_hash="7f3ac91e" * 8,
            rulebook_hash="4b1d07aa" * 8,
            late_note=StatusText(tone="risk", text="Nhập sau hơn 3 ngày làm việc"),
            rulebook="Kế hoạch 24-KH/ĐUK",
            rulebook_href="/rulebooks/4b1d07aa",
            software="0.4.0",
        ),
        integrity=Integrity(
            whole=False,
            checked=9,
            total=10,
            judged=40,
            head="7f3a" * 15 + "c91e",
            differences=("Sự kiện 5: điều III.2.3.1 tính lại ra kết quả khác",),
        ),
        first_href="?event=1",
        previous_href="?event=4",
        next_href="?event=6",
        first_failure=Link(label="Tới khi phiếu không đạt", href="?event=5"),
    )
