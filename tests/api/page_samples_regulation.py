"""Samples of two regulations side by side: nothing chosen, two chosen, one beside itself."""

from dataclasses import replace

from api.pages.views import Choice, Clause
from api.pages.views_differences import DifferencesPage, RulePair, SideRow, SideTable, Topic
from api.pages.views_regulation import RuleLine
from tests.api.page_samples_base import frame

OLD, NEW, LOCAL = "Kế hoạch 24-KH/ĐUK", "Quy định 366-QĐ/TW", "Hướng dẫn 01-HD/ĐU của Đảng ủy Công ty"


def differences(language: str) -> DifferencesPage:
    """A pair with other numbers, rules of one side, equal pairs; a year that is none."""
    return replace(
        differences_empty(language),
        regimes=(both("duk_2016", OLD, left=True), both("qd366_2025", NEW, right=True)),
        year="2O26",
        year_problem="Năm ghi bằng số, từ 2000 đến 2100.",
        heading="1 cặp quy tắc khác nhau, 1 chỉ có bên trái, 4 chỉ có bên phải",
        lead="2 chỗ khác trong bảng các bước, 1 cách hiểu khác; 1 cặp quy tắc như nhau.",
        left=OLD,
        right=NEW,
        tables=(
            SideTable(
                key="kind-individual",
                title="Đảng viên",
                differing=(
                    SideRow(
                        name="Tỷ lệ phiếu cần có",
                        left=(
                            "Hoàn thành xuất sắc nhiệm vụ: trên 2/3",
                            "Hoàn thành tốt nhiệm vụ: trên 1/2",
                        ),
                        right=("Không quy định",),
                    ),
                    SideRow(
                        name="Bỏ phiếu",
                        left=("Có bỏ phiếu", "Một vòng, biểu quyết từng mức"),
                        right=("Không bỏ phiếu; báo cáo mức tự xếp loại",),
                    ),
                ),
                equal=(SideRow(name="Thẩm định", left=("Có",), right=("Có",)),),
            ),
            SideTable(key="kind-collective", title="Tập thể", differing=(), equal=()),
        ),
        settings=(
            SideRow(name="Cách hiểu C-05", left=("“trước ngày” không gồm ngày đó",), right=("Không có",)),
        ),
        topics=(
            Topic(
                key="quotas",
                title="Khi chốt danh sách để báo cáo và khi quyết định",
                changed=(
                    RulePair(
                        kinds="Đảng viên",
                        left=line("duk.quota_share", "Không quá 15% số đảng viên được xếp loại tốt trở lên."),
                        right=line("qd366.quota", "Không quá 20% số được xếp loại tốt trở lên."),
                        rows=(
                            SideRow(name="Tỷ lệ cao nhất, %", left=("15",), right=("20",)),
                            SideRow(name="Làm tròn", left=("làm tròn xuống",), right=("làm tròn xuống",)),
                        ),
                    ),
                ),
                left_alone=(line("duk.quota_small_cell", "Chi bộ dưới 7 đảng viên: không quá 1 người."),),
                right_alone=tuple(
                    line(f"qd366.quota_{number}", f"Hạn mức của nhóm {number}.") for number in range(4)
                ),
                equal=(
                    RulePair(
                        kinds="Đảng viên",
                        left=line("duk.exempt_member", "Người được miễn thì không kiểm điểm."),
                        right=line("qd366.exempt_member", "Người được miễn thì không kiểm điểm."),
                    ),
                ),
            ),
        ),
    )


def differences_same(language: str) -> DifferencesPage:
    """One beside itself: nothing but equal pairs."""
    told = differences(language)
    topic = replace(told.topics[0], changed=(), left_alone=(), right_alone=())
    return replace(told, heading="Hai bên không quy định gì khác nhau", settings=(), topics=(topic,))


def differences_empty(language: str) -> DifferencesPage:
    """The form alone."""
    return DifferencesPage(
        frame=frame(language, "regulation"),
        regimes=(both("duk_2016", OLD), both("qd366_2025", NEW)),
        layers=(both("dang_uy_cong_ty", LOCAL),),
        year="2026",
    )


def both(name: str, title: str, *, left: bool = False, right: bool = False) -> tuple[Choice, Choice]:
    return (
        Choice(value=name, label=title, chosen=left),
        Choice(value=name, label=title, chosen=right),
    )


def line(rule: str, says: str) -> RuleLine:
    book = {"duk": "duk_2016", "qd366": "qd366_2025"}[rule.partition(".")[0]]
    return RuleLine(
        href=f"/rulebooks/{book}/rules/{rule}",
        says=says,
        clause=Clause(label="DUK-2016, III.2.3.1" if book == "duk_2016" else "QD366-2025, Điều 12.2"),
        force="từ chối",
        tone="refused",
        kinds="Đảng viên",
    )
