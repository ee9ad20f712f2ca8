"""The three sheets of a roster file and their columns, and how a header typed by hand is recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from handlers.roster.text import folded, folded_header


class Kind(Enum):
    """What a column holds, and so how its cells are read."""

    IDENTIFIER = "identifier"
    NAME = "name"
    TEXT = "text"
    DAY = "day"
    YES_NO = "yes_no"
    TYPE = "type"
    STATUS = "status"
    STAFF = "staff"
    POST = "post"
    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column: its field name, the header we print, and other headers it is known by."""

    field: str
    header: str
    kind: Kind
    required: bool = False
    # Needed of members of the Party only: not where the row names the union a person belongs to.
    party_only: bool = False
    also: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPlan:
    """A sheet: its purpose, the title we print, other titles, and its columns in the template's order."""

    purpose: str
    title: str
    also: tuple[str, ...]
    columns: tuple[Column, ...]
    # A row with none of these filled is a note or a signature under the list, not an entry.
    telling: tuple[str, ...]

    def column(self, field: str) -> Column:
        """The column of a field; every field asked for exists."""
        return next(column for column in self.columns if column.field == field)


ORGANISATIONS: Final = SheetPlan(
    purpose="organisations",
    title="Tổ chức",
    also=("Danh sách tổ chức", "Tổ chức đảng", "Đơn vị", "Cây tổ chức", "Danh sách chi bộ", "Organisations"),
    telling=("organisation_id", "name"),
    columns=(
        Column(
            field="organisation_id",
            header="Mã tổ chức",
            kind=Kind.IDENTIFIER,
            required=True,
            also=("Mã", "Mã số", "Mã TC", "Mã đơn vị", "Mã chi bộ", "Mã TCCSĐ", "Code", "ID"),
            hint="Không dấu, không trùng. Ví dụ CB01.",
        ),
        Column(
            field="name",
            header="Tên tổ chức",
            kind=Kind.NAME,
            required=True,
            also=("Tên", "Tên đơn vị", "Tên chi bộ", "Tổ chức", "Tổ chức đảng", "Name"),
            hint="Ghi đầy đủ.",
        ),
        Column(
            field="type",
            header="Loại",
            kind=Kind.TYPE,
            required=True,
            also=("Loại tổ chức", "Loại hình", "Loại hình tổ chức", "Cấp", "Kiểu", "Type"),
            hint="Chọn trong danh sách.",
        ),
        Column(
            field="superior_id",
            header="Mã cấp trên",
            kind=Kind.ORGANISATION,
            also=(
                "Cấp trên",
                "Cấp trên trực tiếp",
                "Mã tổ chức cấp trên",
                "Tổ chức cấp trên",
                "Trực thuộc",
                "Mã cấp trên trực tiếp",
                "Đảng bộ cấp trên",
                "Superior",
            ),
            hint="Để trống ở tổ chức cao nhất.",
        ),
        Column(
            field="founded_on",
            header="Ngày thành lập",
            kind=Kind.DAY,
            also=("Thành lập", "Ngày thành lập tổ chức", "Ngày TL", "Founded on"),
            hint="dd/mm/yyyy. Cần để biết tổ chức đã đủ 6 tháng chưa.",
        ),
        Column(
            field="has_committee",
            header="Có cấp ủy",
            kind=Kind.YES_NO,
            also=("Cấp ủy", "Có chi ủy", "Chi ủy", "Has committee"),
            hint="Có hoặc Không.",
        ),
        Column(
            field="is_joint",
            header="Chi bộ ghép",
            kind=Kind.YES_NO,
            also=("Ghép", "Là chi bộ ghép", "Joint cell"),
            hint="Có hoặc Không.",
        ),
    ),
)

