"""What the sample pages share: the frame, the clauses, the codes."""

from datetime import UTC, date, datetime

from api.pages.views import Choice, Clause, Frame, NavItem

STAGES = ("prepared", "draft_sent", "reviewed", "voted", "submitted", "appraised", "approved")


def clause(label: str) -> Clause:
    """A clause of the plan."""
    return Clause(label=label, document="24-KH/ĐUK", href="#")


def frame(language: str, current: str = "board") -> Frame:
    """The frame of an officer of the organisation board."""
    hrefs = {
        "home": "/",
        "board": "/c/2016",
        "decide": "/c/2016/decide",
        "season": "/c/2016/season",
        "insight": "/c/2016/insight",
        "regulation": "/rulebooks",
        "roster": "/import",
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
        nav=tuple(
            NavItem(key=key, href=href, current=key == current, count=2 if key == "home" else None)  # type: ignore[arg-type]
            for key, href in hrefs.items()
        ),
        further=(
            NavItem(key="inbox", href="/inbox", count=2),
            NavItem(key="campaigns", href="/campaigns"),
            NavItem(key="calendar", href="/calendar"),
        ),
        unread=2,
        own=("/capacity", "/account", "/sign-out"),
        csrf="sample",
        mark="5959-53-0-2017-01-11",
        topic="2016",
        stand_ins=(
            Choice(value="0001", label="Đinh Thị Hồng Vân, Ban Tổ chức Đảng ủy", chosen=True),
            Choice(value="0021", label="Vũ Minh Đức, Bí thư Chi bộ Phòng Kỹ thuật"),
        ),
        language_hrefs=(("vi", "?language=vi") if language == "en" else ("en", "?language=en"),),
    )


LEVELS = (
    Choice(value="HTXSNV", label="Hoàn thành xuất sắc nhiệm vụ"),
    Choice(value="HTTNV", label="Hoàn thành tốt nhiệm vụ"),
    Choice(value="HTNV", label="Hoàn thành nhiệm vụ"),
    Choice(value="KHTNV", label="Không hoàn thành nhiệm vụ"),
)
