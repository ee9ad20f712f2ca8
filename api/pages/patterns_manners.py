"""What /patterns shows of charts and of manners: empty, waiting, not allowed, very long, very many."""

from __future__ import annotations

from datetime import date
from typing import Final

from api.pages.insight_views import BarPair, MatrixCell, MatrixView, SpreadView
from api.pages.views import (
    ActionForm,
    Clause,
    Confirmation,
    EmptyState,
    FirstStep,
    Link,
    RefusalView,
    StatusText,
    Undo,
)
from api.pages.views_season import StepLine

MANY: Final = 300
LONG_BODY: Final = (
    "Chi bộ Phân xưởng Sửa chữa, Bảo dưỡng thiết bị nâng hạ và Kiểm định kỹ thuật an toàn lao động số 2"
)
LONG_PERSON: Final = "Công Tằng Tôn Nữ Thị Phương Thảo Nguyên"


def manners() -> dict[str, object]:
    """Samples by name."""
    return {
        "first_steps": (
            FirstStep(title="Nhập danh sách", text="Từ một tệp Excel.", done=True),
            FirstStep(
                title="Mở đợt kiểm điểm",
                text="Chọn quy định và ngày chốt danh sách.",
                done=False,
                link=Link(label="Mở đợt", href="#"),
            ),
            FirstStep(title="Theo dõi từng chi bộ", text="Ai còn thiếu gì.", done=False),
        ),
        "confirmation": Confirmation(
            title="Quyết định 51 người?",
            consequences=(
                "3 chi bộ được báo ngay.",
                "Muốn đổi phải hủy kết quả và xếp loại lại, có lý do.",
            ),
            form=ActionForm(action="#", submit="Quyết định 51 người", style="seal"),
            back="Quay lại",
            clauses=(Clause(label="mục III.2.3.5", document="24-KH/ĐUK", href="#"),),
        ),
        "undo": Undo(said="Đã để lại 9 việc đến 16/01/2017.", form=ActionForm(action="#", submit="Hoàn tác")),
        "not_allowed": RefusalView(
            title="Việc này thuộc cấp ủy cấp trên",
            why="Bí thư chi bộ báo cáo; cấp ủy có thẩm quyền quyết định mức xếp loại.",
            clauses=(Clause(label="mục III.4", document="24-KH/ĐUK", href="#"),),
        ),
        "nothing": EmptyState(
            icon="search",
            title="Không thấy ai, không thấy tổ chức nào",
            text="Thử bớt chữ, hoặc chỉ gõ tên gọi.",
        ),
        "long_body": LONG_BODY,
        "long_person": LONG_PERSON,
        "many": tuple(
            (
                f"{number:04}",
                f"{LONG_PERSON if number % 50 == 0 else 'Nguyễn Văn An'} {number}",
                StatusText(tone="late" if number % 7 == 0 else "done", text="Đã kiểm điểm"),
            )
            for number in range(1, MANY + 1)
        ),
        "spread": _spread(),
        "matrix": _matrix(),
        "season_steps": (
            StepLine(
                task="Họp kiểm điểm 22 đảng viên",
                safe=date(2017, 1, 18),
                last=date(2017, 1, 20),
                who="người đứng đầu",
                why="Sau đó là bỏ phiếu xếp loại, ngày 25/01.",
                clause=Clause(label="mục VI", document="24-KH/ĐUK", href="#"),
                state=StatusText(tone="risk", text="Nguy cơ: còn 1 ngày làm việc"),
            ),
        ),
    }


def _spread() -> SpreadView:
    shares = (("HTXSNV", 30, 159, 24), ("HTTNV", 120, 638, 131), ("HTNV", 34, 181, 20), ("KHTNV", 4, 21, 0))
    return SpreadView(
        kind="individual",
        title="Đảng viên",
        bars=tuple(
            BarPair(
                level=level,
                now=now,
                now_share=f"{tenths // 10},{tenths % 10}%",
                now_tenths=tenths,
                then=then,
                then_share=f"{then * 1000 // 1750},{then * 1000 // 175 % 10}%",
                then_tenths=then * 1000 // 175,
            )
            for level, now, tenths, then in shares
        ),
        rated=188,
        owing=3,
        unrated=1,
        known_then=175,
    )


def _matrix() -> MatrixView:
    rows = ((12, 3, 0), (2, 40, 5), (0, 1, 9))
    levels = ("Xuất sắc", "Tốt", "Hoàn thành")
    return MatrixView(
        key="p",
        title="Tự xếp loại và quyết định",
        note="",
        before="Tự xếp",
        after="Quyết định",
        levels=levels,
        rows=tuple(
            (
                levels[at],
                tuple(
                    MatrixCell(
                        count=count,
                        way="kept" if to == at else "lowered" if to > at else "raised",
                        heat=min(4, count // 10 + 1),
                    )
                    for to, count in enumerate(counts)
                ),
                sum(counts),
            )
            for at, counts in enumerate(rows)
        ),
        sums=tuple(map(sum, zip(*rows, strict=True))),
        total=sum(map(sum, rows)),
    )
