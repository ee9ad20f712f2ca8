"""Samples of the season of a campaign and of one body, on 11/01/2017."""

from datetime import date, timedelta

from api.pages.views import ActionForm, FormField, Link, StatusText
from api.pages.views_season import (
    BodySeasonPage,
    DayEntry,
    DayLine,
    MonthDay,
    MonthView,
    PathView,
    PlannerView,
    RiskLine,
    SeasonPage,
    StepLine,
)
from tests.api.page_samples_base import clause, frame

TODAY = date(2017, 1, 11)
RISK = StatusText(tone="risk", text="Nguy cơ: hôm nay là ngày an toàn cuối")
BODY = Link(label="Chi bộ Phân xưởng Lắp ráp", href="/c/2016/o/CB05/season")


def _step(body: Link | None = None) -> StepLine:
    return StepLine(
        task="Báo cấp trên ngày kiểm điểm tập thể",
        safe=TODAY,
        last=date(2017, 1, 12),
        who="người đứng đầu",
        why="Trước buổi họp 18/01 5 ngày làm việc, thêm một ngày cho chắc (DUK-2016, VII.1).",
        clause=clause("mục VII.1"),
        state=RISK,
        body=body,
    )


def _month() -> MonthView:
    monday = date(2017, 1, 9)
    entries = {
        9: (DayEntry(kind="held", text="Chi bộ Phòng Kế hoạch", href="/c/2016/o/CB06"),),
        13: (DayEntry(kind="planned", text="Chi bộ Phân xưởng Điện", href="/c/2016/o/CB04"),),
        12: (
            DayEntry(kind="due", text="Hạn họp kiểm điểm"),
            DayEntry(kind="safe", text="An toàn cuối: bỏ phiếu"),
        ),
    }
    days = [monday + timedelta(days=n) for n in range(7)]
    week = tuple(
        MonthDay(day=day, off=day.weekday() > 4, today=day == TODAY, entries=entries.get(day.day, ()))
        for day in days
    )
    return MonthView(
        month="01/2017", weeks=(week,), previous_href="?month=2016-12", next_href="?month=2017-02"
    )


def season(language: str) -> SeasonPage:
    """One body cannot be in time, two have to act today."""
    late = StatusText(tone="late", text="Không kịp: quá ngày an toàn 3 ngày làm việc")
    return SeasonPage(
        frame=frame(language, "season"),
        red=1,
        amber=2,
        green=6,
        lead="Hạn gần nhất: họp kiểm điểm, hết ngày 30/01.",
        at_risk=(
            RiskLine(
                bodies=(BODY,),
                count=1,
                state=late,
                warning="",
                step=_step(),
                missed=("Họp kiểm điểm tập thể: không còn kịp ngày cuối 30/01.",),
            ),
            RiskLine(
                bodies=(BODY, Link(label="Chi bộ Phân xưởng Điện", href="/c/2016/o/CB04/season")),
                count=2,
                state=RISK,
                warning="Báo cấp trên ngày kiểm điểm tập thể chậm nhất thứ Tư 11/01.",
                step=_step(),
            ),
        ),
        pace=("Chi bộ Phân xưởng Điện: bỏ phiếu, còn 9 kỳ, cần 6 ngày làm việc mà chỉ còn 4.",),
        paths=(
            PathView(title="Bỏ phiếu trước 31/01/2017", state=RISK, steps=(_step(BODY),), alike="2 tổ chức"),
        ),
        month=_month(),
    )


def body_season(language: str) -> BodySeasonPage:
    """A plan with one step near, one date missed, a day proposed and one refused."""
    return BodySeasonPage(
        frame=frame(language, "season"),
        crumbs=(Link(label="Tiến độ", href="/c/2016"), BODY),
        name="Chi bộ Phân xưởng Lắp ráp",
        state=RISK,
        warning="Báo cấp trên ngày kiểm điểm tập thể chậm nhất thứ Tư 11/01.",
        missed=("Bỏ phiếu xếp loại 2 người: đã quá ngày cuối 10/01.",),
        steps=(_step(),),
        undated=(StepLine(task="Thẩm định kết quả của tập thể", safe=None, last=None, who="", why=""),),
        planner=PlannerView(
            action="/c/2016/o/CB05/season",
            first=FormField(name="from", label="Từ ngày", kind="day", value="11/01/2017", required=True),
            last=FormField(name="to", label="Đến ngày", kind="day", value="07/02/2017", required=True),
            note="Cuộc họp lấy 27 kỳ còn lại ở đây, theo thứ tự quy định.",
            proposed=(
                DayLine(
                    day=date(2017, 1, 18),
                    state=StatusText(tone="done", text="Kịp mọi hạn, dư 5 ngày làm việc"),
                    form=ActionForm(
                        action="/c/2016/o/CB05/plans",
                        submit="Định họp ngày này",
                        fields=(FormField(name="day", label="Ngày họp", kind="hidden", value="18/01/2017"),),
                    ),
                ),
            ),
            others=(
                DayLine(
                    day=date(2017, 1, 12),
                    state=StatusText(tone="refused", text="Bị từ chối"),
                    reasons=("3 kỳ: Không đạt: báo cấp trên trước 5 ngày làm việc.",),
                ),
            ),
            propose=Link(label="Đề xuất ngày họp", href="/c/2016/o/CB05/season?days=proposed#planner"),
            every=Link(
                label="Xem từng ngày đến 07/02/2017",
                href="/c/2016/o/CB05/season?from=2017-01-11&to=2017-02-07#planner",
            ),
        ),
    )
