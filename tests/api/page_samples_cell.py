"""Samples of a cell's page: the evening of 11/01/2017 after a refusal, and one that has planned nothing."""

from dataclasses import replace
from datetime import date

from api.pages.patterns import patterns_page
from api.pages.views import ActionForm, Choice, EmptyState, FormField, Link, StatusText
from api.pages.views_cell import (
    AgendaItem,
    Attendee,
    BallotGrid,
    BallotRow,
    CellPage,
    CountForm,
    HeldMeeting,
    MeetingForm,
    MissingLine,
    Notice,
    PaperLink,
    ReviewLine,
    Said,
    Session,
    SubmissionBox,
)
from tests.api.page_samples_base import clause, frame

ROLL = (
    "Trần Quốc Anh",
    "Phạm Thị Bình",
    "Trương Văn Cường",
    "Mai Thị Dung",
    "Vũ Minh Đức",
    "Phan Văn Giang",
    "Đoàn Thúy Hằng",
    "Hồ Quang Huy",
    "Ninh Thị Hương",
    "Đỗ Thị Kim Liên",
    "Khúc Đình Long",
    "Thạch Ngọc Minh",
    "Lê Hoàng Nam",
    "Nguyễn Thị Bích Ngọc",
    "Tô Hữu Phước",
    "Giang Văn Sơn",
    "Quách Thị Thảo",
    "Bùi Đức Thịnh",
    "Lương Thế Trung",
    "Vi Hồng Vân",
)


CHAIRS = (
    Choice(value="0005", label="Vũ Minh Đức, Bí thư"),
    Choice(value="0014", label="Nguyễn Thị Bích Ngọc, Phó bí thư"),
)


def _session(number: int, name: str, role: str, **more: object) -> Session:
    values: dict[str, object] = {"chair": "0005", "chairs": CHAIRS} | more
    return Session(review=f"2016.member.{number:04}", number=number, name=name, role=role, **values)  # type: ignore[arg-type]


def _agenda() -> tuple[AgendaItem, ...]:
    return (
        AgendaItem(
            number=1,
            title="Kiểm điểm tập thể chi ủy",
            detail="Tập thể trước, cá nhân sau",
            state="done",
            clause=clause("mục II.3.2"),
            sessions=(
                _session(
                    1,
                    "Tập thể chi ủy",
                    "3 chi ủy viên",
                    taken=True,
                    reviewed=True,
                    presented=True,
                    concluded=True,
                    needs_residence=False,
                    href="#",
                ),
            ),
        ),
        AgendaItem(
            number=2,
            title="Kiểm điểm bí thư Vũ Minh Đức",
            detail="Chủ trì: phó bí thư Nguyễn Thị Bích Ngọc",
            state="current",
            clause=clause("mục II.3.2.b"),
            sessions=(
                _session(
                    2,
                    "Vũ Minh Đức",
                    "Bí thư",
                    reviewed=True,
                    presented=True,
                    residence="read",
                    concluded=True,
                    error="Vũ Minh Đức không chủ trì phần kiểm điểm của chính mình. Chọn một phó bí thư.",
                ),
            ),
        ),
        AgendaItem(
            number=3,
            title="Kiểm điểm chi ủy viên và đảng viên",
            detail="Chi ủy viên trước đảng viên",
            state="next",
            clause=clause("mục II.3.2"),
            sessions=(
                _session(
                    3,
                    "Hồ Quang Huy",
                    "Chi ủy viên",
                    reviewed=True,
                    presented=True,
                    residence="missing_with_reason",
                    concluded=True,
                ),
                _session(4, "Lê Hoàng Nam", "Đảng viên"),
                _session(
                    5,
                    "Bùi Đức Thịnh",
                    "Đảng viên",
                    note=StatusText(tone="risk", text="Vắng: kiểm điểm ở buổi họp bù"),
                ),
            ),
        ),
        AgendaItem(
            number=4,
            title="Bỏ phiếu kín và kiểm phiếu",
            detail="Mở sau khi mọi người dự họp đã kiểm điểm",
            state="locked",
            clause=clause("mục III.2.3"),
        ),
        AgendaItem(number=5, title="Công bố kết quả", state="locked", clause=clause("mục III.2.3.5")),
    )


