"""Samples of the import: wrong cells, changes, no file yet."""

from api.pages.views import ActionForm, FormField, Link
from api.pages.views_import import CellProblemLine, ChangeLine, ImportPage, SheetCell, SheetPreview, SheetRow
from tests.api.page_samples_base import frame

UPLOAD = ActionForm(
    action="/imports",
    submit="Xem trước",
    style="primary",
    fields=(FormField(name="file", label="Tệp Excel (.xlsx)", kind="file", required=True),),
)


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
        rows=187,
        good_rows=184,
        bad_rows=3,
        new=5,
        changed=3,
        gone=2,
        unchanged=176,
        problems=problems,
        previews=(
            SheetPreview(
                name="Danh sách",
                letters=("A", "B", "C", "D", "E", "F"),
                rows=(
                    SheetRow(
                        number=1,
                        cells=tuple(
                            SheetCell(text=text)
                            for text in ("TT", "Số thẻ", "Họ và tên", "Ngày sinh", "Chi bộ", "Ngày vào Đảng")
                        ),
                    ),
                    SheetRow(folded="21 dòng đúng, dòng 2–22"),
                    SheetRow(
                        number=23,
                        cells=(
                            *(
                                SheetCell(text=text)
                                for text in (
                                    "22",
                                    "049 012 418",
                                    "Âu Văn Quyết",
                                    "09/11/1984",
                                    "Phân xưởng Cơ khí",
                                )
                            ),
                            SheetCell(
                                text="31/02/2009", problem="Không có ngày này", anchor="cell-Danh-sách-F23"
                            ),
                        ),
                    ),
                ),
            ),
        ),
        good_rows_only=ActionForm(action="#", submit="Chỉ nhập 184 dòng đúng"),
    )


def import_changes(language: str) -> ImportPage:
    """A clean sheet that changes the roster."""
    return ImportPage(
        frame=frame(language, "roster"),
        upload=UPLOAD,
        template_href="#",
        file_name="dang-vien.xlsx",
        rows=187,
        good_rows=187,
        new=1,
        changed=1,
        gone=1,
        unchanged=184,
        changes=(
            ChangeLine(
                kind="new", name="Trần Thị Lan", what="đảng viên chính thức", after="Chi bộ Văn phòng"
            ),
            ChangeLine(
                kind="changed",
                name="Nguyễn Văn Bảo",
                what="chuyển chi bộ",
                before="Phân xưởng Đúc",
                after="Kho vận",
                touches=(Link(label="2016.member.0012", href="#"),),
            ),
            ChangeLine(kind="gone", name="Lê Văn Cảnh", what="không còn trong tệp", before="Chi bộ Kho vận"),
        ),
        confirm=ActionForm(action="#", submit="Xác nhận 3 thay đổi", style="primary"),
    )


def import_start(language: str) -> ImportPage:
    """Before a file was chosen."""
    return ImportPage(frame=frame(language, "roster"), upload=UPLOAD, template_href="#")