PEOPLE: Final = SheetPlan(
    purpose="people",
    title="Đảng viên",
    also=(
        "Danh sách đảng viên",
        "Danh sách",
        "DS đảng viên",
        "DSĐV",
        "Đảng viên toàn đảng bộ",
        "Cán bộ",
        "Cán bộ công đoàn",
        "Danh sách cán bộ",
        "Danh sách cán bộ công đoàn",
        "Members",
        "People",
    ),
    telling=("person_id", "name", "card_number"),
    columns=(
        Column(
            field="person_id",
            header="Mã đảng viên",
            kind=Kind.IDENTIFIER,
            required=True,
            also=("Mã", "Mã số", "Mã ĐV", "Mã số đảng viên", "Mã nhân viên", "Mã cán bộ", "ID"),
            hint="Không trùng. Thiếu cột này thì lấy Số thẻ làm mã.",
        ),
        Column(
            field="card_number",
            header="Số thẻ đảng",
            kind=Kind.IDENTIFIER,
            also=("Số thẻ", "Số thẻ đảng viên", "Thẻ đảng", "Số TĐV", "Số thẻ ĐV", "Card number"),
            hint="Đảng viên dự bị để trống.",
        ),
        Column(
            field="name",
            header="Họ và tên",
            kind=Kind.NAME,
            required=True,
            also=(
                "Họ tên",
                "Họ và tên đảng viên",
                "Họ tên đảng viên",
                "Tên đảng viên",
                "Họ, tên khai sinh",
                "Full name",
            ),
            hint="Ghi đầy đủ, có dấu.",
        ),
        Column(
            field="birth_date",
            header="Ngày sinh",
            kind=Kind.DAY,
            also=(
                "Ngày, tháng, năm sinh",
                "Năm sinh",
                "Sinh ngày",
                "NTNS",
                "Birth date",
            ),
            hint="dd/mm/yyyy.",
        ),
        Column(
            field="cell_id",
            header="Mã chi bộ",
            kind=Kind.ORGANISATION,
            party_only=True,
            also=(
                "Chi bộ",
                "Tên chi bộ",
                "Chi bộ sinh hoạt",
                "Nơi sinh hoạt",
                "Sinh hoạt tại chi bộ",
                "Thuộc chi bộ",
                "Cell",
            ),
            hint="Mã hoặc tên chi bộ ở trang Tổ chức.",
        ),
        Column(
            field="group_id",
            header="Mã tổ đảng",
            kind=Kind.ORGANISATION,
            also=("Tổ đảng", "Tổ", "Thuộc tổ đảng", "Party group"),
            hint="Nếu chi bộ có tổ đảng.",
        ),
        Column(
            field="joined_on",
            header="Về chi bộ từ ngày",
            kind=Kind.DAY,
            also=(
                "Ngày về chi bộ",
                "Sinh hoạt từ ngày",
                "Chuyển đến ngày",
                "Ngày chuyển đến",
                "Ngày chuyển sinh hoạt",
                "Joined on",
            ),
            hint="dd/mm/yyyy, nếu biết.",
        ),
        Column(
            field="status",
            header="Tình trạng",
            kind=Kind.STATUS,
            party_only=True,
            also=("Tình trạng đảng viên", "Tư cách", "Loại đảng viên", "Trạng thái", "Diện", "Status"),
            hint="Chọn trong danh sách.",
        ),
        Column(
            field="admitted_on",
            header="Ngày vào Đảng",
            kind=Kind.DAY,
            party_only=True,
            also=("Ngày kết nạp", "Vào Đảng", "Kết nạp ngày", "Ngày kết nạp Đảng", "Ngày VĐ", "Admitted on"),
            hint="dd/mm/yyyy. Cần để biết đã đủ 6 tháng chưa.",
        ),
        Column(
            field="official_on",
            header="Ngày chính thức",
            kind=Kind.DAY,
            also=("Chính thức", "Chính thức ngày", "Ngày công nhận chính thức", "Ngày CT", "Official on"),
            hint="dd/mm/yyyy. Đảng viên dự bị để trống.",
        ),
        Column(
            field="is_staff",
            header="Công chức, viên chức, người lao động",
            kind=Kind.YES_NO,
            also=(
                "Là công chức, viên chức",
                "Công chức",
                "Viên chức",
                "CBCCVC",
                "CB, CC, VC",
                "CCVC",
                "Cán bộ, công chức, viên chức",
                "Là công chức, viên chức, NLĐ",
                "CC, VC, NLĐ",
                "Là công chức viên chức người lao động",
                "Công chức/viên chức/NLĐ",
                "Staff",
            ),
            hint="Có hoặc Không.",
        ),
        Column(
            field="temporary_cell_id",
            header="Mã chi bộ sinh hoạt tạm thời",
            kind=Kind.ORGANISATION,
            also=("Chi bộ sinh hoạt tạm thời", "Nơi sinh hoạt tạm thời", "Temporary cell"),
            hint="Nếu đang sinh hoạt tạm thời ở chi bộ khác.",
        ),
        Column(
            field="union_id",
            header="Mã công đoàn",
            kind=Kind.ORGANISATION,
            also=(
                "Công đoàn",
                "Công đoàn cơ sở",
                "Cơ quan công đoàn",
                "Tổ chức công đoàn",
                "Thuộc công đoàn",
                "Union",
            ),
            hint="Cán bộ công đoàn: mã công đoàn hoặc cơ quan công đoàn nơi công tác.",
        ),
        Column(
            field="staff_kind",
            header="Diện cán bộ",
            kind=Kind.STAFF,
            also=("Diện cán bộ công đoàn", "Nhóm cán bộ", "Ngạch", "Staff kind"),
            hint="Cán bộ công đoàn: chọn trong danh sách.",
        ),
        Column(
            field="direct_contact",
            header="Trực tiếp tiếp xúc đoàn viên",
            kind=Kind.YES_NO,
            also=(
                "Vị trí tiếp xúc trực tiếp",
                "Trực tiếp tiếp xúc đoàn viên, người lao động",
                "Direct contact",
            ),
            hint="Có hoặc Không. Cần với chuyên viên cơ quan công đoàn.",
        ),
    ),
)

