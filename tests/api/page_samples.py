"""One filled view of every page: an evening of 11/01/2017 in an invented company. Tests and pictures share it."""

from datetime import UTC, date, datetime

from api.pages.patterns import patterns_page
from api.pages.views import (
    ActionForm,
    CampaignCard,
    Choice,
    Clause,
    EmptyState,
    FindingLine,
    FirstStep,
    FormField,
    Frame,
    HistoryLine,
    HomePage,
    Link,
    NavItem,
    OperandLine,
    Page,
    ProblemPage,
    Progress,
    RefusalView,
    StatusText,
    WayOut,
)
from api.pages.views_board import BoardGroup, BoardPage, BoardRow, Filter, HeatCell, StageColumn
from api.pages.views_cell import (
    AgendaItem,
    Attendee,
    BallotColumn,
    BallotGrid,
    BallotRow,
    CellPage,
    MeetingForm,
    MissingLine,
    Notice,
    ReviewLine,
    Session,
    SubmissionBox,
)
from api.pages.views_import import CellProblemLine, ChangeLine, ImportPage, SheetCell, SheetPreview, SheetRow
from api.pages.views_review import (
    Decision,
    DocumentLine,
    EventDetail,
    HistoryPage,
    Integrity,
    NextAct,
    ReviewPage,
    StageBand,
    Step,
)

STAGES = ("prepared", "draft_sent", "reviewed", "voted", "submitted", "appraised", "approved")
UPLOAD = ActionForm(
    action="/imports",
    submit="Xem trước",
    style="primary",
    fields=(FormField(name="file", label="Tệp Excel (.xlsx)", kind="file", required=True),),
)


def clause(label: str) -> Clause:
    """A clause of the plan."""
    return Clause(label=label, document="24-KH/ĐUK", href="#")


def frame(language: str, current: str = "board") -> Frame:
    """The frame of an officer of the organisation board."""
    hrefs = {
        "home": "/",
        "board": "/campaigns/2016",
        "cell": "/campaigns/2016/cells/CB05",
        "roster": "/imports/new",
    }
    return Frame(
        language=language,
        today=date(2017, 1, 11),
        now=datetime(2017, 1, 11, 9, 40, tzinfo=UTC),
        actor="Đinh Thị Hồng Vân",
        capacity="Ban Tổ chức Đảng ủy",
        campaign="Kiểm điểm năm 2016",
        organisation="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        rulebook="Kế hoạch 24-KH/ĐUK",
        nav=tuple(NavItem(key=key, href=href, current=key == current) for key, href in hrefs.items()),  # type: ignore[arg-type]
        csrf="sample",
        stand_ins=(
            Choice(value="0001", label="Đinh Thị Hồng Vân, Ban Tổ chức Đảng ủy", chosen=True),
            Choice(value="0021", label="Vũ Minh Đức, Bí thư Chi bộ Phòng Kỹ thuật"),
        ),
        language_hrefs=(("vi", "?language=vi") if language == "en" else ("en", "?language=en"),),
    )


def _cells(done: tuple[int, ...], total: int, late: int | None = None) -> tuple[HeatCell, ...]:
    return tuple(
        HeatCell(stage=stage, done=count, total=total, late=index == late, href="#" if count else None)
        for index, (stage, count) in enumerate(zip(STAGES, done, strict=True))
    )


def _row(
    name: str, head: str, members: int, done: tuple[int, ...], state: StatusText, late: int | None = None
) -> BoardRow:
    return BoardRow(
        name=name,
        href="/cell",
        members=members,
        secretary=head,
        cells=_cells(done, members, late),
        state=state,
    )


