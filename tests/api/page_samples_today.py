"""Samples of the first page on 11/01/2017, and of the pages beside the work."""

from datetime import date

from api.pages.look import SIZES, THEMES
from api.pages.views import (
    ActionForm,
    CampaignCard,
    Choice,
    EmptyState,
    FormField,
    Link,
    Progress,
    StatusText,
)
from api.pages.views_frame import Found, LookPage, SearchPage
from api.pages.views_today import (
    ElsewhereLine,
    NoticeLine,
    OwnLine,
    StepLine,
    TaskGroup,
    TaskLine,
    TodayPage,
    TourStep,
    WaitLine,
)
from tests.api.page_samples_base import clause, frame

CELL = "Chi bộ Phòng Kỹ thuật"
LONG = "Chi bộ Phân xưởng Sửa chữa, Bảo dưỡng thiết bị nâng hạ và Kiểm định an toàn số 2"


def _task(day: int, what: str, label: str, left: StatusText) -> TaskLine:
    return TaskLine(
        safe_on=date(2017, 1, day),
        what=what,
        where=f"{CELL} · Kiểm điểm năm 2016",
        due="Quy định: chậm nhất 30/01/2017; ngày làm việc an toàn cuối là 25/01.",
        left=left,
        button=Link(label=label, href="/c/2016/o/CB05"),
        clause=clause("mục VI"),
    )


def today(language: str) -> TodayPage:
    """A secretary with something overdue, due today and later, people to wait for, and the walk."""
    late = StatusText(tone="late", text="Quá hạn 2 ngày làm việc")
    now = StatusText(tone="risk", text="Ngày an toàn cuối là hôm nay")
    later = StatusText(tone="waiting", text="Còn 10 ngày làm việc")
    return TodayPage(
        frame=frame(language, "home"),
        heading="Đồng chí có 1 việc quá hạn",
        lead="1 việc nữa trong 10 ngày làm việc tới.",
        elsewhere=(
            ElsewhereLine(
                capacity=f"Đảng viên {LONG}",
                said="2 bước đang chờ, ngày an toàn cuối gần nhất 18/01/2017",
                change=ActionForm(
                    action="/capacity",
                    submit="Chuyển sang",
                    fields=(FormField(name="capacity", label="", kind="hidden", value="member@CB05"),),
                ),
            ),
        ),
        groups=(
            TaskGroup(
                key="overdue",
                title="Quá hạn",
                tasks=(_task(9, "Báo cấp trên ngày kiểm điểm", "Báo cấp trên", late),),
            ),
            TaskGroup(
                key="today",
                title="Hôm nay",
                tasks=(_task(11, "Họp kiểm điểm 22 đảng viên", "Mở cuộc họp", now),),
            ),
            TaskGroup(
                key="later",
                title="Sau đó",
                tasks=(_task(25, "Báo cáo cấp trên kết quả của 22 cá nhân", "Xem hồ sơ báo cáo", later),),
            ),
        ),
        waiting=(
            WaitLine(what="Thẩm định kết quả của 3 cá nhân", who=LONG, state=later, href="/c/2016/o/CB05"),
        ),
        waiting_more=3,
        body=CELL,
        body_href="/c/2016/o/CB05",
        steps=(
            StepLine(name="đã tự kiểm điểm", progress=Progress(done=22, total=22)),
            StepLine(name="đã kiểm điểm", progress=Progress(done=0, total=22), until="hạn 18/01"),
        ),
        notices=(
            NoticeLine(
                what="Bỏ phiếu xếp loại cho 22 đảng viên",
                said=f"{CELL} · Chậm nhất 18/01/2017",
                href="/inbox#notice-17",
                unread=True,
            ),
            NoticeLine(what="Báo cáo cấp trên", said=CELL, href="/inbox#notice-12", unread=False),
        ),
        unread=1,
        campaigns=(_card(),),
        tour=(
            TourStep(
                who="Bí thư chi bộ",
                text="Mở chi bộ của mình.",
                link=Link(label="Đi thử", href="/c/2016/o/CB05"),
                become=ActionForm(
                    action="/actor",
                    submit="Đi thử",
                    fields=(FormField(name="back", label="", kind="hidden", value="/c/2016"),),
                ),
            ),
            TourStep(who="Ban tổ chức", text="Xem tiến độ.", link=Link(label="Mở", href="/c/2016")),
        ),
    )


def today_member(language: str) -> TodayPage:
    """A member with nothing to do, and what was decided about her."""
    return TodayPage(
        frame=frame(language, "home"),
        heading="Đồng chí không còn việc nào phải làm",
        lead="Mọi bước đang mở đã xong.",
        no_tasks=EmptyState(
            icon="check", title="Không có việc nào chờ đồng chí", text="Khi đến lượt, việc hiện ở đây."
        ),
        own=(
            OwnLine(
                title="Kỳ kiểm điểm năm 2016 của tôi",
                href="/r/2016.member.0031",
                where=CELL,
                stage="Đã quyết định",
                level="HTTNV",
            ),
            OwnLine(title="Kỳ kiểm điểm năm 2015 của tôi", href="#", where=LONG, stage="Đã bỏ phiếu"),
        ),
    )


def _card() -> CampaignCard:
    return CampaignCard(
        title="Kiểm điểm năm 2016",
        href="/c/2016",
        organisation="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        rulebook="Kế hoạch 24-KH/ĐUK",
        state=StatusText(tone="working", text="Đang diễn ra"),
        progress=Progress(done=113, total=180),
        unit="đảng viên đã bỏ phiếu",
    )


def look(language: str) -> LookPage:
    """Large type on a dark ground was chosen."""
    return LookPage(
        frame=frame(language, ""),
        sizes=tuple(Choice(value=size, label=label, chosen=size == "150") for size, label in SIZES.items()),
        themes=tuple(
            Choice(value=theme, label=label, chosen=theme == "dark") for theme, label in THEMES.items()
        ),
    )


def search(language: str) -> SearchPage:
    """A body and two people, one of whose names is markup."""
    return SearchPage(
        frame=frame(language, ""),
        query="lan",
        bodies=(Found(link=Link(label=LONG, href="/c/2016/o/CB05"), where="CB05"),),
        people=(
            Found(
                link=Link(label="Trần Thị Lan", href="/r/2016.member.0031"),
                where=CELL,
                state=StatusText(tone="done", text="Đã quyết định"),
            ),
            Found(link=Link(label="<script>alert(1)</script>", href="/r/2016.member.0032"), where=CELL),
        ),
    )


def search_nothing(language: str) -> SearchPage:
    """Nobody is called so."""
    empty = EmptyState(icon="search", title="Không thấy ai, không thấy tổ chức nào", text="Thử bớt chữ.")
    return SearchPage(frame=frame(language, ""), query="zzz", empty=empty)
