"""Samples of the board, the list of campaigns and the problem page, on 11/01/2017."""

from datetime import date

from api.pages.views import (
    CampaignCard,
    FirstStep,
    Frame,
    HomePage,
    Link,
    ProblemPage,
    Progress,
    RefusalView,
    StatusText,
    WayOut,
)
from api.pages.views_board import (
    BoardPage,
    BoardRow,
    BranchRow,
    Filter,
    HeatCell,
    ReminderLine,
    RemindersPage,
    ReminderSum,
    RemoveView,
    StageColumn,
)
from tests.api.page_samples_base import STAGES, frame


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


def _branch(code: str, name: str, rows: tuple[BoardRow, ...], done: tuple[int, ...], total: int) -> BranchRow:
    return BranchRow(
        code=code,
        name=name,
        bodies=len(rows),
        matching=len(rows) - (code == "DB01"),
        late=sum(row.state.tone == "late" for row in rows),
        risk=sum(row.state.tone == "risk" for row in rows),
        cells=_cells(done, total),
        fold_href=f"?fold={code}",
        direct=code == "DB01",
        folded=code == "DB01",
        again=code == "DB01",
        depth=1,
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
        lines=(
            _branch("KSX", "Đảng bộ bộ phận Khối Sản xuất", north, (95, 71, 62, 50, 23, 23, 0), 97),
            *north,
            _branch("DB01", "Đảng ủy Công ty", south, (86, 86, 85, 63, 63, 45, 14), 86),
            *south,
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
        stages=tuple(Filter(code=stage, href="", count=1, current=False) for stage in STAGES),
        levels=(
            Filter(code="HTXSNV", href="", count=2, current=True),
            Filter(code="HTTNV", href="", count=9),
        ),
        filter="Đảng viên; có mức <b>",
        clear_href="?",
        views=(RemoveView(name="Trễ, khối <Sản xuất>", href="?show=late", action="/c/2016/views/1/removal"),),
        save_action="/c/2016/views",
        view_query="show=all",
        view_name="Trễ, khối <Sản xuất>",
        view_problem="Không lưu thêm được: mỗi người giữ nhiều nhất 20 cách xem.",
        bodies=9,
        page_number=1,
        last_shown=9,
        next_href="?page=2",
        export_href="/c/2016/board.xlsx",
        remind_href="/c/2016/reminders",
        search_href="/campaigns/2016",
        search_keeps=(("kind", "individual"),),
        shown=9,
        late=1,
        refused=1,
        risk=1,
        progress=Progress(done=113, total=180),
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


def board_reminders(language: str) -> RemindersPage:
    """Before three cells are reminded; others match than were looked at."""
    return RemindersPage(
        frame=frame(language),
        title="Nhắc 2 chi bộ?",
        lead="Đảng viên; trễ; tìm “<b>”",
        matching=3,
        people=2,
        sums=(
            ReminderSum(
                task="Bỏ phiếu xếp loại cho 12 cá nhân",
                bodies=2,
                people=2,
                safe=date(2017, 1, 25),
                last=date(2017, 1, 30),
            ),
        ),
        lines=_reminded(StatusText(tone="waiting", text="sẽ nhắc")),
        problem="Danh sách khớp bộ lọc đã đổi từ lúc đồng chí mở trang này. Xem lại rồi gửi.",
        action="/c/2016/reminders?show=late",
        mark="ab12",
        command_id="cd34",
        back=Link(label="Quay lại tiến độ", href="/c/2016?show=late"),
    )


def board_reminded(language: str) -> RemindersPage:
    """After it: one was told today before, one has nobody who answers for it."""
    return RemindersPage(
        frame=frame(language),
        title="Đã nhắc 1 chi bộ",
        lead="Đảng viên; trễ",
        done=True,
        matching=3,
        people=1,
        lines=_reminded(StatusText(tone="done", text="đã nhắc")),
        back=Link(label="Quay lại tiến độ", href="/c/2016?show=late"),
    )


def _reminded(state: StatusText) -> tuple[ReminderLine, ...]:
    task = "Bỏ phiếu xếp loại cho 6 cá nhân"
    return (
        ReminderLine(name="Chi bộ Kho vận", href="/cell", state=StatusText(tone="refused", text="chưa nhắc")),
        ReminderLine(
            name="Chi bộ Văn phòng",
            href="/cell",
            people=("Hà Quốc Bảo (người đứng đầu)",),
            task=task,
            until="25/01/2017",
            state=StatusText(tone="none", text="không nhắc thêm: hôm nay đã nhắc lúc 08:05"),
        ),
        ReminderLine(
            name="Chi bộ Phân xưởng Đúc",
            href="/cell",
            people=("Lưu Văn Tâm (người đứng đầu)", "Ngô Thanh Bình (cấp phó, khi người đứng đầu vắng)"),
            task=task,
            until="25/01/2017",
            state=state,
        ),
    )


def board_opening(language: str) -> BoardPage:
    """A campaign still being opened."""
    return BoardPage(frame=frame(language), opening=Progress(done=8400, total=20000))


def home(language: str) -> HomePage:
    """Two campaigns."""
    card = CampaignCard(
        title="Kiểm điểm năm 2016",
        href="/board",
        organisation="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        rulebook="Kế hoạch 24-KH/ĐUK",
        state=StatusText(tone="late", text="1 chi bộ trễ, 1 bị từ chối"),
        progress=Progress(done=113, total=180),
        unit="đảng viên đã bỏ phiếu",
    )
    return HomePage(frame=frame(language, "home"), campaigns=(card,))


def home_first_run(language: str) -> HomePage:
    """The very first start."""
    return HomePage(
        frame=Frame(language=language, today=date(2016, 12, 12)),
        first_steps=(
            FirstStep(title="Nhập danh sách", text="Tổ chức đảng và đảng viên, từ một tệp Excel.", done=True),
            FirstStep(
                title="Mở đợt kiểm điểm",
                text="Chọn quy định; mỗi người, mỗi tập thể có một kỳ kiểm điểm.",
                done=False,
                link=Link(label="Mở đợt", href="#"),
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