def board(language: str) -> BoardPage:
    """Nine cells on 11/01/2017: one late, one refused, one at risk."""
    wait = StatusText(tone="decided", text="Chờ Đảng ủy quyết định")
    north = (
        _row("Chi bộ Phân xưởng Đúc", "Lưu Văn Tâm", 23, (23,) * 6 + (0,), wait),
        _row(
            "Chi bộ Phân xưởng Cơ khí",
            "Ngô Thanh Bình",
            27,
            (27,) * 4 + (0, 0, 0),
            StatusText(tone="refused", text="Báo cáo bị từ chối: vượt hạn mức, 5/3"),
        ),
        _row(
            "Chi bộ Phân xưởng Lắp ráp",
            "Phùng Quang Vinh",
            26,
            (24, 0, 0, 0, 0, 0, 0),
            StatusText(tone="late", text="Trễ 3 ngày làm việc, còn 2 bản"),
            0,
        ),
        _row(
            "Chi bộ Phân xưởng Điện",
            "Châu Ngọc Ánh",
            21,
            (21, 21, 12, 0, 0, 0, 0),
            StatusText(tone="risk", text="Nguy cơ: tổ 2 họp 13/01"),
        ),
    )
    south = (
        _row(
            "Chi bộ Phòng Kỹ thuật",
            "Vũ Minh Đức",
            22,
            (22, 22, 21, 0, 0, 0, 0),
            StatusText(tone="working", text="Đang họp, 1 người vắng"),
        ),
        _row(
            "Chi bộ Phòng Kế hoạch – Kinh doanh",
            "La Hoài Phương",
            19,
            (19, 19, 19, 18, 18, 0, 0),
            StatusText(tone="waiting", text="Thẩm định, chờ 2 ý kiến"),
        ),
        _row("Chi bộ Phòng Tài chính – Kế toán", "Tống Mỹ Duyên", 14, (14,) * 6 + (0,), wait),
        _row("Chi bộ Văn phòng", "Hà Quốc Bảo", 17, (17, 17, 17, 9, 4, 0, 0), wait),
        _row(
            "Chi bộ Kho vận",
            "Kiều Văn Lâm",
            14,
            (14,) * 7,
            StatusText(tone="done", text="Đã quyết định 09/01"),
        ),
    )
    sums = ((181, 183), (157, 183), (147, 183), (113, 180), (86, 180), (68, 180), (14, 180))
    due = tuple(date(2017, 1, day) for day in (6, 12, 18, 18, 20, 24, 25))
    return BoardPage(
        frame=frame(language),
        columns=tuple(
            StageColumn(stage=stage, done=done, total=total, safe=day)
            for stage, (done, total), day in zip(STAGES, sums, due, strict=True)
        ),
        groups=(
            BoardGroup(
                name="Đảng bộ bộ phận Khối Sản xuất",
                rows=north,
                cells=_cells((95, 71, 62, 50, 23, 23, 0), 97),
            ),
            BoardGroup(
                name="Chi bộ trực thuộc Đảng ủy", rows=south, cells=_cells((86, 86, 85, 63, 63, 45, 14), 86)
            ),
        ),
        kinds=(
            Filter(code="individual", href="?kind=individual", count=183, current=True),
            Filter(code="collective", href="?kind=collective", count=11),
            Filter(code="organisation", href="?kind=organisation", count=11),
        ),
        filters=(
            Filter(code="all", href="?", count=9, current=True),
            Filter(code="late", href="?show=late", count=1),
            Filter(code="refused", href="?show=refused", count=1),
            Filter(code="risk", href="?show=risk", count=1),
        ),
        search_href="/campaigns/2016",
        search_keeps=(("kind", "individual"),),
        shown=9,
        late=1,
        refused=1,
        risk=1,
        voted=Progress(done=113, total=180),
        safe_day=date(2017, 1, 25),
        legal_day=date(2017, 1, 31),
        working_days_left=10,
    )


def board_empty(language: str) -> BoardPage:
    """A search that finds nothing."""
    full = board(language)
    return BoardPage(
        frame=full.frame, columns=full.columns, filters=full.filters, search_href="/", query="xyz"
    )


def board_opening(language: str) -> BoardPage:
    """A campaign still being opened."""
    return BoardPage(frame=frame(language), opening=Progress(done=8400, total=20000))