POSITIONS: Final = SheetPlan(
    purpose="positions",
    title="Chức vụ",
    also=("Danh sách chức vụ", "Chức danh", "Cấp ủy", "Danh sách cấp ủy", "Cấp ủy và lãnh đạo", "Positions"),
    telling=("person_id", "organisation_id", "post"),
    columns=(
        Column(
            field="person_id",
            header="Mã đảng viên",
            kind=Kind.PERSON,
            required=True,
            also=(
                "Mã",
                "Mã ĐV",
                "Mã số đảng viên",
                "Số thẻ",
                "Số thẻ đảng viên",
                "Số thẻ đảng",
                "Đảng viên",
                "Person",
            ),
            hint="Mã ở trang Đảng viên.",
        ),
        Column(
            field="organisation_id",
            header="Mã tổ chức",
            kind=Kind.ORGANISATION,
            required=True,
            also=(
                "Tổ chức",
                "Mã đơn vị",
                "Đơn vị",
                "Tại tổ chức",
                "Nơi giữ chức vụ",
                "Mã chi bộ",
                "Chi bộ",
                "Organisation",
            ),
            hint="Mã hoặc tên ở trang Tổ chức.",
        ),
        Column(
            field="post",
            header="Chức vụ",
            kind=Kind.POST,
            required=True,
            also=("Chức danh", "Chức vụ đảng", "Vị trí", "Post"),
            hint="Chọn trong danh sách.",
        ),
        Column(
            field="held_from",
            header="Từ ngày",
            kind=Kind.DAY,
            also=(
                "Giữ chức vụ từ ngày",
                "Ngày giữ chức vụ",
                "Ngày bổ nhiệm",
                "Bắt đầu",
                "Ngày bắt đầu",
                "From",
            ),
            hint="dd/mm/yyyy.",
        ),
        Column(
            field="held_to",
            header="Đến ngày",
            kind=Kind.DAY,
            also=("Đến hết ngày", "Ngày thôi giữ", "Ngày thôi chức vụ", "Kết thúc", "Ngày kết thúc", "To"),
            hint="Ngày cuối cùng còn giữ; đang giữ thì để trống.",
        ),
        Column(
            field="title",
            header="Chức danh đầy đủ",
            kind=Kind.TEXT,
            also=("Tên chức danh", "Ghi rõ chức danh", "Title"),
            hint="Tùy chọn, ví dụ Chủ tịch Công đoàn.",
        ),
    ),
)

PLANS: Final = (ORGANISATIONS, PEOPLE, POSITIONS)

# Titles and rows above the header are common; a header lower than this is not looked for.
HEADER_AMONG_FIRST_ROWS: Final = 30


def plan_for_title(title: str) -> SheetPlan | None:
    """The plan a sheet's title stands for, compared loosely; None for a sheet of another purpose."""
    wanted = folded(title)
    for plan in PLANS:
        if wanted in {folded(name) for name in (plan.title, *plan.also)}:
            return plan
    return None


def match_headers(plan: SheetPlan, headers: Sequence[str]) -> dict[str, list[int]]:
    """Which columns (counted from 0) carry each field. More than one position for a field means a doubled
    header.

    The header as printed wins over synonyms: where both "Mã đảng viên" and "Mã" are present, only the
    first counts.
    """
    texts = [folded_header(header) for header in headers]
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for names_of in (_printed, _synonyms):
        for column in plan.columns:
            names = names_of(column)
            places = [place for place, text in enumerate(texts) if text in names and place not in taken]
            if places and column.field not in found:
                found[column.field] = places
                taken.update(places)
    if plan is PEOPLE and "person_id" not in found and "card_number" in found:
        found["person_id"] = found.pop("card_number")
    return found


def _printed(column: Column) -> frozenset[str]:
    return frozenset({folded_header(column.header), folded(column.field)})


def _synonyms(column: Column) -> frozenset[str]:
    return frozenset(folded_header(name) for name in column.also)
