"""Samples of the insight: 9 cells on 11/01/2017, one above its ceiling; a campaign not yet open."""

from api.pages.insight_views import (
    BarPair,
    CeilingLine,
    InsightPage,
    MatrixCell,
    MatrixView,
    SignLine,
    SpreadView,
)
from api.pages.views import Clause, Link, StatusText
from tests.api.page_samples_base import frame

CLAUSE = Clause(label="DUK-2016, III.2.3.1", href="/rulebooks/duk_2016/rules/duk.quota_share")


def insight(language: str) -> InsightPage:
    """One cell two above, one exactly at its ceiling, a long list under it; votes lowered and raised."""
    return InsightPage(
        frame=frame(language, "insight"),
        crumbs=(Link(label="Tiến độ", href="/c/2016"), Link(label="Phân tích", href="")),
        heading="1 trên 3 danh sách dùng hết đúng hạn mức, 1 vượt",
        lead="Tính trên 113 kỳ kiểm điểm cá nhân đã có mức; 67 kỳ chưa có kết quả.",
        year=2016,
        branch="Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        up=Link(label="Đảng bộ Công ty", href="/c/2016/insight"),
        branches=(Link(label="Đảng bộ bộ phận Khối Sản xuất", href="/c/2016/insight?organisation=BP01"),),
        lists=(
            line("Chi bộ Phân xưởng Cơ khí", 5, 3, "4/4", StatusText(tone="late", text="Vượt 2")),
            line("Chi bộ Phân xưởng Đúc", 3, 3, "3/3", StatusText(tone="none", text="Đúng hạn mức")),
            line("Đảng viên không giữ chức vụ", 38, 45, "–", StatusText(tone="done", text="Còn 7")),
        ),
        more_lists=Link(label="Xem cả 12 danh sách", href="/c/2016/insight?all=true"),
        left_lists=9,
        spreads=(
            SpreadView(
                kind="individual",
                title="13,3% ở mức cao nhất, năm trước 12,5%: tăng",
                bars=(
                    bar("HTXSNV", 15, 133, 22, 125),
                    bar("HTTNV", 88, 779, 139, 790),
                    bar("HTNV", 9, 79, 14, 79),
                    bar("KHTNV", 1, 9, 1, 6),
                ),
                rated=113,
                owing=67,
                unrated=4,
                known_then=176,
            ),
        ),
        matrices=(
            MatrixView(
                key="self-voted",
                title="17 trên 33 bị hạ từ tự xếp loại đến bỏ phiếu",
                note="15 giữ, 17 hạ, 1 nâng",
                before="Tự xếp loại",
                after="Bỏ phiếu",
                levels=("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"),
                rows=(
                    (
                        "Hoàn thành xuất sắc nhiệm vụ",
                        (MatrixCell(count=14, heat=4), MatrixCell(count=17, way="lowered", heat=4)),
                        31,
                    ),
                    (
                        "Hoàn thành tốt nhiệm vụ",
                        (MatrixCell(count=1, way="raised", heat=1), MatrixCell(count=1, heat=1)),
                        2,
                    ),
                ),
                sums=(15, 18),
                total=33,
            ),
        ),
        signs=(
            SignLine(
                title="1 ngoại lệ được phép",
                text="Chi bộ Phân xưởng Điện (DUK-2016, II.3.1, theo Công văn 112-CV/ĐU)",
                links=(Link(label="Phát lại", href="/r/2016.organisation.CB02/history?v=3"),),
            ),
        ),
        sheet_href="/c/2016/insight.xlsx",
    )


def insight_waiting(language: str) -> InsightPage:
    """A campaign that is not open yet."""
    return InsightPage(frame=frame(language, "insight"), heading="Đợt chưa mở", waiting=True)


def line(name: str, top: int, allowed: int, before: str, state: StatusText) -> CeilingLine:
    return CeilingLine(
        name=name,
        href="/c/2016/insight?organisation=CB02",
        group="",
        top=top,
        allowed=allowed,
        formula="15% × 24 = 3,6 → 3",
        before=before,
        state=state,
        clause=CLAUSE,
    )


def bar(level: str, now: int, tenths: int, then: int, tenths_then: int) -> BarPair:
    return BarPair(
        level=level,
        now=now,
        now_share=f"{tenths // 10},{tenths % 10}%",
        now_tenths=tenths,
        then=then,
        then_share=f"{tenths_then // 10},{tenths_then % 10}%",
        then_tenths=tenths_then,
    )
