"""Samples of grants, delegations and declared conflicts of interest, read by an officer on 11/01/2017."""

from api.pages.views import ActionForm, Choice, FormField, Link, RefusalView, StatusText
from api.pages.views_access import (
    ConflictsPage,
    DelegationsPage,
    GivenLine,
    GrantPage,
    GrantsPage,
    TieLine,
    ToldLine,
)
from api.pages.views_sign_in import CapacityLine
from tests.api.page_samples_base import frame

WAITS = StatusText(tone="waiting", text="Chờ xác nhận")
HELD = StatusText(tone="done", text="Đang giữ")
OVER = StatusText(tone="none", text="Đã thôi từ 05/01/2017")
LONG = "Công Tằng Tôn Nữ Thị Phương Thảo Nguyên"


def _line(name: str, state: StatusText, from_whom: str = "") -> GivenLine:
    return GivenLine(
        who=Link(label=name, href="/grants/G-20170103-a1b2c3"),
        capacity="Ủy ban kiểm tra Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        days="từ 03/01/2017 đến hết 31/03/2017",
        document="Quyết định 12-QĐ/ĐU",
        state=state,
        from_whom=from_whom,
    )


def _form(error: str = "") -> ActionForm:
    return ActionForm(
        action="/grants",
        submit="Đề nghị giao vai trò",
        style="primary",
        notes=("Vai trò chỉ có hiệu lực sau khi một người khác xác nhận.",),
        fields=(
            FormField(name="person", label="Tên hoặc mã người được giao", value="An", error=error),
            FormField(
                name="role",
                label="Vai trò",
                kind="select",
                required=True,
                choices=(Choice(value="inspection", label="Ủy ban kiểm tra", chosen=True),),
            ),
            FormField(name="first", label="Từ ngày", kind="day", value="11/01/2017", required=True),
        ),
    )


def _because(submit: str) -> ActionForm:
    return ActionForm(
        action="/grants/G-1/ending",
        submit=submit,
        fields=(FormField(name="reason", label="Lý do", required=True),),
    )


def grants(language: str) -> GrantsPage:
    """Two that wait, one held, one over, more than are shown, and a name that means several people."""
    return GrantsPage(
        frame=frame(language, "people"),
        waiting=(_line("Trần Thị Bích", WAITS), _line(LONG, WAITS)),
        held=(_line("<script>alert(1)</script>", HELD),),
        over=(_line("Vũ Minh Đức", OVER),),
        more=214,
        search="công ty",
        propose=_form("Có nhiều nơi khớp, hãy ghi mã: Nguyễn Văn An (0012), Lê Hoài An (0047)."),
        refusal=RefusalView(title="Nội dung chưa đúng", why="Bạn không tự giao vai trò cho mình.", kept=True),
    )


def grants_of_person(language: str) -> GrantsPage:
    """One person: nothing granted, two roles by the roster."""
    return GrantsPage(
        frame=frame(language, "people"),
        person="Vũ Minh Đức",
        capacities=(
            CapacityLine(
                value="secretary@CB03",
                label="Bí thư Chi bộ Phòng Kỹ thuật",
                basis="Theo chức vụ trong danh sách",
                now=True,
            ),
            CapacityLine(
                value="inspection@DB01",
                label="Ủy ban kiểm tra Đảng bộ",
                basis="Do được ủy quyền của Trần Thị Bích, đến hết 20/01/2017",
                now=False,
            ),
        ),
    )


def grant(language: str) -> GrantPage:
    """A proposal an officer may confirm or turn down."""
    return GrantPage(
        frame=frame(language, "people"),
        crumbs=(Link(label="Giao vai trò", href="/grants"), Link(label="Quyết định 12-QĐ/ĐU", href="")),
        person=Link(label=LONG, href="/grants?person=0047"),
        capacity="Ủy ban kiểm tra Đảng bộ Công ty Cổ phần Cơ điện Bến Trúc",
        days="từ 03/01/2017",
        state=WAITS,
        document="Quyết định 12-QĐ/ĐU",
        reason="Tổ kiểm tra đợt kiểm điểm năm 2016",
        told=(
            ToldLine(
                on="03/01/2017",
                says="Đề nghị giao vai trò.",
                by="Trần Thị Bích, cán bộ phụ trách Đảng bộ",
            ),
        ),
        confirm=ActionForm(
            action="/grants/G-1/confirmation", submit="Xác nhận giao vai trò", style="primary"
        ),
        withdraw=_because("Rút đề nghị"),
        refusal=RefusalView(title="Nội dung chưa đúng", why="Người xác nhận phải là người khác.", kept=True),
    )


def grant_held(language: str) -> GrantPage:
    """One that is held, with a word on why nothing else is offered."""
    return GrantPage(
        frame=frame(language, "people"),
        person=Link(label="Vũ Minh Đức", href="/grants?person=0021"),
        capacity="Kiểm tra, giám sát Đảng bộ",
        days="từ 03/01/2017 đến hết 31/03/2017",
        state=HELD,
        document="QĐ 12",
        reason="",
        told=(),
        end=_because("Cho thôi từ hôm nay"),
        note="Bạn đã đề nghị; một người khác phải xác nhận.",
    )


def delegations(language: str) -> DelegationsPage:
    """One that runs and may be ended, one that is over, and the form."""
    running = _line("Trần Thị Bích", HELD, from_whom=LONG)
    return DelegationsPage(
        frame=frame(language, "people"),
        running=(
            GivenLine(
                who=Link(label="Trần Thị Bích", href=""),
                capacity=running.capacity,
                days=running.days,
                state=running.state,
                from_whom=LONG,
                end=ActionForm(action="/delegations/UQ-1/ending", submit="Thôi ủy quyền"),
            ),
        ),
        over=(_line("Vũ Minh Đức", OVER, from_whom="Lê Hoài An"),),
        form=_form(),
        refusal=RefusalView(title="Nội dung chưa đúng", why="Ngày này đã qua.", kept=True),
    )


def delegations_empty(language: str) -> DelegationsPage:
    """Nobody delegated anything, and nothing may be."""
    return DelegationsPage(frame=frame(language, "people"))


def conflicts(language: str) -> ConflictsPage:
    """A tie that counts, one that is over, and the form of a body."""
    return ConflictsPage(
        frame=frame(language, "people"),
        ties=(
            TieLine(
                who=LONG,
                tie="vợ hoặc chồng",
                subject="Vũ Minh Đức",
                since="03/01/2017",
                state=StatusText(tone="risk", text="Đang có hiệu lực"),
                why="Kết hôn năm 2010",
                end=_because("Ghi đã hết"),
            ),
            TieLine(
                who="Lê Hoài An",
                tie="có quan hệ hoặc lợi ích khác",
                subject="Chi bộ Phòng Kỹ thuật",
                since="20/12/2016",
                state=OVER,
            ),
        ),
        for_others=True,
        form=_form(),
        refusal=RefusalView(title="Nội dung chưa đúng", why="Không có trong danh sách.", kept=True),
    )


def conflicts_empty(language: str) -> ConflictsPage:
    """A member who has nothing to declare."""
    return ConflictsPage(frame=frame(language, "people"), form=_form())