ROLL = (
    "Trần Quốc Anh", "Phạm Thị Bình", "Trương Văn Cường", "Mai Thị Dung", "Vũ Minh Đức", "Phan Văn Giang",
    "Đoàn Thúy Hằng", "Hồ Quang Huy", "Ninh Thị Hương", "Đỗ Thị Kim Liên", "Khúc Đình Long", "Thạch Ngọc Minh",
    "Lê Hoàng Nam", "Nguyễn Thị Bích Ngọc", "Tô Hữu Phước", "Giang Văn Sơn", "Quách Thị Thảo", "Bùi Đức Thịnh",
    "Lương Thế Trung", "Vi Hồng Vân",
)  # fmt: skip
CHAIRS = (
    Choice(value="0005", label="Vũ Minh Đức, Bí thư"),
    Choice(value="0014", label="Nguyễn Thị Bích Ngọc, Phó bí thư"),
)
LEVELS = (
    Choice(value="HTXSNV", label="Hoàn thành xuất sắc nhiệm vụ"),
    Choice(value="HTTNV", label="Hoàn thành tốt nhiệm vụ"),
    Choice(value="HTNV", label="Hoàn thành nhiệm vụ"),
    Choice(value="KHTNV", label="Không hoàn thành nhiệm vụ"),
)


def _session(number: int, name: str, role: str, **more: object) -> Session:
    values: dict[str, object] = {"chair": "0005", "chairs": CHAIRS} | more
    return Session(review=f"2016.member.{number:04}", number=number, name=name, role=role, **values)  # type: ignore[arg-type]


def _agenda() -> tuple[AgendaItem, ...]:
    return (
        AgendaItem(
            number=1,
            title="Kiểm điểm tập thể chi ủy",
            detail="Tập thể trước, cá nhân sau",
            state="done",
            clause=clause("mục II.3.2"),
            sessions=(
                _session(
                    1,
                    "Tập thể chi ủy",
                    "3 chi ủy viên",
                    taken=True,
                    reviewed=True,
                    presented=True,
                    concluded=True,
                    needs_residence=False,
                    href="#",
                ),
            ),
        ),
        AgendaItem(
            number=2,
            title="Kiểm điểm bí thư Vũ Minh Đức",
            detail="Chủ trì: phó bí thư Nguyễn Thị Bích Ngọc",
            state="current",
            clause=clause("mục II.3.2.b"),
            sessions=(
                _session(
                    2,
                    "Vũ Minh Đức",
                    "Bí thư",
                    reviewed=True,
                    presented=True,
                    residence="read",
                    concluded=True,
                    error="Vũ Minh Đức không chủ trì phần kiểm điểm của chính mình. Chọn một phó bí thư.",
                ),
            ),
        ),
        AgendaItem(
            number=3,
            title="Kiểm điểm chi ủy viên và đảng viên",
            detail="Chi ủy viên trước đảng viên",
            state="next",
            clause=clause("mục II.3.2"),
            sessions=(
                _session(
                    3,
                    "Hồ Quang Huy",
                    "Chi ủy viên",
                    reviewed=True,
                    presented=True,
                    residence="missing",
                    residence_reason="nơi cư trú chưa gửi, đã hỏi 05/01",
                    concluded=True,
                ),
                _session(4, "Lê Hoàng Nam", "Đảng viên"),
                _session(
                    5,
                    "Bùi Đức Thịnh",
                    "Đảng viên",
                    note=StatusText(tone="risk", text="Vắng: kiểm điểm ở buổi họp bù"),
                ),
            ),
        ),
        AgendaItem(
            number=4,
            title="Bỏ phiếu kín và kiểm phiếu",
            detail="Mở sau khi mọi người dự họp đã kiểm điểm",
            state="locked",
            clause=clause("mục III.2.3"),
        ),
        AgendaItem(number=5, title="Công bố kết quả", state="locked", clause=clause("mục III.2.3.5")),
    )