def cell(language: str) -> CellPage:
    """The evening's form after a refusal: one chair and one count to put right."""
    patterns = patterns_page(frame(language)).samples["ballot"]
    assert isinstance(patterns, BallotGrid)
    return CellPage(
        frame=frame(language, "cell"),
        crumbs=(Link(label="Tiến độ", href="/board"), Link(label="Chi bộ trực thuộc", href="")),
        name="Chi bộ Phòng Kỹ thuật",
        lead="Đang ở mục 2 trên 5. 1 dòng phiếu cần đếm lại, 5 dòng chưa nhập.",
        members=22,
        meeting_day=date(2017, 1, 11),
        meeting=MeetingForm(
            action="/campaigns/2016/cells/CB05/meetings",
            command_id="6f1c",
            meeting="CB05-0111",
            day=FormField(name="day", label="Ngày họp", kind="day", value="11/01/2017", required=True),
            roll=tuple(
                Attendee(
                    person=f"{index:04}",
                    name=name,
                    present=name != "Bùi Đức Thịnh",
                )
                for index, name in enumerate(ROLL, 1)
            ),
            agenda=_agenda(),
            ticks=(
                FormField(
                    name="self_review.covers_all_posts",
                    label="Bản kiểm điểm nêu đủ mọi nhiệm vụ được giao.",
                    kind="tick",
                ),
            ),
            ballot=BallotGrid(
                papers=(
                    *patterns.papers,
                    FormField(
                        name="secret",
                        label="Hình thức bỏ phiếu",
                        kind="select",
                        value="secret",
                        choices=(
                            Choice(value="secret", label="Bỏ phiếu kín"),
                            Choice(value="open", label="Biểu quyết công khai"),
                            Choice(value="", label="Biên bản không nêu hình thức"),
                        ),
                    ),
                ),
                tables=(
                    replace(
                        patterns.tables[0],
                        rows=(
                            *patterns.tables[0].rows,
                            BallotRow(
                                review="p.5", name="Cao Thanh Tùng", role="Đảng viên dự bị", level="HTNV"
                            ),
                        ),
                    ),
                ),
                how=patterns.how,
                people=patterns.people,
                official_members=20,
                summary="đã lưu 1 · cần sửa 1 · chưa nhập 2",
                save="/c/2016/o/CB05/counts",
            ),
            may_be_irregular=True,
            errors=(
                Link(
                    label="Vũ Minh Đức không chủ trì phần kiểm điểm của chính mình",
                    href="#s-2016-member-0002",
                ),
                Link(label="Mai Thị Dung: cộng được 18 phiếu, thu vào 19", href="#b-p-2"),
            ),
        ),
        agenda=_agenda(),
        order=Said(text="Kiểm điểm tập thể trước, cá nhân sau.", clause=clause("mục II.3.2")),
        held=HeldMeeting(
            title="Đã họp ngày 04/01/2017",
            detail="19 người có mặt, có cấp trên dự",
            absent="Vắng, chờ họp bù: Bùi Đức Thịnh",
        ),
        blockers=(
            MissingLine(
                text="Chưa nộp bản kiểm điểm: Bùi Đức Thịnh",
                state=StatusText(tone="unknown", text="Chưa xong"),
                link=Link(label="Tới nơi làm", href="#"),
            ),
        ),
        papers=(
            PaperLink(title="Giấy mời", href="#", sheet="#"),
            PaperLink(title="Biên bản kiểm phiếu", href="#", sheet="#"),
        ),
        notices=(
            Notice(
                title="Báo Đảng ủy, kèm dự thảo",
                value="03/01",
                limit="Hạn 04/01: ít nhất 05 ngày làm việc",
                state=StatusText(tone="done", text="Sớm 1 ngày làm việc"),
                clause=clause("mục VII.1"),
            ),
            Notice(
                title="Gửi báo cáo cho người dự",
                value="06/01",
                limit="Hạn 08/01: ít nhất 03 ngày",
                state=StatusText(tone="done", text="Sớm 2 ngày"),
                clause=clause("mục II.3.1"),
            ),
        ),
        submission=SubmissionBox(
            state=StatusText(tone="locked", text="Chưa báo cáo được"),
            safe=date(2017, 1, 20),
            due=date(2017, 1, 31),
            missing=(
                MissingLine(
                    text="3 người chưa bỏ phiếu",
                    clause=clause("mục III.2.3.5"),
                    state=StatusText(tone="refused", text="Chưa xong"),
                    link=Link(label="Nhập phiếu", href="#ballot-title"),
                ),
                MissingLine(
                    text="Chưa công bố kết quả tại chi bộ",
                    clause=clause("mục III.2.3.5"),
                    state=StatusText(tone="unknown", text="Chưa biết"),
                ),
            ),
        ),
        lists=(
            ActionForm(
                action="#",
                submit="Cam kết",
                fields=(
                    FormField(name="complete", label="Danh sách kỷ luật của chi bộ đã đủ", kind="tick"),
                    FormField(
                        name="as_of", label="Đủ đến ngày", kind="day", value="31/12/2016", required=True
                    ),
                ),
            ),
        ),
        reviews=(
            ReviewLine(name="Tập thể chi ủy", href="#", kind="collective", stage="reviewed"),
            ReviewLine(
                name="Vũ Minh Đức",
                href="/review",
                kind="individual",
                role="Bí thư",
                stage="voted",
                level="HTXSNV",
            ),
            ReviewLine(
                name="Bùi Đức Thịnh",
                href="#",
                kind="individual",
                role="Đảng viên",
                stage="absent_pending",
                state=StatusText(tone="risk", text="Họp bù trước 20/01"),
            ),
            ReviewLine(name="Đặng Văn Kính", href="#", kind="individual", role="Đảng viên", stage="exempt"),
            ReviewLine(
                name="Giang Văn Sơn",
                href="#",
                kind="individual",
                role="Đảng viên",
                stage="reviewed",
                flags=("irregular",),
            ),
        ),
    )


def cell_empty(language: str) -> CellPage:
    """A cell that has planned nothing."""
    return CellPage(
        frame=frame(language, "cell"),
        name="Chi bộ Kho vận",
        lead="14 đảng viên, chưa chọn ngày họp.",
        empty=EmptyState(
            title="Chưa có lịch họp",
            text="Chọn ngày họp, hệ thống tính ngược ngày phải gửi dự thảo và báo Đảng ủy.",
            link=Link(label="Lập lịch họp", href="#"),
        ),
    )


def cell_counting(language: str) -> CellPage:
    """What a counting team sees: the sheet and the papers, nothing of anybody's level decided."""
    patterns = patterns_page(frame(language)).samples["ballot"]
    assert isinstance(patterns, BallotGrid)
    action = "/c/2016/o/CB05/counts"
    return CellPage(
        frame=frame(language, "cell"),
        name="Chi bộ Phòng Kỹ thuật",
        lead="22 đảng viên.",
        papers=(PaperLink(title="Biên bản kiểm phiếu", href="#", sheet="#"),),
        count=CountForm(
            action=action,
            ballot=replace(patterns, save=action),
            errors=(Link(label="Mai Thị Dung: cộng được 18 phiếu, thu vào 19", href="#b-p-2"),),
        ),
    )
