"""The page that enters the same for many, after one form was sent."""

from api.pages.views import Choice, FormField, Link
from api.pages.views_cell import TickedRow
from api.pages.views_review import FactGroup
from api.pages.views_together import TogetherForm, TogetherPage
from tests.api.page_samples_base import frame

ON = FormField(name="on", label="Ngày", kind="day", value="11/01/2017", required=True)
PEOPLE = (
    Choice(value="2016.member.0012", label="Nguyễn Thị Bích Ngọc", chosen=True),
    Choice(value="2016.member.0013", label="Mai Thị Dung"),
)


def together(language: str) -> TogetherPage:
    """Two of three rows were recorded; members' levels and facts are left."""
    base = "/c/2016/o/CB05/together"
    return TogetherPage(
        frame=frame(language, "cell"),
        crumbs=(
            Link(label="Tiến độ", href="/c/2016"),
            Link(label="Chi bộ Phòng Kỹ thuật", href="/c/2016/o/CB05"),
        ),
        name="Chi bộ Phòng Kỹ thuật",
        back="/c/2016/o/CB05",
        forms=(
            TogetherForm(
                title="Đã có bản kiểm điểm",
                text="Chọn những người, tập thể đã nộp.",
                action=f"{base}/preparations",
                submit="Ghi đã chuẩn bị",
                command_id="1",
                fields=(ON,),
                people=PEOPLE,
                confirmed=(
                    FormField(name="confirmed.posts", label="Nêu đủ mọi nhiệm vụ được giao.", kind="tick"),
                ),
                error="Đánh dấu ít nhất một người hoặc tập thể.",
            ),
            TogetherForm(
                title="Mức từng người tự xếp",
                text="Ghi theo bản tự kiểm điểm.",
                action=f"{base}/self-ratings",
                submit="Ghi mức tự xếp loại",
                command_id="2",
                fields=(ON,),
                rows=(
                    FormField(
                        name="level.2016.member.0012",
                        label="Nguyễn Thị Bích Ngọc",
                        kind="select",
                        quiet=True,
                        choices=(Choice(value="", label="chưa tự xếp"), Choice(value="HTTNV", label="Tốt")),
                    ),
                ),
            ),
            TogetherForm(
                title="Dữ kiện giống nhau ở nhiều đảng viên",
                text="Điền những giá trị chung.",
                action=f"{base}/facts",
                submit="Ghi dữ kiện",
                command_id="3",
                fields=(ON,),
                people=PEOPLE,
                groups=(
                    FactGroup(
                        title="Khuyết điểm",
                        fields=(FormField(name="fault.disunity", label="Gây mất đoàn kết", quiet=True),),
                    ),
                ),
            ),
        ),
        rows=(
            TickedRow(
                name="Vũ Minh Đức",
                href="/r/2016.member.0011",
                done=True,
                text="Đã ghi.",
                warnings=("Số việc hoàn thành nhiều hơn số việc được giao. (DUK-2016, III.2)",),
            ),
            TickedRow(
                name="Bùi Đức Thịnh",
                href="/r/2016.member.0020",
                done=False,
                text="Bản kiểm điểm chưa được xác nhận là nêu đủ mọi nhiệm vụ được giao.",
            ),
        ),
    )