def cell(language: str) -> CellPage:
    """The evening's form after a refusal: one chair and one count to put right."""
    patterns = patterns_page(frame(language)).samples["ballot"]
    assert isinstance(patterns, BallotGrid)
    return CellPage(
        frame=frame(language, "cell"),
        crumbs=(Link(label="Tiến độ", href="/board"), Link(label="Chi bộ trực thuộc", href="")),
        name="Chi bộ Phòng Kỹ thuật",
        lead="Đang ở mục 2 trên 5. 1 dòng phiếu cần đếm lại, 5 dòng chưa nhập.",
        members=22,
        meeting_day=date(2017, 1, 11),
        meeting=MeetingForm(
            action="/campaigns/2016/cells/CB05/meetings",
            command_id="6f1c",
            expected_version="12",
            day=FormField(name="day", label="Ngày họp", kind="day", value="11/01/2017", required=True),
            venues=(
                Choice(value="cell", label="Chi bộ", chosen=True),
                Choice(value="group", label="Tổ đảng"),
            ),
            roll=tuple(
                Attendee(
                    person=f"{index:04}",
                    name=name,
                    present=name != "Bùi Đức Thịnh",
                    counts=name == "Tô Hữu Phước",
                )
                for index, name in enumerate(ROLL, 1)
            ),
            agenda=_agenda(),
            ballot=BallotGrid(
                columns=(
                    BallotColumn(code="in_favour", label="Đồng ý"),
                    BallotColumn(code="against", label="Không đồng ý"),
                ),
                official_members=20,
                summary="đã lưu 1 · cần sửa 1 · chưa nhập 2",
                need="Đạt mức xuất sắc khi có từ 14 phiếu, các mức khác từ 11 phiếu.",
                need_clause=clause("mục III.2.3"),
                quota="Hạn mức xuất sắc dự kiến: 15% × 21 = 3,15 → 3, đã dùng 2",
                rows=(
                    *patterns.rows,
                    BallotRow(
                        review="p.5",
                        name="Cao Thanh Tùng",
                        role="Đảng viên dự bị",
                        level="HTNV",
                        levels=LEVELS,
                    ),
                ),
            ),
            may_be_irregular=True,
            errors=(
                Link(
                    label="Vũ Minh Đức không chủ trì phần kiểm điểm của chính mình",
                    href="#s-2016-member-0002",
                ),
                Link(label="Mai Thị Dung: cộng được 18 phiếu, thu vào 19", href="#b-p-2"),
            ),
        ),
        notices=(
            Notice(
                title="Báo Đảng ủy, kèm dự thảo",
                value="03/01",
                limit="Hạn 04/01: ít nhất 05 ngày làm việc",
                state=StatusText(tone="done", text="Sớm 1 ngày làm việc"),
                clause=clause("mục VII.1"),
            ),
            Notice(
                title="Gửi báo cáo cho người dự",
                value="06/01",
                limit="Hạn 08/01: ít nhất 03 ngày",
                state=StatusText(tone="done", text="Sớm 2 ngày"),
                clause=clause("mục II.3.1"),
            ),
        ),
        submission=SubmissionBox(
            state=StatusText(tone="locked", text="Chưa báo cáo được"),
            safe=date(2017, 1, 20),
            due=date(2017, 1, 31),
            missing=(
                MissingLine(
                    text="3 người chưa bỏ phiếu",
                    clause=clause("mục III.2.3.5"),
                    state=StatusText(tone="refused", text="Chưa xong"),
                    link=Link(label="Nhập phiếu", href="#ballot-title"),
                ),
                MissingLine(
                    text="Chưa công bố kết quả tại chi bộ",
                    clause=clause("mục III.2.3.5"),
                    state=StatusText(tone="unknown", text="Chưa biết"),
                ),
            ),
        ),
        lists=(
            ActionForm(
                action="#",
                submit="Cam kết",
                fields=(
                    FormField(name="complete", label="Danh sách kỷ luật của chi bộ đã đủ", kind="tick"),
                    FormField(
                        name="as_of", label="Đủ đến ngày", kind="day", value="31/12/2016", required=True
                    ),
                ),
            ),
        ),
        reviews=(
            ReviewLine(name="Tập thể chi ủy", href="#", kind="collective", stage="reviewed"),
            ReviewLine(
                name="Vũ Minh Đức",
                href="/review",
                kind="individual",
                role="Bí thư",
                stage="voted",
                level="HTXSNV",
            ),
            ReviewLine(
                name="Bùi Đức Thịnh",
                href="#",
                kind="individual",
                role="Đảng viên",
                stage="absent_pending",
                state=StatusText(tone="risk", text="Họp bù trước 20/01"),
            ),
            ReviewLine(name="Đặng Văn Kính", href="#", kind="individual", role="Đảng viên", stage="exempt"),
            ReviewLine(
                name="Giang Văn Sơn",
                href="#",
                kind="individual",
                role="Đảng viên",
                stage="reviewed",
                flags=("irregular",),
            ),
        ),
    )


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
            why="Cán bộ, công chức, viên chức, người lao động được xếp loại trước đảng viên. Đồng chí Ngọc là người lao động của công ty và chưa có kết quả.",
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
        history=EVENTS,
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
        bands=tuple(StageBand(stage=stage, events=count, current=stage == "reviewed") for stage, count in bands),
        event=EventDetail(
            number=5, sentence="phiếu mức xuất sắc không đạt", name="ballot_counted", stage="reviewed", stage_note="không đổi",
            level_note="tự xếp loại: xuất sắc", next_act="Bỏ phiếu mức tốt", next_note="mức kế dưới, phiếu mới", findings=(FAILED,),
            actor="Kiều Văn Lâm", capacity="Bí thư Chi bộ Kho vận", occurred_at=datetime(2017, 1, 3, 9, 25, tzinfo=UTC),
            recorded_at=datetime(2017, 1, 3, 9, 27, tzinfo=UTC), event_hash="b2e741d09a63" * 5 + "5f18", previous_hash="7f3ac91e" * 8,
            rulebook_hash="4b1d07aa" * 8, data=(("Mức đưa ra bỏ phiếu", "Hoàn thành xuất sắc nhiệm vụ"),),
        ),
        integrity=Integrity(whole=True, checked=10, total=10, head="7f3a" * 15 + "c91e"),
        previous_href="?event=4",
        next_href="?event=6",
        first_failure=Link(label="Tới khi phiếu không đạt", href="?event=5"),
    )  # fmt: skip


