"""Sample of the page that asks before an act that cannot be taken back."""

from api.pages.views import ActionForm, ConfirmActPage, Confirmation, FormField, Link
from tests.api.page_samples_base import clause, frame


def confirm_act(language: str) -> ConfirmActPage:
    """A report is about to go up."""
    return ConfirmActPage(
        frame=frame(language, "cell"),
        crumbs=(Link(label="Chi bộ Phòng Kỹ thuật", href="/c/2016/o/KT"),),
        asked=Confirmation(
            title="Báo cáo Đảng ủy Công ty Cổ phần Cơ điện Bến Trúc?",
            consequences=(
                "12 kỳ kiểm điểm được gửi lên Đảng ủy Công ty Cổ phần Cơ điện Bến Trúc.",
                "Mức gửi lên: 2 xuất sắc, 9 tốt, 1 hoàn thành.",
                "Gửi rồi không tự rút về được.",
            ),
            form=ActionForm(
                action="/c/2016/o/KT/submissions",
                submit="Gửi báo cáo: 12 kỳ",
                style="primary",
                fields=(FormField(name="on", label="", kind="hidden", value='13/01/2017 "<script>'),),
            ),
            back="Quay lại",
            clauses=(clause("mục III.2.3.5"),),
        ),
    )
