"""Samples of people, bodies, the administration page and a layer tried."""

from api.pages.administration_page import AdministrationPage, Card
from api.pages.composed_page import Excepted, ValueLine
from api.pages.layer_page import EXAMPLE, LayerPage, WrongLine
from api.pages.people_views import (
    BodyPage,
    CapacityTold,
    FoundLine,
    HeldLine,
    PeoplePage,
    PersonPage,
    ReviewLine,
)
from api.pages.views import EmptyState, Link, StatusText
from tests.api.page_samples_base import frame

CELL = "Chi bộ Phân xưởng Đúc"
HISTORY = (
    HeldLine(
        what="Công Tằng Tôn Nữ Thị Minh Nguyệt: đảng viên chính thức, ngày vào Đảng 10/04/2006",
        days="từ 15/12/2016",
        recorded="15/12/2016, 08:00, BTC-01",
        source="import-20161215-b0e53947",
        state=StatusText(tone="done", text="Đang đúng"),
    ),
    HeldLine(
        what="Sinh hoạt tại Chi bộ <Kho vận>",
        days="từ 01/01/2015 đến hết 14/12/2016",
        recorded="01/01/2015, 08:00, BTC-01",
        source="import-20150101-00000000",
        state=StatusText(tone="none", text="Thay bằng dòng khác lúc 15/12/2016, 08:00"),
    ),
)
REVIEWS = (
    ReviewLine(
        year=2016, href="/r/2016.member.0012", name="2016.member.0012", stage="Đã quyết định", level="HTTNV"
    ),
    ReviewLine(
        year=2015, href="/r/2015.member.0012", name="2015.member.0012", stage="Miễn kiểm điểm", level=None
    ),
)


def people(language: str) -> PeoplePage:
    """Some found, more there are."""
    return PeoplePage(
        frame=frame(language, "people"),
        query="duc",
        heading="7 người, 1 tổ chức",
        people=(
            FoundLine(name="Lê Đức Anh", code="BG03", href="/people/BG03"),
            FoundLine(name="Công Tằng Tôn Nữ Thị Minh Nguyệt", code="0099", href="/people/0099"),
        ),
        bodies=(FoundLine(name=CELL, code="CB01", href="/organisations/CB01"),),
        more_people=12,
        import_href="/import",
    )


def people_empty(language: str) -> PeoplePage:
    """Nobody found."""
    return PeoplePage(
        frame=frame(language, "people"),
        query="không ai",
        heading="0 người, 0 tổ chức",
        empty=EmptyState(icon="search", title="Không tìm thấy ai", text="Thử một phần của tên."),
    )


def person(language: str) -> PersonPage:
    """Somebody with a post, two capacities and two years."""
    return PersonPage(
        frame=frame(language, "people"),
        crumbs=(Link(label="Danh sách", href="/people"), Link(label="Nguyễn Văn An", href="")),
        name="Nguyễn Văn An",
        code="0012",
        lead="Sinh hoạt tại Chi bộ Phân xưởng Đúc",
        facts=(("Tư cách đảng viên", "đảng viên chính thức"), ("Số thẻ", "049012831")),
        posts=(("Bí thư", Link(label=CELL, href="/organisations/CB01")),),
        capacities=(
            CapacityTold(label="Bí thư Chi bộ Phân xưởng Đúc", basis="Theo chức vụ trong danh sách"),
            CapacityTold(label="Đảng viên Chi bộ Phân xưởng Đúc", basis="Theo danh sách đảng viên"),
        ),
        reviews=REVIEWS,
        log_href="/audit?person=0012",
        history=HISTORY,
    )


def organisation(language: str) -> BodyPage:
    """A cell whose reviews are not to be seen."""
    return BodyPage(
        frame=frame(language, "people"),
        crumbs=(Link(label="Danh sách", href="/people"), Link(label=CELL, href="")),
        name=CELL,
        code="CB01",
        lead="312 người trong danh sách, 1 tổ chức trực thuộc",
        facts=(("Loại tổ chức", "chi bộ trực thuộc"),),
        superior=Link(label="Đảng bộ bộ phận Khối Sản xuất", href="/organisations/BP01"),
        leaders=(("Bí thư", Link(label="Nguyễn Văn An", href="/people/0012")),),
        below=(Link(label="Tổ đảng 1", href="/organisations/T01"),),
        roll=((Link(label="Nguyễn Văn An", href="/people/0012"), "đảng viên chính thức"),),
        roll_count=312,
        no_reviews="Với tư cách này không xem nội dung kiểm điểm.",
        log_href="/audit?person=0012",
        history=HISTORY,
    )


def administration(language: str) -> AdministrationPage:
    """Something waits, and the last sweep failed."""
    return AdministrationPage(
        frame=frame(language, "administration"),
        heading="Hệ thống cần xem ngay: lần quét hạn gần nhất bị lỗi",
        lead="Việc chờ ở: Danh sách.",
        cards=(
            Card(
                key="roster",
                title="Danh sách",
                icon="people",
                state=StatusText(tone="waiting", text="1 tệp chờ xác nhận"),
                facts=("248 người, 39 tổ chức", "Nhập gần nhất: dang-vien-2016.xlsx, 15/12/2016, 08:00"),
                links=(Link(label="Nhập từ Excel", href="/import"),),
            ),
            Card(
                key="log",
                title="Sổ ghi",
                icon="seal",
                state=StatusText(tone="unknown", text="Chưa kiểm chứng"),
                facts=("5.964 sự kiện",),
            ),
        ),
        health=(("Cơ sở dữ liệu", "PostgreSQL 15.8"), ("Sao lưu", "hệ thống không tự sao lưu")),
        health_state=StatusText(tone="refused", text="lần quét hạn gần nhất bị lỗi"),
    )


def layer(language: str) -> LayerPage:
    """The empty form."""
    return LayerPage(frame=frame(language, "regulation"), text=EXAMPLE)


def layer_wrong(language: str) -> LayerPage:
    """Two things wrong."""
    return LayerPage(
        frame=frame(language, "regulation"),
        text=EXAMPLE,
        tried=True,
        wrong=(
            WrongLine(
                line=9,
                rule="",
                key="reading",
                what="Không có cách hiểu này. Chép đúng mã từ trang của quy định gốc.",
                written='reading = "C-999"',
            ),
            WrongLine(line=0, rule="thu.x", key="", what="<b> is not HTML", written="", known=False),
        ),
    )


def layer_right(language: str) -> LayerPage:
    """It can be composed; something is still to be set."""
    return LayerPage(
        frame=frame(language, "regulation"),
        text=EXAMPLE,
        tried=True,
        title="Hướng dẫn của Đảng ủy Công ty",
        regime="qd366_2025",
        rules=141,
        values=(ValueLine(name="cách hiểu C-18", value="down", cite="Hướng dẫn 01-HD/ĐU", base="nearest"),),
        exceptions=(
            Excepted(what="qd366.quota", base="20", value="25", cite="HD 01", permission="CV 9-CV/TU"),
        ),
        unset=("Nhóm tính tỷ lệ.",),
    )