def import_problems(language: str) -> ImportPage:
    """A sheet with wrong cells: nothing is imported."""
    problems = (
        CellProblemLine(
            sheet="Danh sách",
            cell="F23",
            column="Ngày vào Đảng",
            value="31/02/2009",
            problem="Không có ngày này. Tháng 2 năm 2009 có 28 ngày.",
            expected="dd/mm/yyyy",
        ),
        CellProblemLine(
            sheet="Danh sách",
            cell="E41",
            column="Chi bộ",
            value="PX Đúcc",
            problem="Không có chi bộ này. Có phải “Phân xưởng Đúc”?",
            expected="Tên trong danh sách 9 chi bộ",
        ),
        CellProblemLine(
            sheet="Danh sách",
            cell="C102",
            column="Họ và tên",
            value="",
            problem="Thiếu họ và tên.",
            expected="Bắt buộc",
        ),
    )
    return ImportPage(
        frame=frame(language, "roster"),
        upload=UPLOAD,
        template_href="/imports/template.xlsx",
        file_name="dang-vien-2016.xlsx",
        rows=187, good_rows=184, bad_rows=3, new=5, changed=3, gone=2, unchanged=176,
        problems=problems,
        previews=(
            SheetPreview(
                name="Danh sách", letters=("A", "B", "C", "D", "E", "F"),
                rows=(
                    SheetRow(number=1, cells=tuple(SheetCell(text=text) for text in ("TT", "Số thẻ", "Họ và tên", "Ngày sinh", "Chi bộ", "Ngày vào Đảng"))),
                    SheetRow(folded="21 dòng đúng, dòng 2–22"),
                    SheetRow(number=23, cells=(*(SheetCell(text=text) for text in ("22", "049 012 418", "Âu Văn Quyết", "09/11/1984", "Phân xưởng Cơ khí")), SheetCell(text="31/02/2009", problem="Không có ngày này", anchor="cell-Danh-sách-F23"))),
                ),
            ),
        ),
        good_rows_only=ActionForm(action="#", submit="Chỉ nhập 184 dòng đúng"),
    )  # fmt: skip


