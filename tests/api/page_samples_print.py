"""Samples of the papers a body prints: minutes of a count, and ballots two on a sheet."""

from api.pages.prints.views import PrintPage
from handlers.printing.papers import Column, Head, Mark, Paper, Signature, Table
from tests.api.page_samples_base import frame

MARK = Mark(
    short="Điểm kiểm tra 184220-9f86d081884c",
    full=f"Điểm kiểm tra 184220-9f86d081884c: dấu của toàn bộ sổ ghi đến vị trí 184220 là {'9f86d081' * 8}.",
)
LEVELS = ("Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ")
NAMES = ("Trần Quốc Anh", '<script>alert("x")</script>', "Công Tằng Tôn Nữ Thị Bích Phượng Hoàng Diễm Quỳnh")


def _page(language: str, paper: Paper, advice: str = "") -> PrintPage:
    return PrintPage(
        frame=frame(language, "cell"),
        paper=paper,
        body="Chi bộ Phòng Kỹ thuật",
        back="/c/2016/o/CB05",
        sheet="/c/2016/o/CB05/print/count.xlsx",
        advice=advice,
    )


def print_count(language: str) -> PrintPage:
    """Minutes with head, figures before the table, three signatures."""
    table = Table(
        caption="Đảng viên",
        notes=("Phát ra: 20 phiếu; thu vào: 19.", "Hoàn thành xuất sắc nhiệm vụ: cần ≥ 14/20 phiếu đồng ý."),
        columns=(
            Column(title="TT", width=6, align="center"),
            Column(title="Họ và tên", width=28),
            *(Column(title=level, width=11, align="center") for level in LEVELS),
            Column(title="Kết quả", width=20),
        ),
        rows=tuple((place, name, 17, None, "17/20") for place, name in enumerate(NAMES, start=1)),
    )
    paper = Paper(
        name="bien-ban-kiem-phieu",
        head=Head(
            left=("ĐẢNG BỘ CÔNG TY", "CHI BỘ PHÒNG KỸ THUẬT"),
            right=("ĐẢNG CỘNG SẢN VIỆT NAM",),
            number="Số: ……… -BB/CB",
            place="………, ngày 11 tháng 01 năm 2017",
        ),
        title="BIÊN BẢN KIỂM PHIẾU",
        subtitle="đánh giá, xếp loại chất lượng năm 2016",
        opening=("Thời gian: …… giờ ……, ngày 11/01/2017.",),
        tables=(table,),
        closing=("Biên bản lập thành hai bản.",),
        signatures=(Signature(lines=("TỔ KIỂM PHIẾU",)), Signature(lines=("CHỦ TRÌ",), name="Vũ Minh Đức")),
        receivers=("Nơi nhận: lưu hồ sơ.",),
        mark=MARK,
    )
    return _page(language, paper)


def print_ballots(language: str) -> PrintPage:
    """Three papers, two on an A4."""
    table = Table(
        columns=(
            Column(title="TT", width=6, align="center"),
            Column(title="Họ và tên", width=26),
            Column(title="Mức đề nghị", width=23, small=True),
            *(Column(title=level, width=12, align="center") for level in LEVELS),
        ),
        rows=tuple((place, name, LEVELS[1], None, None) for place, name in enumerate(NAMES, start=1)),
    )
    paper = Paper(
        name="phieu-xep-loai",
        head=Head(left=("CHI BỘ PHÒNG KỸ THUẬT",), right=("ĐẢNG CỘNG SẢN VIỆT NAM",)),
        title="PHIẾU XẾP LOẠI",
        opening=("Đánh dấu X vào một ô ở mỗi dòng.",),
        tables=(table,),
        mark=MARK,
        copies=3,
        per_sheet=2,
    )
    return _page(language, paper, advice="3 phiếu, mỗi đảng viên chính thức một phiếu.")