def import_changes(language: str) -> ImportPage:
    """A clean sheet that changes the roster."""
    return ImportPage(
        frame=frame(language, "roster"), upload=UPLOAD, template_href="#", file_name="dang-vien.xlsx", rows=187, good_rows=187, new=1, changed=1, gone=1, unchanged=184,
        changes=(
            ChangeLine(kind="new", name="Trần Thị Lan", what="đảng viên chính thức", after="Chi bộ Văn phòng"),
            ChangeLine(kind="changed", name="Nguyễn Văn Bảo", what="chuyển chi bộ", before="Phân xưởng Đúc", after="Kho vận", touches=(Link(label="2016.member.0012", href="#"),)),
            ChangeLine(kind="gone", name="Lê Văn Cảnh", what="không còn trong tệp", before="Chi bộ Kho vận"),
        ),
        confirm=ActionForm(action="#", submit="Xác nhận 3 thay đổi", style="primary"),
    )  # fmt: skip


def import_start(language: str) -> ImportPage:
    """Before a file was chosen."""
    return ImportPage(frame=frame(language, "roster"), upload=UPLOAD, template_href="#")


def home(language: str) -> HomePage:
    """Two campaigns."""
    card = CampaignCard(
        title="Kiểm điểm năm 2016", href="/board", organisation="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc", rulebook="Kế hoạch 24-KH/ĐUK",
        state=StatusText(tone="late", text="1 chi bộ trễ, 1 bị từ chối"), progress=Progress(done=113, total=180), unit="đảng viên đã bỏ phiếu",
    )  # fmt: skip
    return HomePage(frame=frame(language, "home"), campaigns=(card,))


def home_first_run(language: str) -> HomePage:
    """The very first start."""
    return HomePage(
        frame=Frame(language=language, today=date(2016, 12, 12)),
        first_steps=(
            FirstStep(title="Nhập danh sách", text="Tổ chức đảng và đảng viên, từ một tệp Excel.", done=True),
            FirstStep(
                title="Mở mùa kiểm điểm",
                text="Chọn quy định; mỗi người, mỗi tập thể có một kỳ kiểm điểm.",
                done=False,
                link=Link(label="Mở mùa", href="#"),
            ),
            FirstStep(title="Lập lịch họp", text="Hệ thống tính ngược ngày phải gửi dự thảo.", done=False),
        ),
    )


def problem(language: str) -> ProblemPage:
    """An address nobody knows."""
    return ProblemPage(
        frame=frame(language),
        status=404,
        refusal=RefusalView(
            title="Không có kỳ kiểm điểm 2016.member.9999",
            why="Địa chỉ sai, hoặc kỳ kiểm điểm không thuộc phạm vi của đồng chí.",
            ways=(
                WayOut(when="Nếu biết tên", what="tìm ở trang", link=Link(label="Tiến độ", href="/board")),
            ),
        ),
        reference="6f1c-22",
    )


def cell_empty(language: str) -> CellPage:
    """A cell that has planned nothing."""
    return CellPage(
        frame=frame(language, "cell"), name="Chi bộ Kho vận", lead="14 đảng viên, chưa chọn ngày họp.",
        empty=EmptyState(title="Chưa có lịch họp", text="Chọn ngày họp, hệ thống tính ngược ngày phải gửi dự thảo và báo Đảng ủy.", link=Link(label="Lập lịch họp", href="#")),
    )  # fmt: skip


def all_pages(language: str) -> dict[str, Page]:
    """Every page and state by name."""
    makers = (
        board, board_empty, board_opening, cell, cell_empty, review, review_decided, history, import_problems,
        import_changes, import_start, home, home_first_run, problem,
    )  # fmt: skip
    pages: dict[str, Page] = {maker.__name__: maker(language) for maker in makers}
    return pages | {"patterns": patterns_page(frame(language, "patterns"))}
